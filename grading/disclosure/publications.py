"""The publication log: everything that ever left the centre, as statements about counts.

A **cell** is a number of people that is never published as such: one agency's people with one
course of results (passed at once; reviewed and passed; failed and passed again …). Whatever is
printed is a sum of cells. Cells are named by strings, so that rows of a table elsewhere hold them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from courses.foundation.errors import DisclosureError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date


@dataclass(frozen=True)
class Statement:
    """The people in ``cells`` number ``low`` to ``high``: what one printed figure says.

    An exact count has ``low`` = ``high``. A rounded rate, or a cell printed as "dưới 10 người",
    says an interval: a rule of suppression that the reader knows is information too. ``cost``
    is what is lost when the figure is not printed, in people it informs about.
    """

    table: str
    label: str
    cells: frozenset[str]
    low: int
    high: int
    cost: float = 1.0

    def __post_init__(self) -> None:
        if not self.cells or not 0 <= self.low <= self.high:
            raise DisclosureError(
                f"số liệu “{self.label}” cần ô và khoảng hợp lệ, đang là {self.low} – {self.high}"
            )

    @property
    def exact(self) -> bool:
        """Whether the figure is a count."""
        return self.low == self.high


@dataclass(frozen=True)
class Publication:
    """One document, page or register entry, with every figure that it gives away.

    ``kind`` is ``roster`` (sizes that are public anyway), ``report``, ``register``, ``page`` or
    ``api``. What the law demands, as the register, is not ``withholdable``.
    """

    id: str
    on: date
    kind: str
    statements: tuple[Statement, ...]
    withholdable: bool = True

    def __post_init__(self) -> None:
        names = [(statement.table, statement.label) for statement in self.statements]
        if len(set(names)) != len(names):
            raise DisclosureError(f"công bố {self.id} có hai số liệu cùng bảng, cùng tên")


@dataclass(frozen=True)
class Group:
    """People whom an outsider can tell from others: an agency, a type, its repeaters.

    ``members`` are all their cells; ``results`` names what may not be learnt of them ("đạt")
    and the cells that count towards it.
    """

    name: str
    members: frozenset[str]
    results: Mapping[str, frozenset[str]]


Row = dict[str, Any]


def to_rows(publications: Iterable[Publication]) -> list[Row]:
    """A row a statement, of plain values, for the table that keeps the log."""
    return [
        {
            "publication": publication.id,
            "on": publication.on,
            "kind": publication.kind,
            "withholdable": publication.withholdable,
            "table": statement.table,
            "label": statement.label,
            "cells": sorted(statement.cells),
            "low": statement.low,
            "high": statement.high,
            "cost": statement.cost,
        }
        for publication in publications
        for statement in publication.statements
    ]


def from_rows(rows: Iterable[Row]) -> tuple[Publication, ...]:
    """Publications of a log, in the order in which they first appear.

    Raises:
        DisclosureError: when rows of one publication disagree on its date, kind or duty.
    """
    found: dict[str, tuple[Row, list[Statement]]] = {}
    for number, row in enumerate(rows, start=1):
        head, statements = found.setdefault(row["publication"], (row, []))
        if any(row[name] != head[name] for name in ("on", "kind", "withholdable")):
            raise DisclosureError("hai dòng của một lần công bố không khớp nhau", row=number)
        cells = frozenset(row["cells"])
        statements.append(
            Statement(row["table"], row["label"], cells, row["low"], row["high"], row["cost"])
        )
    return tuple(
        Publication(name, head["on"], head["kind"], tuple(statements), head["withholdable"])
        for name, (head, statements) in found.items()
    )
