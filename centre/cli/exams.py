"""``cio exam check``: forms proven against blueprint, time, enemies, exposure and each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from centre.cli.banks import BankFolder, show, table, the_bank, the_blueprints
from centre.cli.common import the_centre

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from assessments.bank.bank import Bank
    from assessments.forms.blueprint import Blueprint
    from assessments.forms.form import Form
    from assessments.forms.proof import Line

    Drawn = list[tuple[Blueprint, list[Form]]]

app = typer.Typer()
exam_app = typer.Typer(help="Đề thi và ma trận đề.", no_args_is_help=True)
app.add_typer(exam_app, name="exam")


@exam_app.callback()
def exams() -> None:
    """Keep ``check`` a word of its own."""


@exam_app.command("check")
def exam_check(
    sitting: Annotated[
        str, typer.Option("--sitting", help="Mã kỳ; mặc định rút thử từ ngân hàng.")
    ] = "",
    bank: BankFolder = None,
    seed: Annotated[str, typer.Option(help="Hạt giống khi rút thử.")] = "1",
) -> None:
    """Chứng minh đề đúng ma trận, đủ thời gian, không câu kỵ, không trùng; các đề ngang nhau."""
    from assessments.forms.overview import LOAD_COLUMNS, load_rows
    from courses.foundation.errors import ContentError

    checked, drawn, earlier = _of_sitting(sitting) if sitting else _drawn(bank, seed)
    gaps, forms = 0, [form for _, own in drawn for form in own]
    proofs = (line for own in drawn for line in _proofs(checked, *own, earlier))
    for title, lines in proofs:
        gaps += sum(not line.met for line in lines)
        rows = ((line.what, *line.shown, "đạt" if line.met else "THIẾU") for line in lines)
        show(table(("Nội dung", "Định", "Giao", ""), rows, title))
    show(table(LOAD_COLUMNS, load_rows(forms), "Dự báo từng đề"))
    if gaps:
        raise ContentError(f"{gaps} chỗ đề không đúng ma trận hoặc quy tắc rút đề")


def _of_sitting(code: str) -> tuple[Bank, Drawn, list[list[Form]]]:
    from centre.sittings.prepare import earlier_forms
    from centre.sittings.sitting import bank_of, open_sitting

    opened = open_sitting(the_centre(), code)
    bank, _ = bank_of(opened.centre, opened.settings)
    return bank, [(opened.blueprint, list(opened.forms().values()))], earlier_forms(opened)


def _drawn(folder: Path | None, seed: str) -> tuple[Bank, Drawn, list[list[Form]]]:
    from assessments.forms.drawing import draw_forms

    bank = the_bank(folder)
    drawn = [
        (one, [form for plan in one.papers for form in draw_forms(one, plan.code, bank, seed)])
        for one in the_blueprints(folder)
    ]
    return bank, drawn, []


def _proofs(
    bank: Bank, blueprint: Blueprint, forms: list[Form], earlier: list[list[Form]]
) -> Iterator[tuple[str, list[Line]]]:
    """Each form's proof, and of parallel forms how alike they are."""
    from assessments.forms.proof import prove, prove_alike, prove_exposure

    for form in forms:
        proof = prove(form, blueprint.paper(form.paper))
        exposure = prove_exposure(form, bank, earlier, blueprint)
        yield f"{form.code} – {form.digest[:16]}", proof + exposure
    for paper in dict.fromkeys(form.paper for form in forms):
        parallel = [form for form in forms if form.paper == paper]
        if len(parallel) > 1:
            codes = ", ".join(form.code for form in parallel)
            yield f"{codes}: ngang nhau", prove_alike(parallel, blueprint.parallel)
