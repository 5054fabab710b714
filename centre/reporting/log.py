"""The publication log as rows, and as the guard before the door asks for it."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from centre.register.batches import batches, entries
from centre.reporting.models import Publication, PublishedFigure
from centre.reporting.resitting import known_to_resit
from courses.foundation.dates import VIETNAM
from courses.foundation.digests import canonical
from courses.foundation.errors import DisclosureError
from grading.disclosure.people import Figure, Told, is_sum

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date, datetime

    from grading.disclosure.people import People


REPORT = "report"


@dataclass(frozen=True)
class Leaving:
    """What is about to leave the centre, as the log keeps it.

    ``figures``, ``facts`` and ``values`` are by enrolment. ``withheld`` are names of what was left
    out, ``why`` says of each finding who and through what; ``seen`` is the log that this was
    judged by.
    """

    kind: str
    model: str
    public: bool = False
    figures: tuple[Figure, ...] = ()
    facts: Mapping[str, People] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    withheld: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    seen: tuple[int, int] | None = None


def head() -> tuple[int, int]:
    """How far log and register have come: the same twice, and nothing was published between."""
    last = Publication.objects.filter(public=True).order_by("-pk").values_list("pk").first()
    return (last[0] if last else 0), entries()


def require_unchanged(leaving: Leaving) -> None:
    """Refuse what was judged by a log that has grown since.

    Raises:
        DisclosureError: then.
    """
    if leaving.seen is not None and leaving.seen != head():
        raise DisclosureError("vừa có công bố khác hoặc chứng chỉ mới vào sổ; chạy lại để xét lại")


def history() -> list[Told]:
    """All that the public knows, in order: reports, the register's numbers, who sits again."""
    found = Publication.objects.filter(public=True).prefetch_related("figures").order_by("pk")
    reports = [read(one) for one in found]
    return sorted([*batches(), *known_to_resit(), *reports], key=lambda told: told.on)


def rows_of(
    name: str, leaving: Leaving, now: datetime
) -> tuple[Publication, list[PublishedFigure]]:
    """A publication and its figures as rows that are not written yet."""
    groups = _groups(leaving)
    publication = Publication(
        name=name,
        kind=leaving.kind,
        public=leaving.public,
        model=leaving.model,
        published_at=now,
        people=canonical([[sorted(people), facts] for people, facts in groups]),
        scores=canonical(_summed(leaving)),
        withheld=canonical({"figures": leaving.withheld, "why": leaving.why}),
    )
    figures = [
        PublishedFigure(
            publication=publication,
            table=one.table,
            group=one.group,
            who=canonical([at for at, (people, _) in enumerate(groups) if people <= one.who]),
            fact=one.fact,
            low=one.low,
            high=one.high,
        )
        for one in leaving.figures
    ]
    return publication, figures


def _groups(leaving: Leaving) -> list[tuple[People, list[str]]]:
    """People whom neither figures nor facts tell apart, with the facts true of them."""
    facts = leaving.facts
    scopes = list(dict.fromkeys(figure.who for figure in leaving.figures))
    found: defaultdict[tuple[object, ...], set[str]] = defaultdict(set)
    for person in frozenset().union(*scopes):
        inside = tuple(person in who for who in scopes)
        true = tuple(fact for fact in facts if person in facts[fact])
        found[inside, true].add(person)
    return [(frozenset(found[key]), list(key[1])) for key in sorted(found, key=str)]  # type: ignore[call-overload]


def _summed(leaving: Leaving) -> dict[str, dict[str, int]]:
    """The scores of whoever is in a sum."""
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for one in leaving.figures:
        if is_sum(one.fact):
            found[one.fact] |= {person: leaving.values[one.fact][person] for person in one.who}
    return dict(found)


def read(publication: Publication) -> Told:
    """A publication as the guard asks for it."""
    groups = [(frozenset(people), facts) for people, facts in json.loads(publication.people)]
    facts: defaultdict[str, set[str]] = defaultdict(set)
    for people, true in groups:
        for fact in true:
            facts[fact] |= people
    figures = tuple(_figures(publication, [people for people, _ in groups]))
    known = dict.fromkeys([*facts, *(figure.fact for figure in figures)])
    return Told(
        publication.label,
        _day(publication.published_at),
        REPORT,
        figures,
        {fact: frozenset(facts[fact]) for fact in known},
        values=json.loads(publication.scores),
    )


def _figures(publication: Publication, groups: list[People]) -> Iterator[Figure]:
    for one in publication.figures.order_by("pk"):
        who = frozenset().union(*(groups[at] for at in json.loads(one.who)))
        yield Figure("", one.table, one.group, who, one.fact, one.low, one.high)


def _day(at: datetime) -> date:
    return at.astimezone(VIETNAM).date()
