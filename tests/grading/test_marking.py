"""Two markers, blind, on sheets that say where they are wrong; a third where they differ."""

from decimal import Decimal
from fractions import Fraction
from itertools import combinations, product

import pytest
from grading.delivery import collect
from grading.marking.scripts import agreements, disputed, scripts, write_agreed
from grading.records.ledger import broken_lines
from grading.sitting import read_settings
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from sittings import CLOSES, SETTINGS, answer, form_of, grade_all, ids, mark_essays

from assessments.bank.bank import read_bank
from assessments.bank.rubric import TOP_LEVEL
from assessments.handing_in.answers import answers_path
from courses.answer_sheet import AnswerSheet
from courses.foundation.errors import GradingError
from grading.gradebook.scores import paper_totals, read_scores
from grading.marking.agreement import agree
from grading.marking.sheet import FIRST_LEVEL, FIRST_ROW, fill_sheet, read_sheet, write_sheet

MARKING = read_settings(SETTINGS).marking
RUBRIC = read_bank().rubrics["QL4-E1"]
levels = st.fixed_dictionaries({c.id: st.integers(0, TOP_LEVEL) for c in RUBRIC.criteria})


@pytest.fixture
def sheet(graded, tmp_path):
    """A marker's sheet, the scripts on it, and where it is."""
    waiting, path = scripts(graded), tmp_path / "phieu.xlsx"
    write_sheet(path, "GK1", waiting)
    return path, waiting


def change(path, cell, value, worksheet=0):
    book = load_workbook(path)
    book.worksheets[worksheet][cell] = value
    book.save(path)


def test_a_filled_sheet_reads_back_as_it_was_filled(sheet):
    path, waiting = sheet
    fill_sheet(path, waiting, lambda s: {c.id: len(s.code) % 4 for c in s.rubric.criteria})
    marked = read_sheet(path, waiting)
    assert {(m.code, m.item_id) for m in marked} == {(s.code, s.item.id) for s in waiting}
    assert all(set(m.levels.values()) == {0} for m in marked)


def test_an_empty_sheet_is_read_as_nothing_marked_yet(sheet):
    assert read_sheet(*sheet) == []


def test_a_sheet_filled_in_part_gives_the_rows_that_are_full(sheet):
    path, waiting = sheet
    book = load_workbook(path)
    page = book.worksheets[0]
    for column in range(FIRST_LEVEL, page.max_column + 1):
        page.cell(FIRST_ROW, column, 2)
    book.save(path)
    [marked] = read_sheet(path, waiting)
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
    ],
)
def test_a_wrong_cell_is_named_by_file_worksheet_row_and_column(sheet, cells, column, words):
    path, waiting = sheet
    for cell, value in cells.items():
        change(path, cell, value)
    with pytest.raises(GradingError, match=words) as refused:
        read_sheet(path, waiting)
    title = load_workbook(path).worksheets[0].title
    where = (refused.value.path, refused.value.row, refused.value.column)
    assert where == (path, FIRST_ROW, f"{title}!{column}")


def test_a_code_that_stands_twice_is_refused(sheet):
    path, waiting = sheet
    fill_sheet(path, waiting, lambda s: {c.id: 2 for c in s.rubric.criteria})
    change(path, "A5", load_workbook(path).worksheets[-1]["A4"].value, worksheet=-1)
    with pytest.raises(GradingError, match="có hai lần") as refused:
        read_sheet(path, waiting)
    assert refused.value.row == 5


@pytest.mark.parametrize("content", [b"", b"khong phai xlsx", b"PK\x03\x04hong"])
def test_what_is_no_workbook_is_refused_by_name(tmp_path, content):
    path = tmp_path / "phieu.xlsx"
    path.write_bytes(content)
    with pytest.raises(GradingError, match=r"cần tệp \.xlsx") as refused:
        read_sheet(path, [])
    assert refused.value.path == path


def test_a_workbook_about_something_else_is_refused(sheet, tmp_path):
    path = tmp_path / "khac.xlsx"
    Workbook().save(path)
    with pytest.raises(GradingError, match="không có câu tự luận nào mang mã"):
        read_sheet(path, sheet[1])


def test_a_sheet_shows_neither_name_nor_id_of_any_trainee(graded, sheet):
    book = load_workbook(sheet[0])
    text = "\n".join(str(c.value) for page in book for row in page for c in row if c.value)
    for trainee in graded.trainees():
        assert trainee.id not in text
        assert trainee.full_name not in text


def test_the_order_of_scripts_tells_nothing_about_the_roster(graded):
    order = [s.trainee for s in scripts(graded) if s.paper.startswith("QL")]
    assert len(order) == 6
    assert order != sorted(order)


@pytest.mark.parametrize(
    "text", ["=1+1", "=HYPERLINK(“http://x”)", "+84 24", "@SUM(A1)", "a\x0bb\x1fc", "x" * 30_000]
)
def test_an_essay_stays_a_text_whatever_it_holds(sitting, tmp_path, text):
    trainee = ids(sitting)["blank"]
    folder, form = answer(sitting, trainee, "CAP", "blank"), form_of(sitting, trainee, "CAP")
    AnswerSheet(answers_path(folder, "CAP"), form.digest).save("CAP-E1", text, 0, CLOSES)
    collect(sitting, trainee, form.code, CLOSES)
    grade_all(sitting)
    waiting, path = scripts(sitting), tmp_path / "phieu.xlsx"
    write_sheet(path, "GK1", waiting)
    cell = load_workbook(path).worksheets[0].cell(FIRST_ROW, 2)
    assert cell.data_type == "s"
    assert len(cell.value) == len(text)
    assert cell.value.split() == text.replace("\x0b", " ").replace("\x1f", " ").split()


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


@pytest.mark.parametrize("rubric", read_bank().rubrics.values(), ids=lambda rubric: rubric.id)
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


@given(levels)
def test_one_mark_alone_or_a_strangers_mark_decides_nothing(one):
    assert agree({MARKING.markers[0]: one}, RUBRIC, MARKING).state == "open"
    assert agree({MARKING.adjudicator: one, "GK9": one}, RUBRIC, MARKING).state == "open"


def test_disputed_essays_alone_go_to_the_third_marker_and_then_count(graded):
    first, second = MARKING.markers
    best = ids(graded)["all right"]
    mark_essays(graded, first)
    mark_essays(graded, second, lambda s: 0 if s.trainee == best else TOP_LEVEL)
    waiting = scripts(graded)
    third = disputed(graded, waiting)
    assert {s.trainee for s in third} == {best}
    assert write_agreed(graded) == len(waiting) - len(third)
    mark_essays(graded, MARKING.adjudicator, lambda _: TOP_LEVEL)
    assert disputed(graded, waiting) == []
    assert write_agreed(graded) == len(third)
    assert not read_scores(graded.course)["pending"].any()


def test_agreed_marks_land_in_the_gradebook_unrounded(graded):
    for marker in MARKING.markers:
        mark_essays(graded, marker, lambda _: 2)
    stands = agreements(graded, scripts(graded))
    write_agreed(graded)
    frame = read_scores(graded.course).set_index(["student", "cell"])
    for (trainee, item), agreement in stands.items():
        assert frame.loc[(trainee, item), "score"] == float(agreement.points)
    assert any(agreement.points % 1 for agreement in stands.values())


def test_the_same_marks_again_change_nothing_and_write_no_line(graded):
    assert mark_essays(graded, "GK1") > 0
    assert mark_essays(graded, "GK1") == 0
    with graded.records() as session:
        assert broken_lines(session) == []


def test_a_marker_may_correct_a_level_and_the_gradebook_follows(graded):
    for marker in MARKING.markers:
        mark_essays(graded, marker)
    write_agreed(graded)
    for marker in MARKING.markers:
        mark_essays(graded, marker, lambda _: 0)
    assert write_agreed(graded) == len(scripts(graded))
    totals = paper_totals(read_scores(graded.course))
    capstone = totals[totals["assignment"].str.startswith("CAP")]
    assert (capstone["score"] == 0).all()


def test_marks_for_a_script_that_is_not_there_are_not_taken(graded, sheet):
    path, waiting = sheet
    fill_sheet(path, waiting, lambda s: {c.id: 1 for c in s.rubric.criteria})
    with pytest.raises(GradingError, match="không có mã bài"):
        read_sheet(path, [s for s in waiting if s.trainee != ids(graded)["all right"]])


def test_a_late_essay_still_loses_its_share_after_marking(graded):
    for marker in MARKING.markers:
        mark_essays(graded, marker)
    write_agreed(graded)
    totals = paper_totals(read_scores(graded.course)).set_index("student")
    assert totals.loc[ids(graded)["late"], "score"] == pytest.approx(20 * 0.9)
