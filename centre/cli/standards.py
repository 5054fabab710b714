"""``cio standard``: judges set a paper's cut."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from centre.cli.common import SittingCode, at_work, now

if TYPE_CHECKING:
    from grading.statistics.standard_setting import AngoffRound

app = typer.Typer()
standard_app = typer.Typer(help="Hội đồng chuẩn xác định điểm đạt.", no_args_is_help=True)
app.add_typer(standard_app, name="standard")

FormCode = Annotated[str, typer.Argument(help="Mã đề, ví dụ QL-A.")]
Judge = Annotated[str, typer.Argument(help="Tên người dùng của thành viên hội đồng chuẩn.")]


@standard_app.command("open")
def standard_open(form: FormCode, sitting: SittingCode) -> None:
    """Mở việc xác định điểm chuẩn cho một đề."""
    from django.db import transaction

    from centre.standards.study import form_of, open_study

    actor, opened = at_work(sitting)
    with transaction.atomic():
        study = open_study(actor, opened, form, now=now())
    count = len(form_of(study).scored)
    typer.echo(f"Đã mở, vòng 1, {count} câu. Xuất phiếu: cio standard sheet {form} NGƯỜI")


@standard_app.command("sheet")
def standard_sheet(form: FormCode, judge: Judge, sitting: SittingCode) -> None:
    """Xuất phiếu của một thành viên, kèm kết quả vòng trước."""
    from centre.accounts.permissions import require
    from centre.standards.sheets import write_sheet_of
    from centre.standards.study import study_of

    actor, opened = at_work(sitting)
    require(actor, "standard.rate", judge)
    path = opened.folder / "standards" / f"{form}-{judge}.xlsx"
    path.parent.mkdir(exist_ok=True)
    write_sheet_of(path, study_of(opened, form), judge)
    typer.echo(str(path))


@standard_app.command("rate")
def standard_rate(
    form: FormCode,
    judge: Judge,
    file: Annotated[Path, typer.Argument(help="Phiếu đã điền.")],
    sitting: SittingCode,
) -> None:
    """Nhập phiếu đã điền của một thành viên vào vòng đang mở."""
    from django.db import transaction

    from centre.standards.study import form_of, rate, study_of
    from grading.certification.standard_sheet import read_rating_sheet

    actor, opened = at_work(sitting)
    study = study_of(opened, form)
    ratings = read_rating_sheet(file, form_of(study), judge)
    with transaction.atomic():
        rated = rate(actor, study, judge, ratings, now=now())
    typer.echo(f"Vòng {study.round}: {'đã ghi' if rated.changed else 'không có gì đổi'}.")


@standard_app.command("round")
def standard_round(form: FormCode, sitting: SittingCode) -> None:
    """Khép vòng đang mở, in kết quả để thảo luận, mở vòng sau."""
    from django.db import transaction

    from centre.standards.study import close_round, form_of, study_of

    actor, opened = at_work(sitting)
    study = study_of(opened, form)
    with transaction.atomic():
        figures = close_round(actor, study, now=now())
    _show(figures, float(form_of(study).points))


@standard_app.command("set")
def standard_set(
    form: FormCode,
    sitting: SittingCode,
    minutes: Annotated[str, typer.Option(help="Số, ngày của biên bản hội đồng chuẩn.")],
) -> None:
    """Chốt điểm chuẩn theo vòng đã khép cuối cùng."""
    from django.db import transaction

    from centre.standards.study import set_standard, standard_of, study_of

    actor, opened = at_work(sitting)
    study = study_of(opened, form)
    with transaction.atomic():
        frozen = set_standard(actor, study, minutes, now=now())
    cut = standard_of(study, minutes, 0).cut_share
    typer.echo(f'cut_share = "{cut}"\nstandard = "{frozen.digest}"')


@standard_app.command("minutes")
def standard_minutes(form: FormCode, sitting: SittingCode) -> None:
    """Lập biên bản xác định điểm chuẩn đã chốt: PDF và .docx theo Nghị định 30."""
    from centre.standards.minutes import write_minutes
    from centre.standards.study import study_of

    actor, opened = at_work(sitting)
    for path in write_minutes(actor, opened.centre, study_of(opened, form), now=now()):
        typer.echo(str(path))


def _show(figures: AngoffRound, points: float) -> None:
    from courses.foundation.numerals import vietnamese

    share = vietnamese(100 * figures.cut / points, 1)
    typer.echo(
        f"{len(figures.judges)} thành viên: điểm chuẩn {vietnamese(figures.cut, 2)} trên "
        f"{vietnamese(points, 2)} ({share} %), sai số chuẩn {vietnamese(figures.se, 2)}."
    )
    apart = sorted(figures.spread, key=lambda item: -figures.spread[item])[:5]
    listed = ", ".join(f"{item} ({vietnamese(figures.spread[item], 2)})" for item in apart)
    typer.echo(f"Ý kiến khác nhau nhất, cần thảo luận: {listed}")
