"""What of the lessons is to be answered again today, and the answer to it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from centre.accounts.permissions import require
from centre.learning.models import Recollection
from centre.learning.progress import read_answers, the_lessons
from centre.ledger.acts import act, door
from courses.exercise import judge, present
from courses.foundation.dates import VIETNAM
from courses.foundation.errors import AnswerError, CentreError
from courses.review import Recall, answered, begun, recallable, wrong_ones

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from centre.accounts.actors import Actor
    from centre.configuration import Centre
    from courses.lesson import Block, Lesson


@dataclass(frozen=True)
class Recalled:
    """A question that was answered wrongly in its lesson, and where it stands."""

    lesson: Lesson
    block: Block
    recall: Recall
    row: Recollection | None

    @property
    def times(self) -> int:
        """How often it was answered in the review."""
        return self.row.times if self.row else 0

    def presented(self, times: int) -> tuple[Any, Any]:
        """Question and key as they are shown after so many answers, the options in a new order."""
        seed = f"{self.lesson.head.code}/on-tap/{times}"
        return present(self.block.body.exercise, self.block.name, seed=seed)


def recalled(actor: Actor, centre: Centre, user: int, person: str) -> list[Recalled]:
    """Everything that came or will come back to a person, the earliest first, what rests last.

    Args:
        actor: the person.
        centre: where the lessons' progress is kept.
        user: whose folder that is.
        person: number of the person.
    """
    require(actor, "own.read", person)
    rows = {(one.lesson, one.question): one for one in Recollection.objects.filter(person=person)}
    found = [one for lesson in the_lessons() for one in _of_lesson(centre, user, lesson, rows)]
    return sorted(found, key=lambda one: (one.recall.due_on is None, one.recall.due_on or date.max))


def _of_lesson(
    centre: Centre, user: int, lesson: Lesson, rows: dict[tuple[str, str], Recollection]
) -> Iterator[Recalled]:
    wrong = wrong_ones(lesson, read_answers(centre, user, lesson))
    for name, block in recallable(lesson).items():
        row = rows.get((lesson.path.stem, name))
        if row is not None:
            yield Recalled(lesson, block, Recall(row.right, row.due_on), row)
        elif name in wrong:
            yield Recalled(lesson, block, begun(wrong[name]), None)


def due(items: list[Recalled], today: date) -> list[Recalled]:
    """Those that are due by today."""
    return [one for one in items if one.recall.due_on and one.recall.due_on <= today]


@door("review.answer", lambda person, *_args, **_options: person)
def answer(
    actor: Actor, person: str, item: Recalled, value: Any, shown: int, *, now: datetime
) -> Recollection:
    """Keep an answer in the review, and when the question comes back.

    Args:
        actor: the person.
        person: number of the person.
        item: the question, as it stands.
        value: the raw answer.
        shown: how often it had been answered when the page was made.
        now: the server's time.

    Raises:
        AnswerError: when the answer cannot be read; nothing is kept then.
        CentreError: when it is not due, or was answered in another window.
    """
    today = now.astimezone(VIETNAM).date()
    if shown != item.times:
        raise CentreError("câu này vừa được trả lời ở cửa sổ khác; mở lại trang ôn tập")
    if not due([item], today):
        raise CentreError("câu này chưa đến hạn ôn")
    question, key = item.presented(shown)
    state = judge(question, key, value).state
    if state in ("blank", "invalid"):
        raise AnswerError(_unread(question, value))
    then = answered(item.recall, correct=state == "correct", on=today)
    return _keep(actor, person, item, then, json.dumps(value, ensure_ascii=False), now)


def _unread(question: Any, value: Any) -> str:
    try:
        question.parse(value)
    except ValueError as error:
        return str(error)
    return "Chưa có câu trả lời."


def _keep(
    actor: Actor, person: str, item: Recalled, then: Recall, value: str, now: datetime
) -> Recollection:
    kept = {"right": then.right, "due_on": then.due_on, "answer": value, "answered_at": now}
    with act(actor, "review.answered", person, now) as done:
        if item.row is None:
            where = {"person_id": person, "lesson": item.lesson.path.stem}
            row = Recollection(**where, question=item.block.name, times=1, **kept)
            done.insert(row)
            return row
        done.change(item.row, times=item.times + 1, **kept)
        return item.row
