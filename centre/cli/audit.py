"""``cio audit``: the ledger recomputed, searched and sealed."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from centre.cli.common import the_actor, the_centre
from courses.foundation.dates import vietnam_time

app = typer.Typer()
audit_app = typer.Typer(help="Sổ nhật ký: kiểm tra, tra cứu, ký mốc.", no_args_is_help=True)
app.add_typer(audit_app, name="audit")

Day = Annotated[datetime | None, typer.Option(formats=["%d/%m/%Y"], help="Ngày, dạng 24/10/2026.")]


@audit_app.command("verify")
def audit_verify() -> None:
    """Tính lại sổ nhật ký và mọi dòng nó ghi; nêu từng chỗ bị sửa, mất, thêm, đảo, lùi ngày."""
    from centre.accounts.permissions import require
    from centre.ledger.check import check
    from centre.ledger.models import LedgerLine

    centre = the_centre()
    require(the_actor(), "ledger.read")
    findings = check(centre)
    for finding in findings:
        typer.echo(str(finding))
    lines = LedgerLine.objects.count()
    if not lines:
        typer.echo("Sổ nhật ký không có dòng nào.")
        raise typer.Exit(1)
    typer.echo(f"Đã tính lại {lines} dòng: {len(findings)} chỗ không đúng.")
    if findings:
        raise typer.Exit(1)


@audit_app.command("log")
def audit_log(
    person: Annotated[str, typer.Option(help="Mã người, hoặc số báo danh.")] = "",
    actor: Annotated[str, typer.Option(help="Tên người dùng đã làm.")] = "",
    kind: Annotated[str, typer.Option(help="Loại việc, ví dụ paper.taken.")] = "",
    since: Day = None,
    until: Day = None,
) -> None:
    """Tra cứu sổ nhật ký theo người, người làm, loại việc và thời gian."""
    from centre.accounts.permissions import require
    from centre.ledger.search import search

    the_centre()
    require(the_actor(), "ledger.read")
    count = 0
    for line in search(person=person, actor=actor, kind=kind, since=since, until=until):
        count += 1
        when = vietnam_time(line.at)
        typer.echo(f"{line.number}  {when}  {line.actor}  {line.kind}  {line.subject}")
    typer.echo(f"{count} dòng.")
    if not count:
        raise typer.Exit(1)


@audit_app.command("checkpoint")
def audit_checkpoint() -> None:
    """Ký mốc hiện tại của sổ nhật ký và cất ngoài cơ sở dữ liệu; nên chạy hằng ngày."""
    from centre.accounts.permissions import require
    from centre.ledger.checkpoint import checkpoint
    from courses.foundation.errors import CentreError

    centre = the_centre()
    require(the_actor(), "ledger.read")
    made = checkpoint(centre)
    if made is None:
        raise CentreError("sổ nhật ký chưa có dòng nào")
    typer.echo(f"Đã ký mốc ở dòng {made.number}, {vietnam_time(made.signed_at)}.")
