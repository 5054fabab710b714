"""The QL3 simulation: the chain behind each target, the path of one, and what a cut leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ipywidgets as widgets

from courses.models import traceability as model
from courses.models.target_path import linear_path, s_path
from courses.numerals import vietnamese
from courses.widgets.controls import SliderBox, chart, table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes

_CHAIN = ("Mục tiêu (III)", "Nội dung (IV)", "Năm (VI)", "Tiền (VII), tỷ", "Dự án (VIII)", "Thiếu")
_TRACED = (
    "Bảng truy vết (dữ liệu mô phỏng; N1 dùng chung cho ba mục tiêu nên không cộng dọc cột tiền). "
    "Tiền không phục vụ mục tiêu nào: "
)
_CUT = ("Mục tiêu", "Gốc 2025 (%)", "Cắt đều, đạt (%)", "Cắt có chọn, đạt (%)", "Đích 2030 (%)")
# Okabe-Ito colours with a pattern each, so that nothing depends on colour alone.
_BARS = (("#999999", ""), ("#E69F00", "//"), ("#56B4E9", ".."), ("white", ""))
_PATHS = {"Đều mỗi năm": ("o-", "#0072B2"), "Chữ S": ("s--", "#D55E00")}


def view() -> widgets.Widget:
    """Five controls; below them the chain, the path of M1, and two ways of cutting."""
    controls = (
        SliderBox(label="Chuyển kinh phí từ N7 sang N6 (tỷ đồng)", value=0, min=0, max=10, step=10),
        SliderBox(label="Đích của M1 năm 2030 (%)", value=80, min=50, max=100, step=1),
        SliderBox(label="Độ dốc k của đường chữ S", value=6, min=0, max=12, step=1),
        SliderBox(label="Mức cắt kinh phí (%)", value=20, min=0, max=60, step=2.5),
        SliderBox(label="Phần chi cố định (%)", value=40, min=0, max=80, step=5),
    )
    screen = widgets.VBox()

    def redraw(_: object = None) -> None:
        moved, goal, k, cut, fixed = (control.value for control in controls)
        plan = model.draft_plan(moved, goal)
        screen.children = [*_path(plan, k), *_cut(plan, cut / 100, fixed / 100)]

    for control in controls:
        control.observe(redraw, "value")
    redraw()
    return widgets.VBox([*controls, screen])


def _path(plan: model.Plan, steepness: float) -> list[widgets.Widget]:
    chain = [_chain_row(found) for found in model.trace(plan)]
    first = plan.targets[0]
    paths = {"Đều mỗi năm": linear_path(first), "Chữ S": s_path(first, steepness)}
    years = [
        (year, *(vietnamese(path[year], 1) for path in paths.values())) for year in first.years
    ]
    idle = ", ".join(f"{m.content} {vietnamese(m.amount, 0)} tỷ" for m in model.idle_money(plan))
    return [
        table(_CHAIN, chain, _TRACED + idle),
        chart(lambda axes: _draw_paths(axes, paths), "Hai đường của M1; số liệu ở bảng ngay dưới."),
        table(("Cuối năm", *(f"{name} (%)" for name in paths)), years, "M1 đi tới đích"),
    ]


def _chain_row(found: model.Trace) -> tuple[str, ...]:
    return (
        f"{found.target.code}. {found.target.name}",
        ", ".join(found.contents),
        f"{found.years[0]}–{found.years[-1]}",
        vietnamese(found.amount, 0),
        ", ".join(found.projects),
        ", ".join(found.missing) or "đủ",
    )


def _draw_paths(axes: Axes, paths: Mapping[str, Mapping[int, float]]) -> None:
    for name, path in paths.items():
        style, colour = _PATHS[name]
        axes.plot(list(path), list(path.values()), style, color=colour, label=name)
    axes.set(xlabel="Cuối năm", ylabel="M1, hồ sơ nộp trực tuyến (%)", ylim=(0, 100))
    axes.legend(loc="lower right")


def _cut(plan: model.Plan, cut: float, fixed: float) -> list[widgets.Widget]:
    found = model.selective_cut(plan, cut)
    even, chosen = model.even_cut(plan, cut, fixed), model.chosen_values(plan, found)
    ends = {t.code: (t.base, even[t.code], chosen[t.code], t.goal) for t in plan.targets}
    rows = [(code, *(vietnamese(value, 1) for value in values)) for code, values in ends.items()]
    left, kept = vietnamese(plan.total * (1 - cut), 0), vietnamese(found.amount, 0)
    caption = (
        f"Còn {left} trong {vietnamese(plan.total, 0)} tỷ. Cắt có chọn giữ {', '.join(found.kept)} "
        f"({kept} tỷ), đạt {len(found.reached)}/{len(plan.targets)} mục tiêu. "
        f"Cắt không mất mục tiêu nào: tới {vietnamese(model.harmless_cut(plan) * 100, 1)} %."
    )
    return [
        chart(lambda axes: _draw_cut(axes, ends), "Năm 2030 sau khi cắt; số liệu ở bảng dưới."),
        table(_CUT, rows, caption),
    ]


def _draw_cut(axes: Axes, ends: Mapping[str, Sequence[float]]) -> None:
    series = zip(_CUT[1:], _BARS, zip(*ends.values(), strict=True), strict=True)
    for number, (name, (colour, hatch), values) in enumerate(series):
        places = [index + 0.2 * (number - 1.5) for index in range(len(ends))]
        axes.bar(places, values, 0.2, color=colour, hatch=hatch, edgecolor="black", label=name)
    axes.set_xticks(range(len(ends)), list(ends))
    axes.set(xlabel="Mục tiêu", ylabel="Giá trị năm 2030 (%)", ylim=(0, 100))
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, frameon=False)
