"""Means as constraints: subtracting two of them must not give a person's score."""

from dataclasses import replace
from datetime import date

from grading.disclosure.gate import rule
from grading.disclosure.people import Figure, Told
from grading.reports.cohort_means import about

PEOPLE = [f"p{n}" for n in range(21)]
SCORES = {person: 4000 + 150 * n for n, person in enumerate(PEOPLE)}


def told(name, *groups, scores=SCORES):
    """A publication of the means of some groups, each printed to a tenth of a per cent."""
    figures = tuple(
        Figure(group, "điểm", group, who, "sum:KT1",
               *about(sum(scores[p] for p in who) / len(who) / 10_000, len(who)))
        for group, who in groups
    )  # fmt: skip
    return Told(name, date(2026, 1, 1), "report", figures, {}, values={"sum:KT1": scores})


ALL = ("mọi người", frozenset(PEOPLE))
BUT_ONE = ("trừ một", frozenset(PEOPLE[:-1]))


def test_one_mean_of_many_tells_nobodys_score():
    assert rule([], told("một", ALL)).withheld == ()


def test_the_mean_with_somebody_and_without_gives_their_score_and_is_left_out():
    ruling = rule([told("một", ALL)], told("hai", BUT_ONE))
    assert ruling.withheld == ("trừ một",)
    [finding] = ruling.findings
    assert finding.target.n == 1
    assert {link.publication for link in finding.chain} >= {"một", "hai"}


def test_a_score_that_changed_in_between_is_another_number():
    changed = SCORES | {PEOPLE[0]: 9000}
    assert rule([told("một", ALL)], told("hai", BUT_ONE, scores=changed)).withheld == ()


def test_what_cannot_be_left_out_is_refused():
    package = replace(told("gói", BUT_ONE), withholdable=False)
    assert not rule([told("một", ALL)], package).publishable
