"""Serials: by the calendar year of Vietnam, none used up by what was never issued."""

import datetime as dt
from dataclasses import replace

from django.db import transaction
from sittings import DECIDED_ON, act, ids, issue, let_pass, who

from centre.decisions.decide import latest
from centre.register import entries
from centre.register import issue as issuing
from centre.register.issue import enrol_key, the_signer
from centre.register.models import Entry
from courses.foundation.errors import CredentialError
from grading.credentials import certificate

LATER = DECIDED_ON + dt.timedelta(days=3)


def only(sitting):
    [path] = sitting.centre.certificates.glob("*.pdf")
    return path


def test_the_year_turns_at_midnight_in_vietnam(decided):
    let_pass(decided, ids(decided)["late"])
    eve = dt.datetime(2026, 12, 31, 16, 59, tzinfo=dt.UTC)
    signer = the_signer(decided.centre, DECIDED_ON)
    with transaction.atomic():
        enrol_key(who("van-thu"), signer, now=DECIDED_ON)
    passes = [d for d in latest(decided) if d.status == "PASS"]
    serials = [
        act(issuing.issue, "van-thu", decided.centre, one, signer, now=at)[0].serial
        for one, at in zip(passes, (eve, eve + dt.timedelta(minutes=1)), strict=True)
    ]
    assert serials == ["CIO-2026-00001", "CIO-2027-00001"]


def test_a_page_that_cannot_be_printed_uses_up_no_number(decided, monkeypatch):
    def fail(_data, _now):
        raise CredentialError("không in được")

    monkeypatch.setattr(entries, "render_certificate", fail)
    [one] = issue(decided)
    assert one.refused == "không in được"
    monkeypatch.setattr(entries, "render_certificate", certificate.render_certificate)
    assert [one.serial for one in issue(decided)] == ["CIO-2026-00001"]


def test_a_number_taken_meanwhile_is_reported_and_its_file_left_alone(certified, monkeypatch):
    let_pass(certified, ids(certified)["late"])
    before = only(certified).read_bytes()
    allocate = issuing.allocate
    monkeypatch.setattr(issuing, "allocate", lambda now: replace(allocate(now), entry_number=1))
    refused = [one.refused for one in issue(certified, LATER) if one.refused]
    assert len(refused) == 1
    assert "hãy chạy lại" in refused[0]
    assert only(certified).read_bytes() == before
    assert Entry.objects.count() == 1
