"""Players without the knowledge: habits of the bank, and the memory of forms met before."""

import random

import pytest
from shipped import BANK

from assessments.bank.guessing import at_random, chance
from assessments.bank.habits import CueWise
from assessments.bank.item import draw, mark
from assessments.bank.memory import Memory
from assessments.forms.blueprint import Blueprint, read_blueprint
from assessments.forms.drawing import FIRST, draw_forms
from assessments.forms.unearned import recalled, recalled_at_most
from benchmarks.papers.players import gained, guessed

BLUEPRINT = read_blueprint()
LIGHT = Blueprint.model_validate(
    BLUEPRINT.model_dump()
    | {"papers": [paper | {"variants": 1} for paper in BLUEPRINT.model_dump()["papers"]]}
)
CODES = [plan.code for plan in BLUEPRINT.papers]


@pytest.mark.parametrize("code", CODES)
def test_no_player_who_knows_nothing_expects_more_than_a_fifth_of_any_form(code):
    for number in range(3):
        for form in draw_forms(LIGHT, code, BANK, f"đoán {number}"):
            shares = guessed(form, BANK)
            assert len(shares) == 6
            # One variant an item is drawn here, the limit is kept over eight: chance is left.
            assert max(shares.values()) <= 0.22, shares


@pytest.mark.proof
@pytest.mark.parametrize("code", CODES)
def test_who_remembers_all_of_five_sittings_gains_a_tenth_of_the_sixth_at_most(code):
    history, earlier = FIRST, []
    for sitting in range(6):
        forms = draw_forms(BLUEPRINT, code, BANK, f"dự báo/{sitting}", history)
        gains = [gained(form, earlier) for form in forms]
        assert max(gains) <= 0.105, (sitting, gains)  # the limit is kept over other variants
        earlier += forms
        history = history.after([frozenset(item.id for item in form.items) for form in forms])


def test_room_is_left_for_the_variants_that_a_form_happens_to_hold():
    ids = {"fixed": "KM2-01", "varied": "KM2-31"}  # a single choice, and six of a pool of points
    kept = {name: [BANK.items[item_id]] for name, item_id in ids.items()}
    mean, most = (
        {name: ask(items, {items[0].id}, BANK.unearned) for name, items in kept.items()}
        for ask in (recalled, recalled_at_most)
    )
    assert most["fixed"] == mean["fixed"] > 0
    assert most["varied"] > mean["varied"] + 0.01
    assert recalled_at_most(kept["varied"], set(), BANK.unearned) == 0


def test_who_remembers_the_very_form_earns_what_does_not_vary_beyond_chance():
    [form, _] = draw_forms(BLUEPRINT, "KM", BANK, "đoán 0")
    whole = sum(
        float(item.points) * (1 - chance(item.variant(0)))
        for item in form.scored
        if item.rubric is None and not BANK.items[item.id].template
    )
    assert gained(form, []) == 0
    assert gained(form, [form]) >= whole / float(form.points) - 0.01


def test_memory_believes_what_most_variants_said_of_the_same_words():
    item = next(i for i in BANK.live("CAP", essay=False))
    met = [(item.id, draw(item, str(number))) for number in range(60)]
    memory, rng = Memory(met, lambda *_: None), random.Random(0)  # noqa: S311 - a test
    fixed = next(i for i in BANK.live("KT1", essay=False) if i.exercise.kind == "single")
    [other] = [draw(fixed, "x")]
    assert memory(fixed.id, other, rng) is None  # never met: the guess
    again = Memory([(fixed.id, draw(fixed, "y"))], lambda *_: None)(fixed.id, other, rng)
    assert mark(other, again).state == "correct"
    shares = [float(mark(v, memory(item.id, v, rng)).points) for _, v in met]
    assert sum(shares) / len(shares) < float(item.points) / 2


def test_chance_is_the_mean_of_many_random_answers():
    rng = random.Random(1)  # noqa: S311 - a test
    for kind in ("single", "multiple", "ordering", "matching", "classification", "decisions"):
        item = next(i for i in BANK.items.values() if i.exercise.kind == kind)
        variant = draw(item, "x")
        points = [float(mark(variant, at_random(variant, rng)).points) for _ in range(3000)]
        mean = sum(points) / len(points) / float(item.points)
        assert chance(variant) == pytest.approx(mean, abs=0.03), kind


def test_who_reads_cues_finds_the_one_that_is_planted():
    singles = [i for i in BANK.items.values() if i.exercise.kind == "single" and not i.template]
    planted = [
        item.model_copy(
            update={
                "exercise": item.exercise.model_copy(
                    update={
                        "options": tuple(
                            o.model_copy(update={"text": f"{o.text} rốtcuộc"}) if o.correct else o
                            for o in item.exercise.options
                        )
                    }
                )
            }
        )
        for item in singles
    ]
    options = [option.text for option in planted[0].exercise.options]
    wise = CueWise(planted[1:])
    best = max(options, key=lambda text: wise.liking(text, options))
    assert best.endswith("rốtcuộc")
