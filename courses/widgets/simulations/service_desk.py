"""The KT2 simulation of a one-stop desk: a further counter, or less to do at each."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from courses.foundation.numerals import vietnamese
from courses.models import service_desk as model
from courses.widgets.controls import SliderBox, chart, table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_RETURNED_TODAY = 0.1  # share of today's visits that come again with what was missing
_STEPS = 40
_HEADINGS = (
    "Phương án",
    "Lượt đến/giờ",
    "Lượt/quầy/giờ",
    "Số quầy",
    "Mức bận (%)",
    "Chờ bình quân (phút)",
    "Số người đang chờ",
)
_ALT = "Đường thời gian chờ theo số lượt đến mỗi giờ, dựng đứng khi các quầy gần kín việc."


def view() -> widgets.Widget:
    """Seven numbers to move; below them today, the choice, and the curve of the choice."""
    controls = (
        SliderBox(label="Lượt đến mỗi giờ", value=12, min=6, max=24, step=0.5),
        SliderBox(label="Số quầy mở hiện nay", value=4, min=2, max=8, step=1),
        SliderBox(label="Phút mỗi hồ sơ tại quầy hiện nay", value=12, min=6, max=20, step=0.5),
        SliderBox(
            label="Giây tiết kiệm mỗi hồ sơ nhờ bớt trường", value=0, min=0, max=240, step=20
        ),
        SliderBox(label="Hồ sơ nộp trực tuyến (%)", value=0, min=0, max=60, step=5),
        SliderBox(label="Hồ sơ phải quay lại bổ sung (%)", value=10, min=0, max=30, step=1),
        SliderBox(label="Số quầy mở thêm", value=0, min=0, max=4, step=1),
    )
    screen = widgets.VBox()

    def redraw(_: Any = None) -> None:
        screen.children = _screen(*(control.value for control in controls))

    for control in controls:
        control.observe(redraw, "value")
    redraw()
    return widgets.VBox([*controls, screen])


def _screen(
    arrivals: float,
    counters: float,
    minutes: float,
    saved: float,
    share: float,
    returned: float,
    added: float,
) -> list[widgets.Widget]:
    now = model.Desk(arrivals, 60 / minutes, int(counters))
    chosen = replace(now, counters=now.counters + int(added))
    chosen = model.online(model.shorter_form(chosen, saved), share / 100)
    chosen = model.fewer_returns(chosen, _RETURNED_TODAY, returned / 100)
    rows = [_row("Như hiện nay", now), _row("Sau các thay đổi đã chọn", chosen)]
    caption = "Chờ tại bộ phận một cửa (dữ liệu mô phỏng); hiện nay 10 % hồ sơ phải quay lại"
    return [table(_HEADINGS, rows, caption), chart(lambda axes: _draw(axes, chosen), _ALT)]


def _row(name: str, desk: model.Desk) -> tuple[object, ...]:
    busy = vietnamese(100 * desk.utilisation, 1)
    figures = (vietnamese(desk.arrivals, 1), vietnamese(desk.rate, 1), desk.counters, busy)
    if math.isinf(model.mean_wait(desk)):
        return (name, *figures, "tăng mãi, quầy không kịp", "tăng mãi")
    waits = (model.mean_wait(desk), model.queue_length(desk))
    return (name, *figures, *(vietnamese(value, 1) for value in waits))


def _draw(axes: Axes, desk: model.Desk) -> None:
    most = desk.rate * desk.counters
    arrivals = [most * step / _STEPS for step in range(1, _STEPS)]
    waits = [model.mean_wait(replace(desk, arrivals=rate)) for rate in arrivals]
    axes.plot(arrivals, waits, "-", color="#0072B2", label="Thời gian chờ")
    axes.axvline(desk.arrivals, color="#D55E00", linestyle="--", label="Lượt đến đang chọn")
    axes.set(xlabel="Lượt đến mỗi giờ", ylabel="Chờ bình quân (phút)", ylim=(0, 60))
    axes.legend(loc="upper left")
