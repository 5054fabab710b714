"""Building blocks of simulation views: a slider with a number box, a choice, a chart, a table."""

from __future__ import annotations

import io
import re
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import anywidget
import ipywidgets as widgets
import traitlets
from matplotlib.figure import Figure

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from matplotlib.axes import Axes

_HERE = Path(__file__).parent
_FIGURE = re.compile(r"[+−-]?\d[\d.,–/-]*( %)?")


class SliderBox(anywidget.AnyWidget):
    """A labelled number, moved by slider or typed; observe its ``value``."""

    _esm = _HERE / "controls.js"
    _css = _HERE / "controls.css"
    label = traitlets.Unicode().tag(sync=True)
    value = traitlets.Float().tag(sync=True)
    min = traitlets.Float().tag(sync=True)
    max = traitlets.Float().tag(sync=True)
    step = traitlets.Float().tag(sync=True)


class ChoiceBox(anywidget.AnyWidget):
    """One of several texts under a legend; observe its ``value``, a place in ``options``.

    ``value`` is -1 while nothing is chosen.
    """

    _esm = _HERE / "choice.js"
    _css = _HERE / "controls.css"
    label = traitlets.Unicode().tag(sync=True)
    options = traitlets.List(traitlets.Unicode()).tag(sync=True)
    value = traitlets.Int(-1).tag(sync=True)


def chart(draw: Callable[[Axes], None], alt: str) -> widgets.HTML:
    """Draw on fresh axes and return the picture; ``alt`` tells its content in words."""
    figure = Figure(figsize=(7.2, 3.6), layout="constrained")
    draw(figure.subplots())
    svg = io.StringIO()
    figure.savefig(svg, format="svg", metadata={"Date": None})
    picture = svg.getvalue()[svg.getvalue().index("<svg") :]
    return widgets.HTML(
        f'<div class="cio-chart" role="img" aria-label="{escape(alt)}">{picture}</div>'
    )


def table(headings: Sequence[str], rows: Sequence[Sequence[object]], caption: str) -> widgets.HTML:
    """A table with a caption; the first cell of each row is its heading.

    Columns that hold figures are set to the right, columns of words to the left.
    """
    kinds = [
        "" if any(map(_is_figure, column)) else ' class="text"'
        for column in zip(*rows, strict=True)
    ]
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in headings)
    body = "".join(
        f'<tr><th scope="row">{escape(str(row[0]))}</th>'
        + "".join(
            f"<td{kind}>{escape(str(cell))}</td>"
            for kind, cell in zip(kinds[1:], row[1:], strict=True)
        )
        + "</tr>"
        for row in rows
    )
    return widgets.HTML(
        f'<table class="cio-table"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _is_figure(cell: object) -> bool:
    return _FIGURE.fullmatch(str(cell)) is not None
