"""Every sheet to take home, by name."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from courses.takehome import figures, papers, registers

if TYPE_CHECKING:
    from courses.takehome.sheet import Sheet


@cache
def the_sheets() -> dict[str, Sheet]:
    """The sheets in the order of the lessons, made from the lessons' data."""
    made = (
        registers.bases(),
        figures.chain(),
        registers.trace(),
        figures.npv(),
        papers.opinion(),
        figures.earned(),
        papers.consensus(),
        papers.incident(),
        figures.four_figures(),
        registers.risks(),
        papers.cards(),
    )
    return {sheet.name: sheet for sheet in made}


def of_lesson(code: str) -> list[Sheet]:
    """The sheets that belong to a lesson."""
    return [sheet for sheet in the_sheets().values() if code in sheet.lessons]
