"""Author lint: the shipped content is clean, and each trap is found."""

import pytest

from assessments.bank.bank import ITEMS, read_bank
from assessments.bank.coverage import coverage
from assessments.bank.lint import lint_all
from courses.foundation.errors import ContentError
from courses.lesson import LESSONS, lesson_paths, read_lesson
from courses.lint import lint_lesson, lint_text
from courses.sources import SOURCES, cited, read_sources, the_sources

LESSON = LESSONS / "ql4-quan-ly-von-dau-tu.md"


def test_nothing_in_the_shipped_content_needs_mending():
    assert [str(fault) for fault in lint_all(read_bank(), ITEMS)] == []


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


def codes(path, text, known=frozenset()):
    return {fault.code for fault in lint_text(path, text, known)}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Hoa\u0300 giải", "NFC"),
        ("TODO viết tiếp", "LEFTOVER"),
        ("d) Tất cả các phương án trên", "ALL"),
        ("```{code-cell}\nx = 1\n```", "CODE"),
        ("theo Nghị định 99/2099/NĐ-CP", "SOURCE"),
    ],
)
def test_a_trap_in_a_text_is_found(tmp_path, text, code):
    assert codes(tmp_path / "x.md", text) == {code}


def test_a_document_in_the_register_may_be_cited(tmp_path):
    text = "Công văn 55/BTTTT-ƯDCNTT ngày 10/01/2012 và tỷ lệ 8/22"
    assert codes(tmp_path / "x.md", text, the_sources().numbers) == set()


def test_numbers_of_documents_are_told_from_dates_and_ratios():
    text = "NĐ 30/2020/NĐ-CP, Luật số 20/2023/QH15, QĐ 749/QĐ-TTg, ngày 01/7/2025, tỷ lệ 8/22."
    assert cited(text) == ["30/2020/NĐ-CP", "20/2023/QH15", "749/QĐ-TTg"]


def broken(tmp_path, old, new, count=1):
    text = LESSON.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / LESSON.name
    path.write_text(text.replace(old, new, count), encoding="utf-8")
    return {fault.code for fault in lint_lesson(read_lesson(path))}


def test_a_lesson_with_a_section_missing_is_found(tmp_path):
    assert "SECTIONS" in broken(tmp_path, "\n## ", "\n### ")


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


def test_a_number_entered_twice_in_the_register_is_refused(tmp_path):
    text = SOURCES.read_text(encoding="utf-8")
    entry = "[[sources]]" + text.split("[[sources]]")[1]
    path = tmp_path / "sources.toml"
    path.write_text(f"{text}\n{entry}", encoding="utf-8")
    with pytest.raises(ContentError, match="đã có"):
        read_sources(path)


def test_what_is_not_from_the_projects_sources_says_how_sure_we_are():
    given = {"55/BTTTT-ƯDCNTT", "491/BTTTT-ƯDCNTT", "2723/BTTTT-UDCNTT", "445/2013/QĐ-UBND"}
    sure = {s.number for s in the_sources().sources if s.confidence == "nguồn dự án"}
    assert given <= sure
