"""Answers the judge's questions about the candidate's objects.

It runs in the candidate's process: nothing it says is trusted further than the candidate's own
return values would be.
"""

from __future__ import annotations

import builtins
import importlib
import operator
import types
from typing import TYPE_CHECKING, Any

from grading.code.candidate.values import decode, encode

if TYPE_CHECKING:
    from collections.abc import Callable

    from grading.code.candidate.channel import Channel
    from grading.code.candidate.shell import CellRunner

_MUTABLE = ("list", "dict", "set", "bytearray", "ndarray", "DataFrame", "Series", "deque")
_MOST_PLACES = 20


class Service:
    """Holds the objects the judge has been told of, by number."""

    def __init__(self, runner: CellRunner, channel: Channel) -> None:
        self._runner = runner
        self._names: dict[str, Any] = runner.shell.user_ns
        self._channel = channel
        self._objects: list[Any] = []
        self._numbers: dict[int, int] = {}

    def answer(self, question: dict[str, Any]) -> None:
        """Answer one question on the channel: a value or an error, and what was printed."""
        self._runner.begin(0)
        try:
            extra: dict[str, Any] = {}
            value = self._do(question, extra)
            reply = {"v": self._encode(value), **extra}
        except BaseException as error:  # noqa: BLE001 - candidates' code may raise anything
            reply = {"e": self._error(error)}
        outputs = self._runner.taken()
        streams = [[o["name"], o["text"]] for o in outputs if o["output_type"] == "stream"]
        self._channel.send({**reply, "out": streams})

    def _do(self, question: dict[str, Any], reply: dict[str, Any]) -> Any:
        name = question["op"]
        if name == "call":
            return self._call(question, reply)
        if name == "name":
            return self._names[question["name"]]
        if name == "bind":
            self._names[question["name"]] = self._decode(question["value"])
            return None
        if name == "unbind":
            del self._names[question["name"]]
            return None
        return _OPERATIONS[name](*[self._decode(item) for item in question["args"]])

    def _call(self, question: dict[str, Any], reply: dict[str, Any]) -> Any:
        """Call, and tell what became of the mutable arguments."""
        positional = [self._decode(item) for item in question["args"]]
        named = {key: self._decode(item) for key, item in question["kwargs"].items()}
        try:
            return self._decode(question["f"])(*positional, **named)
        finally:
            given = [*question["args"], *question["kwargs"].values()]
            changed = []
            for number, value in enumerate([*positional, *named.values()]):
                if type(value).__name__ in _MUTABLE and "ref" not in str(given[number])[:12]:
                    now = self._encode(value)
                    if now != given[number]:
                        changed.append([number, now])
            reply["mut"] = changed

    def _encode(self, value: Any) -> Any:
        return encode(value, self._refer)

    def _refer(self, value: Any) -> dict[str, Any]:
        number = self._numbers.get(id(value))
        if number is None:
            number = self._numbers[id(value)] = len(self._objects)
            self._objects.append(value)
        reference = {"t": "ref", "v": number, "kind": _kind(value), "name": _name(value)}
        if reference["kind"] == "exception":
            reference["bases"] = [base.__name__ for base in value.__mro__]
        return reference

    def _decode(self, data: Any) -> Any:
        return decode(data, self._resolve)

    def _resolve(self, data: dict[str, Any]) -> Any:
        if data["t"] == "ref":
            return self._objects[data["v"]]
        if data["t"] == "named":
            module, name = data["v"]
            return getattr(importlib.import_module(module), name)
        return self._callback(data["v"])

    def _callback(self, number: int) -> Callable[..., Any]:
        def call_judge(*args: Any, **kwargs: Any) -> Any:
            encoded = {key: self._encode(value) for key, value in kwargs.items()}
            arguments = [self._encode(value) for value in args]
            self._channel.send({"cb": number, "args": arguments, "kwargs": encoded})
            while True:
                reply, _ = self._channel.receive()
                if "op" not in reply:
                    break
                self.answer(reply)
            if "e" in reply:
                raise _exception(reply["e"])
            return self._decode(reply["v"])

        return call_judge

    def _error(self, error: BaseException) -> dict[str, Any]:
        try:
            text = str(error)
        except Exception:  # noqa: BLE001 - a candidate's exception may fail at anything
            text = ""
        return {
            "name": type(error).__name__,
            "module": type(error).__module__,
            "bases": [base.__name__ for base in type(error).__mro__],
            "class": self._own_class(type(error)),
            "text": text[:4000],
            "where": _where(error),
        }

    def _own_class(self, kind: type[BaseException]) -> dict[str, Any] | None:
        """A reference to an exception class that only this process has."""
        return self._refer(kind) if kind.__module__ == "__main__" else None


def _where(error: BaseException) -> list[list[Any]]:
    """Lines of the candidate's cells the error passed through: name and line number."""
    places: list[list[Any]] = []
    trace = error.__traceback__
    while trace is not None and len(places) < _MOST_PLACES:
        code = trace.tb_frame.f_code
        if "ipykernel" in code.co_filename or "ipython-input" in code.co_filename:
            places.append([code.co_name, trace.tb_lineno])
        trace = trace.tb_next
    return places


def _kind(value: Any) -> str:
    if isinstance(value, type):
        return "exception" if issubclass(value, BaseException) else "class"
    if isinstance(value, types.ModuleType):
        return "module"
    return "callable" if callable(value) else "object"


def _name(value: Any) -> str:
    name = getattr(value, "__name__", None)
    return name if isinstance(name, str) else type(value).__name__


def _exception(error: dict[str, Any]) -> BaseException:
    kind = getattr(builtins, error["name"], None)
    if isinstance(kind, type) and issubclass(kind, BaseException):
        return kind(error["text"])
    return RuntimeError(error["text"])


def _get_attribute(value: Any, name: str) -> Any:
    return getattr(value, name)


_OPERATIONS: dict[str, Callable[..., Any]] = {
    "getattr": _get_attribute,
    "setattr": setattr,
    "delattr": delattr,
    "getitem": operator.getitem,
    "setitem": operator.setitem,
    "delitem": operator.delitem,
    "iter": iter,
    "next": next,
    "len": len,
    "contains": operator.contains,
    "bool": bool,
    "str": str,
    "repr": repr,
    "hash": hash,
    "format": format,
    "float": float,
    "int": int,
    "dir": dir,
    "isinstance": isinstance,
    "issubclass": issubclass,
    "type": type,
    "callable": callable,
    "enter": lambda value: value.__enter__(),
    "exit": lambda value: value.__exit__(None, None, None),
    **{
        name: getattr(operator, name)
        for name in (
            "eq",
            "ne",
            "lt",
            "le",
            "gt",
            "ge",
            "add",
            "sub",
            "mul",
            "truediv",
            "floordiv",
            "mod",
            "pow",
            "matmul",
            "neg",
            "pos",
            "abs",
            "and_",
            "or_",
            "xor",
            "invert",
        )
    },
}
