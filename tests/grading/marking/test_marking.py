"""Two markers, blind, on sheets that say where they are wrong; a third where they differ."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from shipped import BANK

from assessments.bank.rubric import TOP_LEVEL
from assessments.forms.blueprint import BLUEPRINT, read_blueprint
from assessments.forms.drawing import draw_forms
from courses.foundation.errors import GradingError
from grading.marking.agreement import Pairing, agree
from grading.marking.script import Script, code_of
from grading.marking.sheet import (
    FIRST_LEVEL,
    FIRST_ROW,
    HEADINGS_ROW,
    IDS_ROW,
    LONG,
    fill_sheet,
    write_sheet,
)
from grading.marking.sheet_reading import read_sheet

MARKING = Pairing(("GK1", "GK2"), "GK3", Decimal(2))
RUBRIC = BANK.rubrics["QL4-E1"]
CANDIDATES = [f"CIO26-{number:03}" for number in range(1, 7)]
CRITERIA = [c.id for c in RUBRIC.criteria]
levels = st.fixed_dictionaries(dict.fromkeys(CRITERIA, st.integers(0, TOP_LEVEL)))


@pytest.fixture(scope="module")
def essays():
    """Every essay item that the sample blueprint draws for two papers."""
    papers = ("QL", "CAP")
    blueprint = read_blueprint(BLUEPRINT)
    forms = [form for paper in papers for form in draw_forms(blueprint, paper, BANK, "1")]
    items = {item.id: (form, item) for form in forms for item in form.items if item.rubric}
    return [items[key] for key in sorted(items)]


def scripts_of(essays, text="Kính trình Uỷ ban nhân dân tỉnh."):
    """Six candidates' scripts on every essay, ordered as markers get them."""
    found = [
        Script(code_of("1", who, item.id), who, form.code, item, BANK.rubrics[item.id], text)
        for form, item in essays
        for who in CANDIDATES
    ]
    return sorted(found, key=lambda script: (script.item.id, script.code))


@pytest.fixture
def sheet(essays, tmp_path):
    """Where a marker's sheet is, and the scripts on it."""
    waiting, path = scripts_of(essays), tmp_path / "phieu.xlsx"
    write_sheet(path, "GK1", waiting)
    return path, waiting


def read(path, waiting, marker="GK1"):
    return read_sheet(path, marker, waiting)


def change(path, cell, value):
    book = load_workbook(path)
    book.worksheets[0][cell] = value
    book.save(path)


def test_a_filled_sheet_reads_back_as_it_was_filled(sheet):
    path, waiting = sheet
    fill_sheet(path, waiting, lambda s: {c.id: len(s.code) % 4 for c in s.rubric.criteria})
    marked, problems = read(path, waiting)
    assert {(m.code, m.item_id) for m in marked} == {(s.code, s.item.id) for s in waiting}
    assert all(set(m.levels.values()) == {len(m.code) % 4} for m in marked)
    assert problems == []


def test_an_empty_sheet_is_read_as_nothing_marked_yet(sheet):
    assert read(*sheet) == ([], [])


def test_a_sheet_filled_in_part_gives_the_rows_that_are_full(sheet):
    path, waiting = sheet
    book = load_workbook(path)
    page = book.worksheets[0]
    for column in range(FIRST_LEVEL, page.max_column):
        page.cell(FIRST_ROW, column, 2)
    book.save(path)
    ([marked], []) = read(path, waiting)
    assert set(marked.levels.values()) == {2}


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        ({"C4": 4}, "C", "số nguyên từ 0 đến 3, không phải “4”"),
        ({"C4": -1}, "C", "không phải “-1”"),
        ({"C4": 2.5}, "C", "không phải “2.5”"),
        ({"C4": "tốt"}, "C", "không phải “tốt”"),
        ({"C4": 2}, "D", "còn bỏ trống"),
        ({"A4": "KHONGCO1", "C4": 2}, "A", "không có mã bài “KHONGCO1”"),
        ({"A4": None, "C4": 2}, "A", "không có mã bài"),
        ({"C4": "=1+1", "D4": 2}, "C", "không phải “=1+1”"),
        ({"C4": True, "D4": 2}, "C", "không phải “True”"),
        ({"C4": "2", "D4": 2}, "C", "không phải “2”"),
    ],
)
def test_a_wrong_cell_is_named_by_file_worksheet_row_and_column(sheet, cells, column, words):
    path, waiting = sheet
    for cell, value in cells.items():
        change(path, cell, value)
    _, [problem] = read(path, waiting)
    assert words in problem.message
    title = load_workbook(path).worksheets[0].title
    assert (problem.path, problem.row, problem.column) == (path, FIRST_ROW, f"{title}!{column}")


def test_a_wrong_row_costs_the_others_nothing(sheet):
    path, waiting = sheet
    fill_sheet(path, waiting, lambda s: {c.id: 2 for c in s.rubric.criteria})
    change(path, "C4", "tốt")
    marked, problems = read(path, waiting)
    assert (len(marked), len(problems)) == (len(waiting) - 1, 1)


def test_of_a_code_that_stands_twice_no_row_counts_and_both_are_named(sheet):
    """Nobody can tell which of the two was meant."""
    path, waiting = sheet
    fill_sheet(path, waiting, lambda s: {c.id: 2 for c in s.rubric.criteria})
    book = load_workbook(path)
    page = book.worksheets[-1]
    for column in (1, page.max_column):
        page.cell(5, column, page.cell(4, column).value)
    book.save(path)
    marked, problems = read(path, waiting)
    assert [(p.row, "có hai lần" in p.message) for p in problems] == [(5, True), (4, True)]
    assert len(marked) == len(waiting) - 2


def test_a_code_moved_without_its_row_is_named_and_not_taken(sheet):
    """As when the column of codes alone was sorted."""
    path, waiting = sheet
    fill_sheet(path, waiting, lambda s: {c.id: 2 for c in s.rubric.criteria})
    book = load_workbook(path)
    page = book.worksheets[0]
    page["A4"], page["A5"] = page["A5"].value, page["A4"].value
    book.save(path)
    marked, problems = read(path, waiting)
    assert [problem.row for problem in problems] == [4, 5]
    assert all("sắp xếp lệch" in problem.message for problem in problems)
    assert len(marked) == len(waiting) - 2


def test_one_markers_sheet_is_no_other_markers(sheet):
    """Imported for both it would make one person's word look like two."""
    path, waiting = sheet
    fill_sheet(path, waiting, lambda s: {c.id: 2 for c in s.rubric.criteria})
    with pytest.raises(GradingError, match="không phải phiếu của GK2") as refused:
        read(path, waiting, marker="GK2")
    assert refused.value.row == 1


def test_levels_follow_their_criteria_wherever_the_columns_stand(sheet):
    """A marker may move columns; levels never change places with them."""
    path, waiting = sheet
    book = load_workbook(path)
    page = book.worksheets[0]
    columns = range(FIRST_LEVEL, page.max_column)
    heads = [(page.cell(IDS_ROW, c).value, page.cell(HEADINGS_ROW, c).value) for c in columns]
    given = {}
    for column, (name, heading) in zip(columns, heads[1:] + heads[:1], strict=True):
        page.cell(IDS_ROW, column, name)
        page.cell(HEADINGS_ROW, column, heading)
        given[name] = column % 4
        page.cell(FIRST_ROW, column, column % 4)
    book.save(path)
    ([marked], []) = read(path, waiting)
    assert marked.levels == given


def test_a_heading_moved_without_its_column_is_refused(sheet):
    path, waiting = sheet
    fill_sheet(path, waiting, lambda s: {c.id: 2 for c in s.rubric.criteria})
    page = load_workbook(path).worksheets[0]
    one, other = (page.cell(HEADINGS_ROW, c).value for c in (FIRST_LEVEL, FIRST_LEVEL + 1))
    change(path, "C3", other)
    change(path, "D3", one)
    with pytest.raises(GradingError, match="chuyển lệch"):
        read(path, waiting)


def test_a_sheet_by_an_earlier_version_of_the_rubric_is_refused(sheet):
    """Its levels were given for other words."""
    path, waiting = sheet
    weights = {"criteria": tuple(reversed(waiting[0].rubric.criteria))}
    newer = [
        replace(s, rubric=s.rubric.model_copy(update=weights)) if s.item == waiting[0].item else s
        for s in waiting
    ]
    with pytest.raises(GradingError, match="thang chấm đã thay đổi"):
        read(path, newer)


@pytest.mark.parametrize(
    ("heading", "words"), [("Tiêu chí lạ", "thiếu cột"), (None, "thiếu cột"), ("D", "hai cột")]
)
def test_headings_that_are_not_the_rubrics_are_refused(sheet, heading, words):
    path, waiting = sheet
    if heading == "D":
        heading = load_workbook(path).worksheets[0].cell(HEADINGS_ROW, FIRST_LEVEL + 1).value
    change(path, "C3", heading)
    with pytest.raises(GradingError, match=words) as refused:
        read(path, waiting)
    assert refused.value.row == HEADINGS_ROW


@pytest.mark.parametrize("content", [b"", b"khong phai xlsx", b"PK\x03\x04hong"])
def test_what_is_no_workbook_is_refused_by_name(tmp_path, content):
    path = tmp_path / "phieu.xlsx"
    path.write_bytes(content)
    with pytest.raises(GradingError, match=r"cần tệp \.xlsx") as refused:
        read(path, [])
    assert refused.value.path == path


def test_a_workbook_about_something_else_is_refused(sheet, tmp_path):
    path = tmp_path / "khac.xlsx"
    Workbook().save(path)
    with pytest.raises(GradingError, match="không có câu tự luận nào mang mã"):
        read(path, sheet[1])


def test_a_sheet_shows_no_candidate_number(sheet):
    book = load_workbook(sheet[0])
    text = "\n".join(str(c.value) for page in book for row in page for c in row if c.value)
    assert not any(candidate in text for candidate in CANDIDATES)


@given(st.integers(), st.sampled_from(CANDIDATES))
def test_no_code_looks_like_a_number_or_a_formula_to_a_spreadsheet(seed, candidate):
    code = code_of(str(seed), candidate, "QL4-E1")
    assert (len(code), code.isalpha(), code.isascii()) == (8, True, True)
    assert not set(code) & set("AEIOUY")


@pytest.mark.parametrize(
    "text",
    ["=1+1", '=HYPERLINK("http://x")', "+84 24", "-1", "@SUM(A1)", "a\x0bb\x1fc", "x" * 30_000],
)
def test_an_essay_stays_a_text_whatever_it_holds(essays, tmp_path, text):
    path = tmp_path / "phieu.xlsx"
    write_sheet(path, "GK1", scripts_of(essays[:1], text)[:1])
    cell = load_workbook(path).worksheets[0].cell(FIRST_ROW, 2)
    assert cell.data_type == "s"
    assert cell.quotePrefix == text.startswith(("=", "+", "-", "@"))
    assert len(cell.value) == len(text)
    assert cell.value.split() == text.replace("\x0b", " ").replace("\x1f", " ").split()


@pytest.mark.parametrize("length", [32_000, 32_001, 100_000])
@pytest.mark.parametrize("first", ["a", "😀", "ố"])
def test_an_essay_longer_than_a_cell_goes_on_in_a_worksheet_of_its_own(
    essays, tmp_path, length, first
):
    """Excel counts UTF-16 units, and takes 32,767 of them."""
    text = "b" + "".join(chr(ord(first) + at % 23) for at in range(length - 1))
    path, waiting = tmp_path / "phieu.xlsx", scripts_of(essays[:1], text)[:1]
    write_sheet(path, "GK1", waiting)
    book = load_workbook(path)
    head = book.worksheets[0].cell(FIRST_ROW, 2).value.partition("\n[…")[0]
    rows = list(book[LONG].iter_rows(min_row=2, values_only=True)) if LONG in book else []
    assert head + "".join(row[3] for row in rows) == text
    cells = [book.worksheets[0].cell(FIRST_ROW, 2).value, *(row[3] for row in rows)]
    assert max(len(cell.encode("utf-16-le")) // 2 for cell in cells) <= 32_767
    assert {row[0] for row in rows} <= {waiting[0].code}
    fill_sheet(path, waiting, lambda s: {c.id: 1 for c in s.rubric.criteria})
    ([marked], []) = read(path, waiting)
    assert marked.code == waiting[0].code


@given(levels, levels)
def test_close_marks_are_averaged_and_distant_ones_go_to_a_third(one, other):
    given_levels = dict(zip(MARKING.markers, (one, other), strict=True))
    result = agree(given_levels, RUBRIC, MARKING)
    points = [RUBRIC.score(one), RUBRIC.score(other)]
    if abs(points[0] - points[1]) <= MARKING.tolerance:
        assert result.state == "agreed"
        assert abs(result.points - sum(points) / 2) < Decimal("1e-20")
        assert min(points) <= result.points <= max(points)
    else:
        assert (result.state, result.points) == ("disputed", None)


@given(levels, levels, levels)
def test_a_third_mark_settles_between_itself_and_the_nearer(one, other, third):
    given_levels = dict(zip(MARKING.markers, (one, other), strict=True))
    result = agree(given_levels | {MARKING.adjudicator: third}, RUBRIC, MARKING)
    points = sorted([RUBRIC.score(one), RUBRIC.score(other)])
    if result.state == "adjudicated":
        mine = RUBRIC.score(third)
        assert min(points[0], mine) <= result.points <= max(points[1], mine)
        nearest = min(abs(mine - p) for p in points)
        assert float(abs(result.points - mine)) == pytest.approx(float(nearest / 2))


@pytest.mark.parametrize("rubric", BANK.rubrics.values(), ids=lambda rubric: rubric.id)
def test_marks_exactly_a_tolerance_apart_are_agreed_on(rubric):
    full = {c.id: TOP_LEVEL for c in rubric.criteria}
    for first, second in combinations(rubric.criteria, 2):
        for steps in product(range(1, TOP_LEVEL + 1), repeat=2):
            lower = full | {first.id: steps[0], second.id: steps[1]}
            pair = (first, second)
            lost = sum(Fraction(c.weight) * (TOP_LEVEL - lower[c.id]) / TOP_LEVEL for c in pair)
            marks = dict(zip(MARKING.markers, (full, lower), strict=True))
            agreed = agree(marks, rubric, MARKING).state == "agreed"
            assert agreed == (lost <= Fraction(MARKING.tolerance))


@given(levels, levels)
def test_it_does_not_matter_who_marked_first(one, other):
    forth = agree(dict(zip(MARKING.markers, (one, other), strict=True)), RUBRIC, MARKING)
    back = agree(dict(zip(MARKING.markers, (other, one), strict=True)), RUBRIC, MARKING)
    assert forth == back


@given(levels, levels)
def test_a_mark_given_anew_by_order_stands_alone(one, anew):
    pairing = replace(MARKING, remarker="GK9")
    marks = {MARKING.markers[0]: one, "GK9": anew}
    result = agree(marks, RUBRIC, pairing)
    assert (result.state, result.points) == ("remarked", RUBRIC.score(anew))
    assert agree({MARKING.markers[0]: one}, RUBRIC, pairing).state == "open"


def test_between_two_that_are_as_near_the_higher_one_counts():
    """A criterion a mark apart on either side of the third's: the doubt is the candidate's."""
    ways = product(range(TOP_LEVEL + 1), repeat=len(RUBRIC.criteria))
    by_points = {RUBRIC.score(dict(zip(CRITERIA, way, strict=True))): way for way in ways}
    third, apart = next(
        (point, gap)
        for point in sorted(by_points)
        for gap in sorted(by_points)
        if gap * 2 > MARKING.tolerance and {point - gap, point + gap} <= set(by_points)
    )
    given_levels = [
        dict(zip(CRITERIA, by_points[point], strict=True))
        for point in (third - apart, third + apart, third)
    ]
    names = (*MARKING.markers, MARKING.adjudicator)
    result = agree(dict(zip(names, given_levels, strict=True)), RUBRIC, MARKING)
    assert (result.state, result.points) == ("adjudicated", third + apart / 2)


@given(levels)
def test_one_mark_alone_or_a_strangers_mark_decides_nothing(one):
    assert agree({MARKING.markers[0]: one}, RUBRIC, MARKING).state == "open"
    assert agree({MARKING.adjudicator: one, "GK9": one}, RUBRIC, MARKING).state == "open"


def test_marks_for_a_script_that_is_not_there_are_named_and_not_taken(sheet):
    path, waiting = sheet
    fill_sheet(path, waiting, lambda s: {c.id: 1 for c in s.rubric.criteria})
    marked, problems = read(path, [s for s in waiting if s.candidate != CANDIDATES[0]])
    assert {m.code for m in marked} == {s.code for s in waiting if s.candidate != CANDIDATES[0]}
    assert all("không có mã bài" in problem.message for problem in problems)
    assert len(problems) == len(waiting) - len(marked)
