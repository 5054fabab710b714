"""Keys that sign certificates: enrolled, in force, a demonstration's or a real centre's."""

import datetime as dt
from dataclasses import replace

import pytest
from django.db import transaction
from sittings import DECIDED_ON, who

from centre.ledger.models import LedgerLine
from centre.register.issue import enrol_key, issue_all, the_signer
from centre.register.models import Entry, Key
from courses.foundation.errors import CredentialError
from grading.credentials.keys import create_demo_key, load_signer

LATER = DECIDED_ON + dt.timedelta(days=3)


def test_a_key_that_was_not_enrolled_issues_nothing(decided, tmp_path):
    stranger = load_signer(create_demo_key(tmp_path / "other", "Cơ quan khác", DECIDED_ON))
    [one] = issue_all(who("van-thu"), decided, stranger, now=DECIDED_ON)
    assert "chưa được ghi vào sổ khoá" in one.refused
    assert not Entry.objects.exists()


@pytest.mark.parametrize("days", [-30, 4000])
def test_a_key_issues_nothing_before_or_after_its_validity(decided, days):
    signer = the_signer(decided.centre, DECIDED_ON)
    with transaction.atomic():
        enrol_key(who("van-thu"), signer, now=DECIDED_ON)
    at = DECIDED_ON + dt.timedelta(days=days)
    [one] = issue_all(who("van-thu"), decided, signer, now=at)
    assert "hiệu lực" in one.refused
    assert not Entry.objects.exists()


def test_enrolling_a_key_twice_enrols_it_once(certified):
    lines = LedgerLine.objects.count()
    with transaction.atomic():
        enrol_key(who("van-thu"), the_signer(certified.centre, LATER), now=LATER)
    assert (Key.objects.count(), LedgerLine.objects.count()) == (1, lines)


def in_earnest(sitting):
    """The same sitting at a centre that is no demonstration."""
    real = sitting.centre.settings.model_copy(update={"demo": False})
    return replace(sitting, centre=replace(sitting.centre, settings=real))


def test_a_real_centre_makes_itself_no_demonstration_key(decided):
    with pytest.raises(CredentialError):
        the_signer(in_earnest(decided).centre, DECIDED_ON)


def test_a_real_centre_does_not_sign_with_the_demonstration_key(certified):
    signer = the_signer(certified.centre, DECIDED_ON)
    real = in_earnest(certified)
    with pytest.raises(CredentialError, match="khoá trình diễn"):
        the_signer(real.centre, DECIDED_ON)
    assert signer.is_demo
