"""Whatever is accepted can be printed; what only looks Vietnamese is folded or refused."""

import unicodedata

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from cohort_data.agencies import MINISTRIES, canonical_name
from cohort_data.letters import ALPHABET, LETTERS, fold, replaced
from cohort_data.rosters.cells import CellError, as_name, as_text
from grading.documents.typesetting import FONTS

SCRIPTS = st.sampled_from(
    "aâăeêioôơuưyđĐÐðnNhK \u00a0\u200b"
    "\u0301\u0300\u0323\u0302\u0306\u030cаеоАНгꞌʼ’-ＫＡｎ𝐍𝒂ΑοΜǎⒶß\u202e"
)
MIXED = st.one_of(st.text(SCRIPTS, max_size=20), st.text(max_size=20))


@pytest.mark.parametrize("font", sorted(FONTS.glob("LiberationSerif-*.ttf")), ids=lambda p: p.stem)
def test_the_certificates_font_has_every_character_of_the_alphabet(font):
    drawn = set(TTFont(font).getBestCmap())
    cases = "".join(c + c.upper() + c.lower() for c in ALPHABET)
    assert {c for c in cases if ord(c) not in drawn} == set()


@given(MIXED)
def test_what_is_accepted_is_in_the_alphabet_and_normal(typed):
    for reader in (as_text, as_name):
        try:
            read = reader(typed)
        except CellError:
            continue
        assert set(read) <= ALPHABET
        assert set(canonical_name(read)) <= ALPHABET
        assert unicodedata.normalize("NFC", read) == read


@given(MIXED)
def test_folding_twice_is_folding_once(typed):
    once = fold(typed)
    assert fold(once.text) == once


@given(MIXED)
def test_the_two_forms_of_unicode_fold_alike_and_are_no_difference(typed):
    decomposed = unicodedata.normalize("NFD", typed)
    assert fold(decomposed) == fold(typed)
    if not fold(typed).doubtful and set(typed) <= ALPHABET - {"\u0306"}:
        assert replaced(decomposed, fold(typed).text) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Ｋim Ðức Anh", "Kim Đức Anh"),
        ("ðặng An", "đặng An"),
        ("Nguyễn Đ\u200bức", "Nguyễn Đức"),
        ("Lê\u00a0An", "Lê An"),
        ("Trаn Vаn", "Tran Van"),  # Cyrillic а
        ("Μai Lan", "Mai Lan"),  # Greek Μ
        ("𝐍𝐠𝐮𝐲ễn An", "Nguyễn An"),
        ("Trâ\u0300\u0300n An", "Trần An"),
        ("Tra\u0300\u0302n An", "Trần An"),  # tone typed before the circumflex
        ("Vǎn An", "Văn An"),
        ("Niê Hʼ Hen", "Niê H' Hen"),
    ],
)
def test_a_certain_look_alike_is_folded_and_told(typed, meant):
    assert fold(typed) == (meant, ())
    assert f"→ “{meant}”" in replaced(typed, meant)
    assert as_name(typed) == meant


@pytest.mark.parametrize(
    ("typed", "odd"),
    [
        ("Нгуен An", "U+0433"),  # a Russian spelling: Nguyen?
        ("А Lành", "U+0410"),  # one Cyrillic letter is a word of its own script
        ("Ⓐn Lê", "U+24B6"),
        ("Lê \u202enA", "U+202E"),  # shown in another order than it is stored
        ("Lê m\u0300", "U+0300"),
        ("Lê a\u0300\u0301", "U+0301"),
        ("Lê b\u0306", "U+0306"),
        ("Lê 安", "U+5B89"),
        ("Lê An😀", "U+1F600"),
    ],
)
def test_what_has_no_certain_reading_is_refused_by_its_character(typed, odd):
    with pytest.raises(CellError, match=odd.replace("+", r"\+")):
        as_text(typed)


@pytest.mark.parametrize(
    "name", ["Y Bhiô̆ Êban", "H'Hen Niê", "Đinh Ŭl", "Rơ Châm Č", "François Lê"]
)
def test_names_of_all_peoples_of_the_country_stay_as_they_are(name):
    assert as_name(name) == name
    assert replaced(name, name) is None


def test_known_agencies_are_spelt_within_the_alphabet():
    assert all(fold(name) == (name, ()) for name in MINISTRIES)
    assert set("đĐưƯơƠỹỸ") <= LETTERS


def test_a_look_alike_formula_sign_is_a_formula():
    with pytest.raises(CellError, match="công thức"):
        as_text("＝1+1")


def test_folding_is_told_with_file_row_and_column_and_people_stay(read, person):
    roster = read([person(1, Họ_và_tên="Ｋim Ðức Anh", Cơ_quan="Вộ Tài chính"), person(2)])
    assert roster.trainees[0].full_name == "Kim Đức Anh"
    assert roster.trainees[0].agency == "Bộ Tài chính"
    assert [(p.row, p.column, p.severity, p.letter) for p in roster.problems] == [
        (2, "C (Họ và tên)", "ghi chú", "C"),
        (2, "H (Cơ quan)", "ghi chú", "H"),
    ]
    assert "“Ｋim Ðức Anh” → “Kim Đức Anh”" in roster.problems[0].message
    assert not roster.has_errors


def test_a_folded_identity_number_is_shown_by_nobody(read, person):
    roster = read([person(1, Số_CCCD="００１０８００００００１")])
    assert len(roster.trainees) == 1
    assert roster.problems == ()
