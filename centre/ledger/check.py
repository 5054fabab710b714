"""Recomputing the ledger and every row it covers; each thing that is not as it was is named."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection

from centre.database import one_moment
from centre.ledger.acts import GENESIS, digest_of_line
from centre.ledger.checkpoint import read_checkpoints
from centre.ledger.models import LedgerLine
from centre.ledger.rows import (
    covered_fields,
    covered_models,
    digest_of_plain,
    place,
    plain_moment,
    plain_readers,
)
from centre.ledger.seal import mac_key, mac_of, sign
from courses.foundation.errors import CentreError, CioError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from centre.configuration import Centre
    from centre.ledger.checkpoint import Checkpoint
    from centre.ledger.rows import Row

_CHUNK = 2_000
_COLUMNS = (
    "number",
    "at",
    "actor",
    "kind",
    "subject",
    "before",
    "after",
    "previous",
    "digest",
    "mac",
)


@dataclass(frozen=True)
class Finding:
    """One thing that is not as the ledger bears out; ``place`` names row, line or file."""

    kind: str
    place: str
    text: str

    def __str__(self) -> str:
        return f"{self.place} [{self.kind}]: {self.text}"


@dataclass
class Replay:
    """What the ledger's lines say, and what is wrong with them.

    ``rows`` is the digest of each row as last written; ``states`` all that the ledger keeps of
    the rows of the tables asked for; ``sealed`` the digests of the lines asked for.
    """

    head: int = 0
    rows: dict[str, str] = field(default_factory=dict)
    states: dict[str, dict[str, Any]] = field(default_factory=dict)
    sealed: dict[int, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


class _Line(NamedTuple):
    """A line as it is stored, whatever it may have become."""

    number: Any
    at: Any
    actor: Any
    kind: Any
    subject: Any
    before: Any
    after: Any
    previous: Any
    digest: Any
    mac: Any


def check(centre: Centre) -> list[Finding]:
    """Recompute everything; empty when nothing was changed behind the ledger's back."""
    with one_moment():
        replay = replay_lines(centre)
        found = replay.findings
        for model in covered_models():
            found += _compare(model, replay.rows)
    found += [
        Finding("mất dòng", where, "sổ nhật ký có, bảng không có") for where in sorted(replay.rows)
    ]
    return found


def replay_lines(centre: Centre, tables: Collection[str] = ()) -> Replay:
    """Read every line in order, checking each, and hold the signed heads against them."""
    replay = Replay()
    try:
        checkpoints = read_checkpoints(centre)
    except CioError as error:
        checkpoints = []
        replay.findings.append(Finding("mốc hỏng", str(error.path), error.message))
    numbers = {one.number for one in checkpoints}
    previous, at, key = GENESIS, "", mac_key(centre.keys)
    for line in _lines():
        where = f"sổ nhật ký dòng {line.number}"
        replay.findings += _line_findings(line, where, replay.head, previous, at)
        if key is not None and line.mac != mac_of(key, str(line.digest)):
            replay.findings.append(Finding("viết ngoài cửa", where, "không do trung tâm viết"))
        replay.head = line.number if isinstance(line.number, int) else replay.head + 1
        previous, at = line.digest, str(line.at)
        if replay.head in numbers:
            replay.sealed[replay.head] = line.digest
        if not _follow(line, tables, replay):
            replay.findings.append(Finding("bị sửa", where, "không đọc được"))
    replay.findings += check_checkpoints(centre, checkpoints, replay)
    return replay


def _lines() -> Iterator[_Line]:
    table = LedgerLine._meta.db_table  # noqa: SLF001 - Django's documented name
    query = f'SELECT {_bare(*_COLUMNS)} FROM "{table}" ORDER BY number'  # noqa: S608 - our own names
    for number, at, *rest in _stored(query):
        yield _Line(number, plain_moment(at), *rest)


def _bare(*names: str) -> str:
    """Columns for SQL; SQLite's own are made terms, so that no converter changes their values."""
    mark = "+" if connection.vendor == "sqlite" else ""
    return ", ".join(f'{mark}"{name}"' for name in names)


def _stored(query: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
    """Rows as the database stores them, a chunk in memory at a time."""
    with closing(connection.chunked_cursor()) as cursor:
        cursor.execute(query, values)
        while chunk := cursor.fetchmany(_CHUNK):
            yield from chunk


def _line_findings(
    line: _Line, where: str, number: int, previous: str, at: str
) -> Iterator[Finding]:
    if line.number != number + 1:
        yield Finding("mất dòng", where, f"dòng trước là {number}")
    if line.digest != digest_of_line(line[:-2]):
        yield Finding("bị sửa", where, "mã băm không phải của nội dung dòng này")
    if line.previous != previous:
        yield Finding("đứt chuỗi", where, "không nối tiếp dòng trước")
    if str(line.at) < at:
        yield Finding("lùi ngày", where, "thời điểm sớm hơn dòng trước")


def _follow(line: _Line, tables: Collection[str], replay: Replay) -> bool:
    """Take over what a line says of rows; tell whether it could be read."""
    try:
        after = json.loads(line.after)["rows"]
        replay.rows |= {where: state["#"] for where, state in after.items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        return False
    for where, state in after.items():
        if where.partition("/")[0] in tables:
            replay.states[where] = state
    return True


def _compare(model: type[Row], rows: dict[str, str]) -> Iterator[Finding]:
    """Compare one table with what the ledger says of it; what was met is taken out of ``rows``."""
    for where, digest in row_digests(model):
        said = rows.pop(where, None)
        if said is None:
            yield Finding("thêm ngoài sổ", where, "không có dòng nào của sổ nhật ký ghi việc này")
        elif said != digest:
            yield Finding("bị sửa", where, "không còn như sổ nhật ký ghi")


def row_digests(model: type[Row], **only: Any) -> Iterator[tuple[str, str]]:
    """Place and digest of each row of one table as it is stored now, whatever it has become.

    Args:
        model: the table.
        only: columns, or ``pk``, and the value that each is to have.
    """
    meta = model._meta  # noqa: SLF001 - Django's documented name
    key = meta.pk.attname
    query = f'SELECT {_bare(key, *covered_fields(model))} FROM "{meta.db_table}"'  # noqa: S608 - our own names
    if only:
        meant = (key if name == "pk" else name for name in only)
        query += " WHERE " + " AND ".join(f'"{name}" = %s' for name in meant)
    readers = plain_readers(model)
    for found, *values in _stored(query, list(only.values())):
        told = [read(value) for read, value in zip(readers, values, strict=True)]
        yield place(model, found), digest_of_plain(model, told)


def check_checkpoints(
    centre: Centre, checkpoints: Sequence[Checkpoint], replay: Replay
) -> Iterator[Finding]:
    """Compare the ledger with the heads that were signed and kept outside the database."""
    previous, key = "", _own_key(centre, checkpoints)
    for one in checkpoints:
        where = f"mốc {one.number}"
        if not one.holds:
            yield Finding("mốc hỏng", where, "chữ ký không đúng")
        if one.public_key != key:
            yield Finding("mốc hỏng", where, "do khoá khác ký")
        if one.previous != previous:
            yield Finding("mất mốc", where, "không nối tiếp mốc trước")
        if replay.sealed.get(one.number) != one.digest:
            line = min(one.number, replay.head + 1)
            yield Finding("cắt hoặc viết lại", f"sổ nhật ký dòng {line}", _gone(one, replay))
        previous = one.signature
    yield from _late(centre, checkpoints, replay.head)


def _own_key(centre: Centre, checkpoints: Sequence[Checkpoint]) -> str:
    """The centre's own public key; where the keys are not at hand, that of the first head."""
    try:
        return sign(centre.keys, b"")[1]
    except CentreError:
        return checkpoints[0].public_key if checkpoints else ""


def _gone(one: Checkpoint, replay: Replay) -> str:
    if one.number > replay.head:
        return f"mốc đã ký đến dòng {one.number}, sổ chỉ còn {replay.head} dòng"
    return f"mốc {one.number} đã ký một nội dung khác"


def _late(centre: Centre, checkpoints: Sequence[Checkpoint], head: int) -> Iterator[Finding]:
    newest = checkpoints[-1].number if checkpoints else 0
    if head - newest >= 2 * centre.settings.checkpoint_every:
        yield Finding("mất mốc", f"mốc sau dòng {newest}", f"sổ đã có {head} dòng")
