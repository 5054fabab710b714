"""Warm processes that start while other things are done."""

from __future__ import annotations

from pathlib import Path

from grading.code import starting
from grading.code.starting import started_ahead
from grading.code.warm import WarmProcess


def test_what_was_started_ahead_serves_and_what_nobody_wanted_is_ended():
    with started_ahead(2):
        first, second = (started.process.pid for started in starting._ahead)  # noqa: SLF001
        with WarmProcess(libraries=("math",)) as warm:
            assert warm._started.process.pid == second  # noqa: SLF001 - which one it is
            warm.start({}, 1, set(), {})
            outputs, _late, _signs = warm.run("import math\nmath.tau", 1, 20)
            assert outputs[0]["data"]["text/plain"].startswith("6.28")
    assert not Path(f"/proc/{first}").exists()
    assert not Path(f"/proc/{second}").exists()


def test_another_sandbox_than_the_best_is_not_taken_from_those():
    with started_ahead(1):
        (waiting,) = starting._ahead  # noqa: SLF001 - to see that it stays
        with WarmProcess(("unsafe",)) as warm:
            assert warm._started.process.pid != waiting.process.pid  # noqa: SLF001 - which one
        assert starting._ahead == [waiting]  # noqa: SLF001 - as above
    assert starting._ahead == []  # noqa: SLF001 - as above


def test_a_library_that_cannot_be_imported_stops_no_process():
    with WarmProcess(libraries=("no_such_library", "json")) as warm:
        warm.start({}, 1, set(), {})
        outputs, _late, _signs = warm.run("import no_such_library", 1, 20)
        assert outputs[0]["ename"] == "ModuleNotFoundError"
