"""The input for one question, saved with acknowledgement: the view of ``question.js``."""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets
from IPython import get_ipython

from courses.foundation.errors import AnswerError
from courses.kinds.code import CodeTask, take
from courses.question import InvalidAnswerError
from courses.widgets import markdown

if TYPE_CHECKING:
    from collections.abc import Callable

    from courses.answer_sheet import AnswerSheet

_HERE = Path(__file__).parent


class QuestionBox(anywidget.AnyWidget):
    """One question on the page.

    Constructing restores what was saved. The browser sends numbered ``save`` messages; the
    reply to each is ``saved``, ``invalid`` (kept as typed, but it cannot be read: the trainee
    is told how to write it) or ``failed``. Without a reply the page itself says that nothing
    was saved. ``shape`` holds the fields of the question's kind.

    Args:
        question: what is asked.
        sheet: where answers are kept.
        legend: heading, such as “Câu 3 (2 điểm)”.
        tell: in a lesson, gives feedback in HTML on a valid answer; None in a paper.
        announce: called with each value once it is stored, readable or not.
    """

    _esm = _HERE / "question.js"
    _css = _HERE / "question.css"
    question_id = traitlets.Unicode().tag(sync=True)
    kind = traitlets.Unicode().tag(sync=True)
    mode = traitlets.Unicode().tag(sync=True)
    legend = traitlets.Unicode().tag(sync=True)
    prompt = traitlets.Unicode().tag(sync=True)
    rule = traitlets.Unicode().tag(sync=True)
    shape: traitlets.Dict[str, Any] = traitlets.Dict().tag(sync=True)
    value = traitlets.Any().tag(sync=True)
    revision = traitlets.Int().tag(sync=True)
    note = traitlets.Unicode().tag(sync=True)
    note_state = traitlets.Unicode().tag(sync=True)
    feedback = traitlets.Unicode().tag(sync=True)

    def __init__(
        self,
        question: Any,
        sheet: AnswerSheet,
        legend: str,
        tell: Callable[[Any], str] | None = None,
        announce: Callable[[Any], None] = lambda _value: None,
    ) -> None:
        self._question = question
        self._sheet = sheet
        self._tell = tell
        self.announce = announce
        super().__init__(
            question_id=question.id,
            kind=question.kind,
            mode="lesson" if tell else "paper",
            legend=legend,
            prompt=markdown.block(question.prompt),
            rule="" if tell else question.rule(),
            shape=_with_html(question.model_dump(mode="json", exclude={"id", "kind", "prompt"})),
            **self._restored(),
        )
        self.on_msg(self._receive)

    def _restored(self) -> dict[str, Any]:
        saved = self._sheet.get(self._question.id)
        if saved is None:
            return {}
        reply = self._reply(saved.value, saved.revision, saved.saved_at, reveal=True)
        return {
            "value": saved.value,
            "revision": saved.revision,
            "note": reply["message"],
            "note_state": reply["type"],
            "feedback": reply["feedback"],
        }

    def _receive(self, _widget: Any, message: Any, _buffers: Any) -> None:
        if message.get("type") == "take":
            self._take()
            return
        value, based_on = message.get("value"), message.get("revision")
        asked = {"request": message.get("request"), "reveal": bool(message.get("reveal"))}
        try:
            saved = self._sheet.save(self._question.id, value, based_on, datetime.now(UTC))
        except AnswerError as error:
            self.send({"type": "failed", "message": error.message, **asked})
            return
        self.value, self.revision = saved.value, saved.revision
        reply = self._reply(saved.value, saved.revision, saved.saved_at, reveal=asked["reveal"])
        self.send({**reply, **asked})
        self.announce(saved.value)

    def _take(self) -> None:
        """Send the results that stand in the kernel's variables, for a code task."""
        shell = get_ipython()
        if shell is not None and isinstance(self._question, CodeTask):
            self.send({"type": "taken", "values": take(self._question, shell.user_ns)})

    def _reply(self, value: Any, revision: int, at: datetime, *, reveal: bool) -> dict[str, Any]:
        """What the page shows for a stored value."""
        try:
            self._question.parse(value)
        except InvalidAnswerError as error:
            return {"type": "invalid", "message": str(error), "revision": revision, "feedback": ""}
        told = self._tell(value) if self._tell and reveal else ""
        message = f"Đã lưu lúc {at.astimezone():%H:%M:%S}"
        return {"type": "saved", "message": message, "revision": revision, "feedback": told}


def static_answer(question: Any, value: Any) -> str:
    """Question and answer as HTML without any input, for graders and printed copies."""
    try:
        answer = (
            escape(question.render(question.parse(value))) if value is not None else "(bỏ trống)"
        )
    except InvalidAnswerError as error:
        answer = f"(không đọc được: {escape(str(error))})"
    paragraphs = "".join(f"<p>{part}</p>" for part in answer.split("\n") if part.strip())
    return (
        f'<div class="cio-answer">{markdown.block(question.prompt)}'
        f"<p><strong>Trả lời:</strong></p>{paragraphs}</div>"
    )


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
