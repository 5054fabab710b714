"""``python tests/killed.py STAGES POINTS SEED``: acts killed at random moments, then run again.

One process that has everything in memory forks a child for each point. The child works on a copy
of a small centre made ready for one verb, tells each act that it has committed, and is killed
at a random moment; another child looks whether what was told is there, runs the verb again to its
end, and proves that nothing is lost or doubled. Prints how many were killed under way, by verb.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import select
import shutil
import signal
import sys
import time
import traceback
from pathlib import Path

from django.db import transaction
from sittings import CLOSES, CODE, DECIDED_ON, MARKED_ON, PREPARED_ON, RESOLUTION, people, who

from assessments.handing_in.work import RECEIPT_FILE, digest_of_work, read_receipt
from centre.database import open_centre
from centre.decisions.board import draw_sheet, sign_sheet, waiting_sheets
from centre.decisions.decide import decide_all, latest
from centre.decisions.models import BoardSheet, Decision, Signature
from centre.ledger.check import check
from centre.ledger.models import LedgerLine
from centre.marks.agreed import write_agreed
from centre.marks.desk import known_scripts
from centre.marks.marking import record_marks
from centre.marks.models import Mark
from centre.marks.scripts import scripts
from centre.people.enrol import enrol
from centre.people.models import Enrolment, Person
from centre.register.issue import certificate_path, issue_all, the_signer
from centre.register.models import Entry
from centre.sittings.models import ReceiptRecord
from centre.sittings.sitting import open_sitting
from centre.sittings.take import papers_open, take
from grading.certification.decision import Status
from grading.gradebook.scores import read_scores
from grading.marking.sheet_reading import read_sheet

VERBS = ("import", "take", "mark", "decide", "sign", "issue")


def imported(sitting, tell):
    """Enter the roster, two people at a time."""
    listed = people()
    for begin in range(0, len(listed), 2):
        some = listed[begin : begin + 2]
        with transaction.atomic():
            enrol(who("giao-vu"), sitting, some, now=PREPARED_ON)
        for one in some:
            tell(one.id)


def taken(sitting, tell):
    """Take every paper that was never taken."""
    for candidate, form in papers_open(sitting):
        with transaction.atomic():
            done = take(who("coi-thi"), sitting, candidate, form, now=CLOSES)
        tell(f"{candidate} {done.receipt.sha256}")


def marked(sitting, tell):
    """Read both markers' sheets in, and write what is agreed into the gradebook."""
    for marker in sitting.settings.marking.markers:
        path = sitting.folder / "marking" / f"phieu-cham-{marker}.xlsx"
        levels, _ = read_sheet(path, marker, known_scripts(who(marker), sitting, marker))
        with transaction.atomic():
            record_marks(who(marker), sitting, marker, levels, now=MARKED_ON)
        tell(marker)
    write_agreed(sitting)
    tell("gradebook")


def decided(sitting, tell):
    """Decide on everybody."""
    with transaction.atomic():
        done = decide_all(who("giao-vu"), sitting, now=DECIDED_ON)
    for one in done.standing:
        tell(one.id)


def signed(sitting, tell):
    """Lay before the board what waits, and let two members sign."""
    if not BoardSheet.objects.exists():
        with transaction.atomic():
            draw_sheet(who("giao-vu"), sitting, RESOLUTION, now=DECIDED_ON)
        tell("sheet")
    for sheet in waiting_sheets(sitting):
        for member in ("hoi-dong-1", "hoi-dong-2"):
            if not sheet.signatures.filter(user__username=member).exists():
                with transaction.atomic():
                    sign_sheet(who(member), sheet, sheet.digest, now=DECIDED_ON)
                tell(member)


def issued(sitting, tell):
    """Issue what is due."""
    signer = the_signer(sitting.centre, DECIDED_ON)
    for one in issue_all(who("van-thu"), sitting, signer, now=DECIDED_ON):
        assert not one.refused, one.refused
        tell(f"{one.serial} {sha256(one.path)}")


WORK = dict(zip(VERBS, (imported, taken, marked, decided, signed, issued), strict=True))


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def stored(verb, sitting):
    """Everything of the verb's that is stored now, in the words in which it is told."""
    return {
        "import": lambda: list(Enrolment.objects.values_list("candidate", flat=True)),
        "take": lambda: [
            f"{one.delivery.enrolment.candidate} {one.sha256}"
            for one in ReceiptRecord.objects.select_related("delivery__enrolment")
        ],
        "mark": lambda: [*_markers(sitting), *_agreed(sitting)],
        "decide": lambda: list(Decision.objects.values_list("id", flat=True)),
        "sign": lambda: [
            *("sheet" for _ in BoardSheet.objects.all()),
            *Signature.objects.values_list("user__username", flat=True),
        ],
        "issue": lambda: [f"{one.serial} {one.pdf_sha256}" for one in Entry.objects.all()],
    }[verb]()


def _markers(sitting):
    """Markers all of whose marks are there; half a sheet is nobody's."""
    found = [Mark.objects.filter(marker=one).count() for one in sitting.settings.marking.markers]
    assert set(found) <= {0, len(scripts(sitting))}
    return [one for one, n in zip(sitting.settings.marking.markers, found, strict=True) if n]


def _agreed(sitting):
    return [] if read_scores(sitting.course)["pending"].any() else ["gradebook"]


def prove(verb, sitting, count):
    """That everything is there once, that files are what rows say, and that the ledger holds."""
    told = stored(verb, sitting)
    expected = {"mark": 3, "sign": 3}.get(verb, count)
    assert (len(told), len(set(told))) == (expected, expected), told
    if verb == "import":
        numbers = sorted(Person.objects.values_list("pk", flat=True))
        assert numbers == [f"P{number:06}" for number in range(1, count + 1)]
    if verb == "take":
        for row in ReceiptRecord.objects.select_related("delivery__enrolment", "delivery__form"):
            which = row.delivery.enrolment.candidate, row.delivery.form.code
            assert digest_of_work(sitting.course.path("submitted", *which)) == row.sha256
    if verb == "decide":
        assert {one.revision for one in latest(sitting)} == {1}
        assert {one.status for one in latest(sitting)} == {Status.PASS}
    if verb == "issue":
        entries = Entry.objects.order_by("entry_number")
        assert [one.entry_number for one in entries] == list(range(1, count + 1))
        for one in entries:
            assert sha256(certificate_path(sitting.centre, one.serial)) == one.pdf_sha256
        there = {path.stem for path in sitting.centre.certificates.glob("*.pdf")}
        assert there == {one.serial for one in entries}
    numbers = list(LedgerLine.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert check(sitting.centre) == []


def receipts(sitting):
    """What candidates hold receipts of, in the words in which it is told."""
    for path in (sitting.folder / "papers").glob(f"*/*/{RECEIPT_FILE}"):
        receipt = read_receipt(path.parent)
        yield f"{receipt.trainee} {receipt.sha256}"


def opened(folder):
    return open_sitting(open_centre(folder), CODE)


def child(work):
    """Run ``work`` in a fork, which tells through a pipe; its number and the pipe's other end."""
    reads, writes = os.pipe()
    if number := os.fork():
        os.close(writes)
        return number, reads
    os.close(reads)
    try:
        work(lambda word: os.write(writes, f"{word}\n".encode()))
    except BaseException:  # noqa: BLE001 - whatever it is, the parent is told
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def run(verb, folder, tell):
    sitting = opened(folder)
    tell("go")
    WORK[verb](sitting, tell)


def again(verb, folder, words, count):
    sitting = opened(folder)
    told = {*words, *(receipts(sitting) if verb == "take" else ())}
    assert told <= set(stored(verb, sitting)), "acknowledged and not there"
    WORK[verb](sitting, lambda _word: None)
    prove(verb, sitting, count)


def heard(reads, wait):
    """What the child tells within ``wait`` seconds of its first word, and how long it told."""
    text, begin = os.read(reads, 65536), time.monotonic()
    while (left := begin + wait - time.monotonic()) > 0:
        ready, _, _ = select.select([reads], [], [], left)
        if not ready or not (some := os.read(reads, 65536)):
            break
        text += some
    return text, time.monotonic() - begin


def point(verb, stage, place, wait, count):
    """One kill and what follows; whether the child was killed under way, and how long it took."""
    shutil.copytree(stage, place, symlinks=True)
    number, reads = child(lambda tell: run(verb, place, tell))
    text, seconds = heard(reads, wait)
    os.kill(number, signal.SIGKILL)
    _, status = os.waitpid(number, 0)
    with os.fdopen(reads, "rb") as rest:
        text += rest.read()
    words = [one for one in text.decode().splitlines() if one != "go"]
    number, reads = child(lambda _tell: again(verb, place, words, count))
    os.close(reads)
    assert os.waitpid(number, 0)[1] == 0, f"{verb}, killed after {wait:.3f} s: {place}"
    shutil.rmtree(place)
    return os.WIFSIGNALED(status), seconds


def main(stages, points, seed):
    """Kill each verb at its share of the points."""
    chance, killed = random.Random(seed), {}  # noqa: S311 - the same moments again
    for at, verb in enumerate(VERBS):
        stage, count = stages / verb, len(people())
        share = points // len(VERBS) + (at < points % len(VERBS))
        whole = [point(verb, stage, stages / f"{verb}-{n}", 3600, count)[1] for n in range(2)]
        done = [
            point(verb, stage, stages / f"{verb}-{n}", chance.uniform(0, min(whole)), count)
            for n in range(2, share + 2)
        ]
        killed[verb] = [sum(under_way for under_way, _ in done), share]
    sys.stdout.write(json.dumps(killed))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
