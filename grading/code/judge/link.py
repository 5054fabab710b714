"""The judge's end of the conversation with one candidate's process."""

from __future__ import annotations

import builtins
import importlib
import sys
import types
from typing import TYPE_CHECKING, Any

from grading.code.candidate.channel import ChannelError
from grading.code.candidate.values import UnknownValueError, decode, encode
from grading.code.judge.errors import CandidateGoneError, UnsplittableError
from grading.code.judge.proxies import Proxy, is_class

if TYPE_CHECKING:
    from collections.abc import Callable

    from grading.code.candidate.channel import Channel

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
        if isinstance(value, Proxy) and is_class(function):
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
        kind = self._exception_class(error["class"]) if error["class"] else None
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
