"""The ``cio`` command: one verb a step, from roster to verified certificate.

Messages for people go to stderr, results to stdout; ``--json`` prints results for scripts.
Exit status: 0 done, 1 an error that is explained, 2 a wrong command line; ``verify`` has its
own (0 valid, 3 not the original, 4 revoked, 5 unknown, 6 could not be checked).
"""

from __future__ import annotations

import errno
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.table import Table

from courses.foundation.errors import CioError
from grading.cli import certificates, content, results, rooms, submissions
from grading.cli.common import status_counts
from grading.progress import Progress

app = typer.Typer(
    help="Đào tạo, sát hạch và cấp chứng chỉ Giám đốc CNTT trong cơ quan nhà nước.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
for part in (content.app, rooms.app, submissions.app, results.app, certificates.app):
    app.add_typer(part)

out = Console(highlight=False)


def main() -> None:
    """Run the command; an explained error is one message on stderr and exit status 1."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8")  # Vietnamese, whatever the locale
    try:
        app()
    except CioError as error:
        _fail(str(error))
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        _fail(f"{where}{_SYSTEM.get(error.errno or 0, error.strerror or error)}")


# What a system says in English, as users meet it.
_SYSTEM = {
    errno.ENOENT: "không có tệp hoặc thư mục này",
    errno.EACCES: "không có quyền đọc hoặc ghi ở đây",
    errno.EPERM: "không có quyền đọc hoặc ghi ở đây",
    errno.ENOTDIR: "không phải thư mục",
    errno.EISDIR: "là thư mục, cần một tệp",
    errno.EEXIST: "đã có tệp mang tên này",
    errno.ENOSPC: "ổ đĩa đã đầy",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
}


def _fail(message: str) -> NoReturn:
    Console(stderr=True, highlight=False, markup=False, soft_wrap=True).print(f"Lỗi {message}")
    sys.exit(1)


@app.command()
def demo(folder: Annotated[Path, typer.Argument(help="Nơi ghi kết quả.")]) -> None:
    """Chạy trọn quy trình trên lớp học mô phỏng, từ bài học đến chứng chỉ đã kiểm tra."""
    from grading.demo import run_demo

    summary = run_demo(folder, Progress())
    table = Table(title="Kết quả chạy trình diễn (dữ liệu mô phỏng)", show_header=False)
    pdf, xlsx = summary.reports
    first = summary.certificates[0]
    for row in (
        ("Bài học đã dựng và chạy", str(summary.lessons)),
        ("Học viên", str(summary.trainees)),
        ("Bài nộp đã chấm", f"{summary.graded}, không chấm được {len(summary.failed)}"),
        ("Bài tự luận", f"{summary.essays}, cần giám khảo thứ ba {summary.adjudicated}"),
        ("Quyết định", status_counts(summary.statuses)),
        ("Chứng chỉ đã cấp", str(len(summary.certificates))),
        ("Kiểm tra một chứng chỉ", f"{first.name}: {summary.checked.verdict.label}"),
        ("Báo cáo", f"{pdf}\n{xlsx}"),
        ("Sổ điểm nbgrader", str(folder / "gradebook.db")),
    ):
        table.add_row(*row)
    out.print(table)
    for outcome in summary.failed:
        out.print(
            f"  Không chấm được {outcome.student}, bài {outcome.assignment}: {outcome.reason}"
        )
    out.print(f"Xem tiếp: mở {first}; chạy “make serve” để mở bài học và bài thi.")
