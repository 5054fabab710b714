"""What is shipped, read once for all tests of a process."""

from __future__ import annotations

from assessments.bank.bank import read_bank
from courses.lesson import lesson_paths, read_lesson

BANK = read_bank()
LESSONS = [read_lesson(path) for path in lesson_paths()]


def lesson_of(competency):
    """The lesson of one competency."""
    return next(one for one in LESSONS if one.head.code == competency)
