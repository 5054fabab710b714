"""What crosses between the processes: exact types, and nothing that could run."""

from __future__ import annotations

import json
from collections import Counter, OrderedDict, deque, namedtuple
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grading.code.candidate.values import UnknownValueError, decode, encode

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.complex_numbers(allow_nan=False)
    | st.text()
    | st.binary()
    | st.decimals(allow_nan=False)
    | st.fractions()
    | st.dates()
    | st.datetimes()
    | st.timedeltas()
)
KEYS = st.integers() | st.text() | st.booleans() | st.none()
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner)
        | st.lists(inner).map(tuple)
        | st.dictionaries(KEYS, inner)
        | st.sets(KEYS)
        | st.frozensets(KEYS)
    ),
    max_leaves=12,
)


def refuse(_value):
    raise AssertionError("nothing here should need a reference")


def there_and_back(value):
    return decode(json.loads(json.dumps(encode(value, refuse))), refuse)


def same(left, right):
    if type(left) is not type(right):
        return False
    if isinstance(left, list | tuple):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, dict):
        return left.keys() == right.keys() and all(same(left[k], right[k]) for k in left)
    return left == right


@given(VALUES)
def test_plain_data_arrives_equal_and_of_the_same_types(value):
    assert same(there_and_back(value), value)


Point = namedtuple("Point", "x y")  # noqa: PYI024 - the kind that candidates write


@pytest.mark.parametrize(
    "value",
    [
        OrderedDict(a=1), Counter("abca"), deque([1, 2]), Decimal("1.50"), Fraction(1, 3),
        date(2026, 1, 1), datetime.fromisoformat("2026-01-01T08:00"),
        timedelta(days=1), range(0, 10, 3), ...,
        int, ValueError, np.float64, 10**400, float("inf"),
    ],
)  # fmt: skip
def test_types_of_the_standard_library_arrive_exact(value):
    other = there_and_back(value)
    assert type(other) is type(value)
    assert other == value


def test_a_named_tuple_arrives_as_one_of_the_same_fields():
    assert there_and_back(Point(1, [2]))._asdict() == {"x": 1, "y": [2]}


@pytest.mark.parametrize(
    "array",
    [
        np.arange(6).reshape(2, 3), np.array([1.5, np.nan]), np.array(["a", "bc"]),
        np.array([True, False]), np.array([1 + 2j]), np.array(["2026-01-01"], dtype="M8[D]"),
        np.array([[1, "a"], [None, 2.5]], dtype=object), np.zeros((0, 3)), np.array(5),
        np.asfortranarray(np.arange(6.0).reshape(2, 3)),
    ],
)  # fmt: skip
def test_arrays_arrive_with_dtype_and_shape(array):
    other = there_and_back(array)
    assert other.dtype == array.dtype
    np.testing.assert_array_equal(other, array)


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame({"a": [1, 2], "b": ["x", None]}),
        pd.DataFrame({"a": [1.5]}, index=pd.Index(["r"], name="k")),
        pd.DataFrame({"t": pd.to_datetime(["2026-01-01", None])}),
        pd.DataFrame({"c": pd.Categorical(["a", "b"], categories=["b", "a"], ordered=True)}),
        pd.DataFrame({"n": pd.array([1, None], dtype="Int64")}),
        pd.DataFrame([[1, 2]], columns=pd.MultiIndex.from_tuples([("a", 1), ("a", 2)])),
        pd.DataFrame({"a": [1]}, index=pd.date_range("2026-01-01", periods=1, freq="D")),
        pd.DataFrame(),
    ],
)
def test_frames_arrive_as_pandas_own_comparison_wants_them(frame):
    pd.testing.assert_frame_equal(there_and_back(frame), frame)


def test_series_arrive_with_name_and_index():
    series = pd.Series([1, 2], index=["a", "b"], name="s")
    pd.testing.assert_series_equal(there_and_back(series), series)


class Sly(int):
    """Equals everything."""

    def __eq__(self, other):
        return True

    __hash__ = int.__hash__


@pytest.mark.parametrize(
    "value", [Sly(3), type("L", (list,), {})(), type("S", (str,), {})("a"), object(), len]
)
def test_a_subclass_or_a_foreign_object_never_passes_for_data(value):
    assert encode(value, lambda _other: "tham chiếu") == "tham chiếu"


@pytest.mark.parametrize(
    "data",
    [
        {"t": "int", "v": "z"}, {"t": "np.array", "v": ["|O", [1], "AAAA"]},
        {"t": "np.array", "v": ["<f8", [10**9], "AAAA"]}, {"t": "dict", "v": [[[], 1]]},
        {"t": "type", "v": ["os", "system"]}, {"t": "pd.frame", "v": []}, {"v": 1},
        {"t": "pd.items", "v": ["object; import os", [1]]}, {"t": ["x"], "v": 1},
    ],
)  # fmt: skip
def test_malformed_data_is_refused(data):
    with pytest.raises(UnknownValueError):
        decode(data, refuse)
