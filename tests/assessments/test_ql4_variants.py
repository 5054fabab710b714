"""QL4 items with variants: the key of every drawn variant is what the model computes."""

from __future__ import annotations

import re

import pytest
from generators import a_thousand_times
from ql4_content import ITEMS, item, numbers, valued

from assessments.bank.item import draw
from courses.models.investment import (
    Project,
    best_plan,
    compare,
    npv,
    present_value,
    ratio_plan,
)

SEEDS = [str(number) for number in range(50)]
VARIED = ["01", "03", "09", "11", "12", "16", "19", "20", "21", "22", "24"]


def bold(text: str) -> list[float]:
    """Every number in bold, in order."""
    return [n for part in re.findall(r"\*\*(.+?)\*\*", text, re.DOTALL) for n in numbers(part)]


def rate_of(text: str) -> float:
    """The discount rate that a prompt gives in per cent a year."""
    return float(re.search(r"hiết khấu (\d+) %/năm", text)[1]) / 100


def prompt_and_key(number: str, seed: str) -> tuple[str, float, float]:
    """What is asked, and the number and tolerance that it is marked by."""
    variant = draw(item(number), seed)
    return variant.question.prompt, float(variant.key.correct[0]), float(variant.key.tolerances[0])


def table_and_key(number: str, seed: str) -> tuple[str, list[list[float]], list[float]]:
    """What is asked, the numbers shown in each row, and the right numbers cell by cell."""
    variant = draw(item(number), seed)
    rows = [numbers(" ".join(filter(None, row.cells))) for row in variant.question.rows]
    return variant.question.prompt, rows, [float(p.split("=")[1]) for p in variant.key.correct]


def test_twenty_one_items_have_variants():
    assert len(list(ITEMS.glob("*.py"))) == 21


@pytest.mark.parametrize("number", VARIED)
def test_fifty_seeds_give_at_least_thirty_different_questions_without_open_places(number):
    content = item(number)
    drawn = {draw(content, seed).question.model_dump_json() for seed in SEEDS}
    assert len(drawn) >= 30
    assert not any("{{" in question for question in drawn)


@a_thousand_times
def test_item_01_is_npv_net_of_running_cost_and_of_nothing_else(seed):
    prompt, key, tolerance = prompt_and_key("01", seed)
    capital, *gross, running = bold(prompt)
    sunk = float(re.search(r"khảo sát (\d+,\d)", prompt)[1].replace(",", "."))
    right, forgotten = (
        npv(Project("P", "cấp phép", capital, tuple(x - cost for x in gross)), rate_of(prompt))
        for cost in (running, 0)
    )
    assert len(gross) == 4
    assert abs(right - key) <= tolerance
    assert min(abs(right - sunk - key), abs(forgotten - key)) > tolerance


@a_thousand_times
def test_item_03_is_npv_lost_by_waiting_and_the_old_system_kept(seed):
    prompt, key, tolerance = prompt_and_key("03", seed)
    worth, upkeep, again = bold(prompt)
    rate = rate_of(prompt)
    project = Project("H", "hồ sơ", 26, ((26 + worth) * (1 + rate),))
    lost = npv(project, rate) - npv(project, rate, start=2)
    assert upkeep == again
    assert abs(lost + present_value((upkeep, upkeep), rate) - key) <= tolerance
    assert abs(lost + 2 * upkeep - key) > tolerance


@a_thousand_times
def test_item_09_fills_the_table_of_an_npv(seed):
    prompt, rows, key = table_and_key("09", seed)
    capital, running = bold(prompt)
    net = [gross - running for gross, _ in rows[:3]]
    rate = rate_of(prompt)
    assert key[0:6:2] == pytest.approx(net)
    for year, value in enumerate(key[1:6:2]):
        assert value == pytest.approx(net[year] / (1 + rate) ** (year + 1), abs=0.006)
    assert key[6] == pytest.approx(npv(Project("T", "trả", capital, tuple(net)), rate), abs=0.006)


@a_thousand_times
def test_item_11_is_rent_and_way_out_less_purchase_and_running(seed):
    prompt, key, tolerance = prompt_and_key("11", seed)
    buy, rent = (line for line in prompt.splitlines() if re.match(r"\| (Tự|Thuê)", line))
    (capital, running), (fee, way_out) = numbers(buy), numbers(rent)
    rate = rate_of(prompt)
    costs = [
        capital + present_value((running,) * 5, rate),
        present_value((fee, fee, fee, fee, fee + way_out), rate),
    ]
    assert abs(costs[1] - costs[0] - key) <= tolerance
    assert abs(key) > tolerance
    assert abs(present_value((fee,) * 5, rate) - costs[0] - key) > tolerance


@pytest.mark.proof
@a_thousand_times
def test_item_12_is_the_best_portfolio_and_out_of_reach_of_ranking_by_ratio(seed):
    prompt, key, tolerance = prompt_and_key("12", seed)
    rows = {m[1]: tuple(numbers(m[2])) for m in re.finditer(r"\| ([GHKLM])\. (.*)", prompt)}
    projects, cap = valued(rows), bold(prompt)[0]
    assert len(projects) == 5
    assert abs(best_plan(projects, [cap], 0).npv - key) <= tolerance
    assert ratio_plan(projects, cap, 0).npv < key - tolerance


@a_thousand_times
def test_item_16_is_what_phasing_leaves_of_the_opportunity_cost(seed):
    prompt, key, tolerance = prompt_and_key("16", seed)
    p, q, s, _ = bold(prompt)
    rate = rate_of(prompt)
    worths = zip("PQS", (p, q, s), strict=True)
    three = [Project(n, n, 10, ((10 + v) * (1 + rate),)) for n, v in worths]
    found = compare(three, [20, 10], rate, frozenset("S"))
    assert found.free.starts == {"P": 0, "Q": 0, "S": 1}
    assert found.forced.starts == {"P": 0, "Q": 1, "S": 0}
    assert abs(found.opportunity_cost - key) <= tolerance
    assert q - s > key + tolerance


@a_thousand_times
def test_item_19_lets_only_benefits_shrink_and_npv_turns_negative(seed):
    prompt, _, key = table_and_key("19", seed)
    capital, running, benefit = bold(prompt.split("**không đổi**")[0])
    shares = (1, 0.9, 0.8)
    assert key[::2] == pytest.approx([share * benefit for share in shares])
    assert key[1::2] == pytest.approx([share * benefit - running - capital for share in shares])
    assert key[1] > 0 > key[5]


@a_thousand_times
def test_item_20_is_the_share_at_which_npv_is_zero(seed):
    prompt, key, tolerance = prompt_and_key("20", seed)
    capital, benefit, running, _ = bold(prompt)
    rate = rate_of(prompt)

    def worth(percent: float) -> float:
        flow = benefit * percent / 100 - running
        return npv(Project("M", "mức", capital, (flow,) * 5), rate)

    assert worth(key - tolerance) < 0 < worth(key + tolerance)
    assert 70 <= round(key, 1) < 100  # as it is printed


@a_thousand_times
def test_item_21_is_what_the_right_to_stop_is_worth(seed):
    prompt, key, tolerance = prompt_and_key("21", seed)
    found = bold(prompt)
    chance, other, gain, loss, trial = found[:5]
    rate = rate_of(prompt)
    at_once = (chance * gain - other * loss) / 100
    staged = present_value((chance / 100 * gain,), rate) - trial
    assert chance + other == 100
    assert abs(staged - at_once - key) <= tolerance
    assert abs(staged + trial - at_once - key) > tolerance


@a_thousand_times
def test_item_22_is_behind_plan_in_september_with_little_unpaid(seed):
    _, rows, key = table_and_key("22", seed)
    for (plan, done, paid, advance), behind, unpaid in zip(rows, key[::2], key[1::2], strict=True):
        assert behind == pytest.approx(done - plan)
        assert unpaid == pytest.approx(done - (paid - advance))
        assert advance >= 0
    assert -key[4] > key[5] >= 0


@a_thousand_times
def test_item_24_gives_back_what_no_accepted_work_can_use(seed):
    prompt, key, tolerance = prompt_and_key("24", seed)
    plan, done, disbursed, advance, sure, unsigned = (
        numbers(line.rsplit("|", 2)[1])[0] for line in prompt.splitlines()[4:10]
    )
    assert abs(plan - done - sure - key) <= tolerance
    for wrong in (plan - disbursed - sure, plan - done - sure - unsigned, plan - done):
        assert abs(wrong - key) > tolerance
    assert done >= disbursed - advance
