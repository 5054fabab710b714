"""Author lint: the shipped content is clean, and each trap is found."""

from datetime import date

import pytest

from assessments.bank.bank import ITEMS, read_bank
from assessments.bank.coverage import coverage
from assessments.bank.lint import lint_all
from centre.demo import SAMPLE
from centre.sittings.settings import read_settings
from courses.foundation.content import read_text
from courses.law import lint_citations
from courses.lesson import LESSONS, lesson_paths, read_lesson
from courses.lint import lint_lesson, lint_text
from courses.sources import the_sources

LESSON = LESSONS / "ql4-quan-ly-von-dau-tu.md"
TWO_PARTS = LESSONS / "km2-tao-dong-thuan.md"
SITTING = read_settings(SAMPLE / "sitting.toml").opens.date()
LOOKED_UP = date(2026, 11, 27)


def test_nothing_in_the_shipped_content_needs_mending():
    findings = lint_all(read_bank(), ITEMS, LOOKED_UP)
    assert [str(fault) for fault in findings.serious] == []
    assert [str(change) for change in findings.rewrites if change.due] == []


@pytest.mark.parametrize("path", [*lesson_paths(), ITEMS.parent], ids=lambda path: path.stem)
def test_the_law_that_content_rests_on_holds_at_the_simulated_sitting(path):
    files = [path] if path.is_file() else [*path.rglob("*.md"), *path.glob("rubrics/*.toml")]
    register = the_sources()
    faults = [f for file in files for f in lint_citations(file, read_text(file), register, SITTING)]
    assert [str(fault) for fault in faults] == []


def test_every_outcome_is_practised_in_its_lesson_and_assessed_in_the_bank():
    rows = coverage(read_bank())
    assert len(rows) >= 3 * len(lesson_paths())
    assert [row.outcome for row in rows if not (row.practised and row.assessed)] == []


@pytest.mark.parametrize("code", ["QL1", "QL2", "QL3", "QL4", "QL5", "QL6"])
def test_the_bank_of_a_management_competency_is_as_deep_as_promised(code):
    items = [item for item in read_bank().items.values() if item.competency == code]
    objective = [item for item in items if item.rubric is None]
    assert len(objective) >= 24
    assert sum(item.template is not None for item in objective) >= 6
    assert len({item.exercise.kind for item in objective}) >= 5
    assert len({item.depth for item in objective}) >= 3
    assert sum(item.rubric is not None for item in items) >= 3


def codes(path, text):
    return {fault.code for fault in lint_text(path, text)}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Hoa\u0300 giải", "NFC"),
        ("TODO viết tiếp", "LEFTOVER"),
        ("d) Tất cả các phương án trên", "ALL"),
        ("```{code-cell}\nx = 1\n```", "CODE"),
        ("Kẻ tấn công dọa công bố", "TONE"),
    ],
)
def test_a_trap_in_a_text_is_found(tmp_path, text, code):
    assert codes(tmp_path / "x.md", text) == {code}


def test_new_tone_marks_and_the_old_name_of_an_agency_are_no_trap(tmp_path):
    assert codes(tmp_path / "x.md", "Phòng Văn hóa và Thông tin doạ khoá, hoà giải quý II") == set()


def broken(tmp_path, old, new, count=1, lesson=LESSON):
    text = lesson.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / lesson.name
    path.write_text(text.replace(old, new, count), encoding="utf-8")
    return {fault.code for fault in lint_lesson(read_lesson(path))}


def test_a_lesson_with_a_section_missing_is_found(tmp_path):
    assert "SECTIONS" in broken(tmp_path, "\n## ", "\n### ")


def test_a_part_of_a_lesson_longer_than_can_be_read_is_found(tmp_path):
    assert "LENGTH" in broken(tmp_path, "\n## 6", f"\n{'dài ' * 4000}\n## 6")


def test_six_minutes_without_anything_to_do_are_found(tmp_path):
    assert broken(tmp_path, "\n## 6", f"\n{'dài ' * 1201}\n## 6") == {"PACE"}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("minutes: 100", "minutes: 75", "MINUTES"),
        ("(18 phút)", "(14 phút)", "MINUTES"),
        ("### Kết phần một", "### Kết", "PARTS"),
        ("### Mở phần hai", "### Mở", "PARTS"),
    ],
)
def test_minutes_that_do_not_add_up_and_a_part_without_end_or_beginning_are_found(
    tmp_path, old, new, code
):
    assert broken(tmp_path, old, new, lesson=TWO_PARTS) == {code}


def test_a_section_shorter_than_its_reading_and_a_part_longer_than_a_sitting_are_found(tmp_path):
    assert broken(tmp_path, "(18 phút)", "(1 phút)", lesson=TWO_PARTS) == {"MINUTES"}
    assert broken(tmp_path, "(18 phút)", "(30 phút)", lesson=TWO_PARTS) == {"MINUTES", "PARTS"}


def test_a_lesson_whose_written_answer_has_no_model_is_found(tmp_path):
    lesson = read_lesson(LESSON)
    parts = tuple(_emptied(part) for part in lesson.parts)
    changed = type(lesson)(path=tmp_path / "x.md", head=lesson.head, parts=parts)
    assert {fault.code for fault in lint_lesson(changed)} == {"MODEL_ANSWERS"}


def _emptied(part):
    exercise = getattr(getattr(part, "body", None), "exercise", None)
    if exercise is None or exercise.kind != "essay":
        return part
    silent = exercise.model_copy(update={"model_answer": ""})
    body = part.body.model_copy(update={"exercise": silent})
    return type(part)(kind=part.kind, name=part.name, body=body)


def without(kind, tmp_path):
    lesson = read_lesson(LESSON)
    parts = tuple(part for part in lesson.parts if getattr(part, "kind", None) != kind)
    changed = type(lesson)(path=tmp_path / "x.md", head=lesson.head, parts=parts)
    return {fault.code for fault in lint_lesson(changed)}


def test_a_lesson_without_simulation_or_case_is_found(tmp_path):
    assert "SIMULATION" in without("simulation", tmp_path)
    assert "CASE" in without("case", tmp_path)
