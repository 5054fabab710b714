"""Sheets to take home: an office computes what the model says, and blank ones are blank."""

import io
from datetime import UTC, datetime

import docx
import openpyxl
import pytest
from pypdf import PdfReader
from typer.testing import CliRunner

from centre.cli import app
from courses.models.reconciliation import LINES, VARIANTS, findings
from courses.takehome.sheet import shown
from courses.takehome.shelf import of_lesson, the_sheets
from grading.takehome.files import takehome_file

NOW = datetime(2026, 11, 28, 2, 0, tzinfo=UTC)
SHEETS = the_sheets()


def cells(book, *, formulas):
    """Every filled cell of a workbook's only page, by place."""
    page = book.worksheets[0]
    found = {c.coordinate: c.value for row in page.iter_rows() for c in row if c.value is not None}
    return {at: v for at, v in found.items() if str(v).startswith("=") == formulas}


@pytest.fixture(scope="module")
def computed(office, tmp_path_factory):
    """Every sheet, its stored values thrown away, as an office computes it anew."""
    folder = tmp_path_factory.mktemp("mang-ve")
    for name in SHEETS:
        for which, filled in (("trong", False), ("day", True)):
            made = takehome_file(name, "xlsx", NOW, filled=filled)
            openpyxl.load_workbook(io.BytesIO(made)).save(folder / f"{name}-{which}.xlsx")
    return office(sorted(folder.glob("*.xlsx")), "xlsx")


@pytest.mark.parametrize("name", SHEETS)
def test_an_office_computes_from_the_formulas_what_the_lessons_model_gives(computed, name):
    made = io.BytesIO(takehome_file(name, "xlsx", NOW, filled=True))
    formulas = cells(openpyxl.load_workbook(made), formulas=True)
    told = cells(openpyxl.load_workbook(made, data_only=True), formulas=False)
    anew = openpyxl.load_workbook(computed / f"{name}-day.xlsx", data_only=True).worksheets[0]
    if any(c.formula for c in SHEETS[name].columns) or SHEETS[name].summaries:
        assert formulas
    for at in formulas:
        value = anew[at].value
        stored = told.get(at)
        if isinstance(stored, float | int):
            assert value == pytest.approx(stored, abs=1e-6), at
        else:
            assert (value or None) == (stored or None), at


@pytest.mark.parametrize("name", SHEETS)
def test_a_blank_sheet_computes_no_line_and_shows_no_error(computed, name):
    page = openpyxl.load_workbook(computed / f"{name}-trong.xlsx", data_only=True).worksheets[0]
    texts = [str(cell.value) for row in page.iter_rows() for cell in row if cell.value is not None]
    assert not [text for text in texts if text.startswith(("#", "Err:"))]
    lesson = {str(line[SHEETS[name].columns[0].key]) for line in SHEETS[name].lines}
    assert not lesson & set(texts)
    assert not any("mô phỏng" in text for text in texts)


@pytest.mark.parametrize("name", SHEETS)
def test_the_word_file_holds_the_same_figures_and_the_blank_one_none(name):
    sheet = SHEETS[name]
    filled = docx.Document(io.BytesIO(takehome_file(name, "docx", NOW, filled=True)))
    rows = [[c.text for c in row.cells] for table in filled.tables for row in table.rows]
    for line in sheet.lines:
        assert [shown(line.get(c.key), c.format) for c in sheet.columns] in rows
    blank = docx.Document(io.BytesIO(takehome_file(name, "docx", NOW, filled=False)))
    texts = {c.text for table in blank.tables for row in table.rows for c in row.cells}
    assert not texts & {str(line[sheet.columns[0].key]) for line in sheet.lines}
    assert blank.sections[0].page_width > blank.sections[0].page_height


def test_word_files_open_in_an_office_and_no_page_is_left_with_a_number_alone(
    office, tmp_path_factory
):
    folder = tmp_path_factory.mktemp("word")
    for name in ("phieu-tham-dinh", "bang-dau-tu", "thong-bao-su-co"):
        (folder / f"{name}.docx").write_bytes(takehome_file(name, "docx", NOW, filled=True))
    out = office(sorted(folder.glob("*.docx")), "pdf")
    for made in out.glob("*.pdf"):
        for page in PdfReader(made).pages:
            words = page.extract_text().replace("DỮ LIỆU MÔ PHỎNG", "").split()
            assert len(words) > 1, made.stem


def test_the_four_figures_sheet_finds_in_every_table_of_the_lesson_what_the_model_finds(
    office, tmp_path_factory
):
    folder = tmp_path_factory.mktemp("bon-con-so")
    for name, lines in VARIANTS.items():
        made = io.BytesIO(takehome_file("bang-bon-con-so", "xlsx", NOW, filled=True))
        book = openpyxl.load_workbook(made)
        for row, line in zip(_line_rows(book), lines, strict=True):
            given = (line.estimate, line.contract, line.accepted, line.paid)
            for cell, value in zip(row[1:5], given, strict=True):
                cell.value = value
            row[7].value, row[8].value = line.nature, "có" if line.asset else "không"
        book.save(folder / f"{name}.xlsx")
    out = office(sorted(folder.glob("*.xlsx")), "xlsx")
    for name, lines in VARIANTS.items():
        rows = _line_rows(openpyxl.load_workbook(out / f"{name}.xlsx", data_only=True))
        told = [(row[0].value, row[9].value) for row in rows if row[9].value]
        assert told == [(found.line, found.rule) for found in findings(lines)], name


def _line_rows(book):
    names = {line.name for line in LINES}
    return [row for row in book.worksheets[0].iter_rows() if row[0].value in names]


def test_the_same_sheet_gives_the_same_bytes():
    for kind in ("xlsx", "docx"):
        one, other = (takehome_file("so-rui-ro", kind, NOW, filled=True) for _ in range(2))
        assert one == other


def test_the_lessons_have_their_sheets_and_nobody_elses():
    assert [sheet.name for sheet in of_lesson("KT1")] == ["thong-bao-su-co", "so-rui-ro"]
    assert [sheet.name for sheet in of_lesson("KM4")] == ["bang-bon-con-so"]
    assert len({sheet.title for sheet in SHEETS.values()}) == len(SHEETS) == 11


def test_the_command_lists_writes_and_refuses_by_name(tmp_path):
    run = CliRunner()
    listed = run.invoke(app, ["takehome", "list"])
    assert all(name in listed.stdout for name in SHEETS)
    path = tmp_path / "rui-ro.xlsx"
    assert run.invoke(app, ["takehome", "write", "so-rui-ro", str(path), "--blank"]).exit_code == 0
    assert path.read_bytes().startswith(b"PK")
    for name, file in (("khong-co", "x.xlsx"), ("so-rui-ro", "x.pdf")):
        outcome = run.invoke(app, ["takehome", "write", name, str(tmp_path / file)])
        assert outcome.exception.code == "CIO-100"
        assert not (tmp_path / file).exists()
