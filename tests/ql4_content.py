"""What the tests of the QL4 items share: the items, and projects of known value."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import assessments
from assessments.bank.item import Item, read_item
from courses.models.investment import Project

ITEMS = Path(assessments.__file__).parent / "items" / "ql4"


@cache
def item(number: str) -> Item:
    """One item of the competency, by the rest of its id."""
    return read_item(ITEMS / f"ql4-{number}.md")


def valued(table: dict[str, tuple[float, float]]) -> list[Project]:
    """Projects of known capital and NPV: at rate 0 one inflow of both together gives that NPV."""
    return [
        Project(code, code, capital, (capital + value,)) for code, (capital, value) in table.items()
    ]


def numbers(text: str) -> list[float]:
    """Every number of a Vietnamese text, in order."""
    return [float(number.replace(",", ".")) for number in re.findall(r"\d+(?:,\d+)?", text)]
