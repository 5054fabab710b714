"""What another policy or key would change is told before anything changes, and nothing is."""

from decimal import Decimal

import pytest
from sittings import DECIDED_ON, form_of, ids, who

from centre.decisions.models import Decision
from centre.decisions.what_if import the_policy, what_if
from centre.ledger.models import LedgerLine
from courses.foundation.dates import VIETNAM
from courses.foundation.errors import ContentError, DecisionError, DeniedError
from grading.certification.decision import Status
from grading.certification.policy import POLICIES
from grading.gradebook.scores import ManualMark, read_scores, write_marks

DAY = DECIDED_ON.astimezone(VIETNAM).date()


def lenient(policy):
    """Every cut at half of the scale, and no floor of a competency."""
    areas = tuple(a.model_copy(update={"cut_share": Decimal("0.50")}) for a in policy.areas)
    return policy.model_copy(update={"id": "thu", "areas": areas, "critical": ()})


def strict(policy):
    areas = tuple(a.model_copy(update={"cut_share": Decimal("1.00")}) for a in policy.areas)
    return policy.model_copy(update={"id": "thu", "areas": areas})


def counts():
    return Decision.objects.count(), LedgerLine.objects.count()


def asked(sitting, **options):
    return what_if(who("giao-vu"), sitting, DAY, **options)


def changed(sitting, way, **options):
    return next(c for c in asked(sitting, **options) if c.candidate == ids(sitting)[way])


def some_item(sitting, way, *, right, kind="single"):
    """A candidate's objective item that was or was not right, with its text and form."""
    scores = read_scores(sitting.course)
    mine = scores[scores["student"] == ids(sitting)[way]]
    for row in mine.itertuples():
        form = sitting.forms()[row.assignment]
        item = form.item(row.cell)
        question = item.variants[0].question
        if question.kind == kind and (row.score == row.max_score) == right:
            return item, form
    raise AssertionError("no such item")


def test_the_same_policy_changes_nobody(decided):
    assert asked(decided, policy=decided.policy) == []


def test_a_stricter_policy_names_who_would_fail_and_writes_nothing(decided):
    form = form_of(decided, ids(decided)["all right"], "CAP")
    [essay] = form.items
    enough = ManualMark(ids(decided)["all right"], form.code, essay.competency, essay.id, 13.0)
    write_marks(decided.course, [enough])
    before = counts()
    change = changed(decided, "all right", policy=strict(decided.policy))
    assert change.status_changes
    assert (change.before.status, change.after.status) == (Status.PASS, Status.FAIL)
    assert counts() == before


def test_who_would_only_see_other_figures_is_told_apart(decided):
    found = asked(decided, policy=lenient(decided.policy))
    assert ids(decided)["partial"] in {one.candidate for one in found}
    for one in found:
        same = one.before.status is one.after.status
        assert one.status_changes is not same


def test_an_item_given_to_everyone_raises_those_who_had_it_wrong_and_writes_nothing(decided):
    item, form = some_item(decided, "partial", right=False)
    before, gradebook = counts(), (decided.folder / "gradebook.db").read_bytes()
    change = changed(decided, "partial", keys={item.id: "*"})
    area = form.code.split("-")[0]
    old, new = (next(a for a in d.areas if a.code == area) for d in (change.before, change.after))
    assert new.share - old.share == item.points / form.points
    assert counts() == before
    assert (decided.folder / "gradebook.db").read_bytes() == gradebook
    with_it_right = ids(decided)["all right"]
    assert with_it_right not in {c.candidate for c in asked(decided, keys={item.id: "*"})}


def test_another_right_option_takes_points_from_who_had_the_old_one(decided):
    item, _ = some_item(decided, "all right", right=True)
    wrong = {
        option.text
        for drawn in item.variants
        for option in drawn.question.options
        if option.id not in drawn.key.correct
    }
    common = [
        text
        for text in wrong
        if all(text in {o.text for o in drawn.question.options} for drawn in item.variants)
    ]
    change = changed(decided, "all right", keys={item.id: min(common)})
    totals = [sum(a.share for a in d.areas if a.share) for d in (change.before, change.after)]
    assert totals[1] < totals[0]


def test_points_that_a_person_gave_stand_whatever_the_key(decided):
    item, form = some_item(decided, "partial", right=False)
    person = ManualMark(ids(decided)["partial"], form.code, item.competency, item.id, 0.125)
    assert write_marks(decided.course, [person]) == 1
    candidates = {c.candidate for c in asked(decided, keys={item.id: "*"})}
    assert ids(decided)["partial"] not in candidates


@pytest.mark.parametrize(
    ("keys", "why"),
    [({"QL4-999": "*"}, "không đề nào"), ({"essay": "*"}, "tự luận"), ({"single": "la"}, "nguyên")],
)
def test_a_key_that_no_item_can_have_is_refused_by_name(decided, keys, why):
    items = {item.id: item for form in decided.forms().values() for item in form.items}
    essay = next(item.id for item in items.values() if item.rubric)
    single, _ = some_item(decided, "all right", right=True)
    named = {"essay": essay, "single": single.id}
    with pytest.raises(DecisionError, match=why):
        asked(decided, keys={named.get(name, name): value for name, value in keys.items()})


def test_the_policy_of_another_track_is_refused(decided):
    other = decided.policy.model_copy(update={"track": "khac"})
    with pytest.raises(DecisionError, match="thuộc chương trình khac"):
        asked(decided, policy=other)


def test_only_officers_and_the_board_may_ask(decided):
    assert what_if(who("hoi-dong-1"), decided, DAY, policy=decided.policy) == []
    for name in ("GK1", "coi-thi", "van-thu"):
        with pytest.raises(DeniedError):
            what_if(who(name), decided, DAY, policy=decided.policy)


def test_a_policy_is_named_by_id_or_by_the_file_of_a_draft(tmp_path):
    path, *_ = sorted(POLICIES.glob("*-cio.toml"))
    draft = tmp_path / "du-thao.toml"
    draft.write_text(path.read_text("utf-8").replace('"0.60"', '"0.55"'), "utf-8")
    assert the_policy("cio-2026-01").areas[0].cut_share == Decimal("0.60")
    assert the_policy(str(draft)).areas[0].cut_share == Decimal("0.55")
    with pytest.raises(DecisionError, match="không có chính sách hay tệp la"):
        the_policy("la")
    draft.write_text("id = 1", "utf-8")
    with pytest.raises(ContentError):
        the_policy(str(draft))
