"""``cio roster``, ``person``: who is to sit, and what the centre keeps of a person."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from centre.cli.common import Candidate, Json, SittingCode, at_work, now, print_json, the_actor
from centre.cli.common import the_centre as open_the_centre

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cohort_data.rosters.schema import Trainee

app = typer.Typer()
roster_app = typer.Typer(help="Danh sách học viên.", no_args_is_help=True)
person_app = typer.Typer(help="Dữ liệu của một người.", no_args_is_help=True)
app.add_typer(roster_app, name="roster")
app.add_typer(person_app, name="person")

Roster = Annotated[Path, typer.Argument(help="Danh sách: .xlsx, .xls, .ods hoặc .csv.")]
Number = Annotated[str, typer.Argument(help="Mã người của trung tâm, ví dụ P000012.")]
Ground = Annotated[str, typer.Option(help="Văn bản làm căn cứ.")]


@roster_app.command("check")
def roster_check(
    file: Roster,
    review: Annotated[
        Path | None, typer.Option(help="Ghi bản sao .xlsx có lời nhắc ngay trong ô cần sửa.")
    ] = None,
    track: Annotated[
        str, typer.Option(help="Soát cả điều kiện dự thi của chương trình này, theo hôm nay.")
    ] = "",
    *,
    as_json: Json = False,
) -> None:
    """Kiểm tra danh sách học viên; nêu từng lỗi theo tệp, dòng, cột."""
    from cohort_data.rosters.review import write_review
    from cohort_data.rosters.roster import read_roster

    roster = read_roster(file)
    if review is not None:
        write_review(file, roster, review)
    unfit = _unfit(roster.trainees, track) if track else {}
    if as_json:
        problems = [asdict(problem) for problem in roster.problems]
        counted = {"trainees": len(roster.trainees), "problems": problems}
        print_json(counted | ({"unfit": unfit} if track else {}))
    else:
        for problem in roster.problems:
            typer.echo(str(problem))
        for candidate, reasons in unfit.items():
            typer.echo(f"{candidate}: chưa đủ điều kiện dự thi: {'; '.join(reasons)}")
        errors = sum(problem.severity == "lỗi" for problem in roster.problems)
        warnings = sum(problem.severity == "cảnh báo" for problem in roster.problems)
        typer.echo(f"Đọc được {len(roster.trainees)} học viên, {errors} lỗi, {warnings} cảnh báo.")
        if track:
            typer.echo(f"Chưa đủ điều kiện dự thi {track}: {len(unfit)} người.")
    if roster.has_errors or unfit:
        raise typer.Exit(1)


def _unfit(trainees: Sequence[Trainee], track: str) -> dict[str, tuple[str, ...]]:
    """Who does not meet what a track asks for today; a track that asks for nothing says so."""
    from courses.foundation.dates import VIETNAM
    from courses.foundation.errors import ContentError
    from grading.certification.eligibility import explained
    from grading.certification.policy import policy_on

    today = now().astimezone(VIETNAM).date()
    rule = policy_on(today, track).eligibility
    if rule is None:
        raise ContentError(f"chương trình {track} không đặt điều kiện nào để soát theo danh sách")
    return explained(trainees, rule, today)


@roster_app.command("compare")
def roster_compare(file: Roster, sitting: SittingCode) -> None:
    """So một danh sách với những gì đang lưu của kỳ thi; không ghi gì."""
    from centre.accounts.permissions import require
    from centre.people.enrol import compare
    from cohort_data.rosters.roster import read_roster

    actor, opened = at_work(sitting)
    require(actor, "enrol")
    found = compare(opened, read_roster(file).trainees, {})
    for line in (*found.differences, *found.doubts):
        typer.echo(str(line))
    for candidate, why in found.refused.items():
        typer.echo(f"{candidate}: không được dự thi: {why}")
    for candidate in found.missing:
        typer.echo(f"{candidate}: đang trong kỳ, không có trong danh sách")
    typer.echo(
        f"Mới {len(found.new)}, không đổi {len(found.unchanged)}, khác {len(found.differences)}, "
        f"cần quyết định {len(found.doubts)}, không được dự thi {len(found.refused)}, "
        f"thiếu {len(found.missing)}."
    )


@person_app.command("correct")
def person_correct(
    number: Number,
    ground: Ground,
    full_name: Annotated[str, typer.Option(help="Họ và tên đúng.")] = "",
    birth_date: Annotated[str, typer.Option(help="Ngày sinh đúng, dạng 05/09/1980.")] = "",
) -> None:
    """Đính chính họ tên hoặc ngày sinh theo văn bản."""
    from django.db import transaction

    from centre.accounts.permissions import require
    from centre.people.privacy import correct, the_person
    from cohort_data.rosters.cells import CellError, as_birth_date, as_name
    from courses.foundation.errors import CentreError

    try:
        name = as_name(full_name) if full_name else ""
        born = as_birth_date(birth_date) if birth_date else None
    except CellError as error:
        raise CentreError(str(error)) from None
    open_the_centre()
    actor = the_actor()
    require(actor, "person.correct")
    with transaction.atomic():
        changed = correct(
            actor, the_person(number), ground, full_name=name, birth_date=born, now=now()
        )
    typer.echo(f"{number}: {'đã đính chính' if changed else 'đã đúng như vậy, không có gì đổi'}.")


@person_app.command("export")
def person_export(number: Number) -> None:
    """Xuất mọi dữ liệu trung tâm lưu về một người, dạng JSON; việc xuất được ghi sổ."""
    from django.db import transaction

    from centre.accounts.permissions import require
    from centre.people.privacy import export, the_person

    open_the_centre()
    actor = the_actor()
    require(actor, "person.export", number.strip().upper())
    with transaction.atomic():
        print_json(export(actor, the_person(number), now=now()))


@person_app.command("erase")
def person_erase(number: Number, ground: Ground) -> None:
    """Xoá dữ liệu của một người, trừ phần pháp luật buộc giữ (sổ gốc chứng chỉ)."""
    from django.db import transaction

    from centre.accounts.permissions import require
    from centre.people.privacy import erase, the_person

    open_the_centre()
    actor = the_actor()
    require(actor, "person.erase")
    with transaction.atomic():
        kept = erase(actor, the_person(number), ground, now=now())
    words = f"; giữ trong sổ gốc: {', '.join(kept)}" if kept else ""
    typer.echo(f"{number}: đã xoá{words}.")


@person_app.command("letter")
def person_letter(
    candidate: Candidate,
    sitting: SittingCode,
    kind: Annotated[
        str,
        typer.Option(help="sends (cử đi học), authorises (uỷ quyền) hoặc assigns (phân công)."),
    ],
    number: Annotated[str, typer.Option(help="Số, ký hiệu văn bản.")],
    dated: Annotated[datetime, typer.Option(formats=["%d/%m/%Y"], help="Ngày văn bản.")],
    body: Annotated[str, typer.Option(help="Cơ quan ban hành.")],
) -> None:
    """Ghi văn bản cử đi học, uỷ quyền hoặc phân công của một thí sinh."""
    from django.db import transaction

    from centre.people.records import enter_letter

    actor, opened = at_work(sitting)
    with transaction.atomic():
        enter_letter(actor, opened, candidate, kind, number, dated.date(), body, now=now())
    typer.echo(f"{candidate}: đã ghi văn bản {number}.")


@person_app.command("attend")
def person_attend(
    numbers: Annotated[list[str], typer.Argument(help="Mã những người tham gia.")],
    kind: Annotated[str, typer.Option(help="session (buổi học) hoặc drill (diễn tập).")],
    what: Annotated[str, typer.Option(help="Nội dung.")],
    held_on: Annotated[datetime, typer.Option(formats=["%d/%m/%Y"], help="Ngày.")],
) -> None:
    """Ghi những người đã dự một buổi học hoặc diễn tập."""
    from django.db import transaction

    from centre.accounts.permissions import require
    from centre.people.privacy import the_person
    from centre.people.records import enter_attendance

    open_the_centre()
    actor = the_actor()
    require(actor, "attendance.enter")
    with transaction.atomic():
        persons = [the_person(number) for number in numbers]
        new = enter_attendance(actor, persons, kind, what, held_on.date(), now=now())
    typer.echo(f"Ghi mới {new}, đã có {len(numbers) - new}.")
