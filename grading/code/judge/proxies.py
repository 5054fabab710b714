"""The candidate's objects as the judge sees them: every use is a question to the other process.

What the judge owns never goes over, except as an argument of a call: an expected value is never
compared there. So an object of the candidate's own making equals no data at all, whatever its
``__eq__`` says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from grading.code.judge.errors import OpaqueError

if TYPE_CHECKING:
    from collections.abc import Callable

    from grading.code.judge.link import Link


def _opaque(*_values: Any) -> NoReturn:
    raise OpaqueError("giá trị trả về không phải dữ liệu thường, nên không so sánh được")


KINDS = ("module", "class", "exception", "callable", "object")


class Proxy:
    """An object that lives in the candidate's process, while one test is judged."""

    __slots__ = ("_kind", "_link", "_made", "_number", "_test")

    def __init__(self, link: Link, number: int, kind: str) -> None:
        object.__setattr__(self, "_link", link)
        object.__setattr__(self, "_number", number)
        object.__setattr__(self, "_kind", kind)
        object.__setattr__(self, "_test", link.test)
        object.__setattr__(self, "_made", False)  # whether the test itself made it, of a class

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call it over there."""
        return self._link.call(self, args, kwargs)

    def __getattribute__(self, name: str) -> Any:
        if name in ("__doc__", "__module__"):  # which every class has, this one too
            return object.__getattribute__(self, "_link").ask("getattr", self, name)
        return object.__getattribute__(self, name)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name not in _SEEN:
            raise AttributeError(name)
        if name in _COMPARING and not self._made:
            _opaque()
        return self._link.ask("getattr", self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        self._link.ask("setattr", self, name, value)

    def __delattr__(self, name: str) -> None:
        self._link.ask("delattr", self, name)

    def __getitem__(self, key: Any) -> Any:
        return self._link.ask("getitem", self, key)

    def __setitem__(self, key: Any, value: Any) -> None:
        self._link.ask("setitem", self, key, value)

    def __delitem__(self, key: Any) -> None:
        self._link.ask("delitem", self, key)

    def __contains__(self, item: Any) -> bool:
        if not self._made and not isinstance(item, Proxy):
            _opaque()
        return self._link.ask("contains", self, item) is True

    def __iter__(self) -> Any:
        return _iterate(self._link, self._link.ask("iter", self))

    def __next__(self) -> Any:
        return self._link.ask("next", self)

    def __len__(self) -> int:
        return _exactly(int, self._link.ask("len", self))

    def __bool__(self) -> bool:
        return self._link.ask("bool", self) is True

    def __str__(self) -> str:
        return _exactly(str, self._link.ask("str", self))

    def __repr__(self) -> str:
        return _exactly(str, self._link.ask("repr", self))

    def __format__(self, form: str) -> str:
        return _exactly(str, self._link.ask("format", self, form))

    def __hash__(self) -> int:
        return _exactly(int, self._link.ask("hash", self))

    def __int__(self) -> int:
        return _exactly(int, self._link.ask("int", self))

    def __float__(self) -> float:
        return _exactly(float, self._link.ask("float", self))

    def __dir__(self) -> list[str]:
        return [str(name) for name in self._link.ask("dir", self)]

    def __enter__(self) -> Any:
        return self._link.ask("enter", self)

    def __exit__(self, *_error: object) -> None:
        self._link.ask("exit", self)


# Methods that would take an expected value over: only a test of that very class may use them.
_COMPARING = frozenset(
    (
        "equals",
        "eq",
        "ne",
        "compare",
        "isin",
        "issubset",
        "issuperset",
        "isdisjoint",
        "startswith",
        "endswith",
        "count",
        "index",
        "find",
        "isclose",
        "allclose",
        "is_equal",
        "almost_equals",
        "identical",
        "symmetric_difference",
        "difference",
    )
)
_SEEN = ("__name__", "__doc__", "__dict__", "__class__", "__annotations__", "__wrapped__")


def is_class(value: Any) -> bool:
    """Whether this is a class of the candidate's."""
    return isinstance(value, Proxy) and object.__getattribute__(value, "_kind") == "class"


def _exactly(kind: type, value: Any) -> Any:
    return value if type(value) is kind else _opaque()


def _iterate(link: Link, iterator: Any) -> Any:
    if not isinstance(iterator, Proxy):
        yield from iterator
        return
    while True:
        try:
            item = link.ask("next", iterator)
        except StopIteration:
            return
        yield item


def _binary(name: str) -> Callable[[Proxy, Any], Any]:
    def operate(left: Proxy, right: Any) -> Any:
        if not isinstance(right, Proxy):
            _opaque()  # the judge's own value, which may be the expected one, stays here
        return object.__getattribute__(left, "_link").ask(name, left, right)

    return operate


def _unary(name: str) -> Callable[[Proxy], Any]:
    return lambda value: object.__getattribute__(value, "_link").ask(name, value)


for _special, _operation in (
    ("eq", "eq"), ("ne", "ne"), ("lt", "lt"), ("le", "le"), ("gt", "gt"), ("ge", "ge"),
    ("add", "add"), ("sub", "sub"), ("mul", "mul"), ("truediv", "truediv"),
    ("floordiv", "floordiv"), ("mod", "mod"), ("pow", "pow"), ("matmul", "matmul"),
    ("and", "and_"), ("or", "or_"), ("xor", "xor"),
):  # fmt: skip
    setattr(Proxy, f"__{_special}__", _binary(_operation))
for _special in ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul", "and", "or"):
    setattr(Proxy, f"__r{_special}__", _opaque)
for _special in ("neg", "pos", "abs", "invert"):
    setattr(Proxy, f"__{_special}__", _unary(_special))
