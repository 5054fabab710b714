"""The KM3 simulation: an interval between notices, the calls it saves, the time left to repair."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ipywidgets as widgets

from courses.foundation.numerals import vietnamese
from courses.models import notices as model
from courses.widgets.controls import SliderBox, chart, table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_HEADINGS = ("Nhịp thông báo", "Cuộc gọi", "Bản tin", "Phút nghe và viết", "Phút còn để sửa")
_CAPTION = (
    "Tám giờ, ba người, dữ liệu mô phỏng. Giả định: nỗi sốt ruột tăng đều theo thời gian im lặng, "
    "một bản tin làm mọi nơi yên lại cùng lúc. Nhịp ít tốn công nhất lúc này: {} giờ."
)
_USUAL = (8.0, 4.0, 2.0, 1.0, 0.5)


def _draw(axes: Axes, outage: model.Outage, every: float) -> None:
    steps = [n / 10 for n in range(2, round(10 * outage.hours) + 1)]
    axes.plot(steps, [outage.minutes(t) for t in steps], color="black", label="Tổng")
    calls = [outage.call * outage.calls(t) for t in steps]
    axes.plot(steps, calls, color="#E69F00", linestyle="--", label="Nghe điện thoại")
    written = [outage.notice * outage.notices(t) for t in steps]
    axes.plot(steps, written, color="#0072B2", linestyle=":", label="Viết bản tin")
    axes.scatter([every], [outage.minutes(every)], s=80, color="black", zorder=3)
    axes.set(xlabel="Cứ bao nhiêu giờ một bản tin", ylabel="Phút của nhóm", ylim=(0, None))
    axes.legend(loc="upper left", ncols=3)


def _row(outage: model.Outage, every: float, mark: str = "") -> tuple[str, ...]:
    numbers = (
        outage.calls(every),
        outage.notices(every),
        outage.minutes(every),
        outage.repair(every, model.TEAM),
    )
    name = f"{vietnamese(every, 1)} giờ{mark}"
    return (name, *(vietnamese(number, 0) for number in numbers))


def view() -> widgets.Widget:
    """Interval, urge and broken promises to move; chart and table follow."""
    every = SliderBox(label="Cứ bao nhiêu giờ một bản tin", value=8, min=0.2, max=8, step=0.1)
    call = SliderBox(label="Một cuộc gọi (phút)", value=6, min=2, max=15, step=1)
    notice = SliderBox(label="Viết và duyệt một bản tin (phút)", value=20, min=5, max=90, step=5)
    factor = SliderBox(
        label="Hệ số sốt ruột sau một lần sai hẹn (1: chưa sai hẹn)",
        value=1,
        min=1,
        max=4,
        step=0.5,
    )
    screen = widgets.VBox()

    def redraw(_: object = None) -> None:
        base = model.Outage(60, 8, model.OUTAGE.urge, call.value, notice.value)
        outage = base.after_broken_promise(factor.value)
        rows = [_row(outage, every.value, " (anh/chị chọn)")]
        rows += [_row(outage, usual) for usual in _USUAL]
        alt = "; ".join(f"{row[0]}: {row[1]} cuộc gọi, {row[3]} phút" for row in rows)
        picture = chart(lambda axes: _draw(axes, outage, every.value), alt)
        caption = _CAPTION.format(vietnamese(outage.best))
        screen.children = (picture, table(_HEADINGS, rows, caption))

    for control in (every, call, notice, factor):
        control.observe(redraw, "value")
    redraw()
    return widgets.VBox([every, call, notice, factor, screen])
