"""Facts about reconciling a project's lines: each planted fault is found, and nothing else."""

from __future__ import annotations

from dataclasses import astuple, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.models.reconciliation import (
    LINES,
    VARIANTS,
    Line,
    findings,
    to_settle,
    totals,
)
from courses.widgets.simulations.reconciliation import view

CLEAN = tuple(replace(x, paid=x.accepted) for x in LINES)
FAULTS = {
    "hợp đồng vượt dự toán": lambda x: replace(x, estimate=x.contract - 7),
    "nghiệm thu vượt hợp đồng": lambda x: replace(x, accepted=x.contract + 7, paid=x.contract),
    "trả vượt nghiệm thu": lambda x: replace(x, paid=x.accepted + 7),
    "lệch đơn vị tính": lambda x: replace(x, paid=x.accepted / 1000),
}


def test_the_lesson_s_table_adds_up_to_10_000_9_000_8_000_and_8_030():
    assert astuple(totals(LINES)) == (10_000, 9_000, 8_000, 8_030)


@pytest.mark.parametrize(
    ("table", "line", "rule", "amount"),
    [
        ("Bảng 1", "Đào tạo người dùng", "trả vượt nghiệm thu", 30),
        ("Bảng 2", "Dự phòng", "dùng dự phòng khi chưa có quyết định", 450),
        ("Bảng 3", "Chuyển đổi dữ liệu", "lệch đơn vị tính", 0),
        ("Bảng 4", "Bản quyền dùng một năm", "ghi tài sản cho khoản dùng theo năm", 890),
    ],
)
def test_each_table_holds_the_one_fault_that_was_planted(table, line, rule, amount):
    assert [astuple(found) for found in findings(VARIANTS[table])] == [(line, rule, amount)]


def test_contingency_that_was_decided_needs_no_explanation():
    lines = [replace(x, decided=True) for x in VARIANTS["Bảng 2"]]
    assert findings(lines) == ()


def test_nothing_is_found_in_a_clean_table():
    assert findings(CLEAN) == ()


@given(st.sampled_from(range(5)), st.sampled_from(sorted(FAULTS)))
def test_a_planted_fault_is_found_by_line_and_rule_and_nothing_else(place, rule):
    lines = list(CLEAN)
    lines[place] = FAULTS[rule](lines[place])
    assert [(found.line, found.rule) for found in findings(lines)] == [(lines[place].name, rule)]


@given(st.lists(st.integers(1, 9000), min_size=4, max_size=4).map(sorted))
def test_amounts_that_never_rise_are_clean_unless_units_differ(amounts):
    paid, accepted, contract, estimate = map(float, amounts)
    line = Line("dòng", estimate, contract, accepted, paid, "dịch vụ")
    expected = ["lệch đơn vị tính"] if estimate > 100 * paid else []
    assert [found.rule for found in findings([line])] == expected


def test_training_has_30_to_give_back_and_the_software_nothing():
    assert {x.name: to_settle(x) for x in LINES if to_settle(x)} == {"Đào tạo người dùng": -30}


def test_no_more_than_the_contract_is_settled():
    assert to_settle(Line("dòng", 500, 400, 450, 380, "dịch vụ")) == 20


def texts(page):
    return [part.value for part in page.children[-1].children]


def test_the_view_tells_nothing_before_a_line_and_a_rule_are_pointed_at():
    assert "Hãy chỉ ra dòng" in texts(view())[1]


def test_the_view_tells_the_right_line_the_near_miss_and_the_wrong_line_apart():
    page = view()
    _, line, rule = page.children[:3]
    line.value, rule.value = "Dự phòng", "trả vượt nghiệm thu"
    assert "không có gì phải giải trình" in texts(page)[1]
    line.value, rule.value = "Đào tạo người dùng", "hợp đồng vượt dự toán"
    assert "thuộc loại khác" in texts(page)[1]
    rule.value = "trả vượt nghiệm thu"
    assert "Số tiền liên quan: 30 triệu đồng" in texts(page)[1]


def test_the_view_shows_what_each_fault_is_seen_by():
    assert "quyết định cho dùng dự phòng: chưa có" in texts(view())[0]


def test_another_table_starts_without_an_answer():
    page = view()
    which, line, rule = page.children[:3]
    line.value, rule.value = "Đào tạo người dùng", "trả vượt nghiệm thu"
    which.value = "Bảng 4"
    assert line.value == rule.value == "(chưa chọn)"
    assert "Bảng 4" in texts(page)[0]
    assert "Hãy chỉ ra dòng" in texts(page)[1]
