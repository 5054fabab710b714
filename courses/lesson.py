"""Lessons as text: Markdown with MyST directives for what a trainee does.

Three directives stand in fenced blocks whose body is YAML::

    ```{question} tinh-huong        an exercise (``courses.exercise``) with feedback
    ```{case} ca-phan-nhanh         a branching case: steps, options, consequences
    ```{simulation} investment      a view of ``courses.widgets.simulations``

All else is Markdown the trainee reads.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from markdown_it import MarkdownIt
from pydantic import Field, model_validator

from courses.exercise import Exercise, SingleExercise
from courses.foreign_language import the_languages, with_language_part
from courses.foundation.content import Content, read_text, read_yaml, split_front_matter, validate
from courses.foundation.errors import ContentError
from courses.framework import the_framework
from courses.sources import the_sources

LESSONS = Path(__file__).parent / "lessons"


class Outcome(Content):
    """What a trainee can do after the lesson; items cite its id."""

    id: str = Field(pattern=r"^[A-Z]{2}[0-9]\.[0-9]$")
    text: str = Field(min_length=1)


class LessonHead(Content):
    """The front matter of a lesson. ``minutes`` is the planned duration."""

    code: str
    title: str
    minutes: int = Field(gt=0)
    outcomes: tuple[Outcome, ...] = Field(min_length=3, max_length=5)
    sources: tuple[str, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _outcomes_belong(self) -> LessonHead:
        if any(not outcome.id.startswith(f"{self.code}.") for outcome in self.outcomes):
            raise ValueError(f"mã chuẩn đầu ra phải bắt đầu bằng {self.code}.")
        return self


class LessonQuestion(Content):
    """An exercise at its place in the lesson; ``outcome`` is the one it practises."""

    outcome: str | None = None
    exercise: Exercise


class CaseOption(Content):
    """One decision: what it leads to, and where the case goes on (``next``; none at the end)."""

    text: str = Field(min_length=1)
    consequence: str = Field(min_length=1)
    next: str | None = None


class CaseStep(Content):
    """A situation that asks for a decision."""

    situation: str = Field(min_length=1)
    options: tuple[CaseOption, ...] = Field(min_length=2)

    @property
    def exercise(self) -> SingleExercise:
        """The decision as a question without a right answer."""
        options = [{"text": o.text, "feedback": o.consequence} for o in self.options]
        return SingleExercise.model_validate(
            {"kind": "single", "prompt": self.situation, "options": options}
        )


class Case(Content):
    """A branching case: decisions whose consequences lead to further decisions."""

    outcome: str | None = None
    start: str
    steps: dict[str, CaseStep]

    @model_validator(mode="after")
    def _steps_exist(self) -> Case:
        targets = {option.next for step in self.steps.values() for option in step.options}
        unknown = (targets | {self.start}) - {None} - set(self.steps)
        if unknown:
            raise ValueError(f"bước không có trong ca: {', '.join(sorted(map(str, unknown)))}")
        if set(self.steps) - targets - {self.start}:
            raise ValueError("có bước không đường nào dẫn tới")
        return self


class Simulation(Content):
    """A simulation view; ``outcome`` is the one it practises."""

    outcome: str | None = None


@dataclass(frozen=True)
class Block:
    """A directive: its kind, its name within the lesson and its checked body."""

    kind: Literal["question", "case", "simulation"]
    name: str
    body: Any


@dataclass(frozen=True)
class Lesson:
    """A lesson: head, and text and blocks in reading order."""

    path: Path
    head: LessonHead
    parts: tuple[str | Block, ...]

    def block(self, name: str) -> Block:
        """The block called ``name``."""
        return next(b for b in self.parts if isinstance(b, Block) and b.name == name)

    @property
    def blocks(self) -> list[Block]:
        """All blocks in reading order."""
        return [part for part in self.parts if isinstance(part, Block)]


def lesson_paths(folder: Path = LESSONS) -> list[Path]:
    """Every lesson file, in the order of the framework, which is the order to learn them in."""
    rank = {competency.code: n for n, competency in enumerate(the_framework().competencies)}

    def place(path: Path) -> tuple[int, str]:
        return rank.get(path.stem.partition("-")[0].upper(), len(rank)), path.name

    return sorted(folder.glob("*.md"), key=place)


def read_lesson(path: Path) -> Lesson:
    """Read and check one lesson file.

    Raises:
        ContentError: naming file, and the block and key that are wrong.
    """
    front, text = split_front_matter(the_sources().printed(read_text(path), path), path)
    head = validate(LessonHead, front, path)
    text = with_language_part(text, the_languages())
    lesson = Lesson(path=path, head=head, parts=tuple(_split(text, path)))
    names = [block.name for block in lesson.blocks]
    repeated = {name for name in names if names.count(name) > 1}
    if repeated:
        raise ContentError("hai khối trùng tên", path=path, key=repeated.pop())
    outcomes = {outcome.id for outcome in head.outcomes} | {None}
    for block in lesson.blocks:
        if block.body.outcome not in outcomes:
            raise ContentError("chuẩn đầu ra không có trong bài", path=path, key=block.name)
    return lesson


def all_outcomes(folder: Path = LESSONS) -> set[str]:
    """The ids of every outcome that a lesson teaches."""
    return {o.id for path in lesson_paths(folder) for o in read_lesson(path).head.outcomes}


def _split(text: str, path: Path) -> list[str | Block]:
    """Cut the text at directives and at headings, so that each section is a cell."""
    lines = text.splitlines()
    parts: list[str | Block] = []
    at = 0
    for token in MarkdownIt().parse(text):
        directive = token.type == "fence" and token.info.startswith("{")
        heading = token.type == "heading_open" and token.tag in ("h1", "h2")
        if token.map is None or token.level or not (directive or heading):
            continue
        begin, end = token.map
        parts.append("\n".join(lines[at:begin]).strip())
        at = begin
        if directive:
            parts.append(_block(token.info, token.content, path))
            at = end
    parts.append("\n".join(lines[at:]).strip())
    return [part for part in parts if part]


def _block(info: str, body: str, path: Path) -> Block:
    kind, _, name = info.strip().partition("}")
    kind, name = kind.removeprefix("{"), name.strip()
    if kind not in ("question", "case", "simulation") or not name:
        raise ContentError(f"không có khối “{info}”; chỉ có question, case, simulation", path=path)
    data = read_yaml(body, path, key=name) or {}
    if kind == "question" and isinstance(data, dict):
        exercise = {key: value for key, value in data.items() if key != "outcome"}
        data = {"outcome": data.get("outcome"), "exercise": exercise}
    model = {"question": LessonQuestion, "case": Case, "simulation": Simulation}[kind]
    try:
        return Block(kind=kind, name=name, body=validate(model, data, path))  # type: ignore[arg-type]
    except ContentError as error:
        key = f"{name}.{error.key}" if error.key else name
        raise ContentError(error.message, path=path, key=key) from None
