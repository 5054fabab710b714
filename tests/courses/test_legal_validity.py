"""Facts about legal bases on a day, and about what a draft loses without them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.foundation.errors import ContentError
from courses.models.legal_register import CITED, DOCUMENTS, DRAFT, FIRST, LAST
from courses.models.legal_validity import (
    Amendment,
    Basis,
    Document,
    Draft,
    Provision,
    State,
    agencies_missing,
    effective_day,
    end_of,
    exposure,
    holds,
    in_force,
    lost,
    lost_share,
    register,
    renewed,
    share,
    state,
    successor,
    timeline,
    with_authority_renewed,
    wording,
)
from courses.sources import the_sources
from courses.widgets.simulations.legal_validity import view

OLD = Document("A1", "Cũ", date(2018, 1, 5), date(2018, 3, 1), date(2022, 7, 1), "A2")
NEW = Document("A2", "Mới", date(2022, 5, 10), date(2022, 7, 1))
CHILD = Document("A3", "Chi tiết", date(2018, 6, 1), date(2018, 6, 1), implements="A1")
LETTER = Document("A4", "Hướng dẫn", date(2019, 1, 1), date(2019, 1, 1), binding=False)
CHANGED = Document(
    "A5",
    "Sửa một phần",
    date(2019, 1, 1),
    date(2019, 1, 1),
    amendments=(
        Amendment("A2", date(2022, 7, 1), frozenset({"5"})),
        Amendment("A2", date(2022, 7, 1), frozenset({"9"}), repeals=True),
    ),
)
BOOK = register([OLD, NEW, CHILD, LETTER, CHANGED])
EVE, TURN = date(2022, 6, 30), date(2022, 7, 1)

days = st.dates(date(2010, 1, 1), date(2030, 1, 1))


@st.composite
def chains(draw: st.DrawFn) -> dict[str, Document]:
    """A chain of one to four documents, each in force from the day the one before ends."""
    starts = sorted(draw(st.sets(days, min_size=1, max_size=4)))
    last = len(starts) - 1
    return register(
        Document(
            f"V{n}",
            "Văn bản mô phỏng",
            start,
            start,
            starts[n + 1] if n < last else None,
            f"V{n + 1}" if n < last else None,
        )
        for n, start in enumerate(starts)
    )


def test_eight_of_twenty_two_ministries_with_a_department_are_36_4_per_cent():
    assert round(share(8, 22), 1) == 36.4


def test_six_more_of_twenty_two_ministries_bring_at_least_60_per_cent():
    assert agencies_missing(8, 22, 60) == 6
    assert share(13, 22) < 60 <= share(14, 22)


def test_the_bac_giang_decision_took_effect_on_13_september_2013():
    assert effective_day(date(2013, 9, 3), 10) == date(2013, 9, 13) == FIRST


@pytest.mark.parametrize(
    ("day", "left"),
    [
        (date(2013, 9, 3), 7),
        (date(2015, 12, 31), 7),
        (date(2016, 1, 1), 6),
        (date(2016, 7, 1), 5),
        (date(2020, 1, 1), 4),
        (date(2020, 12, 1), 3),
        (date(2025, 7, 1), 2),
        (date(2026, 7, 1), 0),
    ],
)
def test_the_bases_of_the_bac_giang_decision_and_the_one_added_die_out(day, left):
    assert len(in_force(DOCUMENTS, CITED, day)) == left


def test_a_copied_page_loses_everything_once_authority_has_lapsed():
    assert lost_share(DOCUMENTS, DRAFT, date(2015, 12, 31)) == 0
    assert lost_share(DOCUMENTS, DRAFT, date(2016, 1, 1)) == 100


@pytest.mark.parametrize(
    ("day", "lost_of_nine"),
    [(date(2020, 1, 1), 1), (date(2026, 6, 30), 4), (date(2026, 8, 1), 8)],
)
def test_renewing_authority_alone_leaves_content_without_a_basis(day, lost_of_nine):
    draft = with_authority_renewed(DOCUMENTS, DRAFT, day)
    assert lost_share(DOCUMENTS, draft, day) == pytest.approx(100 * lost_of_nine / 9)
    assert lost_share(DOCUMENTS, renewed(DOCUMENTS, DRAFT, day), day) == 0


@pytest.mark.parametrize(
    ("every", "spent"), [(0, 3987), (6, 487), (12, 1130), (18, 1128), (24, 1677), (36, 1677)]
)
def test_days_the_decision_carries_a_lapsed_basis_by_interval_of_review(every, spent):
    assert exposure(DOCUMENTS, CITED, FIRST, LAST, every) == spent


def test_yearly_exposure_is_five_waits_until_the_first_of_september():
    waits = [
        date(2016, 9, 1) - date(2016, 1, 1),
        date(2020, 9, 1) - date(2020, 1, 1),
        date(2021, 9, 1) - date(2020, 12, 1),
        date(2025, 9, 1) - date(2025, 3, 1),
        date(2026, 9, 1) - date(2026, 3, 1),
    ]
    assert exposure(DOCUMENTS, CITED, FIRST, LAST, 12) == sum(waits, timedelta()).days


def test_a_law_of_2025_lived_from_march_to_mid_june():
    spans = timeline(DOCUMENTS, CITED[0], FIRST, LAST)
    assert [span.number for span in spans][2] == "Luật 65/2025/QH15"
    assert (spans[2].start, spans[2].end) == (date(2025, 3, 1), date(2025, 6, 16))


def test_the_decree_on_it_investment_was_replaced_twice_in_four_months():
    spans = timeline(DOCUMENTS, CITED[6], FIRST, LAST)
    assert [(span.number, span.start) for span in spans[1:]] == [
        ("NĐ 73/2019/NĐ-CP", date(2020, 1, 1)),
        ("NĐ 45/2026/NĐ-CP", date(2026, 3, 1)),
        ("NĐ 224/2026/NĐ-CP", date(2026, 7, 1)),
    ]


def test_the_simulation_knows_the_law_of_the_register():
    for document in DOCUMENTS.values():
        (source,) = (s for s in the_sources().sources if s.name == document.number)
        assert (document.start, document.end) == (source.in_force_from, source.in_force_to)


def test_a_document_passes_through_four_states():
    moments = [date(2018, 1, 4), date(2018, 1, 5), date(2018, 3, 1), EVE, TURN]
    states = [state(BOOK, "A1", day) for day in moments]
    assert states == [State.UNISSUED, State.PENDING, State.IN_FORCE, State.IN_FORCE, State.LAPSED]


def test_a_detailing_document_lapses_with_the_one_it_details():
    assert end_of(BOOK, "A3") == TURN
    assert (state(BOOK, "A3", EVE), state(BOOK, "A3", TURN)) == (State.IN_FORCE, State.LAPSED)


def test_a_lapsed_document_without_a_successor_leaves_nothing_to_cite():
    assert successor(BOOK, "A3", TURN) is None
    assert successor(BOOK, "A1", TURN) == "A2"


def test_a_letter_of_guidance_never_holds_as_a_basis():
    assert state(BOOK, "A4", TURN) is State.IN_FORCE
    assert not holds(BOOK, Basis("A4"), TURN)


def test_partial_amendment_touches_only_the_articles_it_names():
    cited = [Basis("A5", article) for article in ("4", "5", "9")]
    assert [wording(BOOK, basis, EVE) for basis in cited] == ["A5", "A5", "A5"]
    assert [wording(BOOK, basis, TURN) for basis in cited] == ["A5", "A2", None]
    assert [holds(BOOK, basis, TURN) for basis in cited] == [True, True, False]


def test_a_provision_needs_every_basis_it_rests_on():
    both = Provision("cả hai", (Basis("A1"), Basis("A5")))
    draft = Draft((Basis("A5"),), (both, Provision("một", (Basis("A5"),)), Provision("không")))
    assert lost(BOOK, draft, EVE) == []
    assert lost(BOOK, draft, TURN) == ["cả hai"]


@pytest.mark.parametrize(
    ("documents", "message"),
    [
        ([NEW, NEW], "có hai lần"),
        ([OLD], "văn bản thay thế A1"),
        ([CHILD, OLD, NEW], "chưa nêu"),
        ([Document("B", "", TURN, TURN, EVE)], "trước khi có hiệu lực"),
    ],
)
def test_a_register_that_does_not_hold_together_is_refused(documents, message):
    with pytest.raises(ContentError, match=message):
        register(documents)


@given(chains(), days)
def test_at_most_one_document_of_a_chain_is_in_force(book, day):
    assert len(in_force(book, book, day)) <= 1


@given(chains(), days)
def test_the_successor_is_the_document_of_the_chain_in_force(book, day):
    assert successor(book, "V0", day) == next(iter(in_force(book, book, day)), None)


@given(chains(), days, st.integers(1, 4000))
def test_a_lapsed_document_stays_lapsed(book, day, later):
    for number in book:
        if state(book, number, day) is State.LAPSED:
            assert state(book, number, day + timedelta(days=later)) is State.LAPSED


@given(chains(), days, st.integers(1, 3000))
def test_spans_of_a_chain_do_not_overlap_and_match_the_days_in_force(book, first, length):
    last = first + timedelta(days=length)
    spans = timeline(book, "V0", first, last)
    covered = sum((span.end - span.start).days for span in spans)
    start = max(book["V0"].start, first)
    assert covered == max(0, (last - start).days)
    assert all(state(book, span.number, span.start) is State.IN_FORCE for span in spans)


@given(st.integers(1, 30), st.integers(1, 5), st.sampled_from([FIRST, date(2015, 3, 31)]))
def test_reviewing_on_further_days_never_adds_exposure(every, times, first):
    often = exposure(DOCUMENTS, CITED, first, LAST, every)
    seldom = exposure(DOCUMENTS, CITED, first, LAST, every * times)
    assert 0 <= often <= seldom <= exposure(DOCUMENTS, CITED, first, LAST, 0)


@given(st.dates(FIRST, LAST - timedelta(days=1)))
def test_renewing_more_bases_never_loses_more(day):
    drafts = (
        DRAFT,
        with_authority_renewed(DOCUMENTS, DRAFT, day),
        renewed(DOCUMENTS, DRAFT, day),
    )
    shares = [lost_share(DOCUMENTS, draft, day) for draft in drafts]
    assert shares == sorted(shares, reverse=True)
    assert shares[-1] == 0


@given(st.integers(0, 40), st.integers(1, 40), st.integers(0, 100))
def test_the_agencies_missing_are_the_fewest_that_reach_the_target(having, agencies, target):
    more = agencies_missing(having, agencies, target)
    assert share(having + more, agencies) >= target
    assert more == 0 or share(having + more - 1, agencies) < target


def test_the_view_opens_on_three_bases_left_of_seven():
    screen = "".join(part.value for part in view().children[-1].children)
    assert "Ngày 01/12/2020: còn 3/7" in screen
    assert "Chỉ thay căn cứ thẩm quyền</th><td>3/9</td><td>33,3" in screen


def test_moving_the_year_redraws_the_view():
    page = view()
    page.children[0].value = 2026
    screen = "".join(part.value for part in page.children[-1].children)
    assert "Ngày 01/12/2026: còn 0/7" in screen
    assert "Chỉ thay căn cứ thẩm quyền</th><td>8/9</td><td>88,9" in screen


def test_choosing_an_interval_of_review_adds_its_row():
    page = view()
    page.children[2].value = 3
    screen = "".join(part.value for part in page.children[-1].children)
    assert '<th scope="row">3</th><td>382</td><td>7,9' in screen


def test_the_picture_names_its_axes_and_tells_its_content_in_words():
    picture = next(p.value for p in view().children[-1].children if "<svg" in p.value)
    assert 'role="img" aria-label="Thời gian có hiệu lực' in picture
    assert "<!-- Ngày (năm) -->" in picture
