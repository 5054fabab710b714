"""``cio certify``, ``revoke``, ``verify``: certificates out, back and checked."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from grading.cli.common import Folder, Json, now, print_json
from grading.credentials import register
from grading.credentials.revocation import Revocation
from grading.credentials.verification import Verdict, Verification
from grading.credentials.verification import verify as verify_file
from grading.issuing import certify as issue_certificates
from grading.progress import Progress
from grading.sitting import SETTINGS, open_sitting

app = typer.Typer()


@app.command()
def certify(folder: Folder, *, as_json: Json = False) -> None:
    """Cấp chứng chỉ cho người đạt đã được hội đồng duyệt: in, ký, vào sổ."""
    work = issue_certificates(open_sitting(folder), now())
    issued = list(Progress(quiet=as_json).each(work, "Cấp chứng chỉ"))
    if as_json:
        print_json([asdict(one) for one in issued])
    else:
        typer.echo(f"{len(issued)} chứng chỉ trong {folder / 'certificates'}.")


@app.command()
def revoke(
    folder: Folder,
    serial: Annotated[str, typer.Argument(help="Số hiệu chứng chỉ.")],
    ground: Annotated[str, typer.Option(help="Mã căn cứ thu hồi, ví dụ gian-lan.")],
    detail: Annotated[str, typer.Option(help="Sự việc và số quyết định thu hồi.")],
) -> None:
    """Thu hồi một chứng chỉ; sổ giữ nguyên, ghi ngày và lý do."""
    with open_sitting(folder).records() as session:
        entry = register.revoke(session, serial, Revocation(ground, detail), now())
    typer.echo(f"{entry.serial}: đã thu hồi. {entry.revocation_reason}")


@app.command()
def verify(
    file: Annotated[Path, typer.Argument(help="Tệp chứng chỉ PDF.")],
    sitting: Annotated[
        Path | None, typer.Option(help="Thư mục kỳ sát hạch; mặc định tìm từ nơi có tệp.")
    ] = None,
    *,
    as_json: Json = False,
) -> None:
    """Kiểm tra chứng chỉ: hợp lệ, không phải bản gốc, đã thu hồi hay không có trong sổ."""
    result = _verified(file, sitting)
    if as_json:
        facts = asdict(result.facts) if result.facts else None
        print_json({"verdict": result.verdict.name, "facts": facts})
    else:
        _show_verification(file, result)
    raise typer.Exit(result.verdict.exit_status)


def _verified(file: Path, sitting: Path | None) -> Verification:
    above = file.resolve().parents
    folder = sitting or next((f for f in above if (f / SETTINGS).exists()), None)
    if folder is None:
        words = "Không tìm thấy sổ cấp chứng chỉ; chỉ ra bằng --sitting THƯ_MỤC."
        return Verification(Verdict.UNCHECKED, words, now())
    with open_sitting(folder).records() as session:
        return verify_file(file, session, now())


def _show_verification(file: Path, result: Verification) -> None:
    typer.echo(f"{result.verdict.label.upper()}: {file.name}")
    typer.echo(result.explanation)
    facts = result.facts
    if facts is not None:
        typer.echo(f"  Người được cấp: {facts.masked_name}")
        typer.echo(f"  Chương trình: {facts.programme}")
        typer.echo(f"  Cấp ngày {facts.issued_on:%d/%m/%Y}, số vào sổ {facts.register_number}")
        typer.echo(f"  Cơ quan cấp: {facts.issuer}")
    typer.echo(f"  Kiểm tra lúc {result.checked_at.astimezone():%H:%M %d/%m/%Y}")
