"""Vietnamese names are matched, sorted and masked as Vietnamese readers expect."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohort_data.letters import clean
from cohort_data.names import mask, match_key, sort_key, split

LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằấợựĐÂÔỲỴ"
WORDS = st.text(alphabet=LETTERS, min_size=1, max_size=7)
NAMES = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)


def test_decomposed_text_becomes_nfc_with_single_blanks():
    assert clean(unicodedata.normalize("NFD", "  Nguyễn\u00a0Thị \u200b Ánh\n")) == "Nguyễn Thị Ánh"


@pytest.mark.parametrize(
    ("old", "new"),
    [("Hòa", "Hoà"), ("Thúy", "Thuý"), ("Khỏe", "Khoẻ"), ("THỦY", "thuỷ"), ("Qúy", "Quý")],
)
def test_old_and_new_tone_placement_match(old, new):
    assert match_key(old) == match_key(new)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Hòa", "Hóa"), ("An", "Ân"), ("Dung", "Đung"), ("Lý", "Lí"), ("Thu", "Thư"), ("Hoa", "Hòa")],
)
def test_different_names_do_not_match(one, other):
    assert match_key(one) != match_key(other)


@given(NAMES)
def test_match_key_ignores_form_case_and_blanks(name):
    typed = "  " + unicodedata.normalize("NFD", name.upper()).replace(" ", "   ")
    assert match_key(typed) == match_key(name)


def test_given_name_decides_before_surname_and_surname_before_middle_name():
    names = ["Trần Văn An", "Lê Thị Bình", "Lê Văn An", "Lê Thị An"]
    assert sorted(names, key=sort_key) == ["Lê Thị An", "Lê Văn An", "Trần Văn An", "Lê Thị Bình"]


def test_accented_letters_are_letters_of_their_own():
    alphabet = ["An", "Ăn", "Ân", "Bơ", "Dư", "Đa", "En", "Ên", "On", "Ôn", "Ơn", "Un", "Ưn"]
    assert sorted(set(alphabet), key=sort_key) == alphabet


def test_tones_rank_ngang_huyen_hoi_nga_sac_nang():
    tones = ["Ma", "Mà", "Mả", "Mã", "Má", "Mạ"]
    assert sorted(set(tones), key=sort_key) == tones


def test_a_tone_decides_only_between_equal_letters():
    assert sort_key("Mạ") < sort_key("Mai")


def test_a_blank_sorts_before_every_letter():
    assert sort_key("Lê Thị An Hà") < sort_key("Lê Thịnh Hà")


def test_an_apostrophe_and_a_breve_do_not_send_a_name_behind_z():
    assert sort_key("Niê H'Hen") < sort_key("Niê Yến")
    assert sort_key("Niê Bhiŏ") < sort_key("Niê Bhiu")


@given(
    st.lists(NAMES, max_size=8).flatmap(
        lambda names: st.tuples(st.just(names), st.permutations(names))
    )
)
def test_the_order_never_depends_on_the_input_order(both):
    names, shuffled = both
    assert sorted(shuffled, key=sort_key) == sorted(names, key=sort_key)


@given(NAMES)
def test_parts_put_together_are_the_name(name):
    assert " ".join(part for part in split(name) if part) == clean(name)


def test_a_mask_keeps_surname_and_initial_of_the_given_name():
    assert mask("Nguyễn Văn An") == "Nguyễn *** A***"
    assert mask("Đỗ Ánh") == "Đỗ *** Á***"
    assert mask("An") == "A***"


@given(NAMES, WORDS)
def test_a_mask_betrays_neither_middle_name_nor_length(name, extra):
    parts = split(name)
    longer = f"{parts.surname or 'Lê'} {extra} {parts.middle} {parts.given}{extra}"
    shorter = f"{parts.surname or 'Lê'} {parts.given}"
    assert mask(longer) == mask(shorter)
