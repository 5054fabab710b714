"""``cio prepare``, ``deliver``, ``watch``, ``collect`` …: a sitting made ready and under way."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from centre.cli.common import (
    Candidate,
    SittingCode,
    at_work,
    now,
    the_actor,
    the_centre,
)
from courses.foundation.dates import vietnam_time

if TYPE_CHECKING:
    from centre.people.enrol import Comparison
    from centre.sittings.watch import Event

app = typer.Typer()
room_app = typer.Typer(help="Phòng thi: tạm dừng, tiếp tục, sự cố.", no_args_is_help=True)
app.add_typer(room_app, name="room")

Room = Annotated[str, typer.Option(help="Mã phòng; để trống là cả kỳ thi.")]


@app.command()
def prepare(
    settings: Annotated[Path, typer.Option(help="Tệp sitting.toml.")],
    roster: Annotated[Path, typer.Option(help="Danh sách học viên.")],
    sitting: Annotated[str, typer.Option("--sitting", help="Mã kỳ, phải đúng như trong tệp.")] = "",
    prior: Annotated[
        Path | None, typer.Option(help="Kết quả đạt trước khi có trung tâm (.csv).")
    ] = None,
    prior_ground: Annotated[str, typer.Option(help="Văn bản chứng minh các kết quả đó.")] = "",
    same: Annotated[
        list[str], typer.Option(help="SỐ_BÁO_DANH=MÃ_NGƯỜI hoặc =moi, khi được hỏi.")
    ] = [],  # noqa: B006 - Typer's way to say none
) -> None:
    """Tạo kỳ sát hạch: khoá cấu hình và đề, nhập danh sách, phát hành bài thi."""
    from django.db import transaction

    from centre.people.enrol import enrol
    from centre.people.records import enter_earlier
    from centre.sittings.prepare import prepare as prepare_sitting
    from centre.sittings.prepare import release_papers
    from centre.sittings.settings import read_settings
    from cohort_data.rosters.prior import read_prior
    from cohort_data.rosters.roster import read_roster
    from courses.foundation.errors import SittingError

    stated, people = read_settings(settings), read_roster(roster)
    if sitting and sitting != stated.code:
        raise SittingError(f"tệp cấu hình là của kỳ {stated.code}", path=settings)
    if people.has_errors:
        raise SittingError("danh sách còn lỗi; xem “cio roster check”", path=roster)
    passes = read_prior(prior) if prior else ()
    decided = dict(one.partition("=")[::2] for one in same)
    centre = the_centre()
    actor = the_actor()
    with transaction.atomic():
        opened = prepare_sitting(actor, centre, stated, now=now())
        found = enrol(actor, opened, people.trainees, same=decided, now=now())
        if passes:
            enter_earlier(actor, opened, passes, prior_ground, now=now())
    release_papers(opened)
    _show_enrolled(found)
    papers = ", ".join(opened.forms())
    typer.echo(f"Kỳ sát hạch sẵn sàng: {len(opened.enrolments())} thí sinh, bài thi {papers}.")
    if found.refused or found.differences:
        raise typer.Exit(1)


def _show_enrolled(found: Comparison) -> None:
    for candidate, why in found.refused.items():
        typer.echo(f"{candidate}: để riêng, không nhập: {why}")
    for difference in found.differences:
        typer.echo(f"{difference}; giữ nguyên, muốn sửa dùng “cio person correct”")
    typer.echo(f"Nhập mới {len(found.new)}, không đổi {len(found.unchanged)}.")


@app.command()
def accommodate(
    candidate: Candidate,
    sitting: SittingCode,
    minutes: Annotated[int, typer.Option(help="Số phút thêm cho mỗi bài.")],
    ground: Annotated[str, typer.Option(help="Căn cứ, không nêu thông tin sức khoẻ chi tiết.")],
) -> None:
    """Cho một thí sinh thêm giờ ở mọi bài chưa thu, kể cả bài đang làm; cộng dồn."""
    from django.db import transaction

    from centre.sittings.conduct import accommodate as add_time

    actor, opened = at_work(sitting)
    with transaction.atomic():
        total = add_time(actor, opened, candidate, minutes, ground, now=now())
    typer.echo(f"{candidate}: thêm {minutes} phút mỗi bài, tất cả {total} phút.")


@app.command()
def deliver(
    candidate: Candidate,
    paper: Annotated[str, typer.Argument(help="Mã bài thi, ví dụ QL.")],
    sitting: SittingCode,
) -> None:
    """Giao đề cho một thí sinh; giờ làm bài tính từ lúc này."""
    from django.db import transaction

    from centre.sittings.deliver import deliver as start
    from centre.sittings.deliver import lay_out

    actor, opened = at_work(sitting)
    form = opened.form_of(candidate, paper, opened.forms())
    with transaction.atomic():
        delivery = start(actor, opened, candidate, form, now=now())
    typer.echo(f"{lay_out(opened, delivery, form)}: đến {vietnam_time(delivery.due_at)}")


@app.command()
def collect(
    candidate: Candidate,
    form: Annotated[str, typer.Argument(help="Mã đề, ví dụ QL-A.")],
    sitting: SittingCode,
) -> None:
    """Thu bài của một thí sinh và in biên nhận."""
    from django.db import transaction

    from centre.sittings.take import take

    actor, opened = at_work(sitting)
    with transaction.atomic():
        taken = take(actor, opened, candidate, form, now=now())
    late = " (nộp muộn)" if taken.late else ""
    typer.echo(f"{candidate}, đề {form}: đã thu{late}. SHA-256 {taken.receipt.sha256}")


@app.command("watch")
def watch_rooms(sitting: SittingCode) -> None:
    """Coi thi: trả lời yêu cầu bắt đầu, nộp bài; tự thu bài khi hết giờ. Dừng bằng Ctrl+C."""
    from centre.sittings.watch import watch

    actor, opened = at_work(sitting)
    typer.echo("Phòng thi đang mở. Dừng bằng Ctrl+C.")
    try:
        watch(actor, opened, _show_event, stop=lambda: False)
    except KeyboardInterrupt:
        typer.echo("Phòng thi đã đóng.")


_EVENTS = {
    "started": "bắt đầu",
    "taken": "đã nộp",
    "time over": "hết giờ, đã thu",
    "time moved": "giờ làm bài đã đổi",
    "refused": "từ chối",
}


def _show_event(event: Event) -> None:
    words = f": {event.text}" if event.text else ""
    when = vietnam_time(now())
    typer.echo(f"{when} {event.candidate}, đề {event.form}: {_EVENTS[event.kind]}{words}")


@room_app.command("assign")
def room_assign(
    room: Annotated[str, typer.Argument(help="Mã phòng.")],
    candidates: Annotated[list[str], typer.Argument(help="Các số báo danh.")],
    sitting: SittingCode,
) -> None:
    """Xếp thí sinh vào một phòng."""
    from django.db import transaction

    from centre.sittings.conduct import assign_room

    actor, opened = at_work(sitting)
    with transaction.atomic():
        moved = assign_room(actor, opened, room, candidates, now=now())
    typer.echo(f"Phòng {room}: xếp {moved} người, {len(candidates) - moved} người đã ở đó.")


@room_app.command("pause")
def room_pause(
    sitting: SittingCode, ground: Annotated[str, typer.Option(help="Lý do.")], room: Room = ""
) -> None:
    """Tạm dừng một phòng hoặc cả kỳ thi: đồng hồ dừng lại."""
    from django.db import transaction

    from centre.sittings.conduct import pause

    actor, opened = at_work(sitting)
    with transaction.atomic():
        pause(actor, opened, room, ground, now=now())
    typer.echo("Đã tạm dừng.")


@room_app.command("resume")
def room_resume(sitting: SittingCode, room: Room = "") -> None:
    """Cho tiếp tục: mỗi bài đang làm được bù đúng thời gian đã dừng."""
    from django.db import transaction

    from centre.sittings.conduct import resume

    actor, opened = at_work(sitting)
    with transaction.atomic():
        papers = resume(actor, opened, room, now=now())
    typer.echo(f"Đã cho tiếp tục; {papers} bài được bù giờ.")


@room_app.command("incident")
def room_incident(
    sitting: SittingCode,
    text: Annotated[str, typer.Option(help="Sự việc.")],
    room: Room = "",
    candidate: Annotated[str, typer.Option(help="Số báo danh, nếu riêng một người.")] = "",
) -> None:
    """Ghi một sự cố của phòng thi hoặc của một thí sinh."""
    from django.db import transaction

    from centre.sittings.conduct import note_incident

    actor, opened = at_work(sitting)
    with transaction.atomic():
        note_incident(actor, opened, text, room=room, candidate=candidate, now=now())
    typer.echo("Đã ghi.")
