"""One row of a roster as a trainee, with every problem of the row and not only the first."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeVar

from cohort_data.agencies import agency_type_of, canonical_name
from cohort_data.letters import fold, replaced
from cohort_data.rosters.cells import (
    CellError,
    as_attempt,
    as_birth_date,
    as_date,
    as_id,
    as_name,
    as_sex,
    as_text,
    is_mark,
)
from cohort_data.rosters.identity import Identity, IdentityNumberError, read_identity
from cohort_data.rosters.legacy_text import legacy_encoding
from cohort_data.rosters.schema import STANDING, TITLES, Problem, Standing, Trainee

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from cohort_data.rosters.layout import Header, Person
    from cohort_data.rosters.schema import AgencyType, Severity, Sex
    from cohort_data.rosters.sheet import Cell, Value

ReadT = TypeVar("ReadT")
LEGACY_ADVICE = (
    "chuyển sang Unicode (Times New Roman) bằng công cụ của cơ quan, kiểm tra rồi gửi lại"
)


@dataclass(frozen=True)
class Entry:
    """A row that reads as a trainee; ``identity`` serves to find duplicates and goes no further."""

    row: int
    trainee: Trainee
    identity: Identity | None


@dataclass
class RowReader:
    """Reads one row's fields and gathers what is wrong with them.

    A field that cannot be read is None and has left a problem; the row is a trainee when no
    problem is an error. ``id`` stays known of a row that is none.
    """

    path: Path
    header: Header
    person: Person
    problems: list[Problem] = field(default_factory=list)
    id: str | None = None

    def entry(self) -> Entry | None:
        """Return the row as an entry, or None when it has an error."""
        self.id = self._read("id", as_id)
        name = self._name()
        birth_date = self._birth_date()
        position = self._read("position", as_text)
        agency, agency_type = self._agency()
        attempt = self._read("attempt", as_attempt) if "attempt" in self.person.cells else None
        identity = self._identity(birth_date)
        # The first part repeats for the type checker what the second says.
        if not (self.id and name and birth_date and position and agency and agency_type) or any(
            problem.severity == "lỗi" for problem in self.problems
        ):
            return None
        trainee = Trainee(
            self.id, name, birth_date, position, agency, agency_type, attempt, self._standing()
        )
        return Entry(self.person.row, trainee, identity)

    def note(self, key: str, message: str, severity: Severity = "lỗi") -> None:
        """Record a problem of the column ``key``."""
        label, letter = self.header.label(key), self.header.letter(key)
        self.problems.append(Problem(self.path, self.person.row, label, message, severity, letter))

    def _read(self, key: str, reader: Callable[[Value], ReadT]) -> ReadT | None:
        cells = self.person.cells.get(key)
        if not cells:
            self.note(key, f"thiếu {TITLES.get(key, key).lower()}")
            return None
        return self._convert(key, cells[0][1], reader)

    def _convert(self, key: str, cell: Cell, reader: Callable[[Value], ReadT]) -> ReadT | None:
        if encoding := legacy_encoding(str(cell.value), cell.font):
            self.note(key, f"chữ có vẻ gõ bằng phông {encoding}; {LEGACY_ADVICE}")
            return None
        try:
            read = reader(cell.value)
        except CellError as error:
            self.note(key, str(error))
            return None
        self._tell_folded(key, cell.value)
        return read

    def _tell_folded(self, key: str, value: Value) -> None:
        # An identity number stands in no message.
        if isinstance(value, str) and not value.isascii() and key != "identity":
            told = replaced(value, fold(value).text)
            if told:
                self.note(key, f"chữ nhìn giống được đọc là chữ Việt: {told}", "ghi chú")

    def _name(self) -> str | None:
        whole = "full_name" in self.header.columns
        keys = ("full_name",) if whole else ("surname", "given")
        pieces = sorted(
            (at, key, cell) for key in keys for at, cell in self.person.cells.get(key, ())
        )
        if not pieces:
            self.note(keys[0], "thiếu họ và tên")
            return None
        texts = [self._convert(key, cell, as_text) for _, key, cell in pieces]
        if any(text is None for text in texts):
            return None
        try:
            return as_name(" ".join(text for text in texts if text))
        except CellError as error:
            self.note(keys[0], str(error))
            return None

    def _standing(self) -> Standing | None:
        """What is said of degree, post and letter; whoever admits says what is wanting."""
        labels = {key: self.header.label(key) for key in STANDING if key in self.header.columns}
        if not labels:
            return None
        cells = {key: self.person.cells.get(key, ()) for key in labels}
        alone = {key: found[0][1].value for key, found in cells.items() if len(found) == 1}
        texts = {key: or_none(as_text, alone[key]) or "" for key in STANDING[:-1] if key in alone}
        day = or_none(as_date, alone["letter_date"]) if "letter_date" in alone else None
        return Standing(self.person.row, labels, **texts, letter_date=day)

    def _sex(self) -> Sex | None:
        """The sex where it is told, only to compare the identity number with; never kept."""
        cells = self.person.cells
        if "sex" in cells:
            return or_none(as_sex, cells["sex"][0][1].value)
        prefix = "" if "male" in self.header.columns else "birth_"
        marked = [key for key in (f"{prefix}male", f"{prefix}female") if key in cells]
        if len(marked) != 1 or (not prefix and not or_none(is_mark, cells[marked[0]][0][1].value)):
            return None
        return "nữ" if marked[0].endswith("female") else "nam"

    def _birth_date(self) -> date | None:
        if "birth_date" in self.header.columns:
            return self._read("birth_date", as_birth_date)
        filled = [key for key in ("birth_male", "birth_female") if key in self.person.cells]
        if len(filled) > 1:
            self.note(filled[0], "ngày sinh ghi ở cả hai cột Nam và Nữ; chỉ giữ một")
            return None
        return self._read(filled[0] if filled else "birth_male", as_birth_date)

    def _agency(self) -> tuple[str | None, AgencyType | None]:
        cell = self._agency_cell()
        if cell is None:
            return None, None
        name = self._convert("agency", cell, as_text)
        if name is None:
            return None, None
        return canonical_name(name), self._agency_type(name)

    def _agency_cell(self) -> Cell | None:
        section = self.person.section
        if own := self.person.cells.get("agency"):
            return own[0][1]
        if section and not section.is_hidden:
            return section.cell
        self.note(
            "agency",
            f"chưa rõ cơ quan: dòng cơ quan ở trên (dòng {section.row}) đang ẩn; bỏ ẩn dòng đó"
            if section
            else "chưa rõ cơ quan: không có trên dòng và không có dòng cơ quan ở trên",
        )
        return None

    def _agency_type(self, agency: str) -> AgencyType | None:
        if "agency_type" in self.person.cells:
            return self._read("agency_type", as_agency_type)
        if not (found := agency_type_of(agency)):
            self.note(
                "agency",
                f"chưa rõ “{agency}” thuộc bộ, ngành hay tỉnh, thành phố; thêm cột “Loại cơ quan”",
            )
        return found

    def _identity(self, birth_date: date | None) -> Identity | None:
        if "identity" not in self.header.columns or not birth_date:
            return None
        if "identity" not in self.person.cells:
            self.note("identity", "thiếu số CCCD nên không soát được trùng người", "cảnh báo")
            return None
        digits = self._read("identity", as_text)
        try:
            identity = read_identity(digits, self._sex(), birth_date) if digits else None
        except IdentityNumberError as error:
            self.note("identity", str(error))
            return None
        if identity and identity.warning:
            self.note("identity", identity.warning, "cảnh báo")
        return identity


def or_none(reader: Callable[[Value], ReadT], value: Value) -> ReadT | None:
    """Return what ``reader`` makes of a cell, or None where it refuses it."""
    try:
        return reader(value)
    except CellError:
        return None


def as_agency_type(value: Value) -> AgencyType:
    """Return the kind of agency that a cell of the column "Loại cơ quan" states."""
    kinds: dict[str, Literal["bộ, ngành", "tỉnh, thành phố"]] = {
        "bộ": "bộ, ngành",
        "tỉnh": "tỉnh, thành phố",
        "thành phố": "tỉnh, thành phố",
        "địa phương": "tỉnh, thành phố",
    }
    text = as_text(value).casefold()
    for start, kind in kinds.items():
        if text.startswith(start):
            return kind
    raise CellError("loại cơ quan phải ghi “Bộ, ngành” hoặc “Tỉnh, thành phố”")
