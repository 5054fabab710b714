"""Random cohorts with everything a centre would publish of them, and an outsider who reads it all.

The attack shares no code with the guard: it asks, for each count nobody may learn, whether any
whole-number state other than the true one agrees with every published figure.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from itertools import combinations

import numpy as np
from outsider import settled

from grading.disclosure.guard import MINIMUM, examine
from grading.disclosure.publications import Group, Publication, Statement

# First letter: P passed, F failed, R reviewed; after R its outcome; after a failure the retake.
COURSES = ("P", "RP", "FN", "FP", "FF", "RFN", "RFP", "RFF")
FIRST, EVER = {"P", "RP"}, {"P", "RP", "FP", "RFP"}
REVIEWED = {"RP", "RFN", "RFP", "RFF"}
AGAIN, AGAIN_PASSED = {"FP", "FF", "RFP", "RFF"}, {"FP", "RFP"}


@dataclass(frozen=True)
class Cohort:
    """``truth`` people in each cell "agency:course"; ``types`` of agencies."""

    truth: dict
    types: dict

    def cells(self, agencies, courses=COURSES):
        """Of some agencies' people, those with some courses."""
        return frozenset(f"{agency}:{course}" for agency in agencies for course in courses)

    def count(self, cells):
        """People in cells."""
        return sum(self.truth[cell] for cell in cells)

    def of_type(self, kind):
        """Agencies of a type."""
        return [agency for agency, its in self.types.items() if its == kind]


def random_cohort(seed):
    chance = np.random.default_rng(seed)
    agencies = [f"CQ{place}" for place in range(int(chance.integers(3, 8)))]
    types = {agency: f"loại {chance.integers(0, 3)}" for agency in agencies}
    people = Counter()
    for agency in agencies:
        for _ in range(int(chance.choice([1, 1, 2, 3, 5, 8, 12, 20]))):
            people[f"{agency}:{_course(chance)}"] += 1
    truth = {f"{agency}:{course}": 0 for agency in agencies for course in COURSES} | people
    return Cohort(dict(truth), types)


def _course(chance):
    first = str(chance.choice(["P", "F", "R"], p=[0.6, 0.27, 0.13]))
    if first == "R":
        first += str(chance.choice(["P", "F"]))
    return (
        first
        if first[-1] == "P"
        else first + str(chance.choice(["N", "P", "F"], p=[0.3, 0.5, 0.2]))
    )


def groups(cohort):
    units = {agency: [agency] for agency in cohort.types}
    units |= {kind: cohort.of_type(kind) for kind in set(cohort.types.values())}
    units["tất cả"] = list(cohort.types)
    results = {"đạt lần đầu": FIRST, "được cấp": EVER, "phải xem xét": REVIEWED}
    found = []
    for name, agencies in units.items():
        of = {result: cohort.cells(agencies, courses) for result, courses in results.items()}
        found.append(Group(name, cohort.cells(agencies), of))
        again = {"đạt khi thi lại": cohort.cells(agencies, AGAIN_PASSED)}
        found.append(Group(f"{name}, thi lại", cohort.cells(agencies, AGAIN), again))
    return found


def wishes(cohort):
    """All that a centre would like to publish, in order of time."""
    everyone, kinds = list(cohort.types), sorted(set(cohort.types.values()))

    def figures(table, label, courses, *, by=True):
        units = {agency: [agency] for agency in everyone} | {k: cohort.of_type(k) for k in kinds}
        chosen = (units if by else {}) | {"tất cả": everyone}
        return [
            _exact(cohort, table, f"{label}, {name}", cohort.cells(agencies, courses))
            for name, agencies in chosen.items()
        ]

    def made(name, kind, *parts, withholdable=True):
        statements = tuple(statement for part in parts for statement in part)
        return Publication(name, date(2026, 1, 1), kind, statements, withholdable)

    return [
        made("danh sách", "roster", figures("sĩ số", "dự thi", COURSES), withholdable=False),
        made("báo cáo trước xem xét", "report", figures("đạt", "đạt ngay", {"P"}),
             figures("chờ", "chờ xem xét", REVIEWED)),
        made("sổ gốc đợt 1", "register", figures("sổ", "đã vào sổ", FIRST, by=False),
             withholdable=False),
        made("báo cáo sau xem xét", "report", figures("đạt", "đạt", FIRST)),
        made("sổ gốc đợt 2", "register", figures("sổ", "đã vào sổ", EVER, by=False),
             withholdable=False),
        made("báo cáo thi lại", "report", figures("thi lại", "dự thi lại", AGAIN),
             figures("thi lại", "đạt khi thi lại", AGAIN_PASSED)),
        made("trang công khai", "page", figures("trang", "được cấp", EVER)),
    ]  # fmt: skip


def _exact(cohort, table, label, cells):
    n = cohort.count(cells)
    return Statement(table, label, cells, n, n, cost=1.0 + n)


def published(cohort):
    """What is left when each wish has passed the guard; a register that would tell waits."""
    history = []
    for wish in wishes(cohort):
        verdict = examine(history, wish, groups(cohort), cohort.truth)
        if verdict.publishable is not None and verdict.publishable.statements:
            history.append(verdict.publishable)
    return history


def broken(cohort, publications):
    """Every count below the limit, and every all-or-none, that the outsider finds out."""
    cells = sorted(cohort.truth)
    place = {cell: number for number, cell in enumerate(cells)}
    statements = [s for publication in publications for s in publication.statements]
    rows = np.array([_row(s.cells, place) for s in statements])
    ends = np.array([[s.low, s.high] for s in statements], dtype=float)
    secrets = [
        (name, _row(hidden, place))
        for name, members, hidden in _secrets(cohort)
        for n, value in [(cohort.count(members), cohort.count(hidden))]
        if n and (n < MINIMUM or value in (0, n))
    ]
    truth = [cohort.truth[cell] for cell in cells]
    sure = settled(rows, ends, [hidden for _, hidden in secrets], truth)
    return [name for (name, _), closed in zip(secrets, sure, strict=True) if closed]


def _secrets(cohort):
    for group in groups(cohort):
        for result, hidden in group.results.items():
            yield f"{group.name}: {result}", group.members, hidden
    for size in (2, 3):
        for some in combinations(sorted(cohort.types), size):
            if cohort.count(cohort.cells(some)) < MINIMUM:
                for result in (FIRST, EVER, REVIEWED):
                    yield f"{some}", cohort.cells(some), cohort.cells(some, result)


def _row(cells, place):
    row = np.zeros(len(place))
    row[[place[cell] for cell in cells]] = 1
    return row
