"""Figures that the lessons print are those of the models and the register."""

from __future__ import annotations

import re
from datetime import datetime
from itertools import pairwise

import pytest

from courses.foundation.numerals import vietnamese
from courses.lesson import LESSONS, read_lesson
from courses.models import bad_news, disbursement
from courses.models.assignment import Team, cheapest, gentlest
from courses.models.availability import downtime
from courses.models.coalition import THREE_AGENCIES, standings, walkouts
from courses.models.investment import PROJECTS, Project, best_plan, compare, npv, ratio_plan
from courses.models.legal_register import DOCUMENTS, DRAFT
from courses.models.process_cards import Card, redesign
from courses.models.reconciliation import Line, findings, to_settle
from courses.models.traceability import draft_plan

QL1, QL2, QL3, QL4, KM1, KM2, KM4, KT2 = (
    read_lesson(next(LESSONS.glob(f"{code}-*.md")))
    for code in ("ql1", "ql2", "ql3", "ql4", "km1", "km2", "km4", "kt2")
)
RATE = 0.10


def rows(lesson, begins: str) -> list[list[str]]:
    """The cells of the table rows of a lesson whose first cell matches ``begins``."""
    text = "\n".join(part for part in lesson.parts if isinstance(part, str))
    lines = re.findall(rf"^\| (?:{begins}).*\|$", text, re.MULTILINE)
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def numbers(text: str) -> list[float]:
    return [float(found.replace(",", ".")) for found in re.findall(r"\d+(?:,\d+)?", text)]


def cells(lesson, name: str) -> dict[str, list[float]]:
    """The rows of a table to be filled in, as they stand when it is right."""
    return {
        row.label: [
            float(cell.replace(".", "").replace(",", ".") if isinstance(cell, str) else cell.answer)
            for cell in row.cells
        ]
        for row in lesson.block(name).body.exercise.rows
    }


def key(lesson, name: str) -> float:
    return float(lesson.block(name).body.exercise.answer)


def test_ql1_says_beside_each_provision_when_its_bases_ended():
    printed = [
        [datetime.strptime(day, "%d/%m/%Y").date() for day in re.findall(r"[\d/]{9,}", row[2])]  # noqa: DTZ007 - a day
        for row in rows(QL1, r"\d\. ")
    ]
    assert printed == [[DOCUMENTS[b.number].end for b in p.bases] for p in DRAFT.provisions]


def test_ql2_prices_each_level_of_service_against_the_one_below_it():
    printed = rows(QL2, r"99(?:,\d+)? % \| \d{3} ")
    levels = [(*numbers(cells[0]), *numbers(cells[1])) for cells in printed]
    saved = [
        ((high - low) / 100 * 2112, dearer - fee) for (low, fee), (high, dearer) in pairwise(levels)
    ]
    priced = [numbers(cells[3])[-1] for cells in printed[1:]]
    assert priced == [round(money / hours, 1) for hours, money in saved]
    assert priced[0] < 5 < priced[1]  # one hour lost costs 5: the second level is bought
    (first, second), (third, fourth) = saved[:2]
    # against the lowest level the third looks worth it: that hides its own step
    assert round((second + fourth) / (first + third), 1) == 4.2


def test_ql2_an_hour_avoided_costs_more_than_an_hour_lost():
    avoided = downtime(0.995 * 0.998) - downtime(0.999 * 0.998)
    assert key(QL2, "kiem-phan-mot") == round(140 / avoided, 1) > 3.2
    assert round(3.2 * avoided) == 112


def test_ql3_gives_part_two_the_same_draft_that_the_simulation_cuts():
    plan = draft_plan()
    money = {line.content: line.amount for line in plan.money}
    served = {content.code: list(content.serves) for content in plan.contents}
    printed = rows(QL3, r"N\d\. [^|]+\| \d+ \| (?:M\d|\(dự)")
    assert [cells[0][:2] for cells in printed] == list(served)
    for name, amount, targets in printed:
        assert money.get(name[:2], 0) == float(amount)
        assert re.findall(r"M\d", targets) == served[name[:2]]


def test_ql4_gives_part_two_the_same_projects_that_the_simulation_chooses_from():
    printed = [(cells[0][0], *map(numbers, cells[1:])) for cells in rows(QL4, r"[A-E]\. ")]
    short = [row for row in printed if len(row) == 3]
    assert short == [(p.code, [p.capital], [round(npv(p, RATE), 2)]) for p in PROJECTS]


def test_ql4_hiring_is_dearer_added_up_and_cheaper_today():
    own = Project("M", "tự đầu tư", 6, (-0.5, -0.5, -0.5))
    hired = Project("T", "thuê", 0, (-2.4, -2.4, -3.0))
    cheaper = npv(hired, RATE) - npv(own, RATE)
    assert key(QL4, "kiem-phan-mot") == pytest.approx(cheaper, abs=0.005)
    assert npv(hired, 0) - npv(own, 0) == pytest.approx(-0.3)


def offers(**worth: tuple[float, float]) -> list[Project]:
    """Projects of known capital and NPV, valued at rate 0."""
    return [Project(code, code, cap, (cap + value,)) for code, (cap, value) in worth.items()]


def test_ql4_the_cost_of_a_duty_is_6_and_only_3_with_5_more():
    projects = offers(X=(25, 8), Y=(15, 5), Z=(20, 2))
    costs = [compare(projects, [cap], 0, frozenset("Z")).opportunity_cost for cap in (40, 45)]
    assert costs == [6, 3]


def test_ql4_ranking_by_npv_over_capital_misses_the_best_set():
    projects = offers(P=(20, 9.0), Q=(30, 12.0), R=(35, 13.5))
    assert best_plan(projects, [55], 0).npv == key(QL4, "nho-phan-mot") == 22.5
    assert ratio_plan(projects, 55, 0).npv == 21


def test_km1_answers_with_figures_that_its_simulation_shows_when_only_monday_is_changed():
    monday, *rest = bad_news.SCENES
    scold, thank, note = monday.reactions
    own_up, ask, meet, hour = (
        next(one for one in scene.reactions if one.text.startswith(begins))
        for scene, begins in zip(
            (*rest, rest[-1]), ("Tự ký", "Hỏi riêng", "Giao ban", "Mở giờ"), strict=True
        )
    )
    weeks = [[note, own_up, ask, meet], [scold, own_up, ask, meet], [thank, own_up, ask, meet]]
    lines = [bad_news.after(bad_news.OFFICE, made) for made in [*weeks, [thank, own_up, ask, hour]]]
    costs = [bad_news.FAULT.expected(line) for line in [bad_news.OFFICE, *lines]]
    shown = [f"{vietnamese(cost, 1)}" for cost in costs]
    shown += [f"{vietnamese(100 * line.arrives, 1)} %" for line in lines[:3]]
    shown += [vietnamese(costs[2] - costs[1], 0), vietnamese(costs[1] - costs[3], 0)]
    answer = KM1.block("giai-thich").body.exercise.model_answer
    assert [figure for figure in shown if figure not in answer] == []


def test_km1_prints_the_cheapest_and_the_gentlest_way_to_share_the_tasks_of_its_example():
    hours = {task: {"Mai": m, "Nam": n} for task, m, n in (("1", 4, 6), ("2", 5, 7), ("3", 3, 4))}
    team = Team({"Mai": 10, "Nam": 10}, hours)
    ways = [way for way in (cheapest(team), gentlest(team)) if way]
    shown = [[*way.loads.values(), way.total, round(100 * way.peak)] for way in ways]
    printed = [[numbers(cell)[0] for cell in cells[1:]] for cells in rows(KM1, "Mai việc ")]
    assert printed == shown


def test_km1_gives_to_finish_a_choice_of_which_the_last_way_is_the_gentlest():
    hours = {
        task: {"Lộc": loc, "Vân": van} for task, loc, van in (("1", 6, 5), ("2", 4, 6), ("3", 5, 3))
    }
    team = Team({"Lộc": 12, "Vân": 10}, hours)
    first, _, last = cells(KM1, "lam-not-tai").values()
    for row, way in ((first, cheapest(team)), (last, gentlest(team))):
        assert way is not None
        assert row == pytest.approx([*way.loads.values(), way.total, 100 * way.peak], abs=0.01)


def test_km2_gives_to_check_a_split_that_one_pair_alone_walks_out_of():
    rows = cells(KM2, "kiem-tung-nhom")
    split = {player: rows[player][0] for player in "STN"}
    for group in standings(THREE_AGENCIES, split)[:-1]:
        assert rows[" + ".join(group.group)] == [group.pays, group.alone, group.saving]
    assert [one.group for one in walkouts(THREE_AGENCIES, split)] == ["ST"]


def test_km4_gives_to_finish_the_four_places_of_a_years_money():
    contract = disbursement.Contract(6000, 0.2)
    for (volume, unpaid, allowed), row in zip(
        ((0.6, 200, 500), (0.7, 400, 300)), cells(KM4, "bon-so-phan").values(), strict=True
    ):
        end = disbursement.year_end(contract, 5000, volume, unpaid, allowed)
        assert row == pytest.approx([end.disbursed, end.payable, end.carried, end.lapsed])


def test_km4_gives_to_finish_lines_of_which_one_is_overpaid_and_one_over_its_estimate():
    lines = [
        Line("Đường truyền", 700, 640, 480, 400, "dịch vụ"),
        Line("Tích hợp", 1500, 1420, 900, 1010, "dịch vụ"),
        Line("Kiểm thử", 300, 330, 210, 150, "dịch vụ"),
    ]
    told = {line.name: [line.estimate - line.contract, to_settle(line)] for line in lines}
    assert cells(KM4, "doc-tung-dong") == told
    assert [(found.line, found.amount) for found in findings(lines)] == [
        ("Tích hợp", 110),
        ("Kiểm thử", 30),
    ]


def test_kt2_gives_to_finish_a_redesign_whose_last_step_alone_costs_money():
    names = ("nhận", "vào sổ", "kiểm tra", "hỏi A", "hỏi B", "ký")
    waits, touches = (10, 60, 40, 200, 150, 95), (5, 5, 10, 30, 20, 5)
    cards = [
        Card(name, "", touch, wait, "cần")
        for name, touch, wait in zip(names, touches, waits, strict=True)
    ]
    taken = [
        {"vào sổ": "bỏ"},
        {"kiểm tra": "gộp vào bước trước"},
        {"hỏi B": "làm song song với bước trước"},
    ]
    actions, left = {}, [redesign(cards, {}).today.lead]
    for step in taken:
        actions |= step
        left.append(redesign(cards, actions).today.lead)
    left.append(left[-1] - 10 * 0.8)  # software leaves a fifth of the ten minutes of checking
    told = [[before - after, after] for before, after in pairwise(left)]
    assert list(cells(KT2, "lam-not-thu-tu").values()) == told
