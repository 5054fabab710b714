"""`cio centre check` names what is damaged, lost, or wants a person."""

import sqlite3

from django.db import transaction
from sittings import DECIDED_ON, decide, ids, who

from centre.decisions.cases import open_case
from centre.inspection import inspect
from centre.register.issue import certificate_path, enrol_key, issue_all, the_signer


def certify(sitting):
    signer = the_signer(sitting.centre, DECIDED_ON)
    with transaction.atomic():
        enrol_key(who("van-thu"), signer, now=DECIDED_ON)
    return list(issue_all(who("van-thu"), sitting, signer, now=DECIDED_ON))


def findings(sitting):
    return list(inspect(who("kiem-toan"), sitting.centre))


def test_a_whole_centre_has_nothing_to_tell(decided):
    assert [one.serial for one in certify(decided)] == ["CIO-2026-00001"]
    assert findings(decided) == []


def test_a_lost_and_a_changed_original_are_named(decided):
    [issued] = certify(decided)
    path = certificate_path(decided.centre, issued.serial)
    path.write_bytes(path.read_bytes() + b"\n")
    assert findings(decided) == [
        f"{issued.serial}: tệp {path.name} không còn là bản gốc; khôi phục từ bản sao lưu"
    ]
    path.unlink()
    assert findings(decided) == [
        f"{issued.serial}: mất bản gốc {path.name}; khôi phục từ bản sao lưu"
    ]


def test_a_certificate_that_later_facts_undermine_cannot_be_overlooked(decided):
    [issued] = certify(decided)
    best = ids(decided)["all right"]
    with transaction.atomic():
        open_case(who("giao-vu"), decided, best, "giả định", now=DECIDED_ON)
    assert [f for f in findings(decided) if issued.serial in f and "chưa kết luận" in f]
    decide(decided)
    assert [f for f in findings(decided) if issued.serial in f]


def test_a_row_changed_by_sql_is_named(decided):
    with sqlite3.connect(decided.centre.folder / "centre.db") as connection:
        connection.execute("UPDATE centre_enrolment SET position = 'Khác' WHERE id = 1")
    assert findings(decided) == ["enrolment/1 [bị sửa]: không còn như sổ nhật ký ghi"]


def test_a_key_folder_open_to_others_is_named(decided):
    (decided.centre.folder / "keys").chmod(0o755)
    assert findings(decided) == ["thư mục khoá mở cho người khác đọc; đặt lại quyền 700"]
