"""What reading a roster costs, in time and in memory, as it grows."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import xlsxwriter

if TYPE_CHECKING:
    from pathlib import Path

SIZES = (200, 5_000, 20_000)  # people
_HEADINGS = (
    *("STT", "Mã học viên", "Họ và tên", "Giới tính", "Ngày sinh", "Số CCCD", "Chức vụ"),
    *("Cơ quan", "Lần dự thi"),
)
# Reads the file given in a process of its own, and says how many people it found, in how many
# seconds, and how many KiB it held at most.
_READ = """
import resource, sys, time
from pathlib import Path
from cohort_data.rosters.roster import read_roster
begin = time.perf_counter()
roster = read_roster(Path(sys.argv[1]))
print(len(roster.trainees), time.perf_counter() - begin,
      resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def roster_table(folder: Path) -> str:
    """Write rosters of :data:`SIZES` people into ``folder``, read them, and return a table."""
    lines = ["| Học viên trong một tệp .xlsx | giây | giữ tối đa (MiB) |", "|---:|---:|---:|"]
    for size in SIZES:
        path = folder / f"{size}.xlsx"
        write_large_roster(path, size)
        command = [sys.executable, "-c", _READ, str(path)]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603 - our own
        count, seconds, memory = map(float, done.stdout.split())
        if count != size:
            raise SystemExit(f"chỉ đọc được {count:.0f} trong {size} học viên")
        lines.append(f"| {size} | {seconds:.2f} | {memory / 1024:.0f} |")
    return "\n".join(lines) + "\n"


def write_large_roster(path: Path, people: int) -> None:
    """Write a plain roster of ``people`` invented people, dates in both forms."""
    born = datetime(1980, 9, 5, tzinfo=UTC).replace(tzinfo=None)
    with xlsxwriter.Workbook(str(path)) as book:
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, _HEADINGS)
        for n in range(1, people + 1):
            name = f"Nguyễn Văn {''.join(chr(97 + int(digit)) for digit in str(n))}"
            sheet.write_row(n, 0, (n, f"CIO26-{n:05}", name, "Nam", "05/09/1980"))
            if n % 2:
                sheet.write_datetime(n, 4, born, day)
            rest = (f"001080{n:06}", "Giám đốc Trung tâm Chuyển đổi số", "Bộ Tài chính", 1)
            sheet.write_row(n, 5, rest)
