"""The head of a paper: time left, what is answered, flagged and left, starting, handing in."""

from __future__ import annotations

import asyncio
import json
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

from assessments.handing_in.answers import PAPER_FILE
from assessments.handing_in.work import (
    START_REQUEST,
    SUBMIT_REQUEST,
    ask,
    digest_of_work,
    read_receipt,
)
from courses.foundation.dates import vietnam_time
from courses.foundation.errors import CioError

if TYPE_CHECKING:
    from collections.abc import Callable

    from assessments.handing_in.work import Receipt
    from courses.answer_sheet import AnswerSheet

_HERE = Path(__file__).parent
WAIT = 10.0  # seconds for the examiner's side to answer a request
POLL = 0.2


class WaitingRoom(anywidget.AnyWidget):
    """Before the start: one button, which asks the examiner's side for the questions."""

    _esm = _HERE / "panel.js"
    _css = _HERE / "panel.css"
    waiting = traitlets.Bool(default_value=True).tag(sync=True)

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self.on_msg(self._receive)

    def _receive(self, _widget: Any, _message: Any, _buffers: Any) -> None:
        ask(self._folder, START_REQUEST)
        _spawn(self._await_paper())

    async def _await_paper(self) -> None:
        if await _until((self._folder / PAPER_FILE).exists):
            self.send({"type": "started"})
            return
        message = (
            "Chưa nhận được đề: chưa đến giờ thi, hoặc phòng thi chưa mở. Hãy báo cán bộ coi thi."
        )
        self.send({"type": "refused", "message": message})


class PaperPanel(anywidget.AnyWidget):
    """The panel of one notebook of a paper.

    Args:
        sheet: the answers, and the flags a trainee sets.
        questions: id, number and question of each item, in order.
        due: when the time ends, None when it does not run.
    """

    _esm = _HERE / "panel.js"
    _css = _HERE / "panel.css"
    waiting = traitlets.Bool(default_value=False).tag(sync=True)
    questions: traitlets.List[Any] = traitlets.List().tag(sync=True)
    due = traitlets.Float().tag(sync=True)
    receipt = traitlets.Unicode().tag(sync=True)

    def __init__(self, sheet: AnswerSheet, questions: list[Any], due: datetime | None) -> None:
        self._sheet = sheet
        self._asked = questions
        self._folder = sheet.path.parent
        super().__init__(
            questions=self._states(),
            due=due.timestamp() * 1000 if due else 0,
            receipt=self._last_receipt(),
        )
        self.on_msg(self._receive)

    def refresh(self, _value: Any = None) -> None:
        """Show the states as they are on the disk now."""
        self.questions = self._states()

    def _states(self) -> list[dict[str, Any]]:
        answers, flags = self._sheet.state()
        return [
            {
                "id": question.id,
                "number": number,
                "state": _state(question, answers.get(question.id)),
                "flagged": question.id in flags,
            }
            for number, question in enumerate(self._asked, start=1)
        ]

    def _last_receipt(self) -> str:
        try:
            receipt = read_receipt(self._folder)
        except CioError:
            return ""
        return _words(receipt) if receipt else ""

    def _receive(self, _widget: Any, message: Any, _buffers: Any) -> None:
        if message.get("type") == "time":
            self._follow_due()
            self.send({"type": "time", "now": datetime.now(UTC).timestamp() * 1000})
        if message.get("type") == "flag":
            self._flag(str(message.get("id")), on=bool(message.get("on")))
        if message.get("type") == "submit":
            self._submit()

    def _follow_due(self) -> None:
        """Take over a time that was moved: the examiner's side writes it beside the answers."""
        try:
            due = json.loads((self._folder / PAPER_FILE).read_text(encoding="utf-8"))["due"]
            moved = datetime.fromisoformat(due)
        except (OSError, ValueError, KeyError, TypeError):
            return
        self._sheet.closes_at, self.due = moved, moved.timestamp() * 1000

    def _flag(self, question_id: str, *, on: bool) -> None:
        if question_id in {question.id for question in self._asked}:
            self._sheet.flag(question_id, on=on)
            self.refresh()

    def _submit(self) -> None:
        try:
            digest = digest_of_work(self._folder)
            ask(self._folder, SUBMIT_REQUEST)
        except OSError as error:
            self.send({"type": "failed", "message": f"CHƯA NỘP ĐƯỢC: {error.strerror}."})
            return
        _spawn(self._await_receipt(digest, datetime.now(UTC)))

    async def _await_receipt(self, digest: str, asked_at: datetime) -> None:
        """Say “handed in” only when what the examiner's side re-read is what is here."""

        def arrived() -> bool:
            answered = not (self._folder / SUBMIT_REQUEST).exists()
            return answered and self._receipt_for(digest) is not None

        if await _until(arrived):
            receipt = self._receipt_for(digest)
            self.receipt = _words(receipt) if receipt else ""
            self.send({"type": "receipt", "message": self.receipt})
            return
        message = (
            f"CHƯA NỘP ĐƯỢC (yêu cầu lúc {vietnam_time(asked_at)}): phòng thi chưa nhận được "
            "đúng bài này. Câu trả lời đã lưu vẫn còn nguyên; hãy nộp lại hoặc báo cán bộ "
            "coi thi."
        )
        self.send({"type": "failed", "message": message})

    def _receipt_for(self, digest: str) -> Receipt | None:
        try:
            receipt = read_receipt(self._folder)
        except CioError:
            return None
        return receipt if receipt and receipt.sha256 == digest else None


def _state(question: Any, value: Any) -> str:
    if value is None:
        return "blank"
    try:
        question.parse(value)
    except ValueError:
        return "invalid"
    return "answered"


def _words(receipt: Receipt) -> str:
    code = " ".join(receipt.sha256[at : at + 4] for at in range(0, 16, 4))
    return f"ĐÃ NỘP lúc {vietnam_time(receipt.taken_at)}. Mã biên nhận: {code.upper()}."


async def _until(condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + WAIT
    while not condition():
        if time.monotonic() > deadline:
            return False
        await asyncio.sleep(POLL)
    return True


_tasks: set[asyncio.Task[None]] = set()


def _spawn(work: Any) -> None:
    """Run ``work`` beside the kernel's own loop, so that saving goes on meanwhile."""
    task = asyncio.get_running_loop().create_task(work)
    _tasks.add(task)  # a task that nothing refers to may be collected before it ends
    task.add_done_callback(_tasks.discard)
