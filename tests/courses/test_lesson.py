"""Lessons are read strictly; every shipped one reads and teaches what it promises."""

import unicodedata
from pathlib import Path

import pytest
from strategies import right_answer

from courses.exercise import judge, present
from courses.foundation.errors import ContentError
from courses.lesson import lesson_paths, read_lesson
from courses.tracks import all_competencies
from courses.widgets import simulations

LESSON = """\
---
code: QL4
title: Bài mẫu
minutes: 60
outcomes:
  - {id: QL4.1, text: Một}
  - {id: QL4.2, text: Hai}
  - {id: QL4.3, text: Ba}
sources: [Văn bản giả định]
---
Mở đầu.

## Mục một

```{question} mo-dau
outcome: QL4.1
kind: single
prompt: Chọn gì?
options:
  - {text: Một, correct: true, feedback: Đúng.}
  - {text: Hai, feedback: Sai.}
  - {text: Ba, feedback: Sai.}
```

Đoạn giữa.

```python
print("một khối mã để đọc, không phải việc phải làm")
```

```{case} ca
start: b1
steps:
  b1:
    situation: Đầu
    options:
      - {text: Một, consequence: Xong., next: b2}
      - {text: Hai, consequence: Xong.}
  b2:
    situation: Sau
    options:
      - {text: Một, consequence: Hết.}
      - {text: Hai, consequence: Hết.}
```

```{simulation} investment
outcome: QL4.2
```
"""


@pytest.fixture
def lesson(tmp_path):
    def write(old="", new=""):
        assert old in LESSON
        path = tmp_path / "ql4-mau.md"
        path.write_text(LESSON.replace(old, new, 1) if old else LESSON, encoding="utf-8")
        return path

    return write


def test_a_lesson_is_cut_at_its_headings_and_blocks_in_reading_order(lesson):
    parts = read_lesson(lesson()).parts
    assert [part if isinstance(part, str) else part.name for part in parts] == [
        "Mở đầu.",
        "## Mục một",
        "mo-dau",
        'Đoạn giữa.\n\n```python\nprint("một khối mã để đọc, không phải việc phải làm")\n```',
        "ca",
        "investment",
    ]


@pytest.mark.parametrize(
    ("old", "new", "key", "words"),
    [
        ("code: QL4", "kode: QL4", "code", "thiếu khoá"),
        ("minutes: 60", "minutes: không", "minutes", "số nguyên"),
        ("id: QL4.1", "id: KT1.1", None, "phải bắt đầu bằng QL4"),
        ("  - {id: QL4.3, text: Ba}\n", "", "outcomes", "quá ít mục"),
        ("sources: [Văn bản giả định]", "sources: []", "sources", "quá ít mục"),
        ("outcome: QL4.1", "outcome: QL4.9", "mo-dau", "chuẩn đầu ra không có"),
        ("kind: single", "kind: singel", "mo-dau.exercise", "kind không thuộc"),
        ("prompt: Chọn gì?", "promt: Chọn gì?", "mo-dau.exercise.single.prompt", "thiếu khoá"),
        ("correct: true", "corect: true", "mo-dau.exercise.single.options.0.corect", "được biết"),
        ("kind: single", "kind: [", "mo-dau", "cú pháp YAML"),
        ("{case} ca", "{case} mo-dau", "mo-dau", "trùng tên"),
        ("{case} ca", "{caze} ca", None, "không có khối"),
        ("{case} ca", "{case}", None, "không có khối"),
        ("next: b2", "next: b3", "ca", "bước không có trong ca: b3"),
        (", next: b2", "", "ca", "không đường nào dẫn tới"),
        ("start: b1", "start: b0", "ca", "b0"),
    ],
)
def test_a_broken_lesson_is_refused_by_file_and_key(lesson, old, new, key, words):
    path = lesson(old, new)
    with pytest.raises(ContentError, match=words) as refused:
        read_lesson(path)
    assert (refused.value.path, refused.value.key) == (path, key)


@pytest.mark.parametrize("path", lesson_paths(), ids=lambda path: path.stem)
def test_a_shipped_lesson_teaches_a_competency_of_a_track_and_practises_its_outcomes(path):
    lesson = read_lesson(path)
    assert lesson.head.code in all_competencies()
    assert path.stem.startswith(lesson.head.code.lower())
    practised = {block.body.outcome for block in lesson.blocks}
    assert {outcome.id for outcome in lesson.head.outcomes} <= practised


@pytest.mark.parametrize("path", lesson_paths(), ids=lambda path: path.stem)
def test_a_shipped_lesson_has_a_simulation_a_case_and_questions_that_can_be_answered(path):
    blocks = read_lesson(path).blocks
    assert {block.kind for block in blocks} == {"question", "case", "simulation"}
    for block in (block for block in blocks if block.kind == "question"):
        question, key = present(block.body.exercise, block.name, "seed")
        if key.correct:
            assert judge(question, key, right_answer(question, key)).state == "correct"
    views = {path.stem for path in Path(simulations.__path__[0]).glob("*.py")}
    assert {block.name for block in blocks if block.kind == "simulation"} <= views


@pytest.mark.parametrize("path", lesson_paths(), ids=lambda path: path.stem)
def test_a_shipped_lesson_is_written_in_nfc(path):
    assert unicodedata.is_normalized("NFC", path.read_text(encoding="utf-8"))


def test_no_two_lessons_teach_the_same_competency():
    codes = [read_lesson(path).head.code for path in lesson_paths()]
    assert len(set(codes)) == len(codes)


def test_lessons_come_in_the_order_of_the_framework_and_strangers_last(tmp_path):
    for name in ("km1-a.md", "ql2-b.md", "ghi-chu.md", "ql1-c.md", "kt1-d.md"):
        (tmp_path / name).touch()
    found = [path.stem.partition("-")[0] for path in lesson_paths(tmp_path)]
    assert found == ["ql1", "ql2", "km1", "kt1", "ghi"]
