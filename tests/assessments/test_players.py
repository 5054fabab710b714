"""Players without the knowledge: habits of the bank, and the memory of forms met before."""

import pytest
from shipped import BANK

from assessments.bank.answering import right
from assessments.forms.blueprint import read_blueprint
from assessments.forms.drawing import FIRST, draw_forms
from benchmarks.papers.players import CHANCE, CueWise, Memory, earned, naive_players

BLUEPRINT = read_blueprint()
CODES = [plan.code for plan in BLUEPRINT.papers]


def gain(form, memory):
    return earned(form, memory) - earned(form, lambda _, variant, rng: CHANCE(variant, rng))


@pytest.mark.parametrize("code", CODES)
def test_the_commonest_answers_of_the_bank_earn_a_fifth_of_a_paper_at_most(code):
    play = naive_players(BANK)["đáp án hay gặp nhất"]
    for form in draw_forms(BLUEPRINT, code, BANK, "đoán 0"):
        assert earned(form, play) <= 0.20


@pytest.mark.parametrize("code", CODES)
def test_who_remembers_all_of_the_two_sittings_before_gains_a_tenth_at_most(code):
    history, earlier = FIRST, []
    for sitting in range(3):
        forms = draw_forms(BLUEPRINT, code, BANK, f"dự báo/{sitting}", history)
        assert all(gain(form, Memory(earlier)) <= 0.10 for form in forms)
        earlier += forms
        history = history.after([frozenset(item.id for item in form.items) for form in forms])


def test_who_remembers_the_very_form_earns_all_but_what_varies_and_what_is_written():
    [form, _] = draw_forms(BLUEPRINT, "KM", BANK, "đoán 0")
    essays = float(sum(item.points for item in form.items if item.rubric))
    whole = earned(form, lambda _, variant, __: right(variant))
    assert whole == pytest.approx(1 - essays / float(form.points))
    fixed = (i.points for i in form.items if not (i.rubric or BANK.items[i.id].template))
    assert float(sum(fixed) / form.points) <= earned(form, Memory([form])) < whole


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
