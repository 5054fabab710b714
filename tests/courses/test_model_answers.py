"""What a model answer cites, a learner can read off the lesson's simulation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from courses.foundation.numerals import vietnamese
from courses.lesson import LESSONS, read_lesson
from courses.models import (
    availability,
    bad_year,
    coalition,
    critical_path,
    disbursement,
    earned_value,
    incident_clock,
    investment,
    late_reports,
    legal_register,
    legal_validity,
    notices,
    process_cards,
    risk,
    service_desk,
    staffing,
    traceability,
)

if TYPE_CHECKING:
    from collections.abc import Iterator


def answer(code: str) -> str:
    lesson = read_lesson(next(LESSONS.glob(f"{code.lower()}-*.md")))
    return " ".join(lesson.block("giai-thich").body.exercise.model_answer.split())


def ql1() -> Iterator[str]:
    def days(every: int) -> int:
        register = legal_register
        return legal_validity.exposure(
            register.DOCUMENTS, register.CITED, register.FIRST, register.LAST, every
        )

    whole = (legal_register.LAST - legal_register.FIRST).days
    yield vietnamese(days(12), 0)
    yield f"{days(6)} ngày, {vietnamese(legal_validity.share(days(6), whole), 1)} %"
    assert days(18) <= days(12)
    assert days(24) == days(36)


def ql2() -> Iterator[str]:
    chain, offers = availability.province_chain(), availability.province_upgrades()
    best = availability.best_plan(chain, offers, 500)
    yield vietnamese(best.downtime, 1)
    yield vietnamese(availability.cost_per_hour(chain, best) or 0, 1)
    apart = availability.best_plan(chain, availability.province_upgrades(shared=0.4), 500)
    yield vietnamese(apart.downtime, 1)
    yield vietnamese(availability.best_plan(chain, offers, 720).downtime, 1)
    every = availability.best_plan(chain, offers, cap=10_000)
    yield f"{vietnamese(100 * (1 - every.downtime / availability.HOURS_A_YEAR), 1)} %"


def ql3() -> Iterator[str]:
    plan = traceability.draft_plan()
    yield f"{traceability.even_cut(plan, 0.2, 0.4)['M1']:.0f} % thay vì 80 %"
    yield f"giữ M2, M3, M4 tới đích bằng {traceability.selective_cut(plan, 0.2).amount:.0f} tỷ"
    mended = traceability.draft_plan(10)
    yield f"{vietnamese(100 * traceability.harmless_cut(mended), 1)} %"


def ql4() -> Iterator[str]:
    def cost(cap: float, later: float = 0) -> float:
        caps = [cap, later]
        return investment.compare(investment.PROJECTS, caps, 0.1, frozenset({"D"})).opportunity_cost

    assert cost(95) == cost(135) == 0
    yield from (vietnamese(cost(100)), vietnamese(cost(110)))
    yield f"khoảng {vietnamese(cost(100) - cost(110), 1)} tỷ"
    yield vietnamese(cost(100, 45))
    poor = investment.realised(investment.PROJECTS, 0.85)
    yield vietnamese(next(investment.npv(one, 0.1) for one in poor if one.code == "D"))


def ql5() -> Iterator[str]:
    project, week = earned_value.PROJECT, earned_value.TODAY
    stands = earned_value.status(project, week)
    yield vietnamese(stands.spi, 3)
    yield f"{vietnamese(stands.forecast_at_trend / 1000, 1)} tỷ"
    yield f"tuần {critical_path.end_week(project, week):.0f}"
    weeks = critical_path.cheapest_crash(project, 34, week)
    assert weeks == {"D": 1}
    yield f"{sum(one.premium for one in critical_path.crash(project, weeks)):.0f} triệu"


def ql6() -> Iterator[str]:
    place, pace = staffing.PROVINCE, staffing.Pace(8, 1, 2)
    before, after = staffing.three_tiers(place, pace).total, staffing.two_tiers(place, pace).total
    yield f"từ {before:.0f} thành {after:.0f} giờ"
    yield f"{staffing.two_tiers(place, pace, 10).total:.0f} giờ"
    desk, decide = late_reports.DESK, late_reports.Decision
    yield f"{vietnamese(desk.average, 1)} giờ"
    yield f"{vietnamese(100 * late_reports.on_time(desk), 1)} %"
    yield vietnamese(late_reports.expected_cost(desk, decide()), 1)
    for bought in (decide(standby=True), decide(officers=1)):
        yield f"{vietnamese(100 * late_reports.on_time(bought.applied(desk)), 1)} %"
        yield vietnamese(late_reports.expected_cost(desk, bought), 1)
    yield f"cộng {late_reports.expected_cost(desk, decide(form=True)):.0f}"


def km2() -> Iterator[str]:
    game = coalition.THREE_AGENCIES
    proposed = coalition.remainder(game, {"S": 8.4, "T": 6.8})
    groups = {one.group: one for one in coalition.standings(game, proposed)}
    for group in ("ST", "SN", "TN"):
        yield f"{vietnamese(groups[group].pays, 1)} "
    rooms = [
        coalition.agreement_room(coalition.with_coordination_cost(game, extra))
        for extra in (3, 3.5)
    ]
    assert rooms[0] == 0 > rooms[1]
    yield "quá 3 tỷ"


def km3() -> Iterator[str]:
    outage = notices.OUTAGE
    yield from (f"{vietnamese(outage.minutes(every), 0)} phút" for every in (8, 1))
    yield f"{vietnamese(outage.repair(1, notices.TEAM), 0)} trên 1.440"


def km4() -> Iterator[str]:
    contract = disbursement.CONTRACT
    volume = disbursement.volume_behind(contract, 0.55)
    today = disbursement.position(contract, volume)
    yield f"{100 * volume:.0f} %"
    yield from (vietnamese(x, 0) for x in (today.disbursed, today.accepted, today.outstanding))
    end = disbursement.year_end(contract, 8000, 0.7, allowed=600)
    for exact in (end.disbursed, 8000 - end.disbursed, end.lapsed):
        yield vietnamese(10 * round(exact / 10), 0)


def kt1() -> Iterator[str]:
    register = risk.province_register()
    yield f"{risk.best_plan(register, 1500).reduction:.0f} trên"
    threats, points = bad_year.THREATS, ("Cổng", "Cán bộ", "Dữ liệu")
    best = bad_year.cheapest(threats, bad_year.CAP)
    costs = [bad_year.total(threats, bought) for bought in (best, points)]
    yield from (vietnamese(cost, 0) for cost in (*costs, costs[1] - costs[0]))
    for bought in (points, best):
        share = bad_year.chance_between(threats, bought, bad_year.BAD)
        yield f"{vietnamese(100 * share, 1)} %"
    probed = bad_year.total_with(bad_year.after_probe(threats, bad_year.PORTAL_PROBE, bad_year.CAP))
    yield from (vietnamese(probed, 0), f"lợi {costs[0] - probed:.0f}")


def kt2() -> Iterator[str]:
    desk = service_desk.DESK
    ways = (
        desk,
        service_desk.shorter_form(desk, 120),
        service_desk.online(desk, 0.2),
        service_desk.fewer_returns(desk, 0.1, 0),
    )
    yield from (vietnamese(service_desk.mean_wait(way), 1) for way in ways)
    cards = process_cards.CARDS
    habits = {card.name: "bỏ" for card in cards if card.basis == "thói quen"}
    whole = process_cards.redesign(cards, {}).today.lead
    yield f"bỏ bốn thói quen bớt {whole - process_cards.redesign(cards, habits).today.lead:.0f}"
    software = dict.fromkeys((card.name for card in cards), "tự động hoá")
    yield f"bớt {whole - process_cards.redesign(cards, software).today.lead:.0f} trên"


def vh1() -> Iterator[str]:
    told = {
        way: incident_clock.told(incident_clock.FOUND, way) for way in incident_clock.WAYS.values()
    }
    usual, night, _, _, both = told.values()
    yield f"{vietnamese(usual.notice_hours - night.notice_hours)} giờ"
    yield f"sau {60 * both.notice_hours:.0f} phút"
    assert night.notice_hours - incident_clock.NOTICE_LIMIT > 40


FIGURES = (ql1, ql2, ql3, ql4, ql5, ql6, km2, km3, km4, kt1, kt2, vh1)


@pytest.mark.parametrize("figures", FIGURES, ids=lambda figures: figures.__name__)
def test_a_model_answer_cites_what_the_model_gives(figures):
    told = answer(figures.__name__)
    assert [figure for figure in figures() if figure not in told] == []
