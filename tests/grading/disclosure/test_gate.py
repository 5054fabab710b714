"""Figures about people, over everything that was published of them before."""

from datetime import date

import pytest

from courses.foundation.errors import DisclosureError
from grading.disclosure.clock import Clock
from grading.disclosure.gate import refuse, rule, words
from grading.disclosure.people import DECIDED, ENTERED, Figure, Roster, Told, name_of

_DAY = date(2026, 11, 27)
FIRST = frozenset(f"a{n}" for n in range(36))
AGAIN = frozenset(f"b{n}" for n in range(5))
PASSED = frozenset([f"a{n}" for n in range(29)] + ["b0", "b1", "b2"])


def told(name, figures, facts):
    return Told(name, _DAY, "report", tuple(figures), facts)


def statuses(passed, undecided=frozenset(), everybody=FIRST | AGAIN):
    """The facts of one moment."""
    decided = everybody - undecided
    return {
        "PASS": passed, "FAIL": decided - passed, DECIDED: decided,
        "REVIEW": undecided, "INVALID": frozenset(),
    }  # fmt: skip


def figure(key, group, who, fact, facts):
    n = len(who & facts[fact])
    return Figure(key, "kết quả", group, who, fact, n, n)


def report(facts, name="báo cáo"):
    return told(name, [
        figure("", "thi lần đầu", FIRST, DECIDED, facts),
        figure("first", "thi lần đầu", FIRST, "PASS", facts),
        figure("", "thi lại", AGAIN, DECIDED, facts),
    ], facts)  # fmt: skip


def register(entered, name="sổ gốc"):
    facts = {ENTERED: entered}
    of = figure("register", "mọi người dự thi", FIRST | AGAIN, ENTERED, facts)
    return Told(name, _DAY, "register", (of,), facts, withholdable=False)


def test_the_register_gives_back_three_retakers_that_the_report_hides_and_is_refused():
    ruling = rule([report(statuses(PASSED))], register(PASSED))
    assert not ruling.publishable
    [finding] = ruling.findings[:1]
    assert (finding.target.n, finding.target.value) == (5, 3)
    assert {link.publication for link in finding.chain} >= {"báo cáo", "sổ gốc"}
    with pytest.raises(DisclosureError, match=r"thi lại .n = 5. lộ qua: .*báo cáo.*sổ gốc"):
        refuse(ruling)


def test_after_the_register_the_report_goes_out_without_the_figure_that_would_tell():
    ruling = rule([register(PASSED)], report(statuses(PASSED)))
    assert ruling.withheld == ("first",)
    assert ruling.publishable


def test_a_report_whose_group_nothing_else_tells_of_goes_out_whole():
    ruling = rule([], report(statuses(PASSED)))
    assert (ruling.withheld, ruling.findings) == ((), ())


def test_agencies_joined_before_a_review_and_apart_after_it_do_not_give_back_the_small_one():
    """X has ten, one of them under review; Y has three. Joined at first, X alone later."""
    x, y = frozenset(f"a{n}" for n in range(24, 34)), frozenset({"a34", "a35", "a0"})
    passed = frozenset({f"a{n}" for n in range(0, 36, 2)} - {"a24"})
    before, after = statuses(passed, frozenset({"a24"})), statuses(passed)

    def edition(name, facts, *groups):
        everybody = ("", "mọi người", FIRST, DECIDED), ("all", "mọi người", FIRST, "PASS")
        return told(name, [figure(*f, facts) for f in (*everybody, *groups)], facts)

    one = edition("trước xem xét", before, ("xy", "X và Y", x | y, "PASS"))
    two = edition("sau xem xét", after, ("x", "X", x, "PASS"))
    assert rule([], one).withheld == ()
    assert rule([], two).withheld == ()
    ruling = rule([one], two)
    assert ruling.withheld == ("x",)
    assert (ruling.findings[0].target.n, ruling.findings[0].target.value) == (3, len(y & passed))
    assert {link.publication for link in ruling.findings[0].chain} >= {
        "trước xem xét",
        "sau xem xét",
    }


def test_the_same_again_tells_nothing_new():
    first = report(statuses(PASSED))
    again = report(statuses(PASSED), "báo cáo, lần 2")
    assert rule([first], again).withheld == ()


def test_publications_on_other_people_are_no_part_of_the_question():
    others = told(
        "kỳ khác", [Figure("", "t", "khác", frozenset({"z"}), "PASS", 5, 5)], {"PASS": frozenset()}
    )
    assert rule([others], report(statuses(PASSED))).publishable


def test_what_a_publication_says_nothing_of_does_not_count_although_it_was_true():
    facts = statuses(PASSED)
    one = told("chỉ người thi lần đầu", [figure("p", "thi lần đầu", FIRST, "PASS", facts)], facts)
    assert rule([one], report(statuses(PASSED))).publishable


def test_an_agency_does_not_learn_from_a_failure_of_its_own_that_everybody_else_passed():
    facts = statuses(FIRST - {"a0"}, everybody=FIRST)
    one = told("báo cáo", [figure("first", "thi lần đầu", FIRST, "PASS", facts)], facts)
    assert rule([], one).withheld == ()
    assert rule([], one, roster=Roster(agencies={"a1": "đạt"})).withheld == ()
    ruling = rule([], one, roster=Roster(agencies={"a0": "không đạt"}))
    assert ruling.withheld == ("first",)
    assert "trừ người của cơ quan đã biết (n = 35)" in words(ruling.findings[0])


def test_what_retakers_kept_and_how_they_did_again_are_known_of_the_same_people():
    """One sits QL again, ten KT; eight pass: QL and seven KT, so all have passed QL by now."""
    before, again = ([f"{letter}{n}" for n in range(11)] for letter in "bc")
    everybody, now = frozenset([*before, *again]), frozenset(again)
    facts = statuses(frozenset(again[:8]), everybody=everybody) | {
        "scored:QL": frozenset(again[:1]), "passed:QL": frozenset([*again[:1], *before[1:]]),
        "scored:KT": frozenset(again[1:]), "passed:KT": frozenset([*again[1:8], *before[:1]]),
    }  # fmt: skip
    report = told("thi lại", [
        figure("", "thi lại", now, DECIDED, facts),
        figure("all", "thi lại", now, "PASS", facts),
        figure("KT", "thi lại", now, "passed:KT", facts),
        figure("QL:n", "lần trước", everybody - now, "passed:QL", facts),
        figure("KT:n", "lần trước", everybody - now, "passed:KT", facts),
    ], facts)  # fmt: skip
    same = Roster(before=dict(zip(again, before, strict=True)))
    assert rule([], report, roster=same).withheld
    assert rule([], report, roster=same).withheld != rule([], report).withheld


def test_out_of_time_is_said_and_nothing_is_published():
    with pytest.raises(DisclosureError, match="chưa xét xong"):
        rule([], report(statuses(PASSED)), Clock(0))


def test_facts_have_names():
    assert name_of("in:KT:0.4:0.5") == "KT từ 40 đến dưới 50 %"
    assert name_of("passed:KT") == "đạt KT"
    assert name_of("PASS") == "đạt"
