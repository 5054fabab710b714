"""One candidate on a sheet: result, reasons, what it was decided from, what was said before."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.urls import reverse

from centre.decisions.answer_keys import keys_behind
from centre.decisions.board import the_sheet
from centre.decisions.sheets import sheet_view
from centre.people.own import OUTCOMES
from centre.portal.access import Request, page
from centre.portal.board.sheets import BADGES, TRAIL, status_name
from centre.portal.marker.key_forms import key_words
from courses.foundation.errors import DecisionError
from grading.certification.decision import Status

if TYPE_CHECKING:
    from django.http import HttpResponse

    from centre.decisions.sheets import Row

_STATES = {
    "marked": "đã chấm",
    "unmarked": "chưa chấm xong",
    "absent": "chưa dự thi",
    "unreadable": "bài không đọc được",
}
_CASES = {
    "integrity": "Vụ việc đang mở",
    "upheld": "Vụ việc đã kết luận vi phạm",
    "annulled": "Kỳ thi bị huỷ theo",
}


@page("decision.read")
def one(request: Request, number: int, candidate: str) -> HttpResponse:
    """One candidate on a sheet: result, areas, reasons, evidence, what an earlier sheet said."""
    view = sheet_view(the_sheet(number))
    row = next((one for one in view.rows if one.candidate == candidate), None)
    if row is None:
        raise DecisionError(f"bảng {number} không có số báo danh {candidate}")
    places = [one.candidate for one in view.rows]
    at = places.index(candidate)
    context = {
        "row": row,
        "status": status_name(row.status),
        "badge": BADGES.get(Status(row.status), "warn"),
        "areas": _areas(row.areas),
        "evidence": _evidence(row),
        "before": _before(row),
        "previous": places[at - 1] if at else "",
        "next": places[at + 1] if at + 1 < len(places) else "",
        "number": number,
        "trail": [*TRAIL, (f"Bảng số {number}", reverse("board:sheet", args=[number]))],
    }
    return render(request, "board/candidate.html", context)


def _before(row: Row) -> dict[str, Any] | None:
    if row.before is None:
        return None
    return {
        "status": status_name(row.before["status"]),
        "areas": _areas(row.before["areas"]),
        "reasons": row.before["reasons"],
    }


def _areas(areas: Any) -> list[dict[str, Any]]:
    return [
        {
            "name": area["name"],
            "share": _percent(area["share"]),
            "cut": _percent(area["cut"]),
            "sem": _percent(area["sem"]),
            "outcome": OUTCOMES.get(area["outcome"], area["outcome"]),
        }
        for area in areas
    ]


def _percent(share: Any) -> float | None:
    return None if share is None else float(share) * 100


def _evidence(row: Row) -> dict[str, Any]:
    """What the decision was made from, in words."""
    names = {area["code"]: area["name"] for area in row.areas}
    told = row.evidence
    return {
        "attempt": told["attempt"],
        "papers": [
            (names.get(code, code), _STATES[area["state"]], area["earned"], area["possible"])
            for code, area in told["areas"].items()
        ],
        "competencies": [(code, _percent(share)) for code, share in told["competencies"].items()],
        "priors": [
            (names.get(code, code), date.fromisoformat(one["passed_on"]), _percent(one["share"]))
            for code, one in told["priors"].items()
        ],
        "keys": [f"câu {one.item}: {key_words(one.key)}" for one in keys_behind(told)],
        "cases": [(words, told[key]) for key, words in _CASES.items() if told.get(key)],
    }
