"""``cio task``, ``suspend``, ``confirm``: what later facts ask of certificates that are out."""

from __future__ import annotations

from typing import Annotated

import typer

from centre.cli.common import now, the_actor, the_centre

app = typer.Typer()
task_app = typer.Typer(help="Chứng chỉ đã cấp cần xem xét.", no_args_is_help=True)
app.add_typer(task_app, name="task")

Serial = Annotated[str, typer.Argument(help="Số hiệu chứng chỉ.")]
Authority = Annotated[str, typer.Option(help="Số, ngày văn bản.")]
Ground = Annotated[str, typer.Option(help="Lý do, căn cứ.")]


@task_app.command("list")
def task_list() -> None:
    """Chứng chỉ còn hiệu lực mà căn cứ đã thay đổi, và chứng chỉ đang xem xét."""
    from centre.accounts.permissions import require
    from centre.register.tasks import open_tasks

    the_centre()
    require(the_actor(), "decision.read")
    tasks = open_tasks()
    for task in tasks:
        typer.echo(str(task))
    typer.echo(f"{len(tasks)} chứng chỉ cần xem xét.")


@task_app.command("seen")
def task_seen(
    serial: Serial, note: Annotated[str, typer.Option(help="Đã xem gì, sẽ làm gì.")]
) -> None:
    """Ghi tên mình đã xem; việc vẫn còn đó cho đến khi thu hồi, cấp lại hoặc giữ nguyên."""
    from django.db import transaction

    from centre.register.examining import acknowledge
    from centre.register.revoke import the_entry

    the_centre()
    actor = the_actor()
    with transaction.atomic():
        new = acknowledge(actor, the_entry(serial), note, now=now())
    already = "đã xem đủ từ trước, lời đã ghi giữ nguyên"
    typer.echo(f"{serial}: {actor.id} {f'đã xem {new} việc mới' if new else already}.")


@app.command()
def suspend(serial: Serial, authority: Authority, ground: Ground) -> None:
    """Cho chứng chỉ hiện “đang xem xét” đến khi thu hồi, cấp lại hoặc giữ nguyên."""
    from django.db import transaction

    from centre.register.examining import suspend as suspend_entry
    from centre.register.revoke import the_entry

    the_centre()
    actor = the_actor()
    with transaction.atomic():
        suspend_entry(actor, the_entry(serial), authority, ground, now=now())
    typer.echo(f"{serial}: đang xem xét.")


@app.command()
def confirm(serial: Serial, authority: Authority, ground: Ground) -> None:
    """Giữ nguyên chứng chỉ theo quyết định, dù những điều đang biết; hết “đang xem xét”."""
    from django.db import transaction

    from centre.register.examining import confirm as confirm_entry
    from centre.register.revoke import the_entry

    the_centre()
    actor = the_actor()
    with transaction.atomic():
        confirm_entry(actor, the_entry(serial), authority, ground, now=now())
    typer.echo(f"{serial}: giữ nguyên hiệu lực.")
