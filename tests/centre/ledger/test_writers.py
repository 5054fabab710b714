"""Many processes write at once, on both databases: nothing fails, is lost, doubled or torn."""

from __future__ import annotations

import subprocess
import sys

import pytest
from databases import fresh, server
from sittings import DECIDED_ON, found_centre

from centre.accounts.models import User
from centre.database import open_centre
from centre.ledger.check import check
from centre.ledger.checkpoint import checkpoint
from centre.ledger.models import LedgerLine

WRITERS, ACTS = 40, 5
# Django is read once; each child opens the centre for itself, as another command would, and
# waits until all are there.
AT_ONCE = """
import os, sys, traceback
from datetime import datetime
from pathlib import Path
from django.db import transaction
from datetime import datetime
from django.db import transaction
from centre.database import open_centre
from centre.accounts.permissions import Role
from centre.accounts.users import actor_of, add_user, grant_role, the_user
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


def at_once(work, folder, count):
    """Do the same work in many processes that are let go together; none may fail."""
    program = AT_ONCE.replace("\n    WORK\n", work)
    command = [sys.executable, "-W", "error", "-c", program, folder, DECIDED_ON.isoformat()]
    done = subprocess.run([*command, str(count)], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_forty_writers_leave_a_ledger_without_gap_or_tear(centre):
    before = LedgerLine.objects.count()
    at_once(WRITE, centre.folder, WRITERS)
    open_centre(centre.folder)
    numbers = list(LedgerLine.objects.values_list("number", flat=True))
    assert numbers == list(range(1, before + 2 * WRITERS * ACTS + 1))
    assert User.objects.filter(username__startswith="nguoi-").count() == WRITERS * ACTS
    checkpoint(centre)
    assert check(centre) == []
