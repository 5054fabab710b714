"""A marker's bank of comments: what the rubric says of each level, and their own words again."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from assessments.bank.rubric import TOP_LEVEL
from centre.accounts.permissions import require
from centre.marks.models import Mark
from courses.foundation.numerals import vietnamese

if TYPE_CHECKING:
    from assessments.bank.rubric import Criterion, Rubric
    from centre.accounts.actors import Actor
    from centre.sittings.sitting import Sitting

_RECENT = 50  # of the marker's comments on an item are looked at
_MOST = 12  # of their own sentences are offered


class Phrase(NamedTuple):
    """A sentence for a comment; ``points`` of its criterion where it says a level, else empty."""

    text: str
    points: str = ""


def phrases(actor: Actor, sitting: Sitting, marker: str, rubric: Rubric) -> list[Phrase]:
    """What a marker may want to say of an essay: every level short of the best, then their own.

    Raises:
        DeniedError: when the actor is another marker.
    """
    require(actor, "script.mark", marker)
    offered = [
        Phrase(f"{one.name}: {level.descriptor}", _points(one, number))
        for one in rubric.criteria
        for number, level in enumerate(one.levels[:-1])
    ]
    known = {phrase.text for phrase in offered}
    own = [line for line in _own(sitting, marker, rubric.item) if line not in known]
    return [*offered, *(Phrase(line) for line in own[:_MOST])]


def _points(criterion: Criterion, level: int) -> str:
    earned, most = (criterion.weight * of / TOP_LEVEL for of in (level, TOP_LEVEL))
    return f"{vietnamese(float(earned), digits=2)}/{vietnamese(float(most), digits=2)}"


def _own(sitting: Sitting, marker: str, item: str) -> list[str]:
    """Lines of the marker's comments on the item, the latest first, each once."""
    said = Mark.objects.filter(enrolment__sitting=sitting.record, marker=marker, item=item)
    recent = said.exclude(comment="").order_by("-marked_at", "-pk")[:_RECENT]
    lines = (line.strip() for mark in recent for line in mark.comment.splitlines())
    return list(dict.fromkeys(filter(None, lines)))
