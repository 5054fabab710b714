"""Charts as pictures, readable in black and white; each has its table in the report.

Marks differ by shape, hatch and line style before they differ by colour. Letters are drawn as
paths in the house's own face, so that the page needs no font from the machine.
"""

from __future__ import annotations

import io
from dataclasses import replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from matplotlib import font_manager, rc_context
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MultipleLocator

from grading.documents.typesetting import FONTS
from grading.reports.figures import FUNNEL_LEVELS
from grading.reports.plots import FunnelPlot, Histogram, Intervals, OptionCurves
from grading.reports.wording import decimal, percent
from grading.statistics.proportions import funnel_limits

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from grading.reports.plots import Plot

_INK, _BLUE, _ORANGE, _PALE = "#1a1a1a", "#0b4f8a", "#b35900", "#d9d9d9"
_FACE = "Report Serif"
_STYLE: dict[Any, Any] = {
    "font.family": _FACE,
    "font.size": 11,
    "svg.fonttype": "path",
    "svg.hashsalt": "report",
    "text.parse_math": False,  # a name may hold a dollar sign
    "hatch.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
}
_WIDE = 6.3  # inches between the margins
_DOTS = 200  # an inch, in pictures for office programs


@cache
def _load_fonts() -> None:
    # Under a name of their own: an older face of the machine may lack Vietnamese letters.
    for path in sorted(FONTS.glob("*.ttf")):
        entry = font_manager.ttfFontProperty(font_manager.get_font(path))
        font_manager.fontManager.ttflist.append(replace(entry, name=_FACE))


@lru_cache(maxsize=128)
def picture(plot: Plot, kind: Literal["svg", "png"]) -> bytes:
    """The picture of ``plot``, 6.3 inches wide; the same plot gives the same bytes."""
    _load_fonts()
    with rc_context(_STYLE):
        figure = Figure(figsize=(_WIDE, _height(plot)), layout="constrained")
        _draw(plot, figure.subplots())
        out = io.BytesIO()
        metadata = {"Date": None} if kind == "svg" else {"Software": None}
        figure.savefig(out, format=kind, metadata=metadata, dpi=_DOTS)
    return out.getvalue()


def _height(plot: Plot) -> float:
    """Inches."""
    if isinstance(plot, Intervals):
        return 0.9 + 0.38 * len(plot.rows)
    return 2.9 if isinstance(plot, FunnelPlot) else 1.9


def _draw(plot: Plot, axes: Axes) -> None:
    match plot:
        case Histogram():
            _histogram(plot, axes)
        case Intervals():
            _intervals(plot, axes)
        case OptionCurves():
            _option_curves(plot, axes)
        case FunnelPlot():
            _funnel(plot, axes)


def _in_percent(axis_value: float, _: int | None = None) -> str:
    return f"{decimal(axis_value * 100, 0)} %"


def _histogram(plot: Histogram, axes: Axes) -> None:
    """Bins are of unequal width, so areas of the bars, not heights, are numbers of people."""
    cut = plot.cut_low if plot.cut_low is not None else 0.0
    top = max(bar.n / (bar.high - bar.low) / 10 for bar in plot.bins)
    for bar in plot.bins:
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
    _draw_cut(axes, plot)
    axes.set(xlim=(0, 1), ylim=(0, top * 1.32), xlabel="Điểm (phần trăm của thang điểm)")
    axes.set_ylabel("Số người trên mỗi\n10 điểm phần trăm", fontsize=9.5)
    axes.xaxis.set_major_formatter(FuncFormatter(_in_percent))
    axes.xaxis.set_major_locator(MultipleLocator(0.1))
    axes.yaxis.set_major_locator(MultipleLocator(max(1, round(top / 5))))
    axes.legend(loc="upper left", frameon=False, fontsize=10)


def _draw_cut(axes: Axes, plot: Histogram) -> None:
    if plot.cut_low is None or plot.cut_high is None:
        return
    for cut in {plot.cut_low, plot.cut_high}:
        axes.axvline(cut, color=_INK, linewidth=1.8)
    axes.plot([], [], color=_INK, linewidth=1.8, label=f"Điểm cắt {percent(plot.cut_low)}")
    if plot.sem:
        low, high = plot.cut_low - plot.sem, plot.cut_high + plot.sem
        axes.axvspan(
            low, high, facecolor="none", edgecolor=_ORANGE, hatch="...", linewidth=0.8,
            label=f"± 1 SEM ({percent(low)} – {percent(high)})",
        )  # fmt: skip


def _intervals(plot: Intervals, axes: Axes) -> None:
    for place, row in enumerate(plot.rows):
        axes.plot(
            [row.low, row.high], [place, place], color=_INK, linewidth=1.6, marker="|", markersize=9
        )
        axes.plot(row.value, place, "o", color=_BLUE, markersize=8)
    for place, cut in enumerate(plot.cuts):
        label = plot.cut_name if place == 0 else None
        axes.plot([cut, cut], [place - 0.4, place + 0.4], "--", color=_INK, lw=1.8, label=label)
    axes.set_yticks(range(len(plot.rows)), [row.label for row in plot.rows])
    axes.set(xlim=(0, 1), ylim=(len(plot.rows) - 0.4, -0.6), xlabel=plot.axis)
    axes.xaxis.set_major_formatter(FuncFormatter(_in_percent))
    axes.grid(axis="x", color=_PALE, linewidth=0.6)
    if plot.cuts:
        axes.legend(loc="lower left", frameon=False, fontsize=10, bbox_to_anchor=(0, 1), ncols=2)


_LINES = ("--", ":", "-.", (0, (5, 1, 1, 1, 1, 1)), (0, (8, 3)))


def _option_curves(plot: OptionCurves, axes: Axes) -> None:
    places, others = range(len(plot.groups)), iter(_LINES * len(plot.curves))
    for curve in plot.curves:
        style = "-" if curve.right else next(others)
        width, mark = (2.2, "o") if curve.right else (1.3, None)
        label = f"{curve.label} (đúng)" if curve.right else curve.label
        axes.plot(
            places, curve.shares, color=_INK, linestyle=style, lw=width, marker=mark, label=label
        )
    axes.set_xticks(places, list(plot.groups))
    axes.set(ylim=(0, 1.02), ylabel="Tỷ lệ chọn", xlabel="Nhóm theo điểm phần còn lại của bài")
    axes.yaxis.set_major_formatter(FuncFormatter(_in_percent))
    axes.legend(loc="center left", bbox_to_anchor=(1, 0.5), frameon=False, fontsize=9)


def _funnel(plot: FunnelPlot, axes: Axes) -> None:
    """Numbers follow the order of the table, which is that of names."""
    funnel = plot.funnel
    centre = funnel.centre.share or 0.0
    largest = max((point.rate.n for point in funnel.told), default=10)
    _draw_limits(axes, centre, largest * 1.15)
    axes.axhline(centre, color=_ORANGE, linewidth=1.4, linestyle="-.", label="Tỷ lệ chung")
    numbers: dict[tuple[int, float], list[str]] = {}
    for number, point in enumerate(funnel.points, start=1):
        if point.rate.share is None:
            continue
        place = (point.rate.n, point.rate.share)
        axes.plot(*place, "o" if point.agencies == 1 else "s", color=_BLUE, markersize=7)
        numbers.setdefault(place, []).append(str(number))
    for place, here in numbers.items():
        axes.annotate(", ".join(here), place, (6, 4), textcoords="offset points", fontsize=10)
    axes.set(xlim=(8, largest * 1.15), ylim=(0, 1.02), ylabel="Tỷ lệ đạt")
    axes.set_xlabel("Số người thi lần đầu đã có kết luận (n)")
    axes.yaxis.set_major_formatter(FuncFormatter(_in_percent))
    axes.xaxis.set_major_locator(MultipleLocator(max(1, round(largest / 8))))
    axes.legend(loc="lower right", frameon=False, fontsize=10, ncols=3)


def _draw_limits(axes: Axes, centre: float, largest: float) -> None:
    sizes = np.linspace(8, largest, 200)
    for level, style in zip(FUNNEL_LEVELS, ("--", "-"), strict=True):
        limits = [funnel_limits(centre, float(size), level) for size in sizes]
        label = f"Giới hạn {percent(level).replace(',0', '')}"
        axes.plot(sizes, [at.low for at in limits], style, color=_INK, linewidth=1.1, label=label)
        axes.plot(sizes, [at.high for at in limits], style, color=_INK, linewidth=1.1)
