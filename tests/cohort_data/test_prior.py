"""Earlier results are read strictly: the first wrong cell is named."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cohort_data.rosters.prior import PriorPass, read_prior
from courses.foundation.errors import RosterError

HEADER = "trainee_id,area,passed_on,score_share\n"


@pytest.fixture
def prior(tmp_path):
    def write(text):
        path = tmp_path / "truoc.csv"
        path.write_bytes(text.encode())
        return path

    return write


def test_a_pass_is_read_with_exact_share(prior):
    assert read_prior(prior(HEADER + "CIO26-007,KM,2026-05-22,0.715\n")) == (
        PriorPass("CIO26-007", "KM", date(2026, 5, 22), Decimal("0.715")),
    )


def test_a_header_alone_means_no_passes(prior):
    assert read_prior(prior(HEADER)) == ()


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("../x,KM,2026-05-22,0.7", "trainee_id"),
        ("cio26-007,KM,2026-05-22,0.7", "trainee_id"),
        ("CIO26-007,XX,2026-05-22,0.7", "area"),
        ("CIO26-007,KM,22/05/2026,0.7", "passed_on"),
        ("CIO26-007,KM,2026-02-30,0.7", "passed_on"),
        ("CIO26-007,KM,2026-05-22,71.5", "score_share"),
        ("CIO26-007,KM,2026-05-22,-0.1", "score_share"),
        ("CIO26-007,KM,2026-05-22,NaN", "score_share"),
        ('CIO26-007,KM,2026-05-22,"0,7"', "score_share"),
        ("CIO26-007,KM,2026-05-22,0,7", None),
        ("CIO26-001,KM,2026-05-22,0.8", "area"),
    ],
)
def test_the_first_wrong_cell_is_named(prior, line, column):
    path = prior(f"{HEADER}CIO26-001,KM,2026-05-22,0.7\n{line}\n")
    with pytest.raises(RosterError) as caught:
        read_prior(path)
    assert (caught.value.path, caught.value.row, caught.value.column) == (path, 3, column)


@pytest.mark.parametrize("text", ["", "a,b\n", HEADER.replace(",", ";"), "# chú thích\n" + HEADER])
def test_another_header_is_refused(prior, text):
    with pytest.raises(RosterError, match="dòng đầu phải là"):
        read_prior(prior(text))


def test_a_missing_or_unreadable_file_is_refused(tmp_path):
    with pytest.raises(RosterError, match="không mở được"):
        read_prior(tmp_path / "khong-co.csv")
    (tmp_path / "utf16.csv").write_bytes(HEADER.encode("utf-16"))
    with pytest.raises(RosterError, match="UTF-8"):
        read_prior(tmp_path / "utf16.csv")


@settings(deadline=None)  # each example writes a file
@given(st.text())
def test_arbitrary_text_is_refused_and_never_crashes(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("prior") / "truoc.csv"
    path.write_bytes((HEADER + "x," + text).encode("utf-8", "replace"))
    with pytest.raises(RosterError):
        read_prior(path)
