"""All that a centre publishes of two sittings, read together, tells of nobody.

CIO_HISTORIES sets how many histories, from CIO_FIRST_HISTORY; ``benchmarks.validation`` has many.
"""

import os

import pytest
import two_sittings_reader as reader
from two_sittings import publish, random_history

_SAMPLE = 0
_FIRST = int(os.environ.get("CIO_FIRST_HISTORY", "0"))
# An area that seemed lost while a decision was waited for; areas kept, or none, in a package.
_ONCE_TOLD = (5, 13, 30)
# A guard switched off, and a history in which the attack then succeeds.
_OFF = {"all": 0, "period": 0, "history": 3, "package": 3, "report": 10, "resit": 41}


@pytest.mark.proof(one_in=3)
@pytest.mark.parametrize(
    "seed",
    [
        *{*_ONCE_TOLD, *_OFF.values()},
        *range(_FIRST, _FIRST + int(os.environ.get("CIO_HISTORIES", _SAMPLE))),
    ],
)
def test_nothing_of_a_few_can_be_worked_out_of_all_that_was_published(seed):
    history = random_history(seed)
    assert reader.attack(history, publish(history)) == []


@pytest.mark.proof(one_in=3)
@pytest.mark.parametrize("off", _OFF)
def test_without_one_of_the_guards_the_same_attack_succeeds(off):
    history = random_history(_OFF[off])
    assert reader.attack(history, publish(history, frozenset({off})))
