"""Who writes the database without the centre's seal cannot lengthen the ledger."""

import sqlite3

from centre.ledger.acts import digest_of_line
from centre.ledger.check import check
from centre.ledger.checkpoint import checkpoint
from centre.ledger.seal import SEAL_FILE


def forged(folder):
    """Append a line that follows the last one correctly, as anyone who can hash could."""
    with sqlite3.connect(folder / "centre.db") as connection:
        row = connection.execute(
            "SELECT number, at, actor, kind, subject, before, after, previous, digest "
            "FROM centre_ledgerline ORDER BY number DESC LIMIT 1"
        ).fetchone()
        number, at, actor, previous = row[0] + 1, row[1], row[2], row[8]
        moment = f"{at.replace(' ', 'T')}{'' if '.' in at else '.000000'}+00:00"
        told = (
            number,
            moment,
            actor,
            "key.enrolled",
            "gia",
            '{"rows":{}}',
            '{"rows":{}}',
            previous,
        )
        stored = (number, at, *told[2:], digest_of_line(told), "0" * 64)
        marks = ", ".join("?" * len(stored))
        connection.execute(f"INSERT INTO centre_ledgerline VALUES ({marks})", stored)  # noqa: S608
    return number


def test_a_line_that_follows_but_was_not_written_by_the_centre_is_named(decided):
    number = forged(decided.centre.folder)
    assert [str(finding) for finding in check(decided.centre)] == [
        f"sổ nhật ký dòng {number} [viết ngoài cửa]: không do trung tâm viết"
    ]


def test_signing_the_head_does_not_make_it_the_centres(decided):
    number = forged(decided.centre.folder)
    checkpoint(decided.centre)
    assert any(f"dòng {number} [viết ngoài cửa]" in str(f) for f in check(decided.centre))


def test_a_copy_without_the_seal_still_checks_the_chain(decided):
    (decided.centre.keys / SEAL_FILE).unlink()
    assert check(decided.centre) == []
