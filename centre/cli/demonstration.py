"""What ``cio demo`` shows at its end."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import typer
from rich.console import Console
from rich.table import Table

from centre.cli.common import now, status_counts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from centre.configuration import Centre
    from centre.demo import Held, Summary


def show(summary: Summary) -> None:
    """Print what was done; exit status 1 when the centre does not bear itself out."""
    out = Console(highlight=False)
    table = Table(title="Kết quả chạy trình diễn (dữ liệu mô phỏng)", show_header=False)
    table.add_column()
    table.add_column(overflow="fold")
    table.add_row("Bài học đã dựng và chạy", str(summary.lessons))
    for held in summary.sittings:
        for row in _rows(held):
            table.add_row(*row)
    for row in _proof(summary):
        table.add_row(*row)
    out.print(table)
    for held in summary.sittings:
        for outcome in held.failed:
            out.print(
                f"  Không chấm được {outcome.student}, bài {outcome.assignment}: {outcome.reason}"
            )
    first = summary.sittings[0].certificates[0]
    out.print(f"Xem tiếp: mở {first}; chạy “make serve” để mở bài học và bài thi.")
    proven = summary.same and not summary.findings
    if not proven or any(one.verdict.exit_status for one in summary.checked):
        raise typer.Exit(1)


def _rows(held: Held) -> Iterator[tuple[str, str]]:
    yield f"Kỳ {held.code}", f"{held.candidates} thí sinh"
    yield "  Bài nộp đã chấm", f"{held.graded}, không chấm được {len(held.failed)}"
    yield "  Bài tự luận", f"{held.essays}, cần giám khảo thứ ba {held.adjudicated}"
    yield "  Quyết định", status_counts(held.statuses)
    yield "  Chứng chỉ đã cấp", _serials(held)
    yield "  Báo cáo", _formats(held)


def _formats(held: Held) -> str:
    first, *others = held.reports
    return ", ".join([str(first), *(path.suffix for path in others)])


def _serials(held: Held) -> str:
    names = [path.stem for path in held.certificates]
    return f"{len(names)}: {names[0]} – {names[-1]}" if names else "0"


def _proof(summary: Summary) -> Iterator[tuple[str, str]]:
    verdicts = Counter(one.verdict.label for one in summary.checked)
    yield "Kiểm tra mọi chứng chỉ", ", ".join(f"{label} {n}" for label, n in verdicts.items())
    wrong = "\n".join(summary.findings[:5])
    words = f"{summary.lines} dòng, {len(summary.findings)} chỗ không đúng"
    yield "Sổ nhật ký tính lại", f"{words}\n{wrong}".strip()
    same = "trùng từng byte" if summary.same else "KHÔNG TRÙNG"
    yield "Tính lại một quyết định", f"{summary.replayed}: {same}"


def announce(centre: Centre, address: str) -> None:
    """Tell where the centre is served; for a demonstration also whom to sign in as."""
    out = Console(highlight=False, soft_wrap=True)
    if centre.settings.demo:
        from centre.demo_accounts import PASSWORD, demo_accounts

        table = Table(title=f"Tài khoản dùng thử (mật khẩu chung: {PASSWORD})")
        table.add_column("Tên đăng nhập")
        table.add_column("Vai trò")
        for one in demo_accounts(centre, now()):
            table.add_row(one.username, one.words)
        out.print(table)
    out.print(f"{centre.settings.name}\nĐang mở tại {address}  Dừng: Ctrl+C.")
