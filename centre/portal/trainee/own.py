"""Whose pages these are: the session's own person, and nobody named in an address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from centre.portal.access import Request

HOME = ("Chương trình của tôi", "/hoc-vien/")


def own(request: Request, *_args: Any, **_options: Any) -> str | None:
    """The person whose affairs the page is about, for the table of permissions."""
    return request.actor.person


def mine(request: Request) -> str:
    """The number of the person; empty for a user who is none."""
    return request.actor.person or ""
