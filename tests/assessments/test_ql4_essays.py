"""The later essays of QL4: the figures that their rubrics hold are what the models compute."""

from __future__ import annotations

from itertools import combinations

from ql4_content import ITEMS

from assessments.bank.item import read_item
from assessments.bank.rubric import read_rubric
from courses.models.investment import present_value


def test_figures_of_the_fourth_essay_are_present_values_over_five_years():
    def yearly(cost: float) -> float:
        return present_value((cost,) * 5, 0.10)

    build, rent = 14 + yearly(1.5), yearly(4.6) + 1.5 / 1.1**5
    reuse = 4 + yearly(1.2) + 1.8 / 1.1
    assert [round(cost, 2) for cost in (build, rent, reuse + 3)] == [19.69, 18.37, 13.19]
    assert round(rent - reuse, 2) == 8.18


def test_figures_of_the_fifth_essay_are_best_portfolios_with_a_platform_and_an_overlap():
    table = {"A": (22, -1.5), "B": (26, 10.2), "C": (20, 6.4), "D": (18, 6.0), "E": (24, 0.6)}

    def ranked(cap: int) -> list[tuple[float, str]]:
        sets = ("".join(c) for n in range(1, 6) for c in combinations(table, n))
        runs = (c for c in sets if "A" in c or "B" not in c)
        fit = (c for c in runs if sum(table[code][0] for code in c) <= cap)
        twice = {True: 3.5, False: 0}
        return sorted(
            (round(sum(table[code][1] for code in c) - twice[{*"BD"} <= {*c}], 1), c) for c in fit
        )

    assert ranked(70)[:-3:-1] == [(15.1, "ABC"), (13.0, "CDE")]
    assert (11.2, "ABD") in ranked(70)
    assert ranked(60)[-1] == (12.4, "CD")


def test_figures_of_the_sixth_essay_turn_a_gain_into_a_loss():
    def worth(benefit: float) -> float:
        return present_value((benefit,) * 4, 0.10) - 16

    assert [round(worth(b), 2) for b in (6.0, 5.0, 4.0, 3.0)] == [3.02, -0.15, -3.32, -6.49]
    assert worth(6.05 - 1) > 0 > worth(6.04 - 1)


def test_every_essay_of_six_has_one_criterion_that_gates_it():
    essays = [read_item(path) for path in sorted(ITEMS.glob("ql4-e*.md"))]
    assert len(essays) == 6
    assert len({content.outcome for content in essays}) == 5
    for content in essays:
        assert sum(criterion.must for criterion in read_rubric(content.rubric).criteria) == 1
