"""Short answers that are nearly right: a person rules once for all who wrote the same."""

from decimal import Decimal

import pytest
from sittings import (
    MARKED_ON,
    OPENS,
    act,
    decide,
    enter_passes,
    found_centre,
    grade_all,
    people,
    prepare_sitting,
    reopen,
    start,
    take_paper,
)

from assessments.bank.bank import ITEMS
from assessments.handing_in.answers import answers_path
from centre.accounts.permissions import Role
from centre.accounts.users import add_user
from centre.decisions.answer_keys import preview_key, propose_key, review_key
from centre.decisions.appeals import answer_appeal, file_appeal
from centre.ledger.check import check
from centre.ledger.checkpoint import checkpoint
from centre.ledger.models import LedgerLine
from centre.marks.agreed import write_agreed
from centre.marks.models import Ruling
from centre.marks.rulings import doubts, rule
from centre.sittings.deliver import work_folder
from courses.answer_sheet import AnswerSheet
from courses.foundation.errors import DecisionError, DeniedError, SittingError
from grading.gradebook.scores import read_scores

RIGHT, WRONG, HALF = Decimal(1), Decimal(0), Decimal("0.5")


NEARLY = "chi phí cơ hộ"  # of "chi phí cơ hội"
BLUEPRINT = """
track = "cio"
name = "Chương trình giả định"
exposure = 3
[[papers]]
code = "QL"
area = "QL"
name = "Bài thi giả định"
minutes = 90
points = 2
[[papers.sections]]
competency = "QL4"
depths = { "biết" = 1 }
anchors = 0
essays = 0
"""


@pytest.fixture(scope="module")
def near_folder(tmp_path_factory):
    """Two of three answered a short question nearly right, alike but for blanks."""
    centre = found_centre(tmp_path_factory.mktemp("mau") / "trung-tam")
    bank = centre.folder.parent / "ngan-hang"
    item = bank / "items" / "ql4" / "ql4-15.md"
    item.parent.mkdir(parents=True)
    text = (ITEMS / "ql4" / item.name).read_text("utf-8")
    item.write_text(text.replace("status: resting", "status: live"), "utf-8")
    (bank / "rubrics").mkdir()
    (bank / "blueprint.toml").write_text(BLUEPRINT, "utf-8")
    sitting = prepare_sitting(centre, people(3))
    enter_passes(sitting, ("KM", "KT", "CAP"), people(3))
    for one, answer in zip(people(3), (NEARLY, f" {NEARLY}  ", "chi phí cơ hội"), strict=True):
        start(sitting, one.id, "QL", OPENS)
        write(sitting, one.id, answer)
        take_paper(sitting, one.id, "QL-A", OPENS)
    grade_all(sitting)
    return centre.folder


@pytest.fixture
def near(near_folder, tmp_path):
    """Such a sitting of one's own."""
    return reopen(near_folder, tmp_path / "trung-tam")


ONE, OTHER, THIRD = (one.id for one in people(3))


def write(sitting, candidate, answer):
    """Save an answer in the candidate's folder."""
    folder = work_folder(sitting, candidate, "QL-A")
    sheet = AnswerSheet(answers_path(folder, "QL4"), sitting.digests["QL-A"])
    saved = sheet.get("QL4-15")
    sheet.save("QL4-15", answer, saved.revision if saved else 0, OPENS)


def write_again(sitting, candidate, answer):
    """Change an answer, and have the paper taken and graded once more."""
    write(sitting, candidate, answer)
    take_paper(sitting, candidate, "QL-A", OPENS)
    grade_all(sitting)
    write_agreed(sitting)


def score(sitting, candidate):
    row = read_scores(sitting.course).set_index("student").loc[candidate]
    return row["score"], row["pending"]


def status(sitting, candidate):
    """What is decided on one candidate now."""
    return {o.enrolment.candidate: o.status for o in decide(sitting).standing}[candidate]


def correct(sitting, key):
    """Correct the key of the question, by two people."""
    row = act(propose_key, "giao-vu", sitting, "QL4-15", key, "Công văn 1", now=MARKED_ON)
    seen = preview_key(sitting, "QL4-15", key, MARKED_ON)
    act(review_key, "truong-cham", sitting, row, seen.digest, "", accept=True, now=MARKED_ON)
    write_agreed(sitting)


def test_by_a_corrected_key_what_was_nearly_right_is_right_and_the_other_waits(near):
    """A ruling was made by a key: with the key it falls, and nobody's points rest on it."""
    [doubt] = doubts(near)
    act(rule, "GK1", near, doubt.code, WRONG, now=MARKED_ON)
    write_agreed(near)
    correct(near, NEARLY)
    assert [score(near, one) for one in (ONE, OTHER)] == [(2, False)] * 2
    assert score(near, THIRD)[1]
    [doubt] = doubts(near)
    assert [one.candidate for one in doubt.written] == [THIRD]
    assert doubt.accepted == (NEARLY,)
    act(rule, "GK1", near, doubt.code, RIGHT, now=MARKED_ON)
    assert write_agreed(near) == 1
    assert write_agreed(near) == 0
    assert score(near, THIRD) == (2, False)


def test_a_faulty_question_gives_everybody_its_points_whatever_was_ruled_or_waits(near):
    [doubt] = doubts(near)
    act(rule, "GK1", near, doubt.code, HALF, now=MARKED_ON)
    write_agreed(near)
    write_again(near, OTHER, "chi phí cơ hôi")  # nearly right too, and nobody has ruled on it
    correct(near, "*")
    assert [score(near, one) for one in (ONE, OTHER, THIRD)] == [(2, False)] * 3
    assert doubts(near) == []
    assert write_agreed(near) == 0


def test_an_answer_that_is_nearly_right_waits_for_a_person_and_for_nobody_afterwards(near):
    """Whoever wrote one stayed without a result for ever: nobody could speak of it."""
    assert [status(near, one) for one in (ONE, THIRD)] == ["INCOMPLETE", "PASS"]
    [doubt] = doubts(near)
    assert {one.candidate for one in doubt.written} == {ONE, OTHER}
    assert (doubt.item.id, doubt.answer, doubt.accepted) == (
        "QL4-15", NEARLY, ("chi phí cơ hội",)
    )  # fmt: skip
    assert doubt.waits
    assert act(rule, "GK1", near, doubt.code, RIGHT, now=MARKED_ON) == 2
    assert write_agreed(near) == 2
    assert score(near, ONE) == score(near, OTHER) == (2.0, False)
    assert status(near, ONE) == "PASS"
    assert [one.waits for one in doubts(near)] == [False]
    lines = LedgerLine.objects.filter(kind="answer.ruled").values_list("actor", "subject")
    assert set(lines) == {("GK1", f"{near.code}/{one}") for one in (ONE, OTHER)}
    checkpoint(near.centre)
    assert check(near.centre) == []


def test_a_ruling_may_give_a_part_and_stands_when_the_paper_is_graded_again(near):
    act(rule, "truong-cham", near, doubts(near)[0].code, HALF, now=MARKED_ON)
    write_agreed(near)
    grade_all(near, force=True)
    assert write_agreed(near) == 2
    assert score(near, ONE) == (1.0, False)


def test_the_same_ruling_again_changes_nothing_and_the_lead_alone_rules_otherwise(near):
    code = doubts(near)[0].code
    assert act(rule, "GK1", near, code, WRONG, now=MARKED_ON) == 2
    lines = LedgerLine.objects.count()
    assert act(rule, "GK2", near, code, WRONG, now=MARKED_ON) == 0
    assert LedgerLine.objects.count() == lines
    with pytest.raises(SittingError, match="chỉ trưởng ban chấm đổi được"):
        act(rule, "GK2", near, code, RIGHT, now=MARKED_ON)
    assert act(rule, "truong-cham", near, code, RIGHT, now=MARKED_ON) == 2
    write_agreed(near)
    assert score(near, ONE) == (2.0, False)
    assert Ruling.objects.filter(enrolment__candidate=ONE).count() == 2


def test_of_another_answer_a_ruling_says_nothing(near):
    """Work that is taken again may say something else; it waits for a word of its own."""
    act(rule, "GK1", near, doubts(near)[0].code, RIGHT, now=MARKED_ON)
    write_agreed(near)
    write_again(near, ONE, "khác hẳn")
    assert score(near, ONE)[1]
    [waiting] = [one for one in doubts(near) if one.waits]
    assert [one.candidate for one in waiting.written] == [ONE]
    act(rule, "GK1", near, waiting.code, WRONG, now=MARKED_ON)
    write_agreed(near)
    assert score(near, ONE) == (0.0, False)
    assert score(near, OTHER) == (2.0, False)


def test_who_writes_the_same_later_gets_the_same(near):
    code = doubts(near)[0].code
    act(rule, "GK1", near, code, RIGHT, now=MARKED_ON)
    write_again(near, THIRD, NEARLY)
    with pytest.raises(SittingError, match="đã có kết luận khác"):
        act(rule, "GK2", near, code, WRONG, now=MARKED_ON)
    assert act(rule, "GK2", near, code, RIGHT, now=MARKED_ON) == 1


@pytest.mark.parametrize("share", ["-0.1", "1.01", "0.123", "NaN", "Infinity"])
def test_a_share_is_from_nothing_to_all(near, share):
    with pytest.raises(SittingError, match="đúng"):
        act(rule, "GK1", near, doubts(near)[0].code, Decimal(share), now=MARKED_ON)
    assert not Ruling.objects.exists()


def test_who_does_not_mark_here_rules_on_nothing_and_an_unknown_answer_is_said(near):
    code = doubts(near)[0].code
    with pytest.raises(DeniedError):
        act(rule, "giao-vu", near, code, RIGHT, now=MARKED_ON)
    act(add_user, "quan-tri", "GK9", [Role.MARKER], now=MARKED_ON)
    with pytest.raises(SittingError, match="GK9 không phải giám khảo của kỳ này"):
        act(rule, "GK9", near, code, RIGHT, now=MARKED_ON)
    with pytest.raises(SittingError, match="không có câu trả lời nào mang mã BCDFGHJK"):
        act(rule, "GK1", near, "BCDFGHJK", RIGHT, now=MARKED_ON)


def test_who_ruled_on_an_answer_does_not_answer_the_appeal(near):
    act(add_user, "quan-tri", "GK9", [Role.LEAD, Role.BOARD], now=MARKED_ON)
    act(rule, "GK9", near, doubts(near)[0].code, WRONG, now=MARKED_ON)
    write_agreed(near)
    made = {one.enrolment.candidate: one for one in decide(near).standing}
    appeal = act(file_appeal, "giao-vu", made[ONE], "Đề nghị xem lại", now=MARKED_ON)
    with pytest.raises(DecisionError, match="người đã chấm"):
        act(answer_appeal, "GK9", appeal, "Giữ nguyên", accepted=False, now=MARKED_ON)


def test_answers_are_listed_and_ruled_on_from_the_command_line(near, cio):
    here, at = ("--centre", near.centre.folder), ("--sitting", near.code)
    write_again(near, ONE, f"{NEARLY}\x1b")
    status, out, _ = cio(*here, "marking", "near", *at, by="GK1")
    assert (status, "câu QL4-15, 1 thí sinh, chưa có kết luận" in out) == (0, True)
    assert [one for one in ("\x1b", ONE, OTHER) if one in out] == []
    assert cio(*here, "marking", "near", *at, by="coi-thi")[0] == 1
    found = doubts(near)
    assert len(found) == 2
    for doubt in found:
        told = cio(*here, "marking", "rule", doubt.code, "0,5", *at, by="GK1")
        assert (told[0], "0,50 số điểm, 1 thí sinh; 1 điểm vào sổ điểm" in told[1]) == (0, True)
    assert "0 câu trả lời chờ kết luận" in cio(*here, "marking", "near", *at, by="GK1")[1]
    assert "0,50 số điểm" in cio(*here, "marking", "near", "--all", *at, by="GK1")[1]
    said = cio(*here, "marking", "rule", found[0].code, "gần đúng", *at, by="GK1")
    assert (said[0], "right, wrong hoặc một phần" in said[2]) == (1, True)
