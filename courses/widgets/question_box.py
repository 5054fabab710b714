"""The input for one question, saved with acknowledgement: the view of ``question.js``."""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets
from IPython import get_ipython

from courses.answer_sheet import ConflictError
from courses.foundation.digests import digest_of
from courses.foundation.errors import AnswerError
from courses.kinds.code import CodeTask, take
from courses.question import InvalidAnswerError
from courses.widgets import markdown
from courses.widgets.question_view import reply, restored, view

if TYPE_CHECKING:
    from collections.abc import Callable

    from courses.answer_sheet import AnswerSheet

_BROWSER = Path(__file__).parent / "browser"


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

    _esm = _BROWSER / "question.js"
    _css = _BROWSER / "question.css"
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
    kernel = traitlets.Bool(default_value=True).tag(sync=True)
    draft_key = traitlets.Unicode().tag(sync=True)

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
            draft_key=digest_of([str(sheet.path.resolve()), sheet.subject, question.id]),
            **view(question, legend, lesson=tell is not None),
            **restored(question, sheet.get(question.id), tell),
        )
        self.on_msg(self._receive)

    def _receive(self, _widget: Any, message: Any, _buffers: Any) -> None:
        if message.get("type") == "take":
            self._take()
            return
        value, based_on = message.get("value"), message.get("revision")
        asked = {"request": message.get("request"), "reveal": bool(message.get("reveal"))}
        try:
            saved = self._sheet.save(self._question.id, value, based_on, datetime.now(UTC))
        except AnswerError as error:
            self.send({"type": "failed", "message": error.message, **self._stored(error), **asked})
            return
        self.value, self.revision = saved.value, saved.revision
        tell = self._tell if asked["reveal"] else None
        said = reply(self._question, saved.value, saved.revision, saved.saved_at, tell)
        self.send({**said, **asked})
        self.announce(saved.value)

    def _stored(self, error: AnswerError) -> dict[str, Any]:
        """What another window has stored, for the trainee to choose from."""
        if not isinstance(error, ConflictError):
            return {}
        return {"stored": restored(self._question, self._sheet.get(self._question.id))}

    def _take(self) -> None:
        """Send the results that stand in the kernel's variables, for a code task."""
        shell = get_ipython()
        if shell is not None and isinstance(self._question, CodeTask):
            self.send({"type": "taken", "values": take(self._question, shell.user_ns)})


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
