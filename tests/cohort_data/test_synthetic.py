"""Simulated trainees and markers: seeded, spread, and doing what real ones do."""

from datetime import UTC, datetime
from functools import cache
from statistics import mean

import pytest
from shipped import BANK

from assessments.bank.item import mark
from assessments.forms.blueprint import read_blueprint
from assessments.forms.drawing import draw_forms
from assessments.handing_in.answers import answers_path, read_answers
from cohort_data.simulated.cohort import SimulatedTrainee, mark_essay, simulate, sit
from courses.foundation.errors import AnswerError

NOW = datetime(2026, 10, 24, 9, 30, tzinfo=UTC)
RUBRIC = BANK.rubrics["QL4-E1"]


@cache
def the_form():
    """Drawn when it is asked for, not while tests are gathered."""
    return draw_forms(read_blueprint(), "QL", BANK, "một kỳ giả định")[0]


def person(ability=0.0, habit="regular", name="HV1"):
    return SimulatedTrainee(name, dict.fromkeys(the_form().competencies, ability), {"QL": habit})


@pytest.fixture
def folder(tmp_path):
    for competency in the_form().competencies:
        (tmp_path / f"{competency}.ipynb").write_text("{}" * 1000, encoding="utf-8")
    return tmp_path


def answers(folder):
    return {
        item: value
        for competency in the_form().competencies
        for item, value in read_answers(folder, competency, the_form().digest).items()
    }


def points(folder, who):
    given = answers(folder)
    objective = (item for item in the_form().items if item.rubric is None)
    return sum(mark(the_form().variant_for(i, who.id), given.get(i.id)).points for i in objective)


def test_the_same_seed_gives_the_same_people():
    assert simulate(["a", "b"], ["QL4"], {}, "s") == simulate(["a", "b"], ["QL4"], {}, "s")
    assert simulate(["a"], ["QL4"], {}, "s") != simulate(["a"], ["QL4"], {}, "t")


def test_the_same_person_answers_the_same_paper_the_same_way(folder):
    sit(person(), the_form(), BANK.rubrics, folder, NOW)
    first = answers(folder)
    sit(person(), the_form(), BANK.rubrics, folder, NOW)
    assert answers(folder) == first
    assert set(first) == {item.id for item in the_form().items}


def test_the_able_earn_more_than_the_unable(folder):
    means = []
    for ability in (-3, 3):
        earned = []
        for number in range(15):
            who = person(ability, name=f"HV{number}")
            sit(who, the_form(), BANK.rubrics, folder, NOW)
            earned.append(points(folder, who))
        means.append(mean(earned))
    assert means[1] > means[0] + 4


def test_every_answer_of_a_simulated_trainee_can_be_read(folder):
    for number in range(12):
        who = person(number / 2 - 3, name=f"HV{number}")
        sit(who, the_form(), BANK.rubrics, folder, NOW)
        for item in the_form().items:
            state = mark(the_form().variant_for(item, who.id), answers(folder)[item.id]).state
            assert state not in ("invalid", "blank")


def test_a_blank_paper_has_no_answers(folder):
    sit(person(habit="blank"), the_form(), BANK.rubrics, folder, NOW)
    assert answers(folder) == {}


def test_nonsense_answers_cannot_be_read(folder):
    sit(person(habit="nonsense answers"), the_form(), BANK.rubrics, folder, NOW)
    with pytest.raises(AnswerError):
        answers(folder)


def test_a_damaged_notebook_is_cut_short_and_its_answers_stay(folder):
    sit(person(habit="damaged notebook"), the_form(), BANK.rubrics, folder, NOW)
    competency = the_form().competencies[0]
    assert (folder / f"{competency}.ipynb").stat().st_size == 700
    assert answers_path(folder, competency).exists()


def test_a_marker_recognises_the_level_a_passage_stands_at():
    for level in range(4):
        text = "\n\n".join(c.levels[level].example for c in RUBRIC.criteria)
        given = [mark_essay(text, RUBRIC, f"GK{n}", "s")[RUBRIC.criteria[0].id] for n in range(40)]
        assert max(set(given), key=given.count) == level
        assert all(abs(one - level) <= 1 for one in given)


def test_an_empty_essay_stands_at_the_bottom_for_every_marker():
    assert set(mark_essay("", RUBRIC, "GK1", "s").values()) == {0}


def test_a_marker_gives_the_same_text_the_same_levels():
    text = RUBRIC.criteria[0].levels[2].example
    assert mark_essay(text, RUBRIC, "GK1", "s") == mark_essay(text, RUBRIC, "GK1", "s")
