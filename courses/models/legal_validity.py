"""Which legal documents are a valid basis on a day, and what a draft loses without one.

Time is counted in whole days. A document is in force from ``start`` until the day before
``end``: ``end`` is the first day on which it no longer is, as legal databases print it.

Rules, of Luật 80/2015/QH13 (22/6/2015): a document is applied from the day it takes effect
(Điều 156.1); it lapses when its term ends, when it is replaced or repealed, and a document
that details another lapses with it (Điều 154; today Luật 64/2025/QH15, Điều 57.2, which lets
texts be kept by announcement). A basis must be in force when the text that cites it takes
effect (NĐ 34/2016/NĐ-CP, Điều 61; today NĐ 78/2025/NĐ-CP): that is the ``day`` of a draft.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

from courses.foundation.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_MONTHS = 12


class State(StrEnum):
    """How a document stands on a day."""

    UNISSUED = "chưa ban hành"
    PENDING = "chưa có hiệu lực"
    IN_FORCE = "còn hiệu lực"
    LAPSED = "hết hiệu lực"


@dataclass(frozen=True)
class Amendment:
    """From ``start`` on, ``articles`` read as document ``by`` words them, or are repealed."""

    by: str
    start: date
    articles: frozenset[str]
    repeals: bool = False


@dataclass(frozen=True)
class Document:
    """A legal document.

    ``implements`` is the document it details and lapses with. ``binding`` is false for a công
    văn: it guides, but no obligation can rest on it. ``caveat`` is what a reader must check.
    """

    number: str
    title: str
    issued: date
    start: date
    end: date | None = None
    replaced_by: str | None = None
    implements: str | None = None
    binding: bool = True
    amendments: tuple[Amendment, ...] = ()
    caveat: str = ""


@dataclass(frozen=True)
class Basis:
    """A citation: a document and, where one is named, its article."""

    number: str
    article: str = ""


@dataclass(frozen=True)
class Provision:
    """One provision of a draft, with every basis of content it rests on."""

    name: str
    bases: tuple[Basis, ...] = ()


@dataclass(frozen=True)
class Draft:
    """A draft decision: the bases of its issuer's authority, and its provisions."""

    authority: tuple[Basis, ...]
    provisions: tuple[Provision, ...]


@dataclass(frozen=True)
class Span:
    """Days from ``start`` until the day before ``end`` on which ``number`` was in force."""

    number: str
    start: date
    end: date


def register(documents: Iterable[Document]) -> dict[str, Document]:
    """The documents by number, checked.

    Raises:
        ContentError: on a number used twice, an end that is not after the start, a successor
            that is missing or takes effect no later, or a detailed document not listed before.
    """
    known: dict[str, Document] = {}
    for document in documents:
        if document.number in known:
            raise ContentError(f"văn bản {document.number} có hai lần")
        if document.end is not None and document.end <= document.start:
            raise ContentError(f"văn bản {document.number} hết hiệu lực trước khi có hiệu lực")
        if document.implements is not None and document.implements not in known:
            raise ContentError(f"văn bản {document.number} quy định chi tiết văn bản chưa nêu")
        known[document.number] = document
    for document in known.values():
        follower = known.get(document.replaced_by or document.number)
        if follower is None or (document.replaced_by and follower.start <= document.start):
            raise ContentError(f"văn bản thay thế {document.number} thiếu hoặc không có sau")
    return known


def end_of(documents: Mapping[str, Document], number: str) -> date | None:
    """The first day ``number`` is no longer in force, by its own end or its parent's."""
    document = documents[number]
    parent = end_of(documents, document.implements) if document.implements else None
    return min((end for end in (document.end, parent) if end is not None), default=None)


def state(documents: Mapping[str, Document], number: str, day: date) -> State:
    """How ``number`` stands on ``day``; KeyError when it is unknown."""
    document, end = documents[number], end_of(documents, number)
    if day < document.issued:
        return State.UNISSUED
    if end is not None and day >= end:
        return State.LAPSED
    return State.IN_FORCE if day >= document.start else State.PENDING


def in_force(documents: Mapping[str, Document], numbers: Iterable[str], day: date) -> list[str]:
    """Those of ``numbers`` in force on ``day``, in the order given."""
    return [number for number in numbers if state(documents, number, day) is State.IN_FORCE]


def successor(documents: Mapping[str, Document], number: str, day: date) -> str | None:
    """The document in force on ``day`` along the chain of replacements from ``number``."""
    following: str | None = number
    while following is not None and state(documents, following, day) is not State.IN_FORCE:
        following = documents[following].replaced_by
    return following


def wording(documents: Mapping[str, Document], basis: Basis, day: date) -> str | None:
    """The document that words the cited article on ``day``; None when it was repealed."""
    document = documents[basis.number]
    current: str | None = document.number
    for amendment in sorted(document.amendments, key=lambda a: a.start):
        if amendment.start <= day and basis.article in amendment.articles:
            current = None if amendment.repeals else amendment.by
    return current


def holds(documents: Mapping[str, Document], basis: Basis, day: date) -> bool:
    """Whether ``basis`` binds on ``day``: binding, in force, and the article not repealed."""
    return (
        documents[basis.number].binding
        and state(documents, basis.number, day) is State.IN_FORCE
        and wording(documents, basis, day) is not None
    )


def lost(documents: Mapping[str, Document], draft: Draft, day: date) -> list[str]:
    """Names of the provisions without a valid basis, if ``draft`` takes effect on ``day``.

    Without authority nothing stands; with it, a provision falls with any basis it rests on.
    """
    if not all(holds(documents, basis, day) for basis in draft.authority):
        return [provision.name for provision in draft.provisions]
    return [
        provision.name
        for provision in draft.provisions
        if not all(holds(documents, basis, day) for basis in provision.bases)
    ]


def lost_share(documents: Mapping[str, Document], draft: Draft, day: date) -> float:
    """Provisions lost over all provisions, in per cent: 100 · lost / all."""
    return share(len(lost(documents, draft, day)), len(draft.provisions))


def with_authority_renewed(documents: Mapping[str, Document], draft: Draft, day: date) -> Draft:
    """``draft`` with each basis of authority replaced by its successor in force on ``day``."""
    return replace(draft, authority=_renewed(documents, draft.authority, day))


def renewed(documents: Mapping[str, Document], draft: Draft, day: date) -> Draft:
    """``draft`` with every basis replaced by its successor in force on ``day``.

    Article numbers are dropped with the old document: they must be looked up anew.
    """
    provisions = tuple(
        replace(provision, bases=_renewed(documents, provision.bases, day))
        for provision in draft.provisions
    )
    return replace(with_authority_renewed(documents, draft, day), provisions=provisions)


def _renewed(
    documents: Mapping[str, Document], bases: Iterable[Basis], day: date
) -> tuple[Basis, ...]:
    return tuple(_renew(documents, basis, day) for basis in bases)


def _renew(documents: Mapping[str, Document], basis: Basis, day: date) -> Basis:
    new = successor(documents, basis.number, day)
    return basis if new is None or new == basis.number else Basis(new)


def timeline(documents: Mapping[str, Document], number: str, first: date, last: date) -> list[Span]:
    """What was in force between ``first`` and the day before ``last`` along one chain."""
    spans: list[Span] = []
    following: str | None = number
    while following is not None:
        document, end = documents[following], end_of(documents, following)
        begin, finish = max(document.start, first), min(end or last, last)
        if begin < finish:
            spans.append(Span(following, begin, finish))
        following = document.replaced_by
    return spans


def exposure(
    documents: Mapping[str, Document],
    cited: Sequence[str],
    first: date,
    last: date,
    every: int,
) -> int:
    """Days from ``first`` until the day before ``last`` with a lapsed basis on the page.

    A review every ``every`` months after ``first`` (0: never) swaps a lapsed citation for the
    document then in force along its chain. E = |∪ᵢ [tᵢ, rᵢ)|, with tᵢ the day basis i lapses
    and rᵢ the first review on or after it.
    """
    reviews = set(_reviews(first, last, every))
    ends = {end for number in documents if (end := end_of(documents, number)) is not None}
    marks = sorted({first, last} | {day for day in ends | reviews if first < day < last})
    current, days = list(cited), 0
    for begin, finish in pairwise(marks):
        if begin in reviews:
            current = [successor(documents, number, begin) or number for number in current]
        if any(state(documents, number, begin) is State.LAPSED for number in current):
            days += (finish - begin).days
    return days


def _reviews(first: date, last: date, every: int) -> Iterator[date]:
    """Reviews fall on the first of a month, so that every month has the day."""
    month = first.year * _MONTHS + first.month - 1
    while every > 0:
        month += every
        day = date(month // _MONTHS, month % _MONTHS + 1, 1)
        if day >= last:
            return
        yield day


def effective_day(signed: date, days: int) -> date:
    """First day in force of a text that takes effect ``days`` days after it is signed."""
    return signed + timedelta(days=days)


def share(part: int, whole: int) -> float:
    """``part`` of ``whole`` in per cent, unrounded; agencies by unit model, for example."""
    return 100 * part / whole


def agencies_missing(having: int, agencies: int, target: int) -> int:
    """How many more agencies must have the unit until at least ``target`` per cent have it.

    max(0, ⌈target · agencies / 100⌉ − having), in whole agencies.
    """
    return max(0, -(-target * agencies // 100) - having)
