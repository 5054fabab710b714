"""One report, four formats: each renderer takes a report and the time, and gives bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from grading.reports.model import Report

FORMATS = ("pdf", "docx", "xlsx", "html")


def render(report: Report, form: str, now: datetime) -> bytes:
    """The report as a file of one of ``FORMATS``; the same input gives the same bytes.

    Raises:
        CredentialError: when a page cannot be typeset.
        KeyError: for another format.
    """
    # Each library costs a moment to load, and most commands want one of them or none.
    from grading.reports.renderers import docx, html, pdf, xlsx  # noqa: PLC0415

    renderers = {
        "pdf": pdf.render_pdf,
        "docx": docx.render_docx,
        "xlsx": xlsx.render_xlsx,
        "html": html.render_html,
    }
    return renderers[form](report, now)
