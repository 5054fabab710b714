"""The ``cio`` command: one verb a step, from roster to verified certificate.

Messages for people go to stderr, results to stdout; ``--json`` prints results for scripts.
Exit status: 0 done, 1 an error that is explained, 2 a wrong command line; ``verify`` has its
own (0 valid, 3 not the original, 4 revoked, 5 unknown, 6 could not be checked).
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from courses.errors import CioError
from grading import demo as main_job
from grading.cli import certificates, content, results, rooms
from grading.cli.common import status_counts
from grading.progress import Progress

app = typer.Typer(
    help="Đào tạo, sát hạch và cấp chứng chỉ Giám đốc CNTT trong cơ quan nhà nước.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
for part in (content.app, rooms.app, results.app, certificates.app):
    app.add_typer(part)

out = Console(highlight=False)


def main() -> None:
    """Run the command; an explained error is one message on stderr and exit status 1."""
    try:
        app()
    except CioError as error:
        Console(stderr=True, highlight=False, markup=False, soft_wrap=True).print(f"Lỗi {error}")
        sys.exit(1)


@app.command()
def demo(folder: Annotated[Path, typer.Argument(help="Nơi ghi kết quả.")]) -> None:
    """Chạy trọn quy trình trên lớp học mô phỏng, từ bài học đến chứng chỉ đã kiểm tra."""
    summary = main_job.run_demo(folder, Progress())
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
