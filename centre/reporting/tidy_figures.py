"""What the tidy frames for outside give away: of every crowd, who passed what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from centre.decisions.decide import content_of
from grading.datapackage.coarsening import LEVELS
from grading.disclosure.people import DECIDED, Figure
from grading.reports.cohort_figures import status_facts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pandas as pd

    from centre.decisions.models import Decision
    from grading.disclosure.people import People


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


def tidy_figures(
    persons: pd.DataFrame, decided: Sequence[Decision], facts: Mapping[str, People]
) -> Iterator[Figure]:
    """Every count that the rows add up to; ``persons`` are in the order of ``decided``."""
    told = persons.assign(enrolment=[str(one.enrolment_id) for one in decided])
    for crowd, rows in told.groupby(list(LEVELS[0]), dropna=False):
        who = frozenset(rows["enrolment"])
        said = [str(value) for value, known in zip(crowd, ~_missing(rows), strict=True) if known]
        group = ", ".join(said) or f"{len(who)} người không nêu nhóm"
        for fact, holders in facts.items():
            if fact != DECIDED:
                n = len(who & holders)
                yield Figure("", "Số liệu gọn", group, who, fact, n, n)


def _missing(rows: pd.DataFrame) -> pd.Series[bool]:
    return rows[list(LEVELS[0])].iloc[0].isna()
