"""A backup is one consistent file that brings the whole centre back."""

import sqlite3
import tarfile
from datetime import timedelta

import pytest
from sittings import CODE, DECIDED_ON, who

from centre.accounts.users import actor_of, the_user
from centre.backup import back_up, restore
from centre.database import open_centre
from centre.decisions.decide import latest
from centre.decisions.replay import replay
from centre.ledger.check import check
from centre.sittings.sitting import open_sitting
from courses.foundation.errors import CentreError, DeniedError

LATER = DECIDED_ON + timedelta(days=1)


def administrator():
    return actor_of(the_user("quan-tri"))


def test_a_backup_restored_elsewhere_replays_every_decision_to_the_byte(decided, tmp_path):
    before = {one.id: one.content for one in latest(decided)}
    made = back_up(administrator(), decided.centre, tmp_path / "sao-luu.tar", now=LATER)
    restored = restore(tmp_path / "sao-luu.tar", tmp_path / "noi-khac")
    sitting = open_sitting(restored, CODE)
    assert {one.id: one.content for one in latest(sitting)} == before
    assert all(replay(one).same for one in latest(sitting))
    assert check(restored) == []
    assert made.files > 20


def test_the_backup_is_for_its_owner_alone_and_never_overwrites(decided, tmp_path):
    target = tmp_path / "sao-luu.tar"
    back_up(administrator(), decided.centre, target, now=LATER)
    assert target.stat().st_mode & 0o077 == 0
    with pytest.raises(CentreError, match="không ghi đè"):
        back_up(administrator(), decided.centre, target, now=LATER)


def test_only_an_administrator_backs_up_and_a_refusal_leaves_no_file(decided, tmp_path):
    with pytest.raises(DeniedError):
        back_up(who("giao-vu"), decided.centre, tmp_path / "sao-luu.tar", now=LATER)
    assert not list(tmp_path.glob("*sao-luu*"))


def test_a_tampered_centre_cannot_be_backed_up_as_if_it_were_whole(decided, tmp_path):
    with sqlite3.connect(decided.centre.folder / "centre.db") as connection:
        connection.execute("UPDATE centre_person SET full_name = 'Người Khác'")
    with pytest.raises(CentreError, match="không nguyên vẹn"):
        back_up(administrator(), decided.centre, tmp_path / "sao-luu.tar", now=LATER)
    assert not (tmp_path / "sao-luu.tar").exists()


def test_the_process_goes_on_with_the_centre_it_worked_for(decided, tmp_path):
    back_up(administrator(), decided.centre, tmp_path / "sao-luu.tar", now=LATER)
    assert len(latest(decided)) == 6


def test_a_restore_never_mixes_with_what_is_there(decided, tmp_path):
    back_up(administrator(), decided.centre, tmp_path / "sao-luu.tar", now=LATER)
    with pytest.raises(CentreError, match="không trống"):
        restore(tmp_path / "sao-luu.tar", decided.centre.folder)


def test_an_archive_that_reaches_outside_or_is_no_backup_is_refused(tmp_path):
    evil = tmp_path / "xau.tar"
    (tmp_path / "x").write_text("x", encoding="utf-8")
    with tarfile.open(evil, "w") as archive:
        archive.add(tmp_path / "x", "../thoat")
    with pytest.raises(CentreError, match="không đọc được bản sao lưu"):
        restore(evil, tmp_path / "moi")
    assert not (tmp_path / "thoat").exists()
    (tmp_path / "rac.tar").write_bytes(b"khong phai tar" * 100)
    with pytest.raises(CentreError, match="không đọc được bản sao lưu"):
        restore(tmp_path / "rac.tar", tmp_path / "moi-2")


def test_a_lost_database_is_never_made_anew(decided):
    folder = decided.centre.folder
    (folder / "centre.db").unlink()
    with pytest.raises(CentreError, match="không có cơ sở dữ liệu"):
        open_centre(folder)
    assert not (folder / "centre.db").exists()
