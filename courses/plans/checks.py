"""What is wrong with a plan, found from the plan itself: no key, as an office would check.

The share for cyber security is that of Luật An ninh mạng 116/2025/QH15, Điều 38 khoản 1; the six
fields of a past project and the chain from goals to projects follow CV 491/BTTTT-ƯDCNTT, part A.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from courses.foundation.numerals import short_date, vietnamese
from courses.models import traceability
from courses.plans.plan import chain, totals
from courses.sources import the_sources

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from courses.plans.plan import FiveYearPlan, Section

WHOLE, SECURITY = "Tổng", "An ninh mạng"


@dataclass(frozen=True, order=True)
class Finding:
    """One fault by section and row, with a stable code and what is wrong."""

    section: Section
    row: str
    code: str
    text: str


def check_plan(plan: FiveYearPlan) -> list[Finding]:
    """Every fault of ``plan``, in the order of the sections; none when the plan stands."""
    return [finding for rule in _RULES for finding in rule(plan)]


def _bases(plan: FiveYearPlan) -> Iterator[Finding]:
    day, register = plan.frame.signed_on, the_sources().by_id
    for basis in plan.bases:
        source = register.get(basis.source)
        if source is None:
            yield Finding("I", basis.code, "BASIS", f"sổ văn bản không có {basis.source}")
        elif source.in_force_to and source.ended(day):
            text = f"{source.name} hết hiệu lực từ {short_date(source.in_force_to)}"
            yield Finding("I", basis.code, "BASIS", f"{text}, trước ngày ký {short_date(day)}")
        elif source.in_force_from and source.pending(day):
            text = f"{source.name} đến {short_date(source.in_force_from)} mới có hiệu lực"
            yield Finding("I", basis.code, "BASIS", f"{text}, sau ngày ký {short_date(day)}")


_SIX = ("tên", "mục tiêu", "tổng mức đầu tư", "nguồn vốn", "thời gian", "hiệu quả")


def _past(plan: FiveYearPlan) -> Iterator[Finding]:
    for project in plan.past:
        _, *fields = astuple(project)
        missing = [name for name, value in zip(_SIX, fields, strict=True) if not value.strip()]
        if missing:
            yield Finding("II", project.code, "FIELDS", f"thiếu {', '.join(missing)}")


def _goals(plan: FiveYearPlan) -> Iterator[Finding]:
    for goal in plan.goals:
        known = plan.frame.state.get(goal.measure)
        if goal.base != known:
            stands = "không có" if known is None else f"ghi {known} %"
            text = f"mức gốc ghi {goal.base} %, phiếu hiện trạng {stands}"
            yield Finding("III", goal.code, "BASE", text)
        named = (("nguồn đo", goal.data_source), ("người báo số", goal.owner))
        missing = [name for name, value in named if not value.strip()]
        if missing:
            yield Finding("III", goal.code, "MEASURED", f"thiếu {', '.join(missing)}")


def _trace(plan: FiveYearPlan) -> Iterator[Finding]:
    links = chain(plan)
    for trace in traceability.orphans(links):
        text = f"không truy được tới mục {', '.join(trace.missing)}"
        yield Finding("III", trace.target.code, "TRACE", text)
    used = {code for goal in plan.goals for code in goal.contents}
    for content in plan.contents:
        if content.code not in used:
            yield Finding("IV", content.code, "IDLE", "không mục tiêu nào ở III cần nội dung này")
    for project in traceability.idle_projects(links):
        yield Finding("VIII", project.code, "IDLE", "không nhằm mục tiêu nào ở III")


def _contents(plan: FiveYearPlan) -> Iterator[Finding]:
    for content in plan.contents:
        if content.builds in plan.frame.national:
            text = f"xây riêng {content.builds} mà quốc gia đã có; phải kết nối để dùng lại"
            yield Finding("IV", content.code, "REUSE", text)
        gone = [level for level in content.reaches if level not in plan.frame.levels]
        if gone:
            yield Finding("IV", content.code, "LEVEL", f"không còn {', '.join(gone)}")


def _paths(plan: FiveYearPlan) -> Iterator[Finding]:
    for goal in plan.goals:
        text = _path(goal.base, goal.target, goal.year, dict(goal.path)) if goal.path else None
        if text:
            yield Finding("VI", goal.code, "PATH", text)


def _path(base: int, target: int, year: int, path: Mapping[int, int]) -> str | None:
    values = [base, *(path[when] for when in sorted(path))]
    for before, after in pairwise(values):
        if after < before:
            return f"tụt từ {before} % xuống {after} %"
    if path.get(year) != target:
        return f"năm {year} không đạt {target} % như mục III"
    return None


def _sums(plan: FiveYearPlan) -> Iterator[Finding]:
    right, said = totals(plan), plan.totals
    rows = [(code, said.contents.get(code), value) for code, value in right.contents.items()]
    rows += [(code, said.sources.get(code), value) for code, value in right.sources.items()]
    rows += [(str(year), said.years.get(year), value) for year, value in right.years.items()]
    for row, stated, value in [*rows, (WHOLE, said.whole, right.whole)]:
        if stated != value:
            text = f"ghi {'trống' if stated is None else f'{stated} tỷ'}, các ô cộng lại {value} tỷ"
            yield Finding("VII", row, "SUM", text)


def _ceilings(plan: FiveYearPlan) -> Iterator[Finding]:
    for source, spent in totals(plan).sources.items():
        ceiling = plan.frame.ceilings.get(source)
        if ceiling is None:
            yield Finding("VII", source, "CEILING", "nguồn không có trong khả năng vốn")
        elif spent > ceiling:
            yield Finding("VII", source, "CEILING", f"cần {spent} tỷ, trần {ceiling} tỷ")


def _security(plan: FiveYearPlan) -> Iterator[Finding]:
    spent, whole, least = plan.security_money, totals(plan).whole, plan.frame.security
    if 100 * spent < least * whole:
        share = vietnamese(100 * spent / whole, 1)
        text = f"{spent} trên {whole} tỷ là {share} %, tối thiểu {least} %"
        yield Finding("VII", SECURITY, "SECURITY", text)


def _projects(plan: FiveYearPlan) -> Iterator[Finding]:
    for project in plan.projects:
        spent = sum(cost.amount for cost in plan.costs if cost.project == project.code)
        if spent != project.cost:
            text = f"ghi {project.cost} tỷ, mục VII dành {spent} tỷ"
            yield Finding("VIII", project.code, "COST", text)


def _periods(plan: FiveYearPlan) -> Iterator[Finding]:
    due = {goal.code: goal.year for goal in plan.goals}
    for project in plan.projects:
        late = [code for code in project.goals if due.get(code, plan.frame.last) < project.end]
        years = {cost.year for cost in plan.costs if cost.project == project.code and cost.amount}
        text = None
        if not plan.frame.first <= project.start <= project.end <= plan.frame.last:
            text = f"{project.start}–{project.end} không nằm trong kỳ kế hoạch"
        elif late:
            text = f"xong năm {project.end}, sau năm đích của {', '.join(late)}"
        elif not years <= set(range(project.start, project.end + 1)):
            text = f"mục VII chi ngoài thời gian {project.start}–{project.end}"
        if text:
            yield Finding("VIII", project.code, "PERIOD", text)


def _benefits(plan: FiveYearPlan) -> Iterator[Finding]:
    known = {goal.code: goal for goal in plan.goals}
    for benefit in plan.benefits:
        goal = known.get(benefit.goal)
        if goal is None:
            yield Finding("IX", benefit.code, "BENEFIT", f"mục III không có {benefit.goal}")
            continue
        hours = (goal.target - goal.base) * benefit.volume * benefit.hours / 100
        if hours != benefit.stated:
            text = f"ghi {vietnamese(benefit.stated, 0)} giờ, tính ra {vietnamese(hours, 0)} giờ"
            yield Finding("IX", benefit.code, "BENEFIT", text)


def _texts(plan: FiveYearPlan) -> Iterator[Finding]:
    for refusal in plan.refusals:
        if not refusal.reason.strip():
            yield Finding("V", refusal.code, "REASON", "từ chối mà không nêu lý do")
    for passage in plan.passages:
        words = len(passage.text.split())
        if not words:
            yield Finding(passage.section, passage.row, "TEXT", "chưa viết")
        elif words > passage.most:
            text = f"dài {words} từ, nhiều nhất {passage.most}"
            yield Finding(passage.section, passage.row, "TEXT", text)


_RULES: tuple[Callable[[FiveYearPlan], Iterator[Finding]], ...] = (
    _bases,
    _past,
    _goals,
    _trace,
    _contents,
    _texts,
    _paths,
    _sums,
    _ceilings,
    _security,
    _projects,
    _periods,
    _benefits,
)
