"""What a check of the bank tells an author."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """Something wrong with an item (or, without one, with items together)."""

    subject: str
    code: str
    text: str
