"""The candidate's objects as the judge sees them: every use is a question to the other process.

What the judge owns never goes over, except as an argument of a call: an expected value is never
compared there. So an object of the candidate's own making equals no data at all, whatever its
``__eq__`` says.
"""

from __future__ import annotations

import builtins
import importlib
import sys
import types
from typing import TYPE_CHECKING, Any, NoReturn

from grading.engine.candidate.channel import ChannelError
from grading.engine.candidate.values import UnknownValueError, decode, encode
from grading.engine.judge.errors import CandidateGoneError, OpaqueError, UnsplittableError

if TYPE_CHECKING:
    from collections.abc import Callable

    from grading.engine.candidate.channel import Channel

# Modules a candidate's name may stand for: the judge uses its own copy of them.
LIBRARIES = frozenset(sys.stdlib_module_names) | {"numpy", "pandas", "matplotlib", "scipy"}
_NAMED = ("builtins", "math", "operator", "numpy", "statistics")


class Link:
    """The judge's end of the conversation with one candidate's process."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._exceptions: dict[int, type[BaseException]] = {}
        self._functions: list[Callable[..., Any]] = []

    def ask(self, operation: str, *arguments: Any) -> Any:
        """Ask for an operation on values; the result, or the error it raised."""
        return self._exchange({"op": operation, "args": [self._encode(a) for a in arguments]})[0]

    def name(self, name: str) -> Any:
        """The value of a global name of the candidate's."""
        return self._exchange({"op": "name", "name": name})[0]

    def bind(self, name: str, value: Any) -> None:
        """Set a global name of the candidate's."""
        self._exchange({"op": "bind", "name": name, "value": self._encode(value)})

    def unbind(self, name: str) -> None:
        """Delete a global name of the candidate's."""
        self._exchange({"op": "unbind", "name": name})

    def call(self, function: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call, and bring what it did to mutable arguments back into the judge's own."""
        question = {
            "op": "call",
            "f": self._encode(function),
            "args": [self._encode(value) for value in args],
            "kwargs": {key: self._encode(value) for key, value in kwargs.items()},
        }
        value, changes = self._exchange(question)
        given = [*args, *kwargs.values()]
        for number, new in changes:
            _update(given[number], _received(self._decode, new))
        if isinstance(value, Proxy) and _is_class(function):
            object.__setattr__(value, "_made", True)
        return value

    def _exchange(self, question: dict[str, Any]) -> tuple[Any, Any]:
        reply = self._reply(question)
        if "e" in reply:
            raise _received(self._error, reply["e"])
        return _received(self._decode, reply.get("v")), reply.get("mut", ())

    def _reply(self, question: dict[str, Any]) -> dict[str, Any]:
        try:
            reply = self._channel.ask(question)
            while "cb" in reply:
                reply = self._channel.ask(self._called_back(reply))
            for name, text in reply.get("out", ()):
                (sys.stderr if name == "stderr" else sys.stdout).write(str(text))
        except (ChannelError, *_MALFORMED) as error:
            raise CandidateGoneError(str(error)) from None
        return dict(reply)

    def _called_back(self, request: dict[str, Any]) -> dict[str, Any]:
        try:
            args = [self._decode(value) for value in request["args"]]
            kwargs = {key: self._decode(value) for key, value in request["kwargs"].items()}
            return {"v": self._encode(self._functions[request["cb"]](*args, **kwargs))}
        except Exception as error:  # noqa: BLE001 - the candidate's code sees the test's error
            return {"e": {"name": type(error).__name__, "text": str(error)}}

    def _encode(self, value: Any) -> Any:
        return encode(value, self._refer)

    def _refer(self, value: Any) -> dict[str, Any]:
        if isinstance(value, Proxy):
            return {"t": "ref", "v": object.__getattribute__(value, "_number")}
        if isinstance(value, type) and "_number" in value.__dict__:
            return {"t": "ref", "v": value.__dict__["_number"]}
        module, name = getattr(value, "__module__", None), getattr(value, "__name__", None)
        if module in _NAMED and getattr(sys.modules.get(module), str(name), None) is value:
            return {"t": "named", "v": [module, name]}
        if module == "builtins" and getattr(builtins, str(name), None) is value:
            return {"t": "named", "v": ["builtins", name]}
        if isinstance(value, types.FunctionType | types.MethodType | types.BuiltinFunctionType):
            self._functions.append(value)
            return {"t": "judge", "v": len(self._functions) - 1}
        raise UnsplittableError(f"không chuyển được giá trị kiểu {type(value).__name__}")

    def _decode(self, data: Any) -> Any:
        return decode(data, self._resolve)

    def _resolve(self, data: dict[str, Any]) -> Any:
        if data["t"] != "ref":
            raise UnknownValueError(str(data["t"]))
        kind, name = data["kind"], str(data["name"])
        if kind == "module" and name.partition(".")[0] in LIBRARIES:
            return importlib.import_module(name)
        if kind == "exception":
            return self._exception_class(data)
        return Proxy(self, int(data["v"]), kind)

    def _exception_class(self, data: dict[str, Any]) -> type[BaseException]:
        """A stand-in for a candidate's exception class, so that ``except`` can name it."""
        number = int(data["v"])
        if number not in self._exceptions:
            known = _known_exception(data["bases"])
            own = getattr(builtins, str(data["name"]), None)
            self._exceptions[number] = (
                own if own is known else type(str(data["name"]), (known,), {"_number": number})
            )
        return self._exceptions[number]

    def _error(self, error: dict[str, Any]) -> BaseException:
        """The candidate's error as one the test can catch."""
        name, text = str(error["name"]), str(error["text"])
        kind = next((c for c in self._exceptions.values() if c.__name__ == name), None)
        module = str(error["module"])
        if kind is None and module.partition(".")[0] in LIBRARIES:
            found = getattr(sys.modules.get(module), name, None)
            kind = found if isinstance(found, type) and issubclass(found, BaseException) else None
        kind = kind or type(name, (_known_exception(error["bases"]),), {})
        return _make(kind, text)


_MALFORMED = (UnknownValueError, KeyError, TypeError, AttributeError, ValueError, IndexError)


def _received(read: Callable[[Any], Any], data: Any) -> Any:
    """What the candidate's process sent, read; it may have sent anything."""
    try:
        return read(data)
    except _MALFORMED as error:
        raise CandidateGoneError(str(error)) from None


def _make(kind: type[BaseException], text: str) -> BaseException:
    try:
        return kind(text)
    except Exception:  # noqa: BLE001 - some errors take other arguments
        return RuntimeError(text)


def _known_exception(names: list[str]) -> type[BaseException]:
    for name in names:
        kind = getattr(builtins, str(name), None)
        if isinstance(kind, type) and issubclass(kind, BaseException):
            return kind
    return Exception


def _update(target: Any, new: Any) -> None:
    """Make ``target`` equal ``new`` in place, as the call did to its own copy."""
    if isinstance(target, list | bytearray):
        target[:] = new
    elif isinstance(target, dict | set):
        target.clear()
        target.update(new)
    elif type(target).__name__ == "ndarray" and target.shape == new.shape:
        target[...] = new
    elif hasattr(target, "_update_inplace"):
        target._update_inplace(new)  # noqa: SLF001 - pandas offers no other way
    elif hasattr(target, "extend"):
        target.clear()
        target.extend(new)


def _opaque(*_values: Any) -> NoReturn:
    raise OpaqueError("giá trị trả về không phải dữ liệu thường, nên không so sánh được")


class Proxy:
    """An object that lives in the candidate's process."""

    __slots__ = ("_kind", "_link", "_made", "_number")

    def __init__(self, link: Link, number: int, kind: str) -> None:
        object.__setattr__(self, "_link", link)
        object.__setattr__(self, "_number", number)
        object.__setattr__(self, "_kind", kind)
        object.__setattr__(self, "_made", False)  # whether the test itself made it, of a class

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call it over there."""
        return self._link.call(self, args, kwargs)

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


def _is_class(value: Any) -> bool:
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
