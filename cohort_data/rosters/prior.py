"""Areas that trainees passed at earlier sittings, read from a strict CSV file."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, TypeVar, get_args

from cohort_data.rosters.cells import CellError, as_id
from courses.foundation.errors import RosterError
from courses.foundation.files import read_bounded

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ReadT = TypeVar("ReadT")
Area = Literal["QL", "KM", "KT", "CAP"]
COLUMNS = ("trainee_id", "area", "passed_on", "score_share")

_LARGEST = 5_000_000  # bytes; a line is forty or so
_SHARE = re.compile(r"0\.\d{1,6}|1(\.0{1,6})?")
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class PriorPass:
    """One area passed before; ``score_share`` is the score as a share (0 to 1) of the scale.

    Whether the pass still counts is for the policy to say, not for the file.
    """

    trainee_id: str
    area: Area
    passed_on: date
    score_share: Decimal


def read_prior(path: Path) -> tuple[PriorPass, ...]:
    """Read earlier passes: UTF-8, commas, the header line and nothing that is not a pass.

    Raises:
        RosterError: naming file, row and column of the first thing that is wrong: a missing
            file, another header, an unknown area, a date not written yyyy-mm-dd, a share
            outside 0 to 1, or an area given twice for one trainee.
    """
    records = _records(path)
    if not records or tuple(records[0]) != COLUMNS:
        raise RosterError(f"dòng đầu phải là: {','.join(COLUMNS)}", path=path, row=1)
    passes: dict[tuple[str, Area], tuple[int, PriorPass]] = {}
    for row, record in enumerate(records[1:], 2):
        one = _pass(record, path, row)
        first, _ = passes.setdefault((one.trainee_id, one.area), (row, one))
        if first != row:
            raise RosterError(
                f"khối {one.area} của học viên {one.trainee_id} đã có ở dòng {first}",
                path=path,
                row=row,
                column="area",
            )
    return tuple(one for _, one in passes.values())


def _records(path: Path) -> list[list[str]]:
    try:
        text = read_bounded(path, _LARGEST, RosterError).decode("utf-8-sig")
        return list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error):
        raise RosterError("tệp không phải CSV UTF-8 phân cách bằng dấu phẩy", path=path) from None


def _pass(record: list[str], path: Path, row: int) -> PriorPass:
    if len(record) != len(COLUMNS):
        raise RosterError(
            f"dòng có {len(record)} ô, phải có {len(COLUMNS)}; số thập phân dùng dấu chấm",
            path=path,
            row=row,
        )
    cells = dict(zip(COLUMNS, record, strict=True))

    def read(column: str, reader: Callable[[str], ReadT]) -> ReadT:
        try:
            return reader(cells[column])
        except CellError as error:
            raise RosterError(str(error), path=path, row=row, column=column) from None

    return PriorPass(
        trainee_id=read("trainee_id", _trainee_id),
        area=read("area", _area),
        passed_on=read("passed_on", _day),
        score_share=read("score_share", _share),
    )


def _trainee_id(text: str) -> str:
    if as_id(text) != text:
        raise CellError("mã học viên viết hoa, không có khoảng trắng thừa")
    return text


def _area(text: str) -> Area:
    for area in get_args(Area):
        if text == area:
            return area
    raise CellError(f"“{text[:20]}” không phải khối kiến thức; chỉ có QL, KM, KT, CAP")


def _day(text: str) -> date:
    try:
        if _ISO_DATE.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        raise CellError("không có ngày này trong lịch") from None
    raise CellError("ngày đạt phải ghi theo dạng năm-tháng-ngày, ví dụ 2026-05-22")


def _share(text: str) -> Decimal:
    if not _SHARE.fullmatch(text):
        raise CellError("tỷ lệ điểm là số từ 0 đến 1, dấu chấm thập phân, ví dụ 0.715")
    return Decimal(text)
