"""Papers out to trainees, and their work back in: copied whole, re-read, with a receipt.

A trainee works in ``papers/<id>/<paper>``; what is taken goes to nbgrader's ``submitted/``.
"""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from assessments.answers import PAPER_FILE
from courses.answer_sheet import write_atomically
from courses.errors import SittingError
from grading.records.ledger import append_ledger

if TYPE_CHECKING:
    from pathlib import Path

    from assessments.form import Form
    from grading.sitting import Sitting

TIMESTAMP = "timestamp.txt"  # nbgrader reads the time of submission from this file
_KEPT = (".ipynb", ".json")
_LARGEST = 20_000_000  # bytes


@dataclass(frozen=True)
class Receipt:
    """What was taken: SHA-256 over names and contents of all files, and when."""

    trainee: str
    paper: str
    sha256: str
    taken_at: datetime
    late: bool


def deliver(sitting: Sitting, trainee: str, form: Form) -> Path:
    """Put a paper into the trainee's folder and return it; resuming keeps all."""
    folder = sitting.folder / "papers" / trainee / form.code
    if not folder.exists():
        lay_out(sitting, trainee, form, folder)
    return folder


def lay_out(sitting: Sitting, trainee: str, form: Form, folder: Path) -> None:
    """Write the released notebooks and this trainee's own questions to ``folder``, whole."""
    part = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    shutil.copytree(sitting.folder / "release" / form.code, part)
    paper = form.paper_for(trainee).model_dump_json(indent=1)
    write_atomically(part / PAPER_FILE, paper.encode())
    part.rename(folder)


def collect(sitting: Sitting, trainee: str, paper: str, at: datetime) -> Receipt:
    """Take a trainee's work on one paper; work taken earlier is replaced.

    Raises:
        SittingError: when there is nothing to take, or the time is over.
    """
    settings = sitting.settings
    source = sitting.folder / "papers" / trainee / paper
    if not source.is_dir():
        raise SittingError(f"học viên {trainee} chưa nhận bài {paper}", path=source)
    if at > settings.closes + timedelta(minutes=settings.grace_minutes):
        raise SittingError(f"đã quá hạn nộp bài {paper} của {trainee}", path=source)
    target = sitting.course.path("submitted", trainee, paper)
    _copy(source, target, at)
    receipt = Receipt(trainee, paper, digest_of_folder(target), at, at > settings.closes)
    with sitting.records.begin() as session:
        detail = {"paper": paper, "sha256": receipt.sha256, "late": receipt.late}
        append_ledger(session, "paper.taken", trainee, detail, at)
    return receipt


def _copy(source: Path, target: Path, at: datetime) -> None:
    """Copy notebooks and answers beside the target, then swap: never half a submission."""
    part, old = target.with_name(f".{target.name}.part"), target.with_name(f".{target.name}.old")
    for leftover in (part, old):
        shutil.rmtree(leftover, ignore_errors=True)
    part.mkdir(parents=True)
    for path in sorted(source.iterdir()):
        if path.suffix in _KEPT and path.is_file() and not path.is_symlink():
            if path.stat().st_size > _LARGEST:
                raise SittingError("tệp lớn bất thường, không nhận", path=path)
            write_atomically(part / path.name, path.read_bytes())
    stamp = f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC\n"
    write_atomically(part / TIMESTAMP, stamp.encode())
    if target.exists():
        target.rename(old)
    part.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def digest_of_folder(folder: Path) -> str:
    """SHA-256 (hex) over the names and contents of all files in ``folder``, as re-read."""
    digest = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{path.name}\0{content}\n".encode())
    return digest.hexdigest()
