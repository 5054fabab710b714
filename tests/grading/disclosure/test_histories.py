"""Whole publication histories, attacked by integer programming.

CIO_HISTORIES sets how many; ``python -m benchmarks.validation`` runs many more than the suite.
"""

import os

import publication_histories as histories
import pytest

_SAMPLE = 3
_FIRST = int(os.environ.get("CIO_FIRST_HISTORY", "0"))


@pytest.mark.parametrize(
    "seed", range(_FIRST, _FIRST + int(os.environ.get("CIO_HISTORIES", _SAMPLE)))
)
def test_no_count_below_the_limit_can_be_worked_out_of_all_publications(seed):
    cohort = histories.random_cohort(seed)
    assert histories.broken(cohort, histories.published(cohort)) == []


def test_without_the_guard_the_same_attack_succeeds():
    cohorts = [histories.random_cohort(seed) for seed in range(2)]
    assert all(histories.broken(cohort, histories.wishes(cohort)) for cohort in cohorts)
