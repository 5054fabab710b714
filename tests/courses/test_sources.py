"""The register of documents: what it refuses, and how citations print from it."""

from datetime import date

import pytest

from courses.citing import cite
from courses.foundation.errors import ContentError
from courses.lesson import read_lesson
from courses.sources import SOURCES, citations, cited, places, read_sources, the_sources, typed

ENTRY = """
[[sources]]
number = "7/2020/NĐ-CP"
kind = "Nghị định"
title = "Việc giả định"
issuer = "Chính phủ"
issued_on = 2020-03-05
in_force_from = 2020-05-01
"""
GRADED = ENTRY + 'certainty = "cao"\n'


@pytest.fixture
def register(tmp_path):
    def write(text):
        path = tmp_path / "sources.toml"
        path.write_text(text, encoding="utf-8")
        return read_sources(path)

    return write


def test_numbers_of_documents_are_told_from_dates_and_ratios():
    text = "NĐ 30/2020/NĐ-CP, Luật số 20/2023/QH15, QĐ 749/QĐ-TTg, ngày 01/7/2025, tỷ lệ 8/22."
    assert cited(text) == ["30/2020/NĐ-CP", "20/2023/QH15", "749/QĐ-TTg"]


def test_what_comes_from_the_projects_own_sources_is_certain():
    given = {"55/BTTTT-ƯDCNTT", "491/BTTTT-ƯDCNTT", "2723/BTTTT-UDCNTT", "445/2013/QĐ-UBND"}
    assert given <= {s.id for s in the_sources().sources if s.certainty == "cao"}


def test_each_entry_says_where_it_was_read_and_when_its_status_was_looked_up():
    assert [s.id for s in the_sources().sources if not (s.read_at and s.status_as_of)] == []


def test_an_id_entered_twice_is_refused(register):
    text = SOURCES.read_text(encoding="utf-8")
    with pytest.raises(ContentError, match="đã có"):
        register(f"{text}\n[[sources]]{text.split('[[sources]]')[1]}")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('replaced_by = ["8/2021/NĐ-CP"]', "chưa có trong sổ"),
        ('amended_by = ["8/2021/NĐ-CP"]', "chưa có trong sổ"),
        ("in_force_to = 2020-05-01", "ngày đầu tiên hết hiệu lực"),
        ('certainty = "chắc"', "không thuộc danh mục"),
        ('status = "còn"', "không được biết"),
    ],
)
def test_an_entry_that_cannot_stand_is_refused(register, line, words):
    entry = ENTRY if "certainty" in line else GRADED
    with pytest.raises(ContentError, match=words):
        register(entry + line)


def test_an_entry_with_the_older_keys_is_still_read(register):
    older = ENTRY.replace("7/2020", "8/2021") + 'confidence = "kiến thức chung"\n'
    text = ENTRY + 'confidence = "cần đối chiếu"\nreplaced_by = "NĐ 8/2021/NĐ-CP"\n' + older
    first, second = register(text).sources
    assert (first.id, first.certainty, second.certainty) == ("7/2020/NĐ-CP", "thấp", "vừa")
    assert first.replaced_by == ("8/2021/NĐ-CP",)


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("[@7/2020/NĐ-CP]", "NĐ 7/2020/NĐ-CP"),
        ("[@7/2020/NĐ-CP, Điều 5\n khoản 2]", "NĐ 7/2020/NĐ-CP, Điều 5 khoản 2"),
        ("[@7/2020/NĐ-CP|đủ]", "Nghị định số 7/2020/NĐ-CP ngày 05/3/2020"),
        ("[@7/2020/NĐ-CP, Điều 5|đủ, cũ]", "Nghị định số 7/2020/NĐ-CP ngày 05/3/2020, Điều 5"),
        ("[@7/2020/NĐ-CP|tình trạng]", "Hiệu lực từ 01/5/2020"),
    ],
)
def test_a_citation_prints_from_the_register(register, tmp_path, written, printed):
    assert register(GRADED).printed(f"theo {written}.", tmp_path) == f"theo {printed}."


def test_only_a_doubtful_document_that_something_rests_on_carries_the_mark(register, tmp_path):
    doubtful = register(ENTRY + 'certainty = "thấp"\n')
    assert doubtful.printed("[@7/2020/NĐ-CP]", tmp_path).endswith("(cần đối chiếu)")
    assert doubtful.printed("[@7/2020/NĐ-CP|cũ]", tmp_path) == "NĐ 7/2020/NĐ-CP"


def test_the_status_tells_the_end_and_what_came_instead(register, tmp_path):
    ended = GRADED + 'in_force_to = 2024-01-01\nreplaced_by = ["8/2021/NĐ-CP"]\n'
    follower = GRADED.replace("7/2020/NĐ-CP", "8/2021/NĐ-CP")
    status = register(ended + follower).printed("[@7/2020/NĐ-CP|tình trạng]", tmp_path)
    assert status == "Hết hiệu lực từ 01/01/2024; thay bằng NĐ 8/2021/NĐ-CP"


@pytest.mark.parametrize(
    ("written", "words"),
    [("[@9/2099/NĐ-CP]", "9/2099/NĐ-CP chưa có"), ("[@7/2020/NĐ-CP|củ]", "không có dấu “củ”")],
)
def test_a_citation_that_cannot_print_names_file_and_line(register, tmp_path, written, words):
    with pytest.raises(ContentError, match=words) as refused:
        register(GRADED).printed(f"một\nhai {written}", tmp_path / "bai.md")
    assert (refused.value.path.name, refused.value.key) == ("bai.md", "dòng 2")


def test_a_lesson_that_cites_what_the_register_lacks_is_refused(tmp_path):
    path = tmp_path / "ql9.md"
    path.write_text("---\ncode: QL9\n---\n[@9/2099/NĐ-CP]\n", encoding="utf-8")
    with pytest.raises(ContentError, match="9/2099"):
        read_lesson(path)


def test_articles_are_told_from_clauses_and_points():
    text = "Điều 154 khoản 4, 156 và Điều 170; mục 2.2.1, 2.3.1.đ; Phụ lục I"
    named = {"Điều 154", "Điều 156", "Điều 170", "mục 2.2.1", "mục 2.3.1.đ", "Phụ lục I"}
    assert places(text) == named


def test_a_document_is_in_force_from_its_first_day_to_the_day_before_its_end(register):
    (source,) = register(GRADED + "in_force_to = 2024-01-01\n").sources
    days = [date(2020, 4, 30), date(2020, 5, 1), date(2023, 12, 31), date(2024, 1, 1)]
    assert [source.in_force(day) for day in days] == [False, True, True, False]


@pytest.mark.parametrize(
    ("written", "becomes"),
    [
        ("NĐ 331/2026/NĐ-CP", "[@331/2026/NĐ-CP]"),
        ("Nghị định số 331/2026/NĐ-CP ngày 19/8/2026", "[@331/2026/NĐ-CP|đủ]"),
        (
            "Luật An ninh mạng số 116/2025/QH15 ngày 10/12/2025, Điều 40 khoản 1 điểm c, nói",
            "[@116/2025/QH15, Điều 40 khoản 1 điểm c|đủ], nói",
        ),
        (
            "CV 55/BTTTT-ƯDCNTT, mục 1.3, 2.2.1 và 3.1.",
            "[@55/BTTTT-ƯDCNTT, mục 1.3, 2.2.1 và 3.1].",
        ),
        ("[@331/2026/NĐ-CP, Điều 11] và 8/22", "[@331/2026/NĐ-CP, Điều 11] và 8/22"),
    ],
)
def test_typed_numbers_become_citations(written, becomes):
    assert cite(written, the_sources()) == becomes
    assert typed(becomes) == []


def test_turning_into_citations_twice_changes_nothing_more():
    for source in the_sources().sources:
        once = cite(f"theo {source.name} và {source.full_name}.", the_sources())
        assert cite(once, the_sources()) == once


def test_every_citation_knows_its_line_and_whether_something_rests_on_it():
    found = citations("[@a/1]\n[@b/2|cũ] [@c/3|sắp]\n[@d/4|tình trạng] [@e/5|đủ]")
    assert [(c.line, c.live) for c in found] == [
        (1, True),
        (2, False),
        (2, False),
        (3, False),
        (3, True),
    ]
