"""Lists as every page shows them: filtered, sorted, a page at a time, or whole as a file.

What is asked for stands in the address alone, so that a list can be kept, sent and gone back to.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.formats import localize
from vn_collate import collate_key

from courses.foundation.dates import padded_date, vietnam_time

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from django.core.paginator import Page
    from django.http import QueryDict

SEARCH, SORT, PAGE, FILE = "tim", "sap", "trang", "tai"
PAGE_SIZE: Final = 50
NOTHING = "–"


def _dictionary(value: Any) -> Any:
    """Text word by word, each as dictionaries do; anything else as it is."""
    return [collate_key(word) for word in value.split()] if isinstance(value, str) else value


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column.

    Attributes:
        name: as the address names it.
        label: its heading.
        value: from a row, what the cell says: text, a number, date, moment, truth or None.
        order: the field by which a database sorts it; without one its values are sorted here.
        key: from a value, what it is sorted by; text is sorted as Vietnamese dictionaries do.
        link: from a row, where the cell leads.
        badge: from a row, how the cell looks as a mark: good, bad, warn or "".
        sorts: whether a click on the heading sorts by it.
        exported: whether it is part of the file.
    """

    name: str
    label: str
    value: Callable[[Any], Any]
    order: str = ""
    key: Callable[[Any], Any] = _dictionary
    link: Callable[[Any], str] | None = None
    badge: Callable[[Any], str] | None = None
    sorts: bool = True
    exported: bool = True


@dataclass(frozen=True)
class Filter:
    """A choice above the list: ``choices`` of (value, label); ``keep`` narrows the rows to one."""

    name: str
    label: str
    choices: Sequence[tuple[str, str]]
    keep: Callable[[Any, str], Any]


@dataclass(frozen=True)
class Cell:
    """A cell as it is shown."""

    label: str
    text: str
    number: bool
    link: str
    badge: str


@dataclass(frozen=True)
class Heading:
    """A heading: how the list is sorted by it (``state``), and the address that turns it."""

    label: str
    state: str
    address: str


@dataclass(frozen=True)
class Table:
    """Rows as one request asks to see them.

    Attributes:
        asked: the request's query; what it does not understand is left alone.
        rows: a query set or a sequence.
        search: narrows the rows to those with a text; without it a text is looked for in every
            cell, with or without its marks and capitals. A query set should bring its own.
    """

    asked: QueryDict
    columns: Sequence[Column]
    rows: QuerySet[Any] | Sequence[Any]
    filters: Sequence[Filter] = ()
    search: Callable[[Any, str], Any] | None = None

    @property
    def sought(self) -> str:
        """The text looked for."""
        return self.asked.get(SEARCH, "").strip()[:200]

    @cached_property
    def found(self) -> QuerySet[Any] | Sequence[Any]:
        """All rows that were asked for, in order."""
        rows: Any = self.rows
        for one in self.filters:
            chosen = self.asked.get(one.name, "")
            if chosen in dict(one.choices):
                rows = one.keep(rows, chosen)
        if self.sought:
            rows = (self.search or self._search)(rows, self.sought)
        return self._sorted(rows)

    def _search(self, rows: Iterable[Any], text: str) -> list[Any]:
        wanted = _bare(text)
        return [row for row in rows if wanted in _bare(" ".join(self._texts(row)))]

    def _texts(self, row: Any) -> Iterator[str]:
        return (shown(column.value(row)) for column in self.columns)

    def _sorted(self, rows: Any) -> QuerySet[Any] | Sequence[Any]:
        column, backwards = self._order
        if isinstance(rows, QuerySet):
            if column and column.order:
                return rows.order_by(f"{'-' if backwards else ''}{column.order}", "pk")
            if column is None:
                return rows if rows.ordered else rows.order_by("pk")
        if column is None:
            return rows
        return _by_value(rows, column, backwards=backwards)

    @cached_property
    def _order(self) -> tuple[Column | None, bool]:
        asked = self.asked.get(SORT, "")
        name = asked.removeprefix("-")
        known = (one for one in self.columns if one.sorts and one.name == name)
        return next(known, None), asked.startswith("-")

    @cached_property
    def page(self) -> Page[Any]:
        """The page asked for; one beyond the last is the last."""
        return Paginator(self.found, PAGE_SIZE).get_page(self.asked.get(PAGE))

    @property
    def shown(self) -> Iterator[list[Cell]]:
        """The cells of the page, row by row."""
        return ([_cell(column, row) for column in self.columns] for row in self.page)

    @property
    def headings(self) -> Iterator[Heading]:
        """The headings, each with the address that sorts by it."""
        chosen, backwards = self._order
        for one in self.columns:
            state = "" if one is not chosen else "descending" if backwards else "ascending"
            name = f"-{one.name}" if state == "ascending" else one.name
            address = self.address(**{SORT: name, PAGE: ""}) if one.sorts else ""
            yield Heading(one.label, state, address)

    @property
    def choices(self) -> Iterator[tuple[Filter, str]]:
        """Each filter with what is chosen of it."""
        return ((one, self.asked.get(one.name, "")) for one in self.filters)

    @property
    def narrowed(self) -> bool:
        """Whether something was left out."""
        return bool(self.sought) or any(self.asked.get(one.name) for one in self.filters)

    @property
    def sort(self) -> str:
        """How it is sorted, as the address says it."""
        return self.asked.get(SORT, "")

    @property
    def pages(self) -> Iterator[tuple[str, str, bool]]:
        """Label and address of each page to go to, and whether it is this one."""
        for number in self.page.paginator.get_elided_page_range(self.page.number):
            here = number == self.page.number
            address = self.address(**{PAGE: str(number)}) if isinstance(number, int) else ""
            yield str(number), address, here

    @property
    def before(self) -> str:
        """The address of the page before, if there is one."""
        page = self.page
        return self.address(**{PAGE: str(page.number - 1)}) if page.has_previous() else ""

    @property
    def after(self) -> str:
        """The address of the page after, if there is one."""
        page = self.page
        return self.address(**{PAGE: str(page.number + 1)}) if page.has_next() else ""

    @property
    def files(self) -> list[tuple[str, str]]:
        """Name and address of each kind of file that holds the whole list."""
        kinds = (("Excel", "xlsx"), ("CSV", "csv"))
        return [(name, self.address(**{FILE: kind, PAGE: ""})) for name, kind in kinds]

    def address(self, **other: str) -> str:
        """The address of this list with some of what it asks changed."""
        asked = self.asked.copy()
        for name, value in other.items():
            asked[name] = value
            if not value:
                del asked[name]
        return f"?{asked.urlencode()}"


def shown(value: Any) -> str:
    """A value as pages write it."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, datetime):
        return vietnam_time(value)
    return padded_date(value) if isinstance(value, date) else str(localize(value))


def is_number(value: Any) -> bool:
    """Whether a value is written to the right, as numbers are."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def _cell(column: Column, row: Any) -> Cell:
    value = column.value(row)
    link = column.link(row) if column.link else ""
    badge = column.badge(row) if column.badge else ""
    return Cell(column.label, shown(value), is_number(value), link, badge)


def _by_value(rows: Iterable[Any], column: Column, *, backwards: bool) -> list[Any]:
    """Rows by a column's values, either way; what has none comes last."""
    valued = [(column.value(row), row) for row in rows]
    known = [one for one in valued if one[0] not in (None, "")]
    known.sort(key=lambda one: column.key(one[0]), reverse=backwards)
    return [row for _, row in known] + [row for value, row in valued if value in (None, "")]


def _bare(text: str) -> str:
    """Letters without marks and capitals."""
    letters = unicodedata.normalize("NFD", text.casefold())
    return "".join(one for one in letters if not unicodedata.combining(one)).replace("đ", "d")
