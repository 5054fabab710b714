"""The QL4 simulation: which projects fit under the cap, and what forcing security in costs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from courses.foundation.numerals import vietnamese
from courses.models import investment as model
from courses.widgets.controls import SliderBox, chart, table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_D = frozenset({"D"})
_CAPS, _RATES = range(40, 170, 10), (6, 8, 10, 12, 14)
_HEADINGS = ("Danh mục tự do", "NPV (tỷ)", "Bắt buộc có D", "NPV (tỷ)", "Chi phí cơ hội (tỷ)")
_ALT = "Hai đường NPV danh mục tốt nhất theo trần vốn năm nay; số liệu ở bảng ngay dưới."


def view() -> widgets.Widget:
    """Four controls; below them the projects, the choice, and how it moves with cap and rate."""
    controls = (
        SliderBox(label="Trần vốn năm nay (tỷ đồng)", value=100, min=40, max=160, step=5),
        SliderBox(label="Trần vốn năm sau (tỷ đồng)", value=0, min=0, max=60, step=5),
        SliderBox(label="Tỷ lệ chiết khấu (%/năm)", value=10, min=4, max=20, step=1),
        SliderBox(label="Lợi ích đạt so với dự toán (%)", value=100, min=60, max=120, step=5),
    )
    screen = widgets.VBox()

    def redraw(_: Any = None) -> None:
        screen.children = _screen(*(control.value for control in controls))

    for control in controls:
        control.observe(redraw, "value")
    redraw()
    return widgets.VBox([*controls, screen])


def _screen(cap: float, later: float, rate: float, share: float) -> list[widgets.Widget]:
    projects, r = model.realised(model.PROJECTS, share / 100), rate / 100
    now, ratio = model.compare(projects, (cap, later), r, _D), model.ratio_plan(projects, cap, r)
    caps = model.cap_sensitivity(projects, [(x, later) for x in _CAPS], r, _D)
    rates = model.rate_sensitivity(projects, (cap, later), [x / 100 for x in _RATES], _D)
    each = [(f"{p.code}. {p.name}", p.capital, vietnamese(model.npv(p, r))) for p in projects]
    ways = (("Tự do chọn", now.free), ("Bắt buộc có D", now.forced), ("Xếp theo NPV/vốn", ratio))
    chosen = [(how, _name(p), vietnamese(p.capital, 0), vietnamese(p.npv)) for how, p in ways]
    cost = f"Chi phí cơ hội của việc bắt buộc D: {vietnamese(now.opportunity_cost)} tỷ đồng"
    return [
        table(("Dự án", "Vốn (tỷ)", "NPV (tỷ)"), each, "Năm dự án (dữ liệu mô phỏng)"),
        table(("Cách chọn", "Danh mục", "Vốn (tỷ)", "NPV (tỷ)"), chosen, cost),
        chart(lambda axes: _draw(axes, cap, caps), _ALT),
        table(("Trần năm nay", *_HEADINGS), _rows(_CAPS, caps), "Theo trần vốn (tỷ đồng)"),
        table(("Chiết khấu", *_HEADINGS), _rows(_RATES, rates), "Theo tỷ lệ chiết khấu (%/năm)"),
    ]


def _name(plan: model.Plan) -> str:
    return " + ".join(f"{c} (năm sau)" if y else c for c, y in sorted(plan.starts.items()))


def _rows(values: Any, sweep: list[model.Comparison]) -> list[list[object]]:
    cells = [
        (_name(p.free), p.free.npv, _name(p.forced), p.forced.npv, p.opportunity_cost)
        for p in sweep
    ]
    return [
        [value, *(c if isinstance(c, str) else vietnamese(c) for c in row)]
        for value, row in zip(values, cells, strict=True)
    ]


def _draw(axes: Axes, cap: float, sweep: list[model.Comparison]) -> None:
    # Okabe-Ito blue and vermilion with two markers, so that nothing depends on colour alone.
    axes.plot(_CAPS, [p.free.npv for p in sweep], "o-", color="#0072B2", label="Tự do chọn")
    axes.plot(_CAPS, [p.forced.npv for p in sweep], "s--", color="#D55E00", label="Bắt buộc có D")
    axes.axvline(cap, color="#555555", linestyle=":", label="Trần đang chọn")
    axes.set(xlabel="Trần vốn năm nay (tỷ đồng)", ylabel="NPV danh mục (tỷ đồng)")
    axes.legend(loc="upper left")
