"""Rosters as offices send them, read into trainees and into problems that people can mend."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter

from cohort_data.names import match_key
from cohort_data.rosters.cells import as_id
from cohort_data.rosters.formats.reading import read_sheets
from cohort_data.rosters.hidden import hidden_rows, unread_parts
from cohort_data.rosters.layout import find_header, read_body
from cohort_data.rosters.legacy_text import legacy_encoding
from cohort_data.rosters.rows import LEGACY_ADVICE, RowReader, or_none
from cohort_data.rosters.schema import STANDING, TITLES, Problem, Trainee
from courses.foundation.errors import RosterError

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence
    from pathlib import Path

    from cohort_data.rosters.layout import Body, Header, Person
    from cohort_data.rosters.rows import Entry
    from cohort_data.rosters.schema import Severity
    from cohort_data.rosters.sheet import Cell, Sheet

# Each line: what must be known, and the sets of columns any one of which tells it.
_REQUIRED: tuple[tuple[str, tuple[set[str], ...]], ...] = (
    ("id", ({"id"},)),
    ("full_name", ({"full_name"}, {"surname", "given"})),
    ("birth_date", ({"birth_date"}, {"birth_male", "birth_female"})),
    ("position", ({"position"},)),
)
REVIEW_SHEET = "Kết quả kiểm tra (CIO)"
"""The worksheet that a corrected copy has of ours; it is never read."""

_STRAY = "không rõ dòng này là gì: không có mã học viên"
# A column that only some tracks ask for must not have the roster of another refused.
_MAY_SPREAD = {"full_name", "surname", "given", *STANDING}
_TEXT_KEYS = ("full_name", "surname", "given", "position", "agency")


@dataclass(frozen=True)
class Roster:
    """The trainees of a roster in its order, and the problems in the order of the rows.

    Identity numbers and sex have been used to find people listed twice and are in neither.
    ``sheet`` is the worksheet that was read; ``left_out`` are the ids of rows that were not.
    """

    sheet: str
    trainees: tuple[Trainee, ...]
    problems: tuple[Problem, ...]
    left_out: frozenset[str]

    @property
    def has_errors(self) -> bool:
        """Whether a row was left out."""
        return any(problem.severity == "lỗi" for problem in self.problems)


def read_roster(path: Path) -> Roster:
    """Read an .xlsx, .xls, .ods or .csv roster; a row with an error is left out, others stay.

    Nothing hidden is read as a person: what it holds is told, and a person decides.

    Raises:
        RosterError: when the file as a whole is no roster: of another kind, larger than any,
            encrypted, empty, without a header, without a required column, or typed in a legacy
            encoding; names the file, and row and column where there is one.
    """
    sheets = [sheet for sheet in read_sheets(path) if sheet.name != REVIEW_SHEET]
    sheet, header = roster_sheet(sheets, path)
    _require_columns(header, path)
    body = read_body(sheet, header)
    _require_people(body, header, path)
    _refuse_legacy_columns(body, path)
    problems = [
        *unread_parts([sheet] if _is_csv(path) else sheets, sheet, header, path),
        *hidden_rows(sheet, header, body, path),
        *(Problem(path, row, None, _STRAY, "lỗi") for row in body.stray),
    ]
    readers = [RowReader(path, header, person) for person in body.people]
    entries = [entry for reader in readers if (entry := reader.entry())]
    duplicated, found = _duplicates(entries, header, path)
    problems += found
    problems += dict.fromkeys(problem for reader in readers for problem in reader.problems)
    trainees = tuple(entry.trainee for entry in entries if entry.row not in duplicated)
    listed = {reader.id for reader in readers} | _ids(body.hidden)
    return Roster(
        sheet.name,
        trainees,
        tuple(sorted(problems, key=lambda problem: problem.row or 0)),
        frozenset(id_ for id_ in listed if id_) - {trainee.id for trainee in trainees},
    )


def _ids(people: Iterable[Person]) -> set[str | None]:
    cells = (cell.value for person in people for _, cell in person.cells.get("id", ()))
    return {or_none(as_id, value) for value in cells}


def roster_sheet(sheets: Sequence[Sheet], path: Path) -> tuple[Sheet, Header]:
    """Return the one worksheet that is a roster, and its header.

    Raises:
        RosterError: when none is, when several are, or when what tells it is hidden.
    """
    shown = [sheet for sheet in sheets if not sheet.hidden]
    found = [(sheet, header) for sheet in shown if (header := find_header(sheet))]
    if _is_csv(path):
        found = found[:1]  # one reading a delimiter; the others see a single column
    if len(found) > 1:
        names = ", ".join(f"“{sheet.name}”" for sheet, _ in found)
        raise RosterError(f"có hơn một trang tính là danh sách: {names}; chỉ giữ một", path=path)
    if not found:
        raise RosterError(_why_no_header(shown, sheets), path=path)
    sheet, header = found[0]
    if hidden := sheet.hidden_rows & set(range(header.top, header.bottom + 1)):
        raise RosterError("dòng tiêu đề đang ẩn; bỏ ẩn rồi gửi lại", path=path, row=min(hidden))
    return found[0]


def _is_csv(path: Path) -> bool:
    return path.suffix.lower() == ".csv"


def _why_no_header(shown: Iterable[Sheet], sheets: Iterable[Sheet]) -> str:
    for sheet in sheets:
        if sheet.hidden and find_header(sheet):
            return f"danh sách nằm trong trang tính đang ẩn “{sheet.name}”; bỏ ẩn rồi gửi lại"
    cells = [cell for sheet in shown for cell in sheet.cells.values()]
    if not cells:
        return "tệp không có nội dung"
    if encoding := next(filter(None, map(_encoding, cells)), None):
        return f"chữ có vẻ gõ bằng phông {encoding}; {LEGACY_ADVICE}"
    return (
        "không tìm thấy dòng tiêu đề; cần các cột “Mã học viên”, “Họ và tên”, “Ngày sinh”, "
        "“Chức vụ”"
    )


def _require_columns(header: Header, path: Path) -> None:
    for key, alternatives in _REQUIRED:
        if not any(columns <= set(header.columns) for columns in alternatives):
            raise RosterError(
                f"thiếu cột “{TITLES[key]}” trong dòng tiêu đề", path=path, row=header.top
            )
    for key, columns in header.columns.items():
        if len(columns) > 1 and key not in _MAY_SPREAD:
            letters = " và ".join(map(get_column_letter, columns))
            raise RosterError(
                f"hai cột cùng là “{TITLES.get(key, key)}”; chỉ giữ một",
                path=path,
                row=header.top,
                column=letters,
            )


def _require_people(body: Body, header: Header, path: Path) -> None:
    if not body.people and not body.hidden:
        raise RosterError("dưới dòng tiêu đề không có học viên nào", path=path, row=header.bottom)
    if "agency" not in header.columns and not body.has_sections:
        raise RosterError(
            "thiếu cột “Cơ quan” và không có dòng cơ quan nào trên các học viên",
            path=path,
            row=header.top,
        )


def _refuse_legacy_columns(body: Body, path: Path) -> None:
    # One odd cell is a row's problem; when half of the accented cells of a column are odd, the
    # column was typed in a legacy encoding, and its few harmless-looking cells are wrong too.
    accented: defaultdict[int, list[tuple[int, Cell]]] = defaultdict(list)
    for person in body.people:
        for key in _TEXT_KEYS:
            for column, cell in person.cells.get(key, ()):
                if not str(cell.value).isascii():
                    accented[column].append((person.row, cell))
    for column, cells in accented.items():
        legacy = [(row, found) for row, cell in cells if (found := _encoding(cell))]
        if 2 * len(legacy) >= len(cells) and legacy:
            row, encoding = legacy[0]
            raise RosterError(
                f"cả cột có vẻ gõ bằng phông {encoding}, không phải Unicode; {LEGACY_ADVICE}",
                path=path,
                row=row,
                column=get_column_letter(column),
            )


def _encoding(cell: Cell) -> str | None:
    return legacy_encoding(str(cell.value), cell.font)


def _duplicates(
    entries: Sequence[Entry], header: Header, path: Path
) -> tuple[set[int], list[Problem]]:
    """Return the rows that list somebody twice, and what to say about each."""

    def tell(groups: Iterable[list[int]], key: str, message: str, severity: Severity) -> None:
        label, letter = header.label(key), header.letter(key)
        for rows in groups:
            problems.extend(
                Problem(path, row, label, message.format(_others(rows, row)), severity, letter)
                for row in rows
            )

    problems: list[Problem] = []
    ids = _repeated((entry.trainee.id, entry.row) for entry in entries)
    numbers = _repeated((e.identity.number, e.row) for e in entries if e.identity)
    people = _repeated(
        ((match_key(e.trainee.full_name), e.trainee.birth_date), e.row) for e in entries
    )
    # Which of two rows is the right one nobody here can know, so both are left out.
    tell(ids, "id", "trùng mã học viên với dòng {}", "lỗi")
    tell(numbers, "identity", "trùng số căn cước với dòng {}", "lỗi")
    duplicated = {row for rows in (*ids, *numbers) for row in rows}
    name = "full_name" if "full_name" in header.columns else "surname"
    same = "cùng họ tên và ngày sinh với dòng {}; kiểm tra có phải một người"
    tell(people, name, same, "cảnh báo")
    return duplicated, problems


def _repeated(keyed_rows: Iterable[tuple[Hashable, int]]) -> list[list[int]]:
    groups: defaultdict[Hashable, list[int]] = defaultdict(list)
    for key, row in keyed_rows:
        groups[key].append(row)
    return [rows for rows in groups.values() if len(rows) > 1]


def _others(rows: Sequence[int], row: int) -> str:
    # The first row of a group tells the second one and every other tells the first: each
    # message names both rows, and a file full of one person stays readable.
    return str(rows[1] if row == rows[0] else rows[0])
