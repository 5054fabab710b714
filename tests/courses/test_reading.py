"""Facts about what a lesson asks to be read, and about the legal table to take home."""

import pytest

from courses.build import build_lesson
from courses.lesson import lesson_paths, read_lesson
from courses.reading import POINTER, apart, must_read

LEGAL = """\
| Văn bản | Dùng để | Tình trạng hiệu lực |
|---|---|---|
| Luật A | Chia sẻ | Còn hiệu lực |
"""
OTHER = """\
| Ai | Khi nào | Hiệu lực |
|---|---|---|
| Thủ trưởng | Ngay | – |
"""


def test_a_legal_table_goes_to_the_sheet_and_leaves_a_pointer():
    kept, sheet = apart([f"Trước.\n\n{LEGAL}\nSau.", "khác"])
    assert kept == [f"Trước.\n\n{POINTER}\n\nSau.", "khác"]
    assert sheet == LEGAL.rstrip()


def test_a_table_that_ends_a_part_goes_whole():
    assert apart([LEGAL.rstrip()]) == ([f"{POINTER}\n"], LEGAL.rstrip())


def test_another_table_stays_where_it_teaches():
    assert apart([OTHER]) == ([OTHER], "")


@pytest.mark.parametrize("path", lesson_paths(), ids=lambda path: path.stem)
def test_a_built_lesson_holds_each_legal_line_once(path, tmp_path):
    lesson = read_lesson(path)
    cells = build_lesson(path, tmp_path).read_text(encoding="utf-8")
    assert cells.count("Tờ mang về: căn cứ pháp lý") == bool(apart(lesson.parts)[1])
    assert cells.count("| Tình trạng hiệu lực |") == bool(apart(lesson.parts)[1])


@pytest.mark.parametrize("path", lesson_paths(), ids=lambda path: path.stem)
def test_both_parts_of_a_lesson_have_something_to_read(path):
    lesson = read_lesson(path)
    text = " ".join(part for part in lesson.parts if isinstance(part, str))
    assert min(must_read(lesson)) > 900
    assert sum(must_read(lesson)) < 2 * len(text.split())
