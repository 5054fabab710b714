"""The name by which generators in private banks, kept outside the house, ask for numbers."""

from courses.foundation.numerals import NumeralError, read_number, short_date, vietnamese

__all__ = ["NumeralError", "read_number", "short_date", "vietnamese"]
