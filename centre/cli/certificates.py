"""``cio certify``, ``reissue``, ``revoke``, ``verify``, ``trust``: certificates out and checked."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from centre.cli.common import (
    Json,
    SittingCode,
    at_work,
    desk,
    now,
    print_json,
    the_actor,
    the_centre,
)
from courses.foundation.dates import padded_date, vietnam_time

if TYPE_CHECKING:
    from datetime import datetime

    from centre.register.issue import Issued
    from grading.credentials.verification import Verification

app = typer.Typer()
trust_app = typer.Typer(help="Các sổ được tin trên máy này.", no_args_is_help=True)
app.add_typer(trust_app, name="trust")

Serial = Annotated[str, typer.Argument(help="Số hiệu chứng chỉ.")]


@app.command()
def certify(
    sitting: SittingCode,
    accept: Annotated[
        str,
        typer.Option(help="Văn bản của hội đồng cho cấp dù số vào sổ làm lộ kết quả của ai đó."),
    ] = "",
    *,
    as_json: Json = False,
) -> None:
    """Cấp chứng chỉ theo quyết định có hiệu lực: in, ký, vào sổ; nêu tên ai không cấp được."""
    from django.db import transaction

    from centre.cli.progress import Progress
    from centre.register.issue import enrol_key, issue_all, the_signer

    actor, opened = at_work(sitting)
    signer = the_signer(opened.centre, now())
    with transaction.atomic():
        enrol_key(actor, signer, now=now())
    work = issue_all(actor, opened, signer, now=now(), accepted=accept)
    done = list(Progress(quiet=as_json).each(work, "Cấp chứng chỉ"))
    if as_json:
        print_json([asdict(one) for one in done])
    else:
        _show_issued(done, opened.centre.certificates)
    if any(one.refused for one in done):
        raise typer.Exit(1)


def _show_issued(done: list[Issued], folder: Path) -> None:
    for one in done:
        if one.refused:
            typer.echo(f"{one.candidate}: không cấp được: {one.refused}")
    new = sum(one.new for one in done)
    there = sum(not one.refused for one in done) - new
    typer.echo(f"Cấp mới {new}, đã có {there}, không cấp được {len(done) - new - there}: {folder}.")


@app.command()
def reissue(serial: Serial, ground: Annotated[str, typer.Option(help="Căn cứ cấp lại.")]) -> None:
    """Cấp lại: chứng chỉ mới, số hiệu mới, thay cho chứng chỉ cũ."""
    from django.db import transaction

    from centre.accounts.permissions import require
    from centre.register.issue import enrol_key, the_signer
    from centre.register.issue import reissue as issue_again
    from centre.register.revoke import the_entry

    centre, actor = the_centre(), the_actor()
    require(actor, "certificate.reissue")
    signer = the_signer(centre, now())
    with transaction.atomic():
        enrol_key(actor, signer, now=now())
        entry = issue_again(actor, centre, the_entry(serial), ground, signer, now=now())
    typer.echo(f"{entry.serial} thay cho {serial}.")


@app.command()
def revoke(
    serial: Serial,
    ground: Annotated[str, typer.Option(help="Mã căn cứ thu hồi, ví dụ gian-lan.")],
    detail: Annotated[str, typer.Option(help="Sự việc và số quyết định thu hồi.")],
) -> None:
    """Thu hồi một chứng chỉ; sổ giữ nguyên, ghi ngày và lý do."""
    from django.db import transaction

    from centre.accounts.permissions import require
    from centre.register.revoke import revoke as withdraw
    from centre.register.revoke import the_entry

    the_centre()
    actor = the_actor()
    require(actor, "certificate.revoke")
    with transaction.atomic():
        row = withdraw(actor, the_entry(serial), ground, detail, now=now())
    typer.echo(f"{serial}: đã thu hồi. {row.reason}")


@app.command()
def verify(
    file: Annotated[Path, typer.Argument(help="Tệp chứng chỉ PDF.")],
    *,
    as_json: Json = False,
) -> None:
    """Kiểm tra chứng chỉ với sổ của trung tâm (--centre); sổ phải được tin trên máy này."""
    result = _verified(file, now())
    if as_json:
        facts = asdict(result.facts) if result.facts else None
        print_json({"verdict": result.verdict.name, "register": result.register, "facts": facts})
    else:
        _show_verification(file, result)
    raise typer.Exit(result.verdict.exit_status)


def _verified(file: Path, at: datetime) -> Verification:
    """Ask the register; whatever hinders it, the answer is that it could not be checked."""
    from django.db import DatabaseError

    from centre.configuration import find_centre
    from centre.database import open_read_only
    from centre.register.book import Book
    from courses.foundation.errors import CioError
    from grading.credentials.verification import Verdict, Verification
    from grading.credentials.verification import verify as check

    try:
        with open_read_only(find_centre(desk.folder)) as centre:
            return check(file, Book(centre, at), at)
    except CioError as error:
        return Verification(Verdict.UNCHECKED, f"Không mở được sổ cấp: {error.message}.", at)
    except (DatabaseError, OSError):
        return Verification(Verdict.UNCHECKED, "Không đọc được sổ cấp hoặc sổ đã hỏng.", at)


def _show_verification(file: Path, result: Verification) -> None:
    typer.echo(f"{result.verdict.label.upper()}: {file.name}")
    typer.echo(result.explanation)
    facts = result.facts
    if facts is not None:
        typer.echo(f"  Người được cấp: {facts.masked_name}")
        typer.echo(f"  Chương trình: {facts.programme}")
        typer.echo(f"  Cấp ngày {padded_date(facts.issued_on)}, số vào sổ {facts.register_number}")
        typer.echo(f"  Cơ quan cấp: {facts.issuer}")
    if result.register:
        typer.echo(f"  {result.register}")
    typer.echo(f"  Kiểm tra lúc {vietnam_time(result.checked_at)}")


@trust_app.command("add")
def trust_add(
    name: Annotated[str, typer.Argument(help="Tên trung tâm.")],
    fingerprint: Annotated[str, typer.Argument(help="Dấu vân tay mà trung tâm công bố.")],
) -> None:
    """Tin một sổ sau khi đã so dấu vân tay với công bố của cơ quan cấp."""
    from centre.register.trust import trust

    trust(name, fingerprint)
    typer.echo(f"Từ nay tin sổ của {name} trên máy này.")


@trust_app.command("list")
def trust_list() -> None:
    """Các sổ được tin trên máy này."""
    from centre.register.trust import trusted

    for one in trusted():
        typer.echo(f"{one.fingerprint}  {one.name}")
    typer.echo(f"{len(trusted())} sổ được tin.")


@trust_app.command("remove")
def trust_remove(
    fingerprint: Annotated[str, typer.Argument(help="Dấu vân tay.")],
) -> None:
    """Thôi tin một sổ."""
    from centre.register.trust import distrust
    from courses.foundation.errors import CentreError

    if not distrust(fingerprint):
        raise CentreError("không có sổ nào mang dấu vân tay này trong danh sách tin")
    typer.echo("Đã thôi tin.")
