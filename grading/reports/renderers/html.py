"""A report as one self-contained page: no script, nothing asked of any other server."""

from __future__ import annotations

import base64
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from grading.reports.charts import picture
from grading.reports.model import Chart, Number, Paragraph, Percent, Subheading, Table
from grading.reports.renderers.pdf import annex_note
from grading.reports.wording import place_and_date

if TYPE_CHECKING:
    from datetime import datetime

    from jinja2 import Template

    from grading.reports.model import Block, Report, Value
    from grading.reports.plots import Plot

FOLDER = Path(__file__).parent


def render_html(report: Report, now: datetime) -> bytes:
    """The page; it says when it was made."""
    head = report.letterhead
    page = _template().render(
        report=report,
        head=head,
        place_date=place_and_date(head.place, head.day),
        annex_note=annex_note(report),
        made=now.isoformat(timespec="seconds"),
    )
    return page.encode()


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"kind": _kind, "picture": _picture}
    environment.tests["measure"] = _measure
    return environment.get_template("report.html.jinja")


def _kind(block: Block) -> str:
    match block:
        case Paragraph():
            return block.kind
        case Subheading():
            return "subheading"
        case Table():
            return "table"
        case Chart():
            return "chart"


def _picture(plot: Plot) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(picture(plot, "svg")).decode()


def _measure(value: Value) -> bool:
    return isinstance(value, int | Percent | Number)
