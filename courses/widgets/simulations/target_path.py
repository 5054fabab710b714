"""The path of one target: even or S-shaped, and what a late year asks of those that are left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ipywidgets as widgets

from courses.foundation.numerals import vietnamese
from courses.models.target_path import Target, forecast, linear_path, required_pace, s_path
from courses.widgets.controls import SliderBox, chart, table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes

_BASE, _SEEN, _GOAL = 2010, 2012, 2015
# Okabe-Ito blue and vermilion with two markers, so that nothing depends on colour alone.
_STYLES = {"Đều mỗi năm": ("o-", "#0072B2"), "Chữ S": ("s--", "#D55E00")}


def view() -> widgets.Widget:
    """Four controls; below them both paths as chart and table, and two figures on the actual."""
    controls = (
        SliderBox(label="Số gốc cuối 2010 (%)", value=35, min=0, max=60, step=1),
        SliderBox(label="Số đích cuối 2015 (%)", value=80, min=61, max=100, step=1),
        SliderBox(label="Độ dốc k của đường chữ S", value=6, min=0, max=12, step=1),
        SliderBox(label="Thực đạt cuối 2012 (%)", value=48, min=0, max=100, step=1),
    )
    screen = widgets.VBox()

    def redraw(_: object = None) -> None:
        base, goal, steepness, actual = (control.value for control in controls)
        target = Target("M", "Hồ sơ nộp trực tuyến", base, goal, _BASE, _GOAL)
        straight, curve = linear_path(target), s_path(target, steepness)
        paths = dict(zip(_STYLES, (straight, curve), strict=True))
        rows = [(y, *(vietnamese(p[y], 1) for p in paths.values())) for y in target.years]
        pace = vietnamese(required_pace(target, _SEEN, actual))
        reached = vietnamese(forecast(target, _SEEN, actual), 1)
        caption = (
            f"Nhịp phải có từ 2013: {pace} điểm mỗi năm (lộ trình đều: {vietnamese(target.pace)}). "
            f"Giữ nhịp đã đạt thì cuối 2015 tới {reached} %."
        )
        alt = f"Hai đường tới đích và mức thực đạt; số liệu ở bảng ngay dưới. {caption}"
        picture = chart(lambda axes: _draw(axes, paths, actual), alt)
        screen.children = (
            picture,
            table(("Cuối năm", *(f"{name} (%)" for name in paths)), rows, caption),
        )

    for control in controls:
        control.observe(redraw, "value")
    redraw()
    return widgets.VBox([*controls, screen])


def _draw(axes: Axes, paths: Mapping[str, Mapping[int, float]], actual: float) -> None:
    for name, path in paths.items():
        style, colour = _STYLES[name]
        axes.plot(list(path), list(path.values()), style, color=colour, label=name)
    axes.plot(_SEEN, actual, "kD", markersize=9, label="Thực đạt cuối 2012")
    axes.set(xlabel="Cuối năm", ylabel="Hồ sơ nộp trực tuyến (%)", ylim=(0, 100))
    axes.legend(loc="upper left")
