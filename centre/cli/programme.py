"""``cio programme``: a track's syllabus and schedule, and the guide to a lesson."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from centre.cli.common import desk, now

if TYPE_CHECKING:
    from courses.lesson import Lesson
    from grading.documents.administrative import Document
    from grading.programme.issuing import Issuing

app = typer.Typer()
programme_app = typer.Typer(
    help="Chương trình đào tạo: đề cương, lịch học, hướng dẫn giảng bài.", no_args_is_help=True
)
app.add_typer(programme_app, name="programme")

To = Annotated[Path, typer.Argument(help="Tệp .docx hoặc .pdf ghi ra.")]
TrackCode = Annotated[str, typer.Option("--track", help="Mã chương trình: cio, chuyen-trach.")]


@programme_app.command("list")
def programme_list() -> None:
    """Liệt kê các chương trình: mã, tên, số bài học, chứng chỉ gọi là gì."""
    from courses.tracks import the_tracks

    for track in the_tracks().values():
        typer.echo(
            f"{track.code}: {track.name}; {len(track.modules)} bài học; {track.paper.lower()}"
        )


@programme_app.command("syllabus")
def programme_syllabus(to: To, track: TrackCode = "cio") -> None:
    """Ghi đề cương: đối tượng, thời lượng, trọng số, quy tắc dự thi, ngày của chính sách."""
    from assessments.bank.bank import read_bank
    from assessments.forms.blueprint import blueprint_of
    from courses.foundation.dates import VIETNAM
    from courses.tracks import the_track
    from grading.certification.policy import policy_on
    from grading.programme.syllabus import syllabus

    known, today = the_track(track), now().astimezone(VIETNAM).date()
    policy, blueprint = policy_on(today, track), blueprint_of(track)
    _write(syllabus(known, _lessons(), blueprint, policy, read_bank(), _issuing()), to)


@programme_app.command("schedule")
def programme_schedule(
    to: To,
    start: Annotated[datetime, typer.Option(formats=["%d/%m/%Y"], help="Ngày khai giảng.")],
    track: TrackCode = "cio",
) -> None:
    """Ghi lịch học theo tuần: khảo sát, mỗi tuần một bài, thực hành, thi."""
    from assessments.forms.blueprint import blueprint_of
    from courses.tracks import the_track
    from grading.programme.schedule import schedule

    known, blueprint = the_track(track), blueprint_of(track)
    _write(schedule(known, _lessons(), blueprint, start.date(), _issuing()), to)


@programme_app.command("guide")
def programme_guide(
    code: Annotated[str, typer.Argument(help="Mã năng lực của bài, ví dụ KM1.")], to: To
) -> None:
    """Ghi hướng dẫn giảng một bài: giờ, câu sai nên chờ, lời chốt, bảng, bỏ gì khi trễ."""
    from courses.foundation.errors import ContentError
    from grading.programme.guide import guide

    lessons = _lessons()
    if code.upper() not in lessons:
        raise ContentError(f"không có bài học {code}; có: {', '.join(lessons)}")
    _write(guide(lessons[code.upper()], _issuing()), to)


def _lessons() -> dict[str, Lesson]:
    from courses.lesson import lesson_paths, read_lesson

    return {lesson.head.code: lesson for lesson in map(read_lesson, lesson_paths())}


def _issuing() -> Issuing:
    """As the centre's configuration states it; no database is opened."""
    from centre.configuration import find_centre
    from courses.foundation.dates import VIETNAM
    from grading.documents.administrative import Signer, signature_lines
    from grading.programme.issuing import Issuing

    settings = find_centre(desk.folder).settings
    signatory = settings.signatory
    return Issuing(
        parent=settings.issuer.parent,
        issuer=settings.issuer.name,
        place=settings.issuer.place,
        day=now().astimezone(VIETNAM).date(),
        signer=Signer(signature_lines(signatory.prefix, signatory.title), signatory.name),
        is_demo=settings.demo,
    )


def _write(document: Document, to: Path) -> None:
    from courses.foundation.errors import ContentError
    from courses.foundation.files import write_atomically
    from grading.documents.administrative import render_docx, render_pdf

    render = {".docx": render_docx, ".pdf": render_pdf}.get(to.suffix.lower())
    if render is None:
        raise ContentError("chỉ ghi được tệp .docx hoặc .pdf", path=to)
    write_atomically(to, render(document, now()))
    typer.echo(f"Đã ghi {to}.")
