"""Many processes write at once, on both databases: nothing fails, is lost, doubled or torn."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from databases import fresh, server
from django.db import transaction
from sittings import (
    CODE,
    DECIDED_ON,
    SETTINGS,
    act,
    found_centre,
    make_bank,
    passed_sitting,
    people,
)

from centre.accounts.models import User
from centre.accounts.permissions import Role
from centre.accounts.users import actor_of, the_user, withdraw_role
from centre.database import disconnect, open_centre
from centre.ledger.acts import act as begin_act
from centre.ledger.check import check
from centre.ledger.checkpoint import checkpoint
from centre.ledger.models import LedgerLine
from centre.register.book import Book
from centre.register.issue import certificate_path, enrol_key, the_signer
from centre.register.models import Entry
from centre.sittings.sitting import open_sitting
from courses.foundation.errors import CentreError
from grading.credentials.verification import Verdict, verify

WRITERS, ACTS = 40, 5
ISSUERS, PASSES = 16, 4  # passes a sitting
# Django is read once; each child opens the centre for itself, as another command would, and
# waits until all are there.
AT_ONCE = """
import os, sys, traceback
from datetime import datetime
from pathlib import Path
from django.db import transaction
from centre.database import open_centre
from centre.accounts.permissions import Role
from centre.accounts.users import actor_of, add_user, grant_role, the_user
IMPORTS
folder, now, count = Path(sys.argv[1]), datetime.fromisoformat(sys.argv[2]), int(sys.argv[3])
ready, go = os.pipe(), os.pipe()

def child(number):
    centre = open_centre(folder)
    os.write(ready[1], b".")
    os.read(go[0], 1)
    WORK

def run(number):
    try:
        child(number)
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)

children = [os.fork() or run(number) for number in range(count)]
for _ in range(count):
    os.read(ready[0], 1)
os.write(go[1], b"." * count)
sys.exit(sum(os.waitpid(one, 0)[1] != 0 for one in children))
"""
WRITE = f"""
    actor = actor_of(the_user("quan-tri"))
    for act in range({ACTS}):
        with transaction.atomic():
            add_user(actor, f"nguoi-{{number}}-{{act}}", [Role.TRAINEE], now=now)
            grant_role(actor, f"nguoi-{{number}}-{{act}}", Role.AUDITOR, now=now)
"""

NEEDED = """
from centre.register.issue import issue_all, the_signer
from centre.sittings.sitting import open_sitting
"""
# Half of them at one sitting of the year, half at the other.
ISSUE = """
    signer = the_signer(centre, now)
    sitting = open_sitting(centre, ("ky-mot", "ky-hai")[number % 2])
    for one in issue_all(actor_of(the_user("van-thu")), sitting, signer, now=now):
        assert not one.refused, one.refused
"""


@pytest.fixture(scope="module")
def address():
    """A PostgreSQL server of this module's own."""
    with server() as at:
        yield at


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request, tmp_path):
    """The address of an empty database of each kind, as ``centre.toml`` names it."""
    if request.param == "sqlite":
        return "sqlite"
    return fresh(request.getfixturevalue("address"), tmp_path.name)


@pytest.fixture
def centre(database, tmp_path):
    """A centre with its staff on each database."""
    return found_centre(tmp_path / "trung-tam", database)


def at_once(work, folder, count, imports=""):
    """Do the same work in many processes that are let go together; what they say. None fails."""
    program = AT_ONCE.replace("\n    WORK\n", work).replace("IMPORTS", imports)
    command = [sys.executable, "-W", "error", "-c", program, folder, DECIDED_ON.isoformat()]
    done = subprocess.run(
        [*command, str(count)],
        check=False,
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_forty_writers_leave_a_ledger_without_gap_or_tear(centre):
    before = LedgerLine.objects.count()
    at_once(WRITE, centre.folder, WRITERS)
    open_centre(centre.folder)
    numbers = list(LedgerLine.objects.values_list("number", flat=True))
    assert numbers == list(range(1, before + 2 * WRITERS * ACTS + 1))
    assert User.objects.filter(username__startswith="nguoi-").count() == WRITERS * ACTS
    checkpoint(centre)
    assert check(centre) == []


@pytest.mark.proof(one_in=2)
def test_sixteen_that_issue_at_once_at_two_sittings_of_a_year_double_and_skip_no_number(centre):
    listed = people(2 * PASSES)
    passed_sitting(centre, "ky-mot", listed[:PASSES], "KM")
    passed_sitting(centre, "ky-hai", listed[PASSES:], "CAP")
    signer = the_signer(centre, DECIDED_ON)
    act(enrol_key, "van-thu", signer, now=DECIDED_ON)
    disconnect()
    at_once(ISSUE, centre.folder, ISSUERS, NEEDED)
    centre = open_centre(centre.folder)
    entries = list(Entry.objects.order_by("entry_number"))
    assert [one.entry_number for one in entries] == list(range(1, 2 * PASSES + 1))
    assert len({one.person_id for one in entries}) == 2 * PASSES
    assert {one.decision.enrolment.sitting_id for one in entries} == {"ky-mot", "ky-hai"}
    book = Book(centre, datetime.now(UTC))
    for one in entries:
        verdict = verify(certificate_path(centre, one.serial), book, book.now).verdict
        assert verdict is Verdict.VALID
    assert check(centre) == []


PREPARE = """
    settings = read_settings(folder.parent / "sitting.toml")
    with transaction.atomic():
        sitting = prepare(actor_of(the_user("giao-vu")), centre, settings, now=now)
        enrol(actor_of(the_user("giao-vu")), sitting, people(), now=now)
    release_papers(sitting)
"""
PREPARING = """
from sittings import people
from centre.people.enrol import enrol
from centre.sittings.prepare import prepare, release_papers
from centre.sittings.settings import read_settings
"""


@pytest.mark.proof
def test_officers_who_prepare_the_same_sitting_at_once_prepare_it_once(centre):
    bank = make_bank(centre.folder.parent / "ngan-hang")
    text = SETTINGS.read_text("utf-8").replace("[marking]", f'bank = "{bank}"\n\n[marking]')
    stated = text.replace("[marking]", 'papers = ["CAP"]\n\n[marking]')
    (centre.folder.parent / "sitting.toml").write_text(stated, "utf-8")
    disconnect()
    at_once(PREPARE, centre.folder, 4, PREPARING)
    sitting = open_sitting(open_centre(centre.folder), CODE)
    assert sitting.record.enrolments.count() == len(people())
    assert [path.name for path in (sitting.folder / "release").iterdir()] == ["CAP-A"]
    checkpoint(sitting.centre)
    assert check(sitting.centre) == []


FOUND = """
    try:
        found(folder.parent / "moi", SAMPLE / "centre.toml", "quan-tri", "may", now)
        os.write(1, b"lap ")
    except CentreError:
        os.write(1, b"da-co ")
"""


FOUNDING = """
from sittings import SAMPLE
from centre.founding import found
from courses.foundation.errors import CentreError
"""


@pytest.mark.proof
def test_of_many_who_found_a_centre_in_one_folder_one_does(tmp_path):
    """The others leave it whole: each had taken away the settings of whoever was first."""
    folder = found_centre(tmp_path / "trung-tam").folder
    disconnect()
    said = at_once(FOUND, folder, 8, FOUNDING)
    assert sorted(said.split()) == ["da-co"] * 7 + ["lap"]
    assert check(open_centre(tmp_path / "moi")) == []


def test_nobody_changes_a_row_that_another_has_changed_since_it_was_read(centre):
    administrator = actor_of(the_user("quan-tri"))
    seen = the_user("coi-thi").grants.get()
    with transaction.atomic():
        withdraw_role(administrator, "coi-thi", Role.INVIGILATOR, now=DECIDED_ON)
    before = LedgerLine.objects.count()
    said = pytest.raises(CentreError, match="vừa được người khác thay đổi")
    with said, transaction.atomic(), begin_act(administrator, "thử", "coi-thi", DECIDED_ON) as done:
        done.change(seen, role=Role.BOARD)
    assert LedgerLine.objects.count() == before
    checkpoint(centre)
    assert check(centre) == []
