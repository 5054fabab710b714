"""Where a service's hours are lost, and what each upgrade of its chain buys for the money."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ipywidgets as widgets

from courses.foundation.numerals import vietnamese
from courses.models import availability as model
from courses.widgets.controls import SliderBox, chart, table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_BEST, _NOW = "Tốt nhất trong hạn mức", "Giữ nguyên hiện trạng"
_COLOUR = {_NOW: "#555555", _BEST: "#009E73"}  # Okabe-Ito; the others are sky blue
_HATCH = {_NOW: "..", _BEST: "//"}
_HEADINGS = ("Phương án", "Chi phí (triệu đồng/năm)", "Độ sẵn sàng (%)")
_HOURS = ("Ngừng (giờ/năm)", "Tránh được (giờ/năm)", "Giá một giờ tránh được (triệu đồng)")


def _draw(axes: Axes, plans: dict[str, model.Plan]) -> None:
    for name, plan in plans.items():
        colour, hatch = _COLOUR.get(name, "#56B4E9"), _HATCH.get(name, "")
        bar = axes.barh(name, plan.downtime, color=colour, hatch=hatch, edgecolor="black")
        axes.bar_label(bar, [vietnamese(plan.downtime, 1)], padding=3)
    axes.set(xlabel="Thời gian ngừng dự kiến của cả chuỗi (giờ/năm)")
    axes.margins(x=0.12)
    axes.invert_yaxis()


def _row(name: str, plan: model.Plan, now: model.Plan) -> tuple[str, ...]:
    share, price = model.availability(plan.chain), model.cost_per_hour(now.chain, plan)
    avoided = now.downtime - plan.downtime
    hours = (vietnamese(plan.downtime, 1), vietnamese(avoided, 1))
    worth = "–" if price is None else vietnamese(price)
    return (name, vietnamese(plan.cost, 0), vietnamese(100 * share, 3), *hours, worth)


def view() -> widgets.Widget:
    """A budget and two properties of the trunk line to move; chart and table follow."""
    cap = SliderBox(label="Hạn mức (triệu đồng/năm)", value=500, min=0, max=1700, step=20)
    shared = SliderBox(
        label="Hỏng chung của hai đường cùng cống cáp (%)", value=30, min=0, max=100, step=5
    )
    trunk = SliderBox(
        label="Độ sẵn sàng của một đường trục (%)", value=99, min=95, max=99.9, step=0.1
    )
    screen = widgets.VBox()

    def redraw(_: object = None) -> None:
        chain = model.province_chain(trunk.value / 100)
        offers = model.province_upgrades(trunk.value / 100, shared.value / 100)
        best = model.best_plan(chain, offers, cap.value)
        each = {offer.name: model.upgraded(chain, [offer]) for offer in offers}
        plans = {_NOW: model.upgraded(chain, []), **each, _BEST: best}
        rows = [_row(name, plan, plans[_NOW]) for name, plan in plans.items()]
        chosen = "; ".join(upgrade.name for upgrade in best.taken) or "không nâng cấp nào"
        caption = f"{_BEST}: {chosen} (dữ liệu mô phỏng, một năm 8.760 giờ)"
        alt = "; ".join(f"{row[0]}: ngừng {row[3]} giờ một năm" for row in rows)
        picture = chart(lambda axes: _draw(axes, plans), alt)
        screen.children = (picture, table((*_HEADINGS, *_HOURS), rows, caption))

    for control in (cap, shared, trunk):
        control.observe(redraw, "value")
    redraw()
    return widgets.VBox([cap, shared, trunk, screen])
