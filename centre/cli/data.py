"""``cio export``: the tidy frames, for pandas and other tools."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from centre.cli.common import now, the_actor, the_centre
from courses.foundation.errors import SittingError

app = typer.Typer()


@app.command("export")
def export(
    sittings: Annotated[
        list[str], typer.Option("--sitting", help="Mã kỳ sát hạch; nêu được nhiều kỳ.")
    ],
    out: Annotated[Path | None, typer.Option(help="Thư mục ghi; mặc định là reports/.")] = None,
    *,
    tidy: Annotated[
        bool, typer.Option("--tidy", help="Các bảng gọn: Parquet, CSV, mô tả.")
    ] = False,
    research: Annotated[
        bool, typer.Option("--research", help="Bản chuyển ra ngoài: không nhận ra ai.")
    ] = False,
) -> None:
    """Xuất số liệu đã giả danh của các kỳ để phân tích."""
    from centre.reporting.tidy import Audience, export_tidy
    from centre.sittings.sitting import open_sitting

    if not tidy:
        raise SittingError("chưa nêu xuất gì; thêm --tidy")
    centre = the_centre()
    actor = the_actor()
    audience = Audience.RESEARCH if research else Audience.CENTRE
    folder = out or centre.folder / "reports" / f"so-lieu-{audience}"
    opened = [open_sitting(centre, code) for code in dict.fromkeys(sittings)]
    for path in export_tidy(actor, opened, audience, folder, now=now()):
        typer.echo(str(path))
