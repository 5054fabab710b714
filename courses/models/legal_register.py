"""Real documents for the QL1 simulation: the bases QĐ 445/2013/QĐ-UBND cites, and what followed.

Numbers, days and successors are read from the register that all content cites from, so the
simulation cannot know another law than the lessons. The draft is a simulated one (tình huống
giả định): which provision rests on which basis is our assumption, and so is its seventh basis,
the decree on IT investment of 2009, whose chain changed hands three times since.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from courses.models.legal_validity import Basis, Document, Draft, Provision, register
from courses.sources import the_sources

if TYPE_CHECKING:
    from collections.abc import Iterator

    from courses.sources import Register, Source

FIRST = date(2013, 9, 13)
"""QĐ 445/2013/QĐ-UBND took effect ten days after it was signed on 03/9/2013 (its Điều 2)."""

LAST = date(2026, 12, 1)
"""Days are counted up to the day before; the register was looked up in November 2026."""

_ROOTS = (
    "11/2003/QH11",
    "31/2004/QH11",
    "22/2008/QH12",
    "58/2010/QH12",
    "24/2010/NĐ-CP",
    "64/2007/NĐ-CP",
    "102/2009/NĐ-CP",
)


def chain(sources: Register, root: str) -> Iterator[Source]:
    """The document with id ``root`` and its successors, in the order they took effect."""
    source = sources.by_id[root]
    yield source
    for follower in source.replaced_by[:1]:
        yield from chain(sources, follower)


def _document(sources: Register, source: Source) -> Document:
    if source.issued_on is None or source.in_force_from is None:
        raise ValueError(f"{source.id}: the simulation needs the days of issue and of effect")
    follower = source.replaced_by[0] if source.replaced_by else None
    return Document(
        source.name,
        source.title,
        source.issued_on,
        source.in_force_from,
        source.in_force_to,
        sources.by_id[follower].name if follower else None,
        caveat="cần đối chiếu" if source.certainty == "thấp" else "",
    )


def _documents(sources: Register) -> dict[str, Document]:
    # Two chains end in the same decree, which the register of documents holds once.
    found = {source.id: source for root in _ROOTS for source in chain(sources, root)}
    return register(_document(sources, source) for source in found.values())


CITED = tuple(the_sources().by_id[root].name for root in _ROOTS)
"""The six bases on the first page of QĐ 445/2013/QĐ-UBND, and the seventh of the draft."""

DOCUMENTS = _documents(the_sources())

_OFFICIALS, _EMPLOYEES, _DECREE, _IT, _INVESTMENT = map(Basis, CITED[2:])

DRAFT = Draft(
    authority=(Basis(CITED[0]), Basis(CITED[1])),
    provisions=(
        Provision("Phạm vi, đối tượng áp dụng"),
        Provision("Tiêu chuẩn công chức chuyên trách", (_OFFICIALS, _DECREE)),
        Provision("Bố trí viên chức của Trung tâm", (_EMPLOYEES,)),
        Provision("Nhiệm vụ của chuyên trách CNTT", (_IT,)),
        Provision("Chế độ báo cáo định kỳ, sự cố", (_IT,)),
        Provision("Khen thưởng, kỷ luật công chức", (_OFFICIALS,)),
        Provision("Tuyển dụng, phân công công chức", (_DECREE,)),
        Provision("Trách nhiệm đơn vị chuyên trách", (_IT,)),
        Provision("Mua sắm, thuê dịch vụ CNTT", (_INVESTMENT,)),
    ),
)
"""A simulated draft to replace QĐ 445/2013/QĐ-UBND whose bases were copied from the old page."""
