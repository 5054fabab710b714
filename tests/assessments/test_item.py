"""Items are read strictly, vary by seed, and mark full, partly, blank and malformed apart."""

from decimal import Decimal
from functools import cache
from unicodedata import is_normalized

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shipped import BANK
from strategies import anything, seeds

from assessments.bank import answering
from assessments.bank.bank import ITEMS
from assessments.bank.item import draw, mark, read_item
from courses.foundation.errors import ContentError
from courses.lesson import lesson_paths, read_lesson
from courses.tracks import all_competencies

PATHS = sorted(ITEMS.glob("*/*.md"))
SHIPPED = list(BANK.items.values())
OBJECTIVE = [item for item in SHIPPED if item.rubric is None]

ITEM = """\
---
id: QL4-99
competency: QL4
outcome: QL4.1
depth: hiểu
points: 2
minutes: 3
sources: [Văn bản giả định]
author_role: Chuyên gia giả định
status: live
kind: single
options:
  - {text: Một, correct: true, feedback: Đúng.}
  - {text: Hai, feedback: Sai.}
  - {text: Ba, feedback: Sai.}
---

Tình huống giả định: chọn gì?
"""

TEMPLATE = """\
---
id: QL4-98
competency: QL4
outcome: QL4.1
depth: vận dụng
points: 2
minutes: 3
sources: [Văn bản giả định]
author_role: Chuyên gia giả định
status: live
kind: numeric
answer: "{{tong}}"
tolerance: "0"
feedback: {correct: Đúng., wrong: Cộng lại.}
---

Có {{ a }} máy chủ, mua thêm 10. Tất cả có bao nhiêu?
"""
GENERATOR = """\
def variant(rng):
    a = rng.randint(1, 50)
    return {"a": str(a), "tong": str(a + 10)}
"""


@pytest.fixture
def item(tmp_path):
    def write(text, generator=None, name="ql4-99.md"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        if generator is not None:
            path.with_suffix(".py").write_text(generator, encoding="utf-8")
        return path

    return write


def every(items):
    """A test of one item as a test of all items of a competency; what fails names its item."""
    codes = sorted({item.competency for item in items})

    def decorated(test):
        @pytest.mark.parametrize("code", codes)
        def of_all(code):
            for item in items:
                if item.competency == code:
                    try:
                        test(item)
                    except AssertionError as error:
                        raise AssertionError(f"{item.id}: {error}") from error

        return of_all

    return decorated


@every(OBJECTIVE)
def test_a_shipped_item_marks_full_with_its_key_and_less_with_a_wrong_answer(shipped):
    for seed in "abc":
        variant = draw(shipped, seed)
        full = mark(variant, answering.right(variant))
        assert (full.points, full.state) == (shipped.points, "correct")
        wrong = mark(variant, answering.wrong(variant))
        assert wrong.points == 0 or variant.question.kind == "decisions"
        assert wrong.points < shipped.points


@every(SHIPPED)
def test_a_shipped_item_tells_blank_from_malformed_and_pays_neither(shipped):
    variant = draw(shipped, "seed")
    states = {}
    for raw in (None, "", answering.malformed(variant)):
        given_mark = mark(variant, raw)
        assert given_mark.points == 0
        states[str(raw)[:9]] = given_mark.state
    assert list(states.values()) == ["blank", "blank", "invalid"]


@cache
def drawn():
    return [(item, draw(item, "seed")) for item in SHIPPED]


@settings(deadline=None)  # each example meets every item
@given(raw=anything)
def test_marking_a_shipped_item_never_fails_whatever_is_sent(raw):
    for item, variant in drawn():
        assert 0 <= mark(variant, raw).points <= item.points, item.id


@every(SHIPPED)
def test_the_same_seed_gives_the_same_variant_of_a_shipped_item(shipped):
    assert draw(shipped, "một kỳ") == draw(shipped, "một kỳ")


@every([item for item in SHIPPED if item.rubric])
def test_a_written_essay_waits_for_people_and_earns_nothing_by_itself(shipped):
    essay = mark(draw(shipped, "seed"), "Kính trình Uỷ ban nhân dân tỉnh.")
    assert (essay.points, essay.state) == (0, "unjudged")


@cache
def taught():
    """Outcomes by the competency whose lesson teaches them."""
    heads = (read_lesson(path).head for path in lesson_paths())
    return {head.code: {outcome.id for outcome in head.outcomes} for head in heads}


@every(SHIPPED)
def test_a_shipped_item_examines_an_outcome_that_a_lesson_teaches(shipped):
    if shipped.competency == "CAP":
        return  # the capstone draws on every lesson and belongs to none
    assert shipped.competency in all_competencies()
    assert shipped.outcome in taught()[shipped.competency]


def test_every_shipped_item_is_written_in_nfc():
    texts = {path.name: path.read_text(encoding="utf-8") for path in PATHS}
    assert [name for name, text in texts.items() if not is_normalized("NFC", text)] == []


@every(OBJECTIVE)
def test_nothing_of_the_authors_feedback_stands_in_the_question(shipped):
    shown = draw(shipped, "seed").question.model_dump_json()
    assert "feedback" not in shown
    assert "correct" not in shown


@pytest.mark.parametrize(
    ("old", "new", "key", "words"),
    [
        ("points: 2", "point: 2", "points", "thiếu khoá"),
        ("points: 2", "points: 0", "points", "số quá nhỏ"),
        ("depth: hiểu", "depth: sâu", "depth", "danh mục"),
        ("status: live", "status: mới", "status", "danh mục"),
        ("sources: [Văn bản giả định]", "sources: []", "sources", "quá ít mục"),
        ("id: QL4-99", "id: QL4_99", "id", "mẫu"),
        ("id: QL4-99", "id: QL4-98", "id", "tên tệp phải là ql4-98.md"),
        ("kind: single", "kind: đơn", "exercise", "kind không thuộc"),
        ("kind: single\n", "", "exercise", "thiếu khoá kind"),
        (", correct: true", "", None, "đúng một phương án đúng"),
        ("Hai, feedback", "Hai, correct: true, feedback", "exercise.single", "nhiều nhất một"),
        ("Hai, feedback", "Một, feedback", "exercise.single", "trùng nội dung"),
        ("status: live", "status: live\nrubric: ql4-e1", None, "câu khác thì không"),
        ("status: live", "status: live\nmarks: 3", "exercise.single.marks", "không được biết"),
        ("Tình huống giả định: chọn gì?\n", "", "exercise.single.prompt", "để trống"),
        ("Ba, feedback", "Ba, feedbak", "exercise.single.options.2.feedback", "thiếu khoá"),
        ("chọn gì?", "chọn {{gi}}?", None, "thiếu tệp ql4-99.py"),
    ],
)
def test_a_broken_item_is_refused_by_file_and_key(item, old, new, key, words):
    assert old in ITEM
    path = item(ITEM.replace(old, new, 1))
    with pytest.raises(ContentError, match=words) as refused:
        read_item(path)
    assert (refused.value.path, refused.value.key) == (path, key)


def test_front_matter_that_is_no_table_is_refused(item):
    with pytest.raises(ContentError, match="các cặp khoá"):
        read_item(item("---\n- một\n- hai\n---\nHỏi?\n"))


def test_a_template_gives_each_seed_its_own_numbers_and_the_key_that_fits_them(item):
    read = read_item(item(TEMPLATE, GENERATOR, "ql4-98.md"))
    prompts = set()
    for seed in map(str, range(30)):
        variant = draw(read, seed)
        servers = int(variant.question.prompt.split()[1])
        assert mark(variant, str(servers + 10)).points == 2
        prompts.add(variant.question.prompt)
        assert draw(read, seed) == variant
    assert len(prompts) > 10


@pytest.mark.parametrize(
    ("generator", "words"),
    [
        ("def variant(rng):\n    return {'a': '1'}\n", "chỗ {{tong}} không có giá trị"),
        ("def variant(rng):\n    return dict(a='1', tong='2', c='3')\n", "không dùng: c"),
        ("def variant(rng):\n    return 1 / 0\n", "sinh biến thể lỗi: ZeroDivisionError"),
        ("def varient(rng):\n    pass\n", "không nạp được"),
        ("def variant(rng)\n", "không nạp được"),
    ],
)
def test_a_broken_generator_is_refused_in_words(item, generator, words):
    path = item(TEMPLATE, generator, "ql4-98.md")
    with pytest.raises(ContentError, match=words):
        read_item(path)


def test_a_variant_that_cannot_stand_is_refused_when_it_is_drawn(item):
    generator = GENERATOR.replace("str(a + 10)", "str(a + 10) if a < 0 else 'nhiều'")
    with pytest.raises(ContentError, match="phải là số"):
        read_item(item(TEMPLATE, generator, "ql4-98.md"))


@given(seeds, st.sampled_from(OBJECTIVE))
def test_points_are_never_rounded(seed, shipped):
    variant = draw(shipped, seed)
    points = mark(variant, answering.right(variant)).points
    assert isinstance(points, Decimal)
    assert points == shipped.points
