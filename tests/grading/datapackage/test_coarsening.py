"""What is told of anybody outside is shared by a crowd of several results."""

import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from courses.foundation.errors import DisclosureError
from grading.datapackage.coarsening import LEVELS, MINIMUM, coarsen

TOLD = list(LEVELS[0])

rows = st.tuples(
    st.sampled_from(["bộ, ngành", "tỉnh, thành phố"]),
    st.sampled_from(["Cục", None]),
    st.sampled_from(["Hà Nội", "Huế", "Cà Mau", None]),
    st.integers(1, 3),
    st.sampled_from(["PASS", "PASS", "FAIL"]),
)


def persons(drawn):
    frame = pd.DataFrame(drawn, columns=["agency_type", "unit_model", "province", "attempt", "r"])
    frame = frame.assign(person=[f"P{n}" for n in frame.index], sitting="K", agency="A")
    return frame.drop(columns="r"), frame["r"]


@given(st.lists(rows, min_size=MINIMUM, max_size=120))
def test_whatever_is_told_of_somebody_is_shared_by_a_crowd_of_several_results(drawn):
    frame, result = persons(drawn)
    assume(len(set(result)) > 1)
    told = coarsen(frame, result)
    assert list(told["person"]) == list(frame["person"])
    assert told["agency"].isna().all()
    for _, crowd in told.groupby(TOLD, dropna=False):
        assert len(crowd) >= MINIMUM
        assert len(set(result.loc[crowd.index])) > 1


@given(st.lists(rows, min_size=MINIMUM, max_size=60))
def test_nothing_is_told_that_is_not_so(drawn):
    frame, result = persons(drawn)
    assume(len(set(result)) > 1)
    told = coarsen(frame, result)
    for name in TOLD:
        kept = told[name].notna()
        assert list(told[name][kept]) == list(frame[name][kept])


def test_a_big_crowd_is_told_of_in_full():
    frame, result = persons(
        [("bộ, ngành", "Cục", "Hà Nội", 1, "PASS" if n % 2 else "FAIL") for n in range(MINIMUM)]
    )
    assert coarsen(frame, result)[TOLD].equals(frame[TOLD].astype("object"))


@pytest.mark.parametrize("crowd", [MINIMUM - 1, MINIMUM * 2])
def test_too_few_or_all_of_one_result_are_not_told_of_at_all(crowd):
    frame, result = persons([("bộ, ngành", "Cục", "Hà Nội", 1, "PASS")] * crowd)
    with pytest.raises(DisclosureError, match="không xuất được"):
        coarsen(frame, result)
