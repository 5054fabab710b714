"""The instructor's guide to a lesson, made from the lesson's own timing and feedback."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from courses.foundation.content import read_text
from courses.glossary import the_glossary
from courses.outline import halves
from courses.prediction import closed_parts
from grading.documents.administrative import Heading, Table, Text
from grading.programme.timing import timed
from grading.programme.wrong_answers import plain, shortened, wrong_answers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from courses.lesson import Block, Case, Lesson
    from grading.documents.administrative import Block as Printed
    from grading.documents.administrative import Document
    from grading.programme.issuing import Issuing
    from grading.programme.timing import Timed

WRONG_ANSWERS = 5
_REVIEW = "Nhắc lại bài"  # how a question that reviews another lesson begins
_TERMS = 8
_DONE = {
    "single": "chọn trước, giơ tay đếm phiếu, rồi mới bàn",
    "multiple": "chọn một mình, so với người bên cạnh",
    "ordering": "xếp theo nhóm hai người",
    "matching": "ghép theo nhóm hai người",
    "classification": "xếp theo nhóm hai người, bàn chỗ lệch nhau",
    "numeric": "tính một mình",
    "table": "tính một mình, so từng dòng với người bên cạnh",
    "short": "viết một mình",
    "essay": "viết một mình, hai người đọc bài nhau",
    "decisions": "quyết định một mình, nêu lý do",
    "case": "cả lớp biểu quyết từng bước, nghe hệ quả",
    "simulation": "chạy theo nhóm, mỗi nhóm một người ghi số",
}


def guide(lesson: Lesson, issuing: Issuing) -> Document:
    """The guide: timing, expected wrong answers, debrief, board, what to skip when late.

    Raises:
        ContentError: when a section plans no minutes.
    """
    sections = timed(lesson)
    blocks = [
        Heading("I. BUỔI HỌC"),
        *(Text(f"{one.text}", lead=f"{one.id}.") for one in lesson.head.outcomes),
        *_times(lesson, sections),
        Heading("II. NĂM CÂU TRẢ LỜI SAI NÊN CHỜ ĐỢI"),
        _expected(lesson),
        Heading("III. LỜI CHỐT"),
        *_debrief(lesson),
        Heading("IV. BẢNG"),
        _board(lesson),
        Heading("V. KHI TRỄ GIỜ"),
        *_late(lesson, sections),
    ]
    return issuing.document(
        "HƯỚNG DẪN", f"Giảng bài {lesson.head.code}. {lesson.head.title}", blocks
    )


def kind_of(block: Block) -> str:
    """What a block is, by the kind of its exercise where it has one."""
    return str(block.body.exercise.kind) if block.kind == "question" else block.kind


def _times(lesson: Lesson, sections: tuple[Timed, ...]) -> Iterator[Printed]:
    rows, at = [], 0
    for section in sections:
        done = "; ".join(dict.fromkeys(_DONE[kind_of(block)] for block in section.blocks))
        until = at + section.minutes
        rows.append((plain(section.title), f"{at}–{until}", done or "giảng, hỏi lại"))
        at = until
    yield Table(("Mục", "Phút thứ", "Lớp làm"), tuple(rows), (4, 1.2, 4.5))
    one, two = (sum(section.minutes for section in half) for half in halves(lesson))
    yield Text(f"Dạy hai buổi, hoặc nghỉ ở giữa: phần một {one} phút, phần hai {two} phút.")


def _expected(lesson: Lesson) -> Table:
    rows = [(w.question, w.answer, w.reply) for w in wrong_answers(lesson, WRONG_ANSWERS)]
    return Table(("Câu hỏi", "Học viên trả lời", "Giảng viên nói"), tuple(rows), (3, 3, 4))


def _debrief(lesson: Lesson) -> Iterator[Printed]:
    """The dilemma, each prediction against its outcome, the explanation, the case."""
    opening = lesson.blocks[0]
    yield Text(
        f"{shortened(opening.body.exercise.prompt)} Đọc lại số phiếu đầu buổi, hỏi ai đổi ý và vì "
        "điều gì. Không có phương án trọn vẹn; mỗi phương án phải nói được cái giá.",
        lead="Tình huống mở đầu.",
    )
    for name in dict.fromkeys(closed_parts(lesson).values()):
        yield Text(_outcome(lesson.block(name).body.exercise), lead="Dự đoán và kết quả.")
    for block in lesson.blocks:
        if kind_of(block) == "essay" and block.body.outcome and not _is_last(lesson, block):
            yield Text(
                plain(block.body.exercise.model_answer), lead="Ý phải nghe được khi giải thích."
            )
    for block in lesson.blocks:
        if block.kind == "case":
            yield Text(_hardest(block.body), lead="Ca phân nhánh.")


def _outcome(exercise: Any) -> str:
    if exercise.kind != "single":
        return f"{shortened(exercise.prompt)} {plain(exercise.feedback.correct)}"
    right = next(option for option in exercise.options if option.correct)
    return f"{shortened(exercise.prompt)} {plain(right.text)}: {plain(right.feedback)}"


def _hardest(case: Case) -> str:
    """The first decision, with where each option leads."""
    options = (f"“{plain(o.text)}”: {plain(o.consequence)}" for o in case.steps[case.start].options)
    return " ".join(options)


def _is_last(lesson: Lesson, block: Block) -> bool:
    return block is lesson.blocks[-1]


def _board(lesson: Lesson) -> Table:
    """Three fields: votes, predictions against outcomes, words to leave standing."""
    opening = lesson.blocks[0].body.exercise
    votes = "\n".join(f"{n}. {plain(o.text)}: … phiếu" for n, o in enumerate(opening.options, 1))
    names = dict.fromkeys(closed_parts(lesson).values())
    guesses = "\n".join(
        f"{shortened(lesson.block(name).body.exercise.prompt)} Lớp đoán: … Mô hình: …"
        for name in names
    )
    terms = the_glossary().used_in(read_text(lesson.path))
    words = "\n".join(term.term for term in terms[:_TERMS])
    headings = ("Bên trái: phiếu tình huống", "Giữa: dự đoán và kết quả", "Bên phải: từ giữ lại")
    return Table(headings, ((votes, guesses, words),), (4, 4, 2))


def _late(lesson: Lesson, sections: tuple[Timed, ...]) -> Iterator[Printed]:
    rows = [(plain(what), why, f"{minutes}") for what, why, minutes in _skippable(lesson, sections)]
    yield Text(
        "Bỏ lần lượt từ trên xuống cho đến khi đủ giờ. Không bỏ tình huống mở đầu, dự đoán, mô "
        "phỏng, câu giải thích, ca phân nhánh và kế hoạch hành động: bài học nằm ở đó."
    )
    yield Table(("Bỏ", "Vì sao bỏ được", "Bớt (phút)"), tuple(rows), (5, 3.5, 1))


def _skippable(lesson: Lesson, sections: tuple[Timed, ...]) -> Iterator[tuple[str, str, int]]:
    """What may go: reviews of other lessons first, then what only practises again, from the end."""
    places = [(section, block) for section in sections for block in section.blocks]
    kept = _kept(lesson)
    again: list[tuple[str, str, int]] = []
    practised: set[str | None] = set()
    for section, block in places:
        minutes = section.minutes // (len(section.blocks) + 1)  # the reading is one part too
        if block.name in kept:
            practised.add(block.body.outcome)
        elif _reviews(block):
            yield (
                shortened(block.body.exercise.prompt),
                "nhắc lại bài khác, học sau được",
                minutes,
            )
        elif block.body.outcome in practised:
            why = f"{block.body.outcome} đã luyện ở câu trước"
            again.append((shortened(block.body.exercise.prompt), why, minutes))
        practised.add(block.body.outcome)
    yield from reversed(again)


def _kept(lesson: Lesson) -> set[str]:
    """The names of what a lesson stands on."""
    kinds = {"essay", "case", "simulation"}
    standing = {block.name for block in lesson.blocks if kind_of(block) in kinds}
    return standing | set(closed_parts(lesson).values()) | {lesson.blocks[0].name}


def _reviews(block: Block) -> bool:
    return block.kind == "question" and _REVIEW in block.body.exercise.prompt
