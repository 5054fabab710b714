"""People who sit, some again at the next sitting, and what a centre publishes of them in time.

Reports before and after a review, the register, reports of a half year and a year, tidy packages:
each history has some of them. What is published goes through the product's own figures and gate;
``off`` names guards that are switched off, for tests of the attack.
"""

import json
from dataclasses import dataclass, replace
from datetime import date
from types import SimpleNamespace

import numpy as np
import pandas as pd
from report_specimens import LETTERHEAD

from centre.reporting.resitting import told_to_resit
from centre.reporting.tidy_figures import tidy_facts, tidy_figures
from courses.foundation.errors import DisclosureError
from grading.datapackage.coarsening import LEVELS, coarsen
from grading.disclosure.gate import rule
from grading.disclosure.people import ENTERED, Figure, Roster, Told
from grading.reports.cohort import CohortInput, summarise
from grading.reports.cohort_figures import (
    cohort_facts,
    cohort_figures,
    resit_facts,
    resit_figures,
    status_facts,
    without,
)
from grading.reports.cohort_means import competency_scores
from grading.reports.period_figures import COLUMNS, lines, overall, period_facts, period_figures

MOST_TOLD = list(LEVELS[0])
CUT, AREAS = 0.6, ("QL", "KT")
NAMES = {"P": "PASS", "F": "FAIL", "R": "REVIEW"}
# What each passes before and after the review, and the status.
FIRST = [(p, s, p, s) for p, s in (("QK", "P"), ("Q", "F"), ("K", "F"), ("", "F"))] + [
    (p, "R", after, s) for p in "QK" for after, s in ((p, "F"), ("QK", "P"))
]
PASSED = ("QK", "Q", "K", "")
# What an outsider thinks of as well: to be near the cut in both areas.
THOUGHT = [*FIRST, *(("", "R", after, "P" if after == "QK" else "F") for after in PASSED)]
# When each may be published: before (0) and after (1) the review, after the second sitting (2).
STEPS = (
    ("report", 0), ("register", 0), ("report", 1), ("period", 1), ("package", 1), ("register", 1),
    ("report", 2), ("register", 2), ("period", 2), ("package", 2),
)  # fmt: skip
_USUAL = 0.7
LARGE = 50  # one history in so many is of a large cohort


@dataclass(frozen=True)
class Person:
    """``stage`` is once (the first sitting), both (and again), or new (the second alone)."""

    name: str
    agency: str
    stage: str
    first: tuple | None
    second: str | None
    level: float

    def at(self, when):
        """Areas passed, and the status, at a time."""
        if when == 2:
            return self.second, "P" if self.second == "QK" else "F"
        return self.first[2 * when : 2 * when + 2]


@dataclass(frozen=True)
class History:
    """``agencies`` by name with type, province and model; ``steps`` in order of time."""

    agencies: dict
    people: tuple
    steps: tuple

    def of(self, sitting):
        """Whoever is at a sitting, 1 or 2."""
        stages = ("once", "both") if sitting == 1 else ("both", "new")
        return [person for person in self.people if person.stage in stages]


def random_history(seed):
    """A history by number; every fiftieth is of a large cohort."""
    chance = np.random.default_rng(seed)
    large = seed % LARGE == LARGE - 1
    sizes = [1, 2, 3, 8, 12, 20, 40] if large else [1, 2, 3, 8, 12]
    odds, agencies, people = chance.dirichlet([8, 2, 2, 1, 0.5, 0.5, 0.5, 0.5]), {}, []
    for number in range(int(chance.integers(5, 9) if large else chance.integers(2, 5))):
        agency = f"cơ quan {number}"
        model = chance.choice(["Cục", "Vụ"])
        agencies[agency] = (
            *(f"{kind} {chance.integers(0, 2)}" for kind in ("loại", "tỉnh")),
            model,
        )
        for _ in range(int(chance.choice(sizes))):
            people.append(_sitter(chance, f"p{len(people)}", agency, odds))
        for _ in range(int(chance.choice([0, 0, 1, 3, 11]))):
            passed = str(chance.choice(PASSED, p=[0.6, 0.15, 0.15, 0.1]))
            told = (f"p{len(people)}", agency, "new", None, passed, chance.random())
            people.append(Person(*told))
    # What is printed is judged with the register when complete, so that comes in any case.
    steps = tuple(s for s in STEPS if chance.random() < _USUAL or (s[0] == "register" and s[1]))
    return History(agencies, tuple(people), steps)


def without_packages(history):
    """The same people, of whom nothing is told in packages, which agencies do not get."""
    return replace(history, steps=tuple(step for step in history.steps if step[0] != "package"))


def _sitter(chance, name, agency, odds):
    first = FIRST[int(chance.choice(len(FIRST), p=odds))]
    if first[3] == "P" or chance.random() < 0.3:
        return Person(name, agency, "once", first, None, chance.random())
    later = [areas for areas in PASSED if set(areas) >= set(first[2])]
    return Person(name, agency, "both", first, str(chance.choice(later)), chance.random())


def sitting_of(when):
    """The sitting that is told of at a time."""
    return 1 + (when == 2)


def enrolled(person, when):
    """Somebody's enrolment, as the log names it."""
    return f"{person.name}@{sitting_of(when)}"


def publish(history, off=frozenset()):
    """All that is printed, as (kind, when, contents), of what passes the gate."""
    log, printed = [], []
    for kind, when in history.steps:
        if when == 2 and "resit" not in off:
            log = _known_to_resit(history, log)
        judged = _judge(history, log, when, off)
        out = _WAYS[kind](history, when, log, lambda told, its=kind, by=judged: by(its, told))
        if out is not None:
            contents, told = out
            printed.append((kind, when, contents))
            log.append(replace(told, id=f"{told.id} ({len(log)})"))
    return printed


def _judge(history, log, when, off):
    """How the gate is asked: with all that is out, and the register when complete."""

    def judged(kind, told):
        if kind in off or "all" in off:
            return frozenset()
        before = [] if "history" in off else log
        if kind != "register" and "foreseen" not in off and _bound(history, when, log):
            before = [*before, _entered(history, when)]
        ruling = rule(before, told, roster=who_sat(history, when, off))
        if kind == "register":  # it waits for nothing but what a report tells together with it
            reports = {one.id for one in log if one.kind != "register"}
            chains = (link.publication for f in ruling.findings for link in f.chain)
            return None if reports & set(chains) else frozenset()
        return frozenset(ruling.withheld) if ruling.publishable else None

    return judged


def _bound(history, when, log):
    told = _entered(history, when)
    reports = {one.id for one in log if one.kind != "register"}
    found = rule(log, told, roster=who_sat(history, when)).findings if reports else ()
    return not any(link.publication in reports for one in found for link in one.chain)


def who_sat(history, when, off=frozenset()):
    """Whose enrolment follows on whose as far as is known at a time, and the agencies."""
    times = (1, 2) if when == 2 else (1,)
    agencies = {enrolled(p, at): p.agency for at in times for p in history.of(sitting_of(at))}
    linked = when == 2 and not off & {"again", "resit"}
    both = [p for p in history.people if p.stage == "both" and linked]
    before = {enrolled(p, 2): enrolled(p, 1) for p in both}
    return Roster(before, {} if "insiders" in off else agencies)


def _known_to_resit(history, log):
    both = [person for person in history.people if person.stage == "both"]
    if not both or any(one.kind == "resit" for one in log):
        return log
    statuses = {enrolled(person, 1): NAMES[person.first[3]] for person in both}
    return [*log, told_to_resit(date(2026, 6, 1), "2", frozenset(statuses), statuses)]


def _entered(history, when):
    """The register at a time, with a number for all who have passed by then."""
    told = [(person, min(when, 1)) for person in history.of(1)]
    told += [(person, 2) for person in history.of(2) if when == 2]
    statuses = {enrolled(person, at): NAMES[person.at(at)[1]] for person, at in told}
    entered = frozenset(one for one, status in statuses.items() if status == "PASS")
    figure = Figure(
        "register", "Sổ gốc", "mọi người", frozenset(statuses), ENTERED, *[len(entered)] * 2
    )
    facts = status_facts(statuses) | {ENTERED: entered}
    return Told("sổ", date(2026, 1, 1), "register", (figure,), facts, withholdable=False)


def _register(history, when, _log, judged):
    told = _entered(history, when)
    return None if judged(told) is None else (None, told)


def _report(history, when, _log, judged):
    data, kept = cohort(history, when), {}
    if when == 2:
        both = [person for person in history.people if person.stage == "both"]
        kept = _kept(both)
    report = summarise(data)

    def told(shown):
        figures = (*cohort_figures(data, shown), *resit_figures(shown, kept))
        facts = resit_facts(cohort_facts(data, shown), kept)
        scores = competency_scores(data)
        return Told(f"báo cáo {when}", date(2026, 1, 1), "report", figures, facts, values=scores)

    if (lost := judged(told(report))) is None:
        return None
    shown = without(report, lost)
    return shown, told(shown)


def _kept(both):
    return {enrolled(p, 1): frozenset(a for a in AREAS if a[0] in p.first[2]) for p in both}


def cohort(history, when):
    """The tables of a sitting; whoever sits again has no score where the area is kept."""
    trainees, areas, competencies = [], [], []
    for person in history.of(sitting_of(when)):
        name, (passed, status) = enrolled(person, when), person.at(when)
        again = when == 2 and person.stage == "both"
        kind = history.agencies[person.agency][0]
        trainees.append((name, person.agency, kind, 1 + again, NAMES[status]))
        for area in AREAS:
            got, share = area[0] in passed, share_of(person, area, when)
            if again and area[0] in person.first[2]:
                share, got = None, None
            areas.append((name, area, area, share, CUT, 0.05, got))
            competencies.append((name, f"{area}1", f"{area}1", area, share))
    columns = ["trainee_id", "area", "area_name", "share", "cut", "sem", "passed"]
    return CohortInput(
        mandate="m", title="t", letterhead=LETTERHEAD, sitting_name="kỳ", policy_id="p",
        trainees=pd.DataFrame(
            trainees, columns=["trainee_id", "agency", "agency_type", "attempt", "status"]),
        areas=pd.DataFrame(areas, columns=columns).astype({"share": float, "passed": "boolean"}),
        competencies=pd.DataFrame(
            competencies, columns=["trainee_id", "competency", "competency_name", "area", "share"],
        ).astype({"share": float}),
    )  # fmt: skip


def share_of(person, area, when):
    """Somebody's share of the scale: from the cut up when the area is passed."""
    passed = area[0] in person.at(when)[0]
    return CUT + 0.4 * person.level if passed else CUT * person.level * 0.99


def _period(history, when, _log, judged):
    people = pd.DataFrame(list(_turns(history, when))).set_index("enrolment")

    def told(lost):
        figures = tuple(period_figures(people, lost))
        return Told(f"kỳ {when}", date(2026, 1, 1), "report", figures, period_facts(people))

    if (lost := judged(told(()))) is None:
        return None
    first = people[people["attempt"] == 1]
    tables = {column: lines(first, column, lost) for column in COLUMNS}
    return (overall(people, lost), tables), told(lost)


def _turns(history, when):
    """Each person at each sitting closed by then."""
    for at in range(1, when + 1):
        for person in history.of(sitting_of(at)):
            kind, province, model = history.agencies[person.agency]
            yield {
                "enrolment": enrolled(person, at), "sitting": str(at), "agency": person.agency,
                "agency_type": kind, "province": province, "unit_model": model,
                "attempt": 1 + (person.stage == "both" and at == 2),
                "status": NAMES[person.at(at)[1]],
            }  # fmt: skip


def _package(history, when, log, judged):
    people = history.of(sitting_of(when))
    if not people:
        return None
    decided = [
        SimpleNamespace(
            enrolment_id=enrolled(p, when), status=NAMES[p.at(when)[1]],
            content=json.dumps({"areas": [
                {"code": area, "outcome": outcome(p, area, when)} for area in AREAS
            ]}),
        )
        for p in people
    ]  # fmt: skip
    turns = pd.DataFrame([row for row in _turns(history, when) if row["sitting"] == str(when)])
    persons = turns.rename(columns={"enrolment": "person"})
    try:
        persons = coarsen(persons, persons["status"])
    except DisclosureError:
        return None
    facts, again = tidy_facts(decided), {}
    if when == 2:
        both = [person for person in people if person.stage == "both"]
        again = {enrolled(person, 2): enrolled(person, 1) for person in both}
        facts = resit_facts(facts, _kept(both))
    scores = {
        f"sum:{area}1": {
            enrolled(p, when): round(10_000 * share_of(p, area, when))
            for p in people if outcome(p, area, when) != "kept"
        }
        for area in AREAS
    }  # fmt: skip
    figures = tuple(tidy_figures(persons, decided, facts, scores, log, again))
    told = Told(
        f"gói {when}", date(2026, 1, 1), "tidy", figures, facts, withholdable=False, values=scores
    )
    return None if judged(told) is None else (persons, told)


def outcome(person, area, when):
    """What a package says of somebody's area: passed, failed, or kept from before."""
    at = AREAS.index(area)
    return outcomes(person.stage, person.first, person.second, when)[at]


def outcomes(stage, first, second, when):
    """What a package says of each area of whoever took this course."""
    again = when == 2 and stage == "both"
    has = second if when == 2 else first[2 * when]
    return tuple(
        "kept" if again and a[0] in first[2] else "passed" if a[0] in has else "failed"
        for a in AREAS
    )


_WAYS = {"report": _report, "register": _register, "period": _period, "package": _package}
