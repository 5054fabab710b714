"""The risk register under a budget: three ways of choosing treatments, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ipywidgets as widgets

from courses.foundation.numerals import vietnamese
from courses.models.risk import best_plan, largest_plan, province_register, ratio_plan, residual
from courses.widgets.controls import SliderBox, chart, table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WAYS = {
    "Xét mọi tổ hợp": best_plan,
    "Tỷ suất cao trước": ratio_plan,
    "Rủi ro lớn trước": largest_plan,
}
COLOURS = ("#56b4e9", "#e69f00", "#f0e442", "#cc79a7", "#009e73")  # Okabe-Ito: colour-blind safe
HEADINGS = ("Cách chọn", "Biện pháp được chọn", "Chi (triệu đồng)", "Giảm (điểm)", "Còn lại (điểm)")
CAPTION = "Ba cách chọn biện pháp trong cùng một hạn mức (dữ liệu mô phỏng)"


def view() -> widgets.Widget:
    """Sliders, a chart of the points removed and a table that says the same."""
    cap = SliderBox(label="Hạn mức (triệu đồng)", value=1500, min=0, max=2400, step=50)
    likelihood = SliderBox(label="Khả năng cổng bị tấn công (1–5)", value=4, min=1, max=5, step=1)
    cost = SliderBox(
        label="Chi phí bảo vệ cổng (triệu đồng)", value=800, min=400, max=1200, step=50
    )
    result = widgets.VBox()

    def redraw(_: object = None) -> None:
        risks = province_register(int(likelihood.value), cost.value)
        plans = {name: way(risks, cap.value) for name, way in WAYS.items()}
        rows = []
        for name, plan in plans.items():
            points = (plan.reduction, residual(risks, plan))
            chosen = "; ".join(plan.names) or "không có"
            cells = (vietnamese(plan.cost, 0), *(vietnamese(point, 1) for point in points))
            rows.append((name, chosen, *cells))

        def draw(axes: Axes) -> None:
            axes.barh(list(plans), 0)  # every way keeps its line, also with nothing chosen
            for name, plan in plans.items():
                start = 0.0
                for risk in plan.treated:
                    colour = COLOURS[risks.index(risk)]
                    bar = axes.barh(name, risk.reduction, left=start, color=colour, edgecolor="k")
                    text = f"{risk.name}\n{vietnamese(risk.reduction, 1)}"
                    axes.bar_label(bar, [text], label_type="center", fontsize=8)
                    start += risk.reduction
            axes.set(xlabel="Rủi ro giảm được (điểm = khả năng × tác động)", xlim=(0, 50))
            axes.invert_yaxis()

        alt = "; ".join(
            f"{row[0]}: {row[1]}, giảm {row[3]} điểm, còn {row[4]} điểm" for row in rows
        )
        result.children = (chart(draw, alt), table(HEADINGS, rows, CAPTION))

    for control in (cap, likelihood, cost):
        control.observe(redraw, names="value")
    redraw()
    return widgets.VBox([cap, likelihood, cost, result])
