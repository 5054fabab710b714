"""What an exchange format could not take along."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Uncarried:
    """An item, or a part of it, that the format cannot hold, and why."""

    item: str
    reason: str
