"""Sittings of the earlier version, made by it, become sittings of the centre."""

import json
import sqlite3
import tarfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction
from sittings import DECIDED_ON, found_centre

from centre.accounts.users import actor_of, the_user
from centre.adopt import adopt_sitting
from centre.decisions.decide import decide_all, latest
from centre.decisions.replay import replay
from centre.ledger.check import check
from centre.ledger.seal import the_seal
from centre.register.book import Book
from centre.register.issue import certificate_path
from centre.register.models import Entry
from centre.register.trust import trust
from centre.sittings.sitting import open_sitting
from courses.foundation.errors import CentreError
from grading.credentials.verification import Verdict, verify

EARLIER = Path(__file__).with_name("earlier.tar.xz")
LATER = DECIDED_ON + timedelta(days=10)


@pytest.fixture(scope="module")
def earlier(tmp_path_factory):
    """Two decided sittings of one year, whose certificates bear the same serial."""
    folder = tmp_path_factory.mktemp("truoc")
    with tarfile.open(EARLIER) as archive:
        archive.extractall(folder, filter="data")
    return folder


@pytest.fixture(scope="module")
def adopted(earlier, tmp_path_factory):
    """A centre that has taken over both."""
    centre = found_centre(tmp_path_factory.mktemp("mau") / "trung-tam")
    administrator = actor_of(the_user("quan-tri"))
    done = []
    for code in ("ky-mot", "ky-hai"):
        with transaction.atomic():
            done.append(adopt_sitting(administrator, centre, earlier / code, now=LATER))
    trust(centre.settings.name, the_seal(centre))
    return centre, done


def old_rows(folder, table):
    connection = sqlite3.connect(folder / "records.db")
    connection.row_factory = sqlite3.Row
    return [dict(row) for row in connection.execute(f"SELECT * FROM {table}")]  # noqa: S608


def test_every_decision_is_as_it_was_and_replays_to_the_byte(adopted, earlier):
    centre, done = adopted
    for code, one in zip(("ky-mot", "ky-hai"), done, strict=True):
        kept = {d.id: json.loads(d.content) for d in latest(open_sitting(centre, code))}
        before = {
            row["id"]: json.loads(row["content"]) for row in old_rows(earlier / code, "decision")
        }
        assert kept == before
        assert one.unreplayable == []
        assert all(replay(d).same for d in latest(open_sitting(centre, code)))


def test_deciding_again_changes_only_whom_something_has_happened_to(adopted):
    centre, _ = adopted
    officer = actor_of(the_user("giao-vu"))
    with transaction.atomic():
        first = decide_all(officer, open_sitting(centre, "ky-mot"), now=LATER)
        second = decide_all(officer, open_sitting(centre, "ky-hai"), now=LATER)
        transaction.set_rollback(True)
    assert (first.new, second.new) == (1, 0)  # a case was opened at the first, after deciding


def test_both_certificates_of_one_serial_verify_and_the_collision_is_reported(adopted):
    centre, (first, second) = adopted
    assert (first.collisions, second.collisions) == ([], ["CIO-2026-00001"])
    book = Book(centre, datetime.now(UTC))
    verdicts = {
        entry.pk: verify(certificate_path(centre, entry.pk), book, book.now).verdict
        for entry in Entry.objects.all()
    }
    assert verdicts == {
        "CIO-2026-00001": Verdict.VALID,
        "CIO-2026-00001@ky-hai": Verdict.REVOKED,
    }


def test_what_was_adopted_is_covered_by_the_ledger(adopted):
    centre, _ = adopted
    assert check(centre) == []


def test_a_sitting_is_adopted_once(adopted, earlier):
    centre, _ = adopted
    with pytest.raises(CentreError, match="đã có kỳ ky-mot"), transaction.atomic():
        adopt_sitting(actor_of(the_user("quan-tri")), centre, earlier / "ky-mot", now=LATER)


def test_a_folder_that_is_no_sitting_is_refused_by_name(adopted, tmp_path):
    centre, _ = adopted
    with (
        pytest.raises(CentreError, match="không phải kỳ thi của phiên bản trước"),
        transaction.atomic(),
    ):
        adopt_sitting(actor_of(the_user("quan-tri")), centre, tmp_path, now=LATER)
