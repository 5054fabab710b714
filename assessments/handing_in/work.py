"""Starting and handing in a paper, as a trainee's folder and the examiner's side agree on it.

The trainee's side only asks, by a file in its own folder; the examiner's side answers, with
the server's time: a paper file to start with, a receipt for what was taken.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from pydantic import AwareDatetime

from courses.foundation.content import Content, read_text, validate_json
from courses.foundation.files import write_atomically

if TYPE_CHECKING:
    from pathlib import Path

START_REQUEST = "yeu-cau-bat-dau"
SUBMIT_REQUEST = "yeu-cau-nop-bai"
RECEIPT_FILE = "bien-nhan.json"
_WORK = ("*.ipynb", "*.tra-loi.json")


class Receipt(Content):
    """What was taken: ``sha256`` over the work, ``digest`` that of the form."""

    trainee: str
    form: str
    digest: str
    sha256: str
    taken_at: AwareDatetime


def work_files(folder: Path) -> list[Path]:
    """The files that are the work: notebooks and answers; links, hidden and other files are not."""
    found = {path for pattern in _WORK for path in folder.glob(pattern)}
    return sorted(
        path
        for path in found
        if path.is_file() and not path.is_symlink() and not path.name.startswith(".")
    )


def digest_of_work(folder: Path) -> str:
    """SHA-256 (hex) over names and contents of the work in ``folder``, as now on the disk."""
    digest = hashlib.sha256()
    for path in work_files(folder):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{path.name}\0{content}\n".encode())
    return digest.hexdigest()


def ask(folder: Path, request: str) -> None:
    """Ask the examiner's side to start or to take the paper in ``folder``."""
    write_atomically(folder / request, b"")


def read_receipt(folder: Path) -> Receipt | None:
    """The last receipt in ``folder``, if any; ContentError when it is damaged."""
    path = folder / RECEIPT_FILE
    return validate_json(Receipt, read_text(path), path) if path.exists() else None
