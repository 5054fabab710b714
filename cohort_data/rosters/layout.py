"""Where things stand on a roster as offices lay it out: header, sections, people, foot."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from openpyxl.utils import get_column_letter

from cohort_data.agencies import agency_type_of
from cohort_data.letters import clean, fold
from cohort_data.rosters.cells import as_whole
from cohort_data.rosters.schema import TITLES, column_key
from cohort_data.rosters.sheet import Cell

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cohort_data.rosters.sheet import Sheet

_HEADER_WITHIN = 100  # rows; quốc hiệu, titles and notes take ten or so
_WIDEST = 200  # columns
_FEWEST_KEYS = 3
_MANY_KEYS = 4  # so many filled columns are a person, whatever is missing
_WIDE_MERGE = 3
_LONGEST_LOOKED_AT = 250  # characters; what tells a heading, a foot or a section is shorter
_NAME_KEYS = {"full_name", "surname", "given"}

_ID_LIKE = re.compile(r"(?=.*\d)[A-Za-z0-9][A-Za-z0-9_-]{2,31}")
_NUMBERING = re.compile(r"\(?([ivxlcIVXLC]+|[A-ZĐ]|\d{1,3})\)?[.)]?")
_LEADING_NUMBER = re.compile(r"^([IVXLC]+|[A-ZĐ]|\d{1,3})\s*[.)/:–-]\s*")
_TRAILING_COUNT = re.compile(r"\s*[:(–-]?\s*\(?\d+ (người|học viên|đồng chí)\)?\s*$|\s*:\s*$")
_FOOT = re.compile(
    r"tổng\b|cộng\b|danh sách (này )?(có|gồm)|ấn định|nơi nhận|người lập|thủ trưởng|ghi chú"
    r"|[tkq][mltqu]{0,2}\.",
    re.IGNORECASE,
)
# “Hà Nội, ngày 20 tháng 11 năm 2026”, found part by part: one pattern for all would try every
# way to place three words in a text that repeats them.
_DATED = tuple(re.compile(part, re.IGNORECASE) for part in (r"\S ngày\b", r"\btháng\b", r"\bnăm\b"))
_GROUP = re.compile(r"(các|khối)\b", re.IGNORECASE)


class Heading(NamedTuple):
    """A heading's text, and the cell it is written in (a merge shows it in several)."""

    text: str
    written_at: tuple[int, int]


@dataclass(frozen=True)
class Header:
    """The columns found, by key, and the rows that the header takes."""

    columns: Mapping[str, tuple[int, ...]]
    top: int
    bottom: int

    def label(self, key: str) -> str:
        """Return a column as a person finds it: its letter and its title."""
        title = TITLES.get(key, TITLES["birth_date"])
        columns = self.columns.get(key)
        return f"{get_column_letter(columns[0])} ({title})" if columns else title

    def letter(self, key: str) -> str | None:
        """Return the letter of a column that is there."""
        columns = self.columns.get(key)
        return get_column_letter(columns[0]) if columns else None


@dataclass(frozen=True)
class Section:
    """A heading that names an agency, above its people; ``is_hidden`` from whoever looks."""

    row: int
    column: int
    cell: Cell
    is_hidden: bool = False


@dataclass(frozen=True)
class Person:
    """One row that lists a person: its cells by column key, with the column of each.

    ``section`` is the agency heading that the row stands under, if any.
    """

    row: int
    cells: Mapping[str, tuple[tuple[int, Cell], ...]]
    section: Section | None


@dataclass(frozen=True)
class Body:
    """The people under a header, and rows among them that are nothing known.

    ``hidden`` are people in rows that nobody sees who opens the file.
    """

    people: tuple[Person, ...]
    hidden: tuple[Person, ...]
    stray: tuple[int, ...]
    has_sections: bool


def find_header(sheet: Sheet) -> Header | None:
    """Return the first header of one or two rows, or None when the sheet has none.

    A header row shows at least two known headings itself, and with the row below at least
    three, or four when the name is missing. The row below belongs to it when that makes more
    columns known (*Nam* and *Nữ* under *Giới tính*) or when merged headings reach down to it.
    """
    shown = _shown_headings(sheet)
    for row in sorted({row for row, _ in shown}):
        single, double = _columns(shown, row, depth=1), _columns(shown, row, depth=2)
        best = double if len(double) > len(single) else single
        named = bool(_NAME_KEYS & set(best))
        if len(single) > 1 and len(best) >= _FEWEST_KEYS + (not named):
            reach = max(_reach(sheet, row, best), row + (best is double))
            return Header(best, row, reach)
    return None


def read_body(sheet: Sheet, header: Header) -> Body:
    """Tell people from section headings, totals, signatures and repeated headers."""
    people: list[Person] = []
    stray: list[tuple[int, bool]] = []
    feet: list[int] = []
    section: Section | None = None
    has_sections = False
    wide = _wide_merges(sheet)
    for row, filled in _rows_below(sheet, header):
        keyed = _by_key(header, filled)
        texts = {column: _text(cell) for column, cell in filled.items()}
        if _has_id(texts, header):
            people.append(Person(row, keyed, section))
        elif _is_heading_again(row, texts, header):
            continue
        elif _is_person(keyed, texts):
            people.append(Person(row, keyed, section))
        elif _is_foot(texts):
            feet.append(row)
        elif heading := _section(row, filled, texts, wide):
            group = _GROUP.match(str(heading.cell.value))
            hidden = replace(heading, is_hidden=row in sheet.hidden_rows)
            section, has_sections = (None if group else hidden), has_sections or not group
        elif row not in sheet.hidden_rows:
            stray.append((row, bool(_NAME_KEYS & set(keyed))))
    last = people[-1].row if people else 0
    foot = next((row for row in feet if row > last), None)
    return Body(
        tuple(person for person in people if person.row not in sheet.hidden_rows),
        tuple(person for person in people if person.row in sheet.hidden_rows),
        tuple(_unread(stray, last, foot)),
        has_sections,
    )


def _unread(stray: list[tuple[int, bool]], last: int, foot: int | None) -> Iterator[int]:
    # Below the foot stand the signatures, whose names are nobody's business here; a name right
    # below the last person may be one more person, of whom nothing else was filled in.
    for row, named in stray:
        if row < last or (named and (foot is None or row < foot)):
            yield row


def _wide_merges(sheet: Sheet) -> frozenset[tuple[int, int]]:
    return frozenset(
        (merge.top, merge.left)
        for merge in sheet.merges
        if merge.right - merge.left + 1 >= _WIDE_MERGE
    )


def _shown_headings(sheet: Sheet) -> dict[tuple[int, int], Heading]:
    shown: dict[tuple[int, int], Heading] = {
        at: Heading(_text(cell), at)
        for at, cell in sheet.cells.items()
        if at[0] <= _HEADER_WITHIN and at[1] <= _WIDEST
    }
    for merge in sheet.merges:
        heading = shown.get((merge.top, merge.left))
        for row in range(merge.top, min(merge.bottom, _HEADER_WITHIN) + 1 if heading else 0):
            for column in range(merge.left, min(merge.right, _WIDEST) + 1):
                shown[row, column] = heading or Heading("", (row, column))
    return shown


def _columns(
    shown: Mapping[tuple[int, int], Heading], row: int, *, depth: int
) -> dict[str, tuple[int, ...]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for column in range(1, _WIDEST + 1):
        upper = shown.get((row, column))
        lower = shown.get((row + 1, column)) if depth > 1 else None
        if upper and lower and upper.written_at == lower.written_at:
            lower = None
        if key := _key(upper.text if upper else "", lower.text if lower else ""):
            found[key].append(column)
    return {key: tuple(columns) for key, columns in found.items()}


def _key(upper: str, lower: str) -> str | None:
    above, below = column_key(upper), column_key(lower)
    if above == "birth_date" and below in ("male", "female"):
        return f"birth_{below}"  # lists of officials write the date under the sex
    return column_key(f"{upper} {lower}") or below or above


def _reach(sheet: Sheet, row: int, columns: Mapping[str, tuple[int, ...]]) -> int:
    # Some offices merge headings over several rows for height alone, and some by mistake over
    # people, who are not to be lost for it.
    known = {column for group in columns.values() for column in group}
    bottom = max((m.bottom for m in sheet.merges if m.top == row and m.left in known), default=row)
    ids = columns.get("id", ())
    for (at, column), cell in sheet.cells.items():
        if row < at <= bottom and column in ids and _ID_LIKE.fullmatch(_text(cell)):
            bottom = at - 1
    return bottom


def _rows_below(sheet: Sheet, header: Header) -> Iterator[tuple[int, dict[int, Cell]]]:
    rows: defaultdict[int, dict[int, Cell]] = defaultdict(dict)
    for (row, column), cell in sheet.cells.items():
        if row > header.bottom:
            rows[row][column] = cell
    last = max(rows, default=0)
    for merge in sheet.merges:
        anchor = sheet.cells.get((merge.top, merge.left))
        # An agency merged down beside its people counts for each of them.
        for row in range(merge.top + 1, min(merge.bottom, last) + 1):
            if anchor and row in rows:
                rows[row].setdefault(merge.left, anchor)
    yield from sorted(rows.items())


def _by_key(header: Header, filled: Mapping[int, Cell]) -> dict[str, tuple[tuple[int, Cell], ...]]:
    keyed = {
        key: tuple((at, filled[at]) for at in columns if at in filled)
        for key, columns in header.columns.items()
    }
    return {key: cells for key, cells in keyed.items() if cells}


def _has_id(texts: Mapping[int, str], header: Header) -> bool:
    return any(_ID_LIKE.fullmatch(texts.get(at, "")) for at in header.columns.get("id", ()))


def _is_person(keyed: Mapping[str, tuple[tuple[int, Cell], ...]], texts: Mapping[int, str]) -> bool:
    facts = set(keyed) - {"order"}
    numbered = "order" in keyed and as_whole(keyed["order"][0][1].value) is not None
    words = _words(texts)
    if numbered and facts and not (len(words) == 1 and agency_type_of(words[0][1])):
        return True
    if _is_foot(texts):
        return False
    return len(facts) >= _MANY_KEYS or ("birth_date" in facts and bool(_NAME_KEYS & facts))


def _is_heading_again(row: int, texts: Mapping[int, str], header: Header) -> bool:
    if row == header.bottom + 1 and all(_NUMBERING.fullmatch(text) for text in texts.values()):
        return True  # the columns' numbers: (1) (2) (3)
    # Some offices repeat the header by hand on each printed page.
    return sum(column_key(text) is not None for text in texts.values()) >= _FEWEST_KEYS


def _is_foot(texts: Mapping[int, str]) -> bool:
    return any(_FOOT.match(text) or _is_dated(text) for text in texts.values())


def _is_dated(text: str) -> bool:
    at = 0
    for part in _DATED:
        found = part.search(text, at)
        if not found:
            return False
        at = found.end()
    return True


def _section(
    row: int,
    filled: Mapping[int, Cell],
    texts: Mapping[int, str],
    wide: frozenset[tuple[int, int]],
) -> Section | None:
    words = _words(texts)
    if len(words) != 1:
        return None
    column, cell = words[0][0], filled[words[0][0]]
    # Unfolded, so that whoever reads the agency can tell what was replaced.
    given = clean(str(cell.value)[:_LONGEST_LOOKED_AT])
    name = _TRAILING_COUNT.sub("", _LEADING_NUMBER.sub("", given))
    if (row, column) in wide or agency_type_of(fold(name).text) or _GROUP.match(name):
        return Section(row, column, Cell(name, cell.font))
    return None


def _words(texts: Mapping[int, str]) -> list[tuple[int, str]]:
    return [(at, text) for at, text in texts.items() if not _NUMBERING.fullmatch(text)]


def _text(cell: Cell) -> str:
    return fold(str(cell.value)[:_LONGEST_LOOKED_AT]).text
