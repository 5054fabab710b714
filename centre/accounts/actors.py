"""Who acts: what a door needs to know of a user."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from centre.accounts.permissions import Role


@dataclass(frozen=True)
class Actor:
    """A user at work: ``person`` is their number when they are a trainee too."""

    id: str
    roles: frozenset[Role]
    person: str | None = None


RESERVED = ("init", "dong-ho")
"""Actors that are no user's: who founds a centre, and the clock that ends a paper's time."""
