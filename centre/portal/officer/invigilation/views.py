"""The invigilator's page: everyone's state at one look, renewed every few seconds."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from centre.database import the_centre
from centre.portal.access import Request, page
from centre.portal.paper.room import now
from centre.sittings.deliver import rooms_stopped
from centre.sittings.models import Incident, SittingRecord
from centre.sittings.roll import roll
from centre.sittings.sitting import open_sitting
from courses.foundation.dates import VIETNAM

if TYPE_CHECKING:
    from centre.sittings.roll import Seat
    from centre.sittings.sitting import Sitting

STATES = {
    "absent": ("chưa đến", ""),
    "waiting": ("ở phòng chờ", "good"),
    "working": ("đang làm bài", "good"),
    "silent": ("im lặng", "bad"),
    "stopped": ("tạm dừng", "warn"),
    "handed": ("đã nộp", "good"),
    "due": ("hết giờ, chưa thu", "bad"),
    "ended": ("đã thu khi hết giờ", "good"),
}


@page("sitting.watch")
@require_GET
def sittings(request: Request) -> HttpResponse:
    """The sittings that are not over yet, then those that are, each with its papers."""
    records = SittingRecord.objects.order_by("-closes")
    listed = [(one, papers_of(open_sitting(the_centre(), one.code))) for one in records]
    return render(request, "invigilation/sittings.html", {"sittings": listed, "now": now()})


def papers_of(sitting: Sitting) -> list[str]:
    """The papers that a sitting offers."""
    return list(dict.fromkeys(code.rpartition("-")[0] for code in sitting.digests))


@page("sitting.watch")
@require_GET
def hall(request: Request, sitting: str, paper: str) -> HttpResponse:
    """Everyone with one paper, and what can be done for them."""
    opened, at = open_sitting(the_centre(), sitting), now()
    seats = roll(opened, paper, at)
    context = {
        "sitting": opened.record,
        "paper": paper,
        "papers": papers_of(opened),
        "seats": [(seat, row(seat)) for seat in seats],
        "rooms": sorted({seat.enrolment.room for seat in seats} - {""}),
        "stopped": sorted(rooms_stopped(opened)),
        "summary": summary(seats),
        "incidents": Incident.objects.filter(sitting=opened.record)
        .select_related("enrolment")
        .order_by("-noted_at")[:20],
        "now": at,
    }
    return render(request, "invigilation/hall.html", context)


@page("sitting.watch")
@require_GET
def state(request: Request, sitting: str, paper: str) -> HttpResponse:  # noqa: ARG001 - Django's interface
    """The same as data, for the page to renew itself."""
    opened, at = open_sitting(the_centre(), sitting), now()
    seats = roll(opened, paper, at)
    return JsonResponse(
        {
            "summary": summary(seats),
            "at": f"{at.astimezone(VIETNAM):%H:%M:%S}",
            "rows": {seat.candidate: row(seat) for seat in seats},
        }
    )


def summary(seats: list[Seat]) -> str:
    """How many are how."""
    counted = Counter(seat.state for seat in seats)
    parts = [f"{counted[name]} {words}" for name, (words, _) in STATES.items() if counted[name]]
    unsent = sum(seat.unsent > 0 for seat in seats)
    if unsent:
        parts.append(f"{unsent} người có câu chưa gửi được")
    return f"{len(seats)} thí sinh: {', '.join(parts)}." if seats else "Chưa có thí sinh."


def row(seat: Seat) -> dict[str, Any]:
    """One row as text: what is shown and how it is coloured."""
    words, colour = STATES[seat.state]
    silent = "" if seat.silent is None else _span(seat.silent)
    here = seat.here
    return {
        "state": f"{words} {silent}".strip() if seat.state == "silent" else words,
        "colour": colour,
        "attention": seat.attention,
        "left": "" if seat.left is None else _span(seat.left),
        "answered": str(here.answered) if here and seat.delivery else "",
        "unsent": f"{here.unsent} (lâu nhất {_span(here.oldest)})" if here and here.unsent else "",
        "seen": silent and f"{silent} trước",
        "taken": _taken(seat),
    }


def _taken(seat: Seat) -> str:
    if not seat.receipts:
        return ""
    last = f"{seat.receipts[-1].taken_at.astimezone(VIETNAM):%H:%M:%S}"
    return f"{last} (lần {len(seat.receipts)})"


def _span(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    if minutes >= 60:  # noqa: PLR2004 - minutes an hour
        return f"{minutes // 60} giờ {minutes % 60:02} phút"
    return f"{minutes} phút {rest:02} giây" if minutes else f"{rest} giây"
