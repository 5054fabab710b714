"""The glossary: strict to its authors, and the same names in whatever trainees read."""

import nbformat
import pytest

from assessments.bank.bank import ITEMS
from assessments.bank.rubric import RUBRICS
from courses.build import build_lesson
from courses.foundation.errors import ContentError
from courses.glossary import Glossary, Term, glossary_lines, read_glossary, the_glossary
from courses.lesson import lesson_paths
from courses.lint import lint_terms
from courses.sources import cited, the_sources

SMALL = """
[[terms]]
term = "Đường găng"
meaning = "Chuỗi việc dài nhất."
avoid = ["đường tới hạn"]

[[terms]]
term = "Giá trị thu được"
abbreviation = "EV"
meaning = "Ngân sách của việc đã nghiệm thu."
"""


@pytest.fixture
def small(tmp_path):
    path = tmp_path / "glossary.toml"
    path.write_text(SMALL, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("abbreviation", "abbrev", "terms.1.abbrev"),
        ("meaning = ", "sense = ", "terms.0.meaning"),
        ('"Chuỗi việc dài nhất."', '""', "terms.0.meaning"),
        ('"Giá trị thu được"', '"ĐƯỜNG GĂNG"', "terms.1.term"),
        ('"EV"', '"Đường tới hạn"', "terms.1.term"),
        ('"đường tới hạn"', '"đường găng"', "terms.0.avoid"),
        ('["đường tới hạn"]', '["x", "X"]', "terms.0.avoid"),
    ],
)
def test_an_unknown_key_or_a_name_entered_twice_is_refused_with_file_and_key(small, old, new, key):
    small.write_text(SMALL.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError) as refused:
        read_glossary(small)
    assert (refused.value.path, refused.value.key) == (small, key)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Tính đường tới hạn trước.", ["đường tới hạn"]),
        ("Đường tới\n  hạn dài 34 tuần.", ["đường tới hạn"]),
        ("Tính đường găng trước.", []),
        ("con đường tới hạnh phúc", []),
    ],
)
def test_a_name_to_avoid_is_found_across_lines_and_only_as_whole_words(small, text, found):
    faults = list(lint_terms(small, text, read_glossary(small)))
    assert [fault.code for fault in faults] == ["TERM"] * len(found)
    assert all(name in str(fault) for name, fault in zip(found, faults, strict=True))
    assert all("Đường găng" in str(fault) for fault in faults)


def test_an_abbreviation_is_another_word_in_small_letters(small):
    glossary = read_glossary(small)
    assert [term.term for term in glossary.used_in("EV là 4.500")] == ["Giá trị thu được"]
    assert glossary.used_in("ev") == ()


def test_terms_are_listed_in_the_order_of_the_vietnamese_alphabet():
    names = ("Ý kiến", "Đường găng", "Dự trữ", "Ăn khớp", "An toàn")
    glossary = Glossary(terms=tuple(Term(term=name, meaning="…") for name in names))
    listed = [term.term for term in glossary.alphabetical]
    assert listed == ["An toàn", "Ăn khớp", "Dự trữ", "Đường găng", "Ý kiến"]


def test_the_list_shows_term_abbreviation_meaning_and_source():
    term = Term(term="Đường găng", abbreviation="ĐG", meaning="Nghĩa.", source="CV 55")
    assert glossary_lines([term]) == ["- **Đường găng** (ĐG): Nghĩa. *Nguồn: CV 55.*"]


def test_the_glossary_keeps_its_own_rules_and_cites_only_documents_of_the_register():
    terms = the_glossary().terms
    text = "\n".join(f"{term.term}\n{term.meaning}\n{term.source}" for term in terms)
    assert list(the_glossary().discouraged(text)) == []
    assert set(cited(text)) <= the_sources().numbers


def test_every_term_of_the_glossary_is_used_by_a_lesson_or_the_bank():
    paths = [*lesson_paths(), *ITEMS.glob("*/*.md"), *RUBRICS.glob("*.toml")]
    used = the_glossary().used_in("\n".join(path.read_text(encoding="utf-8") for path in paths))
    assert set(used) == set(the_glossary().terms)


@pytest.mark.parametrize("path", lesson_paths(), ids=lambda path: path.stem)
def test_a_lesson_ends_with_the_terms_it_uses_and_no_others(path, tmp_path):
    last = nbformat.read(build_lesson(path, tmp_path), as_version=4).cells[-1].source
    heading, *lines = last.split("\n")
    assert heading == "## Thuật ngữ trong bài"
    terms = the_glossary().used_in(path.read_text(encoding="utf-8"))
    assert len(terms) >= 5
    assert lines[1:] == glossary_lines(terms)
