"""The bank as it is shipped, read once for all tests of a process."""

from __future__ import annotations

from assessments.bank.bank import read_bank

BANK = read_bank()
