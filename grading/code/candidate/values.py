"""Values as exact-type JSON: what crosses between candidate and judge is data, never code.

A value is encoded only when its type is exactly one of those known here; anything else is
given to ``other``, which decides what stands for it. Plain JSON values stand for themselves;
the rest are objects ``{"t": tag, …}``. Whoever reads makes what its own tables hold: no name
that came over is imported, looked up in a module or given to anything that is made.
"""

from __future__ import annotations

import base64
import builtins
import collections
import sys
import types
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    Other = Callable[[Any], Any]

DEPTH = 60
_SMALL_INTEGER = 1 << 53
# Types that may stand as values themselves, by the only names they go by.
TYPES: dict[str, type] = {
    **{name: kind for name, kind in vars(builtins).items() if type(kind) is type},
    "Counter": collections.Counter,
    "Decimal": Decimal,
    "Fraction": Fraction,
    "OrderedDict": collections.OrderedDict,
    "date": date,
    "datetime": datetime,
    "defaultdict": collections.defaultdict,
    "deque": collections.deque,
    "time": time,
    "timedelta": timedelta,
}


class UnknownValueError(ValueError):
    """A received value is not one this module writes."""


class NamedRow(tuple[Any, ...]):  # noqa: SLOT001 - its fields are each row's own
    """A named tuple of the other side's: this one class for all of them, names as data."""

    _fields: tuple[str, ...]
    _title: str

    @classmethod
    def of(cls, title: str, fields: tuple[str, ...], values: list[Any]) -> NamedRow:
        """A row of ``values`` under ``fields``; raises ValueError when they do not match."""
        if len(fields) != len(values) or not all(type(text) is str for text in (title, *fields)):
            raise ValueError(title)
        row = cls(values)
        row._fields, row._title = fields, title
        return row

    def __getattr__(self, name: str) -> Any:
        fields = self.__dict__.get("_fields", ())
        if name not in fields:
            raise AttributeError(name)
        return self[fields.index(name)]

    def __repr__(self) -> str:
        parts = (f"{name}={value!r}" for name, value in zip(self._fields, self, strict=True))
        return f"{self._title}({', '.join(parts)})"

    def _asdict(self) -> dict[str, Any]:
        return dict(zip(self._fields, self, strict=True))


def encode(value: Any, other: Other, depth: int = 0) -> Any:
    """JSON data for ``value``; what has no exact form is whatever ``other`` returns for it."""
    kind = type(value)
    if value is None or kind is bool or kind is str or kind is float:
        return value
    if kind is int:
        return value if -_SMALL_INTEGER < value < _SMALL_INTEGER else _tag("int", hex(value))
    if depth > DEPTH:
        return other(value)
    writer = _WRITERS.get(kind) or _library_writer(kind) or _named_tuple_writer(kind)
    return writer(value, other, depth + 1) if writer else other(value)


def decode(data: Any, other: Other) -> Any:
    """The value; tags not known here are given to ``other``.

    Raises:
        UnknownValueError: when the data is malformed.
    """
    if isinstance(data, list):
        return [decode(item, other) for item in data]
    if not isinstance(data, dict):
        return data
    try:
        reader = _READERS.get(data["t"]) or _library_reader(data["t"])
        return reader(data["v"], other) if reader else other(data)
    except MALFORMED as error:
        if isinstance(error, UnknownValueError):
            raise
        raise UnknownValueError(str(error)) from None


def is_data(form: Any) -> bool:
    """Whether what was encoded is data of Python's own through and through."""
    if isinstance(form, list):
        return all(map(is_data, form))
    return not isinstance(form, dict) or (form["t"] in _READERS and is_data(form["v"]))


MALFORMED = (KeyError, TypeError, ValueError, IndexError, OverflowError, AttributeError,
             RecursionError, ArithmeticError)  # fmt: skip


def _tag(name: str, value: Any) -> dict[str, Any]:
    return {"t": name, "v": value}


def _write_items(name: str) -> Callable[[Any, Other, int], Any]:
    def write(value: Any, other: Other, depth: int) -> Any:
        return _tag(name, [encode(item, other, depth) for item in value])

    return write


def _write_sorted(name: str) -> Callable[[Any, Other, int], Any]:
    """Equal sets have one form, in whatever order their items lie."""

    def write(value: Any, other: Other, depth: int) -> Any:
        return _tag(name, sorted((encode(item, other, depth) for item in value), key=repr))

    return write


def _write_list(value: Any, other: Other, depth: int) -> Any:
    return [encode(item, other, depth) for item in value]


def _write_pairs(name: str) -> Callable[[Any, Other, int], Any]:
    def write(value: Any, other: Other, depth: int) -> Any:
        pairs = dict.items(value)
        return _tag(name, [[encode(k, other, depth), encode(v, other, depth)] for k, v in pairs])

    return write


def _write_text(name: str, text: Callable[[Any], str]) -> Callable[[Any, Other, int], Any]:
    return lambda value, _other, _depth: _tag(name, text(value))


def _write_type(value: type, other: Other, _depth: int) -> Any:
    for prefix, known in (("", TYPES), *_library_types()):
        if known.get(value.__name__) is value:
            return _tag("type", prefix + value.__name__)
    return other(value)


def _library_types() -> tuple[tuple[str, dict[str, type]], ...]:
    arrays = _arrays() if "numpy" in sys.modules and "pandas" in sys.modules else None
    return (("np.", arrays.NUMPY_TYPES), ("pd.", arrays.PANDAS_TYPES)) if arrays else ()


def _write_datetime(value: datetime, other: Other, _depth: int) -> Any:
    fixed = value.tzinfo is None or type(value.tzinfo) is timezone
    return _tag("datetime", value.isoformat()) if fixed else other(value)


def _write_timedelta(value: timedelta, _other: Other, _depth: int) -> Any:
    return _tag("timedelta", [value.days, value.seconds, value.microseconds])


def _base64(value: Any) -> str:
    return base64.b64encode(value).decode()


_WRITERS: dict[type, Callable[[Any, Other, int], Any]] = {
    list: _write_list,
    tuple: _write_items("tuple"),
    set: _write_sorted("set"),
    frozenset: _write_sorted("frozenset"),
    collections.deque: _write_items("deque"),
    dict: _write_pairs("dict"),
    collections.OrderedDict: _write_pairs("ordered"),
    collections.Counter: _write_pairs("counter"),
    collections.defaultdict: _write_pairs("defaultdict"),
    complex: lambda value, _other, _depth: _tag("complex", [value.real, value.imag]),
    bytes: _write_text("bytes", _base64),
    bytearray: _write_text("bytearray", _base64),
    range: lambda value, _o, _d: _tag(
        "range", [hex(v) for v in (value.start, value.stop, value.step)]
    ),
    slice: lambda value, o, d: _tag(
        "slice", _write_list([value.start, value.stop, value.step], o, d)
    ),
    Decimal: _write_text("decimal", str),
    Fraction: _write_text("fraction", lambda v: f"{hex(v.numerator)} {hex(v.denominator)}"),
    datetime: _write_datetime,
    date: _write_text("date", date.isoformat),
    time: lambda v, o, _d: _tag("time", v.isoformat()) if v.tzinfo is None else o(v),
    timedelta: _write_timedelta,
    type: _write_type,
    type(...): lambda _value, _other, _depth: _tag("ellipsis", None),
}


def _library_writer(kind: type) -> Callable[[Any, Other, int], Any] | None:
    """A writer for numpy's and pandas' types, only in a process that has imported them."""
    if "numpy" not in sys.modules or kind.__module__.partition(".")[0] not in ("numpy", "pandas"):
        return None
    writer: Callable[[Any, Other, int], Any] | None = _arrays().writer(kind)
    return writer


def _named_tuple_writer(kind: type) -> Callable[[Any, Other, int], Any] | None:
    fields = kind.__dict__.get("_fields") if kind.__bases__ == (tuple,) else None
    if type(fields) is not tuple:
        return None

    def write(value: Any, other: Other, depth: int) -> Any:
        values = [encode(item, other, depth) for item in tuple.__iter__(value)]
        return _tag("namedtuple", [kind.__name__, list(fields), values])

    return write


def _many(build: Callable[[list[Any]], Any]) -> Callable[[Any, Other], Any]:
    return lambda value, other: build([decode(item, other) for item in value])


def _pairs(build: Callable[[Any], Any]) -> Callable[[Any, Other], Any]:
    return lambda value, other: build([(decode(k, other), decode(v, other)) for k, v in value])


def _read_type(value: Any, _other: Other) -> Any:
    return {**TYPES, **_prefixed(_library_types())}[value]


def _prefixed(tables: tuple[tuple[str, dict[str, type]], ...]) -> dict[str, type]:
    return {prefix + name: kind for prefix, table in tables for name, kind in table.items()}


def _read_named_tuple(value: Any, other: Other) -> Any:
    name, fields, values = value
    return NamedRow.of(name, tuple(fields), [decode(v, other) for v in values])


def _read_fraction(value: Any, _other: Other) -> Fraction:
    numerator, denominator = value.split()
    return Fraction(int(numerator, 16), int(denominator, 16))


_READERS: dict[str, Callable[[Any, Other], Any]] = {
    "int": lambda value, _other: int(value, 16),
    "tuple": _many(tuple),
    "set": _many(set),
    "frozenset": _many(frozenset),
    "deque": _many(collections.deque),
    "dict": _pairs(dict),
    "ordered": _pairs(collections.OrderedDict),
    "counter": _pairs(lambda pairs: collections.Counter(dict(pairs))),
    "defaultdict": _pairs(lambda pairs: collections.defaultdict(None, pairs)),
    "complex": lambda value, _other: complex(*value),
    "bytes": lambda value, _other: base64.b64decode(value),
    "bytearray": lambda value, _other: bytearray(base64.b64decode(value)),
    "range": lambda value, _other: range(*[int(v, 16) for v in value]),
    "slice": lambda value, other: slice(*[decode(v, other) for v in value]),
    "decimal": lambda value, _other: Decimal(value),
    "fraction": _read_fraction,
    "datetime": lambda value, _other: datetime.fromisoformat(value),
    "date": lambda value, _other: date.fromisoformat(value),
    "time": lambda value, _other: time.fromisoformat(value),
    "timedelta": lambda value, _other: timedelta(*value),
    "type": _read_type,
    "namedtuple": _read_named_tuple,
    "ellipsis": lambda _value, _other: ...,
}


def _library_reader(tag: str) -> Callable[[Any, Other], Any] | None:
    if not isinstance(tag, str) or not tag.startswith(("np.", "pd.")):
        return None
    reader: Callable[[Any, Other], Any] | None = _arrays().READERS.get(tag)
    return reader


def _arrays() -> Any:
    """The module of that name, run when it is first wanted: where it is, it cannot be seen then."""
    name = "grading.code.candidate.arrays"
    if name not in sys.modules:
        sys.modules[name] = types.ModuleType(name)
        exec(_ARRAYS, vars(sys.modules[name]))  # noqa: S102 - our own module
    return sys.modules[name]


_ARRAYS = compile(Path(__file__).with_name("arrays.py").read_text(), "arrays.py", "exec")
