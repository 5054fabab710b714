"""A person's own notes and action plan; nobody else reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from centre.accounts.permissions import require
from centre.learning.models import Note, PlannedAction
from centre.ledger.acts import act, door
from courses.foundation.dates import VIETNAM
from courses.foundation.errors import CentreError
from courses.lesson import lesson_paths

if TYPE_CHECKING:
    from datetime import date, datetime

    from centre.accounts.actors import Actor

LONGEST = 20_000  # characters of the notes on one lesson
MOST_ACTIONS = 200


def _whose(person: str, *_args: object, **_options: object) -> str:
    return person


def note_on(actor: Actor, person: str, lesson: str) -> Note | None:
    """A person's notes on one lesson, if any."""
    require(actor, "own.read", person)
    return Note.objects.filter(person=person, lesson=lesson).first()


def notes_of(actor: Actor, person: str) -> dict[str, Note]:
    """A person's notes by lesson, where there are any words in them."""
    require(actor, "own.read", person)
    return {one.lesson: one for one in Note.objects.filter(person=person).exclude(text="")}


@door("note.keep", _whose)
def keep_note(
    actor: Actor, person: str, lesson: str, text: str, based_on: int, *, now: datetime
) -> bool:
    """Keep a person's notes on a lesson; False when they say what they said.

    Args:
        actor: the person.
        person: number of the person.
        lesson: name of the lesson.
        text: all of the notes.
        based_on: revision that was on the screen; 0 where there was none.
        now: the server's time.

    Raises:
        CentreError: when there is no such lesson, the text is too long, or the notes were
            changed elsewhere, on another device or in another window.
    """
    _require_lesson(lesson)
    if len(text) > LONGEST:
        raise CentreError(f"ghi chú dài {len(text)} ký tự; nhiều nhất {LONGEST}")
    note = Note.objects.filter(person=person, lesson=lesson).first()
    if (note.text if note else "") == text:
        return False
    if (note.revision if note else 0) != based_on:
        raise CentreError(
            "ghi chú vừa được sửa ở thiết bị hoặc cửa sổ khác; chép phần anh/chị vừa viết, mở lại "
            "trang để xem bản mới rồi ghép vào"
        )
    with act(actor, "note.kept", person, now) as done:
        if note is None:
            fresh = Note(person_id=person, lesson=lesson, text=text, revision=1, saved_at=now)
            done.insert(fresh)
        else:
            done.change(note, text=text, revision=note.revision + 1, saved_at=now)
    return True


def plan_of(actor: Actor, person: str) -> list[PlannedAction]:
    """A person's action plan: what is to be done first, then what is done."""
    require(actor, "own.read", person)
    lines = PlannedAction.objects.filter(person=person).order_by("due_on", "pk")
    return sorted(lines, key=lambda one: one.done_on is not None)


@door("action.plan", _whose)
def plan_action(
    actor: Actor, person: str, lesson: str, what: str, due_on: date, *, now: datetime
) -> PlannedAction:
    """Add a line to a person's action plan.

    Raises:
        CentreError: without words, for a day that has passed, or when the plan is full.
    """
    _require_lesson(lesson)
    if not what.strip():
        raise CentreError("ghi việc sẽ làm")
    if due_on < now.astimezone(VIETNAM).date():
        raise CentreError("hạn phải từ hôm nay trở đi")
    if PlannedAction.objects.filter(person=person).count() >= MOST_ACTIONS:
        raise CentreError(f"kế hoạch đã có {MOST_ACTIONS} việc; hoàn thành bớt rồi thêm")
    line = PlannedAction(
        person_id=person, lesson=lesson, what=what.strip(), due_on=due_on, entered_at=now
    )
    with act(actor, "action.planned", person, now) as done:
        done.insert(line)
    return line


@door("action.close", lambda line, **_options: line.person_id)
def close_action(actor: Actor, line: PlannedAction, *, now: datetime) -> bool:
    """Mark a line of the plan as done today; False when it was before."""
    if line.done_on is not None:
        return False
    with act(actor, "action.closed", line.person_id, now) as done:
        done.change(line, done_on=now.astimezone(VIETNAM).date())
    return True


def _require_lesson(name: str) -> None:
    if name not in {path.stem for path in lesson_paths()}:
        raise CentreError("không có bài học này; về danh sách bài học")
