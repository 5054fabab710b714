"""A person's own data: corrected on a ground, read on record, erased as far as the law lets."""

from datetime import date, timedelta

import pytest
from sittings import DECIDED_ON, act, decide, ids

from centre.configuration import DATABASE
from centre.database import disconnect, open_centre
from centre.decisions.cases import open_case
from centre.ledger.check import check
from centre.ledger.models import LedgerLine
from centre.people.models import Person
from centre.people.privacy import ERASED, correct, erase, export, the_person
from courses.foundation.errors import CentreError, DeniedError

GROUND = "Văn bản giả định số 5"
LATER = DECIDED_ON + timedelta(days=1)


def person_of(sitting, way):
    return sitting.enrolment(ids(sitting)[way]).person


def corrected(person, ground=GROUND, by="giao-vu", **values):
    return act(correct, by, person, ground, now=LATER, **values)


def erased(person, ground=GROUND):
    return act(erase, "giao-vu", person, ground, now=LATER)


def test_a_correction_names_its_ground_and_stands_in_the_ledger_without_the_name(decided):
    person = person_of(decided, "partial")
    assert corrected(person, full_name="Nguyễn Thị Mới", birth_date=date(1980, 1, 2))
    line = LedgerLine.objects.last()
    assert (line.kind, line.subject, GROUND in line.after) == ("person.corrected", person.pk, True)
    assert "Nguyễn" not in line.before + line.after
    assert check(decided.centre) == []


def test_a_correction_that_changes_nothing_is_told_and_leaves_no_line(decided):
    person, lines = person_of(decided, "partial"), LedgerLine.objects.count()
    assert not corrected(person, full_name=person.full_name)
    assert not corrected(person)
    assert LedgerLine.objects.count() == lines


def test_without_a_ground_nothing_is_corrected_or_erased(decided):
    person = person_of(decided, "partial")
    with pytest.raises(CentreError, match="phải ghi văn bản"):
        corrected(person, ground=" ", full_name="Nguyễn Mới")
    with pytest.raises(CentreError, match="phải ghi căn cứ"):
        erased(person, ground=" ")
    person.refresh_from_db()
    assert person.erased_at is None


def test_who_is_not_known_is_refused_by_number():
    with pytest.raises(CentreError, match="P999999"):
        the_person("P999999")


def test_an_export_holds_all_that_is_kept_and_that_it_was_read_is_on_record(certified):
    person = person_of(certified, "all right")
    told = act(export, "giao-vu", the_person(person.pk.lower()), now=LATER)
    assert told["person"][0]["full_name"] == person.full_name
    [sat] = told["sittings"]
    assert (len(sat["papers"]), len(sat["marks"]) > 0, len(sat["decisions"])) == (4, True, 1)
    assert [entry["serial"] for entry in told["certificates"]] == ["CIO-2026-00001"]
    assert {line["kind"] for line in told["ledger"]} >= {"person.enrolled", "paper.taken"}
    assert LedgerLine.objects.last().kind == "person.exported"
    with pytest.raises(DeniedError):
        act(export, "GK1", person, now=LATER)


def test_erasing_leaves_neither_name_nor_birth_date_and_the_ledger_verifies(decided):
    """Not even in pages of the database that are free again."""
    person = person_of(decided, "partial")
    name, centre = person.full_name, decided.centre
    salt = person.salt
    assert erased(person) == []
    assert check(centre) == []
    row = Person.objects.get(pk=person.pk)
    assert (row.full_name, row.birth_date, row.salt != salt) == (ERASED, None, True)
    disconnect()
    files = [path for path in centre.folder.glob(f"{DATABASE}*") if path.is_file()]
    assert not any(name.encode() in path.read_bytes() for path in files)
    assert not any(salt.encode() in path.read_bytes() for path in files)
    open_centre(centre.folder)
    with pytest.raises(CentreError, match="đã xoá trước đó"):
        erased(Person.objects.get(pk=person.pk))


def test_while_a_result_or_a_case_is_pending_nothing_is_erased(graded):
    with pytest.raises(CentreError, match="còn kết quả hoặc đơn chưa giải quyết"):
        erased(person_of(graded, "partial"))
    decide(graded)
    act(open_case, "giao-vu", graded, ids(graded)["partial"], "giả định", now=DECIDED_ON)
    with pytest.raises(CentreError, match="đang có vụ việc chưa kết luận"):
        erased(person_of(graded, "partial"))
    erased(person_of(graded, "blank"))
