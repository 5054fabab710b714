"""Essays of a sitting: read for markers, their levels kept, the agreed points written."""

import pytest
from sittings import (
    CLOSES,
    MARKED_ON,
    act,
    allocate_all,
    answer,
    form_of,
    grade_all,
    ids,
    mark_essays,
    take_paper,
)

from assessments.bank.rubric import TOP_LEVEL
from assessments.handing_in.answers import answers_path
from centre.ledger.check import check
from centre.ledger.models import LedgerLine
from centre.marks.agreed import agreements, disputed, write_agreed
from centre.marks.marking import record_marks
from centre.marks.models import Mark
from centre.marks.scripts import scripts
from courses.answer_sheet import AnswerSheet
from courses.foundation.errors import DeniedError, SittingError
from grading.gradebook.scores import paper_totals, read_scores
from grading.marking.script import MarkedScript

MARKERS, ADJUDICATOR = ("GK1", "GK2"), "GK3"


def test_the_order_of_scripts_tells_nothing_about_the_roster(graded):
    order = [s.candidate for s in scripts(graded) if s.paper.startswith("QL")]
    assert len(order) == 6
    assert order != sorted(order)


def test_a_script_is_what_the_candidate_wrote_and_a_damaged_one_is_blank(sitting):
    who = ids(sitting)["blank"]
    folder, form = answer(sitting, who, "CAP", "blank"), form_of(sitting, who, "CAP")
    AnswerSheet(answers_path(folder, "CAP"), form.digest).save("CAP-E1", "=1+1", 0, CLOSES)
    take_paper(sitting, who, form.code, CLOSES)
    grade_all(sitting)
    assert [s.text for s in scripts(sitting)] == ["=1+1"]
    path = sitting.course.path("submitted", who, form.code) / "CAP.tra-loi.json"
    path.write_text("{", "utf-8")
    assert [s.text for s in scripts(sitting)] == [""]


def test_disputed_essays_alone_go_to_the_third_marker_and_then_count(graded):
    first, second = graded.settings.marking.markers
    best = ids(graded)["all right"]
    mark_essays(graded, first)
    mark_essays(graded, second, lambda s: 0 if s.candidate == best else TOP_LEVEL)
    waiting = scripts(graded)
    third = disputed(graded, waiting)
    assert {s.candidate for s in third} == {best}
    assert write_agreed(graded) == len(waiting) - len(third)
    mark_essays(graded, ADJUDICATOR, lambda _: TOP_LEVEL)
    assert disputed(graded, waiting) == []
    assert write_agreed(graded) == len(third)
    assert not read_scores(graded.course)["pending"].any()


def test_agreed_marks_land_in_the_gradebook_unrounded(graded):
    for marker in MARKERS:
        mark_essays(graded, marker, lambda _: 2)
    stands = agreements(graded, scripts(graded))
    write_agreed(graded)
    frame = read_scores(graded.course).set_index(["student", "cell"])
    for (candidate, item), agreement in stands.items():
        assert frame.loc[(candidate, item), "score"] == float(agreement.points)
    assert any(agreement.points % 1 for agreement in stands.values())


def test_the_same_marks_again_change_nothing_and_write_no_line(graded):
    assert mark_essays(graded, "GK1").changed > 0
    lines = LedgerLine.objects.count()
    assert mark_essays(graded, "GK1").changed == 0
    assert LedgerLine.objects.count() == lines
    assert check(graded.centre) == []


def test_until_the_second_has_spoken_a_marker_may_correct_a_level_and_both_are_kept(graded):
    mark_essays(graded, "GK1")
    corrected = mark_essays(graded, "GK1", lambda _: 0)
    assert (corrected.changed, corrected.closed) == (12, [])
    assert Mark.objects.filter(marker="GK1").count() == 24
    mark_essays(graded, "GK2", lambda _: 0)
    assert write_agreed(graded) == 12
    totals = paper_totals(read_scores(graded.course))
    capstone = totals[totals["assignment"].str.startswith("CAP")]
    assert (capstone["score"] == 0).all()


@pytest.mark.parametrize("marker", MARKERS)
def test_after_the_second_marker_first_marks_are_closed(graded, marker):
    """Otherwise marks could move after they were agreed, decided and certified."""
    for one in MARKERS:
        mark_essays(graded, one)
    write_agreed(graded)
    before = read_scores(graded.course)["score"].tolist()
    again = mark_essays(graded, marker, lambda _: 0)
    assert (again.changed, len(again.closed)) == (0, 12)
    assert write_agreed(graded) == 0
    assert read_scores(graded.course)["score"].tolist() == before


def test_the_adjudicators_word_is_the_last(graded):
    mark_essays(graded, "GK1")
    mark_essays(graded, "GK2", lambda _: 0)
    assert mark_essays(graded, "GK3", lambda _: 1).changed == 12
    assert len(mark_essays(graded, "GK3", lambda _: 2).closed) == 12


def test_a_marker_records_marks_in_no_others_name(graded):
    with pytest.raises(DeniedError):
        act(record_marks, "GK1", graded, "GK2", [], now=MARKED_ON)


def test_who_does_not_mark_here_and_a_script_that_is_not_there_are_refused(graded):
    with pytest.raises(SittingError, match="không có giám khảo GK9; kỳ này có GK1, GK2, GK3"):
        act(record_marks, "truong-cham", graded, "GK9", [], now=MARKED_ON)
    stranger = MarkedScript("KHONGCOO", "QL4-E1", {})
    with pytest.raises(SittingError, match="không có mã bài KHONGCOO"):
        act(record_marks, "GK1", graded, "GK1", [stranger], now=MARKED_ON)
    assert not Mark.objects.exists()


def test_a_late_essay_still_loses_its_share_after_marking(graded):
    for marker in MARKERS:
        mark_essays(graded, marker)
    write_agreed(graded)
    totals = paper_totals(read_scores(graded.course)).set_index("student")
    assert totals.loc[ids(graded)["late"], "score"] == pytest.approx(20 * 0.9)


@pytest.mark.parametrize("change", [{}, {"la": 1}, {"muc": 4}, {"muc": -1}])
def test_levels_are_one_from_0_to_3_for_each_criterion_and_nothing_else_is_kept(graded, change):
    """One impossible level would stop the marking of everybody."""
    allocate_all(graded)
    script = scripts(graded)[0]
    levels = {criterion.id: 2 for criterion in script.rubric.criteria}
    first = next(iter(levels))
    wrong = {
        **({} if not change else levels),
        **{first if name == "muc" else name: level for name, level in change.items()},
    }
    marked = [MarkedScript(script.code, script.item.id, wrong)]
    with pytest.raises(SittingError, match="mỗi tiêu chí cần đúng một mức"):
        act(record_marks, "GK1", graded, "GK1", marked, now=MARKED_ON)
    assert not Mark.objects.exists()
