"""A report as a tagged PDF laid out after Nghị định 30/2020/NĐ-CP, Phụ lục I."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from courses.foundation.dates import day_in_words
from grading.documents.typesetting import typeset
from grading.reports.charts import picture
from grading.reports.model import Chart, Paragraph, Subheading, Table
from grading.reports.wording import place_and_date

if TYPE_CHECKING:
    from datetime import datetime

    from grading.reports.model import Block, Report, Section, Value

TEMPLATE = Path(__file__).with_name("report.typ")
_LAST_WORDS = 1  # paragraph that stays with the signature


def render_pdf(report: Report, now: datetime) -> bytes:
    """Typeset a report as PDF/A-2a and PDF/UA-1.

    Raises:
        CredentialError: when the page cannot be typeset.
    """
    return typeset(TEMPLATE, _printed(report), now)


def _printed(report: Report) -> dict[str, Any]:
    head = report.letterhead
    *earlier, last = report.sections
    body, closing = _closing(last)
    return {
        "title": report.title,
        "name": report.name,
        "subject": report.subject,
        "issuer_parent": head.issuer_parent.upper(),
        "issuer": head.issuer.upper(),
        "symbol": head.symbol,
        "place_date": place_and_date(head.place, head.day),
        "day": [head.day.year, head.day.month, head.day.day],
        "signer_lines": head.signer_lines,
        "signer_name": head.signer_name,
        "recipients": head.recipient_lines,
        "demo": head.is_demo,
        "sections": [_section(section) for section in (*earlier, body)],
        "closing": [_block(block) for block in closing],
        "annex_title": report.annex_title,
        "annex_note": annex_note(report),
        "annex": [_section(section) for section in report.annex],
    }


def _closing(section: Section) -> tuple[Section, tuple[Block, ...]]:
    """The last words apart, which stand on one page with the signature."""
    words = len(section.blocks)
    while words and isinstance(section.blocks[words - 1], Paragraph):
        words -= 1
    at = max(words, len(section.blocks) - _LAST_WORDS)
    return replace(section, blocks=section.blocks[:at]), section.blocks[at:]


def annex_note(report: Report) -> str:
    """The line that ties an annex to its document."""
    head = report.letterhead
    number = f" số {head.symbol}" if head.symbol else ""
    return f"Kèm theo {report.name.capitalize()}{number} {day_in_words(head.day)} của {head.issuer}"


def _section(section: Section) -> dict[str, Any]:
    blocks = [_block(block) for block in section.blocks]
    return {"heading": section.heading, "blocks": blocks, "new_page": section.new_page}


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Paragraph():
            return {"kind": block.kind, "text": block.text}
        case Subheading():
            return {"kind": "subheading", "text": block.text}
        case Table():
            return {"kind": "table", **_table(block)}
        case Chart():
            svg = picture(block.plot, "svg").decode()
            shown = {"title": block.title, "text": block.text, "svg": svg}
            return {"kind": "chart", **shown, "table": _table(block.table)}


def _table(table: Table) -> dict[str, Any]:
    return {
        "title": table.title,
        "headings": table.headings,
        "rows": [[_cell(table, at, value) for at, value in enumerate(row)] for row in table.rows],
        "notes": table.notes,
        "widths": table.widths or [1] * len(table.headings),
    }


def _cell(table: Table, column: int, value: Value) -> dict[str, Any]:
    worded = isinstance(value, str) and column in table.worded
    return {"text": str(value), "depth": table.depth(value) or 0.0, "left": worded}
