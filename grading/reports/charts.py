"""Charts as SVG text, readable in black and white; each has its table in the report.

Marks differ by shape, hatch and line style before they differ by colour. Letters are drawn as
paths in the house's own face, so that the page needs no font from the machine.
"""

from __future__ import annotations

import io
import textwrap
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib import font_manager, rc_context
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MultipleLocator

from grading.documents.typesetting import FONTS
from grading.reports.figures import FUNNEL_LEVELS
from grading.reports.wording import decimal, percent
from grading.statistics.proportions import funnel_limits

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from matplotlib.axes import Axes

    from grading.reports.cohort import CohortReport
    from grading.reports.figures import AreaResult, Funnel, Mean

_INK, _BLUE, _ORANGE, _PALE = "#1a1a1a", "#0b4f8a", "#b35900", "#d9d9d9"
_FACE = "Report Serif"
_STYLE: dict[Any, Any] = {
    "font.family": _FACE,
    "font.size": 11,
    "svg.fonttype": "path",
    "svg.hashsalt": "cohort",
    "text.parse_math": False,  # a name may hold a dollar sign
    "hatch.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
}
_DARK = 0.55  # above this depth of tint, numbers turn white


@cache
def _load_fonts() -> None:
    # Under a name of their own: an older face of the machine may lack Vietnamese letters.
    for path in sorted(FONTS.glob("*.ttf")):
        entry = font_manager.ttfFontProperty(font_manager.get_font(path))
        font_manager.fontManager.ttflist.append(replace(entry, name=_FACE))


def _svg(draw: Callable[[Axes], None], width: float, height: float) -> str:
    _load_fonts()
    with rc_context(_STYLE):
        figure = Figure(figsize=(width, height), layout="constrained")
        draw(figure.subplots())
        text = io.StringIO()
        figure.savefig(text, format="svg", metadata={"Date": None})
    return text.getvalue()


def _in_percent(axis_value: float, _: int | None = None) -> str:
    return f"{decimal(axis_value * 100, 0)} %"


def histogram_chart(area: AreaResult) -> str:
    """Distribution of one area's scores with the cut and the band of one SEM around it.

    Bins are of unequal width, so areas of the bars, not heights, are numbers of people.
    """

    def draw(axes: Axes) -> None:
        cut = area.cut_low if area.cut_low is not None else 0.0
        top = max(bar.n / (bar.high - bar.low) / 10 for bar in area.bins)
        for bar in area.bins:
            passed = bar.low >= cut
            width, height = bar.high - bar.low, bar.n / (bar.high - bar.low) / 10
            axes.bar(
                bar.low, height, width, align="edge", edgecolor=_INK, linewidth=0.8,
                color="#9ecae1" if passed else "white", hatch=None if passed else "///",
            )  # fmt: skip
            axes.text(
                bar.low + width / 2, height + top * 0.04, str(bar.n), ha="center",
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8}, zorder=5,
            )  # fmt: skip
        _draw_cut(axes, area)
        axes.set(xlim=(0, 1), ylim=(0, top * 1.32), xlabel="Điểm (phần trăm của thang điểm)")
        axes.set_ylabel("Số người trên mỗi 10 điểm phần trăm", fontsize=9.5)
        axes.xaxis.set_major_formatter(FuncFormatter(_in_percent))
        axes.xaxis.set_major_locator(MultipleLocator(0.1))
        axes.yaxis.set_major_locator(MultipleLocator(max(1, round(top / 5))))
        axes.legend(loc="upper left", frameon=False, fontsize=10)

    return _svg(draw, 6.3, 2.7)


def _draw_cut(axes: Axes, area: AreaResult) -> None:
    if area.cut_low is None or area.cut_high is None:
        return
    for cut in {area.cut_low, area.cut_high}:
        axes.axvline(cut, color=_INK, linewidth=1.8)
    axes.plot([], [], color=_INK, linewidth=1.8, label=f"Điểm chuẩn {percent(area.cut_low)}")
    if area.sem:
        low, high = area.cut_low - area.sem, area.cut_high + area.sem
        axes.axvspan(
            low, high, facecolor="none", edgecolor=_ORANGE, hatch="...", linewidth=0.8,
            label=f"± 1 SEM ({percent(low)} – {percent(high)})",
        )  # fmt: skip


def rate_chart(areas: Sequence[AreaResult]) -> str:
    """Area pass rates of first-takers with Wilson intervals; ``areas`` all have a rate."""

    def draw(axes: Axes) -> None:
        for row, area in enumerate(areas):
            low, high = area.first.interval or (0.0, 0.0)
            axes.plot([low, high], [row, row], color=_INK, linewidth=1.6, marker="|", markersize=9)
            axes.plot(area.first.share or 0.0, row, "o", color=_BLUE, markersize=8)
        labels = [f"{area.code} (n = {area.first.n})" for area in areas]
        axes.set_yticks(range(len(areas)), labels)
        axes.set(xlim=(0, 1), ylim=(len(areas) - 0.4, -0.6), xlabel="Tỷ lệ đạt, người thi lần đầu")
        axes.xaxis.set_major_formatter(FuncFormatter(_in_percent))
        axes.grid(axis="x", color=_PALE, linewidth=0.6)

    return _svg(draw, 6.3, 0.9 + 0.38 * len(areas))


def heatmap_chart(report: CohortReport) -> str:
    """Mean share of each competency by agency type, with n; joined cells stay hatched."""
    joined = any(row.joined for row in report.competencies)
    columns = [*report.types, *(["Gộp các ô •"] if joined else []), "Chung"]
    means = [
        [row.cells.get(kind) for kind in report.types] + [row.joined] * joined + [row.total]
        for row in report.competencies
    ]
    values = [[_value(cell) for cell in row] for row in means]
    shown = [value for row in values for value in row if not np.isnan(value)]
    low, high = min(shown, default=0.0), max(shown, default=1.0)
    span = max(high - low, 0.05)

    def draw(axes: Axes) -> None:
        axes.patch.set(hatch="////", edgecolor="#a0a0a0", facecolor="white")
        bottom, top = low - 0.15 * span, low + 1.1 * span
        axes.imshow(values, cmap="Blues", aspect="auto", vmin=bottom, vmax=top)
        for y, row in enumerate(means):
            for x, cell in enumerate(row):
                _draw_cell(axes, x, y, None if cell is None else cell.n, values[y][x], low, span)
        axes.set_xticks(range(len(columns)), [textwrap.fill(name, 14) for name in columns])
        axes.set_yticks(range(len(means)), [row.code for row in report.competencies])
        axes.tick_params(length=0, top=False, labeltop=True, bottom=False, labelbottom=False)
        axes.axvline(len(columns) - 1.5, color=_INK, linewidth=1.5)

    return _svg(draw, 6.3, 1.0 + 0.36 * len(means))


def _value(cell: Mean | None) -> float:
    return np.nan if cell is None or cell.value is None else cell.value


def _draw_cell(
    axes: Axes, x: int, y: int, n: int | None, value: float, low: float, span: float
) -> None:
    if np.isnan(value):
        text, colour = "•" if n is None else f"n = {n}", _INK
    else:
        text = f"{percent(value)}\n(n = {n})"
        colour = "white" if (value - low) / span > _DARK else _INK
    box = {"facecolor": "white", "edgecolor": "none", "pad": 1.5} if np.isnan(value) else None
    axes.text(
        x, y, text, ha="center", va="center", color=colour, fontsize=9.5, linespacing=0.95, bbox=box
    )


def funnel_chart(funnel: Funnel) -> str:
    """Pass rates over numbers of people with 95 % and 99.8 % limits; points are numbered.

    Numbers follow the order of the table, which is that of names.
    """
    centre = funnel.centre.share or 0.0
    largest = max((point.rate.n for point in funnel.points), default=10)

    def draw(axes: Axes) -> None:
        _draw_limits(axes, centre, largest * 1.15)
        axes.axhline(centre, color=_ORANGE, linewidth=1.4, linestyle="-.", label="Tỷ lệ chung")
        numbers: dict[tuple[int, float], list[str]] = {}
        for number, point in enumerate(funnel.points, start=1):
            shape = "o" if point.agencies == 1 else "s"
            place = (point.rate.n, point.rate.share or 0.0)
            axes.plot(*place, shape, color=_BLUE, markersize=7)
            numbers.setdefault(place, []).append(str(number))
        for place, here in numbers.items():
            text = ", ".join(here)
            axes.annotate(text, place, (6, 4), textcoords="offset points", fontsize=10)
        axes.set(xlim=(8, largest * 1.15), ylim=(0, 1.02), ylabel="Tỷ lệ đạt")
        axes.set_xlabel("Số người thi lần đầu đã có kết luận (n)")
        axes.yaxis.set_major_formatter(FuncFormatter(_in_percent))
        axes.xaxis.set_major_locator(MultipleLocator(max(1, round(largest / 8))))
        axes.legend(loc="lower right", frameon=False, fontsize=10, ncols=3)

    return _svg(draw, 6.3, 3.4)


def _draw_limits(axes: Axes, centre: float, largest: float) -> None:
    sizes = np.linspace(8, largest, 200)
    for level, style in zip(FUNNEL_LEVELS, ("--", "-"), strict=True):
        limits = [funnel_limits(centre, float(size), level) for size in sizes]
        label = f"Giới hạn {percent(level).replace(',0', '')}"
        axes.plot(sizes, [at.low for at in limits], style, color=_INK, linewidth=1.1, label=label)
        axes.plot(sizes, [at.high for at in limits], style, color=_INK, linewidth=1.1)
