"""However a filled sheet was moved about, no level reaches another script, criterion or marker."""

import shutil
from copy import copy
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from shipped import BANK

from assessments.forms.blueprint import BLUEPRINT, read_blueprint
from assessments.forms.drawing import draw_forms
from courses.foundation.errors import GradingError
from grading.marking.script import Script, code_of
from grading.marking.sheet import FIRST_LEVEL, FIRST_ROW, HEADINGS_ROW, fill_sheet, write_sheet
from grading.marking.sheet_reading import read_sheet


def meant(script, criterion):
    """The level that the marker has given: another for most scripts and criteria."""
    return int(code_of("muc", script.code, criterion), 36) % 4


def intended(script):
    return {c.id: meant(script, c.id) for c in script.rubric.criteria}


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """Two filled sheets of different markers on the same scripts, and the scripts."""
    folder = tmp_path_factory.mktemp("phieu")
    forms = draw_forms(read_blueprint(BLUEPRINT), "QL", BANK, "1")
    items = {item.id: (form, item) for form in forms for item in form.items if item.rubric}
    waiting = [
        Script(code_of("1", f"TS{n}", i), f"TS{n}", form.code, item, BANK.rubrics[i], f"Bài {n}.")
        for i, (form, item) in sorted(items.items())[:2]
        for n in range(4)
    ]
    for marker in ("GK1", "GK2"):
        write_sheet(folder / f"{marker}.xlsx", marker, waiting)
        fill_sheet(folder / f"{marker}.xlsx", waiting, intended)
    return folder, waiting


def snapshot(page, cells):
    return [[copy(page.cell(row, column).value) for column in cells[1]] for row in cells[0]]


def put(page, cells, values):
    for row, line in zip(cells[0], values, strict=True):
        for column, value in zip(cells[1], line, strict=True):
            page.cell(row, column).value = value


def swapped(page, one, other):
    """Swap two areas of one shape, each rows and columns."""
    a, b = snapshot(page, one), snapshot(page, other)
    put(page, one, b)
    put(page, other, a)


# What people and programs do to sheets. ``a`` and ``b`` choose where.
def swap_rows(page, a, b):
    rows, columns = range(FIRST_ROW, page.max_row + 1), range(1, page.max_column + 1)
    swapped(page, ([rows[a % len(rows)]], columns), ([rows[b % len(rows)]], columns))


def swap_columns(page, a, b):
    rows, columns = range(2, page.max_row + 1), range(1, page.max_column + 1)
    swapped(page, (rows, [columns[a % len(columns)]]), (rows, [columns[b % len(columns)]]))


def swap_headings(page, a, b):
    columns = range(1, page.max_column + 1)
    one, other = columns[a % len(columns)], columns[b % len(columns)]
    swapped(page, ([HEADINGS_ROW], [one]), ([HEADINGS_ROW], [other]))


def sort_codes_alone(page, a, b):
    rows, column = range(FIRST_ROW, page.max_row + 1), (1, page.max_column)[b % 2]
    turn = a % len(rows)
    values = snapshot(page, (rows, [column]))
    put(page, (rows, [column]), values[turn:] + values[:turn])


def insert_row(page, a, _b):
    page.insert_rows(1 + a % page.max_row)


def insert_column(page, a, _b):
    page.insert_cols(1 + a % page.max_column)


def delete_row(page, a, _b):
    page.delete_rows(1 + a % page.max_row)


def delete_column(page, a, _b):
    page.delete_cols(1 + a % page.max_column)


def duplicate_row(page, a, b):
    rows, columns = range(FIRST_ROW, page.max_row + 1), range(1, page.max_column + 1)
    values = snapshot(page, ([rows[a % len(rows)]], columns))
    put(page, ([rows[b % len(rows)]], columns), values)


def another_type(page, a, b):
    rows, columns = range(FIRST_ROW, page.max_row + 1), range(FIRST_LEVEL, page.max_column)
    cell = page.cell(rows[a % len(rows)], columns[b % len(columns)])
    kinds = [str, float, lambda v: f"={v}", lambda _: None, lambda v: f" {v} ", lambda v: v == 1]
    if isinstance(cell.value, int):
        cell.value = kinds[(a + b) % len(kinds)](cell.value)


def swap_titles(page, _a, _b):
    book = page.parent
    one, other = book.worksheets[0], book.worksheets[-1]
    one.title, other.title = "tam", one.title
    one.title = other.title if other.title != "tam" else one.title


def swap_first_lines(page, _a, _b):
    one, other = page.parent.worksheets[0], page.parent.worksheets[-1]
    one["A1"], other["A1"] = other["A1"].value, one["A1"].value


CHANGES = [
    *(swap_rows, swap_columns, swap_headings, sort_codes_alone, insert_row, insert_column),
    *(delete_row, delete_column, duplicate_row, another_type, swap_titles, swap_first_lines),
]
changes = st.lists(
    st.tuples(st.sampled_from(CHANGES), st.integers(0, 1), st.integers(0, 9), st.integers(0, 9)),
    min_size=1,
    max_size=4,
)


@settings(max_examples=120)
@given(changes)
def test_a_level_is_read_for_its_own_script_and_criterion_or_not_at_all(filled, made):
    folder, waiting = filled
    by_code = {(s.item.id, s.code): s for s in waiting}
    path = shutil.copy(folder / "GK1.xlsx", folder / "doi.xlsx")
    book = load_workbook(path)
    for change, page, a, b in made:
        change(book.worksheets[page % len(book.worksheets)], a, b)
    book.save(path)
    try:
        marked, _ = read_sheet(path, "GK1", waiting)
    except GradingError:
        return
    for mark in marked:
        assert mark.levels == intended(by_code[mark.item_id, mark.code])
    assert len({(mark.item_id, mark.code) for mark in marked}) == len(marked)


def test_a_sheet_that_was_not_touched_is_read_whole(filled):
    folder, waiting = filled
    marked, problems = read_sheet(folder / "GK1.xlsx", "GK1", waiting)
    assert (len(marked), problems) == (len(waiting), [])
    assert all(
        mark.levels == intended(s) for mark in marked for s in waiting if s.code == mark.code
    )


def test_codes_sorted_apart_at_both_ends_meet_texts_that_are_not_theirs(filled):
    folder, waiting = filled
    path = shutil.copy(folder / "GK1.xlsx", folder / "lech.xlsx")
    book = load_workbook(path)
    for end in (0, 1):
        sort_codes_alone(book.worksheets[0], 1, end)
    book.save(path)
    marked, problems = read_sheet(path, "GK1", waiting)
    first = {mark.code for mark in marked if mark.item_id == book.worksheets[0].title}
    assert (first, len(problems)) == (set(), 4)
    assert all("không phải bài của mã" in one.message for one in problems)


def test_a_worksheet_copied_from_another_markers_sheet_is_refused(filled):
    folder, waiting = filled
    with pytest.raises(GradingError, match="không phải phiếu của GK1"):
        read_sheet(folder / "GK2.xlsx", "GK1", waiting)


def test_a_sheet_of_another_sitting_is_read_for_nobody_and_each_row_is_named(filled):
    """The same people, item, rubric and marker; codes are of one sitting alone."""
    folder, waiting = filled
    elsewhere = [replace(s, code=code_of("2", s.candidate, s.item.id)) for s in waiting]
    marked, problems = read_sheet(folder / "GK1.xlsx", "GK1", elsewhere)
    assert marked == []
    assert len(problems) == len(waiting)
    assert all(any(s.code in str(one) for one in problems) for s in waiting)
