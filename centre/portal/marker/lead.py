"""What the lead of the markers looks at: loads, agreement, drift, likeness, what waits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.urls import reverse

from centre.accounts.permissions import permitted
from centre.database import the_centre
from centre.decisions.answer_keys import waiting_keys
from centre.marks.desk import desks
from centre.marks.overview import overview
from centre.portal.access import Request, page
from centre.sittings.models import SittingRecord
from centre.sittings.sitting import open_sitting
from grading.marking.agreement import STATE_NAMES
from grading.marking.drift import SUSPECT_SHIFT, SUSPECT_T
from grading.marking.likeness import SUSPECT_P

if TYPE_CHECKING:
    from django.http import HttpResponse

    from centre.marks.overview import MarkerView, Overview

TRAIL = [("Ban chấm", "/ban-cham/")]
_ACTIONS = (
    *("marking.allocate", "marker.clear", "marker.withdraw"),
    *("script.settle", "script.order", "rubric.correct", "answer_key.read"),
)


def trail(sitting: str) -> list[tuple[str, str]]:
    """Breadcrumbs to a page under a sitting's marking."""
    return [*TRAIL, (sitting, reverse("lead:overview", args=[sitting]))]


@page("marking.oversee")
def sittings_list(request: Request) -> HttpResponse:
    """Every sitting whose marking may be looked at."""
    found = SittingRecord.objects.order_by("-opens")
    return render(request, "lead/sittings.html", {"sittings": found})


@page("marking.oversee")
def one(request: Request, sitting: str) -> HttpResponse:
    """One sitting's marking, with whatever asks for the lead first."""
    opened = open_sitting(the_centre(), sitting)
    seen = overview(request.actor, opened)
    keys = waiting_keys(opened.record)
    may = {action.replace(".", "_"): permitted(request.actor, action) for action in _ACTIONS}
    context = {
        "sitting": opened,
        "seen": seen,
        "calm": not (_waiting(seen) or keys),
        "keys": keys,
        "markers": [_load(one) for one in seen.markers],
        "stopped": [
            (one.marker, each.item, [m for m in one.missed if m.item == each.item])
            for one in seen.markers
            for each in one.questions
            if each.standing == "stopped"
        ],
        "states": [
            (item, [(STATE_NAMES[state], n) for state, n in sorted(counts.items())])
            for item, counts in seen.states.items()
        ],
        "agreement": [("Theo câu", seen.by_item), ("Theo cặp giám khảo", seen.by_pair)],
        "limits": {"shift": SUSPECT_SHIFT * 100, "t": SUSPECT_T, "p": SUSPECT_P},
        "drifts": [
            (d, *(None if v is None else v * 100 for v in (d.severity, d.shift)))
            for d in seen.drifts
        ],
        "mine": request.actor.id if _own(request, sitting) else "",
        "may": may,
        "trail": TRAIL,
    }
    return render(request, "lead/overview.html", context)


def _own(request: Request, sitting: str) -> bool:
    """Whether who looks has scripts to mark there too."""
    able = permitted(request.actor, "script.mark", request.actor.id)
    return able and sitting in desks(request.actor, request.actor.id)


def _waiting(seen: Overview) -> bool:
    stopped = any(each.standing == "stopped" for one in seen.markers for each in one.questions)
    return bool(stopped or seen.handed or seen.unplaced or seen.without_third or seen.in_conflict)


def _load(view: MarkerView) -> dict[str, Any]:
    done = sum(len(one.done) for one in view.questions)
    waiting = sum(len(one.waiting) for one in view.questions)
    handed = sum(len(one.handed) for one in view.questions)
    return {
        "view": view,
        "done": done,
        "waiting": waiting,
        "handed": handed,
        "total": done + waiting + handed,
        "missed": len(view.missed),
    }
