"""The answers file of one notebook of a paper, as the examiner's side reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from courses.answer_sheet import read_sheet
from courses.foundation.errors import AnswerError

if TYPE_CHECKING:
    from pathlib import Path

PAPER_FILE = "de-thi.json"


def answers_path(folder: Path, competency: str) -> Path:
    """Where the answers to the notebook of ``competency`` are kept in a trainee's folder."""
    return folder / f"{competency}.tra-loi.json"


def read_answers(folder: Path, competency: str, digest: str) -> dict[str, Any]:
    """Raw answers by item id; an absent file means that nothing was answered.

    Raises:
        AnswerError: when the file is damaged, or answers another form than ``digest``.
    """
    path = answers_path(folder, competency)
    if path.is_symlink():
        raise AnswerError("tệp trả lời là liên kết tới nơi khác, không đọc", path=path)
    sheet = read_sheet(path)
    if sheet.answers and sheet.subject != digest:
        raise AnswerError("tệp trả lời thuộc một đề khác", path=path)
    return {item: answer.value for item, answer in sheet.answers.items()}
