"""A form with one item of every kind."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from assessments.bank.answering import right
from assessments.bank.bank import read_bank
from assessments.forms.form import Drawn, Form, FormItem
from courses.exercise import EXERCISE, present

if TYPE_CHECKING:
    from assessments.bank.rubric import Rubric

COMPETENCY = "KT1"
SAID = {"correct": "Đúng.", "wrong": "Chưa đúng."}


def _options(*texts: str, correct: int) -> list[dict[str, Any]]:
    return [
        {"text": text, "correct": place < correct, "feedback": "Vì vậy."}
        for place, text in enumerate(texts)
    ]


def _step(*targets: str | None) -> dict[str, Any]:
    worth = (1, 0, 0)
    options = [
        {"text": f"Quyết định {n}", "credit": credit, "feedback": "Vì vậy.", "next": target}
        for n, (credit, target) in enumerate(zip(worth, targets, strict=True), start=1)
    ]
    return {"situation": "Tình huống giả định.", "options": options}


_END = (None, None, None)

EXERCISES: dict[str, dict[str, Any]] = {
    "single": {"options": _options("Một", "Hai", "Ba", correct=1)},
    "multiple": {"options": _options("Sao lưu", "Vá lỗi", "Bỏ qua", "Tắt cảnh báo", correct=2)},
    "ordering": {"steps": ["Khảo sát", "Thiết kế", "Thi công", "Nghiệm thu"], "feedback": SAID},
    "matching": {
        "pairs": [
            {"left": left, "right": right_, "feedback": "Vì vậy."}
            for left, right_ in (("Cục", "Bộ"), ("Sở", "Tỉnh"), ("Phòng", "Huyện"))
        ]
    },
    "classification": {
        "categories": ["Tài sản", "Rủi ro"],
        "entries": [
            {"text": text, "category": category, "feedback": "Vì vậy."}
            for text, category in (
                ("Máy chủ", "Tài sản"),
                ("Mất điện", "Rủi ro"),
                ("Dữ liệu", "Tài sản"),
                ("Lừa đảo", "Rủi ro"),
            )
        ],
    },
    "numeric": {"answer": "12.5", "tolerance": "0", "unit": "tỷ đồng", "feedback": SAID},
    "table": {
        "columns": ["Vốn", "Lãi"],
        "rows": [
            {"label": "Năm 1", "cells": ["100", {"answer": "8"}]},
            {"label": "Năm 2", "cells": [{"answer": "108"}, {"answer": "8.64"}]},
        ],
        "unit": "tỷ đồng",
        "feedback": SAID,
    },
    "short": {"accepted": ["nghiệm thu"], "feedback": SAID},
    "decisions": {
        "start": "mot",
        "steps": {"mot": _step("hai", "ba", "ba"), "hai": _step(*_END), "ba": _step(*_END)},
    },
    "code": {
        "files": [{"name": "su-co.csv", "content": "thang,so_su_co\n1,4\n2,7\n"}],
        "results": [
            {"name": "tong", "label": "Tổng số sự cố", "unit": "vụ", "answer": "11"},
            {"name": "trung_binh", "label": "Trung bình một tháng", "answer": "5.5"},
        ],
        "feedback": SAID,
    },
    "essay": {"min_words": 5, "max_words": 100},
}
IDS = {kind: f"KT1-{number:02}" for number, kind in enumerate(EXERCISES, start=1)}
ESSAY = "Cơ quan cần sao lưu mỗi ngày, thử khôi phục mỗi quý."


def build_form() -> Form:
    """The form: two points an item, one variant each."""
    items = []
    for kind, fields in EXERCISES.items():
        exercise = EXERCISE.validate_python({"kind": kind, "prompt": f"Câu loại {kind}.", **fields})
        question, key = present(exercise, IDS[kind], "hạt giống")
        items.append(
            FormItem(
                id=IDS[kind],
                competency=COMPETENCY,
                depth="vận dụng",
                points=Decimal(2),
                minutes=Decimal(3),
                anchor=False,
                rubric="kt1-e1" if kind == "essay" else None,
                variants=(Drawn(question=question, key=key),),
            )
        )
    return Form(
        paper="KT", letter="Z", name="Bài mọi loại câu", minutes=30, seed="x", items=tuple(items)
    )


def rubrics() -> dict[str, Rubric]:
    """The mark scheme of the essay, as ``write_paper`` takes it."""
    return {IDS["essay"]: read_bank().rubrics["KT1-E1"]}


def right_answers(form: Form) -> dict[str, Any]:
    """The raw right answer by kind, as a trainee would enter it."""
    answers = {kind: right(form.item(id_).variant(0)) for kind, id_ in IDS.items()}
    return {**answers, "essay": ESSAY}
