"""Certificates: one for each approved pass, never a second, never without the board."""

import shutil
from dataclasses import replace

import pytest
from grading.certification.evidence import approve, decide_all, open_case
from grading.credentials.register import revoke
from grading.issuing import certify, due
from grading.marking.scripts import write_agreed
from grading.records.ledger import broken_lines
from grading.records.schema import BoardApproval, RegisterEntry
from grading.sitting import open_sitting
from sittings import DECIDED_ON, ids, mark_essays
from sqlalchemy import delete, func, select

from courses.foundation.errors import CredentialError
from grading.credentials.revocation import Revocation
from grading.credentials.verification import Verdict, verify


@pytest.fixture(scope="session")
def certified_folder(decided_folder, tmp_path_factory):
    """The decided sitting with its certificates issued; never changed."""
    folder = shutil.copytree(decided_folder, tmp_path_factory.mktemp("mau") / "da-cap")
    list(certify(open_sitting(folder), DECIDED_ON))
    return folder


@pytest.fixture
def certified(certified_folder, tmp_path):
    return open_sitting(shutil.copytree(certified_folder, tmp_path / "ky-thi"))


def checked(sitting, path):
    with sitting.records() as session:
        return verify(path, session, DECIDED_ON).verdict


def entries(sitting):
    with sitting.records() as session:
        return session.scalar(select(func.count()).select_from(RegisterEntry))


def only(sitting):
    [path] = (sitting.folder / "certificates").glob("*.pdf")
    return path


def test_who_passed_and_was_approved_has_a_certificate_and_nobody_else(certified):
    with certified.records() as session:
        [entry] = session.scalars(select(RegisterEntry)).all()
    assert entry.trainee_id == ids(certified)["all right"]
    assert checked(certified, only(certified)) is Verdict.VALID


def test_without_the_boards_approval_nobody_gets_a_certificate(decided):
    with decided.records.begin() as session:
        session.execute(delete(BoardApproval))
    assert due(decided) == []
    assert list(certify(decided, DECIDED_ON)) == []
    assert entries(decided) == 0


def test_approval_of_an_earlier_revision_does_not_let_a_later_one_through(decided):
    who = ids(decided)["all right"]
    open_case(decided, who, "tình huống giả định", DECIDED_ON)
    decide_all(decided, DECIDED_ON)
    approve(decided, DECIDED_ON)
    assert list(certify(decided, DECIDED_ON)) == []


def test_running_again_issues_nothing_new_and_leaves_every_byte(certified):
    before = only(certified).read_bytes()
    [again] = certify(certified, DECIDED_ON)
    assert again.path == only(certified)
    assert only(certified).read_bytes() == before
    assert entries(certified) == 1


def test_a_pass_that_is_decided_again_makes_no_second_certificate(certified):
    for marker in certified.settings.marking.markers:
        mark_essays(certified, marker, lambda _: 2)
    write_agreed(certified)
    assert decide_all(certified, DECIDED_ON)[1] > 0
    approve(certified, DECIDED_ON)
    with certified.records() as session:
        first = session.scalars(select(RegisterEntry)).one()
    issued = [i for i in certify(certified, DECIDED_ON) if i.trainee == ids(certified)["all right"]]
    assert [one.serial for one in issued] == [first.serial]
    with certified.records() as session:
        serials = session.scalars(
            select(RegisterEntry.serial).where(RegisterEntry.trainee_id == issued[0].trainee)
        ).all()
    assert serials == [first.serial]


@pytest.mark.parametrize("place", [0.1, 0.5, 0.9])
def test_one_changed_byte_is_not_the_original(certified, tmp_path, place):
    content = bytearray(only(certified).read_bytes())
    content[int(len(content) * place)] ^= 1
    path = tmp_path / "sua.pdf"
    path.write_bytes(content)
    assert checked(certified, path) is not Verdict.VALID


def test_a_revoked_certificate_shows_as_revoked_and_is_not_issued_anew(certified):
    path = only(certified)
    with certified.records() as session:
        revoke(session, path.stem, Revocation("gian-lan", "Quyết định giả định số 1"), DECIDED_ON)
    assert checked(certified, path) is Verdict.REVOKED
    list(certify(certified, DECIDED_ON))
    assert entries(certified) == 1
    assert checked(certified, path) is Verdict.REVOKED


def in_earnest(sitting):
    """The same sitting, but not a demonstration."""
    return replace(sitting, settings=sitting.settings.model_copy(update={"demo": False}))


def test_a_real_sitting_is_not_signed_with_the_demonstration_key(certified):
    with pytest.raises(CredentialError, match="khoá trình diễn"):
        list(certify(in_earnest(certified), DECIDED_ON))


def test_a_real_sitting_without_its_key_issues_nothing(decided):
    with pytest.raises(CredentialError):
        list(certify(in_earnest(decided), DECIDED_ON))
    assert entries(decided) == 0


def test_the_ledger_is_unbroken_from_roster_to_certificate(certified):
    with certified.records() as session:
        assert broken_lines(session) == []
