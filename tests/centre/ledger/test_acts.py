"""An act and its line: by somebody who may, at a time; what was changed behind it shows."""

import ast
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection, transaction
from sittings import FOUNDED_ON, OPENS, STAFF, found_centre, who

import centre as institution
from centre.accounts.models import User
from centre.accounts.permissions import Role
from centre.accounts.users import add_user, grant_role, withdraw_role
from centre.configuration import DATABASE
from centre.database import open_centre
from centre.ledger.acts import act as acting
from centre.ledger.check import check
from centre.ledger.kinds import KIND_NAMES
from centre.ledger.models import LedgerLine
from centre.ledger.rows import OutsideActError
from centre.people.models import Person
from courses.foundation.errors import CentreError, DeniedError


@pytest.fixture(scope="module")
def founded(tmp_path_factory):
    """A centre with its staff, and nothing else; tests leave it as it was."""
    return found_centre(tmp_path_factory.mktemp("mau") / "trung-tam")


@pytest.fixture
def centre(founded):
    """That centre, and whatever a test writes is undone."""
    opened = open_centre(founded.folder)
    with transaction.atomic():
        yield opened
        transaction.set_rollback(True)


def sql(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.usefixtures("centre")
def test_a_founded_centre_has_its_staff_and_a_ledger_that_bears_them_out(centre):
    assert set(User.objects.values_list("username", flat=True)) == {"quan-tri", *STAFF}
    assert check(centre) == []
    numbers = list(LedgerLine.objects.values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))


def test_founding_twice_in_one_folder_is_refused_and_changes_nothing(founded):
    before = LedgerLine.objects.count() if open_centre(founded.folder) else 0
    with pytest.raises(CentreError, match="đã có trung tâm ở đây"):
        found_centre(founded.folder)
    open_centre(founded.folder)
    assert LedgerLine.objects.count() == before


def test_opening_twice_keeps_what_was_written_and_times_come_back_aware(founded):
    open_centre(founded.folder)
    first = list(LedgerLine.objects.values_list("number", "digest"))
    open_centre(founded.folder)
    assert list(LedgerLine.objects.values_list("number", "digest")) == first
    assert {line.at for line in LedgerLine.objects.all()} == {FOUNDED_ON}


def test_a_door_outside_a_transaction_is_a_mistake_of_the_program(founded):
    open_centre(founded.folder)
    with pytest.raises(RuntimeError, match="needs a transaction"):
        add_user(who("quan-tri"), "moi", [Role.MARKER], now=OPENS)


@pytest.mark.usefixtures("centre")
def test_who_may_not_changes_nothing_and_leaves_no_line():
    before = LedgerLine.objects.count()
    with pytest.raises(DeniedError, match="cần vai trò: quản trị"):
        add_user(who("giao-vu"), "moi", [Role.BOARD], now=OPENS)
    assert LedgerLine.objects.count() == before


@pytest.mark.usefixtures("centre")
def test_a_line_says_who_what_when_before_and_after():
    grant_role(who("quan-tri"), "GK1", Role.LEAD, now=OPENS)
    line = LedgerLine.objects.last()
    assert (line.actor, line.kind, line.subject) == ("quan-tri", "role.granted", "GK1")
    assert (line.at, '"lead"' in line.after) == (OPENS, True)
    withdraw_role(who("quan-tri"), "GK1", Role.LEAD, now=OPENS)
    line = LedgerLine.objects.last()
    assert line.kind == "role.withdrawn"
    assert line.before != line.after


@pytest.mark.usefixtures("centre")
def test_an_act_that_changes_nothing_has_no_line():
    before = LedgerLine.objects.count()
    assert not grant_role(who("quan-tri"), "GK1", Role.MARKER, now=OPENS)
    with acting(who("quan-tri"), "nothing.done", "x", OPENS):
        pass
    assert LedgerLine.objects.count() == before


@pytest.mark.usefixtures("centre")
def test_a_clock_that_went_back_does_not_make_a_line_earlier_than_the_one_before():
    grant_role(who("quan-tri"), "GK1", Role.LEAD, now=OPENS)
    grant_role(who("quan-tri"), "GK1", Role.BOARD, now=datetime(2020, 1, 1, tzinfo=UTC))
    assert LedgerLine.objects.last().at == OPENS


@pytest.mark.usefixtures("centre")
def test_covered_rows_are_not_written_outside_an_act():
    user = User.objects.first()
    user.username = "khac"
    for write in (
        user.save,
        user.delete,
        User.objects.all().delete,
        lambda: User.objects.update(username="khac"),
        lambda: Person.objects.create(number="P1"),
        lambda: User.objects.get_or_create(username="khac"),
    ):
        with pytest.raises(OutsideActError):
            write()


@pytest.mark.parametrize(
    ("statement", "where", "kind"),
    [
        ("UPDATE centre_ledgerline SET subject = 'x' WHERE number = 2", "dòng 2", "bị sửa"),
        ("DELETE FROM centre_ledgerline WHERE number = 3", "dòng 4", "mất dòng"),
        ("UPDATE centre_rolegrant SET role = 'board' WHERE id = 3", "rolegrant/3", "bị sửa"),
        ("DELETE FROM centre_rolegrant WHERE id = 3", "rolegrant/3", "mất dòng"),
    ],
)
def test_a_changed_line_or_row_shows_and_so_does_a_removed_one(centre, statement, where, kind):
    sql(statement)
    assert any(f.kind == kind and f.place.endswith(where) for f in check(centre))


@pytest.mark.usefixtures("centre")
def test_names_accounts_and_the_last_administrator_are_kept_apart():
    administrator = who("quan-tri")
    for name, account in (("GK1", "moi"), ("moi", "GK1")):
        with pytest.raises(CentreError, match="đã"):
            add_user(administrator, name, [Role.MARKER], now=OPENS, machine_account=account)
    with pytest.raises(CentreError, match="quản trị cuối cùng"):
        withdraw_role(administrator, "quan-tri", Role.ADMINISTRATOR, now=OPENS)
    with pytest.raises(CentreError, match="không giữ vai trò"):
        withdraw_role(administrator, "GK1", Role.BOARD, now=OPENS)


@pytest.mark.parametrize("content", [b"", b"khong phai co so du lieu" * 50])
def test_a_file_that_is_no_database_is_refused_by_name(founded, tmp_path, content):
    (tmp_path / "centre.toml").write_bytes((founded.folder / "centre.toml").read_bytes())
    (tmp_path / DATABASE).write_bytes(content)
    with pytest.raises(CentreError, match="không phải cơ sở dữ liệu") as refused:
        open_centre(tmp_path)
    assert refused.value.path == tmp_path / DATABASE


def test_every_kind_of_line_has_words_for_people():
    house = Path(institution.__file__).parent
    written = {
        call.args[1].value
        for path in house.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and getattr(call.func, "id", "") in {"act", "record_many"}
        and isinstance(call.args[1], ast.Constant)
    }
    assert written - set(KIND_NAMES) == set()
