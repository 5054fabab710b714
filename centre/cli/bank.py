"""``cio bank``: the life of items, what sittings showed of them, what is left to draw."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from centre.cli.banks import BankFolder, report, show, table, the_bank, the_blueprints
from centre.cli.common import SittingCode, at_work, desk, now, the_actor, the_centre

if TYPE_CHECKING:
    from assessments.forms.drawing import History
    from centre.items.models import ItemStep

app = typer.Typer()
bank_app = typer.Typer(help="Vòng đời ngân hàng câu hỏi.", invoke_without_command=True)
app.add_typer(bank_app, name="bank")

ItemId = Annotated[str, typer.Argument(help="Mã câu, ví dụ QL4-03.")]
OwnBank = Annotated[
    Path, typer.Option("--bank", help="Thư mục ngân hàng riêng (có items/ và rubrics/).")
]


class Towards(StrEnum):
    """Where an item may be led by two people."""

    PILOT = "pilot"
    LIVE = "live"


Ground = Annotated[str, typer.Option(help="Lý do, ghi vào nhật ký của câu.")]


def _history() -> History | None:
    """What the centre's sittings used and showed; None where this is no centre's place."""
    from centre.configuration import some_centre

    if some_centre(desk.folder) is None:
        return None
    from centre.accounts.permissions import require
    from centre.sittings.prepare import history_so_far

    the_centre()
    require(the_actor(), "report.items")
    return history_so_far()


@bank_app.callback()
def bank_show(context: typer.Context, bank: BankFolder = None) -> None:
    """Trạng thái, phiên bản, câu kỵ, thống kê từng câu; số kỳ thi còn rút được của mỗi bài."""
    from assessments.forms import overview
    from assessments.forms.drawing import FIRST

    if context.invoked_subcommand is not None:
        return
    checked, blueprints = the_bank(bank), the_blueprints(bank)
    history = _history()
    used = history or FIRST
    show(table(overview.ITEM_COLUMNS, overview.item_rows(checked, blueprints, used)))
    show(table(overview.PAIR_COLUMNS, overview.pair_rows(checked), "Nên xét khai kỵ nhau"))
    forecast = overview.forecast_rows(blueprints, checked, used)
    show(table(overview.FORECAST_COLUMNS, forecast, "Dự báo"))
    if history is None:
        typer.echo("Không ở trong một trung tâm: chưa kể các kỳ đã thi và số liệu của chúng.")
    else:
        _show_waiting()


def _show_waiting() -> None:
    from assessments.bank.life import STATUS_NAMES
    from centre.items.steps import waiting_steps

    for step in waiting_steps():
        words = f"{STATUS_NAMES[step.before]} → {STATUS_NAMES[step.after]}"
        typer.echo(f"Chờ người khác ký: {step.item}, {words}, {step.asked_by.username} đề nghị.")


@bank_app.command("show")
def bank_item(item: ItemId, bank: BankFolder = None) -> None:
    """Vòng đời một câu: trạng thái, người duyệt, nhật ký, các kỳ đã dùng, số liệu từng kỳ."""
    from assessments.forms import overview
    from assessments.forms.drawing import FIRST
    from courses.foundation.errors import ContentError

    checked = the_bank(bank)
    if item not in checked.items:
        raise ContentError(f"ngân hàng không có câu {item}")
    history = _history()
    used, one = history or FIRST, checked.items[item]
    show(table(("", ""), overview.life_rows(checked, one, used), item))
    if history is not None:
        _show_uses(item)
    known = used.known.get(item)
    if known is None:
        typer.echo("Chưa có số liệu của kỳ thi nào.")
        return
    show(table(overview.SAMPLE_COLUMNS, overview.sample_rows(known), "Số liệu các kỳ"))
    show(table(overview.SPLIT_COLUMNS, overview.split_rows(known), "Biến thể và phương án"))


def _show_uses(item: str) -> None:
    from centre.items.known import used_in

    for sitting, form in used_in(item):
        typer.echo(f"Đã hỏi ở kỳ {sitting}, đề {form}.")


@bank_app.command("gather")
def bank_gather(sitting: SittingCode) -> None:
    """Lấy số liệu từng câu của một kỳ đã quyết định; chạy lại thì chỉ ghi phần thay đổi."""
    from django.db import transaction

    from centre.items.gathering import gather_items

    actor, opened = at_work(sitting)
    with transaction.atomic():
        done = gather_items(actor, opened, now=now())
    words = f"{done.samples} số liệu câu × đề, ghi mới hoặc đổi {done.changed}."
    typer.echo(f"Kỳ {sitting}: {words}")


@bank_app.command("ask")
def bank_ask(
    item: ItemId,
    bank: OwnBank,
    ground: Ground,
    to: Annotated[
        Towards, typer.Option(help="pilot (thử nghiệm) hoặc live (đang dùng).")
    ] = Towards.LIVE,
) -> None:
    """Đề nghị đưa một câu vào thử nghiệm hoặc sử dụng; một người khác phải ký."""
    from django.db import transaction

    from assessments.bank.life import STATUS_NAMES
    from centre.items.steps import ask_step

    the_centre()
    actor = the_actor()
    with transaction.atomic():
        step = ask_step(actor, bank, item, to.value, ground, now=now())
    moved = f"{STATUS_NAMES[step.before]} → {STATUS_NAMES[step.after]}"
    typer.echo(f"Đã đề nghị {item}: {moved}. Chờ người khác ký: cio bank sign {item}")


@bank_app.command("sign")
def bank_sign(item: ItemId, bank: OwnBank) -> None:
    """Ký đề nghị của người khác; trạng thái và nhật ký được ghi vào tệp của câu."""
    from django.db import transaction

    from centre.items.steps import sign_step

    the_centre()
    actor = the_actor()
    with transaction.atomic():
        step = sign_step(actor, bank, item, now=now())
    _follow(bank, step)


@bank_app.command("rest")
def bank_rest(item: ItemId, bank: OwnBank, ground: Ground) -> None:
    """Cho một câu tạm nghỉ: không rút nữa cho đến khi có người đề nghị và người khác ký."""
    _withdraw(item, bank, "resting", ground)


@bank_app.command("retire")
def bank_retire(item: ItemId, bank: OwnBank, ground: Ground) -> None:
    """Bỏ hẳn một câu; số liệu và các đề đã khoá giữ nguyên."""
    _withdraw(item, bank, "retired", ground)


def _withdraw(item: str, bank: Path, after: str, ground: str) -> None:
    from django.db import transaction

    from centre.items.steps import withdraw_step

    the_centre()
    actor = the_actor()
    with transaction.atomic():
        step = withdraw_step(actor, bank, item, after, ground, now=now())  # type: ignore[arg-type]
    _follow(bank, step)


def _follow(bank: Path, step: ItemStep) -> None:
    from assessments.bank.life import STATUS_NAMES
    from centre.items.steps import follow

    follow(bank, step)
    typer.echo(f"{step.item}: {STATUS_NAMES[step.before]} → {STATUS_NAMES[step.after]}.")


@bank_app.command("check")
def bank_check(bank: BankFolder = None) -> None:
    """Soát từng câu, các câu với nhau và với ma trận đề; mọi điều cần sửa đều nêu tên."""
    from assessments.bank.checking import check_bank
    from assessments.forms.checks import check_papers
    from courses.lesson import all_outcomes

    checked = the_bank(bank)
    findings = [
        *check_bank(checked, all_outcomes()),
        *check_papers(checked, *the_blueprints(bank)),
    ]
    report(findings, len(checked.items))


@bank_app.command("export")
def bank_export(
    file: Annotated[Path, typer.Argument(help="Tệp ghi ra: .zip (QTI 3) hoặc .xml (Moodle).")],
    seed: Annotated[str, typer.Option(help="Hạt giống của biến thể.")] = "1",
    bank: BankFolder = None,
) -> None:
    """Ghi các câu đang dùng cho hệ thống khác, mỗi câu một biến thể; nêu điều không mang được."""
    from assessments.bank.exchange.moodle import to_moodle
    from assessments.bank.exchange.package import write_package
    from assessments.bank.item import draw
    from courses.foundation.errors import ContentError
    from courses.foundation.files import write_atomically

    live = [item for item in the_bank(bank).items.values() if item.status == "live"]
    write = {".zip": write_package, ".xml": to_moodle}.get(file.suffix)
    if write is None:
        raise ContentError("chỉ ghi được tệp .zip (QTI 3) hoặc .xml (Moodle)", path=file)
    data, uncarried = write([draw(item, seed) for item in live])
    write_atomically(file, data)
    for left in uncarried:
        typer.echo(f"{left.item}: {left.reason}")
    typer.echo(f"Đã ghi {file}: {len(live)} câu đang dùng, {len(uncarried)} điều không mang được.")


@bank_app.command("import")
def bank_import(
    file: Annotated[Path, typer.Argument(help="Gói QTI 3 (.zip).")],
    bank: OwnBank,
    outcome: Annotated[str, typer.Option(help="Chuẩn đầu ra của các câu, ví dụ KT1.2.")],
    role: Annotated[str, typer.Option(help="Vai người soạn, ghi vào từng câu.")],
    depth: Annotated[str, typer.Option(help="Mức: hiểu, vận dụng, phân tích.")] = "hiểu",
    minutes: Annotated[int, typer.Option(help="Số phút làm một câu.", min=1)] = 3,
) -> None:
    """Nhận câu của hệ thống khác thành bản nháp; nêu điều không nhận được, không ghi đè câu nào."""
    from assessments.bank.exchange.item_files import About, take_over
    from assessments.bank.exchange.package import LARGEST_PACKAGE, read_package
    from courses.foundation.errors import ContentError
    from courses.foundation.files import read_bounded

    data = read_bounded(file, LARGEST_PACKAGE, ContentError)
    variants, uncarried = read_package(data, file)
    about = About(outcome, depth, minutes, role)
    taken = take_over(variants, about, the_bank(bank), bank / "items")
    for name, item_id in taken.written.items():
        typer.echo(f"{name} → {item_id} (đang soạn)")
    for name, item_id in taken.known.items():
        typer.echo(f"{name}: đã nhận trước đây thành {item_id}, giữ nguyên")
    for left in (*uncarried, *taken.left):
        typer.echo(f"{left.item}: {left.reason}")
    counts = f"{len(taken.written)} câu mới, {len(taken.known)} câu đã có"
    typer.echo(f"Từ {file}: {counts}, {len(uncarried) + len(taken.left)} điều không nhận được.")
    if not taken.written and not taken.known:
        raise ContentError("không nhận được câu nào", path=file)
