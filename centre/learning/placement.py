"""The test before the course, a competency at a time, and what it proposes."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from centre.accounts.permissions import require
from centre.learning.models import Placement
from centre.learning.progress import the_lessons
from centre.ledger.acts import act, door
from courses.exercise import judge, present
from courses.foundation.errors import CentreError
from courses.placement import asked

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from centre.accounts.actors import Actor
    from courses.placement import Asked


def codes() -> list[str]:
    """The competencies that have a lesson, in the order of the lessons."""
    return [lesson.head.code for lesson in the_lessons()]


def questions_on(code: str) -> tuple[Asked, ...]:
    """What is asked of one competency; CentreError when no lesson teaches it."""
    if code not in codes():
        raise CentreError("không có năng lực này trong bài kiểm tra")
    return asked(the_lessons(), code)


def presented(one: Asked) -> tuple[Any, Any]:
    """Question and key, the same for everybody."""
    return present(one.block.body.exercise, one.block.name, seed=f"{one.lesson.head.code}/dau-vao")


def shares_of(actor: Actor, person: str) -> dict[str, Decimal]:
    """The share a person got of each competency that was asked so far."""
    require(actor, "own.read", person)
    rows = Placement.objects.filter(person=person).exclude(share="")
    found = {one.competency: Decimal(one.share) for one in rows}
    return {code: found[code] for code in codes() if code in found}


@door("placement.answer", lambda person, *_args, **_options: person)
def place(
    actor: Actor, person: str, code: str, values: Sequence[Any], *, now: datetime
) -> Placement:
    """Keep what a person's answers on one competency come to; the answers themselves are not kept.

    Raises:
        CentreError: when it was answered before, or the answers are not one a question.
    """
    questions = questions_on(code)
    if Placement.objects.filter(person=person, competency=code).exists():
        raise CentreError(f"phần {code} đã trả lời; mở lại trang để làm phần tiếp theo")
    if len(values) != len(questions):
        raise CentreError("số câu trả lời không khớp; mở lại trang")
    judged = [judge(*presented(q), value) for q, value in zip(questions, values, strict=True)]
    share = sum((one.share for one in judged), Decimal(0)) / len(questions)
    row = Placement(person_id=person, competency=code, share=str(round(share, 4)), answered_at=now)
    with act(actor, "placement.answered", person, now) as done:
        done.insert(row)
    return row
