"""Splitting the cost of a joint system between three agencies: who stays, who walks out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ipywidgets as widgets

from courses.foundation.numerals import vietnamese
from courses.models import coalition
from courses.widgets.controls import SliderBox, chart, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

_STAND = {False: "ở lại", True: "muốn rời"}
_COLOUR, _HATCH = {False: "#56B4E9", True: "#E69F00"}, {False: "", True: "//"}
_VERDICT = {True: "ổn định, không nhóm nào muốn rời", False: "chưa ổn định, có nhóm muốn rời"}
_HEADINGS = ("Bên hoặc nhóm", "Phải trả", "Nếu tự làm", "Tiết kiệm", "Theo Shapley", "Thái độ")


def _draw(axes: Axes, groups: Sequence[coalition.Standing]) -> None:
    colours, hatches = zip(*((_COLOUR[g.leaves], _HATCH[g.leaves]) for g in groups), strict=True)
    labels = [f"{' + '.join(g.group)}\n{_STAND[g.leaves]}" for g in groups]
    pays, alone = [g.pays for g in groups], [g.alone for g in groups]
    bars = axes.bar(labels, pays, width=0.6, color=colours, hatch=hatches, edgecolor="black")
    marks = axes.scatter(labels, alone, marker="_", s=800, linewidths=4, color="black")
    axes.set(xlabel="Bên hoặc nhóm", ylabel="Tỷ đồng, cộng 5 năm")
    names = ["Cột: phải trả (gạch chéo: muốn rời)", "Vạch: nếu tự làm"]
    axes.legend([bars, marks], names, loc="lower left", bbox_to_anchor=(0, 1), ncols=2)


def _row(group: coalition.Standing, fair: coalition.Standing) -> tuple[str, ...]:
    amounts = (group.pays, group.alone, group.saving, fair.pays)
    return (" + ".join(group.group), *map(vietnamese, amounts), _STAND[group.leaves])


def view() -> widgets.Widget:
    """Two shares and a coordination cost to move; chart and table follow."""
    s = SliderBox(label="Phần của S, Sở Xây dựng (tỷ đồng)", value=6.7, min=0, max=12, step=0.1)
    t = SliderBox(label="Phần của T, Thuế tỉnh (tỷ đồng)", value=6.7, min=0, max=10, step=0.1)
    extra = SliderBox(label="Chi phí phối hợp thêm (tỷ đồng)", value=0, min=0, max=6, step=0.5)
    screen = widgets.VBox()

    def redraw(_: object = None) -> None:
        game = coalition.with_coordination_cost(coalition.THREE_AGENCIES, extra.value)
        shares = coalition.remainder(game, {"S": s.value, "T": t.value})
        groups = coalition.standings(game, shares)
        fair = coalition.standings(game, coalition.shapley(game))
        rows = [_row(group, share) for group, share in zip(groups, fair, strict=True)]
        verdict = _VERDICT[coalition.is_stable(game, shares)]
        room = vietnamese(coalition.agreement_room(game))
        caption = (
            f"Tỷ đồng, dữ liệu mô phỏng. N, Sở Nông nghiệp và Môi trường, trả phần còn lại. "
            f"Phương án {verdict}. Dư địa thoả thuận: {room}."
        )
        alt = "; ".join(f"{row[0]} phải trả {row[1]}, tự làm {row[2]}, {row[-1]}" for row in rows)
        picture = chart(lambda axes: _draw(axes, groups[:-1]), alt)
        screen.children = (picture, table(_HEADINGS, rows, caption))

    for control in (s, t, extra):
        control.observe(redraw, "value")
    redraw()
    return widgets.VBox([s, t, extra, screen])
