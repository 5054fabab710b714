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

from assessments.handing_in.answers import PAPER_FILE, read_answers
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

    from assessments.forms.form import TraineePaper
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
    """The panel of one notebook of a paper; it counts and hands in the whole paper.

    What was handed in is told as it stands now: with each look at the server's clock the work
    on the disk is compared with the receipt.

    Args:
        sheet: this notebook's answers, and the flags a trainee sets.
        paper: the whole paper.
        competency: which part of it this notebook is.
    """

    _esm = _HERE / "panel.js"
    _css = _HERE / "panel.css"
    waiting = traitlets.Bool(default_value=False).tag(sync=True)
    questions: traitlets.List[Any] = traitlets.List().tag(sync=True)
    due = traitlets.Float().tag(sync=True)
    parts: traitlets.List[Any] = traitlets.List().tag(sync=True)
    standing: traitlets.Dict[str, str] = traitlets.Dict().tag(sync=True)

    def __init__(self, sheet: AnswerSheet, paper: TraineePaper, competency: str) -> None:
        self._sheet = sheet
        self._paper = paper
        self._competency = competency
        self._asked = [i.question for i in paper.items if i.competency == competency]
        self._folder = sheet.path.parent
        super().__init__(
            questions=self._states(),
            parts=self._parts(),
            due=paper.due.timestamp() * 1000 if paper.due else 0,
            standing=self._standing(),
        )
        self.on_msg(self._receive)

    def refresh(self, _value: Any = None) -> None:
        """Show everything as it is on the disk now."""
        self.questions, self.parts = self._states(), self._parts()
        self.standing = self._standing()

    def _parts(self) -> list[dict[str, Any]]:
        """How much of each part is answered; ``answered`` None when its file is damaged."""
        questions: dict[str, list[Any]] = {}
        for item in self._paper.items:
            questions.setdefault(item.competency, []).append(item.question)
        return [
            {
                "competency": one,
                "here": one == self._competency,
                "total": len(asked),
                "answered": self._answered(one, asked),
            }
            for one, asked in questions.items()
        ]

    def _answered(self, competency: str, asked: list[Any]) -> int | None:
        try:
            answers = read_answers(self._folder, competency, self._paper.digest)
        except CioError:
            return None
        return sum(_state(one, answers.get(one.id)) == "answered" for one in asked)

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

    def _standing(self) -> dict[str, str]:
        """What was taken, and whether what is on the disk now is still that."""
        try:
            receipt = read_receipt(self._folder)
            if receipt is None:
                return {"state": "", "words": ""}
            same = receipt.sha256 == digest_of_work(self._folder)
        except (CioError, OSError):
            return {
                "state": "unsaved",
                "words": "KHÔNG ĐỌC ĐƯỢC BIÊN NHẬN; hãy báo cán bộ coi thi.",
            }
        if same:
            return {"state": "saved", "words": _words(receipt)}
        changed = (
            "SAU ĐÓ BÀI ĐÃ THAY ĐỔI: bản mới chưa được thu; hãy nộp lại, "
            "nếu không bản mới được thu khi hết giờ."
        )
        return {"state": "changed", "words": f"{_words(receipt)} {changed}"}

    def _receive(self, _widget: Any, message: Any, _buffers: Any) -> None:
        if message.get("type") == "time":
            self._tell_time(datetime.now(UTC))
        if message.get("type") == "flag":
            self._flag(str(message.get("id")), on=bool(message.get("on")))
        if message.get("type") == "submit":
            self._submit()

    def _tell_time(self, now: datetime) -> None:
        """Tell the server's time, whether it is over, and how the paper stands."""
        self._follow_due()
        self.refresh()
        over = bool(self.due) and now.timestamp() * 1000 >= self.due
        self.send({"type": "time", "now": now.timestamp() * 1000, "over": over})

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
            self.refresh()
            self.send({"type": "receipt", "message": self.standing["words"]})
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
