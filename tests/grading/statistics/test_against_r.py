"""One differential run against R on random data, where R and its packages are installed."""

import shutil
import subprocess

import numpy as np
import pandas as pd
import pytest

from grading.statistics.agreement import cohen_kappa
from grading.statistics.intraclass import intraclass
from grading.statistics.rasch import andersen_test, rasch
from grading.statistics.reliability import alpha

_SEED = 20261127
_SCRIPT = """
suppressMessages(suppressWarnings({library(psych); library(eRm); library(psychotools)}))
items <- read.csv("items.csv"); marks <- read.csv("marks.csv")
show <- function(name, values) cat(name, format(as.numeric(values), digits = 12), "\\n")
show("alpha", suppressMessages(suppressWarnings(alpha(items)$total$raw_alpha)))
found <- ICC(marks, lmer = FALSE)$results
show("icc", found$ICC); show("icc_low", found$`lower bound`); show("icc_high", found$`upper bound`)
both <- cohen.kappa(marks[, 1:2])
show("kappa", both$kappa); show("weighted", both$weighted.kappa)
show("kappa_var", both$var.kappa)
fit <- RM(items)
show("erm", -fit$betapar); show("erm_loglik", fit$loglik); show("erm_se", fit$se.beta)
people <- person.parameter(fit); show("infit", itemfit(people)$i.infitMSQ)
show("outfit", itemfit(people)$i.outfitMSQ)
show("andersen", LRtest(fit)$LR)
show("raschmodel", itempar(raschmodel(as.matrix(items))))
"""


def _data():
    chance = np.random.default_rng(_SEED)
    able = chance.normal(0, 1, (400, 1))
    p = 1 / (1 + np.exp(np.linspace(-1.2, 1.2, 7) - able))
    items = pd.DataFrame((chance.random(p.shape) < p).astype(int), columns=list("abcdefg"))
    script = chance.integers(0, 4, 60)
    marks = np.clip(script[:, None] + chance.integers(-1, 2, (60, 3)), 0, 4)
    return items, pd.DataFrame(marks, columns=["m1", "m2", "m3"])


@pytest.fixture(scope="module")
def from_r(tmp_path_factory):
    wanted = (
        'stopifnot(all(sapply(c("psych","eRm","psychotools"), requireNamespace, quietly=TRUE)))'
    )
    if (
        not shutil.which("Rscript")
        or subprocess.run(["Rscript", "-e", wanted], capture_output=True, check=False).returncode
    ):
        pytest.skip("cần R với psych, eRm và psychotools")
    folder = tmp_path_factory.mktemp("r")
    items, marks = _data()
    items.to_csv(folder / "items.csv", index=False)
    marks.to_csv(folder / "marks.csv", index=False)
    (folder / "run.R").write_text(_SCRIPT, encoding="utf-8")
    run = subprocess.run(
        ["Rscript", "run.R"], cwd=folder, capture_output=True, text=True, check=True, timeout=120
    )
    lines = [line.split() for line in run.stdout.splitlines()]
    return {line[0]: [float(value) for value in line[1:]] for line in lines if line}


def test_psych_agrees_on_alpha_and_intraclass(from_r):
    items, marks = _data()
    found = list(intraclass(marks).values())
    assert alpha(items).value == pytest.approx(from_r["alpha"][0])
    assert [r.value for r in found] == pytest.approx(from_r["icc"])
    assert [r.interval.low for r in found] == pytest.approx(from_r["icc_low"])
    assert [r.interval.high for r in found] == pytest.approx(from_r["icc_high"])


def test_psych_agrees_on_kappa_and_its_error(from_r):
    _, marks = _data()
    plain = cohen_kappa(marks["m1"], marks["m2"])
    weighted = cohen_kappa(marks["m1"], marks["m2"], weights="quadratic")
    assert (plain.value, weighted.value) == pytest.approx(
        (from_r["kappa"][0], from_r["weighted"][0])
    )
    assert plain.se**2 == pytest.approx(from_r["kappa_var"][0])


def test_erm_and_psychotools_agree_on_the_conditional_rasch_model(from_r):
    items, _ = _data()
    fit = rasch(items)
    hard = [item.difficulty for item in fit.items]
    assert hard == pytest.approx(from_r["erm"], abs=1e-4)
    assert hard == pytest.approx(from_r["raschmodel"], abs=1e-4)
    assert [item.se for item in fit.items] == pytest.approx(from_r["erm_se"], abs=1e-3)
    assert fit.log_likelihood == pytest.approx(from_r["erm_loglik"][0], abs=1e-3)
    assert [item.infit for item in fit.items] == pytest.approx(from_r["infit"], abs=1e-3)
    assert [item.outfit for item in fit.items] == pytest.approx(from_r["outfit"], abs=1e-3)
    assert andersen_test(items).statistic == pytest.approx(from_r["andersen"][0], abs=0.01)
