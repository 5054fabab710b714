"""What people at a terminal see of long work, and what scripts do not."""

from __future__ import annotations

import re
import time

import pytest

from centre.cli.progress import Progress


def work(items, seconds):
    for item in range(items):
        time.sleep(seconds)
        yield item


@pytest.mark.parametrize(
    ("items", "seconds", "rate"), [(8, 0.1, r"\d+(,\d)?/giây"), (3, 1.2, r"\d+(,\d)?/phút")]
)
def test_a_bar_tells_number_rate_and_time_left(monkeypatch, capsys, items, seconds, rate):
    for name, value in (("FORCE_COLOR", "1"), ("TERM", "xterm"), ("COLUMNS", "100")):
        monkeypatch.setenv(name, value)  # a terminal, as far as rich can tell
    assert list(Progress().each(work(items, seconds), "Chấm bài", total=items)) == [*range(items)]
    shown = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", capsys.readouterr().err)
    assert re.search(rf"Chấm bài .*\d/{items} +{rate} +\d:\d\d:\d\d +\d:\d\d:\d\d", shown)
    assert f"✓ Chấm bài ({items})" in shown


def test_a_quiet_one_says_nothing(capsys):
    assert list(Progress(quiet=True).each([1, 2], "Chấm bài")) == [1, 2]
    assert capsys.readouterr().err == ""
