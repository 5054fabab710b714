"""Clean plans made from a family of dossiers with seeded figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING

from courses.plans.families import BASES, NATIONAL, OWN
from courses.plans.plan import (
    Basis,
    Benefit,
    Content,
    Cost,
    FiveYearPlan,
    Frame,
    Goal,
    Passage,
    PastProject,
    Project,
    Refusal,
    Totals,
    added_up,
    totals,
)
from courses.sources import the_sources

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

    from courses.plans.families import BenefitLine, Family

FIRST, LAST = 2026, 2030
SECURITY = 15  # % of the money, Luật 116/2025/QH15, Điều 38 khoản 1

# By the place of a row in the family: contents of each goal, goals and contents of each project.
_NEEDS = ((0, 5), (1,), (2, 5), (2,), (3, 5), (4,))
_AIMS = ((0,), (1,), (2, 3), (4, 5), (0, 2, 4))
_WORKS = ((0,), (1,), (2,), (3, 4), (5,))
_GUARD = 1
_YEARS = (2028, 2028, 2029, 2029, 2030, 2030)


def clean_plan(family: Family, rng: random.Random) -> FiveYearPlan:
    """A plan without a fault; the same state of ``rng`` gives the same plan.

    Rows are shuffled before they get their codes, so that a code tells nothing.
    """
    goal, content, project = (
        _codes(letter, n, rng) for letter, n in (("M", 6), ("N", 6), ("D", 5))
    )
    years = rng.sample(_YEARS, len(_YEARS))
    projects = sorted(
        (
            _project(family, project[at], at, [goal[aim] for aim in aims], years, rng)
            for at, aims in enumerate(_AIMS)
        ),
        key=lambda line: line.code,
    )
    costs = _costs(family, content, {line.code: line for line in projects}, project, rng)
    goals = [_goal(family, goal[at], at, content, years[at], rng) for at in range(len(goal))]
    plan = FiveYearPlan(
        frame=_frame(family, goals, rng),
        bases=(),
        past=_past(family, rng),
        goals=tuple(sorted(goals, key=lambda line: line.code)),
        contents=_contents(family, content, rng),
        costs=tuple(costs),
        totals=Totals({}, {}, {}, 0),
        projects=tuple(projects),
        benefits=tuple(
            _benefit(f"H{number}", line, goals[line.goal], rng)
            for number, line in enumerate(family.benefits, start=1)
        ),
        refusals=tuple(
            Refusal(f"T{number}", proposal, "Không phục vụ mục tiêu nào ở mục III.")
            for number, proposal in enumerate(family.proposals, start=1)
        ),
        passages=_PASSAGES,
    )
    return _afforded(added_up(_based(plan, rng)), rng)


_PASSAGES = (
    Passage("II", "Nhận xét", "Cái đã có chưa dùng hết; chỗ yếu nhất là người vận hành.", 200),
    Passage("V", "Tài chính", "Ưu tiên việc bắt buộc, thuê dịch vụ khi rẻ hơn mua.", 100),
    Passage("V", "Triển khai", "Thí điểm ở hai nơi khó, đạt tiêu chí mới nhân rộng.", 100),
    Passage("V", "Tổ chức", "Mỗi mục tiêu có một người chịu trách nhiệm báo số.", 100),
    Passage("V", "Chính sách", "Ban hành quy chế khai thác dữ liệu dùng chung.", 100),
    Passage("V", "Giải pháp khác", "Rà soát hằng năm, cắt việc không tạo kết quả.", 100),
)


def _codes(letter: str, count: int, rng: random.Random) -> list[str]:
    return [f"{letter}{number}" for number in rng.sample(range(1, count + 1), count)]


def _project(
    family: Family,
    code: str,
    at: int,
    aims: Sequence[str],
    years: Sequence[int],
    rng: random.Random,
) -> Project:
    end = min(years[aim] for aim in _AIMS[at])
    return Project(code, family.projects[at], tuple(sorted(aims)), rng.randint(2026, 2027), end, 0)


def _costs(
    family: Family,
    content: Sequence[str],
    projects: dict[str, Project],
    project: Sequence[str],
    rng: random.Random,
) -> list[Cost]:
    """Money of each content in each year of its project; security gets a safe share last."""
    works = [(project[at], work) for at, done in enumerate(_WORKS) for work in done]
    costs = []
    for place, (code, work) in enumerate(pair for pair in works if pair[1] != _GUARD):
        line = projects[code]
        for year in range(line.start, line.end + 1):
            turn = place if year == line.start else rng.randrange(len(family.sources))
            source = family.sources[turn % len(family.sources)]
            costs.append(Cost(content[work], source, year, code, rng.randint(4, 8)))
    others = sum(cost.amount for cost in costs)
    line, share = projects[project[_GUARD]], rng.uniform(0.165, 0.195)
    money = round(others * share / (1 - share))
    span = range(line.start, line.end + 1)
    for number, year in enumerate(span):
        amount = money // len(span) + (number < money % len(span))
        source = rng.choice(family.sources)
        costs.append(Cost(content[_GUARD], source, year, line.code, amount))
    return costs


def _goal(
    family: Family, code: str, at: int, content: Sequence[str], year: int, rng: random.Random
) -> Goal:
    line, steps = family.goals[at], [rng.randint(3, 9) for _ in range(FIRST, year + 1)]
    base = rng.randint(30, 50)
    values = list(accumulate(steps, initial=base))[1:]
    values += [values[-1]] * (LAST - year)
    return Goal(
        code=code,
        measure=line.measure,
        base=base,
        target=values[-1],
        year=year,
        path=tuple(zip(range(FIRST, LAST + 1), values, strict=True)),
        data_source=line.data,
        owner=line.owner,
        contents=tuple(sorted(content[need] for need in _NEEDS[at])),
    )


def _contents(family: Family, content: Sequence[str], rng: random.Random) -> tuple[Content, ...]:
    owns = dict(zip(rng.sample(range(len(content)), len(OWN)), OWN, strict=True))
    lines = [
        Content(
            code=content[at],
            name=line.name,
            reaches=family.levels,
            reuses=line.reuses,
            builds=owns.get(at, ""),
            security=at == _GUARD,
        )
        for at, line in enumerate(family.contents)
    ]
    return tuple(sorted(lines, key=lambda line: line.code))


def _frame(family: Family, goals: Sequence[Goal], rng: random.Random) -> Frame:
    return Frame(
        unit=rng.choice(family.units),
        first=FIRST,
        last=LAST,
        signed_on=date(2026, 9, 1) + timedelta(days=rng.randrange(110)),
        state={goal.measure: goal.base for goal in goals},
        ceilings=dict.fromkeys(family.sources, 0),
        levels=family.levels,
        abolished=family.abolished,
        national=NATIONAL,
        security=SECURITY,
    )


def _past(family: Family, rng: random.Random) -> tuple[PastProject, ...]:
    return tuple(
        PastProject(
            code=f"P{number}",
            name=line.name,
            aim=line.aim,
            investment=f"{rng.randint(8, 60)} tỷ",
            source=rng.choice(family.sources),
            period=f"{(start := rng.randint(2020, 2022))}–{start + rng.randint(1, 3)}",
            result=line.result,
        )
        for number, line in enumerate(family.past, start=1)
    )


def _benefit(code: str, line: BenefitLine, goal: Goal, rng: random.Random) -> Benefit:
    volume, hours = rng.randint(line.least, line.most) * 1000, rng.randint(1, 3)
    saved = (goal.target - goal.base) * volume * hours // 100
    return Benefit(code, goal.code, line.what, volume, hours, saved)


def _based(plan: FiveYearPlan, rng: random.Random) -> FiveYearPlan:
    register, day = the_sources().by_id, plan.frame.signed_on
    sound = [name for name in BASES if register[name].in_force(day)]
    chosen = rng.sample(sound, 6)
    bases = tuple(Basis(f"CC{number}", name) for number, name in enumerate(chosen, start=1))
    return replace(plan, bases=bases)


def _afforded(plan: FiveYearPlan, rng: random.Random) -> FiveYearPlan:
    """The plan with ceilings a little above what it spends."""
    spent = totals(plan).sources
    ceilings = {source: amount + rng.randint(1, 9) for source, amount in spent.items()}
    return replace(plan, frame=replace(plan.frame, ceilings=ceilings))
