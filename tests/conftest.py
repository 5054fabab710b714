"""What all tests share: how hard Hypothesis tries, and small sittings to copy."""

from pathlib import Path

from hypothesis import settings

import courses  # noqa: F401 - before any library that reads schemas

LEFT_OUT = Path(__file__).parents[1] / "build" / "left-out.txt"

# Sixty examples a property keep the whole suite quick; no example is held to a stopwatch.
settings.register_profile("house", max_examples=60, deadline=None)
settings.load_profile("house")


def pytest_terminal_summary(terminalreporter):
    """Name, in one last line for ``make test``, what was left out and why."""
    reasons = sorted({_reason(report) for report in terminalreporter.stats.get("skipped", [])})
    line = f"Bỏ qua: {'; '.join(reasons)}" if reasons else "Không kiểm thử nào bị bỏ qua."
    LEFT_OUT.parent.mkdir(exist_ok=True)
    LEFT_OUT.write_text(f"{line}\n", encoding="utf-8")


def _reason(report):
    text = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return text.removeprefix("Skipped: ")
