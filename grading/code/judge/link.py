"""The judge's end of the conversation with one candidate's process."""

from __future__ import annotations

import builtins
import sys
import types
from typing import TYPE_CHECKING, Any

from grading.code.candidate.channel import ChannelError
from grading.code.candidate.crossings import Crossings
from grading.code.candidate.values import MALFORMED, UnknownValueError, decode, encode
from grading.code.judge.errors import (
    CandidateGoneError,
    ChangedError,
    LongError,
    UnsplittableError,
)
from grading.code.judge.failures import Failures
from grading.code.judge.proxies import KINDS, Proxy, is_class

if TYPE_CHECKING:
    from collections.abc import Callable

    from grading.code.candidate.channel import Channel

# What a test may hand over by name: the other side looks it up among its own.
_NAMED = ("builtins", "math", "operator", "numpy", "statistics")
_MOST_QUESTIONS = 20_000  # of one test
_DEEPEST_CALLBACK = 40
_MALFORMED = (UnknownValueError, *MALFORMED)


class Link:
    """The judge's end of the conversation with one candidate's process."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._failures = Failures()
        self._functions: list[Callable[..., Any]] = []
        self._crossings = Crossings(self._form)
        self._asked = self._depth = self._number = 0
        self._split = self._gone = False
        self.test = 0  # which one it is; what is over there is there for one alone

    def begin(self) -> None:
        """A new test: nothing has been asked yet, and nothing has gone over."""
        self._crossings.clear()
        self._failures, self._functions = Failures(), []
        self._asked, self._depth, self._split, self._gone = 0, 0, False, False
        self.test += 1

    def end(self) -> None:
        """The test has come to its end: what it found holds if all copies still are true.

        Raises:
            JudgingError: when one is not, on this side or the other.
        """
        if not self._split:
            return
        reply = self._reply({"op": "end", "held": self._crossings.held()})
        self._split = False
        if self._crossings.changed():
            raise UnsplittableError("ô kiểm tra sửa giá trị đã đi qua giữa hai tiến trình")
        if reply.get("changed") is True:
            raise ChangedError("bài làm sửa giá trị đã đi qua giữa hai tiến trình")

    def give_up(self) -> None:
        """End the copy of the candidate's process when the test could not be judged."""
        self._asked = 0
        if self._split and not self._gone:
            self._reply({"op": "end", "held": []})
        self._split = False

    def ask(self, operation: str, *arguments: Any) -> Any:
        """Ask for an operation on values; the result, or the error it raised."""
        return self._exchange({"op": operation, "args": [self._sent(a) for a in arguments]})[0]

    def name(self, name: str) -> Any:
        """The value of a global name of the candidate's."""
        return self._exchange({"op": "name", "name": name})[0]

    def bind(self, name: str, value: Any) -> None:
        """Set a global name of the candidate's."""
        self._exchange({"op": "bind", "name": name, "value": self._sent(value)})

    def call(self, function: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call, and bring what it did to mutable arguments back into the judge's own."""
        question = {
            "op": "call",
            "f": self._encode(function),
            "args": [self._encode(value) for value in args],
            "kwargs": {key: self._encode(value) for key, value in kwargs.items()},
        }
        given = [*args, *kwargs.values()]
        numbers = [self._crossings.keep(value) for value in given]
        value, changes = self._exchange(question)
        self._bring_back(given, numbers, changes)
        if isinstance(value, Proxy) and is_class(function):
            object.__setattr__(value, "_made", True)
        return value

    def _bring_back(self, given: list[Any], numbers: list[int], changes: Any) -> None:
        for change in _received(list, changes):
            number, form = _received(_pair, change)
            new = _received(self._decode, form)
            if not 0 <= number < len(given) or type(new) is not type(given[number]):
                raise CandidateGoneError("một đối số đổi kiểu")
            _update(given[number], new)
            self._crossings.renew(numbers[number])

    def _sent(self, value: Any) -> Any:
        form = self._encode(value)
        self._crossings.keep(value)
        return form

    def _exchange(self, question: dict[str, Any]) -> tuple[Any, Any]:
        if not self._split:
            self._split = True  # from here on the question may have been heard
            self._reply({"op": "split"})
        reply = self._reply(question)
        if "e" in reply:
            raise _received(lambda e: self._failures.error(e, question["op"], self._decode),
                            reply["e"])  # fmt: skip
        value = _received(self._decode, reply.get("v"))
        self._crossings.keep(value)
        return value, reply.get("mut", [])

    def _reply(self, question: dict[str, Any]) -> dict[str, Any]:
        self._asked += 1
        if self._asked > _MOST_QUESTIONS:
            raise LongError("ô kiểm tra hỏi quá nhiều lần")
        if self._gone:
            raise CandidateGoneError("gone")
        try:
            self._number += 1
            reply = self._answered({**question, "n": self._number})
            for name, text in reply.get("out", ()):
                (sys.stderr if name == "stderr" else sys.stdout).write(str(text))
            if type(reply) is not dict or reply.get("gone"):
                raise UnknownValueError("gone")
        except (ChannelError, *_MALFORMED) as error:
            self._gone = True
            raise CandidateGoneError(str(error)) from None
        return reply

    def _answered(self, question: dict[str, Any]) -> Any:
        """The answer to this question; answers to those before it come late, and are none."""
        reply = self._channel.ask(question)
        while True:
            if "cb" in reply:
                reply = self._channel.ask(self._called_back(reply))
            elif reply.get("n", question["n"]) == question["n"]:
                return reply
            else:
                reply = self._channel.receive()[0]

    def _called_back(self, request: dict[str, Any]) -> dict[str, Any]:
        number, args, kwargs = request["cb"], request["args"], request["kwargs"]
        if type(number) is not int or number < 0 or self._depth >= _DEEPEST_CALLBACK:
            raise UnknownValueError("cb")
        function = self._functions[number]
        given = [self._decode(value) for value in args]
        named = {str(key): self._decode(value) for key, value in kwargs.items()}
        self._depth += 1
        try:
            return {"v": self._encode(function(*given, **named))}
        except Exception as error:  # noqa: BLE001 - the candidate's code sees the test's error
            return {"e": {"name": type(error).__name__, "text": str(error)}}
        finally:
            self._depth -= 1

    def _encode(self, value: Any) -> Any:
        return encode(value, self._refer)

    def _form(self, value: Any) -> Any:
        """What a value holds, told from what it held before, also where it could not be sent."""

        def other(part: Any) -> Any:
            known = part if isinstance(part, Proxy) else None
            return self._refer(known) if known is not None else {"t": "?", "v": id(part)}

        return encode(value, other)

    def _refer(self, value: Any) -> dict[str, Any]:
        if isinstance(value, Proxy):
            if object.__getattribute__(value, "_test") != self.test:
                raise UnsplittableError("ô kiểm tra dùng đối tượng của ô kiểm tra trước")
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
        number, kind = data["v"], data["kind"]
        if data["t"] != "ref" or type(number) is not int or kind not in KINDS:
            raise UnknownValueError("ref")
        if kind == "exception":
            return self._failures.of(data["bases"])
        return Proxy(self, number, kind)


def _received(read: Callable[[Any], Any], data: Any) -> Any:
    """What the candidate's process sent, read; it may have sent anything."""
    try:
        return read(data)
    except _MALFORMED as error:
        raise CandidateGoneError(str(error)) from None


def _pair(change: Any) -> tuple[int, Any]:
    number, form = change
    if type(number) is not int:
        raise UnknownValueError("mut")
    return number, form


def _update(target: Any, new: Any) -> None:
    """Make ``target`` equal ``new``, of the same type, in place, as the call did to its own."""
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
