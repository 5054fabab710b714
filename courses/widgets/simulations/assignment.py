"""Sharing out a week's tasks: whose limit is broken, and what the whole costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ipywidgets as widgets

from courses.foundation.numerals import vietnamese
from courses.models import assignment as model
from courses.widgets.controls import ChoiceBox, chart, table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_HEADINGS = ("Người", "Giờ được giao", "Giới hạn", "Mức tải", "Kết quả")
_CAPTION = "Giờ trong một tuần, dữ liệu mô phỏng; một việc giao trọn cho một người."
_FITS = {True: "trong giới hạn", False: "vượt giới hạn"}


def _draw(axes: Axes, found: model.Assignment) -> None:
    people, loads = list(found.loads), list(found.loads.values())
    over = [found.shares[person] > 1 for person in people]
    colours = ["#E69F00" if it else "#56B4E9" for it in over]
    hatches = ["//" if it else "" for it in over]
    bars = axes.bar(people, loads, 0.6, color=colours, hatch=hatches, edgecolor="black")
    limits = [found.team.limits[person] for person in people]
    marks = axes.scatter(people, limits, marker="_", s=800, linewidths=4, color="black")
    axes.set(xlabel="Người", ylabel="Giờ trong tuần")
    names = ["Cột: giờ được giao (gạch chéo: vượt)", "Vạch: giới hạn"]
    axes.legend([bars, marks], names, loc="lower left", bbox_to_anchor=(0, 1), ncols=2)


def _row(found: model.Assignment, person: str) -> tuple[str, ...]:
    load, limit = found.loads[person], found.team.limits[person]
    share = vietnamese(100 * found.shares[person], 1)
    return (person, f"{load:.0f}", f"{limit:.0f}", f"{share} %", _FITS[load <= limit])


def _choice(task: str, quickest: str) -> ChoiceBox:
    hours = model.TEAM.hours[task]
    texts = [f"{person} ({hours[person]:.0f} giờ)" for person in model.TEAM.people]
    return ChoiceBox(label=task, options=texts, value=model.TEAM.people.index(quickest))


def view() -> widgets.Widget:
    """Seven tasks to give out, at first to the quickest; chart, table and total follow."""
    quickest = model.best_for_each(model.TEAM).who
    choices = [_choice(task, who) for task, who in zip(model.TEAM.hours, quickest, strict=True)]
    screen = widgets.VBox()

    def redraw(_: object = None) -> None:
        who = tuple(model.TEAM.people[choice.value] for choice in choices)
        found = model.Assignment(model.TEAM, who)
        rows = [_row(found, person) for person in model.TEAM.people]
        alt = "; ".join(f"{row[0]} {row[1]} trên {row[2]} giờ" for row in rows)
        peak = vietnamese(100 * found.peak, 1)
        note = f"<p>Tổng cộng {found.total:.0f} giờ; người nặng nhất {peak} % giới hạn.</p>"
        picture = chart(lambda axes: _draw(axes, found), alt)
        screen.children = (picture, table(_HEADINGS, rows, _CAPTION), widgets.HTML(note))

    for choice in choices:
        choice.observe(redraw, "value")
    redraw()
    return widgets.VBox([*choices, screen])
