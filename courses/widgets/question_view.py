"""What the page of a question shows and is told, wherever it is asked: notebook or portal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from courses.exercise import judge
from courses.foundation.dates import VIETNAM
from courses.question import InvalidAnswerError
from courses.widgets import markdown

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from courses.answer_sheet import SavedAnswer
    from courses.exercise import Key

_VERDICT = {
    "correct": "<strong>Đúng.</strong>",
    "partial": "<strong>Đúng một phần.</strong>",
    "wrong": "<strong>Chưa đúng.</strong>",
}
_APART = {"id", "kind", "prompt", "files"}  # files are given beside the question


def view(question: Any, legend: str, *, lesson: bool = False) -> dict[str, Any]:
    """A question as ``question.js`` takes it; ``shape`` holds the fields of its kind."""
    return {
        "question_id": question.id,
        "kind": question.kind,
        "mode": "lesson" if lesson else "paper",
        "legend": legend,
        "prompt": markdown.block(question.prompt),
        "rule": "" if lesson else question.rule(),
        "shape": _with_html(question.model_dump(mode="json", exclude=_APART)),
    }


def restored(
    question: Any, saved: SavedAnswer | None, tell: Callable[[Any], str] | None = None
) -> dict[str, Any]:
    """What was saved of a question, as it is shown again; empty for nothing."""
    if saved is None:
        return {}
    said = reply(question, saved.value, saved.revision, saved.saved_at, tell)
    return {
        "value": saved.value,
        "revision": saved.revision,
        "note": said["message"],
        "note_state": said["type"],
        "feedback": said["feedback"],
    }


def reply(
    question: Any,
    value: Any,
    revision: int,
    at: datetime,
    tell: Callable[[Any], str] | None = None,
) -> dict[str, Any]:
    """What the page shows for a stored value: ``saved``, or ``invalid`` and how to write it.

    ``tell`` gives feedback in HTML, in a lesson.
    """
    try:
        question.parse(value)
    except InvalidAnswerError as error:
        return {"type": "invalid", "message": str(error), "revision": revision, "feedback": ""}
    message = f"Đã lưu lúc {at.astimezone(VIETNAM):%H:%M:%S}"
    told = tell(value) if tell else ""
    return {"type": "saved", "message": message, "revision": revision, "feedback": told}


def feedback(exercise: Any, question: Any, key: Key, value: Any) -> str:
    """In HTML, how a readable answer stands and what its author says of it."""
    judgement = judge(question, key, value)
    lines = exercise.tell(question, question.parse(value), judgement.share)
    # Many feedbacks open with the word themselves; it is not said twice.
    said = judgement.state == "correct" and lines and lines[0].startswith(("Đúng.", "Đúng:"))
    verdict = "" if said else _VERDICT.get(judgement.state, "")
    return verdict + "".join(markdown.block(line) for line in lines)


def _with_html(value: Any) -> Any:
    """A question's fields with the HTML of every Markdown text beside it."""
    if isinstance(value, list):
        return [_with_html(part) for part in value]
    if not isinstance(value, dict):
        return value
    shown = {name: _with_html(part) for name, part in value.items()}
    for name, to_html in (("text", markdown.inline), ("situation", markdown.block)):
        if isinstance(value.get(name), str):
            shown["html"] = to_html(value[name])
    return shown
