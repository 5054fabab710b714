"""Questions as plain forms, for a browser that runs no script: the same raw answers result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.http import QueryDict

VALUE = "tra-loi"  # the field's name; with a part's name after it where there are several


@dataclass(frozen=True)
class Field:
    """One field: ``options`` make it a choice, else it is typed; ``many`` lines or choices."""

    name: str
    label: str
    value: str | list[str] = ""
    options: tuple[tuple[str, str], ...] = ()
    many: bool = False
    situation: str = ""

    @property
    def widget(self) -> str:
        """How it is shown: one word for the template."""
        if self.options:
            return "checkboxes" if self.many else "radios" if self.name == VALUE else "select"
        return "textarea" if self.many else "text"


def fields(question: Any, value: Any) -> list[Field]:
    """The fields of a question with what was saved in them."""
    return _FIELDS[question.kind](question, value)


def answer_in(question: Any, sent: QueryDict) -> Any:
    """The raw answer in a form that was sent, as the script would send it."""
    return _RAW[question.kind](question, sent)


def _options(question: Any) -> tuple[tuple[str, str], ...]:
    return tuple((one.id, one.text) for one in question.options)


def _one_choice(question: Any, value: Any) -> list[Field]:
    return [Field(VALUE, "", value or "", _options(question))]


def _choices(question: Any, value: Any) -> list[Field]:
    return [Field(VALUE, "", list(value or ()), _options(question), many=True)]


def _line(_question: Any, value: Any) -> list[Field]:
    return [Field(VALUE, "Trả lời", value or "")]


def _lines(_question: Any, value: Any) -> list[Field]:
    return [Field(VALUE, "Bài làm", value or "", many=True)]


def _number(question: Any, value: Any) -> list[Field]:
    return [Field(VALUE, f"Đáp số ({question.unit})" if question.unit else "Đáp số", value or "")]


def _pairs(question: Any, value: Any) -> list[Field]:
    targets = tuple((one.id, one.text) for one in question.targets)
    return [
        Field(f"{VALUE}-{one.id}", one.text, (value or {}).get(one.id, ""), targets)
        for one in question.options
    ]


def _places(question: Any, value: Any) -> list[Field]:
    order = list(value or [one.id for one in question.options])
    places = tuple((str(n), str(n)) for n in range(1, len(order) + 1))
    return [
        Field(f"{VALUE}-{one.id}", one.text, str(order.index(one.id) + 1), places)
        for one in question.options
    ]


def _cells(question: Any, value: Any) -> list[Field]:
    return [
        Field(f"{VALUE}-{name}", f"{row.label} – {column}", (value or {}).get(name, ""))
        for name, row, column in _blanks(question)
    ]


def _blanks(question: Any) -> Iterable[tuple[str, Any, str]]:
    for r, row in enumerate(question.rows, start=1):
        for c, (column, text) in enumerate(zip(question.columns, row.cells, strict=True), start=1):
            if text is None:
                yield f"r{r}c{c}", row, column


def _results(question: Any, value: Any) -> list[Field]:
    return [
        Field(
            f"{VALUE}-{one.name}",
            f"{one.label} ({one.unit})" if one.unit else one.label,
            (value or {}).get(one.name, ""),
        )
        for one in question.results
    ]


def _steps(question: Any, value: Any) -> list[Field]:
    """The decisions reached so far, and the next one."""
    made, name = value or {}, question.start
    found: list[Field] = []
    while name:
        step = question.steps[name]
        found.append(
            Field(
                f"{VALUE}-{name}",
                f"Quyết định {len(found) + 1}",
                made.get(name, ""),
                _options(step),
                situation=step.situation,
            )
        )
        name = next((one.next for one in step.options if one.id == made.get(name)), None)
    return found


def _named(names: Iterable[str], sent: QueryDict) -> dict[str, str]:
    told = {name: str(sent.get(f"{VALUE}-{name}", "")) for name in names}
    return {name: text for name, text in told.items() if text.strip()}


def _chosen(_question: Any, sent: QueryDict) -> str | None:
    return str(sent[VALUE]) if sent.get(VALUE) else None


def _all_chosen(_question: Any, sent: QueryDict) -> list[str]:
    return list(map(str, sent.getlist(VALUE)))


def _paired(question: Any, sent: QueryDict) -> dict[str, str]:
    return _named((one.id for one in question.options), sent)


def _filled(question: Any, sent: QueryDict) -> dict[str, str]:
    return _named((name for name, _, _ in _blanks(question)), sent)


def _computed(question: Any, sent: QueryDict) -> dict[str, str]:
    return _named((one.name for one in question.results), sent)


def _ordered(question: Any, sent: QueryDict) -> list[str]:
    """By the places given; of two in one place, the one that stood before comes first."""
    given = {one.id: str(sent.get(f"{VALUE}-{one.id}", "")) for one in question.options}
    order = list(given)
    return sorted(order, key=lambda id_: int(given[id_]) if given[id_].isdecimal() else len(order))


def _decided(question: Any, sent: QueryDict) -> dict[str, str]:
    """Only what follows from the decisions made: a changed one closes what came after."""
    told, made, name = _named(question.steps, sent), {}, question.start
    while name and name in told:
        made[name] = told[name]
        name = next((o.next for o in question.steps[name].options if o.id == told[name]), None)
    return made


def _typed(_question: Any, sent: QueryDict) -> str:
    return str(sent.get(VALUE, "")).replace("\r\n", "\n")


_FIELDS: dict[str, Callable[[Any, Any], list[Field]]] = {
    "single": _one_choice,
    "multiple": _choices,
    "numeric": _number,
    "short": _line,
    "essay": _lines,
    "matching": _pairs,
    "classification": _pairs,
    "ordering": _places,
    "table": _cells,
    "code": _results,
    "decisions": _steps,
}
_RAW: dict[str, Callable[[Any, QueryDict], Any]] = {
    "numeric": _typed,
    "short": _typed,
    "essay": _typed,
    "single": _chosen,
    "multiple": _all_chosen,
    "matching": _paired,
    "classification": _paired,
    "ordering": _ordered,
    "table": _filled,
    "code": _computed,
    "decisions": _decided,
}
