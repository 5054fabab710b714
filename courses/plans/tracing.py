"""The chain III to IV, VI, VII, VIII of a plan: as words, as rows, and as the links of a graph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese
from courses.models import traceability
from courses.plans.plan import chain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from courses.models.traceability import Trace
    from courses.plans.plan import FiveYearPlan

HEADINGS = (
    "III. Mục tiêu",
    "IV. Nội dung",
    "VI. Lộ trình",
    "VII. Tỷ đồng",
    "VIII. Dự án",
    "Thiếu",
)


@dataclass(frozen=True)
class Node:
    """A box of the graph: section and code say which, ``lines`` what stands in it.

    ``missing`` are the sections that do not answer to it, in words; empty when all do.
    """

    section: str
    code: str
    lines: tuple[str, ...]
    missing: str = ""


@dataclass(frozen=True)
class Graph:
    """The boxes of each column, and which box leads to which: pairs of (section, code)."""

    columns: tuple[tuple[Node, ...], ...]
    links: tuple[tuple[tuple[str, str], tuple[str, str]], ...]


def rows(plan: FiveYearPlan) -> list[tuple[str, ...]]:
    """The chain of each goal under ``HEADINGS``; what is not there is a dash."""
    return [_row(found) for found in traceability.trace(chain(plan))]


def _row(found: Trace) -> tuple[str, ...]:
    cells = (
        f"{found.target.code}. {found.target.name}",
        ", ".join(found.contents),
        _span(found.years),
        vietnamese(found.amount, 0),
        ", ".join(found.projects),
        ", ".join(found.missing),
    )
    return tuple(cell or "–" for cell in cells)


def _span(years: tuple[int, ...]) -> str:
    return f"{years[0]}–{years[-1]}" if years else ""


def told(plan: FiveYearPlan) -> list[str]:
    """The chain in words, a line a goal: what the graph shows, for who does not see it."""
    return [
        f"{goal}: nội dung {contents}; lộ trình {path}; {money} tỷ đồng; dự án {projects}"
        + (f"; thiếu mục {missing}." if missing != "–" else "; đủ.")
        for goal, contents, path, money, projects, missing in rows(plan)
    ]


def graph(plan: FiveYearPlan) -> Graph:
    """Goals, contents, their money and the projects that spend it, with what leads to what."""
    links = chain(plan)
    goals = tuple(
        Node(
            "III",
            one.target.code,
            (f"{one.target.code}. {one.target.name}", f"VI: {_span(one.years) or '–'}"),
            ", ".join(one.missing),
        )
        for one in traceability.trace(links)
    )
    contents = tuple(Node("IV", c.code, (f"{c.code}. {c.name}",)) for c in plan.contents)
    money = tuple(
        Node("VII", c.code, (f"{c.code}: {vietnamese(links.amount({c.code}), 0)} tỷ đồng",))
        for c in plan.contents
        if c.code in links.paid
    )
    projects = tuple(
        Node("VIII", p.code, (f"{p.code}. {p.name}", f"{p.start}–{p.end}, {p.cost} tỷ"))
        for p in plan.projects
    )
    return Graph((goals, contents, money, projects), tuple(_links(plan)))


def _links(plan: FiveYearPlan) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    known = {content.code for content in plan.contents}
    for goal in plan.goals:
        yield from ((("III", goal.code), ("IV", c)) for c in goal.contents if c in known)
    paid = chain(plan).paid & known
    yield from ((("IV", code), ("VII", code)) for code in sorted(paid))
    projects = {project.code for project in plan.projects}
    spent = {(one.content, one.project) for one in plan.costs if one.amount}
    for content, project in sorted(spent):
        if content in paid and project in projects:
            yield ("VII", content), ("VIII", project)
