"""Published data sets that several tests use."""

import numpy as np
import pandas as pd

# Bock & Lieberman 1970, LSAT section 6: 1,000 people, five items; pattern by its binary number.
_LSAT6 = (
    3, 6, 2, 11, 1, 1, 3, 4, 1, 8, 0, 16, 0, 3, 2, 15,
    10, 29, 14, 81, 3, 28, 15, 80, 16, 56, 21, 173, 11, 61, 28, 298,
)  # fmt: skip
# Shrout & Fleiss 1979, table 2: six targets, four judges.
SHROUT_FLEISS = pd.DataFrame(
    [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
)


def lsat6():
    """A row a person, a column an item."""
    patterns = [[number >> bit & 1 for bit in (4, 3, 2, 1, 0)] for number in range(32)]
    rows = np.repeat(np.array(patterns, dtype=float), _LSAT6, axis=0)
    return pd.DataFrame(rows, columns=[f"item{place}" for place in range(1, 6)])
