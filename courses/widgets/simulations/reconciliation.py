"""The KM4 simulation of reconciling: point at the line that must be explained, then compare."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

import ipywidgets as widgets

from courses.foundation.numerals import vietnamese
from courses.models import reconciliation as model
from courses.widgets.choices import ChoiceBox
from courses.widgets.controls import table

if TYPE_CHECKING:
    from collections.abc import Sequence

_HEADINGS = ("Dòng", "Dự toán", "Hợp đồng", "Nghiệm thu", "Đã trả", "Tính chất", "Sổ tài sản")
_NONE = "(chưa chọn)"
_CAPTION = "{}, ghi theo triệu đồng (dữ liệu mô phỏng); quyết định cho dùng dự phòng: {}"


def view() -> widgets.Widget:
    """A table to choose, a line and a rule to point at; what holds is told only then."""
    which = _choice("Bảng đối chiếu", tuple(model.VARIANTS))
    line = _choice("Dòng phải giải trình", (_NONE, *(x.name for x in model.LINES)))
    rule = _choice("Loại sai lệch", (_NONE, *get_args(model.Rule)))
    screen = widgets.VBox()

    def redraw(_: Any = None) -> None:
        lines = model.VARIANTS[which.value]
        verdict = widgets.HTML(_verdict(lines, line.value, rule.value))
        screen.children = (_table(which.value, lines), verdict)

    def start_again(_: Any = None) -> None:
        line.value = rule.value = _NONE
        redraw()

    which.observe(start_again, "value")
    for control in (line, rule):
        control.observe(redraw, "value")
    redraw()
    return widgets.VBox([which, line, rule, screen])


def _choice(name: str, options: Sequence[str]) -> ChoiceBox:
    return ChoiceBox(label=name, options=[*options], value=options[0])


def _table(name: str, lines: Sequence[model.Line]) -> widgets.HTML:
    rows = [
        (
            line.name,
            *(_amount(x) for x in (line.estimate, line.contract, line.accepted, line.paid)),
            line.nature,
            "có" if line.asset else "không",
        )
        for line in lines
    ]
    decided = "đã có" if any(line.decided for line in lines) else "chưa có"
    return table(_HEADINGS, rows, _CAPTION.format(name, decided))


def _amount(value: float) -> str:
    return vietnamese(value, 0 if value == int(value) else 1)


def _verdict(lines: Sequence[model.Line], line: str, rule: str) -> str:
    if _NONE in (line, rule):
        return _told("Hãy chỉ ra dòng và loại sai lệch trước khi xem kết quả.")
    found = model.findings(lines)
    hit = next((x for x in found if (x.line, x.rule) == (line, rule)), None)
    if hit is None:
        near = any(line == x.line for x in found)
        return _told(f"<strong>Chưa đúng.</strong> {_NEAR if near else _FAR}")
    at_stake = f" Số tiền liên quan: {_amount(hit.amount)} triệu đồng." if hit.amount else ""
    return _told(f"<strong>Đúng.</strong> {line}: {rule}.{at_stake}")


def _told(words: str) -> str:
    return f'<p class="cio-told" role="status">{words}</p>'


_NEAR = "Dòng này có điều phải giải trình, nhưng thuộc loại khác; so từng cặp cột kề nhau."
_FAR = "Dòng này không có gì phải giải trình; hãy so từ dự toán tới tiền đã trả ở từng dòng."
