"""Strict reading of content: TOML files and Markdown files with YAML front matter.

Every file becomes a pydantic model that refuses unknown keys; an error names file and key.
"""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from courses.foundation.errors import ContentError

if TYPE_CHECKING:
    from pathlib import Path


class Content(BaseModel):
    """Base of every model read from a content file: frozen, and strict about keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


# The C loader reads the same YAML several times faster; it is not in every build of PyYAML.
_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

ModelT = TypeVar("ModelT", bound=BaseModel)

# pydantic's own messages are English and for programmers; these are the ones authors meet.
_MESSAGES = {
    "missing": "thiếu khoá này",
    "extra_forbidden": "khoá không được biết; xem lại chính tả hoặc bỏ đi",
    "enum": "giá trị không thuộc danh mục",
    "literal_error": "giá trị không thuộc danh mục",
    "union_tag_invalid": "kind không thuộc danh mục",
    "union_tag_not_found": "thiếu khoá kind",
    "string_too_short": "không được để trống",
    "string_type": "phải là văn bản; đặt trong ngoặc kép",
    "string_pattern_mismatch": "không đúng mẫu đã định",
    "too_short": "quá ít mục",
    "too_long": "quá nhiều mục",
    "tuple_type": "phải là danh sách",
    "dict_type": "phải là các cặp khoá: giá trị",
    "model_type": "phải là các cặp khoá: giá trị",
    "model_attributes_type": "phải là các cặp khoá: giá trị",
    "int_type": "phải là số nguyên",
    "int_parsing": "phải là số nguyên",
    "int_from_float": "phải là số nguyên",
    "decimal_type": "phải là số",
    "decimal_parsing": "phải là số",
    "bool_type": "phải là true hoặc false",
    "bool_parsing": "phải là true hoặc false",
    "greater_than": "số quá nhỏ",
    "greater_than_equal": "số quá nhỏ",
    "less_than_equal": "số quá lớn",
    "date_from_datetime_parsing": "phải là ngày, dạng 2026-10-24",
    "datetime_from_date_parsing": "phải là thời điểm, dạng 2026-10-24T08:00:00+07:00",
    "timezone_aware": "thời điểm phải có múi giờ, ví dụ +07:00",
}


def validate(model: type[ModelT], data: Any, path: Path) -> ModelT:
    """Read ``data`` as ``model``.

    Raises:
        ContentError: naming ``path`` and the first wrong key.
    """
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise _explain(error, path) from None


def validate_json(model: type[ModelT], text: str, path: Path | str) -> ModelT:
    """Read JSON ``text`` found in ``path`` as ``model``; ContentError as ``validate``."""
    try:
        return model.model_validate_json(text)
    except ValidationError as error:
        raise _explain(error, path) from None


def _explain(error: ValidationError, path: Path | str) -> ContentError:
    first = error.errors()[0]
    key = ".".join(str(part) for part in first["loc"]) or None
    message = _MESSAGES.get(first["type"], first["msg"].removeprefix("Value error, "))
    return ContentError(message, path=path, key=key)


def read_text(path: Path) -> str:
    """Return the UTF-8 text of ``path``; ContentError when missing, no file or not UTF-8."""
    if path.exists() and not path.is_file():  # a pipe would be waited on for ever
        raise ContentError("không phải một tệp", path=path)
    try:
        return path.read_text(encoding="utf-8-sig")  # Windows editors put a mark first
    except FileNotFoundError:
        raise ContentError("không tìm thấy tệp", path=path) from None
    except UnicodeDecodeError:
        raise ContentError(
            "tệp không phải Unicode UTF-8; lưu lại dưới dạng UTF-8", path=path
        ) from None


def read_toml(path: Path, model: type[ModelT]) -> ModelT:
    """Read a TOML file as ``model``; ContentError names file and key."""
    return parse_toml(read_text(path), path, model)


def parse_toml(text: str, path: Path, model: type[ModelT]) -> ModelT:
    """Read TOML ``text`` found in ``path`` as ``model``; ContentError names file and key."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ContentError(f"không đúng cú pháp TOML: {error}", path=path) from None
    except RecursionError:
        raise ContentError("lồng quá nhiều lớp", path=path) from None
    return validate(model, data, path)


def read_yaml(text: str, path: Path, key: str | None = None) -> Any:
    """Parse YAML found in ``path``; ContentError names the file and ``key``."""
    try:
        return yaml.load(text, Loader=_LOADER)  # noqa: S506 - both loaders are the safe one
    except yaml.YAMLError as error:
        raise ContentError(f"không đúng cú pháp YAML: {error}", path=path, key=key) from None


def split_front_matter(text: str, path: Path) -> tuple[Any, str]:
    """Split a Markdown file into its YAML front matter and its body.

    Raises:
        ContentError: when the file does not open with a ``---`` block.
    """
    head, separator, rest = text.partition("---\n")
    front, end, body = rest.partition("\n---\n")
    if head.strip() or not separator or not end:
        raise ContentError("tệp phải mở đầu bằng phần khai báo giữa hai dòng ---", path=path)
    return read_yaml(front, path), body.strip()
