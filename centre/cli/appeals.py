"""``cio appeal``: appeals received, followed and answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from centre.cli.common import (
    Candidate,
    SittingCode,
    appeal_line,
    at_work,
    now,
    the_actor,
    the_centre,
)
from courses.foundation.dates import padded_date, vietnam_time

if TYPE_CHECKING:
    from centre.decisions.appeals import Version
    from centre.decisions.models import Decision

app = typer.Typer()
appeal_app = typer.Typer(help="Đơn phúc khảo, khiếu nại.", no_args_is_help=True)
app.add_typer(appeal_app, name="appeal")

AppealNumber = Annotated[str, typer.Argument(help="Số đơn.")]


@appeal_app.command("file")
def appeal_file(
    candidate: Candidate,
    sitting: SittingCode,
    text: Annotated[str, typer.Option(help="Nội dung đơn.")],
) -> None:
    """Nhận đơn về quyết định mới nhất của một thí sinh; cấp số và hạn trả lời."""
    from django.db import transaction

    from centre.accounts.permissions import ask
    from centre.decisions.appeals import file_appeal
    from centre.reporting.board import write_receipt

    actor, opened = at_work(sitting)
    ask(actor, "appeal.file", lambda: opened.enrolment(candidate).person_id)
    with transaction.atomic():
        appeal = file_appeal(actor, _latest(opened.enrolment(candidate).pk), text, now=now())
        written = write_receipt(actor, opened.centre, appeal, now=now())
    typer.echo(f"Đơn {appeal.number}, trả lời trước ngày {padded_date(appeal.deadline)}.")
    for path in written.paths:
        typer.echo(str(path))


@appeal_app.command("answer")
def appeal_answer(
    number: AppealNumber,
    answer: Annotated[str, typer.Option(help="Nội dung trả lời.")],
    *,
    accepted: Annotated[bool, typer.Option("--accepted/--rejected", help="Chấp nhận hay không.")],
) -> None:
    """Trả lời một đơn; người đã chấm, đã lập hoặc đã ký không được trả lời."""
    from django.db import transaction

    from centre.accounts.permissions import require
    from centre.decisions.appeals import answer_appeal, the_appeal

    the_centre()
    actor = the_actor()
    require(actor, "appeal.answer")
    appeal = the_appeal(number)
    with transaction.atomic():
        answer_appeal(actor, appeal, answer, accepted=accepted, now=now())
    typer.echo(f"Đơn {number}: đã trả lời.")


@appeal_app.command("list")
def appeal_list(
    *, every: Annotated[bool, typer.Option("--all", help="Cả đơn đã xong.")] = False
) -> None:
    """Các đơn còn phải làm, gấp nhất trước; đơn quá hạn được nêu rõ, không bao giờ mất."""
    from centre.accounts.permissions import require
    from centre.decisions.appeals import all_appeals, open_appeals

    the_centre()
    require(the_actor(), "decision.read")
    found = all_appeals(now()) if every else open_appeals(now())
    for one in found:
        typer.echo(appeal_line(one))
    typer.echo(f"{len(found)} đơn.")


@appeal_app.command("show")
def appeal_show(number: AppealNumber) -> None:
    """Một đơn: nội dung, trả lời, và quyết định trước và sau khi có đơn."""
    from centre.accounts.permissions import require
    from centre.decisions.appeals import the_appeal, view

    the_centre()
    require(the_actor(), "decision.read")
    one = view(the_appeal(number), now())
    typer.echo(appeal_line(one))
    typer.echo(f"Nội dung: {one.appeal.text}")
    if one.appeal.answered_at is not None and one.appeal.handler is not None:
        said = "chấp nhận" if one.appeal.accepted else "không chấp nhận"
        at = vietnam_time(one.appeal.answered_at)
        typer.echo(f"Trả lời ({said}), {one.appeal.handler.username}, {at}: {one.appeal.answer}")
    _show_version("Quyết định bị khiếu nại", one.before)
    if one.after is not None:
        _show_version("Quyết định sau khi có đơn", one.after)


def _show_version(title: str, version: Version) -> None:
    from grading.certification.decision import STATUS_NAMES, Status

    status = STATUS_NAMES[Status(version.content["status"])]
    effect = (
        f"có hiệu lực từ {vietnam_time(version.since)}" if version.since else "chưa có hiệu lực"
    )
    typer.echo(f"{title} (lần {version.revision}, {effect}): {status}")
    for reason in version.content["reasons"]:
        typer.echo(f"  {reason['text']}")


def _latest(enrolment: int) -> Decision:
    from centre.decisions.models import Decision
    from courses.foundation.errors import DecisionError

    decision = Decision.objects.filter(enrolment=enrolment).order_by("revision").last()
    if decision is None:
        raise DecisionError("chưa có quyết định nào về thí sinh này")
    return decision
