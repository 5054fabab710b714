"""A track's schedule: a lesson a week, then practice, then the papers."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from courses.foundation.dates import padded_date
from grading.documents.administrative import Basis, Table, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from assessments.forms.blueprint import Blueprint
    from courses.lesson import Lesson
    from courses.tracks import Track
    from grading.documents.administrative import Document
    from grading.programme.issuing import Issuing

_HEADINGS = ("Tuần", "Từ ngày", "Nội dung", "Trên máy (phút)", "Trực tiếp (phút)")
_Row = tuple[str, int, int]
"""What a line of a week is about, and its minutes on the machine and in person."""


def schedule(
    track: Track,
    lessons: Mapping[str, Lesson],
    blueprint: Blueprint,
    starts_on: date,
    issuing: Issuing,
) -> Document:
    """The weeks of an intake that starts on ``starts_on``."""
    weeks = list(_weeks(track, lessons, blueprint))
    rows = [
        (str(n + 1), padded_date(starts_on + timedelta(weeks=n)), what, _told(alone), _told(met))
        for n, week in enumerate(weeks)
        for what, alone, met in week
    ]
    return issuing.document(
        "LỊCH HỌC",
        track.name,
        [
            Basis(f"Căn cứ Đề cương {track.name}."),
            Text(
                f"Khoá học gồm {len(weeks)} tuần, bắt đầu ngày {padded_date(starts_on)}. Mỗi tuần "
                "học một bài trên máy, dừng và học tiếp được, rồi một buổi nhóm trao đổi bài làm."
            ),
            Table(_HEADINGS, tuple(rows), (0.8, 1.7, 6, 1.2, 1.3)),
        ],
    )


def _weeks(
    track: Track, lessons: Mapping[str, Lesson], blueprint: Blueprint
) -> Iterator[list[_Row]]:
    for number, code in enumerate(track.modules):
        head = lessons[code].head
        survey = [("Khảo sát đầu khoá, đề xuất lộ trình học", track.survey_minutes, 0)]
        yield [
            *(survey if track.survey_minutes and not number else []),
            (f"{head.code}. {head.title}", head.minutes, track.session_minutes),
        ]
    for clinic in track.clinics:
        yield [(clinic, 0, track.session_minutes)]
    yield [(plan.name, plan.minutes, 0) for plan in blueprint.papers]


def _told(minutes: int) -> str:
    return str(minutes) if minutes else "–"
