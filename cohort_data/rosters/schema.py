"""What a roster holds: its columns, its trainees, and what may be wrong with a row."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from cohort_data.letters import fold
from cohort_data.names import match_key

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

Sex = Literal["nam", "nữ"]
AgencyType = Literal["bộ, ngành", "tỉnh, thành phố"]
Severity = Literal["lỗi", "cảnh báo", "ghi chú"]


@dataclass(frozen=True)
class Standing:
    """What a roster says of a person's degree, post and letter of assignment, and where.

    Texts are empty where nothing is said, the day is None where there is none to be read.
    ``labels`` name the columns by key; a column that the roster has not is not in it. It serves
    to admit somebody to a sitting, and goes no further than the letter's number and day.
    """

    row: int
    labels: Mapping[str, str]
    degree: str = ""
    subject: str = ""
    study_mode: str = ""
    post: str = ""
    it_unit: str = ""
    letter: str = ""
    letter_date: date | None = None


@dataclass(frozen=True)
class Trainee:
    """One person to be trained and examined: what the examination and the certificate need.

    ``full_name`` is NFC and otherwise as registered. ``attempt`` counts from 1 and is what the
    office claims, or None where it claims nothing; the centre's own records decide.
    """

    id: str
    full_name: str
    birth_date: date
    position: str
    agency: str
    agency_type: AgencyType
    attempt: int | None
    standing: Standing | None = None


@dataclass(frozen=True)
class Problem:
    """What a person should know of one row, or of the file where there is no row.

    ``lỗi`` leaves the row out, ``cảnh báo`` keeps it and asks for a look, ``ghi chú`` says how
    a cell was read. ``row`` counts from 1 as the spreadsheet does; ``column`` is a letter with
    its heading, and ``letter`` that letter alone.
    """

    path: Path
    row: int | None
    column: str | None
    message: str
    severity: Severity
    letter: str | None = None

    def __str__(self) -> str:
        row = f", dòng {self.row}" if self.row else ""
        column = f", cột {self.column}" if self.column else ""
        return f"{self.path}{row}{column}: {self.severity}: {self.message}"


@dataclass(frozen=True)
class Column:
    """One kind of column: its key, its printed title and the headings that mean it."""

    key: str
    title: str
    required: bool
    headings: tuple[str, ...]


# Kinds that come in pieces (name, sex, birth date by sex) are combined by roster_layout.
COLUMNS = (
    Column("order", "STT", required=False, headings=("stt", "tt", "số thứ tự", "số tt")),
    Column(
        "id",
        "Mã học viên",
        required=True,
        headings=(
            "mã học viên",
            "mã số học viên",
            "mã hv",
            "mã số hv",
            "mã số",
            "số báo danh",
            "sbd",
        ),
    ),
    Column(
        "full_name",
        "Họ và tên",
        required=True,
        headings=("họ và tên", "họ tên", "họ và tên học viên", "họ chữ đệm và tên"),
    ),
    Column(
        "surname",
        "Họ và chữ đệm",
        required=False,
        headings=("họ và", "họ", "họ đệm", "họ và đệm", "họ và tên đệm", "họ và chữ đệm"),
    ),
    Column("given", "Tên", required=False, headings=("tên",)),
    Column("sex", "Giới tính", required=False, headings=("giới tính", "giới", "phái")),
    Column("male", "Nam", required=False, headings=("nam",)),
    Column("female", "Nữ", required=False, headings=("nữ",)),
    Column(
        "birth_date",
        "Ngày sinh",
        required=True,
        headings=("ngày sinh", "ngày tháng năm sinh", "sinh ngày", "năm sinh", "ngày năm sinh"),
    ),
    Column(
        "identity",
        "Số CCCD",
        required=False,
        headings=(
            *(
                "số cccd",
                "cccd",
                "số cccd cmnd",
                "cccd cmnd",
                "số căn cước công dân",
                "số căn cước",
            ),
            *("căn cước công dân", "số cmnd cccd", "số định danh cá nhân", "số định danh"),
            *("số cmnd", "cmnd", "số thẻ căn cước"),
        ),
    ),
    Column(
        "position",
        "Chức vụ",
        required=True,
        headings=(
            "chức vụ",
            "chức danh",
            "chức vụ chức danh",
            "chức danh chức vụ",
            "chức vụ đơn vị công tác",
        ),
    ),
    Column(
        "agency",
        "Cơ quan",
        required=True,
        headings=("cơ quan", "cơ quan công tác", "đơn vị", "đơn vị công tác", "cơ quan đơn vị"),
    ),
    Column("agency_type", "Loại cơ quan", required=False, headings=("loại cơ quan", "khối")),
    Column("attempt", "Lần dự thi", required=False, headings=("lần dự thi", "lần thi", "lần")),
    Column("degree", "Trình độ đào tạo", required=False, headings=("trình độ đào tạo",)),
    Column(
        "subject",
        "Chuyên ngành đào tạo",
        required=False,
        headings=("chuyên ngành đào tạo", "ngành đào tạo"),
    ),
    Column("study_mode", "Hình thức đào tạo", required=False, headings=("hình thức đào tạo",)),
    Column("post", "Nơi bố trí", required=False, headings=("nơi bố trí", "nơi bố trí công tác")),
    Column(
        "it_unit",
        "Đơn vị CNTT của cơ quan",
        required=False,
        headings=("đơn vị cntt của cơ quan", "đơn vị cntt"),
    ),
    Column("letter", "Văn bản phân công", required=False, headings=("văn bản phân công",)),
    Column(
        "letter_date",
        "Ngày văn bản phân công",
        required=False,
        headings=("ngày văn bản phân công",),
    ),
)
STANDING = ("degree", "subject", "study_mode", "post", "it_unit", "letter", "letter_date")
"""The columns that tell whether somebody may be admitted to a track that asks for it."""

TITLES = {column.key: column.title for column in COLUMNS}
_KEYS = {match_key(heading): column.key for column in COLUMNS for heading in column.headings}
_LONGEST_HEADING = 100  # characters, with a remark in brackets
_BRACKETS = re.compile(r"\([^)]*\)")
_PUNCTUATION = re.compile(r"[^\w\s]|_|\d")


def column_key(heading: str) -> str | None:
    """Return the key of the column that ``heading`` means, or None.

    Case, punctuation, line breaks, tone placement and a bracketed remark such as
    ``(dd/mm/yyyy)`` do not matter; apart from that a heading must be known exactly.
    """
    if len(heading) > _LONGEST_HEADING:
        return None
    words = _PUNCTUATION.sub(" ", _BRACKETS.sub(" ", fold(heading).text))
    return _KEYS.get(match_key(words))
