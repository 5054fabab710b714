"""Recomputing the ledger and every row it covers; each thing that is not as it was is named."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from centre.ledger.acts import GENESIS, line_digest
from centre.ledger.checkpoint import read_checkpoints
from centre.ledger.models import LedgerLine
from centre.ledger.rows import covered_fields, covered_models, digest_of_row, place
from courses.foundation.errors import CioError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from centre.configuration import Centre
    from centre.ledger.checkpoint import Checkpoint
    from centre.ledger.rows import Row

_CHUNK = 2_000


@dataclass(frozen=True)
class Finding:
    """One thing that is not as the ledger bears out; ``place`` names row, line or file."""

    kind: str
    place: str
    text: str

    def __str__(self) -> str:
        return f"{self.place} [{self.kind}]: {self.text}"


@dataclass(frozen=True)
class Replay:
    """What the ledger's lines say: its head, the last state of each row, what is wrong."""

    head: int
    digests: dict[int, str]
    states: dict[str, dict[str, Any]]
    findings: list[Finding]


def check(centre: Centre) -> list[Finding]:
    """Recompute everything; empty when nothing was changed behind the ledger's back."""
    replay = replay_lines()
    rows = [finding for model in covered_models() for finding in _rows(model, replay.states)]
    known = {place(model, "").rstrip("/") for model in covered_models()}
    unknown = [
        Finding("mất dòng", where, "sổ nhật ký có, bảng không có")
        for where in sorted(replay.states)
        if where.partition("/")[0] not in known
    ]
    return [*replay.findings, *check_checkpoints(centre, replay), *rows, *unknown]


def replay_lines(tables: Collection[str] | None = None) -> Replay:
    """Read every line in order, checking each; keep the last state of the rows of ``tables``."""
    findings: list[Finding] = []
    states: dict[str, dict[str, Any]] = {}
    digests: dict[int, str] = {}
    number, previous, at = 0, GENESIS, None
    for line in LedgerLine.objects.order_by("number").iterator(_CHUNK):
        findings += _line_findings(line, number, previous, at)
        number, previous, at = line.number, line.digest, line.at
        digests[number] = line.digest
        _follow(line, states, tables, findings)
    return Replay(number, digests, states, findings)


def _line_findings(line: LedgerLine, number: int, previous: str, at: Any) -> Iterator[Finding]:
    where = f"sổ nhật ký dòng {line.number}"
    if line.number != number + 1:
        yield Finding("mất dòng", where, f"dòng trước là {number}")
    if line.digest != line_digest(line):
        yield Finding("bị sửa", where, "mã băm không phải của nội dung dòng này")
    if line.previous != previous:
        yield Finding("đứt chuỗi", where, "không nối tiếp dòng trước")
    if at is not None and line.at < at:
        yield Finding("lùi ngày", where, "thời điểm sớm hơn dòng trước")


def _follow(
    line: LedgerLine,
    states: dict[str, dict[str, Any]],
    tables: Collection[str] | None,
    findings: list[Finding],
) -> None:
    try:
        after = json.loads(line.after)["rows"]
    except (ValueError, KeyError, TypeError):
        findings.append(Finding("bị sửa", f"sổ nhật ký dòng {line.number}", "không đọc được"))
        return
    states |= {
        where: state
        for where, state in after.items()
        if tables is None or where.partition("/")[0] in tables
    }


def _rows(model: type[Row], states: dict[str, dict[str, Any]]) -> Iterator[Finding]:
    """Compare one table with what the ledger says of it."""
    prefix = place(model, "")
    expected = {where for where in states if where.startswith(prefix)}
    for where, digest in row_digests(model):
        if where not in expected:
            yield Finding("thêm ngoài sổ", where, "không có dòng nào của sổ nhật ký ghi việc này")
        elif states[where]["#"] != digest:
            yield Finding("bị sửa", where, "không còn như sổ nhật ký ghi")
        expected.discard(where)
    for where in sorted(expected):
        yield Finding("mất dòng", where, "sổ nhật ký có, bảng không có")


def row_digests(model: type[Row], **only: Any) -> Iterator[tuple[str, str]]:
    """Place and digest of each row of one table, as it is now."""
    names = covered_fields(model)
    rows = model.objects.filter(**only).order_by("pk").values_list("pk", *names)
    for key, *values in rows.iterator(_CHUNK):
        yield place(model, key), digest_of_row(model, values)


def check_checkpoints(centre: Centre, replay: Replay) -> Iterator[Finding]:
    """Compare the ledger with the heads that were signed and kept outside the database."""
    try:
        checkpoints = read_checkpoints(centre)
    except CioError as error:
        yield Finding("mốc hỏng", str(error.path), error.message)
        return
    previous = ""
    for one in checkpoints:
        where = f"mốc {one.number}"
        if not one.holds:
            yield Finding("mốc hỏng", where, "chữ ký không đúng")
        if one.public_key != checkpoints[0].public_key:
            yield Finding("mốc hỏng", where, "do khoá khác ký")
        if one.previous != previous:
            yield Finding("mất mốc", where, "không nối tiếp mốc trước")
        if replay.digests.get(one.number) != one.digest:
            yield Finding("cắt hoặc viết lại", f"sổ nhật ký dòng {one.number}", _gone(one, replay))
        previous = one.signature
    yield from _late(centre, checkpoints, replay.head)


def _gone(one: Checkpoint, replay: Replay) -> str:
    if one.number > replay.head:
        return f"mốc đã ký đến dòng {one.number}, sổ chỉ còn {replay.head} dòng"
    return "mốc đã ký một nội dung khác"


def _late(centre: Centre, checkpoints: list[Checkpoint], head: int) -> Iterator[Finding]:
    newest = checkpoints[-1].number if checkpoints else 0
    if head - newest >= 2 * centre.settings.checkpoint_every:
        yield Finding("mất mốc", f"mốc sau dòng {newest}", f"sổ đã có {head} dòng")
