"""What commands on a bank share: which bank and blueprint, and how tables are printed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.table import Table

    from assessments.bank.bank import Bank
    from assessments.bank.finding import Finding
    from assessments.forms.blueprint import Blueprint

BankFolder = Annotated[
    Path | None,
    typer.Option(
        "--bank", help="Ngân hàng riêng (có items/ và rubrics/); mặc định là ngân hàng mẫu."
    ),
]


def the_bank(folder: Path | None) -> Bank:
    """The private bank in ``folder``, or the sample bank."""
    from assessments.bank.bank import ITEMS, read_bank
    from assessments.bank.rubric import RUBRICS

    return read_bank(folder / "items", folder / "rubrics") if folder else read_bank(ITEMS, RUBRICS)


def the_blueprints(folder: Path | None) -> list[Blueprint]:
    """The bank's own blueprints, one a track, or the house's."""
    from assessments.forms.blueprint import read_blueprints

    return (read_blueprints(folder) if folder else []) or read_blueprints()


def table(columns: Iterable[str], rows: Iterable[Iterable[str]], title: str = "") -> Table:
    """A table of rows."""
    from rich.table import Table

    made = Table(title=title or None)
    for name in columns:
        made.add_column(name, overflow="fold")  # a code cut short is no code
    for row in rows:
        made.add_row(*row)
    return made


def show(made: Table) -> None:
    """Print a table on stdout."""
    from rich.console import Console

    Console(highlight=False).print(made)


def report(findings: list[Finding], items: int) -> None:
    """Print what is to be mended; exit status 1 when there is anything."""
    for finding in findings:
        typer.echo(f"{finding.subject} [{finding.code}] {finding.text}")
    typer.echo(f"Đã thử {items} câu: {len(findings)} điều cần sửa.")
    if findings:
        raise typer.Exit(1)
