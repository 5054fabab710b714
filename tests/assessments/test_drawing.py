"""Forms drawn from the bank: each meets its blueprint, none tells a key."""

import base64
import hashlib
from collections import Counter
from decimal import Decimal
from itertools import combinations

import pytest
from shipped import BANK
from thoroughness import often

from assessments.bank.bank import Bank
from assessments.forms.blueprint import Blueprint, read_blueprint
from assessments.forms.drawing import History, draw_forms, prove
from courses.foundation.errors import ContentError

BLUEPRINT = read_blueprint()
SEEDS = often(75, quick=2)  # of each part
CODES = [paper.code for paper in BLUEPRINT.papers]


def changed(**paper):
    data = BLUEPRINT.model_dump()
    data["papers"] = [data["papers"][0] | paper]
    return Blueprint.model_validate(data)


LIGHT = Blueprint.model_validate(
    BLUEPRINT.model_dump()
    | {"papers": [paper | {"variants": 1} for paper in BLUEPRINT.model_dump()["papers"]]}
)


@pytest.mark.parametrize("part", range(4))
def test_many_forms_each_meet_the_blueprint(part):
    drawn = 0
    for seed in range(part * 75, part * 75 + SEEDS):
        for code in CODES:
            plan = LIGHT.paper(code)
            for form in draw_forms(LIGHT, code, BANK, f"seed {seed}"):
                assert all(line.met for line in prove(form, plan)), form.code
                assert len({item.id for item in form.items}) == len(form.items)
                drawn += 1
    assert drawn >= 2 * SEEDS * len(CODES)


@pytest.mark.parametrize("code", CODES)
def test_the_same_seed_gives_the_same_digests_and_another_gives_others(code):
    first, again, other = (draw_forms(BLUEPRINT, code, BANK, seed) for seed in "aab")
    assert [form.digest for form in first] == [form.digest for form in again]
    assert {form.digest for form in first}.isdisjoint(form.digest for form in other)


@pytest.mark.parametrize("code", [p.code for p in BLUEPRINT.papers if p.forms > 1])
def test_parallel_forms_share_their_anchors_and_essays_and_nothing_else(code):
    for one, other in combinations(draw_forms(BLUEPRINT, code, BANK, "x"), 2):
        shared = {item.id for item in one.items} & {item.id for item in other.items}
        assert shared == {item.id for item in one.items if item.anchor}


def test_trainees_meet_different_variants_and_each_always_the_same():
    form = draw_forms(BLUEPRINT, "QL", BANK, "x")[0]
    trainees = [f"CIO26-{number:03}" for number in range(1, 49)]
    papers = {trainee: form.paper_for(trainee) for trainee in trainees}
    assert all(form.paper_for(trainee) == papers[trainee] for trainee in trainees)
    asked = {
        paper.model_copy(update={"trainee": ""}).model_dump_json() for paper in papers.values()
    }
    assert len(asked) > len(trainees) / 2


@pytest.mark.parametrize("code", CODES)
def test_what_a_trainee_holds_tells_no_key_seed_or_other_variant(code):
    seed = "hạt giống rất bí mật"
    for form in draw_forms(BLUEPRINT, code, BANK, seed):
        paper = form.paper_for("CIO26-001").model_dump_json()
        held = paper + base64.b64decode(base64.b64encode(paper.encode())).decode()
        assert seed not in held
        for word in ("correct", "tolerance", "credit", "accepted", "feedback", "key", "seed"):
            assert f'"{word}' not in held
        for item in form.items:
            for secret in _secrets(item, "CIO26-001", form):
                assert secret not in held, item.id


def _secrets(item, trainee, form):
    """The key as JSON, in base64 and as plain digests, and the numbers that are answers."""
    variant = form.variant_for(item, trainee)
    key = variant.key.model_dump_json()
    if variant.key.correct:
        joined = ",".join(variant.key.correct)
        yield from (key, base64.b64encode(key.encode()).decode())
        for text in (key, joined):
            yield hashlib.sha256(text.encode()).hexdigest()
            yield hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
            yield base64.b64encode(text.encode()).decode()


def test_items_used_in_as_many_sittings_as_allowed_are_not_drawn_again():
    form = draw_forms(LIGHT, "KT", BANK, "x")[0]
    # Whichever pays memory is asked in one sitting more at most, worn or not: its odds stay.
    others = [one.id for one in form.items if one.rubric is None and not one.anchor]
    worn = next(one for one in others if BANK.unearned.recalled(one) > 0.1)
    history = History(uses={worn: LIGHT.exposure - 1}, forms=())
    assert draw_forms(LIGHT, "KT", BANK, "x", history)[0] == form
    history = History(uses=dict.fromkeys(BANK.items, LIGHT.exposure), forms=())
    with pytest.raises(ContentError, match="ngân hàng"):
        draw_forms(LIGHT, "KT", BANK, "x", history)


def test_a_form_of_an_earlier_sitting_never_comes_again():
    before = [frozenset(item.id for item in f.items) for f in draw_forms(LIGHT, "QL", BANK, "x")]
    after = draw_forms(LIGHT, "QL", BANK, "x", History(uses={}, forms=before))
    assert all(frozenset(item.id for item in form.items) not in before for form in after)


def test_when_only_used_forms_are_left_it_is_said_and_not_done():
    essay = {"competency": "CAP", "essays": 1}
    alone = changed(code="CAP", points=20, forms=1, sections=[essay], pools=[])
    essays = [frozenset({item.id}) for item in BANK.live("CAP", essay=True)]
    with pytest.raises(ContentError, match="trùng với đề đã dùng"):
        draw_forms(alone, "CAP", BANK, "x", History(uses={}, forms=essays))


def test_a_bank_too_thin_for_the_plan_is_named():
    with pytest.raises(ContentError, match="ngân hàng"):
        draw_forms(BLUEPRINT, "KT", Bank(items={}, rubrics={}), "x")


def test_points_that_do_not_add_up_to_the_plan_are_an_error():
    plan = BLUEPRINT.papers[0]
    with pytest.raises(ContentError, match="điểm"):
        draw_forms(changed(points=plan.points + 1), plan.code, BANK, "x")


def test_the_proof_names_a_gap():
    form = draw_forms(LIGHT, "KM", BANK, "x")[0]
    short = form.model_copy(update={"items": form.items[1:]})
    gaps = [line for line in prove(short, LIGHT.paper("KM")) if not line.met]
    assert {"điểm"} < {gap.what for gap in gaps}
    assert all(gap.delivered < gap.planned for gap in gaps)


def test_retired_and_draft_items_are_never_delivered():
    retired = next(item for item in BANK.live("KT1", essay=False))
    items = BANK.items | {retired.id: retired.model_copy(update={"status": "retired"})}
    thin = Bank(items=items, rubrics=BANK.rubrics)
    delivered = Counter()
    for seed in range(20):
        try:
            forms = draw_forms(LIGHT, "KT", thin, str(seed))
        except ContentError:
            continue
        delivered.update(item.id for form in forms for item in form.items)
    assert delivered[retired.id] == 0
    assert all(item.points > Decimal(0) for item in BANK.items.values())
