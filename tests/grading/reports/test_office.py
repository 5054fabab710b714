"""Word and Excel files in LibreOffice under Vietnamese settings: no repair, the same numbers."""

from __future__ import annotations

import csv

import pytest
from pypdf import PdfReader
from report_specimens import NOW, one_of_each

from grading.reports.model import Chart
from grading.reports.renderers import render


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bao-cao")
    reports = {kind: one_of_each()[kind] for kind in ("cohort", "technical")}
    for kind, report in reports.items():
        for form in ("docx", "xlsx"):
            (folder / f"{kind}.{form}").write_bytes(render(report, form, NOW))
    return folder, reports


@pytest.mark.proof
def test_word_documents_open_whole(office, written):
    folder, reports = written
    out = office(sorted(folder.glob("*.docx")), "pdf")
    for kind, report in reports.items():
        pages = PdfReader(out / f"{kind}.pdf").pages
        text = "".join("".join(page.extract_text() for page in pages).split())
        for table in report.tables:
            for row in table.rows:
                assert "".join("".join(map(str, row)).split()) in text
        pictures = {image.indirect_reference.idnum for page in pages for image in page.images}
        assert len(pictures) == sum(isinstance(block, Chart) for block in report.blocks)


def test_numbers_of_a_workbook_are_shown_with_a_decimal_comma(office, written):
    folder, reports = written
    # As shown, quoted, every sheet: see the filter's tokens 7, 9 and 12.
    out = office(
        sorted(folder.glob("*.xlsx")),
        "csv:Text - txt - csv (StarCalc):59,34,76,1,,1066,false,true,true,false,false,-1",
    )
    for kind, report in reports.items():
        rows = []
        for path in sorted(out.glob(f"{kind}-*.csv")):
            lines = path.read_text(encoding="utf-8").splitlines()
            rows += list(csv.reader(lines, delimiter=";"))
        shown = {tuple(cell.replace("\N{NO-BREAK SPACE}", " ").strip() for cell in row if cell)
                 for row in rows}  # fmt: skip
        for table in report.tables:
            for row in table.rows:
                wanted = tuple(str(v).replace("\N{NO-BREAK SPACE}", " ") for v in row if str(v))
                assert wanted in shown, (wanted, [r for r in shown if r and r[0] == wanted[0]])
