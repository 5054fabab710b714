"""What is checked of a lesson beyond its form: the house's rules for teaching officials."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from courses.lesson import Block
from courses.outline import halves, outline
from courses.prediction import KINDS, closed_parts
from courses.reading import longest_stretch, must_read, to_read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from courses.glossary import Glossary
    from courses.lesson import Case, Lesson
    from courses.outline import Section

SECTIONS = 9
INTERACTIONS = range(12, 19)
VARIETY = 5
DECISIONS = 3
SYLLABLES = 4000  # to be read in one part of a lesson
PACE = 150  # syllables read in a minute
SITTING = range(30, 61)  # minutes of one part of a lesson
STRETCH = 1200  # syllables without anything to do: six minutes at 200 a minute


@dataclass(frozen=True)
class Fault:
    """A rule broken: where, a stable code and what to do; a warning when not ``serious``."""

    path: Path
    code: str
    text: str
    serious: bool = True

    def __str__(self) -> str:
        weight = "" if self.serious else "nhắc: "
        return f"{self.path.name} [{self.code}] {weight}{self.text}"


def lint_text(path: Path, text: str) -> Iterator[Fault]:
    """Rules for every content file: letters, leftovers, giveaways."""
    if unicodedata.normalize("NFC", text) != text:
        yield Fault(path, "NFC", "có chữ tổ hợp (NFD); lưu lại dưới dạng Unicode dựng sẵn")
    for pattern, code, words in _LEFTOVERS:
        if match := re.search(pattern, text, re.IGNORECASE):
            yield Fault(path, code, f"{words}: “{match.group()}”")


def lint_terms(path: Path, text: str, glossary: Glossary) -> Iterator[Fault]:
    """One name for one thing: no name that the glossary says to avoid."""
    for name, term in glossary.discouraged(text):
        yield Fault(path, "TERM", f"“{name}”: bộ thuật ngữ gọi là “{term}”")


_LEFTOVERS = (
    (r"\b(TODO|FIXME|lorem ipsum)\b|\?\?\?", "LEFTOVER", "còn đoạn viết dở"),
    (r"tất cả (các )?(phương án|ý|đáp án) (trên|dưới)|cả [abc], [abc]", "ALL", "phương án gộp"),
    (r"```\s*\{?(code|python)", "CODE", "học viên không đọc mã lệnh"),
    (
        r"(?<!văn )\b\w*(?:óa|òa|ỏa|õa|ọa|óe|òe|ỏe|õe|ọe)\b",
        "TONE",
        "dấu thanh đặt ở nguyên âm sau (hoá, doạ), trừ tên cũ của cơ quan",
    ),
)


def lint_lesson(lesson: Lesson) -> Iterator[Fault]:
    """Rules for a lesson's build."""
    for rule in _RULES:
        for text in rule(lesson):
            yield Fault(lesson.path, rule.__name__.strip("_").upper(), text)


def _sections(lesson: Lesson) -> Iterator[str]:
    titles = [p for p in lesson.parts if isinstance(p, str) and p.startswith("## ")]
    if len(titles) != SECTIONS:
        yield f"bài phải có {SECTIONS} mục cấp hai (0–8), đang có {len(titles)}"


def _interactions(lesson: Lesson) -> Iterator[str]:
    if len(lesson.blocks) not in INTERACTIONS:
        yield f"bài phải có 12–18 hoạt động, đang có {len(lesson.blocks)}"


def _kinds(lesson: Lesson) -> Iterator[str]:
    kinds = {_kind(block) for block in lesson.blocks}
    if len(kinds) < VARIETY:
        yield f"bài phải dùng ít nhất {VARIETY} loại hoạt động, đang có {len(kinds)}"


def _kind(block: Block) -> str:
    return str(block.body.exercise.kind) if block.kind == "question" else block.kind


def _outcomes(lesson: Lesson) -> Iterator[str]:
    practised = {block.body.outcome for block in lesson.blocks}
    for outcome in lesson.head.outcomes:
        if outcome.id not in practised:
            yield f"không hoạt động nào luyện chuẩn đầu ra {outcome.id}"


def _dilemma(lesson: Lesson) -> Iterator[str]:
    if _kind(lesson.blocks[0]) != "single":
        yield "hoạt động đầu tiên phải là tình huống để học viên tự chọn trước khi học"


def _simulation(lesson: Lesson) -> Iterator[str]:
    """Predict, run, explain: a prediction before each simulation, an explanation after the last."""
    kinds = [_kind(block) for block in lesson.blocks]
    places = [at for at, kind in enumerate(kinds) if kind == "simulation"]
    if not places:
        yield "bài chưa có mô phỏng"
        return
    opened = {name for name, _ in _predictions(lesson)}
    for at in places:
        before = lesson.blocks[at - 1] if at else None
        if before is None or before.name not in opened or kinds[at - 1] not in KINDS:
            yield "ngay trước mỗi mô phỏng, trong cùng mục, phải có câu dự đoán"
    if kinds[places[-1] + 1 : places[-1] + 2] != ["essay"]:
        yield "ngay sau mô phỏng cuối phải có câu giải thích (essay)"


def _predictions(lesson: Lesson) -> list[tuple[str, int]]:
    """Each prediction that opens something, with its place among the lesson's parts."""
    names = dict.fromkeys(closed_parts(lesson).values())
    return [(name, lesson.parts.index(lesson.block(name))) for name in names]


def _foretold(lesson: Lesson) -> Iterator[str]:
    """No answer to a prediction stands on the page before the prediction is saved."""
    closed = closed_parts(lesson)
    for name, place in _predictions(lesson):
        outcomes = list(_outcomes_of(lesson.block(name).body.exercise))
        for at, part in enumerate(lesson.parts):
            if closed.get(at) != name and any(_says(_open_text(part, done=at < place), outcomes)):
                where = part.name if not isinstance(part, str) else part.split("\n")[0][:40]
                yield f"đáp số của dự đoán “{name}” đã hiện ở “{where}” trước khi dự đoán"


def _outcomes_of(exercise: Any) -> Iterator[str]:
    """How the outcome is written: a number with its unit, or the right option."""
    unit = exercise.unit if exercise.kind != "single" else ""
    if exercise.kind == "single":
        yield from (option.text for option in exercise.options if option.correct)
    elif exercise.kind == "numeric":
        yield f"{exercise.answer} {unit}".strip().replace(".", ",")
    else:
        cells = (cell for row in exercise.rows for cell in row.cells if not isinstance(cell, str))
        yield from (f"{cell.answer} {unit}".strip().replace(".", ",") for cell in cells)


def _says(text: str, outcomes: list[str]) -> Iterator[bool]:
    plain = " ".join(text.replace("*", "").split())
    return (re.search(rf"(?<![\d.,]){re.escape(o)}(?!\w)", plain) is not None for o in outcomes)


def _open_text(part: str | Block, *, done: bool) -> str:
    """What a reader can see of ``part``: with feedback once it is ``done``, without before."""
    if isinstance(part, str):
        return part
    if part.kind == "case":
        steps = part.body.steps
        return "\n".join(_texts(steps if done else steps[part.body.start].situation))
    hidden = frozenset() if done else frozenset({"feedback", "model_answer", "options", "answer"})
    body = part.body.model_dump(mode="json")
    return "\n".join(_texts(body.get("exercise", {}), hidden))


def _texts(value: Any, hidden: frozenset[str] = frozenset()) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (t for key, v in value.items() if key not in hidden for t in _texts(v, hidden))
    elif isinstance(value, list | tuple):
        yield from (text for part in value for text in _texts(part, hidden))
    elif hasattr(value, "model_dump"):
        yield from _texts(value.model_dump(mode="json"), hidden)


def _case(lesson: Lesson) -> Iterator[str]:
    cases = [block.body for block in lesson.blocks if block.kind == "case"]
    if not cases:
        yield "bài chưa có ca phân nhánh"
    for case in cases:
        if _decisions(case, case.start) < DECISIONS:
            yield f"ca phân nhánh phải có ít nhất {DECISIONS} quyết định trên mỗi nhánh"


def _decisions(case: Case, step: str) -> int:
    """Fewest decisions from ``step`` to an end."""
    return 1 + min(_decisions(case, o.next) if o.next else 0 for o in case.steps[step].options)


def _model_answers(lesson: Lesson) -> Iterator[str]:
    for block in lesson.blocks:
        exercise: Any = block.body.exercise if block.kind == "question" else None
        if exercise is not None and exercise.kind == "essay" and not exercise.model_answer:
            yield f"câu viết “{block.name}” chưa có lời giải gợi ý (model_answer)"


def _legal_basis(lesson: Lesson) -> Iterator[str]:
    text = "\n".join(part for part in lesson.parts if isinstance(part, str))
    if not re.search(r"^\|.*(hiệu lực|tình trạng).*\|$", text, re.IGNORECASE | re.MULTILINE):
        yield "bài chưa có bảng căn cứ pháp lý kèm tình trạng hiệu lực"


def _length(lesson: Lesson) -> Iterator[str]:
    for number, syllables in enumerate(must_read(lesson), start=1):
        if syllables > SYLLABLES:
            yield f"phần {number} phải đọc {syllables} tiếng, nhiều nhất {SYLLABLES}"


def _pace(lesson: Lesson) -> Iterator[str]:
    if (syllables := longest_stretch(lesson)) > STRETCH:
        yield f"{syllables} tiếng liền không có hoạt động nào, nhiều nhất {STRETCH} (sáu phút)"


def _minutes(lesson: Lesson) -> Iterator[str]:
    """The sections take as long as the lesson says, and none is shorter than its reading."""
    planned = sum(section.minutes for section in outline(lesson))
    if planned != lesson.head.minutes:
        yield f"các mục cộng {planned} phút, đầu bài ghi {lesson.head.minutes}"
    for section in outline(lesson):
        reading = to_read(lesson, section.first, section.last) / PACE
        if reading > section.minutes:
            yield f"mục “{section.title}” ghi {section.minutes} phút, riêng đọc đã {reading:.0f}"


def _parts(lesson: Lesson) -> Iterator[str]:
    """Two sittings, neither too long: one ends with a check, one begins by recall."""
    first, second = halves(lesson)
    for number, sections in enumerate((first, second), start=1):
        minutes = sum(section.minutes for section in sections)
        if minutes not in SITTING:
            yield f"phần {number} dài {minutes} phút; một buổi là 30–60 phút"
    if not _asks_under("Kết phần một", lesson, first[-1:]):
        yield "cuối phần một phải có “### Kết phần một” và một câu để tự kiểm tra"
    if not _asks_under("Mở phần hai", lesson, second[:1]):
        yield "đầu phần hai phải có “### Mở phần hai” và một câu nhắc lại phần một"


def _asks_under(heading: str, lesson: Lesson, sections: tuple[Section, ...]) -> bool:
    """Whether the text under ``heading`` leads to a question that is no prediction."""
    predictions = set(closed_parts(lesson).values())
    pairs = (pair for one in sections for pair in pairwise(lesson.parts[one.first : one.last + 1]))
    return any(
        isinstance(text, str)
        and re.findall(r"^### (.+)$", text, re.MULTILINE)[-1:] == [heading]
        and isinstance(block, Block)
        and block.kind == "question"
        and block.name not in predictions
        for text, block in pairs
    )


_RULES: tuple[Callable[[Lesson], Iterator[str]], ...] = (
    _sections,
    _interactions,
    _kinds,
    _outcomes,
    _dilemma,
    _simulation,
    _foretold,
    _case,
    _model_answers,
    _legal_basis,
    _length,
    _pace,
    _minutes,
    _parts,
)
