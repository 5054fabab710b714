"""What the tidy frames for outside give away: of every crowd, who passed what, and the scores.

Rows are known again by their scores: two packages of a sitting tell of everybody in which crowd
of the one and which of the other, so what is told is told of those in both. So are rows of those
who sit again by the areas that they need not sit, and these say what was passed before.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pandas as pd

from centre.decisions.decide import content_of
from centre.reporting.marked import form_name, marked_forms
from centre.reporting.resitting import kept_areas
from grading.datapackage.coarsening import LEVELS
from grading.disclosure.people import DECIDED, Figure, area_of
from grading.gradebook.scores import competency_shares, read_scores
from grading.reports.cohort_figures import status_facts
from grading.reports.cohort_means import scores

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from centre.decisions.models import Decision
    from centre.sittings.sitting import Sitting
    from grading.disclosure.people import People, Told

TABLE = "Số liệu gọn"


def tidy_facts(decided: Sequence[Decision]) -> dict[str, People]:
    """Of whom everything was true that the frames say, by enrolment."""
    facts = status_facts({str(one.enrolment_id): one.status for one in decided})
    outcomes = [
        (str(one.enrolment_id), area["code"], area["outcome"])
        for one in decided
        for area in content_of(one)["areas"]
    ]
    for code in dict.fromkeys(code for _, code, _ in outcomes):
        facts[f"passed:{code}"] = frozenset(
            person for person, its, told in outcomes if its == code and told in ("passed", "kept")
        )
    return facts


def tidy_scores(sitting: Sitting) -> dict[str, dict[str, int]]:
    """Everybody's score in each competency and on each form, by enrolment, as reports sum them."""
    enrolments = {one.candidate: str(one.pk) for one in sitting.enrolments()}
    shares: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for candidate, told in competency_shares(read_scores(sitting.course)).items():
        for code, share in told.items():
            shares[f"sum:{code}"][candidate] = float(share)
    for form in marked_forms(sitting):
        highest = sum(asked.points for asked in form.asked)
        totals = form.scores.dropna().sum(axis=1) / highest
        shares[f"sum:{form_name(sitting, form.code)}"] = dict(
            zip(map(str, totals.index), totals.tolist(), strict=True)
        )
    return {
        fact: scores({enrolments[who]: share for who, share in told.items() if who in enrolments})
        for fact, told in shares.items()
    }


def tidy_figures(
    persons: pd.DataFrame,
    decided: Sequence[Decision],
    facts: Mapping[str, People],
    values: Mapping[str, Mapping[str, int]],
    before: Sequence[Told],
    again: Mapping[str, str],
) -> Iterator[Figure]:
    """All that the rows add up to; ``persons`` are in the order of ``decided``.

    ``again`` has the enrolment before of whoever sits again.
    """
    told = persons.assign(enrolment=[str(one.enrolment_id) for one in decided])
    kept = {str(one.enrolment_id): kept_areas(content_of(one)) for one in decided}
    for crowd, rows in told.groupby(list(LEVELS[0]), dropna=False):
        people = frozenset(rows["enrolment"])
        parts = _apart(people, before, kept)
        name = ", ".join(_said(crowd)) or f"{len(people)} người không nêu nhóm"
        had = {again[one]: kept[one] for one in people if one in again}
        yield from _had_before(f"{name}, thi lại, lần thi trước", had, facts)
        for number, who in enumerate(parts, start=1):
            group = name
            group += f", phần {number}" if len(parts) > 1 else ""
            yield from _of_crowd(group, who, facts, values)


def _apart(
    crowd: People, before: Sequence[Told], kept: Mapping[str, frozenset[str]]
) -> list[People]:
    """A crowd by the crowds that its people were in before, and by what they keep."""
    crowds = {one.who for told in before for one in told.figures if one.table == TABLE}
    found: defaultdict[tuple[frozenset[People], frozenset[str]], set[str]] = defaultdict(set)
    for person in crowd:
        found[frozenset(who for who in crowds if person in who), kept[person]].add(person)
    return [frozenset(who) for who in found.values()]


def _had_before(
    group: str, had: Mapping[str, frozenset[str]], facts: Mapping[str, People]
) -> Iterator[Figure]:
    """What whoever sits again need not sit was passed before, and the rest was not."""
    for fact in facts:
        if had and fact.startswith("passed:"):
            n = sum(area_of(fact) in areas for areas in had.values())
            yield Figure("rows", TABLE, group, frozenset(had), fact, n, n)


def _of_crowd(
    group: str,
    who: People,
    facts: Mapping[str, People],
    values: Mapping[str, Mapping[str, int]],
) -> Iterator[Figure]:
    for fact, holders in facts.items():
        if fact != DECIDED:
            n = len(who & holders)
            yield Figure("rows", TABLE, group, who, fact, n, n)
    for fact, told in values.items():
        if among := who & frozenset(told):
            total = sum(told[person] for person in among)
            yield Figure("rows", TABLE, group, among, fact, total, total)


def _said(crowd: tuple[Any, ...]) -> Iterator[str]:
    for column, value in zip(LEVELS[0], crowd, strict=True):
        if not pd.isna(value):
            yield f"lần thi {int(value)}" if column == "attempt" else str(value)
