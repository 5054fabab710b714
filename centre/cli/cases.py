"""``cio case``, ``annul``: cases of misconduct, and a whole sitting annulled."""

from __future__ import annotations

from typing import Annotated

import typer

from centre.cli.common import Candidate, SittingCode, at_work, now

app = typer.Typer()
case_app = typer.Typer(help="Vụ việc vi phạm quy chế.", no_args_is_help=True)
app.add_typer(case_app, name="case")

Authority = Annotated[str, typer.Option(help="Văn bản của người có thẩm quyền.")]


@case_app.command("open")
def case_open(
    candidate: Candidate,
    sitting: SittingCode,
    reason: Annotated[str, typer.Option(help="Nội dung vụ việc.")],
) -> None:
    """Mở vụ việc: kết quả của thí sinh không hợp lệ cho đến khi kết luận."""
    from django.db import transaction

    from centre.decisions.cases import open_case

    actor, opened = at_work(sitting)
    with transaction.atomic():
        open_case(actor, opened, candidate, reason, now=now())
    typer.echo(f"{candidate}: vụ việc đang mở; chạy “cio decide” để kết quả theo đó.")


@case_app.command("close")
def case_close(
    candidate: Candidate,
    sitting: SittingCode,
    conclusion: Annotated[str, typer.Option(help="Kết luận.")],
    authority: Authority,
    *,
    upheld: Annotated[bool, typer.Option("--upheld/--dismissed", help="Có vi phạm hay không.")],
) -> None:
    """Kết luận vụ việc: có vi phạm thì kết quả vẫn không hợp lệ."""
    from django.db import transaction

    from centre.decisions.cases import close_case

    actor, opened = at_work(sitting)
    with transaction.atomic():
        close_case(
            actor, opened, candidate, conclusion, upheld=upheld, authority=authority, now=now()
        )
    typer.echo(f"{candidate}: {'có vi phạm' if upheld else 'không vi phạm'}; chạy “cio decide”.")


@app.command()
def annul(
    sitting: SittingCode,
    authority: Authority,
    ground: Annotated[str, typer.Option(help="Lý do.")],
) -> None:
    """Huỷ kết quả cả kỳ thi theo văn bản của người có thẩm quyền; không tính là một lần thi."""
    from django.db import transaction

    from centre.decisions.cases import annul_sitting

    actor, opened = at_work(sitting)
    with transaction.atomic():
        annul_sitting(actor, opened, authority, ground, now=now())
    typer.echo(f"Kỳ {sitting}: đã huỷ kết quả; chạy “cio decide” để kết quả theo đó.")
