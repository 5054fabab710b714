"""A plan as Markdown tables, part by part, and the names of the rows that stand in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import short_date, vietnamese
from courses.plans.checks import SECURITY, WHOLE
from courses.sources import the_sources

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from courses.plans.plan import FiveYearPlan, Section

BLANK = "–"


def table(head: Sequence[object], lines: Iterable[Sequence[object]]) -> str:
    """A Markdown table; an empty cell is shown as a dash."""
    rule = ["---"] * len(head)
    return "\n".join(_row(line) for line in (head, rule, *lines))


def _row(cells: Sequence[object]) -> str:
    texts = (str(cell).strip().replace("|", "/") or BLANK for cell in cells)
    return f"| {' | '.join(texts)} |"


def bases(plan: FiveYearPlan) -> str:
    """Section I: each base with its subject, as a plan names it."""
    register = the_sources().by_id
    named = [(basis.code, register[basis.source]) for basis in plan.bases]
    return table(("I", "Căn cứ", "Về việc"), [(c, s.full_name, s.title) for c, s in named])


def past(plan: FiveYearPlan) -> str:
    """Section II.6."""
    head = ("II", "Dự án", "Mục tiêu", "Mức đầu tư", "Nguồn", "Thời gian", "Hiệu quả")
    lines = ((p.code, p.name, p.aim, p.investment, p.source, p.period, p.result) for p in plan.past)
    return table(head, lines)


def state(plan: FiveYearPlan) -> str:
    """The state sheet, in the order of the goals."""
    named = [(g.measure, f"{plan.frame.state[g.measure]}\N{NO-BREAK SPACE}%") for g in plan.goals]
    return table(("Phiếu hiện trạng cuối năm 2025", "Mức"), named)


def goals(plan: FiveYearPlan) -> str:
    """Section III with what each goal needs, its source of data and who reports it."""
    head = ("III", "Mục tiêu", "Gốc", "Đích", "Năm", "Nội dung", "Nguồn đo", "Báo số")
    return table(head, (_goal(plan, goal.code) for goal in plan.goals))


def _goal(plan: FiveYearPlan, code: str) -> tuple[object, ...]:
    goal = plan.goal(code)
    ends = (*(f"{part}\N{NO-BREAK SPACE}%" for part in (goal.base, goal.target)), goal.year)
    return (code, goal.measure, *ends, ", ".join(goal.contents), goal.data_source, goal.owner)


def contents(plan: FiveYearPlan) -> str:
    """Section IV."""
    head = ("IV", "Nội dung", "Phạm vi", "Dùng lại", "Xây mới cơ sở dữ liệu")
    lines = ((c.code, c.name, ", ".join(c.reaches), c.reuses, c.builds) for c in plan.contents)
    return table(head, lines)


def paths(plan: FiveYearPlan) -> str:
    """Section VI: the result of each year in %."""
    years = range(plan.frame.first, plan.frame.last + 1)
    lines = ((g.code, *(dict(g.path).get(year, "") for year in years)) for g in plan.goals)
    return table(("VI (%)", *years), lines)


def by_source(plan: FiveYearPlan) -> str:
    """Section VII: content by source, with the sums as stated."""
    sources, said = tuple(plan.frame.ceilings), plan.totals
    lines: list[Sequence[object]] = [
        (
            _named(content.code, content.name, guard=content.security),
            *cells,
            said.contents[content.code],
        )
        for content in plan.contents
        for cells in [[_money(plan, content.code, source=source) for source in sources]]
    ]
    lines.append((WHOLE, *(said.sources[source] for source in sources), said.whole))
    lines.append(("Trần vốn", *plan.frame.ceilings.values(), ""))
    return table(("VII (tỷ đồng)", *sources, "Cộng"), lines)


def _named(code: str, name: str, *, guard: bool) -> str:
    return f"{code} {name}" + (" (an ninh mạng)" if guard else "")


def by_year(plan: FiveYearPlan) -> str:
    """Section VII: content by year, with the sums of the years as stated."""
    years = tuple(plan.totals.years)
    lines: list[Sequence[object]] = [
        (content.code, *(_money(plan, content.code, year=year) for year in years))
        for content in plan.contents
    ]
    lines.append((WHOLE, *plan.totals.years.values()))
    return table(("VII (tỷ đồng)", *years), lines)


def _whole(plan: FiveYearPlan) -> str:
    return f"Tổng chung ghi trong dự thảo: **{plan.totals.whole}** tỷ đồng."


def _money(plan: FiveYearPlan, content: str, source: str = "", year: int = 0) -> int:
    return sum(
        cost.amount
        for cost in plan.costs
        if cost.content == content and source in {"", cost.source} and year in {0, cost.year}
    )


def projects(plan: FiveYearPlan) -> str:
    """Section VIII; the contents are those on which section VII has the project spend."""
    head = ("VIII", "Dự án", "Mục tiêu", "Nội dung", "Thời gian", "Tỷ đồng")
    lines = (
        (p.code, p.name, ", ".join(p.goals), ", ".join(_works(plan, p.code)), span, p.cost)
        for p in plan.projects
        for span in [f"{p.start}–{p.end}"]
    )
    return table(head, lines)


def _works(plan: FiveYearPlan, project: str) -> list[str]:
    return sorted({cost.content for cost in plan.costs if cost.project == project})


def benefits(plan: FiveYearPlan) -> str:
    """Section IX."""
    head = ("IX", "Hiệu quả của", "Lượt một năm", "Giờ đỡ mỗi lượt", "Giờ đỡ một năm")
    lines = (
        (b.code, b.goal, f"{vietnamese(b.volume, 0)} {b.what}", b.hours, vietnamese(b.stated, 0))
        for b in plan.benefits
    )
    return table(head, lines)


def _signed(plan: FiveYearPlan) -> str:
    day, levels = short_date(plan.frame.signed_on), ", ".join(plan.frame.levels)
    return f"Ngày ký dự kiến: **{day}**. Các cấp đang có: {levels}."


def _period(plan: FiveYearPlan) -> str:
    return f"Kỳ kế hoạch: **{plan.frame.first}–{plan.frame.last}**."


def _joined(*parts: Callable[[FiveYearPlan], str]) -> Callable[[FiveYearPlan], str]:
    return lambda plan: "\n\n".join(part(plan) for part in parts)


PARTS: Mapping[str, Callable[[FiveYearPlan], str]] = {
    "content": by_source,
    "source": by_source,
    "year": _joined(by_year, _whole),
    "project": _joined(by_source, projects),
    "base": _joined(state, goals),
    "trace": _joined(goals, projects),
    "period": _joined(_period, goals, projects),
    "idle": _joined(goals, contents, projects),
    "path": _joined(goals, paths),
    "benefit": _joined(goals, benefits),
    "law": _joined(_signed, bases),
    "reuse": contents,
    "level": _joined(_signed, past, contents),
}
"""What an audit of each part shows."""


def rows(plan: FiveYearPlan, part: str) -> dict[tuple[Section, str], str]:
    """Every row that ``part`` asks about, with its name, in the order of the plan."""
    return {
        (section, code): f"Mục {section}, {name}"
        for section, named in _ASKED[part]
        for code, name in named(plan)
    }


_Named = list[tuple[str, str]]


def _lines(part: str, name: str) -> Callable[[FiveYearPlan], _Named]:
    return lambda plan: [
        (line.code, f"dòng {line.code}: {getattr(line, name)}") for line in getattr(plan, part)
    ]


def _base_names(plan: FiveYearPlan) -> _Named:
    register = the_sources().by_id
    return [(b.code, f"dòng {b.code}: {register[b.source].name}") for b in plan.bases]


def _benefit_names(plan: FiveYearPlan) -> _Named:
    return [(b.code, f"dòng {b.code}: {b.what}, hiệu quả của {b.goal}") for b in plan.benefits]


def _content_sums(plan: FiveYearPlan) -> _Named:
    names = [(c.code, f"cộng của nội dung {c.code}: {c.name}") for c in plan.contents]
    return [*names, (WHOLE, "tổng chung")]


def _source_sums(plan: FiveYearPlan) -> _Named:
    names = [(source, f"nguồn {source}: cộng và trần vốn") for source in plan.frame.ceilings]
    return [*names, (WHOLE, "tổng chung"), (SECURITY, "tỷ lệ chi cho an ninh mạng")]


def _year_sums(plan: FiveYearPlan) -> _Named:
    names = [(str(year), f"cộng của năm {year}") for year in plan.totals.years]
    return [*names, (WHOLE, "tổng chung")]


_GOALS, _PROJECTS = _lines("goals", "measure"), _lines("projects", "name")
_CONTENTS, _PAST = _lines("contents", "name"), _lines("past", "name")
_ASKED: Mapping[str, tuple[tuple[Section, Callable[[FiveYearPlan], _Named]], ...]] = {
    "content": (("VII", _content_sums),),
    "source": (("VII", _source_sums),),
    "year": (("VII", _year_sums),),
    "project": (("VIII", _PROJECTS),),
    "base": (("III", _GOALS),),
    "trace": (("III", _GOALS),),
    "period": (("VIII", _PROJECTS),),
    "idle": (("IV", _CONTENTS), ("VIII", _PROJECTS)),
    "path": (("VI", _GOALS),),
    "benefit": (("IX", _benefit_names),),
    "law": (("I", _base_names),),
    "reuse": (("IV", _CONTENTS),),
    "level": (("II", _PAST), ("IV", _CONTENTS)),
}
