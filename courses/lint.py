"""What is checked of a lesson beyond its form: the house's rules for teaching officials."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from courses.glossary import Glossary
    from courses.lesson import Block, Case, Lesson

SECTIONS = 9
INTERACTIONS = range(12, 15)
KINDS = 5
DECISIONS = 3


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
        yield f"bài phải có 12–14 hoạt động, đang có {len(lesson.blocks)}"


def _kinds(lesson: Lesson) -> Iterator[str]:
    kinds = {_kind(block) for block in lesson.blocks}
    if len(kinds) < KINDS:
        yield f"bài phải dùng ít nhất {KINDS} loại hoạt động, đang có {len(kinds)}"


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
    if any(at == 0 or kinds[at - 1] not in ("numeric", "single", "table") for at in places):
        yield "ngay trước mỗi mô phỏng phải có câu dự đoán"
    if kinds[places[-1] + 1 : places[-1] + 2] != ["essay"]:
        yield "ngay sau mô phỏng cuối phải có câu giải thích (essay)"


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


_RULES: tuple[Callable[[Lesson], Iterator[str]], ...] = (
    _sections,
    _interactions,
    _kinds,
    _outcomes,
    _dilemma,
    _simulation,
    _case,
    _model_answers,
    _legal_basis,
)
