"""Records: migrations make the tables, times stay aware, the ledger shows tampering."""

from datetime import UTC, datetime

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from grading.records.database import open_records
from grading.records.ledger import append_ledger, broken_lines
from grading.records.schema import Base, LedgerEntry
from sqlalchemy import create_engine, inspect, update

from courses.foundation.errors import SittingError

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path / 'records.db'}"


def write_lines(url, count):
    with open_records(url).begin() as session:
        for number in range(count):
            append_ledger(session, "grade", f"CIO26-{number:03}", {"points": number}, NOW)


def test_migrations_make_exactly_the_tables_the_code_declares(url):
    open_records(url)
    engine = create_engine(url)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
        assert "register" in inspect(connection).get_table_names()
    engine.dispose()


def test_opening_twice_keeps_what_was_written(url):
    write_lines(url, 2)
    write_lines(url, 1)
    with open_records(url)() as session:
        assert [line.number for line in session.query(LedgerEntry)] == [1, 2, 3]


def test_times_come_back_aware(url):
    write_lines(url, 1)
    with open_records(url)() as session:
        assert session.query(LedgerEntry).one().at == NOW


def test_an_untouched_ledger_is_unbroken(url):
    write_lines(url, 5)
    with open_records(url)() as session:
        assert broken_lines(session) == []


def test_a_changed_line_shows_and_so_does_a_removed_one(url):
    write_lines(url, 5)
    sessions = open_records(url)
    with sessions.begin() as session:
        session.execute(
            update(LedgerEntry).where(LedgerEntry.number == 2).values(detail={"points": 10})
        )
    with sessions() as session:
        assert broken_lines(session) == [2]
    with sessions.begin() as session:
        session.delete(session.get(LedgerEntry, 3))
    with sessions() as session:
        assert set(broken_lines(session)) >= {2, 4}


def test_a_file_that_is_no_database_is_refused_by_name(tmp_path):
    path = tmp_path / "records.db"
    path.write_text("đây không phải cơ sở dữ liệu" * 50)
    with pytest.raises(SittingError, match=r"records\.db"):
        open_records(f"sqlite:///{path}")
