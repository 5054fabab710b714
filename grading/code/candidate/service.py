"""Answers the judge's questions about the candidate's objects.

It runs in the candidate's process: nothing it says is trusted further than the candidate's own
return values would be.
"""

from __future__ import annotations

import builtins
import importlib
import operator
import os
import sys
import types
from typing import TYPE_CHECKING, Any

from grading.code.candidate.crossings import Crossings
from grading.code.candidate.quiet import is_quiet
from grading.code.candidate.values import decode, encode, is_data

if TYPE_CHECKING:
    from collections.abc import Callable

    from grading.code.candidate.channel import Channel
    from grading.code.candidate.shell import CellRunner

_MUTABLE = ("list", "dict", "set", "bytearray", "ndarray", "DataFrame", "Series", "deque")


class Service:
    """Holds the objects the judge has been told of in one test, by number."""

    def __init__(self, runner: CellRunner, channel: Channel) -> None:
        self._runner = runner
        self._names: dict[str, Any] = runner.shell.user_ns
        self._channel = channel
        self._objects: list[Any] = []
        self._numbers: dict[int, int] = {}
        self._crossings = Crossings(self._encode)

    def is_quiet(self, question: dict[str, Any]) -> bool:
        """Whether answering leaves the process as it is."""
        if question["op"] == "call":
            given = (*question["args"], *question["kwargs"].values())
            function = question["f"]
            return (
                type(function) is dict
                and function["t"] == "ref"
                and all(map(is_data, given))
                and is_quiet(self._objects[function["v"]], self._names)
            )
        return question["op"] in ("name", "end")

    def answer(self, question: dict[str, Any]) -> bool:
        """Answer one question on the channel: a value or an error, and what was printed.

        Returns:
            Whether more may come: nothing does after ``end``.
        """
        if question["op"] == "end":
            changed = self._crossings.changed(question["held"])
            self._channel.send({"changed": changed, "n": question["n"]})
            return False
        self._runner.begin(0)
        try:
            extra: dict[str, Any] = {}
            value = self._do(question, extra)
            form = self._encode(value)
            self._crossings.keep(value)
            reply = {"v": form, **extra}
        except BaseException as error:  # noqa: BLE001 - candidates' code may raise anything
            reply = {"e": self._error(error)}
        outputs = self._runner.taken()
        streams = [[o["name"], o["text"]] for o in outputs if o["output_type"] == "stream"]
        self._channel.send({**reply, "out": streams, "n": question["n"]})
        return True

    def _do(self, question: dict[str, Any], reply: dict[str, Any]) -> Any:
        name = question["op"]
        if name == "call":
            return self._call(question, reply)
        if name == "name":
            return self._names[question["name"]]
        if name == "bind":
            self._names[question["name"]] = self._given(question["value"])
            return None
        return _OPERATIONS[name](*map(self._given, question["args"]))

    def _given(self, form: Any) -> Any:
        value = self._decode(form)
        self._crossings.keep(value)
        return value

    def _call(self, question: dict[str, Any], reply: dict[str, Any]) -> Any:
        """Call, and tell what became of the mutable arguments."""
        function = self._decode(question["f"])
        given = [self._decode(f) for f in (*question["args"], *question["kwargs"].values())]
        numbers = [self._crossings.keep(value) for value in given]
        positional = given[: len(question["args"])]
        named = dict(zip(question["kwargs"], given[len(positional) :], strict=True))
        try:
            return function(*positional, **named)
        finally:
            reply["mut"] = [
                [place, now]
                for place, (value, number) in enumerate(zip(given, numbers, strict=True))
                if type(value).__name__ in _MUTABLE
                and (now := self._crossings.renew(number)) is not None
            ]

    def _encode(self, value: Any) -> Any:
        return encode(value, self._refer)

    def _refer(self, value: Any) -> dict[str, Any]:
        number = self._number_of(value)
        reference = {"t": "ref", "v": number, "kind": _kind(value)}
        if reference["kind"] == "exception":
            reference["bases"] = self._bases(value)
        return reference

    def _bases(self, kind: type[BaseException]) -> list[str | int]:
        """The class and those above it: Python's own by name, others by number."""
        return [
            above.__name__
            if vars(builtins).get(above.__name__) is above
            else self._number_of(above)
            for above in type.mro(kind)
            if issubclass(above, BaseException)
        ]

    def _number_of(self, value: Any) -> int:
        number = self._numbers.get(id(value))
        if number is None:
            number = self._numbers[id(value)] = len(self._objects)
            self._objects.append(value)
        return number

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
        if isinstance(error, _EffectError):
            return {"effect": True}
        try:
            text = str(error)
            arguments = self._encode(error.args)
        except Exception:  # noqa: BLE001 - a candidate's exception may fail at anything
            text, arguments = "", self._encode(())
        return {
            "bases": self._bases(type(error)),
            "args": arguments,
            "text": text[:4000],
            "object": self._refer(error),
        }


class _EffectError(BaseException):
    """What is judged happens once more in earnest: it may leave nothing behind."""


_EFFECTS = frozenset(
    ("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.truncate", "os.link", "os.symlink",
     "os.chmod", "os.utime", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.forkpty",
     "subprocess.Popen", "sqlite3.connect", "shutil.rmtree", "shutil.move", "shutil.copyfile",
     "os.kill", "signal.pthread_kill")
)  # fmt: skip
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def watch_effects() -> None:
    """Stop honest code before it does for the judge what it will do again for its mark."""

    def stop(event: str, arguments: tuple[Any, ...]) -> None:
        if event in _EFFECTS or (event == "open" and _writes(arguments)):
            raise _EffectError

    sys.addaudithook(stop)


def _writes(arguments: tuple[Any, ...]) -> bool:
    path, _mode, flags = arguments
    return path != os.devnull and isinstance(flags, int) and bool(flags & _WRITING)


def _kind(value: Any) -> str:
    if isinstance(value, type):
        return "exception" if issubclass(value, BaseException) else "class"
    if isinstance(value, types.ModuleType):
        return "module"
    return "callable" if callable(value) else "object"


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
