"""Forms are frozen, parallel, provable, and give a trainee nothing but questions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shipped import BANK
from strategies import seeds

from assessments.forms.blueprint import read_blueprint
from assessments.forms.drawing import History, draw_forms, prove
from assessments.forms.form import Form, pick
from courses.foundation.errors import ContentError

BLUEPRINT = read_blueprint()
CODES = [plan.code for plan in BLUEPRINT.papers]


def forms(code, seed="một kỳ", **options):
    return draw_forms(BLUEPRINT, code, BANK, seed, **options)


@pytest.mark.parametrize("code", CODES)
def test_the_same_seed_gives_the_same_forms_with_the_same_digests(code):
    first, again = forms(code), forms(code)
    assert first == again
    assert [form.digest for form in first] == [form.digest for form in again]


def test_another_seed_gives_another_digest():
    assert {form.digest for form in forms("QL", "một")}.isdisjoint(
        form.digest for form in forms("QL", "hai")
    )


@pytest.mark.parametrize("code", CODES)
def test_a_form_survives_storage_unchanged(code):
    for form in forms(code):
        stored = Form.model_validate(form.model_dump(mode="json"))
        assert (stored, stored.digest) == (form, form.digest)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("seed", ["một", "hai", "ba", "bốn", "năm"])
def test_every_form_is_proved_line_by_line_against_its_plan(code, seed):
    for form in forms(code, seed):
        assert all(line.met for line in prove(form, BLUEPRINT.paper(code)))


def test_a_form_that_lacks_an_item_is_not_proved():
    form = forms("QL")[0]
    short = form.model_copy(update={"items": form.items[1:]})
    missed = [line.what for line in prove(short, BLUEPRINT.paper("QL")) if not line.met]
    assert "điểm" in missed


@pytest.mark.parametrize("code", [plan.code for plan in BLUEPRINT.papers if plan.forms > 1])
def test_parallel_forms_share_their_anchors_and_nothing_else(code):
    drawn = forms(code)
    anchors = [{item.id for item in form.items if item.anchor} for form in drawn]
    others = [{item.id for item in form.items} - anchors[0] for form in drawn]
    assert all(same == anchors[0] for same in anchors)
    assert not set.intersection(*others)


def test_an_item_at_its_exposure_limit_is_not_drawn_again():
    used_up = {item.id: BLUEPRINT.exposure for item in BANK.live("QL4", essay=False)}
    with pytest.raises(ContentError, match="ngân hàng"):
        forms("QL", history=History(uses=used_up, forms=()))


def test_a_form_used_before_is_not_drawn_again_while_the_bank_gives_another():
    earlier = [frozenset(item.id for item in form.items) for form in forms("QL")]
    drawn = forms("QL", history=History(uses={}, forms=earlier))
    assert not any(frozenset(item.id for item in form.items) in earlier for form in drawn)


@pytest.mark.parametrize("code", CODES)
def test_a_trainees_paper_holds_no_key_no_seed_and_no_other_variant(code):
    for form in forms(code, "hạt-giống-bí-mật"):
        text = form.paper_for("HV1").model_dump_json()
        assert form.seed not in text
        assert '"correct"' not in text
        assert '"tolerances"' not in text
        assert "rubric" not in text
        assert len(form.paper_for("HV1").items) == len(form.items)


def test_each_trainee_meets_one_variant_and_always_the_same():
    form = forms("QL")[0]
    papers = {trainee: form.paper_for(trainee) for trainee in map("HV{}".format, range(12))}
    assert all(form.paper_for(trainee) == paper for trainee, paper in papers.items())
    assert len({paper.model_dump_json(exclude={"trainee"}) for paper in papers.values()}) > 6


@pytest.mark.parametrize("code", CODES)
def test_the_question_a_trainee_holds_is_the_one_marked_against_its_key(code):
    form = forms(code)[0]
    for item, shown in zip(form.items, form.paper_for("HV7").items, strict=True):
        assert form.variant_for(item, "HV7").question == shown.question


@given(seeds, st.text(max_size=8), st.text(max_size=8), st.integers(1, 100))
def test_a_pick_is_reproducible_and_within_its_count(seed, trainee, what, count):
    number = pick(seed, trainee, what, count)
    assert number == pick(seed, trainee, what, count)
    assert 0 <= number < count


def test_picks_spread_over_all_variants():
    assert {pick("hạt giống", f"HV{n}", "QL4-01", 8) for n in range(200)} == set(range(8))
