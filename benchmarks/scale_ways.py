"""One way of computing, timed in a process of its own: ``scale_ways.py WAY FOLDER``.

Prints a JSON object: seconds on the clock and of processors without loading libraries and data,
MiB at most, and a checksum by which ways are seen to have computed the same. Needs nothing of
the project for ``duckdb`` and ``polars``, which are run by an interpreter that has them.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

Columns = dict[str, np.ndarray]


def _load(folder: Path) -> tuple[np.ndarray, Columns]:
    people = np.load(folder / "people.npz", allow_pickle=False)
    return np.load(folder / "answers.npy"), {name: people[name] for name in people.files}


def _frame(answers: np.ndarray) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415 — not in every way's interpreter

    return pd.DataFrame(answers.astype(float), columns=[f"c{i}" for i in range(answers.shape[1])])


def ours(answers: np.ndarray, people: Columns) -> Callable[[], float]:
    """The item table and pass rates by agency."""
    import pandas as pd  # noqa: PLC0415

    from grading.statistics.items import item_table  # noqa: PLC0415

    scores = _frame(answers)
    groups = pd.DataFrame({"agency": people["agency"], "passed": people["passed"]})

    def run() -> float:
        table = item_table(scores)
        rates = groups.groupby("agency")["passed"].mean()
        return sum(item.item_rest or 0.0 for item in table) + float(rates.sum())

    return run


def loop(answers: np.ndarray, people: Columns) -> Callable[[], float]:
    """The straightforward loop over columns and agencies."""
    import pandas as pd  # noqa: PLC0415

    scores = _frame(answers)
    groups = pd.DataFrame({"agency": people["agency"], "passed": people["passed"]})

    def run() -> float:
        found = 0.0
        for name in scores.columns:
            rest = scores.drop(columns=name)
            found += scores[name].corr(rest.sum(axis=1))
            k = rest.shape[1]
            k / (k - 1) * (1 - rest.var().sum() / rest.sum(axis=1).var())  # alpha if deleted
            scores[name].mean(), scores[name].std()
        for agency in groups["agency"].unique():
            found += float(groups.loc[groups["agency"] == agency, "passed"].mean())
        return found

    return run


def duckdb(answers: np.ndarray, people: Columns) -> Callable[[], float]:
    """The same figures in SQL, two threads."""
    import duckdb as engine  # noqa: PLC0415

    table = _frame(answers)
    table["agency"], table["passed"] = people["agency"], people["passed"].astype(float)
    names = [f"c{place}" for place in range(answers.shape[1])]
    database = engine.connect(config={"threads": 2})
    database.register("given", table)
    database.execute(f"create table t as select *, {' + '.join(names)} as total from given")  # noqa: S608 — our names

    def run() -> float:
        parts = [
            f"avg({c}), stddev({c}), corr({c}, total - {c}), var_samp(total - {c})" for c in names
        ]
        asked = f"select {', '.join(parts)} from t"  # noqa: S608 — our names
        row = database.execute(asked).fetchone() or ()
        rates = database.execute("select avg(passed) from t group by agency").fetchall()
        return sum(row[2::4]) + sum(rate for (rate,) in rates)

    return run


def polars(answers: np.ndarray, people: Columns) -> Callable[[], float]:
    """The same figures in expressions."""
    import polars as pl  # noqa: PLC0415

    names = [f"c{place}" for place in range(answers.shape[1])]
    columns = {name: answers[:, place].astype(float) for place, name in enumerate(names)}
    frame = pl.DataFrame(
        {**columns, "agency": people["agency"], "passed": people["passed"].astype(float)}
    )

    def run() -> float:
        total = pl.sum_horizontal(names)
        wide = frame.with_columns(total.alias("total"))
        row = wide.select(
            *(pl.corr(c, pl.col("total") - pl.col(c)).alias(c) for c in names),
            *(pl.col(c).mean().alias(f"{c}m") for c in names),
            *(pl.col(c).std().alias(f"{c}s") for c in names),
            *((pl.col("total") - pl.col(c)).var().alias(f"{c}v") for c in names),
        ).row(0)
        rates = wide.group_by("agency").agg(pl.col("passed").mean())["passed"]
        return sum(row[: len(names)]) + float(rates.sum())

    return run


def report(answers: np.ndarray, people: Columns) -> Callable[[], float]:
    """The cohort report's numbers, the item table and every area's alpha."""
    from benchmarks.scale_cohort import cohort  # noqa: PLC0415
    from grading.reports.cohort import summarise  # noqa: PLC0415
    from grading.statistics.items import item_table  # noqa: PLC0415
    from grading.statistics.reliability import alpha  # noqa: PLC0415

    data, scores = cohort(answers, people), _frame(answers)

    def run() -> float:
        found = summarise(data)
        item_table(scores)
        quarter = answers.shape[1] // 4
        for start in range(0, answers.shape[1], quarter):
            alpha(scores.iloc[:, start : start + quarter])
        return float(found.n)

    return run


def decisions(answers: np.ndarray, people: Columns) -> Callable[[], float]:
    """``decide`` for everybody, by two processes."""
    from benchmarks.scale_cohort import decide_all  # noqa: PLC0415

    return lambda: float(decide_all(answers, people))


WAYS: dict[str, Any] = {
    way.__name__: way for way in (ours, loop, duckdb, polars, report, decisions)
}


def main() -> None:
    """Run the way that is asked for."""
    run = WAYS[sys.argv[1]](*_load(Path(sys.argv[2])))
    before, busy = time.perf_counter(), sum(os.times()[:4])
    check = run()
    seconds, processor = time.perf_counter() - before, sum(os.times()[:4]) - busy
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(
        json.dumps({"seconds": seconds, "processor": processor, "mib": used, "check": check})
    )


if __name__ == "__main__":
    main()
