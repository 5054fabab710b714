"""What the tidy frames hold, column by column: the one place, for reading, checking and print.

Names and types are those of Frictionless Table Schema, so that other people's tools read them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from courses.foundation.errors import MeasurementError

if TYPE_CHECKING:
    import pandas as pd

# pandas' type for each type of Table Schema; all of them know a missing value.
DTYPES: Final = {
    "string": "string",
    "integer": "Int64",
    "number": "Float64",
    "boolean": "boolean",
    "date": "string",
}


@dataclass(frozen=True)
class Field:
    """A column: ``type`` of Table Schema; ``required`` says that no row may miss it."""

    name: str
    type: str
    title: str
    required: bool = True


@dataclass(frozen=True)
class Resource:
    """A frame: its columns in order and those that name a row."""

    name: str
    title: str
    key: tuple[str, ...]
    fields: tuple[Field, ...]

    @property
    def columns(self) -> list[str]:
        """Names of the columns, in order."""
        return [field.name for field in self.fields]


_PERSON = Field("person", "string", "Mã giả danh của một người, như nhau trong mọi bảng")
_SITTING = Field("sitting", "string", "Mã kỳ sát hạch")

PERSONS = Resource(
    "persons",
    "Người dự thi: mỗi người ở mỗi kỳ một dòng",
    ("person", "sitting"),
    (
        _PERSON,
        _SITTING,
        Field("attempt", "integer", "Lần thi thứ mấy của người này", required=False),
        Field("agency", "string", "Mã giả danh của cơ quan", required=False),
        Field("agency_type", "string", "Loại cơ quan", required=False),
        Field("province", "string", "Tỉnh, thành phố", required=False),
        Field("unit_model", "string", "Đơn vị CNTT là Cục hay mô hình khác", required=False),
    ),
)
ITEMS = Resource(
    "items",
    "Câu hỏi của mỗi đề: không có lời, không có đáp án",
    ("sitting", "form", "item"),
    (
        _SITTING,
        Field("form", "string", "Mã đề"),
        Field("item", "string", "Mã câu trong ngân hàng"),
        Field("competency", "string", "Mã năng lực"),
        Field("depth", "string", "Mức độ nhận thức"),
        Field("kind", "string", "Loại câu"),
        Field("points", "number", "Điểm tối đa"),
        Field("minutes", "number", "Số phút dự kiến"),
        Field("anchor", "boolean", "Là câu neo giữa các đề"),
        Field("marked_by_people", "boolean", "Do giám khảo chấm theo thang chấm"),
    ),
)
SCORES = Resource(
    "scores",
    "Điểm từng câu: mỗi người, mỗi câu được phát một dòng",
    ("person", "sitting", "item"),
    (
        _PERSON,
        _SITTING,
        Field("form", "string", "Mã đề"),
        Field("item", "string", "Mã câu trong ngân hàng"),
        Field("score", "number", "Điểm đạt; trống khi chưa chấm xong", required=False),
        Field("max_score", "number", "Điểm tối đa"),
        Field("pending", "boolean", "Còn chờ người chấm"),
    ),
)
AREAS = Resource(
    "areas",
    "Kết quả từng phần thi theo quyết định có hiệu lực",
    ("person", "sitting", "area"),
    (
        _PERSON,
        _SITTING,
        Field("area", "string", "Mã phần thi"),
        Field("outcome", "string", "passed, failed, kept (giữ từ kỳ trước), missing …"),
        Field("share", "number", "Tỷ lệ điểm, 0 đến 1; trống khi không thi", required=False),
        Field("cut", "number", "Điểm chuẩn, cùng thang"),
        Field("sem", "number", "Sai số chuẩn của phép đo, cùng thang"),
    ),
)
DECISIONS = Resource(
    "decisions",
    "Quyết định có hiệu lực: mỗi người ở mỗi kỳ một dòng",
    ("person", "sitting"),
    (
        _PERSON,
        _SITTING,
        Field("status", "string", "PASS, FAIL, REVIEW, INCOMPLETE hoặc INVALID"),
        Field("policy", "string", "Mã chính sách đã áp dụng"),
        Field("revision", "integer", "Lần quyết định thứ mấy"),
    ),
)
RESOURCES = (PERSONS, ITEMS, SCORES, AREAS, DECISIONS)


def tidy(frame: pd.DataFrame, resource: Resource) -> pd.DataFrame:
    """``frame`` with exactly the columns and types of ``resource``, ordered by its key.

    Raises:
        MeasurementError: naming frame and column when one is missing or empty where it must not
            be, or when two rows have one key.
    """
    where = f"bảng {resource.name}"
    missing = [name for name in resource.columns if name not in frame]
    if missing:
        raise MeasurementError(f"{where}: thiếu cột {', '.join(missing)}")
    types = {field.name: DTYPES[field.type] for field in resource.fields}
    made = frame[resource.columns].astype(types).sort_values(list(resource.key))
    for field in resource.fields:
        if field.required and made[field.name].isna().any():
            raise MeasurementError(f"{where}: cột {field.name} có ô trống")
    if made.duplicated(list(resource.key)).any():
        raise MeasurementError(f"{where}: hai dòng trùng khoá {', '.join(resource.key)}")
    return made.reset_index(drop=True)
