"""Identity numbers are checked against the row, and never shown."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohort_data.rosters.identity import IdentityNumberError, contradiction, read_identity, shown

BORN = date(1980, 9, 5)
DATES = st.dates(date(1930, 1, 1), date(2010, 12, 31))
SEXES = st.sampled_from(["nam", "nữ"])
TAILS = st.integers(0, 999_999).map(lambda number: f"{number:06}")


def cccd(sex, born, province="001", tail="123456"):
    century = {19: "01", 20: "23"}[born.year // 100][["nam", "nữ"].index(sex)]
    return f"{province}{century}{born:%y}{tail}"


@given(SEXES, DATES, TAILS)
def test_a_consistent_number_is_read_without_warning(sex, born, tail):
    identity = read_identity(cccd(sex, born, tail=tail), sex, born)
    assert (identity.number, identity.kind, identity.warning) == (
        cccd(sex, born, tail=tail),
        "CCCD",
        None,
    )


@given(SEXES, DATES, TAILS, DATES)
def test_a_number_of_the_other_sex_or_another_year_is_refused(sex, born, tail, other):
    number = cccd(sex, born, tail=tail)
    with pytest.raises(IdentityNumberError, match="giới tính"):
        read_identity(number, {"nam": "nữ", "nữ": "nam"}[sex], born)
    if other.year != born.year:
        with pytest.raises(IdentityNumberError, match="năm sinh"):
            read_identity(number, sex, other)


def test_century_counts_and_not_only_the_two_digits_of_the_year():
    assert contradiction("001005123456", "nam", date(2005, 1, 1)) == "năm sinh"
    assert contradiction("001205123456", "nam", date(2005, 1, 1)) is None


@given(SEXES, DATES, st.sampled_from(["001", "008", "024", "079", "096"]), TAILS)
def test_leading_zeros_are_restored_when_everything_agrees(sex, born, province, tail):
    whole = cccd(sex, born, province, tail)
    identity = read_identity(whole.lstrip("0"), sex, born)
    assert identity.number == whole
    assert "mất số 0" in identity.warning


@pytest.mark.parametrize(
    "typed",
    [
        "1980123456",  # agrees with nobody born in 1980
        "01080123456",  # begins with 0, so no leading zero was lost
        "24080",  # far too short
        "0240801234567",  # one digit too many
        "3080123456",  # 003 is no province's code
    ],
)
def test_a_doubtful_number_is_refused_and_never_guessed(typed):
    with pytest.raises(IdentityNumberError, match="12 \\(CCCD\\)"):
        read_identity(typed, "nam", BORN)


def test_an_old_number_of_nine_digits_is_accepted_with_a_warning():
    identity = read_identity("012 345 678", "nam", BORN)
    assert (identity.number, identity.kind) == ("012345678", "CMND")
    assert "…678" in identity.warning


@pytest.mark.parametrize("typed", ["1,08E+11", "00108O123456", "", "không có"])
def test_what_is_no_number_is_refused(typed):
    with pytest.raises(IdentityNumberError):
        read_identity(typed, "nam", BORN)


def test_a_leading_apostrophe_and_blanks_are_dropped():
    assert read_identity("'001 080 123456", "nam", BORN).number == "001080123456"


def test_no_province_is_000():
    with pytest.raises(IdentityNumberError, match="000"):
        read_identity("000080123456", "nam", BORN)


@given(st.text(alphabet="0123456789", min_size=4, max_size=14), SEXES, DATES)
def test_no_message_and_no_repr_shows_more_than_three_digits(number, sex, born):
    try:
        identity = read_identity(number, sex, born)
    except IdentityNumberError as error:
        said = str(error)
    else:
        said = f"{identity!r}{identity.warning}"
    assert number[-4:] not in said


def test_a_short_number_is_not_shown_at_all():
    assert shown("12345") == "…"
    assert shown("001080123456") == "…456"
