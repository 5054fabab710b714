"""``cio marking``: essays out to markers, their levels back in, and what the lead decides."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from centre.cli.common import SittingCode, at_work, now

if TYPE_CHECKING:
    from centre.marks.marking import Recorded
    from centre.marks.panel import Moved
    from centre.marks.rulings import Doubt
    from centre.people.models import Agency, Person
    from centre.sittings.sitting import Sitting

app = typer.Typer()
marking_app = typer.Typer(
    help="Chấm tự luận: phân công, phiếu chấm, việc của trưởng ban; câu trả lời gần đúng.",
    no_args_is_help=True,
)
app.add_typer(marking_app, name="marking")

Marker = Annotated[str, typer.Argument(help="Tên người dùng của giám khảo.")]
Item = Annotated[str, typer.Argument(help="Mã câu tự luận.")]
Code = Annotated[str, typer.Argument(help="Mã bài (ẩn danh).")]
Ground = Annotated[str, typer.Option(help="Lý do, căn cứ; được giữ trong sổ nhật ký.")]


@marking_app.command("allocate")
def marking_allocate(
    sitting: SittingCode,
    marker: Annotated[
        list[str] | None,
        typer.Option(help="Giám khảo cùng chấm (lặp lại được); mặc định theo cấu hình kỳ thi."),
    ] = None,
) -> None:
    """Phân công mỗi bài cho hai giám khảo, đều nhau, tránh xung đột lợi ích; bài mới thì thêm."""
    from django.db import transaction

    from centre.marks.panel import allocate

    actor, opened = at_work(sitting)
    with transaction.atomic():
        moved = allocate(actor, opened, marker or (), now=now())
    tell_moved(moved)


def tell_moved(moved: Moved) -> None:
    """Say what was given out; exit status 1 when somebody is left without a marker."""
    typer.echo(f"Phân công {moved.given} lượt chấm.")
    for item, code in moved.unplaced:
        typer.echo(f"{code}, câu {item}: không đủ giám khảo không có xung đột lợi ích", err=True)
    if moved.unplaced:
        raise typer.Exit(1)


@marking_app.command("withdraw")
def marking_withdraw(marker: Marker, sitting: SittingCode, ground: Ground) -> None:
    """Cho một giám khảo thôi chấm: bài đã chấm giữ nguyên, bài còn lại chia cho người khác."""
    from django.db import transaction

    from centre.marks.panel import withdraw_marker

    actor, opened = at_work(sitting)
    with transaction.atomic():
        moved = withdraw_marker(actor, opened, marker, ground, now=now())
    tell_moved(moved)


@marking_app.command("conflict")
def marking_conflict(
    marker: Marker,
    sitting: SittingCode,
    ground: Ground,
    agency: Annotated[
        str, typer.Option(help="Tên cơ quan; cơ quan của chính giám khảo cũng phải khai.")
    ] = "",
    candidate: Annotated[str, typer.Option(help="Số báo danh của thí sinh có quan hệ.")] = "",
) -> None:
    """Khai xung đột lợi ích: giám khảo không chấm bài của cơ quan hay của người này nữa."""
    from django.db import transaction

    from centre.accounts.permissions import require
    from centre.marks.panel import declare_conflict

    actor, opened = at_work(sitting)
    require(actor, "conflict.declare", marker)
    of = _party(opened, agency, candidate)
    with transaction.atomic():
        moved = declare_conflict(actor, opened, marker, of, ground, now=now())
    tell_moved(moved)


def _party(sitting: Sitting, agency: str, candidate: str) -> Agency | Person:
    from centre.people.models import Agency
    from courses.foundation.errors import SittingError

    if bool(agency) == bool(candidate):
        raise SittingError("nêu một trong hai: --agency hoặc --candidate")
    if candidate:
        return sitting.enrolment(candidate).person
    found = list(Agency.objects.filter(name=agency).order_by("pk"))
    if len(found) != 1:
        words = "không có cơ quan" if not found else f"có {len(found)} cơ quan cùng tên"
        raise SittingError(f"{words} “{agency}”; xem tên trong danh sách của kỳ")
    return found[0]


@marking_app.command("export")
def marking_export(marker: Marker, sitting: SittingCode) -> None:
    """Xuất phiếu chấm Excel không có tên thí sinh: những bài chờ giám khảo này chấm."""
    from centre.accounts.permissions import require
    from centre.marks.desk import sheet_scripts
    from centre.marks.marking import require_known
    from courses.foundation.errors import SittingError
    from grading.marking.sheet import write_sheet

    actor, opened = at_work(sitting)
    require(actor, "script.mark", marker)
    require_known(opened, marker)
    waiting, changed = sheet_scripts(actor, opened, marker)
    for code in changed:
        typer.echo(f"{code}: bài không còn như lúc phân công; báo trưởng ban chấm", err=True)
    if not waiting and marker == opened.settings.marking.adjudicator:
        raise SittingError("không có bài nào lệch điểm chờ giám khảo thứ ba")
    if not waiting:
        raise SittingError(
            f"không có bài nào chờ {marker}: chưa phân công (cio marking allocate), đã chấm xong "
            "hoặc đang dừng chờ trưởng ban chấm"
        )
    path = opened.folder / "marking" / f"phieu-cham-{marker}.xlsx"
    if path.exists():
        raise SittingError("phiếu chấm đã có; đổi tên hoặc chuyển đi trước khi xuất lại", path=path)
    write_sheet(path, marker, waiting)
    typer.echo(f"{path}: {len(waiting)} bài.")


@marking_app.command("import")
def marking_import(
    marker: Marker,
    file: Annotated[Path, typer.Argument(help="Phiếu chấm đã điền.")],
    sitting: SittingCode,
) -> None:
    """Nhập phiếu chấm, ghi điểm thống nhất vào sổ điểm; dòng sai được nêu, dòng đúng vẫn nhập."""
    from django.db import transaction

    from centre.marks.agreed import write_agreed
    from centre.marks.desk import known_scripts
    from centre.marks.marking import record_marks
    from grading.marking.sheet_reading import read_sheet

    actor, opened = at_work(sitting)
    marked, problems = read_sheet(file, marker, known_scripts(actor, opened, marker))
    with transaction.atomic():
        recorded = record_marks(actor, opened, marker, marked, now=now())
    written = write_agreed(opened)
    refused = [*map(str, problems), *_refusals(recorded)]
    for words in refused:
        typer.echo(words)
    typer.echo(
        f"Ghi {recorded.changed} kết quả chấm của {marker}; "
        f"{written} điểm thống nhất vào sổ điểm; {len(problems)} dòng sai."
    )
    if refused:
        raise typer.Exit(1)


def _refusals(recorded: Recorded) -> list[str]:
    """What was not taken, and why, in words."""
    return [
        *(f"{code}: đã có lượt chấm sau, không sửa được; giữ điểm cũ" for code in recorded.closed),
        *(f"Câu {item}: dừng chấm, chờ trưởng ban chấm" for item in recorded.stopped),
        *(f"{code}: chưa nhận, câu này chưa được chấm" for code in recorded.not_yet),
    ]


@marking_app.command("near")
def marking_near(
    sitting: SittingCode,
    *,
    ruled: Annotated[bool, typer.Option("--all", help="Kể cả câu đã có kết luận.")] = False,
) -> None:
    """Các câu trả lời ngắn gần đúng chờ người xem; không nêu tên hay số báo danh."""
    from centre.accounts.permissions import require
    from centre.marks.rulings import doubts

    actor, opened = at_work(sitting)
    require(actor, "answer.rule")
    found = doubts(opened)
    waiting = [one for one in found if one.waits]
    for one in found if ruled else waiting:
        _show_doubt(one)
    typer.echo(f"{len(waiting)} câu trả lời chờ kết luận, {len(found) - len(waiting)} đã có.")


def _show_doubt(doubt: Doubt) -> None:
    said = ", ".join(_verdict(share) for share in sorted(doubt.shares)) or "chưa có kết luận"
    typer.echo(f"{doubt.code}  câu {doubt.item.id}, {len(doubt.written)} thí sinh, {said}")
    typer.echo(f"  Hỏi: {' '.join(doubt.prompt.split())}")
    typer.echo(f"  Đáp án: {'; '.join(doubt.accepted)}")
    typer.echo(f"  Trả lời: {doubt.answer}")


def _verdict(share: Decimal) -> str:
    named = {Decimal(0): "sai", Decimal(1): "đúng"}
    return named.get(share, f"{share:.2f} số điểm".replace(".", ","))


@marking_app.command("rule")
def marking_rule(
    code: Annotated[str, typer.Argument(help="Mã câu trả lời, xem “cio marking near”.")],
    verdict: Annotated[str, typer.Argument(help="right (đúng), wrong (sai) hoặc phần, như 0,5.")],
    sitting: SittingCode,
) -> None:
    """Kết luận một câu trả lời gần đúng, cho mọi thí sinh đã viết như vậy; ghi vào sổ điểm."""
    from django.db import transaction

    from centre.marks.agreed import write_agreed
    from centre.marks.rulings import rule

    actor, opened = at_work(sitting)
    share = _share(verdict)
    with transaction.atomic():
        said = rule(actor, opened, code, share, now=now())
    written = write_agreed(opened)
    typer.echo(f"{code}: {_verdict(share)}, {said} thí sinh; {written} điểm vào sổ điểm.")


def _share(verdict: str) -> Decimal:
    from courses.foundation.errors import SittingError

    named = {"right": "1", "wrong": "0"}
    try:
        return Decimal(named.get(verdict, verdict.replace(",", ".")))
    except InvalidOperation:
        raise SittingError("kết luận là right, wrong hoặc một phần như 0,5") from None
