"""How thorough a run is: ``make test`` is for every change, ``make proof`` for every release.

``@pytest.mark.proof`` leaves a test to ``make proof``: what takes long, and most of which is seen
by shorter tests. ``@pytest.mark.proof(one_in=n)`` leaves it all but each n-th of a test's cases.
"""

from __future__ import annotations

import os
from collections import Counter
from typing import Any

THOROUGH = os.environ.get("CIO_THOROUGH") == "1"


def often(times: int, quick: int) -> int:
    """How often to do what is done ``times`` in a thorough run."""
    return times if THOROUGH else quick


def split(items: list[Any]) -> tuple[list[Any], list[Any]]:
    """What a quick run runs, and what it leaves to a thorough one."""
    now, later, seen = [], [], Counter[str]()
    for item in items:
        test = item.nodeid.split("[")[0]
        left = (mark.kwargs.get("one_in") for mark in item.iter_markers("proof"))
        (now if all(one_in and not seen[test] % one_in for one_in in left) else later).append(item)
        seen[test] += 1
    return now, later
