"""All that a centre publishes of two sittings, read together, tells of nobody.

CIO_HISTORIES sets how many histories, from CIO_FIRST_HISTORY; ``benchmarks.validation`` has many.
"""

import os

import pytest
import two_sittings_reader as reader
from two_sittings import publish, random_history, without_packages

_SAMPLE = 0
_FIRST = int(os.environ.get("CIO_FIRST_HISTORY", "0"))
# An area that seemed lost while a decision was waited for; areas kept, or none, in a package.
_ONCE_TOLD = (5, 13, 30)
# What somebody kept from the first sitting told how the second went, or who sat only once.
_TOLD_BY_BOTH = (1866, 2833, 3651, 4158, 4356, 6549, 6749)
# An agency that failed found out that others had passed.
_FOUND_FROM_WITHIN = (3651, 4356)
# A guard switched off, and a history in which the attack then succeeds.
_OFF = {"all": 0, "period": 0, "history": 3, "package": 3, "report": 10, "resit": 41}
_OFF |= {"again insiders": 4158}


@pytest.mark.proof(one_in=8)
@pytest.mark.proof(one_in=3)
@pytest.mark.parametrize(
    "seed",
    [
        *{*_ONCE_TOLD, *_TOLD_BY_BOTH, *_OFF.values()},
        *range(_FIRST, _FIRST + int(os.environ.get("CIO_HISTORIES", _SAMPLE))),
    ],
)
def test_nothing_of_a_few_can_be_worked_out_of_all_that_was_published(seed):
    history = random_history(seed)
    assert reader.attack(history, publish(history)) == []


@pytest.mark.proof(one_in=6)
@pytest.mark.parametrize("off", _OFF)
def test_without_one_of_the_guards_the_same_attack_succeeds(off):
    history = random_history(_OFF[off])
    assert reader.attack(history, publish(history, frozenset(off.split())))


@pytest.mark.proof(one_in=2)
@pytest.mark.parametrize("seed", _FOUND_FROM_WITHIN)
def test_no_agency_that_knows_its_own_finds_out_others_from_reports(seed):
    history = without_packages(random_history(seed))
    assert reader.attack_from_within(history, publish(history)) == []


def test_with_no_thought_of_agencies_one_that_knows_its_own_finds_out_others():
    history = random_history(4356)
    assert reader.attack_from_within(history, publish(history, frozenset({"insiders"})))
