"""Whatever is changed behind the ledger's back is found, and named where it stands."""

# ruff: noqa: S608 - tables and columns of our own

from __future__ import annotations

import hashlib
import json
import random
from dataclasses import dataclass

import pytest
from django.db import connection, transaction
from sittings import DECIDED_ON, ids, reopen, who
from thoroughness import often

from centre.decisions.cases import close_case, open_case
from centre.ledger.acts import GENESIS
from centre.ledger.check import check
from centre.ledger.checkpoint import checkpoint
from centre.ledger.rows import covered_fields, covered_models
from centre.register.issue import enrol_key, issue_all, the_signer
from centre.register.models import Entry
from centre.register.revoke import revoke
from centre.sittings.conduct import note_incident

EDITS = often(2_000, quick=200)
LINE = ("number", "at", "actor", "kind", "subject", "before", "after", "previous", "digest")


@pytest.fixture(scope="module")
def centre_at_work(decided_folder, tmp_path_factory):
    """A decided centre whose certificate was issued and revoked, with rows in most tables."""
    sitting = reopen(decided_folder, tmp_path_factory.mktemp("mau") / "trung-tam")
    candidate = ids(sitting)["blank"]
    signer = the_signer(sitting.centre, DECIDED_ON)
    with transaction.atomic():
        enrol_key(who("van-thu"), signer, now=DECIDED_ON)
    assert [one.new for one in issue_all(who("van-thu"), sitting, signer, now=DECIDED_ON)]
    with transaction.atomic():
        entry = Entry.objects.get()
        revoke(who("van-thu"), entry, "gian-lan", "Biên bản giả định 01", now=DECIDED_ON)
        note_incident(who("coi-thi"), sitting, "Mất điện 5 phút", now=DECIDED_ON)
        open_case(who("giao-vu"), sitting, candidate, "Nghi chép bài", now=DECIDED_ON)
        told = {"upheld": False, "authority": "Biên bản giả định 02", "now": DECIDED_ON}
        close_case(who("hoi-dong-1"), sitting, candidate, "Không có căn cứ", **told)
    checkpoint(sitting.centre)
    return sitting.centre


@dataclass(frozen=True)
class Table:
    """A table as SQLite has it."""

    name: str
    key: str
    columns: tuple[str, ...]

    def place(self, key):
        """Where a row stands, as the ledger names it."""
        return f"{self.name.removeprefix('centre_')}/{key}"


def tables():
    found = [
        Table(m._meta.db_table, m._meta.pk.attname, covered_fields(m))  # noqa: SLF001 - Django's documented name
        for m in covered_models()
    ]
    return [table for table in found if sql(f"SELECT count(*) FROM {table.name}")[0][0]]


def sql(text, *values):
    """Run SQL past every guard of ours, as somebody with the database's password would.

    A plus before a column keeps SQLite from handing out anything but what is stored.
    """
    return connection.connection.execute(text, values).fetchall()


def keys(table, pick, count=1):
    return pick.sample([key for (key,) in sql(f"SELECT {table.key} FROM {table.name}")], count)


def another(value, pick):
    """A value that is not this one: near it, damaged, of another type, or nothing."""
    ways = [None, b"\xff\x00", "bị sửa", -1, 10**12]
    if isinstance(value, str) and value:
        at = pick.randrange(len(value))
        letter = "1" if value[at] != "1" else "2"
        ways += [value[:at] + letter + value[at + 1 :], value[:-1], value + " ", value.swapcase()]
    if isinstance(value, int):
        ways += [value + 1, 1 - value]
    return pick.choice([one for one in ways if one != value])


def put(table, key, column, value):
    """Write one value whatever the table's own constraints say."""
    sql(f"UPDATE {table.name} SET {column} = ? WHERE {table.key} = ?", value, key)


def change(table, pick):
    (key,), column = keys(table, pick), pick.choice(table.columns)
    ((old,),) = sql(f"SELECT +{column} FROM {table.name} WHERE {table.key} = ?", key)
    put(table, key, column, another(old, pick))
    return {table.place(key)}


def delete(table, pick):
    (key,) = keys(table, pick)
    sql(f"DELETE FROM {table.name} WHERE {table.key} = ?", key)
    return {table.place(key)}


def insert(table, pick):
    (key,) = keys(table, pick)
    others = ", ".join(c for c in all_columns(table) if c != table.key)
    new = f"moi-{pick.randrange(10**9)}" if isinstance(key, str) else pick.randrange(10**6, 10**9)
    copied = f"SELECT ?, {others} FROM {table.name} WHERE {table.key} = ?"
    sql(f"INSERT INTO {table.name} ({table.key}, {others}) {copied}", new, key)
    return {table.place(new)}


def all_columns(table):
    return [row[1] for row in sql(f"PRAGMA table_info({table.name})")]


def swap(table, pick):
    """Give each of two rows the other's values."""
    if len(sql(f"SELECT 1 FROM {table.name}")) == 1:
        return change(table, pick)
    one, other = keys(table, pick, 2)
    columns = [c for c in table.columns if c != table.key]
    told = f"SELECT +{', +'.join(columns)} FROM {table.name} WHERE {table.key} = ?"
    (first,), (second,) = sql(told, one), sql(told, other)
    column = pick.choice([c for c, a, b in zip(columns, first, second, strict=True) if a != b])
    at = columns.index(column)
    put(table, one, column, second[at])
    put(table, other, column, first[at])
    return {table.place(one), table.place(other)}


def back_date(table, pick):
    times = [c for c in table.columns if c.endswith(("_at", "_on")) or c in ("opens", "closes")]
    if not times:
        return change(table, pick)
    (key,), column = keys(table, pick), pick.choice(times)
    put(table, key, column, "2020-01-01 00:00:00")
    return {table.place(key)}


def lines():
    return sql(f"SELECT +{', +'.join(LINE)} FROM centre_ledgerline ORDER BY number")


def named(number):
    return f"sổ nhật ký dòng {number}"


def line_changed(_table, pick):
    number, column = pick.choice(lines())[0], pick.choice(LINE[1:])
    ((old,),) = sql(f"SELECT +{column} FROM centre_ledgerline WHERE number = ?", number)
    sql(f"UPDATE centre_ledgerline SET {column} = ? WHERE number = ?", another(old, pick), number)
    return {named(number)}


def line_deleted(_table, pick):
    number = pick.choice(lines()[:-1])[0]
    sql("DELETE FROM centre_ledgerline WHERE number = ?", number)
    return {named(number + 1)}


def line_back_dated(_table, pick):
    number = pick.choice(lines())[0]
    sql("UPDATE centre_ledgerline SET at = '2020-01-01 00:00:00' WHERE number = ?", number)
    return {named(number)}


def lines_swapped(_table, pick):
    one, other = pick.sample([line[0] for line in lines()], 2)
    for number, to in ((one, -1), (other, one), (-1, other)):
        sql("UPDATE centre_ledgerline SET number = ? WHERE number = ?", to, number)
    return {named(one), named(other)}


def tail_cut(_table, pick):
    head = lines()[-1][0]
    last = pick.randrange(max(1, head - 30), head)
    sql("DELETE FROM centre_ledgerline WHERE number > ?", last)
    return {named(last + 1)}


def rewritten(number, at, *said):
    """A line's own digest, as the ledger computes it."""
    day, clock = at.split(" ")
    moment = f"{day}T{clock if '.' in clock else clock + '.000000'}+00:00"
    told = json.dumps([number, moment, *said], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()


def line_rewritten(_table, pick):
    """Another subject, actor or time under a digest that is right; the next line tells."""
    line = list(pick.choice(lines()[:-1]))
    line[pick.choice((2, 3, 4))] += "x"
    line[8] = rewritten(*line[:8])
    text = "UPDATE centre_ledgerline SET actor = ?, kind = ?, subject = ?, digest = ?"
    sql(f"{text} WHERE number = ?", line[2], line[3], line[4], line[8], line[0])
    return {named(line[0] + 1)}


def chain_rewritten(_table, pick):
    """Change a line and compute the whole chain anew: what was signed outside tells."""
    all_lines = [list(line) for line in lines()]
    changed = pick.choice(all_lines)
    changed[pick.choice((2, 4))] += "x"
    previous = GENESIS
    for line in all_lines:
        line[7] = previous
        line[8] = previous = rewritten(*line[:8])
    sql("DELETE FROM centre_ledgerline")
    marks = ", ".join("?" * len(LINE))  # the secret under which lines are written nobody has
    insert_all = f"INSERT INTO centre_ledgerline ({', '.join(LINE)}, mac) VALUES ({marks}, '')"
    connection.connection.executemany(insert_all, all_lines)
    return {named(all_lines[-1][0])}


EVERY = (
    *(change, change, change, delete, insert, swap, back_date),
    *(line_changed, line_deleted, line_back_dated, lines_swapped, tail_cut, line_rewritten),
)


def edited(centre, edit, table, pick):
    """What the check names after one edit, which is then undone; and what it had to name."""
    with transaction.atomic():
        sql("PRAGMA ignore_check_constraints = ON")
        try:
            expected = edit(table, pick)
        except connection.Database.IntegrityError:
            expected = None  # the database itself refused
        found = check(centre) if expected else []
        transaction.set_rollback(True)
    return expected, {one.place for one in found}


def test_a_centre_nobody_touched_passes(centre_at_work):
    assert check(centre_at_work) == []


def test_every_one_of_many_random_edits_is_named_where_it_was_made(centre_at_work):
    pick, there, done = random.Random(20260301), tables(), 0  # noqa: S311 - to be the same each time
    assert len(there) >= 18
    while done < EDITS:
        edit = EVERY[done % len(EVERY)] if done % 40 else chain_rewritten
        table = pick.choice(there)
        expected, found = edited(centre_at_work, edit, table, pick)
        if expected is None:
            continue
        done += 1
        assert expected <= found, (edit.__name__, table, expected, sorted(found)[:5])
    assert check(centre_at_work) == []
