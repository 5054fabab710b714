"""A five-year plan after CV 491/BTTTT-ƯDCNTT as structure: tables that add up, checked by rule."""
