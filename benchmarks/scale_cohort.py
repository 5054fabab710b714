"""A cohort of any size for the scale benchmark: answers, decisions, the report's tables."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.special import expit

from courses.tracks import the_track
from grading.certification.decision import AreaScore, Evidence, Status, decide
from grading.certification.policy import policy_on
from grading.reports.cohort import CohortInput
from grading.reports.model import Letterhead

if TYPE_CHECKING:
    from pathlib import Path

ITEMS, AREAS, COMPETENCIES = 120, ("QL", "KM", "KT", "CAP"), 12
_DAY = date(2026, 3, 2)
_CUT, _CHUNK = 0.6, 5000
_LETTERHEAD = Letterhead("", "", "", _DAY, "", "", "", "", (), is_demo=True)


def draw(folder: Path, people: int) -> None:
    """Write answers and who gave them; about fifty people an agency, ten types."""
    chance = np.random.default_rng(people)
    able = chance.normal(0.8, 1, (people, 1))
    p = expit(able - np.linspace(-1.5, 1.5, ITEMS))
    answers = (chance.random(p.shape) < p).astype(np.int8)
    agency = chance.integers(0, max(1, people // 50), people)
    shares = answers.reshape(people, len(AREAS), -1).mean(axis=2)
    folder.mkdir()
    np.save(folder / "answers.npy", answers)
    np.savez(
        folder / "people.npz",
        agency=agency,
        kind=agency % 10,
        attempt=1 + (chance.random(people) < 0.1),  # noqa: PLR2004 — one in ten sits again
        passed=(shares >= _CUT).all(axis=1),
    )


def cohort(answers: np.ndarray, people: dict[str, np.ndarray]) -> CohortInput:
    """The report's three tables."""
    n = len(answers)
    ids = np.arange(n).astype(str)
    trainees = pd.DataFrame({
        "trainee_id": ids,
        "agency": np.char.add("CQ ", people["agency"].astype(str)),
        "agency_type": np.char.add("loại ", people["kind"].astype(str)),
        "attempt": people["attempt"],
        "status": np.where(people["passed"], "PASS", "FAIL"),
    })  # fmt: skip
    shares = answers.reshape(n, len(AREAS), -1).mean(axis=2)
    areas = _long(ids, shares, list(AREAS), "area")
    areas = areas.assign(cut=_CUT, sem=0.05, passed=areas["share"] >= _CUT)
    names = [f"NL{place}" for place in range(COMPETENCIES)]
    finer = _long(ids, answers.reshape(n, COMPETENCIES, -1).mean(axis=2), names, "competency")
    finer["area"] = "QL"
    return CohortInput(
        mandate=the_track("cio").mandate,
        title="", letterhead=_LETTERHEAD, sitting_name="", policy_id="",
        trainees=trainees, areas=areas, competencies=finer,
    )  # fmt: skip


def _long(ids: np.ndarray, shares: np.ndarray, names: list[str], column: str) -> pd.DataFrame:
    repeated = np.tile(np.array(names), len(ids))
    return pd.DataFrame({
        "trainee_id": np.repeat(ids, len(names)),
        column: repeated,
        f"{column}_name": repeated,
        "share": shares.ravel(),
    })  # fmt: skip


def decide_all(answers: np.ndarray, people: dict[str, np.ndarray]) -> int:
    """People who pass; each decision is made as in the product, two processes share the work."""
    right = answers.reshape(len(answers), len(AREAS), -1).sum(axis=2)
    chunks = [
        (right[start : start + _CHUNK], people["attempt"][start : start + _CHUNK])
        for start in range(0, len(right), _CHUNK)
    ]
    with ProcessPoolExecutor(2) as pool:
        return sum(pool.map(_decide, chunks))


def _decide(chunk: tuple[np.ndarray, np.ndarray]) -> int:
    policy, possible = policy_on(_DAY, "cio"), Decimal(ITEMS // len(AREAS))
    passed = 0
    for number, (right, attempt) in enumerate(zip(*chunk, strict=True)):
        scores = {
            area: AreaScore("marked", Decimal(int(points)), possible)
            for area, points in zip(AREAS, right, strict=True)
        }
        decision = decide(Evidence(str(number), int(attempt), scores), policy, _DAY)
        passed += decision.status is Status.PASS
    return passed
