"""The QL3 simulation: the chain behind each target, and what two ways of cutting leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ipywidgets as widgets

from courses.foundation.numerals import vietnamese
from courses.models import traceability as model
from courses.widgets.controls import SliderBox, chart, table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes

_CHAIN = ("Mục tiêu (III)", "Nội dung (IV)", "Năm (VI)", "Tiền (VII), tỷ", "Dự án (VIII)", "Thiếu")
_NOTE = "Bảng truy vết (mô phỏng; N1 dùng chung, không cộng dọc). Tiền không phục vụ mục tiêu nào: "
_CUT = ("Mục tiêu", "Gốc 2025 (%)", "Cắt đều, đạt (%)", "Cắt có chọn, đạt (%)", "Đích 2030 (%)")
# Okabe-Ito colours with a pattern each, so that nothing depends on colour alone.
_BARS = (("#999999", ""), ("#E69F00", "//"), ("#56B4E9", ".."), ("white", ""))


def view() -> widgets.Widget:
    """Three controls; below them the chain of the plan, and its targets after each cut."""
    controls = (
        SliderBox(label="Chuyển kinh phí từ N7 sang N6 (tỷ đồng)", value=0, min=0, max=10, step=10),
        SliderBox(label="Mức cắt kinh phí (%)", value=20, min=0, max=60, step=2.5),
        SliderBox(label="Phần chi cố định (%)", value=40, min=0, max=80, step=5),
    )
    screen = widgets.VBox()

    def redraw(_: object = None) -> None:
        moved, cut, fixed = (control.value for control in controls)
        plan = model.draft_plan(moved)
        screen.children = [_chain(plan), *_cut(plan, cut / 100, fixed / 100)]

    for control in controls:
        control.observe(redraw, "value")
    redraw()
    return widgets.VBox([*controls, screen])


def _chain(plan: model.Plan) -> widgets.Widget:
    rows = [
        (
            f"{found.target.code}. {found.target.name}",
            ", ".join(found.contents),
            f"{found.years[0]}–{found.years[-1]}",
            vietnamese(found.amount, 0),
            ", ".join(found.projects) or "không có",
            ", ".join(found.missing) or "đủ",
        )
        for found in model.trace(plan)
    ]
    idle = (f"{m.content} {vietnamese(m.amount, 0)} tỷ" for m in model.idle_money(plan))
    return table(_CHAIN, rows, _NOTE + ", ".join(idle))


def _cut(plan: model.Plan, cut: float, fixed: float) -> list[widgets.Widget]:
    found = model.selective_cut(plan, cut)
    even, chosen = model.even_cut(plan, cut, fixed), model.chosen_values(plan, found)
    ends = {t.code: (t.base, even[t.code], chosen[t.code], t.goal) for t in plan.targets}
    rows = [(code, *(vietnamese(value, 1) for value in values)) for code, values in ends.items()]
    caption = (
        f"Còn {vietnamese(plan.total * (1 - cut), 0)} trong {vietnamese(plan.total, 0)} tỷ. "
        f"Cắt có chọn giữ {', '.join(found.kept)} ({vietnamese(found.amount, 0)} tỷ), "
        f"đạt {len(found.reached)}/{len(plan.targets)} mục tiêu. "
        f"Cắt không mất mục tiêu nào: tới {vietnamese(model.harmless_cut(plan) * 100, 1)} %."
    )
    return [chart(lambda axes: _draw(axes, ends), caption), table(_CUT, rows, caption)]


def _draw(axes: Axes, ends: Mapping[str, Sequence[float]]) -> None:
    series = zip(_CUT[1:], _BARS, zip(*ends.values(), strict=True), strict=True)
    for number, (name, (colour, hatch), values) in enumerate(series):
        places = [index + 0.2 * (number - 1.5) for index in range(len(ends))]
        axes.bar(places, values, 0.2, color=colour, hatch=hatch, edgecolor="black", label=name)
    axes.set_xticks(range(len(ends)), list(ends))
    axes.set(xlabel="Mục tiêu", ylabel="Giá trị năm 2030 (%)", ylim=(0, 100))
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, frameon=False)
