"""The candidate's exceptions as the test can catch them, made from tables of our own."""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING, Any

from grading.code.candidate.values import UnknownValueError
from grading.code.judge.errors import EffectError, StopRaisedError
from grading.code.judge.proxies import Proxy

if TYPE_CHECKING:
    from collections.abc import Callable

_KNOWN: dict[str, type[BaseException]] = {
    name: kind
    for name, kind in vars(builtins).items()
    if isinstance(kind, type) and issubclass(kind, BaseException)
}
_STOPS = (StopIteration, StopAsyncIteration, GeneratorExit, SystemExit, KeyboardInterrupt)


class CandidateError:
    """What all stand-ins for a candidate's own exceptions are; attributes are asked for."""

    _error: Any = None

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or self._error is None:
            raise AttributeError(name)
        return getattr(self._error, name)


class Failures:
    """Stand-ins for the exception classes of one candidate, by number."""

    def __init__(self) -> None:
        self._classes: dict[int, type[BaseException]] = {}

    def of(self, bases: Any) -> type[BaseException]:
        """The class that stands for a candidate's exception class, so ``except`` can name it.

        Args:
            bases: the class and those above it, nearest first: Python's own by name, the
                candidate's by number.

        Raises:
            UnknownValueError: when it describes no exception class.
        """
        found: type[BaseException] | None = None
        for base in reversed(_listed(bases)):
            if type(base) is int:
                found = self._stand_in(base, found or Exception)
            else:
                found = _KNOWN.get(str(base)) or found
        if found is None:
            raise UnknownValueError("exception")
        return found

    def _stand_in(self, number: int, above: type[BaseException]) -> type[BaseException]:
        if number not in self._classes:
            kinds = (above,) if issubclass(above, CandidateError) else (CandidateError, above)
            self._classes[number] = type("CandidateError", kinds, {"_number": number})
        return self._classes[number]

    def error(self, reply: Any, operation: str, decode: Callable[[Any], Any]) -> BaseException:
        """The error that ``reply`` describes.

        Raises:
            JudgingError: when it is one that no test may take for its own end.
            UnknownValueError: when it describes none.
        """
        if reply.get("effect") is True:
            raise EffectError("ghi tệp hoặc chạy chương trình")
        kind = self.of(reply["bases"])
        if issubclass(kind, _STOPS) and not (operation == "next" and kind is StopIteration):
            raise StopRaisedError(kind.__name__)
        error = _made(kind, decode(reply["args"]), reply["text"])
        if issubclass(kind, CandidateError):
            vars(error)["_error"] = decode(reply["object"])
        return error


def _listed(bases: Any) -> list[int | str]:
    if type(bases) is not list or not all(type(base) in (int, str) for base in bases):
        raise UnknownValueError("exception")
    return bases


def _made(kind: type[BaseException], arguments: Any, text: Any) -> BaseException:
    given = arguments if type(arguments) is tuple else ()
    if any(isinstance(value, Proxy) for value in given) or not given:
        given = (text,) if text else ()
    try:
        return kind(*given)
    except Exception:  # noqa: BLE001 - some errors take other arguments
        return RuntimeError(str(text))
