"""``cio takehome``: the lessons' sheets as Excel and Word files, blank or filled."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from centre.cli.common import now

app = typer.Typer()
takehome_app = typer.Typer(
    help="Biểu mẫu mang về của các bài học: Excel có công thức, Word.", no_args_is_help=True
)
app.add_typer(takehome_app, name="takehome")


@takehome_app.command("list")
def takehome_list() -> None:
    """Liệt kê các biểu mẫu."""
    from courses.takehome.shelf import the_sheets

    for sheet in the_sheets().values():
        typer.echo(f"{sheet.name}  {sheet.title} ({', '.join(sheet.lessons)})")


@takehome_app.command("write")
def takehome_write(
    name: Annotated[str, typer.Argument(help="Tên biểu mẫu; xem cio takehome list.")],
    file: Annotated[Path, typer.Argument(help="Tệp .xlsx hoặc .docx ghi ra.")],
    *,
    blank: Annotated[bool, typer.Option(help="Để trống, không có số liệu của bài học.")] = False,
) -> None:
    """Ghi một biểu mẫu, điền sẵn số liệu mô phỏng của bài học hoặc để trống."""
    from courses.foundation.files import write_atomically
    from grading.takehome.files import takehome_file

    made = takehome_file(name, file.suffix.lower().removeprefix("."), now(), filled=not blank)
    write_atomically(file, made)
    typer.echo(f"Đã ghi {file}.")
