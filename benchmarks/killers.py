"""Pytest under mutation testing: the tests that killed the last mutants are tried first.

Mutants of a function come one after the other, and the same few tests tell most of them; what
has killed nothing yet follows, the quickest first.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

_KILLERS = Path(os.environ.get("CIO_SPECIMENS", ".")) / "killers.txt"
_TIMES = Path("mutmut-stats.json")  # as mutmut measured the tests before it began


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests in that order."""
    killers = _KILLERS.read_text("utf-8").splitlines() if _KILLERS.exists() else []
    last = {name: number for number, name in enumerate(killers, 1)}
    seconds = json.loads(_TIMES.read_text("utf-8"))["duration_by_test"] if _TIMES.exists() else {}
    items.sort(key=lambda item: (-last.get(item.nodeid, 0), seconds.get(item.nodeid, 0.0)))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Keep the name of a test that has failed."""
    if report.failed:
        with _KILLERS.open("a", encoding="utf-8") as file:
            file.write(f"{report.nodeid}\n")
