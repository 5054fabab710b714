"""The centre's one database: never made anew, never half understood, not changed by a reader."""

import shutil

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from sittings import OPENS, found_centre, who

from centre.accounts.permissions import Role
from centre.accounts.users import add_user
from centre.configuration import DATABASE, find_centre, read_centre
from centre.database import disconnect, integrity, make_database, open_centre, open_read_only
from centre.ledger.models import LedgerLine
from courses.foundation.errors import CentreError, ContentError


@pytest.fixture(scope="module")
def founded(tmp_path_factory):
    """A centre with its staff, and nothing else; never changed."""
    folder = found_centre(tmp_path_factory.mktemp("mau") / "trung-tam").folder
    disconnect()
    return folder


@pytest.fixture
def folder(founded, tmp_path):
    """That centre as one's own."""
    return shutil.copytree(founded, tmp_path / "trung-tam")


def sql(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_migrations_make_exactly_the_tables_the_code_declares(folder):
    open_centre(folder)
    call_command("makemigrations", "centre", check_changes=True, dry_run=True, verbosity=0)
    assert integrity() == "ok"


def test_a_database_of_another_version_is_said_and_not_worked_with(folder):
    open_centre(folder)
    sql("DELETE FROM django_migrations WHERE app = 'centre'")
    with pytest.raises(CentreError, match="cio centre upgrade"):
        open_centre(folder)


def test_a_lost_database_is_not_made_anew(folder):
    (folder / DATABASE).unlink()
    with pytest.raises(CentreError, match="khôi phục từ bản sao lưu"):
        open_centre(folder)
    assert not (folder / DATABASE).exists()


def test_a_database_that_is_there_is_not_founded_over(folder):
    before = (folder / DATABASE).read_bytes()
    with pytest.raises(CentreError, match="không tạo đè lên"):
        make_database(read_centre(folder))
    assert (folder / DATABASE).read_bytes() == before


def test_whoever_opens_to_read_changes_nothing(folder):
    with open_read_only(read_centre(folder)):
        assert LedgerLine.objects.exists()
        with pytest.raises(DatabaseError), transaction.atomic():
            add_user(who("quan-tri"), "moi", [Role.MARKER], now=OPENS)
    assert [p.name for p in folder.glob(f"{DATABASE}*")] == [DATABASE]


def test_the_database_and_the_keys_are_their_owners_alone(folder):
    for name in (DATABASE, "centre.toml", "keys"):
        assert (folder / name).stat().st_mode & 0o77 == 0, name


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('database = "sqlite"', 'database = "mysql://x"', "database"),
        ('database = "sqlite"', 'databse = "sqlite"', None),
        ("demo = true", 'demo = "có lẽ"', "demo"),
    ],
)
def test_wrong_configuration_is_refused_by_file_and_key(folder, old, new, key):
    path = folder / "centre.toml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(ContentError) as refused:
        read_centre(folder)
    assert refused.value.path == path
    assert key is None or refused.value.key == key


def test_a_centre_is_found_by_name_by_environment_or_from_a_folder_inside(folder, monkeypatch):
    monkeypatch.delenv("CIO_CENTRE", raising=False)
    (folder / "sittings").mkdir(exist_ok=True)
    monkeypatch.chdir(folder / "sittings")
    assert find_centre().folder == folder
    monkeypatch.chdir("/")
    with pytest.raises(CentreError, match="chưa rõ trung tâm nào"):
        find_centre()
    monkeypatch.setenv("CIO_CENTRE", str(folder))
    assert find_centre().folder == folder
    assert find_centre(folder).folder == folder
