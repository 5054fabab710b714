"""What is taken is what was there, whole, and the receipt says so."""

from datetime import timedelta

import pytest
from sittings import CLOSES, OPENS, answer, form_of, hand_in, ids, start, take_paper

from assessments.handing_in.answers import PAPER_FILE, answers_path
from assessments.handing_in.work import digest_of_work, read_receipt
from centre.ledger.check import check
from centre.ledger.models import LedgerLine
from centre.sittings.deliver import work_folder
from centre.sittings.models import ReceiptRecord
from courses.foundation.errors import SittingError


def submitted(sitting, trainee, form):
    return sitting.course.path("submitted", trainee, form.code)


@pytest.fixture
def taken(sitting):
    """One trainee's paper, handed in; with who and what."""
    trainee = ids(sitting)["all right"]
    return hand_in(sitting, trainee, "QL", "all right"), trainee, form_of(sitting, trainee, "QL")


def test_the_receipt_is_the_digest_of_what_is_on_the_disk(sitting, taken):
    receipt, trainee, form = taken[0].receipt, *taken[1:]
    assert receipt.sha256 == digest_of_work(submitted(sitting, trainee, form))
    assert receipt.digest == form.digest
    assert read_receipt(work_folder(sitting, trainee, form.code)) == receipt
    line = LedgerLine.objects.get(kind="paper.taken")
    assert receipt.sha256 in line.after
    assert line.subject == f"{sitting.code}/{trainee}"
    assert check(sitting.centre) == []


def test_one_changed_byte_makes_another_digest(sitting, taken):
    _, trainee, form = taken
    path = answers_path(submitted(sitting, trainee, form), form.competencies[0])
    path.write_bytes(path.read_bytes().replace(b'"revision": 1', b'"revision": 2', 1))
    assert digest_of_work(submitted(sitting, trainee, form)) != taken[0].receipt.sha256


def test_handing_in_again_replaces_what_was_taken(sitting, taken):
    first, trainee, form = taken
    again = hand_in(sitting, trainee, "QL", "all wrong")
    assert again.receipt.sha256 != first.receipt.sha256
    assert again.receipt.sha256 == digest_of_work(submitted(sitting, trainee, form))
    beside = [p.name for p in submitted(sitting, trainee, form).parent.iterdir()]
    assert beside == [form.code]
    assert {row.sha256 for row in ReceiptRecord.objects.all()} == {
        first.receipt.sha256,
        again.receipt.sha256,
    }


def test_after_the_closing_work_is_late_and_after_the_grace_it_is_refused(sitting):
    trainee = ids(sitting)["late"]
    grace = timedelta(minutes=sitting.settings.grace_minutes)
    assert not hand_in(sitting, trainee, "QL", "blank", at=CLOSES).late
    assert hand_in(sitting, trainee, "QL", "partial", at=CLOSES + timedelta(seconds=1)).late
    last = hand_in(sitting, trainee, "QL", "all right", at=CLOSES + grace)
    with pytest.raises(SittingError, match="quá hạn"):
        hand_in(sitting, trainee, "QL", "all wrong", at=CLOSES + grace + timedelta(seconds=1))
    form = form_of(sitting, trainee, "QL")
    assert digest_of_work(submitted(sitting, trainee, form)) == last.receipt.sha256


def test_hidden_foreign_and_linked_files_are_not_taken(sitting):
    trainee = ids(sitting)["all right"]
    folder, form = answer(sitting, trainee, "QL", "all right"), form_of(sitting, trainee, "QL")
    for name in (".an.ipynb", ".an.tra-loi.json", "virus.exe", "ghi-chu.txt", "so-lieu.json"):
        (folder / name).write_text("lạ", "utf-8")
    (folder / "KT1.tra-loi.json").symlink_to("/etc/hostname")
    (folder / ".ipynb_checkpoints").mkdir()
    (folder / ".ipynb_checkpoints" / "QL4-checkpoint.ipynb").write_text("{}")
    take_paper(sitting, trainee, form.code, CLOSES)
    names = {path.name for path in submitted(sitting, trainee, form).iterdir()}
    competency = form.competencies[0]
    assert names == {
        *(f"{competency}.ipynb", f"{competency}.tra-loi.json", PAPER_FILE, "timestamp.txt")
    }


def test_the_paper_that_is_taken_is_the_examiners_whatever_the_trainee_made_of_it(sitting):
    trainee = ids(sitting)["all right"]
    folder, form = answer(sitting, trainee, "QL", "all right"), form_of(sitting, trainee, "QL")
    delivered = (folder / PAPER_FILE).read_bytes()
    (folder / PAPER_FILE).write_text("{}", "utf-8")
    take_paper(sitting, trainee, form.code, CLOSES)
    assert (submitted(sitting, trainee, form) / PAPER_FILE).read_bytes() == delivered


def test_an_enormous_file_is_refused_and_what_was_taken_before_stays(sitting, taken):
    first, trainee, form = taken
    with (work_folder(sitting, trainee, form.code) / "to.ipynb").open("wb") as file:
        file.truncate(20_000_001)
    with pytest.raises(SittingError, match="lớn bất thường"):
        take_paper(sitting, trainee, form.code, CLOSES)
    assert digest_of_work(submitted(sitting, trainee, form)) == first.receipt.sha256


def test_resuming_keeps_every_answer_and_the_same_paper(sitting):
    trainee = ids(sitting)["all right"]
    folder = answer(sitting, trainee, "QL", "all right")
    before = {path: path.read_bytes() for path in folder.iterdir()}
    start(sitting, trainee, "QL", CLOSES - timedelta(minutes=1))
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_what_was_never_delivered_cannot_be_taken(sitting):
    with pytest.raises(SittingError, match="chưa nhận bài"):
        take_paper(sitting, ids(sitting)["blank"], "QL-A", CLOSES)


@pytest.mark.parametrize("at", [OPENS - timedelta(seconds=1), CLOSES])
def test_outside_the_hours_no_paper_is_handed_out(sitting, at):
    trainee = ids(sitting)["blank"]
    form = form_of(sitting, trainee, "QL")
    with pytest.raises(SittingError, match="ngoài giờ thi"):
        start(sitting, trainee, "QL", at)
    assert not work_folder(sitting, trainee, form.code).exists()


def test_nobody_off_the_roster_gets_a_paper(sitting):
    with pytest.raises(SittingError, match="không có thí sinh CIO26-999"):
        start(sitting, "CIO26-999", "QL", OPENS)
