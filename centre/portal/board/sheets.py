"""Sheets before the board: listed, read row by row, each candidate with evidence and reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from centre.accounts.permissions import permitted
from centre.accounts.users import the_user
from centre.decisions.answer_keys import waiting_keys
from centre.decisions.board import conflict, the_sheet
from centre.decisions.board import listed as decisions_of
from centre.decisions.effect import SheetState
from centre.decisions.overview import all_sheets
from centre.decisions.sheets import sheet_view
from centre.portal.access import Request, page
from centre.portal.pages import list_page
from centre.portal.tables import Column, Filter, Table
from grading.certification.decision import STATUS_NAMES, Status

if TYPE_CHECKING:
    from django.http import HttpResponse

    from centre.decisions.sheets import Row, SheetView

TRAIL = [("Hội đồng", "/hoi-dong/")]
STATE_BADGES = {SheetState.DRAFT: "warn", SheetState.SIGNED: "good", SheetState.RETURNED: "bad"}
BADGES = {Status.PASS: "good", Status.INVALID: "bad"}

_SHEETS = (
    Column(
        name="bang",
        label="Bảng",
        value=lambda one: one.record.pk,
        link=lambda one: reverse("board:sheet", args=[one.record.pk]),
    ),
    Column(name="ky", label="Kỳ thi", value=lambda one: one.record.sitting.name),
    Column(name="can-cu", label="Căn cứ", value=lambda one: one.record.resolution),
    Column(name="lap", label="Lập lúc", value=lambda one: one.record.drawn_at),
    Column(name="so", label="Quyết định", value=lambda one: one.decisions),
    Column(name="ky-ten", label="Chữ ký", value=lambda one: f"{one.signed}/{one.record.quorum}"),
    Column(
        name="trang-thai",
        label="Tình trạng",
        value=lambda one: one.state.value,
        badge=lambda one: STATE_BADGES.get(one.state, ""),
    ),
)
_STATES = Filter(
    "tt",
    "Tình trạng",
    tuple((state.name.lower(), state.value) for state in SheetState),
    lambda rows, state: [one for one in rows if one.state.name.lower() == state],
)


@page("decision.read")
def listed(request: Request) -> HttpResponse:
    """Every sheet; those that want signatures first."""
    table = Table(request.GET, _SHEETS, all_sheets(request.actor), (_STATES,))
    return list_page(
        request, "Bảng trình hội đồng", table, name="bang-hoi-dong", actions=_keys(request)
    )


def _keys(request: Request) -> list[tuple[str, str]]:
    """Corrected answer keys that a member may review."""
    if not permitted(request.actor, "answer_key.review"):
        return []
    return [
        (
            f"Duyệt đính chính đáp án câu {one.item}, kỳ {one.sitting_id}",
            reverse("lead:answer_key", args=[one.sitting_id, one.pk]),
        )
        for one in waiting_keys()
    ]


def status_name(status: str) -> str:
    """A decision in a word."""
    return STATUS_NAMES[Status(status)]


def _flags(row: Row) -> str:
    flags = (("sát điểm cắt", row.borderline), ("đã đổi", row.changed))
    return ", ".join(words for words, on in flags if on)


def _columns(number: int) -> tuple[Column, ...]:
    return (
        Column(
            name="sbd",
            label="Số báo danh",
            value=lambda row: row.candidate,
            link=lambda row: reverse("board:candidate", args=[number, row.candidate]),
        ),
        Column(name="ten", label="Họ và tên", value=lambda row: row.full_name),
        Column(name="co-quan", label="Cơ quan", value=lambda row: row.agency),
        Column(
            name="ket-qua",
            label="Kết quả",
            value=lambda row: status_name(row.status),
            badge=lambda row: BADGES.get(Status(row.status), "warn"),
        ),
        Column(name="luu-y", label="Lưu ý", value=_flags),
        Column(
            name="bang-truoc",
            label="Bảng trước",
            value=lambda row: status_name(row.before["status"]) if row.before else None,
        ),
        Column(
            name="vi-sao",
            label="Lý do",
            value=lambda row: " ".join(one["text"] for one in row.reasons),
            sorts=False,
        ),
    )


_FILTERS = (
    Filter(
        "luu-y",
        "Lưu ý",
        (("sat", "Sát điểm cắt"), ("doi", "Khác bảng trước")),
        lambda rows, flag: [r for r in rows if (r.borderline if flag == "sat" else r.changed)],
    ),
    Filter(
        "kq",
        "Kết quả",
        tuple((status.value, STATUS_NAMES[status]) for status in Status),
        lambda rows, status: [row for row in rows if row.status == status],
    ),
)


@page("decision.read")
def one(request: Request, number: int) -> HttpResponse:
    """One sheet as a member reads it before signing."""
    view = sheet_view(the_sheet(number))
    table = Table(request.GET, _columns(number), view.rows, _FILTERS)
    return list_page(
        request,
        f"Bảng số {number}",
        table,
        name=f"bang-{number}",
        trail=TRAIL,
        template="board/sheet.html",
        view=view,
        badge=STATE_BADGES.get(view.state, ""),
        papers=_papers(request, view),
        **_part(request, view),
    )


def _part(request: Request, view: SheetView) -> dict[str, Any]:
    """What this member may still do, or why not."""
    draft = view.state is SheetState.DRAFT
    signed = request.actor.id in {name for name, _ in view.signatures}
    may = draft and permitted(request.actor, "sheet.sign")
    why = conflict(the_user(request.actor.id), view.sheet, decisions_of(view.sheet)) if may else ""
    return {"may": may and not why, "signed": signed, "why": why}


def _papers(request: Request, view: SheetView) -> list[tuple[str, str]]:
    """Names of the papers that there may be, in words and as files."""
    if not permitted(request.actor, "report.write"):
        return []
    minutes = [("Biên bản (PDF)", "bien-ban.pdf"), ("Biên bản (.docx)", "bien-ban.docx")]
    decision = [("Quyết định (PDF)", "quyet-dinh.pdf"), ("Quyết định (.docx)", "quyet-dinh.docx")]
    if view.state is SheetState.SIGNED:
        return minutes + decision
    return minutes if view.state is SheetState.RETURNED else []
