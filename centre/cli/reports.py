"""``cio report``: every kind of report, in every format."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from centre.cli.common import Json, at_work, now, print_json, the_actor, the_centre
from courses.foundation.errors import SittingError

if TYPE_CHECKING:
    from centre.accounts.actors import Actor
    from centre.reporting.publishing import Edition, Published

app = typer.Typer()


class Kind(StrEnum):
    """What can be reported."""

    COHORT = "cohort"
    CANDIDATE = "candidate"
    PERIOD = "period"
    AGENCY = "agency"
    ITEMS = "items"
    TECHNICAL = "technical"


@app.command()
def report(
    kind: Annotated[
        Kind,
        typer.Argument(
            help="cohort (cho Cục), candidate (phiếu từng người), period (6 tháng, năm), agency "
            "(từng cơ quan), items (cho người biên soạn), technical (cho kiểm toán)."
        ),
    ] = Kind.COHORT,
    sitting: Annotated[str, typer.Option("--sitting", help="Mã kỳ sát hạch.")] = "",
    period: Annotated[str, typer.Option(help="Kỳ báo cáo: 2026, 2026-1 hoặc 2026-2.")] = "",
    about: Annotated[str, typer.Option(help="Chỉ một số báo danh hoặc một cơ quan.")] = "",
    out: Annotated[Path | None, typer.Option(help="Thư mục ghi; mặc định là reports/.")] = None,
    *,
    as_json: Json = False,
) -> None:
    """Lập báo cáo: PDF, Word, Excel và trang HTML; chạy lại thì chỉ làm phần còn thiếu."""
    from centre.cli.progress import Progress
    from centre.reporting.editions import publish_all

    with Progress().step("Tính số liệu"):
        actor, made, folder = _made(kind, sitting, period, about)
    at = out or folder
    work = publish_all(actor, made, at, now=now())
    told = list(Progress().each(work, "Lập báo cáo", total=len(made)))
    if as_json:
        print_json(
            [
                {
                    "report": t.subject,
                    "new": t.new,
                    "files": t.paths,
                    "withheld": t.withheld,
                    "why": t.why,
                }
                for t in told
            ]
        )
        return
    _show_withheld(told)
    if len(told) == 1:
        for path in told[0].paths:
            typer.echo(str(path))
        return
    new = sum(one.new for one in told)
    typer.echo(f"{at}: {len(told)} báo cáo, lập mới {new}, giữ nguyên {len(told) - new}.")


def _show_withheld(told: list[Published]) -> None:
    """What was left out of public reports, and who would have been told of; for the officer."""
    for one in told:
        if one.withheld:
            lines = [
                f"{one.subject}: không in {len(one.withheld)} số liệu vì sẽ lộ kết quả:",
                *(f"  – {figure}" for figure in one.withheld),
                "Lý do (chỉ để giáo vụ biết, không đưa vào báo cáo):",
                *(f"  – {why}" for why in one.why),
            ]
            typer.echo("\n".join(lines), err=True)


def _made(kind: Kind, sitting: str, period: str, about: str) -> tuple[Actor, list[Edition], Path]:
    """Who acts, the reports asked for, and where they are kept."""
    from centre.reporting.editions import editions, usual_folder
    from centre.reporting.periods import period_edition

    if kind is Kind.PERIOD:
        if not period:
            raise SittingError("báo cáo kỳ cần --period, ví dụ 2026 hoặc 2026-1")
        centre = the_centre()
        actor = the_actor()
        edition = period_edition(actor, centre, period, now())
        return actor, [edition], centre.folder / "reports" / edition.subject
    if not sitting:
        raise SittingError(f"báo cáo {kind} cần --sitting")
    actor, opened = at_work(sitting)
    return actor, editions(actor, opened, kind, about, now=now()), usual_folder(opened)
