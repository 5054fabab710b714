"""``cio plan``: write a five-year plan in Excel, check it, and lay it out to be signed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from centre.cli.common import now

app = typer.Typer()
plan_app = typer.Typer(
    help="Kế hoạch ứng dụng CNTT 5 năm: viết trong Excel, soát, xuất văn bản.",
    no_args_is_help=True,
)
app.add_typer(plan_app, name="plan")

Workbook = Annotated[Path, typer.Argument(help="Tệp .xlsx của kế hoạch.")]


@plan_app.command("sample")
def plan_sample(
    file: Workbook,
    family: Annotated[str, typer.Option(help="Nhóm hồ sơ; bỏ trống là nhóm đầu.")] = "",
    seed: Annotated[str, typer.Option(help="Hạt giống của số liệu.")] = "1",
    *,
    blank: Annotated[bool, typer.Option(help="Để trống, kèm trang hướng dẫn.")] = False,
    first: Annotated[int, typer.Option(help="Năm đầu của kỳ kế hoạch, khi để trống.")] = 2026,
) -> None:
    """Ghi một kế hoạch mẫu đã điền, dữ liệu mô phỏng; hoặc tệp trống để lập kế hoạch của mình."""
    import random

    from courses.foundation.errors import ContentError
    from courses.foundation.files import write_atomically
    from courses.plans.drafts import clean_plan
    from courses.plans.families import the_families
    from grading.plans.blank import write_blank
    from grading.plans.workbook import write_workbook

    if blank:
        write_atomically(file, write_blank(first, now()))
        typer.echo(f"Đã ghi tệp trống {file}, kỳ {first}–{first + 4}.")
        return
    families = the_families()
    name = family or next(iter(families))
    if name not in families:
        raise ContentError(f"không có nhóm “{name}”; có: {', '.join(families)}")
    plan = clean_plan(families[name], random.Random(f"{seed}/{name}"))  # noqa: S311 - no secret
    write_atomically(file, write_workbook(plan, now()))
    typer.echo(f"Đã ghi {file}: {plan.frame.unit}, {plan.totals.whole} tỷ đồng.")


@plan_app.command("check")
def plan_check(file: Workbook) -> None:
    """Soát tổng tiền, trần vốn, truy vết, lộ trình, căn cứ…; nêu từng lỗi theo mục và dòng."""
    from courses.plans.checks import check_plan
    from grading.plans.workbook import read_workbook

    findings = check_plan(read_workbook(file))
    for finding in findings:
        typer.echo(f"Mục {finding.section}, dòng {finding.row} [{finding.code}] {finding.text}")
    typer.echo(f"{len(findings)} điều cần sửa.")
    if findings:
        raise typer.Exit(1)


@plan_app.command("trace")
def plan_trace(
    file: Workbook,
    to: Annotated[Path | None, typer.Argument(help="Tệp .html: đồ thị cạnh bảng.")] = None,
) -> None:
    """Truy mỗi mục tiêu ở mục III tới IV, VI, VII, VIII: bằng lời, hoặc đồ thị và bảng."""
    from courses.foundation.errors import ContentError
    from courses.foundation.files import write_atomically
    from courses.plans.tracing import told
    from grading.plans.trace_page import trace_page
    from grading.plans.workbook import read_workbook

    plan = read_workbook(file)
    if to is None:
        for line in told(plan):
            typer.echo(line)
        return
    if to.suffix.lower() != ".html":
        raise ContentError("chỉ ghi được tệp .html", path=to)
    write_atomically(to, trace_page(plan).encode())
    typer.echo(f"Đã ghi {to}.")


@plan_app.command("document")
def plan_document(
    file: Workbook,
    to: Annotated[Path, typer.Argument(help="Tệp .docx hoặc .pdf ghi ra.")],
    place: Annotated[str, typer.Option(help="Địa danh.")],
    parent: Annotated[str, typer.Option(help="Cơ quan chủ quản, nếu có.")] = "",
    *,
    demo: Annotated[bool, typer.Option(help="Ghi “dữ liệu mô phỏng” trên mọi trang.")] = False,
) -> None:
    """Xuất kế hoạch thành văn bản theo Nghị định 30/2020/NĐ-CP."""
    from courses.foundation.errors import ContentError
    from courses.foundation.files import write_atomically
    from grading.documents.administrative import render_docx, render_pdf
    from grading.plans import document
    from grading.plans.workbook import read_workbook

    render = {".docx": render_docx, ".pdf": render_pdf}.get(to.suffix.lower())
    if render is None:
        raise ContentError("chỉ ghi được tệp .docx hoặc .pdf", path=to)
    plan = read_workbook(file)
    made = document.plan_document(plan, parent=parent, place=place, is_demo=demo)
    write_atomically(to, render(made, now()))
    typer.echo(f"Đã ghi {to}.")
