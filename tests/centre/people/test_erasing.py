"""Who is erased is gone from the database's very file, and the ledger still verifies."""

from __future__ import annotations

import json

from django.db import transaction
from sittings import CODE, DECIDED_ON, who

from centre.accounts.invitations import admit
from centre.configuration import DATABASE
from centre.database import disconnect, open_centre
from centre.learning.progress import learning_folder
from centre.ledger.check import check
from centre.people.privacy import ERASED, erase, export, the_person
from centre.sittings.sitting import open_sitting


def everything_stored(centre):
    """The bytes of the database and of all that stands beside it; it is closed for that."""
    disconnect()
    return b"".join(path.read_bytes() for path in centre.folder.glob(f"{DATABASE}*"))


def test_nothing_of_an_erased_name_remains_in_the_database_file(decided):
    first, other = decided.enrolments()[1:3]
    name, kept = first.person.full_name, other.person.full_name
    number, centre = first.person_id, decided.centre
    assert name.encode() in everything_stored(centre)
    open_centre(centre.folder)
    with transaction.atomic():
        erase(who("giao-vu"), the_person(number), "Đơn giả định số 01", now=DECIDED_ON)
    stored = everything_stored(centre)
    assert name.encode() not in stored
    assert kept.encode() in stored
    open_centre(centre.folder)
    assert check(centre) == []
    assert the_person(number).full_name == ERASED


def test_export_tells_all_of_one_person_and_nothing_of_another(decided):
    enrolments = open_sitting(decided.centre, CODE).enrolments()
    for enrolment in enrolments:
        with transaction.atomic():
            told = export(who("giao-vu"), enrolment.person, now=DECIDED_ON)
        text = json.dumps(told, ensure_ascii=False)
        assert enrolment.person.full_name in text
        assert enrolment.position in text
        assert len(told["sittings"][0]["decisions"]) == enrolment.decisions.count() > 0
        assert len(told["sittings"][0]["marks"]) == enrolment.marks.count()
        for another in enrolments:
            if another.person_id != enrolment.person_id:
                assert another.person.full_name not in text
                assert f'"{another.candidate}"' not in text
                assert f'"{another.person_id}"' not in text


def test_what_was_answered_in_lessons_is_exported_and_erased_with_the_person(decided):
    one = decided.enrolments()[1]
    with transaction.atomic():
        user = admit(who("giao-vu"), one.candidate, one.person_id, now=DECIDED_ON)
    folder = learning_folder(decided.centre, user.pk)
    folder.mkdir(parents=True)
    (folder / "ql1.tien-do.json").write_text("điều tôi viết", encoding="utf-8")
    with transaction.atomic():
        told = export(who("giao-vu"), one.person, now=DECIDED_ON)
    assert told["lessons"] == {"ql1.tien-do.json": "điều tôi viết"}
    with transaction.atomic():
        erase(who("giao-vu"), the_person(one.person_id), "Đơn giả định số 01", now=DECIDED_ON)
    assert not folder.exists()
