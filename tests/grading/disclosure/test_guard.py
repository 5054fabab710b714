"""The guard: what it refuses, how it shows why, and what it proposes."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.foundation.errors import DisclosureError
from grading.disclosure.guard import examine, refuse_disclosure
from grading.disclosure.inference import Outsider, targets
from grading.disclosure.publications import Group, Publication, Statement, from_rows, to_rows

_DAY = date(2026, 11, 27)
# 32 passed in the end: 29 at the first sitting, three of the five who sat again.
_TRUTH = {"first:pass": 29, "first:fail": 7, "again:pass": 3, "again:fail": 2}


def _says(table, label, cells, low, high=None, cost=1.0):
    return Statement(table, label, frozenset(cells), low, low if high is None else high, cost)


def _groups():
    return [
        Group("người thi lần đầu", frozenset({"first:pass", "first:fail"}),
              {"đạt": frozenset({"first:pass"})}),
        Group("người thi lại", frozenset({"again:pass", "again:fail"}),
              {"đạt": frozenset({"again:pass"})}),
    ]  # fmt: skip


_REPORT = Publication(
    "báo cáo", _DAY, "report",
    (
        _says("kết quả", "thi lần đầu, đạt", {"first:pass"}, 29, cost=36),
        _says("kết quả", "thi lần đầu, n", {"first:pass", "first:fail"}, 36, cost=1),
        _says("kết quả", "thi lại, n", {"again:pass", "again:fail"}, 5, cost=1),
    ),
)  # fmt: skip
_REGISTER = Publication(
    "sổ gốc", _DAY, "register",
    (_says("sổ", "số vào sổ cuối", {"first:pass", "again:pass"}, 32),), withholdable=False,
)  # fmt: skip


def test_register_numbers_less_first_passes_give_back_the_hidden_retakers_and_are_refused():
    verdict = examine([_REPORT], _REGISTER, _groups(), _TRUTH)
    assert not verdict.accepted
    assert verdict.publishable is None
    finding = verdict.findings[0]
    assert (finding.target.group, finding.target.value, finding.target.n) == ("người thi lại", 3, 5)
    assert {link.label for link in finding.chain} == {"thi lần đầu, đạt", "số vào sổ cuối"}
    with pytest.raises(DisclosureError, match="số vào sổ cuối"):
        refuse_disclosure(verdict)


def test_with_the_register_known_first_the_report_loses_the_cheapest_figure():
    verdict = examine([_REGISTER], _REPORT, _groups(), _TRUTH)
    assert [lost.label for lost in verdict.withheld] == ["thi lần đầu, đạt"]
    assert [s.label for s in verdict.publishable.statements] == ["thi lần đầu, n", "thi lại, n"]
    assert examine([_REGISTER], verdict.publishable, _groups(), _TRUTH).accepted


def test_of_two_ways_out_the_cheaper_is_taken():
    truth = {"a:pass": 2, "a:fail": 3, "b:pass": 15, "b:fail": 9}
    group = Group("A", frozenset({"a:pass", "a:fail"}), {"đạt": frozenset({"a:pass"})})
    for costs, lost in (((9.0, 1.0), "B"), ((1.0, 9.0), "tất cả")):
        report = Publication("r", _DAY, "report", (
            _says("t", "tất cả", {"a:pass", "b:pass"}, 17, cost=costs[0]),
            _says("t", "B", {"b:pass"}, 15, cost=costs[1]),
        ))  # fmt: skip
        verdict = examine([], report, [group], truth)
        assert [statement.label for statement in verdict.withheld] == [lost]


def test_everybody_and_nobody_are_results_of_each_however_many():
    truth = {"a:pass": 40, "a:fail": 0}
    group = Group("A", frozenset(truth), {"đạt": frozenset({"a:pass"})})
    sizes = Publication("sĩ số", _DAY, "roster", (_says("s", "n", truth, 40),))
    report = Publication("r", _DAY, "report", (_says("t", "A", {"a:pass"}, 40),))
    assert not examine([sizes], report, [group], truth).accepted


def test_a_large_group_that_is_neither_may_be_published():
    truth = {"a:pass": 30, "a:fail": 10}
    group = Group("A", frozenset(truth), {"đạt": frozenset({"a:pass"})})
    report = Publication("r", _DAY, "report", (_says("t", "A", {"a:pass"}, 30),))
    assert examine([], report, [group], truth).accepted


def test_whole_people_tell_what_no_relaxation_does():
    """With a + b = a + c = 2 and b + c of 1 or 2, only halves of people leave a in doubt."""
    truth = {"a": 1, "b": 1, "c": 1, "rest": 4}
    group = Group("A", frozenset({"a", "rest"}), {"đạt": frozenset({"a"})})
    for least, fine in ((1, False), (0, True)):
        figures = (_says("t", "ab", "ab", 2), _says("t", "ac", "ac", 2))
        figures += (_says("t", "bc", "bc", least, 2),)
        report = Publication("r", _DAY, "report", figures)
        assert examine([], report, [group], truth).accepted is fine


@given(
    st.lists(st.integers(0, 2), min_size=5, max_size=5),
    st.lists(st.tuples(st.sets(st.sampled_from("abcde"), min_size=1), st.integers(0, 1)),
             max_size=6),
)  # fmt: skip
def test_certain_is_what_every_state_of_whole_people_has(people, told):
    truth = dict(zip("abcde", people, strict=True))
    sums = [(cells, sum(truth[c] for c in cells), wide) for cells, wide in told]
    figures = [_says("t", "all", truth, sum(people))]
    figures += [_says("t", f"{n}", c, max(0, v - w), v + w) for n, (c, v, w) in enumerate(sums)]
    states = [
        state
        for counts in product(range(sum(people) + 1), repeat=4)
        if (left := sum(people) - sum(counts)) >= 0
        and (state := dict(zip("abcde", (*counts, left), strict=True)))
        and all(f.low <= sum(state[c] for c in f.cells) <= f.high for f in figures)
    ]
    group = Group("A", frozenset("abcde"), {c: frozenset(c) for c in ("a", "b", "ab", "cd")})
    watched = targets([group], truth)
    outsider = Outsider(figures, watched, truth)
    for target in outsider.certain(watched):
        assert {sum(state[c] for c in target.cells) for state in states} == {target.value}
    assert len(outsider.certain(watched)) == sum(
        len({sum(state[c] for c in target.cells) for state in states}) == 1 for target in watched
    )


def test_a_state_is_found_far_from_the_halves_that_show_the_way():
    """No whole people in the cells of the best fractions move a; elsewhere they do."""
    truth = {"a": 1, "b": 1, "c": 0, "d": 1, "e": 0, "f": 0}
    told = (("abf", 1, 3), ("abef", 1, 3), ("acde", 2, 2), ("abdf", 3, 3), ("abcf", 2, 2))
    figures = [_says("t", cells, cells, low, high) for cells, low, high in told]
    figures.append(_says("t", "be", "be", 0, 2))
    watched = targets([Group("A", frozenset(truth), {"đạt": frozenset("a")})], truth)
    assert Outsider(figures, watched, truth).certain(watched) == []


def test_a_printed_bound_is_information():
    """Four of A and B, B printed as "dưới 2": vaguer than a count, and still enough for less."""
    truth = {"a": 3, "b": 1, "rest": 4}
    group = Group("A", frozenset({"a", "rest"}), {"đạt": frozenset({"a"})})
    for least, fine in ((1, False), (0, True)):
        figures = (_says("t", "cả hai", {"a", "b"}, 4), _says("t", "B", {"b"}, least, 1))
        report = Publication("r", _DAY, "report", figures)
        assert examine([], report, [group], truth).accepted is fine


def test_two_agencies_together_are_a_small_group_too():
    truth = {"a:pass": 1, "a:fail": 2, "b:pass": 2, "b:fail": 1, "c:pass": 20, "c:fail": 9}
    groups = [
        Group(name, frozenset({f"{name}:pass", f"{name}:fail"}),
              {"đạt": frozenset({f"{name}:pass"})})
        for name in "abc"
    ]  # fmt: skip
    report = Publication("r", _DAY, "report", (
        _says("t", "tất cả", {"a:pass", "b:pass", "c:pass"}, 23),
        _says("t", "c", {"c:pass"}, 20),
    ))  # fmt: skip
    verdict = examine([], report, groups, truth)
    assert set(verdict.findings[0].target.group.split(" + ")) == {"a", "b"}
    assert not verdict.accepted
    assert len(verdict.withheld) == 1


def test_what_was_told_before_is_named_and_refuses_nothing_new():
    told = Publication("cũ", _DAY, "report", (_says("t", "thi lại, đạt", {"again:pass"}, 3),))
    verdict = examine([told], _REGISTER, _groups(), _TRUTH)
    assert [(target.group, target.value) for target in verdict.past] == [("người thi lại", 3)]
    assert verdict.accepted


def test_a_figure_that_contradicts_the_data_is_refused():
    wrong = Publication("r", _DAY, "report", (_says("t", "đạt", {"first:pass"}, 30),))
    with pytest.raises(DisclosureError, match="không khớp dữ liệu gốc"):
        examine([], wrong, _groups(), _TRUTH)


def test_a_publication_twice_in_the_log_is_refused():
    with pytest.raises(DisclosureError, match="hai lần"):
        examine([_REPORT], _REPORT, _groups(), _TRUTH)
    with pytest.raises(DisclosureError, match="cùng bảng"):
        Publication("r", _DAY, "report", (_says("t", "x", {"a"}, 1), _says("t", "x", {"b"}, 1)))


def test_the_interval_an_outsider_has_is_shown():
    watched = targets(_groups(), _TRUTH)
    again = next(target for target in watched if target.group == "người thi lại")
    outsider = Outsider(_REPORT.statements, watched, _TRUTH)
    assert outsider.interval(again) == (0, 5)
    both = Outsider((*_REPORT.statements, *_REGISTER.statements), watched, _TRUTH)
    assert both.interval(again) == (3, 3)


def test_the_log_comes_back_from_its_rows():
    log = (_REPORT, _REGISTER)
    assert from_rows(to_rows(log)) == log
    rows = to_rows(log)
    rows[1]["kind"] = "page"
    with pytest.raises(DisclosureError, match="dòng 2"):
        from_rows(rows)


def test_a_statement_must_say_something_possible():
    with pytest.raises(DisclosureError, match="khoảng hợp lệ"):
        _says("t", "x", {"a"}, 3, 2)
    with pytest.raises(DisclosureError, match="khoảng hợp lệ"):
        _says("t", "x", set(), 0)
