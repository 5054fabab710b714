"""Cohort reports before and after a review, with the register, read by an outsider.

The outsider reads the printed report, not the log, and shares no code with the guard: areas,
statuses and agencies are one question, and any state that agrees with all of it is thought of.
CIO_HISTORIES sets how many; ``python -m benchmarks.validation`` runs many more than the suite.
"""

import os
from dataclasses import replace
from datetime import date
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from outsider import settled
from report_specimens import LETTERHEAD

from grading.disclosure.gate import rule
from grading.disclosure.people import ENTERED, Figure, Told
from grading.reports.cohort import CohortInput, summarise
from grading.reports.cohort_figures import cohort_facts, cohort_figures, status_facts, without
from grading.reports.cohort_means import competency_scores

MINIMUM, CUT = 10, 0.6
AREAS = ("QL", "KT")
# What each passes before and after, and the status: whoever fails one area alone may be reviewed.
COURSES = [(p, s, p, s) for p, s in (("QK", "P"), ("Q", "F"), ("K", "F"), ("", "F"))] + [
    (p, "R", after, s) for p in "QK" for after, s in ((p, "F"), ("QK", "P"))
]
_FIRST = int(os.environ.get("CIO_FIRST_HISTORY", "0"))
_SAMPLE = 2


def random_people(seed):
    """Each person as (agency, type, attempt, course, shares)."""
    chance, people = np.random.default_rng(seed), {}
    odds = chance.dirichlet([8, 2, 2, 1, 0.5, 0.5, 0.5, 0.5])
    for agency in range(int(chance.integers(3, 6))):
        kind = f"loại {chance.integers(0, 2)}"
        for _ in range(int(chance.choice([1, 2, 3, 8, 12, 20]))):
            course = COURSES[int(chance.choice(len(COURSES), p=odds))]
            attempt = 1 + int(chance.random() < 0.15)
            people[f"p{len(people)}"] = (
                f"cơ quan {agency}",
                kind,
                attempt,
                course,
                chance.random(),
            )
    return people


def cohort(people, when):
    """The tables of a sitting before (0) or after (1) the review."""
    names = {"P": "PASS", "F": "FAIL", "R": "REVIEW"}
    trainees, areas, competencies = [], [], []
    for person, (agency, kind, attempt, course, level) in people.items():
        passed, status = course[2 * when : 2 * when + 2]
        trainees.append((person, agency, kind, attempt, names[status]))
        for area in AREAS:
            got = area[0] in passed
            share = CUT + 0.4 * level if got else CUT * level * 0.99
            areas.append((person, area, area, share, CUT, 0.05, got))
            competencies.append((person, f"{area}1", f"{area}1", area, share))
    return CohortInput(
        mandate="m", title="t", letterhead=LETTERHEAD, sitting_name="kỳ", policy_id="p",
        trainees=pd.DataFrame(
            trainees, columns=["trainee_id", "agency", "agency_type", "attempt", "status"]),
        areas=pd.DataFrame(
            areas, columns=["trainee_id", "area", "area_name", "share", "cut", "sem", "passed"]),
        competencies=pd.DataFrame(
            competencies,
            columns=["trainee_id", "competency", "competency_name", "area", "share"]),
    )  # fmt: skip


def register(people, when):
    """The register at a time, with a number for all who have passed by then."""
    entered = frozenset(p for p, told in people.items() if told[3][2 * when + 1] == "P")
    names = {"P": "PASS", "F": "FAIL", "R": "REVIEW"}
    facts = status_facts({p: names[told[3][2 * when + 1]] for p, told in people.items()})
    of = Figure("register", "sổ", "mọi người", frozenset(people), ENTERED, *[len(entered)] * 2)
    facts |= {ENTERED: entered}
    return Told("sổ", date(2026, 1, 1), "register", (of,), facts, withholdable=False)


def published(people, *, guarded=True):
    """The reports as printed, by time, and whether the register may come; else it waits."""
    history, printed = [], []
    for when in (0, 1):
        data = cohort(people, when)
        report = summarise(data)
        told = Told(
            f"báo cáo {when}", date(2026, 1, 1), "report", cohort_figures(data, report),
            cohort_facts(data, report), values=competency_scores(data),
        )  # fmt: skip
        if guarded:
            report = without(report, rule([*history, *bound(people, when, history)], told).withheld)
            history.append(replace(told, figures=cohort_figures(data, report)))
        printed.append(report)
    return printed, not guarded or bool(bound(people, 1, history))


def bound(people, when, history):
    """The register, unless its numbers would tell together with what is out: then they wait."""
    told = register(people, when)
    return [] if history and rule(history, told).findings else [told]


class Reader:
    """What the printed reports say of agency × attempt × course."""

    def __init__(self, people):
        self.people = people
        groups = sorted({told[:3:2] for told in people.values()})
        self.cells = [(*group, course) for group in groups for course in COURSES]
        self.truth = np.array([
            sum((t[0], t[2], t[3]) == cell for t in people.values()) for cell in self.cells
        ])  # fmt: skip
        self.rows, self.values = [], []
        for agency, attempt in groups:
            row = self.row([agency], attempt, lambda _: True)
            self.know(row, int(row @ self.truth))

    def row(self, agencies, attempt, held):
        """Cells of some agencies (all) and one attempt (any) whose course fits."""
        return np.array([
            float((agencies is None or a in agencies) and attempt in (None, at) and held(course))
            for a, at, course in self.cells
        ])  # fmt: skip

    def know(self, row, value):
        """A printed number."""
        self.rows.append(row)
        self.values.append(value)

    def read(self, report, when):
        """Every count in a report."""
        for attempt, outcome in ((1, report.first), (2, report.again)):
            for status, n in outcome.statuses.items():
                if n is not None and status in ("PASS", "FAIL", "REVIEW"):
                    self.know(self.row(None, attempt, had(when, status[0])), n)
            self.read_rate(outcome.rate, when, None, attempt)
        for area in report.areas:
            for attempt, rate in ((1, area.first), (2, area.again)):
                if rate is not None and rate.passed is not None:
                    self.know(self.row(None, attempt, passed(when, area.code)), rate.passed)
            above = [bar.n for bar in area.bins if bar.low >= CUT]
            if above:
                self.know(self.row(None, 1, passed(when, area.code)), sum(above))
        for point in report.funnel.points:
            self.read_rate(point.rate, when, point.members, 1)

    def read_rate(self, rate, when, agencies, attempt):
        """How many have a decision, and how many passed when that is printed."""
        decided = self.row(agencies, attempt, lambda c: c[2 * when + 1] in "PF")
        self.know(decided, rate.n)
        if rate.passed is not None:
            self.know(self.row(agencies, attempt, had(when, "P")), rate.passed)

    def broken(self):
        """Every result of a few, and every all-or-none, that has but one possible value."""
        rows, ends = np.array(self.rows), np.array([self.values, self.values], dtype=float).T
        secrets = [
            (name, hidden)
            for name, members, hidden in self.secrets()
            for n, value in [(int(members @ self.truth), int(hidden @ self.truth))]
            if n and (n < MINIMUM or value in (0, n))
        ]
        sure = settled(rows, ends, [hidden for _, hidden in secrets], self.truth)
        return [name for (name, _), closed in zip(secrets, sure, strict=True) if closed]

    def secrets(self):
        """Passing, at the whole or an area, of agencies, pairs of them, and attempts."""
        agencies = sorted({told[0] for told in self.people.values()})
        groups = [([a], 1) for a in agencies] + [
            (list(two), 1) for two in combinations(agencies, 2)
        ]
        for some, attempt in [*groups, (None, 1), (None, 2)]:
            for when in (0, 1):
                for name, held in [("đạt", had(when, "P"))] + [
                    (area, passed(when, area)) for area in AREAS
                ]:
                    members = self.row(some, attempt, lambda _: True)
                    decided = self.row(some, attempt, lambda c, at=when: c[2 * at + 1] in "PF")
                    if name == "đạt" and not decided @ self.truth:
                        continue  # that nobody has a decision yet is public
                    yield (some, attempt, when, name), members, self.row(some, attempt, held)


def had(when, status):
    return lambda course: course[2 * when + 1] == status


def passed(when, area):
    return lambda course: area[0] in course[2 * when]


def attack(people, printed, entered=True):  # noqa: FBT002 — as ``published`` returns it
    reader = Reader(people)
    for when, report in enumerate(printed):
        reader.read(report, when)
    if entered:
        row = reader.row(None, None, had(1, "P"))
        reader.know(row, int(row @ reader.truth))
    return reader.broken()


@pytest.mark.parametrize(
    "seed", range(_FIRST, _FIRST + int(os.environ.get("CIO_HISTORIES", _SAMPLE)))
)
def test_nothing_of_a_few_can_be_worked_out_of_reports_register_and_areas_together(seed):
    people = random_people(seed)
    alone = attack(people, [])
    assert [name for name in attack(people, *published(people)) if name not in alone] == []


def test_without_the_guard_the_same_attack_on_reports_succeeds():
    found = [
        attack(people, *published(people, guarded=False)) for people in map(random_people, range(3))
    ]
    assert any(found)
