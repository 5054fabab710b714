"""One sitting at a time: everything drawn from a known truth, every statistic computed of it."""

from __future__ import annotations

from math import log, sqrt
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.special import expit
from scipy.stats import norm, t

from courses.foundation.errors import MeasurementError
from grading.statistics.agreement import cohen_kappa, fleiss_kappa
from grading.statistics.classification import livingston_lewis
from grading.statistics.dif import item_dif
from grading.statistics.equipercentile import (
    chained_equipercentile,
    distribution,
    equipercentile,
)
from grading.statistics.intraclass import intraclass
from grading.statistics.items import item_table
from grading.statistics.linear_equating import (
    anchored,
    chained_linear,
    levine_observed,
    levine_true,
    tucker,
)
from grading.statistics.marginal import marginal
from grading.statistics.proportions import Interval, wilson
from grading.statistics.rasch import rasch
from grading.statistics.reliability import alpha, kr20, parallel_forms, stratified_alpha
from grading.statistics.standard_setting import angoff

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.random import Generator

    from benchmarks.validation.tally import Tallies
    from grading.statistics.arrays import Array

PEOPLE, ITEMS, CUT = 200, 40, 24
_AGREE = 0.7  # with this chance two markers share a level, else each draws one: kappa
_HARD = np.linspace(-1.5, 1.5, ITEMS) - 0.6
_NODES = np.linspace(-6, 6, 241)
_WEIGHTS = norm.pdf(_NODES) / norm.pdf(_NODES).sum()


def _answers(chance: Generator, able: Array, hard: Array, slopes: Array | float = 1.0) -> Array:
    p = expit(np.subtract.outer(able, hard) * slopes)
    return (chance.random(p.shape) < p).astype(float)


def _truth() -> dict[str, float]:
    """Reliability, SEM, accuracy and consistency of the simulated form, by integration."""
    p = expit(np.subtract.outer(_NODES, _HARD))
    true, error = p.sum(axis=1), (p * (1 - p)).sum(axis=1)
    variance = float(_WEIGHTS @ true**2 - (_WEIGHTS @ true) ** 2)
    noise = float(_WEIGHTS @ error)
    passing = np.array([_at_least(chances, CUT) for chances in p])
    right = np.where(true >= CUT, passing, 1 - passing)
    return {
        "reliability": variance / (variance + noise),
        "sem": sqrt(noise),
        "pass": float(_WEIGHTS @ passing),
        "accuracy": float(_WEIGHTS @ right),
        "consistency": float(_WEIGHTS @ (passing**2 + (1 - passing) ** 2)),
    }


def _at_least(chances: Array, cut: int) -> float:
    scores = np.array([1.0])
    for p in chances:
        scores = np.convolve(scores, [1 - p, p])
    return float(scores[cut:].sum())


TRUTH = _truth()


def scores_of_one_form(chance: Generator, found: Tallies) -> None:
    """Reliability, SEM, pass rate and classification of one form with 200 people."""
    able = chance.normal(0, 1, PEOPLE)
    one, two = (pd.DataFrame(_answers(chance, able, _HARD)).rename(columns=str) for _ in range(2))
    total = one.sum(axis=1)
    reliability = alpha(one)
    found["alpha"].add(reliability.value, TRUTH["reliability"], reliability.interval)
    found["KR-20"].add(kr20(one).value, TRUTH["reliability"])
    halves = {"a": list(one.columns[::2]), "b": list(one.columns[1::2])}
    found["alpha phân tầng"].add(stratified_alpha(one, halves).value, TRUTH["reliability"])
    parallel = parallel_forms(total, two.sum(axis=1))
    found["r hai đề song song"].add(parallel.value, TRUTH["reliability"], parallel.interval)
    found["SEM (điểm)"].add(reliability.sem, TRUTH["sem"])
    passed = int((total >= CUT).sum())
    found["tỷ lệ đạt (Wilson)"].add(passed / PEOPLE, TRUTH["pass"], wilson(passed, PEOPLE))
    decided = livingston_lewis(
        total.to_numpy(), [CUT], reliability=reliability.value, lowest=0, highest=ITEMS
    )
    found["Livingston–Lewis: chính xác"].add(decided.accuracy, TRUTH["accuracy"])
    found["Livingston–Lewis: nhất quán"].add(decided.consistency, TRUTH["consistency"])
    for item, p in zip(item_table(one)[::13], _share(_HARD[::13]), strict=True):
        found["độ khó của câu (tỷ lệ đúng)"].add(item.difficulty, p)


def _share(hard: Array) -> Array:
    return np.asarray(_WEIGHTS @ expit(np.subtract.outer(_NODES, hard)), dtype=float)


def small_rates(chance: Generator, found: Tallies) -> None:
    """Wilson where it is hardest: ten people, a rate of 90 %."""
    passed = int(chance.binomial(10, 0.9))
    found["tỷ lệ đạt 90 % của 10 người (Wilson)"].add(passed / 10, 0.9, wilson(passed, 10))


def judges(chance: Generator, found: Tallies) -> None:
    """Angoff: ten judges of different severity (SD 4 %) and noise (SD 10 %) on 40 items."""
    true = expit(0.3 - _HARD)
    ratings = true + chance.normal(0, 0.04, (10, 1)) + chance.normal(0, 0.1, (10, ITEMS))
    cut = angoff([pd.DataFrame(np.clip(ratings, 0, 1)).rename(columns=str)])
    reach = float(t.ppf(0.975, 9)) * cut.se
    interval = Interval(cut.cut - reach, cut.cut + reach)
    found["điểm chuẩn Angoff (t·SE)"].add(cut.cut, float(true.sum()), interval)


def markers(chance: Generator, found: Tallies) -> None:
    """Two and three markers of 60 scripts: variances 4 scripts, 0.5 markers, 1 rest."""
    script, rest = chance.normal(0, 2, (60, 1)), chance.normal(0, 1, (60, 6))
    marks = pd.DataFrame(script + chance.normal(0, sqrt(0.5), (1, 6)) + rest)
    forms = intraclass(marks)
    for form, truth in (
        ("ICC(2,1)", 4 / 5.5),
        ("ICC(3,1)", 4 / 5),
        ("ICC(2,k)", 4 / (4 + 1.5 / 6)),
    ):
        found[f"{form}, 6 người chấm"].add(forms[form].value, truth, forms[form].interval)
    levels = _levels(chance, 60)
    other = np.where(chance.random(60) < _AGREE, levels, _levels(chance, 60))
    kappa = cohen_kappa(levels.tolist(), other.tolist(), categories=range(4))
    found["kappa Cohen, 60 bài"].add(kappa.value, _AGREE, kappa.interval)
    three = [
        np.where(chance.random(60) < sqrt(_AGREE), levels, _levels(chance, 60)) for _ in range(3)
    ]
    counts = pd.DataFrame(three).T.apply(lambda row: row.value_counts(), axis=1)
    many = fleiss_kappa(counts.reindex(columns=range(4)).fillna(0))
    found["kappa Fleiss, 60 bài"].add(many.value, _AGREE, many.interval)


def _levels(chance: Generator, n: int) -> np.ndarray:
    return chance.choice(4, n, p=[0.1, 0.2, 0.4, 0.3])


def groups(chance: Generator, found: Tallies) -> None:
    """DIF: 300 people a group, one item harder for the focal group by ln α = 0.5."""
    focal = np.arange(600) >= 300  # noqa: PLR2004 — half of them
    hard = np.tile(_HARD[::2], (600, 1))
    hard[focal, 10] += 0.5
    able = chance.normal(0, 1, 600)[:, None]
    scores = pd.DataFrame((chance.random(hard.shape) < expit(able - hard)).astype(float))
    result = item_dif(scores, pd.Series(focal), reference=False, focal=True)
    test = result[10].test
    interval = Interval(log(test.interval.low), log(test.interval.high))
    found["DIF: ln α của câu lệch"].add(log(test.odds), 0.5, interval)
    fair = result[3].test
    interval = Interval(log(fair.interval.low), log(fair.interval.high))
    found["DIF: ln α của câu công bằng"].add(log(fair.odds), 0.0, interval)
    others = [item for place, item in enumerate(result) if place != 10]  # noqa: PLR2004 — the unfair item
    found["DIF: tỷ lệ báo nhầm loại C"].add(np.mean([i.ets_class == "C" for i in others]), 0)


def forms(chance: Generator, found: Tallies) -> None:
    """Equating at the cut: 36 items a form, 12 in common, 1,500 people, groups 0.3 SD apart."""
    common, new, old = (np.linspace(-1.5, 1.5, n) for n in (12, 24, 24))
    easier = new - 0.25
    first, second = chance.normal(0.3, 1, 1500), chance.normal(0, 1, 1500)
    data = [_form(chance, first, common, easier), _form(chance, second, common, old)]
    x, y = (anchored(frame) for frame in data)
    truth = _true_score(20.0, np.concatenate((common, easier)), np.concatenate((common, old)))
    linear = {
        "Tucker": tucker(x, y),
        "Levine, điểm quan sát": levine_observed(x, y, internal=True),
        "Levine, điểm thực": levine_true(x, y, internal=True),
        "tuyến tính nối chuỗi": chained_linear(x, y),
    }
    for name, equated in linear.items():
        found[f"quy đổi điểm 20: {name}"].add(equated(20), truth)
    counts = [
        distribution(f[c].to_numpy(), n) for f in data for c, n in (("total", 36), ("anchor", 12))
    ]
    chained = chained_equipercentile(counts[0], counts[1], counts[3], counts[2])
    found["quy đổi điểm 20: bách phân vị nối chuỗi"].add(chained.equated[20], truth)
    same = _form(chance, chance.normal(0, 1, 1500), common, easier)
    direct = equipercentile(distribution(same["total"].to_numpy(), 36), counts[2])
    found["quy đổi điểm 20: bách phân vị, nhóm tương đương"].add(direct.equated[20], truth)


def _form(chance: Generator, able: Array, common: Array, own: Array) -> pd.DataFrame:
    answers = _answers(chance, able, np.concatenate((common, own)))
    return pd.DataFrame({"total": answers.sum(axis=1), "anchor": answers[:, :12].sum(axis=1)})


def _true_score(score: float, new: Array, old: Array) -> float:
    """IRT true-score equating by the true parameters."""
    curves = [expit(np.subtract.outer(_NODES, hard)).sum(axis=1) for hard in (new, old)]
    return float(np.interp(np.interp(score, curves[0], _NODES), _NODES, curves[1]))


def scales(chance: Generator, found: Tallies) -> None:
    """Rasch by both likelihoods: 12 items, 300 people."""
    hard = np.linspace(-1.5, 1.5, 12)
    able = chance.normal(0, 1, 300)
    scores = pd.DataFrame(_answers(chance, able, hard))
    fit, marginally = rasch(scores), marginal(scores, "1PL")
    for place in (0, 5):
        for name, item in (
            ("có điều kiện", fit.items[place]),
            ("biên 1PL", marginally.items[place]),
        ):
            interval = Interval(item.difficulty - 1.96 * item.se, item.difficulty + 1.96 * item.se)
            found[f"Rasch {name}: độ khó {hard[place]:.2f}"].add(
                item.difficulty, hard[place], interval
            )
    slope = marginally.items[0]
    found["1PL: độ phân biệt chung"].add(slope.slope, 1.0, _around(slope.slope, slope.slope_se))
    for theta, se, truth in zip(
        fit.persons["theta"][:5], fit.persons["se"][:5], able, strict=False
    ):
        inside = Interval(theta - 1.96 * se, theta + 1.96 * se)
        found["năng lực từng người (WLE)"].add(float(theta), float(truth) - hard.mean(), inside)


def slopes(chance: Generator, found: Tallies) -> None:
    """2PL: 12 items with slopes 0.7 to 1.8, 500 people; a fit that runs away is counted."""
    hard, steep = np.linspace(-1.5, 1.5, 12), np.tile([0.7, 1.0, 1.4, 1.8], 3)
    scores = pd.DataFrame(_answers(chance, chance.normal(0, 1, 500), hard, steep))
    try:
        items = marginal(scores, "2PL").items
    except MeasurementError:
        found["2PL: không hội tụ"].add(1, 0)
        return
    found["2PL: không hội tụ"].add(0, 0)
    for place in (0, 3):
        item = items[place]
        found[f"2PL: độ phân biệt {steep[place]}"].add(
            item.slope, steep[place], _around(item.slope, item.slope_se)
        )
        found[f"2PL: độ khó {hard[place]:.2f} (a = {steep[place]})"].add(
            item.difficulty, hard[place], _around(item.difficulty, item.se)
        )


def _around(value: float, se: float | None) -> Interval:
    reach = 1.96 * (se or 0.0)
    return Interval(value - reach, value + reach)


Draw = tuple[str, "Callable[[Generator, Tallies], None]", int]
DRAWS: tuple[Draw, ...] = (
    ("Một đề, 200 người, 40 câu 0/1", scores_of_one_form, 1000),
    ("Tỷ lệ của ít người", small_rates, 1000),
    ("Hội đồng chuẩn", judges, 1000),
    ("Người chấm", markers, 1000),
    ("Hai nhóm (DIF), 300 người mỗi nhóm", groups, 1000),
    ("Hai đề có câu chung, 1.500 người mỗi đề", forms, 1000),
    ("Thang Rasch, 12 câu, 300 người", scales, 500),
    ("Thang 2PL, 12 câu, 500 người", slopes, 100),
)
