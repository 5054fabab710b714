"""Reports of people before and after reviews, with the register, attacked by integer programming.

The attack thinks of every course that a person may have taken, and shares no code with the guard.
"""

from dataclasses import replace
from datetime import date
from itertools import combinations

import numpy as np
import pytest
from outsider import settled

from grading.disclosure.gate import rule
from grading.disclosure.people import DECIDED, ENTERED, Figure, Told

# Before and after: passed, failed or under review; whoever has a decision keeps it.
COURSES = ("PP", "FF", "RP", "RF", "RR")
MINIMUM = 10


def random_people(seed):
    """Each person as (agency, type, course)."""
    chance = np.random.default_rng(seed)
    people = {}
    for agency in range(int(chance.integers(3, 7))):
        kind = f"loại {chance.integers(0, 2)}"
        for _ in range(int(chance.choice([1, 2, 3, 8, 12, 20]))):
            course = str(chance.choice(COURSES, p=[0.6, 0.2, 0.1, 0.05, 0.05]))
            people[f"p{len(people)}"] = (f"cơ quan {agency}", kind, course)
    return people


def facts_at(people, place):
    """What is true of whom before (0) or after (1) the review."""
    has = {s: frozenset(p for p, told in people.items() if told[2][place] == s) for s in "PFR"}
    named = {"PASS": has["P"], "FAIL": has["F"], "REVIEW": has["R"]}
    return {**named, DECIDED: has["P"] | has["F"]}


def groups_of(people):
    """Everybody, every type and every agency."""
    found = {"mọi người": frozenset(people)}
    for person, (agency, kind, _) in people.items():
        for name in (agency, kind):
            found[name] = found.get(name, frozenset()) | {person}
    return found


def wish(people, name, place, *, register=False):
    """All that a centre would like to publish at a time."""
    facts, groups = facts_at(people, place), groups_of(people)
    if register:
        facts[ENTERED] = facts["PASS"]
        groups = {"mọi người": groups["mọi người"]}
    asked = dict.fromkeys(groups, ENTERED if register else "PASS")
    figures = [
        Figure(g, "t", g, groups[g], fact, n, n)
        for g, fact in asked.items()
        for n in [len(groups[g] & facts[fact])]
    ]
    kind = "register" if register else "report"
    return Told(name, date(2026, 1, 1), kind, tuple(figures), facts, withholdable=not register)


def published(people):
    """What is left when each wish has passed; numbers that would tell wait."""
    history = []
    for name, place, register in (
        ("trước", 0, False), ("sổ 1", 0, True), ("sau", 1, False), ("sổ 2", 1, True),
    ):  # fmt: skip
        told = wish(people, name, place, register=register)
        ruling = rule(history, told)
        kept = tuple(f for f in told.figures if f.key not in ruling.withheld)
        if ruling.publishable and kept:
            history.append(replace(told, figures=kept))
    return history


def broken(people, history):
    """Every count of passes of a few, and every all-or-none, that the outsider finds out."""
    agencies = sorted({told[0] for told in people.values()})
    cells = [(agency, course) for agency in agencies for course in COURSES]
    truth = {cell: sum(told[::2] == cell for told in people.values()) for cell in cells}

    def row(who, place, wanted="PFR"):
        inside = {people[person][0] for person in who}
        return np.array([float(a in inside and c[place] in wanted) for a, c in cells])

    known = [(row(w, 0), len(w)) for n, w in groups_of(people).items() if n in agencies]
    place = {"trước": 0, "sổ 1": 0, "sau": 1, "sổ 2": 1}
    known += [(row(f.who, place[t.id], "P"), f.low) for t in history for f in t.figures]
    rows, values = np.array([r for r, _ in known]), np.array([v for _, v in known], dtype=float)
    ends = np.column_stack((values, values))
    asked = [
        (name, when, row(who, when, "P"), len(who))
        for name, who in secrets(people, agencies)
        for when in (0, 1)
    ]
    people_in = np.array([float(truth[cell]) for cell in cells])
    asked = [one for one in asked if one[3] < MINIMUM or one[2] @ people_in in (0, one[3])]
    sure = settled(rows, ends, [one[2] for one in asked], people_in)
    return [one[:2] for one, closed in zip(asked, sure, strict=True) if closed]


def secrets(people, agencies):
    """Every group by name, and agencies two by two while they are few together."""
    groups = groups_of(people)
    yield from groups.items()
    for some in combinations(agencies, 2):
        who = frozenset().union(*(groups[name] for name in some))
        if len(who) < MINIMUM:
            yield " và ".join(some), who


@pytest.mark.parametrize("seed", range(8))
def test_nobodys_result_and_no_small_groups_can_be_worked_out(seed):
    people = random_people(seed)
    assert broken(people, published(people)) == []


def test_without_the_gate_the_same_attack_succeeds():
    found = [
        broken(people, [wish(people, "trước", 0), wish(people, "sổ 2", 1, register=True)])
        for people in map(random_people, range(3))
    ]
    assert all(found)
