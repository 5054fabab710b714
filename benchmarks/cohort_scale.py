"""``python -m benchmarks.cohort_scale``: from 1,000 to 100,000 candidates of 120 items.

Each way runs in a process of its own, so that its memory is its own. DuckDB and Polars are no
dependencies: ``CIO_RIVALS`` names an interpreter that has them, with numpy and pandas. Writes
``benchmarks/cohort-scale.md``.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.scale_cohort import draw

SIZES = (1_000, 10_000, 100_000)
LOOP_UP_TO = 10_000  # it takes minutes beyond, and its memory says nothing new
RESULTS = Path(__file__).with_name("cohort-scale.md")
ROOT = Path(__file__).resolve().parents[1]
_WAYS = {
    "report": "số liệu báo cáo của khoá + bảng câu hỏi + alpha bốn lĩnh vực",
    "decisions": "quyết định (`decide`, hai tiến trình)",
    "ours": "bảng câu hỏi + tỷ lệ theo cơ quan: của ta",
    "loop": "cùng số liệu: vòng lặp pandas",
    "duckdb": "cùng số liệu: DuckDB, hai luồng",
    "polars": "cùng số liệu: Polars",
}
_RIVALS = ("duckdb", "polars")


def main() -> None:
    """Measure and write."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            data = Path(folder, str(size))
            draw(data, size)
            rows += [(way, size, _run(way, data)) for way in _WAYS]
    text = f"# Một khoá 1.000 đến 100.000 người, 120 câu\n\n{_conditions()}\n\n{_table(rows)}"
    RESULTS.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


def _run(way: str, data: Path) -> dict[str, Any] | None:
    """Seconds, MiB and checksum; None for what is not measured."""
    python = os.environ.get("CIO_RIVALS") if way in _RIVALS else sys.executable
    if not python or (way == "loop" and int(data.name) > LOOP_UP_TO):
        return None
    run = subprocess.run(  # noqa: S603 — our own script
        [python, str(ROOT / "benchmarks" / "scale_ways.py"), way, str(data)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT), "POLARS_MAX_THREADS": "2"},
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(json.loads(run.stdout))


def _conditions() -> str:
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return (
        f"Python {platform.python_version()}, {os.cpu_count()} bộ xử lý, tải máy lúc đo {load}. "
        "Thời gian không gồm nạp thư viện và dữ liệu. Máy đo có việc khác chạy cùng, nên cột bộ xử "
        "lý (tổng thời gian của mọi bộ xử lý, gồm tiến trình con) cho biết nhiều hơn cột đồng hồ. "
        "Bộ nhớ là mức cao nhất của tiến trình chính, gồm cả thư viện và dữ liệu. Các cách “cùng "
        f"số liệu” phải cho cùng tổng kiểm tra; vòng lặp pandas chỉ đo đến {LOOP_UP_TO:,} người."
    )


def _table(rows: list[tuple[str, int, dict[str, Any] | None]]) -> str:
    lines = ["| việc | số người | đồng hồ (s) | bộ xử lý (s) | MiB |", "| --- " * 5 + "|"]
    lines += [f"| {_WAYS[way]} | {size:,} | {_cells(found)} |" for way, size, found in rows]
    for size in SIZES:
        same = [found["check"] for way, at, found in rows
                if at == size and found and way in ("ours", "loop", *_RIVALS)]  # fmt: skip
        if max(same) - min(same) > 1e-6 * abs(same[0]):
            raise SystemExit(f"các cách không cho cùng số liệu ở {size}: {same}")
    return "\n".join(lines) + "\n"


def _cells(found: dict[str, Any] | None) -> str:
    if found is None:
        return "không đo | không đo | không đo"
    return f"{found['seconds']:.2f} | {found['processor']:.2f} | {found['mib']:.0f}".replace(
        ".", ","
    )


if __name__ == "__main__":
    main()
