"""``kill -9`` at many random points: what was acknowledged is stored, and nothing is doubled."""

import json
import shutil
import subprocess
import sys

import killed
import pytest
from django.db import transaction
from killed import VERBS
from sittings import (
    CLOSES,
    CODE,
    DECIDED_ON,
    PREPARED_ON,
    allocate_all,
    answer,
    approve,
    decide,
    enter_passes,
    found_centre,
    grade_all,
    mark_seeds,
    people,
    settings_of,
    take_paper,
    who,
)
from thoroughness import often

from assessments.bank.rubric import TOP_LEVEL
from centre.database import disconnect, open_centre
from centre.marks.desk import sheet_scripts
from centre.people.enrol import enrol
from centre.register.issue import enrol_key, the_signer
from centre.sittings.prepare import prepare, release_papers
from centre.sittings.sitting import open_sitting
from grading.marking.sheet import fill_sheet, write_sheet

POINTS, SEED = often(200, quick=12), 20261024


def to_import(sitting):
    release_papers(sitting)


def to_take(sitting):
    """Everybody has passed the rest before, and writes the one paper that is offered."""
    with transaction.atomic():
        enrol(who("giao-vu"), sitting, people(), now=PREPARED_ON)
    enter_passes(sitting, ("QL", "KM", "KT"))
    for one in people():
        answer(sitting, one.id, "CAP", "all right")


def to_mark(sitting):
    for one in people():
        take_paper(sitting, one.id, "CAP-A", CLOSES)
    grade_all(sitting)
    allocate_all(sitting)
    for marker in sitting.settings.marking.markers:
        mark_seeds(sitting, marker)
        waiting, _ = sheet_scripts(who(marker), sitting, marker)
        path = sitting.folder / "marking" / f"phieu-cham-{marker}.xlsx"
        write_sheet(path, marker, waiting)
        fill_sheet(path, waiting, lambda s: {one.id: TOP_LEVEL for one in s.rubric.criteria})


def to_decide(sitting):
    killed.marked(sitting, lambda _word: None)


def to_sign(sitting):
    decide(sitting)


def to_issue(sitting):
    approve(sitting)
    with transaction.atomic():
        enrol_key(who("van-thu"), the_signer(sitting.centre, DECIDED_ON), now=DECIDED_ON)


@pytest.fixture(scope="module")
def counted(tmp_path_factory):
    """For each verb a centre made ready for it; then all of them killed, and how often."""
    stages = tmp_path_factory.mktemp("mau")
    centre = found_centre(stages / "dau")
    with transaction.atomic():
        stated = settings_of(centre.folder, papers=("CAP",))
        prepare(who("giao-vu"), centre, stated, now=PREPARED_ON)
    before = centre.folder
    for verb, ready in zip(VERBS, READY, strict=True):
        disconnect()
        folder = shutil.copytree(before, stages / verb, symlinks=True)
        ready(open_sitting(open_centre(folder), CODE))
        before = folder
    disconnect()
    program = [sys.executable, "-W", "error", killed.__file__]
    done = subprocess.run(
        [*program, stages, str(POINTS), str(SEED)], check=False, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


READY = (to_import, to_take, to_mark, to_decide, to_sign, to_issue)


@pytest.mark.parametrize("verb", VERBS)
def test_whatever_moment_it_is_killed_at_nothing_told_is_lost_and_nothing_is_doubled(counted, verb):
    under_way, points = counted[verb]
    assert points >= POINTS // len(VERBS)
    assert under_way >= points // 2  # the moments lie within the work
