"""Hypothesis strategies shared by several test modules: exercises, questions and answers."""

from __future__ import annotations

from decimal import Decimal
from string import ascii_lowercase

from hypothesis import strategies as st

from assessments.bank import answering
from assessments.bank.item import Variant
from courses.exercise import EXERCISE, present
from courses.kinds.text import comparable

JUDGED = (
    "single",
    "multiple",
    "ordering",
    "matching",
    "classification",
    "numeric",
    "table",
    "short",
    "decisions",
    "code",
)
KINDS = (*JUDGED, "essay")

# Letters officials' texts are made of; no separator that a rendering uses between options.
_LETTERS = "abcdeghiklmnopqrstuvxyđăâêôơưáàảãạéèíìóòúùấầẩẫậếềểễệABCDĐ0123456789,.()%-"
words = st.text(_LETTERS, min_size=1, max_size=8)
texts = st.lists(words, min_size=1, max_size=5).map(" ".join)
seeds = st.text(max_size=12)
numbers = st.decimals(-(10**9), 10**9, places=3)
units = st.sampled_from(["", "%", "tỷ đồng", "tr.đ", "ngày công"])
SAID = {"correct": "Đúng.", "wrong": "Chưa đúng."}


def _several(fewest, most=6):
    return st.lists(texts, min_size=fewest, max_size=most, unique=True)


@st.composite
def _choice(draw, kind):
    options = draw(_several(4))
    number = 1 if kind == "single" else draw(st.integers(2, len(options) - 1))
    return {
        "options": [
            {"text": text, "correct": place < number, "feedback": draw(texts)}
            for place, text in enumerate(options)
        ]
    }


@st.composite
def _matching(draw):
    lefts = draw(_several(3, 5))
    rights = draw(st.lists(texts, min_size=len(lefts), max_size=len(lefts), unique=True))
    pairs = zip(lefts, rights, strict=True)
    return {
        "pairs": [{"left": left, "right": right, "feedback": "Vì vậy."} for left, right in pairs],
        "distractors": [f"Thừa {number}" for number in range(draw(st.integers(0, 2)))],
    }


@st.composite
def _classification(draw):
    categories = draw(_several(2, 4))
    return {
        "categories": categories,
        "entries": [
            {"text": text, "category": draw(st.sampled_from(categories)), "feedback": "Vì vậy."}
            for text in draw(_several(4))
        ],
    }


@st.composite
def _table(draw):
    columns = draw(_several(1, 3))
    cell = st.fixed_dictionaries({"answer": numbers, "tolerance": st.decimals(0, 5, places=2)})
    rows = [
        {"label": label, "cells": [draw(texts | cell) for _ in columns]}
        for label in draw(_several(1, 3))
    ]
    rows[0]["cells"][0] = draw(cell)
    return {"columns": columns, "rows": rows, "unit": draw(units), "feedback": SAID}


@st.composite
def _decisions(draw):
    depth = draw(st.integers(1, 3))
    steps = {}
    for number in range(depth):
        following = f"b{number + 2}" if number + 1 < depth else None
        credits_ = [
            1,
            *draw(st.lists(st.sampled_from([0, Decimal("0.5")]), min_size=2, max_size=2)),
        ]
        texts_ = draw(st.lists(texts, min_size=3, max_size=3, unique=True))
        steps[f"b{number + 1}"] = {
            "situation": "Tình huống giả định.",
            "options": [
                {"text": text, "credit": credit, "feedback": "Vì vậy.", "next": following}
                for text, credit in zip(texts_, credits_, strict=True)
            ],
        }
    return {"start": "b1", "steps": steps}


@st.composite
def _code(draw):
    names = draw(
        st.lists(
            st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True),
            min_size=1,
            max_size=4,
            unique=True,
        )
    )
    tolerances = st.decimals(0, 5, places=2)
    results = [
        {
            "name": name,
            "label": draw(texts),
            "unit": draw(units),
            "answer": draw(numbers),
            "tolerance": draw(tolerances),
        }
        for name in names
    ]
    return {"results": results, "feedback": SAID}


_FIELDS = {
    "single": _choice("single"),
    "multiple": _choice("multiple"),
    "ordering": st.fixed_dictionaries({"steps": _several(3), "feedback": st.just(SAID)}),
    "matching": _matching(),
    "classification": _classification(),
    "table": _table(),
    "short": st.fixed_dictionaries(
        {
            "accepted": st.lists(texts.filter(comparable), min_size=1, max_size=3),
            "feedback": st.just(SAID),
        }
    ),
    "decisions": _decisions(),
    "code": _code(),
    "numeric": st.fixed_dictionaries(
        {
            "answer": numbers,
            "tolerance": st.decimals(0, 5, places=2),
            "unit": units,
            "feedback": st.just(SAID),
        }
    ),
    "essay": st.fixed_dictionaries({"min_words": st.just(20), "max_words": st.just(300)}),
}


def exercises(kind):
    """Exercises of one kind as an author might write them, checked as any content is."""
    return st.builds(
        lambda prompt, fields: EXERCISE.validate_python({"kind": kind, "prompt": prompt, **fields}),
        texts,
        _FIELDS[kind],
    )


def presented(kind):
    """Question and key of some exercise under some seed."""
    return st.builds(lambda exercise, seed: present(exercise, "Q1", seed), exercises(kind), seeds)


def as_typed(number):
    """A number in the ways Vietnamese officials type it."""
    sign, whole, fraction = _parts(number)
    tail = f",{fraction}" if fraction else ""
    grouped = f"{int(whole):,}"
    return [
        f"{sign}{whole}{tail}",
        f"{sign}{grouped.replace(',', ' ')}{tail}",
        *(
            [f"{sign}{grouped.replace(',', '.')}{tail}"]
            if tail or len(whole) not in (4, 5, 6)
            else []
        ),
    ]


def _parts(number):
    text = format(abs(Decimal(number)), "f")
    whole, _, fraction = text.partition(".")
    return ("-" if number < 0 else "", whole, fraction.rstrip("0"))


def _ids(options):
    return [option.id for option in options]


def answers(question):
    """Valid raw answers to a question."""
    return _ANSWERS[question.kind](question)


def _typed(unit):
    return numbers.map(lambda number: f"{as_typed(number)[0]} {unit}")


@st.composite
def _paths(draw, question):
    path, step = {}, question.start
    while step is not None:
        choice = draw(st.sampled_from(question.steps[step].options))
        path[step], step = choice.id, choice.next
        if draw(st.booleans()):
            break  # a case may be left before its end
    return path


def _assignments(question):
    return st.dictionaries(
        st.sampled_from(_ids(question.options)),
        st.sampled_from(_ids(question.targets)),
        min_size=1,
    )


_ANSWERS = {
    "single": lambda q: st.sampled_from(_ids(q.options)),
    "multiple": lambda q: st.lists(st.sampled_from(_ids(q.options)), min_size=1, unique=True),
    "ordering": lambda q: st.permutations(_ids(q.options)),
    "matching": _assignments,
    "classification": _assignments,
    "numeric": lambda q: _typed(q.unit),
    "table": lambda q: st.dictionaries(st.sampled_from(q.blanks), _typed(q.unit), min_size=1),
    "code": lambda q: st.fixed_dictionaries(
        {}, optional={result.name: _typed(result.unit) for result in q.results}
    ).filter(bool),
    "short": lambda _q: texts,
    "decisions": _paths,
    "essay": lambda _q: st.lists(texts, min_size=1).map("\n\n".join),
}


def right_answer(question, key):
    """What marks full, as the page would send it."""
    return answering.right(Variant(question, key, Decimal(1)))


def wrong_answer(question, key):
    """A readable answer that earns nothing, or as little as the kind allows."""
    return answering.wrong(Variant(question, key, Decimal(1)))


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=5,
)
anything = _json | st.lists(st.sampled_from(ascii_lowercase[:6]), max_size=7)
