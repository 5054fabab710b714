"""Rounds at a real sitting: whatever comes later, every earlier mark stays byte for byte."""

from decimal import Decimal

import pytest
from sittings import (
    MARKED_ON,
    act,
    allocate_all,
    ids,
    mark_essays,
    mark_seeds,
    queue_of,
    who,
)

from assessments.bank.rubric import TOP_LEVEL
from assessments.handing_in.answers import answers_path
from centre.accounts.permissions import Role
from centre.accounts.users import add_user
from centre.ledger.check import check
from centre.marks.agreed import standing_of_all, write_agreed
from centre.marks.corrections import correct_rubric, preview
from centre.marks.desk import next_code, open_script, questions, sheet_scripts
from centre.marks.lead import clear_marker, handed_up, order_anew, settle
from centre.marks.marking import record_marks, save_draft, set_aside
from centre.marks.models import Allocation, Mark, RubricCorrection, SeedMark
from centre.marks.overview import overview
from centre.marks.panel import declare_conflict, withdraw_marker
from centre.marks.scripts import Reader, TextChangedError, rubrics_of, seed_of
from courses.foundation.errors import DeniedError, GradingError, SittingError
from grading.gradebook.scores import read_scores
from grading.marking.script import MarkedScript

FIVE = ("GK1", "GK2", "GK4", "GK5", "GK6")


@pytest.fixture
def five(graded):
    """A graded sitting allocated to five markers."""
    for name in FIVE[2:]:
        act(add_user, "quan-tri", name, [Role.MARKER], now=MARKED_ON)
    allocate_all(graded, *FIVE)
    return graded


def kept():
    """Every mark as it stands in the database, by key."""
    return {row[0]: row for row in Mark.objects.order_by("pk").values_list()}


def give(sitting, marker, row, level, **more):
    """One script's levels by one marker."""
    levels = {c.id: level for c in rubrics_of(sitting)[row.item].criteria}
    told = [MarkedScript(row.code, row.item, levels, **more)]
    return act(record_marks, marker, sitting, marker, told, now=MARKED_ON)


def item_of(sitting, marker="GK1"):
    """The item of which a marker has most scripts."""
    items = [row.item for row in queue_of(sitting, marker, seed=None)]
    return max(sorted(items), key=items.count)


def written(sitting, marker, **which):
    """The first script of a marker's queue that is not blank."""
    reader = Reader(sitting)
    rows = queue_of(sitting, marker, seed=None, **which)
    return next(row for row in rows if reader.read(row).text)


def question_of(sitting, marker, item):
    """A marker's queue of one item."""
    return next(q for q in questions(who(marker), sitting, marker) if q.item == item)


def test_after_every_later_act_each_earlier_mark_is_the_same_byte_for_byte(five):
    """First and second round, third, a correction of the rubric, marking anew, somebody leaving."""
    seen = {}

    def unchanged():
        now = kept()
        assert {key: now[key] for key in seen} == seen
        seen.update(now)

    for number, marker in enumerate(FIVE):
        mark_essays(five, marker, lambda _s, n=number: 3 if n % 2 else 1)
        unchanged()
    mark_essays(five, "GK3", lambda _: 2)
    unchanged()
    assert "disputed" not in {one.state for one in standing_of_all(five).values()}
    write_agreed(five)
    for marker in FIVE:  # and again, as a later round might
        assert mark_essays(five, marker, lambda _: 0).changed == 0
        unchanged()
    heavier = changed_rubric(five)
    seen_before = preview(five, heavier)
    options = {"now": MARKED_ON}
    act(correct_rubric, "truong-cham", five, heavier, seen_before.digest, "sai trọng số", **options)
    unchanged()
    row = Allocation.objects.filter(round=1, item=heavier.item, seed=None).first()
    free = next(m for m in FIVE if not Allocation.objects.filter(code=row.code, marker=m))
    assert act(order_anew, "truong-cham", five, row.item, row.code, free, "đơn", **options) == 4
    mark_seeds(five, free)
    give(five, free, row, 0)
    unchanged()
    assert standing_of_all(five)[row.enrolment.candidate, row.item].state == "remarked"
    act(withdraw_marker, "giao-vu", five, "GK5", "nghỉ", **options)
    unchanged()
    assert check(five.centre) == []


def changed_rubric(sitting, item=None):
    """The item's rubric with one point moved from the first criterion to the second."""
    rubric = rubrics_of(sitting)[item or item_of(sitting)]
    first, second, *rest = rubric.criteria
    first = first.model_copy(update={"weight": first.weight - Decimal("0.5")})
    second = second.model_copy(update={"weight": second.weight + Decimal("0.5")})
    return rubric.model_copy(update={"criteria": (first, second, *rest)})


def test_a_marker_sees_their_own_word_alone_and_first_the_seeds(graded):
    allocate_all(graded)
    actor, item = who("GK1"), item_of(graded)
    question = question_of(graded, "GK1", item)
    assert (question.standing, len(question.waiting)) == ("qualifying", 2)
    script = written(graded, "GK1", item=item)
    with pytest.raises(SittingError, match="chấm xong các bài chuẩn"):
        open_script(actor, graded, "GK1", item, script.code)
    assert give(graded, "GK1", script, 2).not_yet == [script.code]
    mark_essays(graded, "GK2", lambda _: 1)
    mark_seeds(graded, "GK1")
    opened = open_script(actor, graded, "GK1", item, script.code)
    assert (opened.levels, opened.given, opened.drafted_at) == ({}, False, None)
    assert opened.script.text.startswith("Kính trình")
    give(graded, "GK1", script, 2, comment="Thiếu căn cứ.", seconds=240)
    opened = open_script(actor, graded, "GK1", item, script.code)
    assert (set(opened.levels.values()), opened.comment, opened.given) == (
        {2},
        "Thiếu căn cứ.",
        True,
    )


def test_no_marker_opens_what_is_in_anothers_queue(five):
    mine = {(row.item, row.code) for row in queue_of(five, "GK1")}
    row = next(r for r in queue_of(five, "GK2", seed=None) if (r.item, r.code) not in mine)
    with pytest.raises(SittingError, match="không có mã bài"):
        open_script(who("GK1"), five, "GK1", row.item, row.code)
    with pytest.raises(DeniedError):
        open_script(who("GK1"), five, "GK2", row.item, row.code)
    with pytest.raises(SittingError, match="không có mã bài"):
        give(five, "GK1", row, 2)


def test_an_empty_script_shows_nothing_of_the_script_read_before(graded):
    """Even when both are read by the same reader, one right after the other."""
    allocate_all(graded)
    mark_seeds(graded, "GK1")
    reader, blank = Reader(graded), ids(graded)["blank"]
    read = [reader.read(row) for row in queue_of(graded, "GK1", seed=None)]
    assert {s.text for s in read if s.candidate == blank} == {""}
    assert any(s.text for s in read)
    for s in (s for s in read if s.candidate == blank):
        assert open_script(who("GK1"), graded, "GK1", s.item.id, s.code).script.text == ""


def test_a_script_that_is_not_any_more_what_was_allocated_is_not_shown_and_others_are(graded):
    allocate_all(graded)
    mark_seeds(graded, "GK1")
    row = written(graded, "GK1")
    form = Reader(graded).outline(row)
    folder = graded.course.path("submitted", form.candidate, form.paper)
    answers_path(folder, form.item.competency).write_text("{", "utf-8")
    with pytest.raises(TextChangedError, match="không còn như lúc phân công"):
        open_script(who("GK1"), graded, "GK1", row.item, row.code)
    found, changed = sheet_scripts(who("GK1"), graded, "GK1")
    assert row.code in changed
    assert len(found) + len(changed) == 12


def test_too_far_off_on_a_seed_stops_that_item_alone_until_the_lead_clears_it(graded):
    allocate_all(graded)
    row = queue_of(graded, "GK1", round=0)[0]
    far = {name: 0 if level > 1 else TOP_LEVEL for name, level in seed_of(row.seed).levels.items()}
    told = [MarkedScript(row.code, row.item, far)]
    done = act(record_marks, "GK1", graded, "GK1", told, now=MARKED_ON)
    assert (done.changed, done.stopped) == (1, [row.item])
    states = {q.item: q.standing for q in questions(who("GK1"), graded, "GK1")}
    assert states.pop(row.item) == "stopped"
    assert set(states.values()) == {"qualifying"}
    assert next_code(who("GK1"), graded, "GK1", row.item) is None
    again = [MarkedScript(row.code, row.item, seed_of(row.seed).levels)]
    act(record_marks, "GK1", graded, "GK1", again, now=MARKED_ON)
    assert questions(who("GK1"), graded, "GK1")[0].standing == "stopped"  # first words count
    assert SeedMark.objects.count() == 1
    [view] = [m for m in overview(who("truong-cham"), graded).markers if m.marker == "GK1"]
    assert [(miss.item, miss.code) for miss in view.missed] == [(row.item, row.code)]
    for name in ("GK1", "giao-vu"):
        with pytest.raises(DeniedError):
            act(clear_marker, name, graded, "GK1", row.item, "đã trao đổi", now=MARKED_ON)
    act(clear_marker, "truong-cham", graded, "GK1", row.item, "đã trao đổi", now=MARKED_ON)
    assert questions(who("GK1"), graded, "GK1")[0].standing == "qualifying"
    with pytest.raises(SittingError, match="không bị dừng"):
        act(clear_marker, "truong-cham", graded, "GK1", row.item, "nữa", now=MARKED_ON)


def test_drafts_count_for_nothing_and_come_back_to_who_made_them(graded):
    allocate_all(graded)
    mark_seeds(graded, "GK1")
    row = queue_of(graded, "GK1", seed=None)[0]
    criterion = rubrics_of(graded)[row.item].criteria[0].id
    place = (graded, "GK1", row.item, row.code)
    assert act(save_draft, "GK1", *place, {criterion: 2}, comment="…", now=MARKED_ON) == MARKED_ON
    opened = open_script(who("GK1"), *place)
    assert (opened.levels, opened.drafted_at, opened.given) == ({criterion: 2}, MARKED_ON, False)
    assert not Mark.objects.exists()
    for wrong in ({criterion: 4}, {"la": 1}):
        with pytest.raises(SittingError, match="mỗi mức từ 0 đến 3"):
            act(save_draft, "GK1", *place, wrong, now=MARKED_ON)
    with pytest.raises(DeniedError):
        act(save_draft, "GK2", *place, {criterion: 1}, now=MARKED_ON)


def test_what_is_put_off_comes_last_and_what_is_handed_up_waits_for_the_lead(five):
    mark_seeds(five, "GK1")
    item = item_of(five)
    first, second = queue_of(five, "GK1", item=item, seed=None)[:2]
    options = {"now": MARKED_ON}
    act(set_aside, "GK1", five, "GK1", item, first.code, to_lead=False, **options)
    question = question_of(five, "GK1", item)
    assert (question.waiting[0], question.waiting[-1]) == (second.code, first.code)
    act(set_aside, "GK1", five, "GK1", item, second.code, to_lead=True, reason="lạc đề", **options)
    question = question_of(five, "GK1", item)
    assert (question.handed, second.code in question.waiting) == ((second.code,), False)
    [aside] = handed_up(five)
    moved = act(settle, "truong-cham", five, aside, "người khác xem", move=True, **options)
    assert (moved.given, handed_up(five)) == (1, [])
    holders = Allocation.objects.filter(code=second.code, withdrawn_at=None)
    assert "GK1" not in set(holders.values_list("marker", flat=True))
    assert holders.count() == 2
    with pytest.raises(SittingError, match="không chờ trưởng ban chấm"):
        act(settle, "truong-cham", five, aside, "lần nữa", move=False, **options)


def test_a_corrected_rubric_changes_what_was_previewed_and_nothing_else(graded):
    allocate_all(graded)
    item = item_of(graded)
    for marker in ("GK1", "GK2"):
        mark_seeds(graded, marker)
        for row in queue_of(graded, marker, seed=None):
            criteria = [c.id for c in rubrics_of(graded)[row.item].criteria]
            levels = dict.fromkeys(criteria, 1) | {criteria[0]: 3}
            told = [MarkedScript(row.code, row.item, levels)]
            act(record_marks, marker, graded, marker, told, now=MARKED_ON)
    write_agreed(graded)
    before = read_scores(graded.course).set_index(["student", "cell"])["score"].to_dict()
    rubric = rubrics_of(graded)[item]
    musts = tuple(c.model_copy(update={"must": not c.must}) for c in rubric.criteria)
    same = rubric.model_copy(update={"criteria": musts})
    assert preview(graded, same).changes == {}  # nobody stands at level 0
    other = changed_rubric(graded, item)
    seen = preview(graded, other)
    lost = {round(c.before.points - c.after.points, 9) for c in seen.changes.values()}
    assert lost == {round(Decimal(1) / 3, 9)}
    assert read_scores(graded.course).set_index(["student", "cell"])["score"].to_dict() == before
    correct = (graded, other, seen.digest)
    with pytest.raises(SittingError, match="xem lại rồi mới áp dụng"):
        act(correct_rubric, "truong-cham", graded, other, "0" * 64, "sai", now=MARKED_ON)
    with pytest.raises(DeniedError):
        act(correct_rubric, "GK1", *correct, "sai", now=MARKED_ON)
    act(correct_rubric, "truong-cham", *correct, "sai", now=MARKED_ON)
    write_agreed(graded)
    after = read_scores(graded.course).set_index(["student", "cell"])["score"].to_dict()
    changed = {key for key, score in after.items() if before[key] != score}
    assert changed == {(candidate, item) for candidate in seen.changes} != set()
    assert rubrics_of(graded)[item] == other
    assert RubricCorrection.objects.get().number == 1


def test_a_correction_that_parts_two_marks_calls_a_third_and_takes_the_points_back(graded):
    allocate_all(graded)
    weights = {item: one.criteria[0].weight for item, one in rubrics_of(graded).items()}
    items = {row.item for row in queue_of(graded, "GK1", seed=None)}
    item = min(one for one in items if weights[one] * 2 / 3 <= 2)
    rubric = rubrics_of(graded)[item]
    lead, *rest = (c.id for c in rubric.criteria)
    levels = {"GK1": dict.fromkeys(rest, 2) | {lead: 3}, "GK2": dict.fromkeys(rest, 2) | {lead: 1}}
    for marker, given in levels.items():
        mark_seeds(graded, marker)
        rows = queue_of(graded, marker, item=item, seed=None)
        told = [MarkedScript(row.code, item, given) for row in rows]
        act(record_marks, marker, graded, marker, told, now=MARKED_ON)
    first, *others = rubric.criteria
    heavy = rubric.points - Decimal(len(others)) / 100
    shares = [c.model_copy(update={"weight": Decimal("0.01")}) for c in others]
    new = rubric.model_copy(
        update={"criteria": (first.model_copy(update={"weight": heavy}), *shares)}
    )
    agreed = {k for k, one in standing_of_all(graded).items() if one.state == "agreed"}
    assert agreed
    write_agreed(graded)
    seen = preview(graded, new)
    act(correct_rubric, "truong-cham", graded, new, seen.digest, "sai trọng số", now=MARKED_ON)
    states = {one.state for key, one in standing_of_all(graded).items() if key[1] == item}
    assert states == {"disputed"}
    assert {row.code for row in queue_of(graded, "GK3", round=3)} == {
        row.code for row in queue_of(graded, "GK1", item=item, seed=None)
    }
    write_agreed(graded)
    scores = read_scores(graded.course)
    assert scores[scores["cell"] == item]["pending"].all()


def test_other_points_or_other_criteria_are_no_correction(graded):
    rubric = rubrics_of(graded)[item_of_forms(graded)]
    criteria = (rubric.criteria[0].model_copy(update={"id": "moi"}), *rubric.criteria[1:])
    with pytest.raises(GradingError, match="phải chấm lại"):
        preview(graded, rubric.model_copy(update={"criteria": criteria}))
    with pytest.raises(GradingError, match="câu đã thi là"):
        preview(graded, rubric.model_copy(update={"points": rubric.points + 1}))
    with pytest.raises(SittingError, match="không có câu tự luận"):
        preview(graded, rubric.model_copy(update={"item": "QL9-E9"}))


def item_of_forms(sitting):
    return min(rubrics_of(sitting))


def test_a_dispute_for_which_there_is_no_third_is_named_and_given_to_whom_the_lead_says(graded):
    """The adjudicator is in conflict, and the two others have marked."""
    best = graded.enrolment(ids(graded)["all right"])
    act(declare_conflict, "GK3", graded, "GK3", best.person, "anh em", now=MARKED_ON)
    mark_essays(graded, "GK1")
    mark_essays(graded, "GK2", lambda _: 0)
    seen = overview(who("truong-cham"), graded)
    mine = {row.code for row in queue_of(graded, "GK1", seed=None) if row.enrolment_id == best.pk}
    assert {code for _, code in seen.without_third} == mine != set()
    assert sum(states["disputed"] for states in seen.states.values()) == 12
    assert all("chưa đủ số liệu" in one.kappa.why for one in (*seen.by_item, *seen.by_pair))
    act(add_user, "quan-tri", "GK4", [Role.MARKER], now=MARKED_ON)
    for item, code in seen.without_third:
        number = act(order_anew, "truong-cham", graded, item, code, "GK4", "thay", now=MARKED_ON)
        assert number == 3
    assert overview(who("truong-cham"), graded).without_third == ()


def test_a_mark_given_before_a_conflict_was_declared_is_named_to_the_lead(graded):
    mark_essays(graded, "GK1")
    best = graded.enrolment(ids(graded)["all right"])
    act(declare_conflict, "GK1", graded, "GK1", best.agency, "cùng cơ quan", now=MARKED_ON)
    seen = overview(who("truong-cham"), graded).in_conflict
    assert {marker for _, marker in seen} == {"GK1"}
    with pytest.raises(DeniedError):
        overview(who("GK1"), graded)


def test_marking_anew_is_by_another_on_a_ground_and_after_both_alone(five):
    row = queue_of(five, "GK1", seed=None)[0]
    free = next(m for m in FIVE if not Allocation.objects.filter(code=row.code, marker=m))
    order = (order_anew, "truong-cham", five, row.item, row.code)
    with pytest.raises(SittingError, match="chưa có đủ hai lượt chấm"):
        act(*order, free, "đơn", now=MARKED_ON)
    for marker in FIVE:
        mark_essays(five, marker)
    with pytest.raises(SittingError, match="đã chấm hoặc đang giữ"):
        act(*order, "GK1", "đơn", now=MARKED_ON)
    with pytest.raises(SittingError, match="lý do"):
        act(*order, free, " ", now=MARKED_ON)
    act(*order, free, "đơn phúc khảo", now=MARKED_ON)
    with pytest.raises(SittingError, match="đã chấm hoặc đang giữ"):
        act(*order, free, "đơn", now=MARKED_ON)


def test_marks_of_one_script_never_name_one_person_twice(five):
    for marker in (*FIVE, "GK3"):
        mark_essays(five, marker, lambda _s, m=marker: 3 if m in ("GK1", "GK5") else 0)
    for enrolment, item in set(Mark.objects.values_list("enrolment", "item")):
        given = Mark.objects.filter(enrolment=enrolment, item=item)
        markers = list(given.values_list("marker", flat=True))
        assert len(markers) == len(set(markers))


def test_a_further_round_of_one_script_closes_that_script_alone_and_locks_nobody_out(five):
    """The others go on with theirs, and each round of it is one person's."""
    mark_seeds(five, "GK1")
    row = written(five, "GK1")
    other = next(m for m in FIVE[1:] if queue_of(five, m, code=row.code))
    mark_seeds(five, other)
    give(five, "GK1", row, 3)
    give(five, other, queue_of(five, other, code=row.code)[0], 0)
    mark_seeds(five, "GK3")
    third = queue_of(five, "GK3", code=row.code)[0]
    give(five, "GK3", third, 3)
    for marker, mine in (("GK1", row), (other, queue_of(five, other, code=row.code)[0])):
        assert give(five, marker, mine, 1).closed == [row.code]
        left = [r for r in queue_of(five, marker, seed=None) if r.code != row.code]
        assert [give(five, marker, r, 2).changed for r in left] == [1] * len(left)
    assert give(five, "GK3", third, 0).closed == [row.code]
    rounds = Mark.objects.filter(enrolment=row.enrolment, item=row.item).order_by("round")
    assert list(rounds.values_list("round", "marker")) == [
        *sorted([(row.round, "GK1"), (3 - row.round, other)]),
        (3, "GK3"),
    ]
