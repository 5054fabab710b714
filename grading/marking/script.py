"""An essay as a marker meets it, and what a marker says of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assessments.bank.rubric import Rubric
    from assessments.forms.form import FormItem

# Consonants alone: no code is a word, and none looks like a number to a spreadsheet.
_LETTERS = "BCDFGHJKLMNPQRSTVXZ"
_LENGTH = 8


@dataclass(frozen=True)
class Script:
    """One essay as a marker meets it: a code instead of a name, and what was written."""

    code: str
    candidate: str
    paper: str
    item: FormItem
    rubric: Rubric
    text: str


@dataclass(frozen=True)
class MarkedScript:
    """One marker's levels (0-3 by criterion id) for one script, and how long it took (seconds)."""

    code: str
    item_id: str
    levels: Mapping[str, int]
    comment: str = ""
    seconds: int | None = None


def code_of(seed: str, candidate: str, item_id: str) -> str:
    """The anonymous code of a script: eight letters.

    The seed is known to the examiner alone, so a marker cannot compute whose code it is.
    """
    number = int.from_bytes(hashlib.sha256(f"{seed}/{candidate}/{item_id}".encode()).digest())
    letters = []
    for _ in range(_LENGTH):
        number, at = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[at])
    return "".join(letters)
