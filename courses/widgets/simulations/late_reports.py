"""The second QL6 simulation: a decision bought before a period, and the chance to be on time."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from courses.foundation.numerals import vietnamese
from courses.models import late_reports as model
from courses.widgets.controls import ChoiceBox, SliderBox, chart, table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_HEADINGS = ("Cách làm", "Giờ bình quân", "Kịp hạn", "Giá", "Cộng")
_CAPTION = (
    "Giờ làm việc; triệu đồng một kỳ báo cáo (dữ liệu mô phỏng). Cộng = giá của quyết định + 100 "
    "triệu đồng × khả năng trễ hạn."
)

_CHANCES = ("Báo cáo bị trả lại để sửa (%)", "Khả năng một cán bộ vắng trong kỳ (%)")
_BUY = {
    "Thêm cán bộ tổng hợp (30 triệu đồng một người, một kỳ)": (
        "Không",
        "Thêm một người",
        "Thêm hai người",
    ),
    "Một người dự bị, chỉ vào thay khi có người vắng (10 triệu đồng)": ("Không", "Có"),
    "Biểu mẫu chung, kiểm tra ngay khi nhập (25 triệu đồng)": (
        "Không",
        "Có: tổng hợp nhanh gấp đôi, số bị trả lại còn một phần năm",
    ),
}


def _row(way: str, desk: model.Desk, decision: model.Decision, deadline: float) -> tuple[str, ...]:
    after = decision.applied(desk)
    cost = model.expected_cost(desk, decision, deadline)
    money = (decision.price, cost)
    shown = f"{vietnamese(100 * model.on_time(after, deadline), 1)} %"
    return (way, vietnamese(after.average, 1), shown, *(vietnamese(m, 1) for m in money))


def _draw(axes: Axes, ways: dict[str, model.Desk], deadline: float) -> None:
    for at, (way, desk) in enumerate(ways.items()):
        spread = model.hours_of(desk)
        shares = [100 * share for share in accumulate(spread.values())]
        look: dict[str, Any] = {"color": ("#0072B2", "#E69F00")[at], "linestyle": ("-", "--")[at]}
        axes.step([0, *spread], [0, *shares], where="post", label=way, linewidth=2, **look)
    axes.axvline(deadline, color="black", linestyle=":", label="Hạn")
    axes.set(xlabel="Giờ làm việc, kể từ khi xã bắt đầu soạn", ylabel="Đã xong (%)")
    axes.set(xlim=(20, 100), ylim=(0, 103))
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=3)


def view() -> widgets.Widget:
    """Two chances and a deadline to move, three things to buy; chart and table follow."""
    returned, away = (SliderBox(label=label, value=10, min=0, max=40, step=1) for label in _CHANCES)
    deadline = SliderBox(label="Hạn (giờ làm việc)", value=48, min=30, max=80, step=1)
    buy = [ChoiceBox(label=label, options=texts, value=0) for label, texts in _BUY.items()]
    screen = widgets.VBox()

    def redraw(_: object = None) -> None:
        desk = replace(model.DESK, returned=returned.value / 100, away=away.value / 100)
        officers, standby, form = (choice.value for choice in buy)
        mine = model.Decision(officers, bool(standby), bool(form))
        made = {"Như hiện nay": model.Decision(), "Quyết định của anh/chị": mine}
        rows = [_row(way, desk, decision, deadline.value) for way, decision in made.items()]
        ways = {way: decision.applied(desk) for way, decision in made.items()}
        alt = "; ".join(f"{row[0]}: kịp hạn {row[2]}, cộng {row[-1]} triệu đồng" for row in rows)
        picture = chart(lambda axes: _draw(axes, ways, deadline.value), alt)
        screen.children = (picture, table(_HEADINGS, rows, _CAPTION))

    controls = (returned, away, deadline, *buy)
    for control in controls:
        control.observe(redraw, "value")
    redraw()
    return widgets.VBox([*controls, screen])
