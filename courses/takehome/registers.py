"""Registers to keep up: bases with their expiry, risks, the chain from goals to projects."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from courses.models import legal_validity, traceability
from courses.models.legal_register import CITED, DOCUMENTS
from courses.models.risk import province_register
from courses.takehome.sheet import Column, Parameter, Sheet, Summary

if TYPE_CHECKING:
    from collections.abc import Iterator

_EFFECTIVE = date(2026, 9, 5)
_YES = ("có", "không")


def bases() -> Sheet:
    """QL1: the bases of a draft on the day it takes effect, and what replaced them."""
    lines = tuple(_bases())
    ended = sum(line["state"] == legal_validity.State.LAPSED for line in lines)
    return Sheet(
        name="so-can-cu",
        title="Sổ căn cứ pháp lý có ngày hết hiệu lực",
        lessons=("QL1", "QL6"),
        fields=(),
        parameters=(Parameter("day", "Ngày văn bản có hiệu lực", "date", _EFFECTIVE),),
        columns=(
            Column("number", "Số, ký hiệu", 26),
            Column("title", "Về việc", 44),
            Column("issued", "Ngày ban hành", 13, "date"),
            Column("start", "Có hiệu lực từ", 13, "date"),
            Column("end", "Hết hiệu lực từ", 13, "date"),
            Column("by", "Thay bằng", 26),
            Column(
                "state",
                "Tình trạng vào ngày ấy",
                20,
                formula=(
                    'IF({$day}="","",IF({$day}<{issued},"chưa ban hành",'
                    'IF(AND({end}<>"",{$day}>={end}),"hết hiệu lực",'
                    'IF({$day}<{start},"chưa có hiệu lực","còn hiệu lực"))))'
                ),
                alarm="hết hiệu lực",
            ),
            Column("checked", "Tra lần cuối", 13, "date"),
        ),
        lines=lines,
        summaries=(
            Summary(
                "ended",
                "Số căn cứ đã hết hiệu lực",
                "whole",
                'COUNTIF({state:},"hết hiệu lực")',
                ended,
            ),
        ),
    )


def _bases() -> Iterator[dict[str, Any]]:
    later = [DOCUMENTS[one].replaced_by for one in CITED]
    for number in dict.fromkeys([*CITED, *filter(None, later)]):
        document = DOCUMENTS[number]
        yield {
            "number": document.number,
            "title": document.title,
            "issued": document.issued,
            "start": document.start,
            "end": document.end,
            "by": document.replaced_by or "",
            "state": legal_validity.state(DOCUMENTS, number, _EFFECTIVE).value,
            "checked": None,
        }


def risks() -> Sheet:
    """KT1: the register of the lesson's province with its treatments."""
    register = province_register()
    lines = tuple(
        {
            "name": risk.name,
            "owner": "",
            "likelihood": risk.likelihood,
            "impact": risk.impact,
            "exposure": risk.exposure,
            "treatment": "giảm",
            "cost": risk.cost,
            "effect": risk.effect,
            "left": risk.exposure - risk.reduction,
            "ratio": 100 * risk.ratio,
            "due": None,
        }
        for risk in register
    )
    return Sheet(
        name="so-rui-ro",
        title="Sổ rủi ro an toàn thông tin",
        lessons=("KT1",),
        fields=(),
        parameters=(),
        columns=(
            Column("name", "Rủi ro", 26),
            Column("owner", "Người chịu trách nhiệm", 20),
            Column("likelihood", "Khả năng (1–5)", 10, "whole"),
            Column("impact", "Tác động (1–5)", 10, "whole"),
            Column("exposure", "Mức rủi ro", 9, "whole", "{likelihood}*{impact}"),
            Column(
                "treatment", "Cách xử lý", 12, options=("giảm", "tránh", "chia sẻ", "chấp nhận")
            ),
            Column("cost", "Chi phí (triệu đồng)", 12, "whole"),
            Column("effect", "Hiệu quả", 10, "percent"),
            Column("left", "Còn lại", 9, "number", "{exposure}*(1-{effect})"),
            Column(
                "ratio",
                "Điểm giảm trên 100 triệu",
                13,
                "number",
                'IF({cost}>0,100*{exposure}*{effect}/{cost},"")',
            ),
            Column("due", "Hạn", 12, "date"),
        ),
        lines=lines,
        summaries=(
            Summary(
                "all",
                "Tổng mức rủi ro",
                "whole",
                "SUM({exposure:})",
                sum(risk.exposure for risk in register),
            ),
            Summary(
                "rest",
                "Còn lại nếu làm mọi biện pháp",
                "number",
                "SUM({left:})",
                sum(risk.exposure - risk.reduction for risk in register),
            ),
            Summary(
                "price",
                "Chi phí mọi biện pháp (triệu đồng)",
                "whole",
                "SUM({cost:})",
                sum(risk.cost for risk in register),
            ),
        ),
    )


def trace() -> Sheet:
    """QL3: each goal of the lesson's draft, followed through sections IV to VIII."""
    plan = traceability.draft_plan()
    found = traceability.trace(plan)
    lines = tuple(
        {
            "goal": f"{one.target.code}. {one.target.name}",
            "contents": ", ".join(one.contents),
            "years": f"{one.years[0]}–{one.years[-1]}" if one.years else "",
            "paid": "không" if "VII" in one.missing else "có",
            "money": one.amount,
            "projects": ", ".join(one.projects),
            "missing": ", ".join(one.missing),
        }
        for one in found
    )
    return Sheet(
        name="bang-truy-vet",
        title="Bảng truy vết mục tiêu III → IV, VI, VII, VIII",
        lessons=("QL3",),
        fields=(),
        parameters=(),
        columns=(
            Column("goal", "III. Mục tiêu", 40),
            Column("contents", "IV. Nội dung", 20),
            Column("years", "VI. Năm có mốc", 16),
            Column("paid", "VII. Mọi nội dung có tiền", 14, options=_YES),
            Column("money", "VII. Tỷ đồng", 11, "whole"),
            Column("projects", "VIII. Dự án", 18),
            Column("missing", "Thiếu", 18, formula=_missing()),
        ),
        lines=lines,
        summaries=(
            Summary(
                "broken",
                "Số mục tiêu chưa truy được đủ",
                "whole",
                'SUMPRODUCT(--({missing:}<>""))',
                len(traceability.orphans(plan)),
            ),
        ),
    )


def _missing() -> str:
    """The sections without an entry, with commas between them."""
    empty = [("contents", "IV"), ("years", "VI"), ("projects", "VIII")]
    tests = [(f'{{{key}}}=""', name) for key, name in empty]
    tests.insert(2, ('{paid}<>"có"', "VII"))
    parts = "&".join(f'IF({test},", {name}","")' for test, name in tests)
    return f"MID({parts},3,30)"
