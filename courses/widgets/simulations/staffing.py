"""The QL6 simulation: report time with and without a tier, and the roster on both sides of it."""

from __future__ import annotations

from dataclasses import astuple, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import ipywidgets as widgets

from courses.foundation.numerals import vietnamese
from courses.models import staffing as model
from courses.widgets.controls import SliderBox, chart, table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_WAYS = ("Ba cấp (đến 30/6/2025)", "Hai cấp, xã báo thẳng", "Hai cấp, có cụm hỗ trợ")
_STAGES = ("Tại xã", "Tổng hợp giữa đường", "Tổng hợp tại Sở")
_LOOKS = (("#0072B2", ""), ("#E69F00", "//"), ("#CC79A7", ".."))  # Okabe-Ito, and hatches
_COUNTS = ("đạt", *model.ARTICLES, "ngoài quy định")
_DAYS = ("Ngày", "Đạt cả ba điều", "Sai Điều 4", "Sai Điều 5", "Sai Điều 10.2a", "Ngoài quy định")
_CAPTION = (
    "Giờ làm việc đến khi Sở có báo cáo chung (dữ liệu mô phỏng). Xã báo thẳng không chậm hơn "
    "ba cấp khi tỉnh có không quá {} xã, phường."
)
_ROSTER = "Số đơn vị theo kết quả rà 20 đơn vị; một đơn vị có thể sai nhiều điều (dữ liệu mô phỏng)"


def _draw(axes: Axes, times: list[model.Timing]) -> None:
    start = [0.0] * len(times)
    for stage, hours in enumerate(zip(*map(astuple, times), strict=True)):
        colour, hatch = _LOOKS[stage]
        label = _STAGES[stage]
        axes.barh(_WAYS, hours, 0.6, start, label=label, color=colour, hatch=hatch, edgecolor="k")
        start = [*map(sum, zip(start, hours, strict=True))]
    axes.set(xlabel="Giờ làm việc, kể từ khi xã bắt đầu soạn", xlim=(0, max(start) * 1.05))
    axes.invert_yaxis()
    axes.legend(loc="lower center", bbox_to_anchor=(0.4, 1), ncols=3)


def view() -> widgets.Widget:
    """Five numbers to move; the chart and its table follow. The roster stands below."""
    x = SliderBox(label="Số xã, phường mới", value=60, min=20, max=120, step=2)
    sign = SliderBox(
        label="Soạn và ký ở mỗi cơ quan (giờ làm việc)", value=8, min=1, max=40, step=1
    )
    each = SliderBox(label="Tổng hợp một báo cáo (giờ)", value=1, min=0.25, max=3, step=0.25)
    staff = SliderBox(label="Cán bộ tổng hợp tại Sở (người)", value=2, min=1, max=6, step=1)
    k = SliderBox(label="Số cụm hỗ trợ tổng hợp (0: không có)", value=0, min=0, max=20, step=1)
    screen = widgets.VBox()

    def redraw(_: object = None) -> None:
        pace = model.Pace(sign.value, each.value, int(staff.value))
        place = replace(model.PROVINCE, communes=int(x.value))
        ways = [model.two_tiers(place, pace, clusters) for clusters in (0, int(k.value))]
        times = [model.three_tiers(place, pace), *ways]
        rows = [
            (way, *(vietnamese(hours) for hours in (*astuple(time), time.total)))
            for way, time in zip(_WAYS, times, strict=True)
        ]
        alt = "; ".join(f"{row[0]}: {row[-1]} giờ làm việc" for row in rows)
        caption = _CAPTION.format(model.most_communes(place, pace))
        heads = ("Cách tổ chức", *_STAGES, "Tổng cộng")
        screen.children = (chart(lambda axes: _draw(axes, times), alt), table(heads, rows, caption))

    for control in (x, sign, each, staff, k):
        control.observe(redraw, "value")
    redraw()
    days = {"30/6/2025": model.DISTRICTS_END - timedelta(days=1), "01/7/2025": model.DISTRICTS_END}
    counts = {label: model.tally(model.ROSTER, day) for label, day in days.items()}
    lines = [(label, *(count[key] for key in _COUNTS)) for label, count in counts.items()]
    return widgets.VBox([x, sign, each, staff, k, screen, table(_DAYS, lines, _ROSTER)])
