"""Every kind of report: what it says, and that its sentences say what its tables say."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from report_specimens import (
    KINDS,
    agency,
    build,
    candidate,
    form,
    items,
    one_of_each,
    period,
    technical,
)

from grading.reports.agency import agency_report
from grading.reports.candidate import band, candidate_report, cut_down
from grading.reports.cohort_report import cohort_report
from grading.reports.items import Before, items_report
from grading.reports.model import Chart, Paragraph, Percent, Table
from grading.reports.period import period_report
from grading.reports.period_figures import unit_model
from grading.reports.prose import blocks_of
from grading.reports.technical import technical_report

# What stands in sentences and is no figure: numbers of documents and clauses, dates, what is
# fixed by a rule or a method that the text states.
NAMES = re.compile(
    r"\d+/[\dA-ZĐƯa-z]+[-/]?[\w-]*|ngày [\d/]+|Điều\W\d+|mục\W[\d.]+|\d+/\d+/\d+|CIO26-\d+|"
    r"[A-Z]{2}\d?-[\dA-Z]+|6 tháng|SHA-256|năm \d{4}|[Đđ]ợt \d|đợt đánh giá \d"
)
RULES = {"95", "99,8", "10", "20", "1", "30", "100", "200", "150"}
NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


def numbers(text):
    return set(NUMBER.findall(NAMES.sub(" ", text.replace("\N{NO-BREAK SPACE}", " "))))


def unsupported(report):
    """Numbers in sentences that no table of the report holds."""
    known = set(RULES)
    for table in report.tables:
        for row in table.rows:
            known |= {n for value in row for n in numbers(str(value))}
    found = []
    for section in report.sections:
        for block in section.blocks:
            if isinstance(block, Paragraph):
                own = known | {str(number) for number in block.derived}
                found += [(number, block.text) for number in numbers(block.text) - own]
            elif isinstance(block, Chart):
                found += [(number, block.text) for number in numbers(block.text) - known]
    return found


def texts(report):
    return " ".join(block.text for block in report.blocks if isinstance(block, Paragraph))


def cells(report):
    return [str(value) for table in report.tables for row in table.rows for value in row]


@pytest.mark.parametrize("kind", ["cohort", "candidate", "period", "agency", "items", "technical"])
def test_no_sentence_says_a_number_that_the_tables_do_not(kind):
    assert unsupported(one_of_each()[kind]) == []


@settings(max_examples=15)
@given(st.integers(0, 1000), st.integers(1, 40), st.integers(1, 30))
def test_sentences_of_any_cohort_follow_from_its_tables(seed, agencies, size):
    units = [(f"Cơ quan {n:02}", KINDS[n % 4], 1 + (n * size) % 30) for n in range(agencies)]
    report = cohort_report(build(units, seed=seed))
    assert unsupported(report) == []


@settings(max_examples=15)
@given(st.integers(0, 1000), st.integers(20, 300))
def test_sentences_of_any_period_follow_from_its_tables(seed, people):
    assert unsupported(period_report(period(people, seed))) == []


def test_a_sentence_with_another_number_is_noticed(cohort):
    report = cohort_report(cohort)
    overall = next(s for s in report.sections if s.sheet == "Nhận xét").blocks[1]
    assert re.search(r"\d+/\d+ người", overall.text)
    table = next(t for t in report.tables if t.title == "Tỷ lệ đạt")
    n, passed = table.rows[0][1], table.rows[0][2]
    assert f"{passed}/{n} người ({table.rows[0][3]}" in overall.text


def test_points_beyond_the_funnel_are_counted_as_the_table_marks_them(large):
    report = cohort_report(large)
    table = report.tables[-1]
    outside = [row[-1] for row in table.rows[:-1]]
    said = next(b for b in report.blocks if isinstance(b, Paragraph) and len(b.derived) == 3)
    beyond = [value for value in outside if isinstance(value, Percent)]
    assert said.derived == (len(outside), len(beyond), beyond.count(Percent(0.998)))


def test_the_area_named_as_lowest_has_the_lowest_rate_of_the_table(cohort):
    report = cohort_report(cohort)
    table = next(t for t in report.tables if t.title == "Tỷ lệ đạt theo lĩnh vực")
    first = [row for row in table.rows if row[1] == "Lần đầu"]
    lowest = min(first, key=lambda row: row[4].value)
    assert f"thấp nhất là {lowest[0].split(' – ', 1)[1]}: {lowest[3]}/{lowest[2]}" in texts(report)


@pytest.mark.parametrize("status", ["PASS", "FAIL", "REVIEW", "INCOMPLETE", "INVALID"])
def test_a_slip_says_the_decision_first_and_how_to_appeal_last(status):
    report = candidate_report(candidate(status))
    blocks = [block for section in report.sections for block in section.blocks]
    assert blocks[0].text.startswith("Kết quả: ")
    assert "phúc khảo" in blocks[-1].text
    assert "15 ngày" in blocks[-1].text


def test_a_share_just_below_the_cut_does_not_read_as_the_cut():
    report = candidate_report(candidate())
    row = next(row for t in report.tables for row in t.rows if str(row[0]).startswith("KT"))
    assert str(row[1]).replace("\N{NO-BREAK SPACE}", " ") == "59,9 %"
    assert str(cut_down("0.6")).startswith("60,0")


def test_an_area_not_sat_has_no_score_and_no_mark_in_the_chart():
    report = candidate_report(candidate())
    row = next(row for t in report.tables for row in t.rows if str(row[0]).startswith("CAP"))
    assert row[1] == "–"
    chart = next(block for block in report.blocks if isinstance(block, Chart))
    assert [interval.label for interval in chart.plot.rows] == ["QL", "KM", "KT"]


def test_competencies_are_told_as_bands_without_a_number():
    report = candidate_report(candidate())
    table = next(t for t in report.tables if t.title == "Mức theo năng lực")
    assert [row[2] for row in table.rows] == ["Vững", "Đáp ứng", "Cần củng cố"]
    assert not any(isinstance(value, Percent) for row in table.rows for value in row)
    assert band(0.6) == "Đáp ứng"


def test_an_agency_is_told_no_score_and_no_share():
    report = agency_report(agency(12))
    assert not any(isinstance(v, Percent) for t in report.tables for row in t.rows for v in row)
    assert "%" not in " ".join([texts(report), *cells(report)])


def test_small_groups_of_a_period_are_joined_or_left_out():
    report = period_report(period(60))
    for table in report.tables:
        at = table.headings.index("n") if "n" in table.headings else None
        for row in table.rows if at is not None else ():
            if any(isinstance(value, Percent) for value in row):
                assert row[at] >= 10


def test_a_period_has_no_trend_without_equated_scores():
    report = period_report(period(trend=False))
    assert not any(isinstance(block, Chart) for block in report.blocks)
    drawn = [b for b in period_report(period()).blocks if isinstance(b, Chart)]
    assert [row.label for row in drawn[0].plot.rows] == ["QL-A, Đợt 1", "QL-A, Đợt 2"]


@pytest.mark.parametrize(
    ("told", "model"),
    [
        ("Cục", "Đơn vị là Cục"),
        ("cục Chuyển đổi số", "Đơn vị là Cục"),
        ("Trung tâm", "Đơn vị khác"),
        ("", "Chưa rõ mô hình"),
    ],
)
def test_the_model_of_a_unit_is_read_from_its_row(told, model):
    assert unit_model(told) == model


def test_an_item_with_a_wrong_key_is_flagged_with_what_to_do():
    report = items_report(items(broken=("QL1-03",)))
    page = next(s for s in report.sections if s.heading.startswith("Câu QL1-03"))
    said = " ".join(block.text for block in page.blocks if isinstance(block, Paragraph))
    assert "người giỏi lại làm sai nhiều hơn: kiểm tra đáp án" in said
    good = next(s for s in report.sections if s.heading.startswith("Câu QL1-02"))
    assert "Chưa thấy dấu hiệu bất thường." in [b.text for b in good.blocks if hasattr(b, "text")]


def test_an_item_that_became_easier_is_flagged_only_from_a_hundred_people_each():
    now = items_report(items()).tables[0].rows[0][2].value
    for n, flagged in ((100, True), (99, False)):
        before = {"QL1-01": (Before("Kỳ trước", n, now - 0.15),)}
        said = texts(items_report(items(before=before)))
        assert ("dễ hơn hẳn" in said) == flagged


def test_option_curves_are_shares_of_thirds_and_agree_with_their_table():
    report = items_report(items())
    chart = next(block for block in report.blocks if isinstance(block, Chart))
    assert np.allclose(np.sum([c.shares for c in chart.plot.curves], axis=0), 1)
    assert [c.right for c in chart.plot.curves] == [True, False, False, False]
    assert chart.table.rows[0][1] == sum(form().scores["QL1-01"] == 1)
    low, high = chart.plot.curves[0].shares[0], chart.plot.curves[0].shares[-1]
    assert low < high


@pytest.mark.parametrize("people", [12, 29])
def test_items_that_too_few_sat_stand_in_one_table_and_have_no_figure(people):
    report = items_report(items(people))
    assert [t.title for t in report.tables] == ["Câu chưa đủ số liệu để nhận xét"]
    assert len(report.tables[0].rows) == 12
    assert not any(isinstance(block, Chart) for block in report.blocks)


def test_the_appendix_says_on_how_many_a_figure_below_its_gate_would_rest():
    rows = [row for table in technical_report(technical(99)).tables for row in table.rows]
    assert ("QL-A", "Alpha", 99, 20, "chưa đủ số liệu", "–", "–", "–") in rows
    whole = [row for table in technical_report(technical(150)).tables for row in table.rows]
    assert not any("chưa đủ số liệu" in map(str, row) for row in whole)


def test_a_question_is_read_without_its_marks_of_markup():
    blocks = blocks_of("**Đậm** và *nghiêng*.\n\n- một\n- hai\n\n| A | B |\n|---|---|\n| 1 | 2 |\n")
    assert [b.text for b in blocks[:3]] == ["Đậm và nghiêng.", "một", "hai"]
    assert isinstance(blocks[3], Table)
    assert (blocks[3].headings, blocks[3].rows) == (("A", "B"), (("1", "2"),))
