"""A corrected key is an act of two people; what was before it stays as it was, byte for byte."""

import json
from datetime import timedelta

import pytest
from sittings import (
    DECIDED_ON,
    act,
    approve,
    decide,
    form_of,
    grade_all,
    hand_in,
    ids,
    issue,
    mark_essays,
    who,
)
from sqlalchemy import create_engine, text

from assessments.bank.answering import right as answer_right
from assessments.bank.item import mark
from assessments.bank.rubric import TOP_LEVEL
from assessments.handing_in.answers import read_answers
from centre.decisions.answer_keys import (
    corrections,
    keys_behind,
    preview_key,
    propose_key,
    review_key,
    the_correction,
)
from centre.decisions.decide import changed_since, latest
from centre.decisions.models import Decision
from centre.decisions.replay import replay
from centre.ledger.check import check
from centre.ledger.checkpoint import checkpoint
from centre.ledger.models import LedgerLine
from centre.marks.agreed import write_agreed
from centre.marks.keys import keys_in_force
from centre.marks.models import KeyCorrection
from centre.register.issue import issue_all, the_signer
from centre.register.tasks import open_tasks
from courses.foundation.errors import CredentialError, DecisionError, DeniedError, SittingError
from grading.certification.decision import Status
from grading.gradebook.scores import ManualMark, read_scores, write_marks

LATER = DECIDED_ON + timedelta(days=2)
GROUND = "Công văn giả định số 1"


def grades(sitting):
    """Automatic marks as they stand in nbgrader's gradebook, by their rows."""
    engine = create_engine(sitting.course.db_url)
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT id, auto_score FROM grade")).all()
    engine.dispose()
    return dict(tuple(row) for row in rows)


def items_of(sitting, way, *, right):
    """A candidate's single-choice items that were right or not, with the rows of their marks."""
    scores = read_scores(sitting.course)
    mine = scores[(scores["student"] == ids(sitting)[way]) & (scores["kind"] != "TaskCell")]
    for row in mine.itertuples():
        item = sitting.forms()[row.assignment].item(row.cell)
        if item.variants[0].question.kind == "single" and (row.score == row.max_score) == right:
            yield item


def wrong_everywhere(item):
    """An option that each variant has and none takes as right."""
    texts = [{o.text for o in d.question.options if o.id not in d.key.correct}
             for d in item.variants]  # fmt: skip
    return min(set.intersection(*texts))


def item_with_a_common_wrong_option(sitting, way="all right"):
    for item in items_of(sitting, way, right=True):
        try:
            return item, wrong_everywhere(item)
        except ValueError:
            continue
    raise AssertionError("no such item")


def asking(sitting, candidate, item):
    """The form by which a candidate was asked an item."""
    papers = {f.paper for f in sitting.forms().values() if any(i.id == item.id for i in f.items)}
    return form_of(sitting, candidate, papers.pop())


def propose(sitting, item, key, by="giao-vu", at=LATER):
    return act(propose_key, by, sitting, item, key, GROUND, now=at)


def review(sitting, row, by="truong-cham", at=LATER, *, accept=True, note=""):
    seen = preview_key(sitting, row.item, json.loads(row.key.content)["key"], at)
    return act(review_key, by, sitting, row, seen.digest, note, accept=accept, now=at)


def correct(sitting, item, key, at=LATER):
    """Propose and accept a key; the gradebook repeats it."""
    row = review(sitting, propose(sitting, item, key, at=at), at=at)
    write_agreed(sitting)
    return row


def score(sitting, candidate, item):
    found = read_scores(sitting.course)
    [row] = found[(found["student"] == candidate) & (found["cell"] == item)].itertuples()
    return None if row.pending else row.score


def test_who_would_change_is_told_and_nothing_is_changed_before_another_accepts(decided):
    item, other = item_with_a_common_wrong_option(decided)
    before = read_scores(decided.course)
    seen = preview_key(decided, item.id, other, LATER)
    assert ids(decided)["all right"] in {one.candidate for one in seen.rescored}
    row = propose(decided, item.id, other)
    assert read_scores(decided.course).equals(before)
    assert keys_in_force(decided) == {}
    assert changed_since(decided) == []
    assert row.accepted is None
    review(decided, row)
    assert write_agreed(decided) == len(seen.rescored)
    assert keys_in_force(decided) == {item.id: other}
    assert sorted(changed_since(decided)) == [one.candidate for one in seen.rescored]
    for one in seen.rescored:
        assert score(decided, one.candidate, item.id) == one.points_after
    assert json.loads(the_correction(decided, row.pk).changes) == seen.records


def test_earlier_marks_and_decisions_stay_byte_identical_and_all_decisions_replay(decided):
    """The old decision is recomputed by the old key, the new one by the new."""
    automatic, forms = grades(decided), decided.digests
    old = {one.pk: (one.content, one.evidence.content) for one in latest(decided)}
    item, other = item_with_a_common_wrong_option(decided)
    row = correct(decided, item.id, other)
    assert grades(decided) == automatic
    new = {one.pk for one in decide(decided, LATER).standing} - set(old)
    assert new
    assert type(decided)(decided.centre, decided.record).digests == forms
    for pk, (content, evidence) in old.items():
        kept = Decision.objects.get(pk=pk)
        assert (kept.content, kept.evidence.content) == (content, evidence)
        assert row.key_id not in evidence
    for one in Decision.objects.all():
        assert replay(one).same
    for pk in new:
        told = json.loads(Decision.objects.get(pk=pk).evidence.content)
        named = {key for each in told["areas"].values() for key in each.get("keys", ())}
        assert named == {row.key_id}
        assert [(one.item, one.key) for one in keys_behind(told)] == [(item.id, other)]
    checkpoint(decided.centre)
    assert check(decided.centre) == []


def test_a_faulty_item_gives_its_points_to_everybody_who_sat_it(decided):
    item = next(items_of(decided, "partial", right=False))
    correct(decided, item.id, "*")
    found = read_scores(decided.course)
    mine = found[found["cell"] == item.id]
    assert (mine["score"] == float(item.points)).all()
    assert not mine["pending"].any()


def test_a_person_s_own_points_stand_whatever_the_key(decided):
    item = next(items_of(decided, "partial", right=False))
    candidate = ids(decided)["partial"]
    form = asking(decided, candidate, item)
    own = ManualMark(candidate, form.code, item.competency, item.id, 0.125)
    assert write_marks(decided.course, [own]) == 1
    correct(decided, item.id, "*")
    assert score(decided, candidate, item.id) == 0.125


def test_a_correction_is_itself_corrected_and_whoever_hands_in_later_is_marked_by_it(decided):
    item, other = item_with_a_common_wrong_option(decided)
    candidate = ids(decided)["all right"]
    before = score(decided, candidate, item.id)
    correct(decided, item.id, other)
    assert score(decided, candidate, item.id) == 0
    paper = asking(decided, candidate, item).paper
    late = ids(decided)["all wrong"]
    hand_in(decided, late, paper, "all right")
    grade_all(decided)
    write_agreed(decided)
    if item.id in {one.id for one in form_of(decided, late, paper).items}:
        assert score(decided, late, item.id) == 0
    drawn = item.variants[0]
    right = next(o.text for o in drawn.question.options if o.id in drawn.key.correct)
    correct(decided, item.id, right, LATER + timedelta(days=1))
    assert score(decided, candidate, item.id) == before
    assert candidate not in changed_since(decided)
    assert len([one for one in corrections(decided) if one.accepted]) == 2


def test_the_proposer_does_not_review_and_a_batch_that_has_changed_is_not_accepted(decided):
    item, other = item_with_a_common_wrong_option(decided)
    row = propose(decided, item.id, other, by="truong-cham")
    with pytest.raises(SittingError, match="người khác duyệt"):
        review(decided, row, by="truong-cham")
    seen = preview_key(decided, item.id, other, LATER)
    candidate = ids(decided)["all right"]
    form = asking(decided, candidate, item)
    own = ManualMark(candidate, form.code, item.competency, item.id, 0.125)
    write_marks(decided.course, [own])
    with pytest.raises(SittingError, match="đã khác"):
        act(review_key, "hoi-dong-1", decided, row, seen.digest, "", accept=True, now=LATER)
    review(decided, row, by="hoi-dong-1")
    with pytest.raises(SittingError, match="đã được xem xét"):
        review(decided, row, by="hoi-dong-2")


def test_a_refused_proposal_changes_nothing_says_why_and_leaves_room_for_another(decided):
    item, other = item_with_a_common_wrong_option(decided)
    row = propose(decided, item.id, other)
    with pytest.raises(SittingError, match="đang có một đề xuất"):
        propose(decided, item.id, other, by="truong-cham")
    with pytest.raises(SittingError, match="phải ghi lý do"):
        review(decided, row, accept=False)
    review(decided, row, accept=False, note="Đáp án cũ đúng")
    assert write_agreed(decided) == 0
    assert changed_since(decided) == []
    assert the_correction(decided, row.pk).note == "Đáp án cũ đúng"
    propose(decided, item.id, other)
    kinds = LedgerLine.objects.filter(kind__startswith="answer_key.").values_list("kind", flat=True)
    assert list(kinds) == ["answer_key.proposed", "answer_key.refused", "answer_key.proposed"]


def test_only_those_concerned_propose_or_review(decided):
    item, other = item_with_a_common_wrong_option(decided)
    for name in ("GK1", "hoi-dong-1", "van-thu", "coi-thi"):
        with pytest.raises(DeniedError):
            propose(decided, item.id, other, by=name)
    row = propose(decided, item.id, other)
    for name in ("GK1", "giao-vu", "van-thu", "kiem-toan"):
        with pytest.raises(DeniedError):
            review(decided, row, by=name)


@pytest.mark.parametrize(
    ("key", "ground", "why"),
    [("la", GROUND, "nguyên văn"), ("*", " ", "phải ghi lý do")],
)
def test_a_key_that_the_item_cannot_have_and_one_without_a_ground_are_refused(
    decided, key, ground, why
):
    item = next(items_of(decided, "all right", right=True))
    with pytest.raises((SittingError, DecisionError), match=why):
        act(propose_key, "giao-vu", decided, item.id, key, ground, now=LATER)
    assert not KeyCorrection.objects.exists()


def wrong_keys(sitting, paper):
    """Keys by which the items of a paper that have options are wrong for who had them right."""
    for item in {i.id: i for f in sitting.forms().values() if f.paper == paper for i in f.items}:
        found = next(i for f in sitting.forms().values() for i in f.items if i.id == item)
        if found.variants[0].question.kind in ("single", "multiple"):
            yield item, wrong_everywhere(found)


def certify_barely(sitting):
    """Who has all right but for one essay, decided on, approved and certified."""
    for marker in sitting.settings.marking.markers:
        mark_essays(sitting, marker, lambda s: 1 if s.paper.startswith("KT") else TOP_LEVEL)
    write_agreed(sitting)
    decide(sitting)
    approve(sitting)
    issue(sitting)


def test_a_certificate_that_a_key_undermines_is_a_task_before_and_after_deciding_anew(graded):
    """What was marked wrongly is known at once, not only when somebody decides again."""
    certify_barely(graded)
    candidate = ids(graded)["all right"]
    assert open_tasks() == []
    for item, other in wrong_keys(graded, "KT"):
        correct(graded, item, other)
    [task] = open_tasks()
    assert task.candidate == candidate
    assert "chưa quyết định lại" in str(task)
    assert not task.looked_at
    signer = the_signer(graded.centre, LATER)
    with pytest.raises(CredentialError, match="cần xem xét trước"):
        list(issue_all(who("van-thu"), graded, signer, now=LATER))
    decide(graded, LATER)
    mine = next(one for one in latest(graded) if one.enrolment.candidate == candidate)
    assert mine.status == Status.FAIL
    [task] = open_tasks()
    assert "quyết định mới nhất" in str(task)
    assert "chưa quyết định lại" not in str(task)


def test_a_task_that_deciding_anew_settles_is_gone(certified):
    item, other = item_with_a_common_wrong_option(certified)
    correct(certified, item.id, other)
    assert len(open_tasks()) == 1
    decide(certified, LATER)
    assert open_tasks() == []


def test_what_a_key_makes_of_an_answer_is_what_marking_by_it_says(decided):
    """Claims compared with the real thing: every cell, marked here by the key itself."""
    item, other = item_with_a_common_wrong_option(decided)
    correct(decided, item.id, other)
    found = read_scores(decided.course)
    for row in found[found["cell"] == item.id].itertuples():
        form = decided.forms()[row.assignment]
        variant = form.variant_for(item, row.student)
        folder = decided.course.path("submitted", row.student, form.code)
        given = read_answers(folder, item.competency, form.digest).get(item.id)
        chosen = {o.id: o.text for o in variant.question.options}.get(given)
        assert (row.score == row.max_score) == (chosen == other)
        assert mark(variant, answer_right(variant)).points == item.points
