"""A simulated cohort: 48 people, 16 agencies, four areas, about 60 % PASS."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from report_specimens import KINDS, NOW, SIXTEEN, build, everybody_passes

if TYPE_CHECKING:
    from datetime import datetime

    from grading.reports.cohort import CohortInput


@pytest.fixture(name="build")
def _build():
    return build


@pytest.fixture(name="everybody_passes")
def _everybody_passes():
    return everybody_passes


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def cohort() -> CohortInput:
    return build(SIXTEEN)


@pytest.fixture
def large() -> CohortInput:
    """34 agencies of 1 to 20 people."""
    return build([(f"Tỉnh giả định {i + 1:02d}", KINDS[i % 4], 1 + i * 4 % 20) for i in range(34)])
