"""``cio marking key``: a corrected answer key, proposed by one person and reviewed by another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from centre.cli.common import SittingCode, at_work, now

if TYPE_CHECKING:
    from centre.decisions.answer_keys import KeyPreview
    from centre.marks.models import KeyCorrection

app = typer.Typer(
    help="Đính chính đáp án: một người đề xuất, người khác duyệt; đề đã khoá giữ nguyên.",
    no_args_is_help=True,
)

Number = Annotated[int, typer.Argument(help="Số của đề xuất, xem “cio marking key list”.")]


@app.command("preview")
def preview(
    item: Annotated[str, typer.Argument(help="Mã câu.")],
    key: Annotated[
        str,
        typer.Argument(
            help="Đáp án đúng: nguyên văn phương án, số, hoặc các cách viết cách nhau bằng “|”; "
            "* là mọi người được trọn điểm."
        ),
    ],
    sitting: SittingCode,
) -> None:
    """Xem trước ai đổi điểm, ai đổi kết quả nếu đáp án khác; không ghi gì."""
    from centre.accounts.permissions import require
    from centre.decisions.answer_keys import preview_key

    actor, opened = at_work(sitting)
    require(actor, "answer_key.propose")
    _tell(preview_key(opened, item, key, now()))
    typer.echo("Chưa đổi gì.")


@app.command("propose")
def propose(
    item: Annotated[str, typer.Argument(help="Mã câu.")],
    key: Annotated[str, typer.Argument(help="Đáp án đúng, như ở “preview”.")],
    sitting: SittingCode,
    ground: Annotated[str, typer.Option(help="Căn cứ; được giữ trong sổ nhật ký.")],
) -> None:
    """Đề xuất đính chính đáp án một câu; chưa đổi gì cho đến khi người khác duyệt."""
    from django.db import transaction

    from centre.decisions.answer_keys import propose_key

    actor, opened = at_work(sitting)
    with transaction.atomic():
        row = propose_key(actor, opened, item, key, ground, now=now())
    typer.echo(f"Đề xuất số {row.pk}: câu {row.item}. Người khác duyệt: cio marking key review.")


@app.command("list")
def show_all(sitting: SittingCode) -> None:
    """Mọi đề xuất đính chính đáp án của một kỳ."""
    from centre.accounts.permissions import permitted, require
    from centre.decisions.answer_keys import corrections

    actor, opened = at_work(sitting)
    if not permitted(actor, "answer_key.review"):
        require(actor, "answer_key.propose")
    found = corrections(opened)
    for one in found:
        typer.echo(_line(one))
    typer.echo(f"{len(found)} đề xuất, {sum(one.reviewed_at is None for one in found)} chờ duyệt.")


def _line(one: KeyCorrection) -> str:
    from centre.decisions.answer_keys import state_name
    from centre.marks.keys import key_of

    by = f", {one.reviewed_by.username} xem xét" if one.reviewed_by else ""
    return (
        f"{one.pk}  câu {one.item}: {key_of(one)} ({one.ground}); "
        f"{one.proposed_by.username} đề xuất{by}; {state_name(one)}"
    )


@app.command("review")
def review(
    number: Number,
    sitting: SittingCode,
    *,
    digest: Annotated[
        str, typer.Option("--apply", help="Chấp nhận đúng bản xem trước mang mã băm này.")
    ] = "",
    refuse: Annotated[str, typer.Option(help="Không chấp nhận, vì lý do này.")] = "",
    note: Annotated[str, typer.Option(help="Ghi chú khi chấp nhận.")] = "",
) -> None:
    """Xem ai đổi kết quả theo một đề xuất; --apply: chấp nhận, tính lại cả lô; --refuse: bác."""
    from django.db import transaction

    from centre.accounts.permissions import require
    from centre.decisions.answer_keys import preview_key, review_key, the_correction
    from centre.marks.agreed import write_agreed
    from centre.marks.keys import key_of

    actor, opened = at_work(sitting)
    require(actor, "answer_key.review")
    row = the_correction(opened, number)
    if not refuse and row.reviewed_at is None:
        seen = preview_key(opened, row.item, key_of(row), now())
        _tell(seen)
        if not digest:
            typer.echo(f"Chưa đổi gì. Chấp nhận: --apply {seen.digest}", err=True)
            return
    with transaction.atomic():
        review_key(actor, opened, row, digest, refuse or note, accept=not refuse, now=now())
    written = write_agreed(opened)
    done = f"Đáp án câu {row.item} có hiệu lực; {written} điểm đổi trong sổ điểm."
    typer.echo("Không chấp nhận đề xuất." if refuse else f"{done} Quyết định lại: cio decide.")


def _tell(seen: KeyPreview) -> None:
    from centre.decisions.answer_keys import points_words
    from grading.certification.decision import STATUS_NAMES, Status

    for one in seen.rescored:
        points = " → ".join(map(points_words, (one.points_before, one.points_after)))
        words = dict.fromkeys(STATUS_NAMES[Status(each)] for each in (one.before, one.after))
        typer.echo(f"{one.candidate}: {points}; {' → '.join(words)}")
    typer.echo(f"{len(seen.rescored)} người đổi điểm, {seen.status_changes} người đổi kết quả.")
