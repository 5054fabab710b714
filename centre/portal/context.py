"""What the frame of every page shows: whose centre it is, and where this user may go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import NoReverseMatch, reverse

from centre.accounts.permissions import Role, permitted
from centre.database import the_centre

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest

    from centre.accounts.actors import Actor

# Each audience's first page, and the action that opens it.
MENU = (
    ("Chương trình của tôi", "trainee:home", "own.read"),
    ("Kỳ thi", "officer:sittings", "sitting.read"),
    ("Coi thi", "invigilation:sittings", "sitting.watch"),
    ("Chấm bài", "marker:desk", "script.draft"),
    ("Ban chấm", "lead:sittings", "marking.oversee"),
    ("Hội đồng", "board:sheets", "decision.read"),
    ("Phúc khảo", "board:appeals", "results.read"),
    ("Vụ việc", "board:cases", "case.open"),
    ("Người học", "officer:people", "people.read"),
    ("Chứng chỉ", "officer:certificates", "register.read"),
    ("Việc nền", "officer:jobs", "sitting.read"),
    ("Sổ nhật ký", "officer:ledger", "ledger.read"),
    ("Tra cứu chứng chỉ", "public:verify", ""),
)


def frame(request: HttpRequest) -> dict[str, Any]:
    """The centre's settings and the menu of this user."""
    return {"centre": the_centre().settings, "menu": list(_menu(request))}


def _menu(request: HttpRequest) -> Iterator[tuple[str, str]]:
    actor = getattr(request, "actor", None)
    for name, route, action in MENU:
        if action and not (actor and _may(actor, action)):
            continue
        try:
            yield name, reverse(route)
        except NoReverseMatch:
            continue


def _may(actor: Actor, action: str) -> bool:
    """Whether somebody may do it to their own: scripts are a marker's, all else a person's.

    A lead who marks one now and then comes to it from the page of the marking.
    """
    if action.startswith("script."):
        return Role.MARKER in actor.roles and permitted(actor, action, actor.id)
    return permitted(actor, action, actor.person)
