"""numpy's and pandas' data as exact-type JSON; imported only where those libraries are."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from grading.code.candidate.values import UnknownValueError, decode, encode

if TYPE_CHECKING:
    from collections.abc import Callable

    from grading.code.candidate.values import Other

_PLAIN = "biufcMmSU"
_NUMPY: list[type] = [np.ndarray, *(np.dtype(code).type for code in "?bBhHiIlLqQefdgFDGSUMm")]
NUMPY_TYPES: dict[str, type] = {kind.__name__: kind for kind in _NUMPY}
PANDAS_TYPES: dict[str, type] = {
    kind.__name__: kind
    for kind in (
        *(pd.DataFrame, pd.Series, pd.Index, pd.RangeIndex, pd.MultiIndex, pd.DatetimeIndex),
        *(pd.Timestamp, pd.Timedelta, pd.Categorical),
    )
}
_WHOLE = [f"{sign}{bits}" for sign in ("Int", "UInt") for bits in (8, 16, 32, 64)]
# pandas' own dtypes and frequencies that come back as they went, by their only names.
_OWN_DTYPES: dict[str, Any] = {
    name: pd.api.types.pandas_dtype(name)
    for name in (*_WHOLE, "Float32", "Float64", "boolean", "string", "str", "datetime64[ns, UTC]")
}
_FREQUENCIES = frozenset(
    ("D", "B", "h", "min", "s", "ms", "us", "ns", "ME", "MS", "YE-DEC", "YS-JAN", "QE-DEC",
     "QS-JAN", *(f"W-{day}" for day in ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")))
)  # fmt: skip
_DTYPE = re.compile(r"[<>|=]?[biufcMmSU]\d*(\[[0-9]*[A-Za-zμ]+\])?")


def writer(kind: type) -> Callable[[Any, Other, int], Any] | None:
    """How a value of exactly this type is written; None when it has no exact form."""
    if issubclass(kind, np.generic) and kind.__module__ == "numpy":
        return _write_scalar
    found = _WRITERS.get(kind)
    return _whole(found) if found else None


class _NoFormError(Exception):
    """A part has no exact form."""


def _refuse(_part: Any) -> Any:
    raise _NoFormError


def _whole(write: Callable[[Any, Other, int], Any]) -> Callable[[Any, Other, int], Any]:
    """A frame goes over as data, or as one object: never as data with objects in it."""

    def written(value: Any, other: Other, depth: int) -> Any:
        try:
            return write(value, _refuse, depth)
        except _NoFormError:
            return other(value)

    return written


def _write_scalar(value: Any, other: Other, _depth: int) -> Any:
    if value.dtype.kind not in _PLAIN:
        return other(value)
    return {"t": "np.scalar", "v": [value.dtype.str, base64.b64encode(value.tobytes()).decode()]}


def _write_array(value: Any, other: Other, depth: int) -> Any:
    dtype = value.dtype
    if dtype.kind in _PLAIN:
        data = base64.b64encode(np.ascontiguousarray(value).tobytes()).decode()
        return {"t": "np.array", "v": [dtype.str, list(value.shape), data]}
    if dtype.kind == "O":
        items = [encode(item, other, depth) for item in value.ravel().tolist()]
        return {"t": "np.objects", "v": [list(value.shape), items]}
    return other(value)


def _write_column(value: Any, other: Other, depth: int) -> Any:
    """The data of a Series or an Index: numpy's as an array, pandas' own by dtype and items."""
    dtype = value.dtype
    if isinstance(dtype, np.dtype):
        return _write_array(value.to_numpy(), other, depth)
    if isinstance(dtype, pd.CategoricalDtype):
        categories = _write_column(dtype.categories, other, depth)
        codes = [int(code) for code in pd.Categorical(value).codes]
        return {"t": "pd.categories", "v": [codes, categories, bool(dtype.ordered)]}
    if _OWN_DTYPES.get(str(dtype)) != dtype:
        return other(value)
    items = [encode(item, other, depth) for item in value.tolist()]
    return {"t": "pd.items", "v": [str(dtype), items]}


def _write_index(value: Any, other: Other, depth: int) -> Any:
    name = encode(value.name, other, depth)
    if type(value) is pd.RangeIndex:
        return {"t": "pd.range", "v": [value.start, value.stop, value.step, name]}
    if type(value) is pd.MultiIndex:
        names = [encode(n, other, depth) for n in value.names]
        return {"t": "pd.multi", "v": [[encode(t, other, depth) for t in value.tolist()], names]}
    freq = getattr(value, "freqstr", None)
    if freq is not None and freq not in _FREQUENCIES:
        return other(value)
    return {"t": "pd.index", "v": [_write_column(value, other, depth), name, freq]}


def _write_series(value: Any, other: Other, depth: int) -> Any:
    index, name = _write_index(value.index, other, depth), encode(value.name, other, depth)
    return {"t": "pd.series", "v": [_write_column(value, other, depth), index, name]}


def _write_frame(value: Any, other: Other, depth: int) -> Any:
    columns = [
        _write_column(value.iloc[:, number], other, depth) for number in range(value.shape[1])
    ]
    axes = [_write_index(axis, other, depth) for axis in (value.index, value.columns)]
    return {"t": "pd.frame", "v": [columns, *axes]}


def _write_timestamp(value: Any, other: Other, _depth: int) -> Any:
    zone = None if value.tzinfo is None else str(value.tzinfo)
    if zone not in _ZONES:
        return other(value)
    return {"t": "pd.timestamp", "v": [value.value, zone, value.unit]}


_ZONES = (None, "UTC")
_UNITS = ("s", "ms", "us", "ns")


_WRITERS: dict[type, Callable[[Any, Other, int], Any]] = {
    np.ndarray: _write_array,
    pd.Series: _write_series,
    pd.DataFrame: _write_frame,
    pd.Index: _write_index,
    pd.RangeIndex: _write_index,
    pd.MultiIndex: _write_index,
    pd.DatetimeIndex: _write_index,
    pd.Timestamp: _write_timestamp,
    pd.Timedelta: lambda value, _o, _d: {"t": "pd.timedelta", "v": [value.value, value.unit]},
    type(pd.NaT): lambda _v, _o, _d: {"t": "pd.nat", "v": None},
    type(pd.NA): lambda _v, _o, _d: {"t": "pd.na", "v": None},
}


def _dtype(text: str) -> np.dtype[Any]:
    if not _DTYPE.fullmatch(text):
        raise UnknownValueError(text)
    return np.dtype(text)


def _read_scalar(value: Any, _other: Other) -> Any:
    dtype, data = value
    return np.frombuffer(base64.b64decode(data), dtype=_dtype(dtype))[0]


def _read_array(value: Any, _other: Other) -> Any:
    dtype, shape, data = value
    flat = np.frombuffer(base64.b64decode(data), dtype=_dtype(dtype))
    return flat.reshape(shape).copy()


def _read_objects(value: Any, other: Other) -> Any:
    shape, items = value
    flat = np.empty(len(items), dtype=object)
    for number, item in enumerate(items):
        flat[number] = decode(item, other)
    return flat.reshape(shape)


def _read_categories(value: Any, other: Other) -> Any:
    codes, categories, ordered = value
    return pd.Categorical.from_codes(codes, categories=decode(categories, other), ordered=ordered)


def _read_items(value: Any, other: Other) -> Any:
    dtype, items = value
    return pd.array([decode(item, other) for item in items], dtype=_OWN_DTYPES[dtype])


def _read_index(value: Any, other: Other) -> Any:
    data, name, freq = value
    index = pd.Index(decode(data, other), name=decode(name, other))
    if freq is not None:
        if freq not in _FREQUENCIES:
            raise UnknownValueError(str(freq))
        index.freq = freq  # only indexes of dates come with one
    return index


def _read_range(value: Any, other: Other) -> Any:
    start, stop, step, name = value
    return pd.RangeIndex(start, stop, step, name=decode(name, other))


def _read_multi(value: Any, other: Other) -> Any:
    items, names = value
    names = [decode(name, other) for name in names]
    return pd.MultiIndex.from_tuples([decode(item, other) for item in items], names=names)


def _read_series(value: Any, other: Other) -> Any:
    data, index, name = (decode(part, other) for part in value)
    return pd.Series(data, index=index, name=name)


def _read_frame(value: Any, other: Other) -> Any:
    columns, index, names = value
    rows = decode(index, other)
    data = {number: decode(column, other) for number, column in enumerate(columns)}
    frame = pd.DataFrame(data, index=rows)
    frame.columns = decode(names, other)
    return frame


def _read_timestamp(value: Any, _other: Other) -> Any:
    nanoseconds, zone, unit = value
    if zone not in _ZONES or unit not in _UNITS:
        raise UnknownValueError(str(value))
    return pd.Timestamp(nanoseconds, tz=zone).as_unit(unit)


READERS: dict[str, Callable[[Any, Other], Any]] = {
    "np.scalar": _read_scalar,
    "np.array": _read_array,
    "np.objects": _read_objects,
    "pd.categories": _read_categories,
    "pd.items": _read_items,
    "pd.index": _read_index,
    "pd.range": _read_range,
    "pd.multi": _read_multi,
    "pd.series": _read_series,
    "pd.frame": _read_frame,
    "pd.timestamp": _read_timestamp,
    "pd.timedelta": lambda value, _other: pd.Timedelta(value[0]).as_unit(value[1]),
    "pd.nat": lambda _value, _other: pd.NaT,
    "pd.na": lambda _value, _other: pd.NA,
}
