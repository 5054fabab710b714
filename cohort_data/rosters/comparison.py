"""What a roster changes in what is known, and who may be somebody already known: pure."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Protocol

from cohort_data.names import match_key
from cohort_data.rosters.schema import Trainee

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable, Iterator
    from datetime import date

    from cohort_data.rosters.roster import Roster

_COMPARED = tuple(field.name for field in fields(Trainee) if field.name != "id")
_CLAIMED = {"attempt"}  # an office that claims nothing changes nothing
_MARKS = re.compile("[\u0300-\u036f]")


@dataclass(frozen=True)
class Change:
    """One field of one trainee that a roster writes otherwise than it is known."""

    id: str
    field: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Difference:
    """A roster against what is known, each part in the order of its source.

    ``unread`` are known ids whose rows have an error: neither missing nor compared.
    """

    added: tuple[Trainee, ...]
    unchanged: tuple[str, ...]
    changed: tuple[Change, ...]
    missing: tuple[str, ...]
    unread: tuple[str, ...]


class Listed(Protocol):
    """Whoever is on a list: a trainee of a roster, a person of earlier years."""

    @property
    def id(self) -> str: ...  # noqa: D102 - as its name says
    @property
    def full_name(self) -> str: ...  # noqa: D102
    @property
    def birth_date(self) -> date: ...  # noqa: D102


@dataclass(frozen=True)
class NearDuplicate:
    """Two entries that may be one person, and why; which of them is right a person decides."""

    one: Listed
    other: Listed
    reason: str


def difference(known: Iterable[Trainee], roster: Roster) -> Difference:
    """Compare a roster with the trainees already known, by id.

    Texts are compared letter by letter: another capital or another place of the tone is a change
    that a person may want or not.
    """
    before = {trainee.id: trainee for trainee in known}
    listed = {trainee.id for trainee in roster.trainees}
    unchanged: list[str] = []
    changed: list[Change] = []
    for trainee in roster.trainees:
        if old := before.get(trainee.id):
            found = list(_changes(old, trainee))
            changed += found
            unchanged += [] if found else [trainee.id]
    gone = [id_ for id_ in before if id_ not in listed]
    return Difference(
        added=tuple(t for t in roster.trainees if t.id not in before),
        unchanged=tuple(unchanged),
        changed=tuple(changed),
        missing=tuple(id_ for id_ in gone if id_ not in roster.left_out),
        unread=tuple(id_ for id_ in gone if id_ in roster.left_out),
    )


def _changes(old: Trainee, new: Trainee) -> Iterator[Change]:
    for name in _COMPARED:
        before, after = getattr(old, name), getattr(new, name)
        if before != after and not (name in _CLAIMED and after is None):
            yield Change(new.id, name, before, after)


def near_duplicates(
    people: Collection[Listed], others: Collection[Listed]
) -> tuple[NearDuplicate, ...]:
    """Pair those of ``people`` with those of ``others`` who may be the same person.

    A pair is told once, with the strongest reason: the same name and birth date; the same name
    with one digit of the date another, two neighbouring digits swapped or day and month swapped;
    the same date with a name that differs in marks or in the order of its words. Time grows with
    the people and the pairs, not with their product.
    """
    told: set[tuple[int, int]] = set()
    pairs: list[NearDuplicate] = []
    for reason, mine, theirs in _RULES:
        found: defaultdict[Hashable, list[int]] = defaultdict(list)
        keep = list(others)
        for at, other in enumerate(keep):
            for key in theirs(other):
                found[key].append(at)
        for number, one in enumerate(people):
            for at in dict.fromkeys(at for key in mine(one) for at in found.get(key, ())):
                if (number, at) not in told:
                    told.add((number, at))
                    pairs.append(NearDuplicate(one, keep[at], reason))
    return tuple(pairs)


def _same(person: Listed) -> Iterator[Hashable]:
    yield match_key(person.full_name), person.birth_date


def _itself(person: Listed) -> Iterator[Hashable]:
    yield match_key(person.full_name), _digits(person)


def _one_digit_off(person: Listed) -> Iterator[Hashable]:
    name, digits = match_key(person.full_name), _digits(person)
    for at in range(len(digits)):
        yield name, at, digits[:at] + digits[at + 1 :]


def _swapped(person: Listed) -> Iterator[Hashable]:
    name, digits = match_key(person.full_name), _digits(person)
    for at in range(len(digits) - 1):
        yield name, digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
    yield name, digits[2:4] + digits[:2] + digits[4:]


def _bare_name(person: Listed) -> Iterator[Hashable]:
    yield _bare(person.full_name), person.birth_date


def _bare_words(person: Listed) -> Iterator[Hashable]:
    yield tuple(sorted(_bare(person.full_name).split())), person.birth_date


def _digits(person: Listed) -> str:
    day = person.birth_date
    return f"{day.day:02}{day.month:02}{day.year:04}"


def _bare(name: str) -> str:
    """A name without marks, y for i: what a keyboard without Vietnamese makes of it."""
    plain = _MARKS.sub("", unicodedata.normalize("NFD", match_key(name)))
    return plain.replace("đ", "d").replace("y", "i")


_RULES = (
    ("cùng họ tên và ngày sinh", _same, _same),
    ("cùng họ tên, ngày sinh lệch một chữ số", _one_digit_off, _one_digit_off),
    ("cùng họ tên, ngày sinh đảo chữ số hoặc đảo ngày với tháng", _swapped, _itself),
    ("cùng ngày sinh, họ tên chỉ khác dấu", _bare_name, _bare_name),
    ("cùng ngày sinh, họ tên cùng các chữ nhưng khác thứ tự", _bare_words, _bare_words),
)
