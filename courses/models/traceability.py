"""A five-year plan as a chain: target, content, yearly result, money, project.

The chain is that of CV 491/BTTTT-ƯDCNTT of 25/02/2010, part A: specific, quantified targets
(III), contents that serve them (IV), expected results of each year (VI), money by content and
source (VII) and projects with name, aim, period and cost (VIII). The letter asks for each
section; that every target can be followed through all of them is the rule derived from it.

Values of targets are percentages (points 0 to 100), money is in tỷ đồng, shares lie between
0 and 1. Choosing what to keep under a cut tries every set, as for any small knapsack
(Kellerer, Pferschy, Pisinger, *Knapsack Problems*, 2004). Targets count alike, a content is
kept whole or dropped, and spending below the fixed share has no effect: simplifications the
reader has to know.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import fsum
from typing import TYPE_CHECKING

from courses.foundation.errors import ContentError
from courses.models.target_path import Target, linear_path

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

LINKS = ("IV", "VI", "VII", "VIII")
"""The sections of the plan a target must lead to, in the order of CV 491."""

MOST_CONTENTS = 16  # 65,536 sets: still at once on a desk computer
_ROUNDING = 1e-9  # tỷ đồng; sums of floats may exceed a budget they meet exactly


@dataclass(frozen=True)
class Content:
    """A line of section IV and the codes of the targets that cannot be reached without it."""

    code: str
    name: str
    serves: tuple[str, ...]


@dataclass(frozen=True)
class Milestone:
    """A line of section VI: the value in % that a target is to have at the end of ``year``."""

    target: str
    year: int
    value: float


@dataclass(frozen=True)
class MoneyLine:
    """A line of section VII: ``amount`` in tỷ đồng for a content, from a source."""

    content: str
    source: str
    amount: float


@dataclass(frozen=True)
class Project:
    """A line of section VIII: name, aim (target codes), period, cost in tỷ đồng."""

    code: str
    name: str
    aims: tuple[str, ...]
    start: int
    end: int
    cost: float


@dataclass(frozen=True)
class Plan:
    """Sections III, IV, VI, VII and VIII of a plan."""

    targets: tuple[Target, ...]
    contents: tuple[Content, ...]
    milestones: tuple[Milestone, ...]
    money: tuple[MoneyLine, ...]
    projects: tuple[Project, ...]

    @property
    def total(self) -> float:
        """Money of all lines together, in tỷ đồng."""
        return fsum(line.amount for line in self.money)

    @property
    def paid(self) -> frozenset[str]:
        """Codes of the contents that have money."""
        return frozenset(line.content for line in self.money if line.amount > 0)

    def needed(self, target: str) -> frozenset[str]:
        """Codes of the contents without which ``target`` cannot be reached."""
        return frozenset(content.code for content in self.contents if target in content.serves)

    def amount(self, contents: Collection[str]) -> float:
        """Money of these contents together, in tỷ đồng."""
        return fsum(line.amount for line in self.money if line.content in contents)


@dataclass(frozen=True)
class Trace:
    """Where one target leads: content codes, years, money in tỷ đồng, project codes.

    ``missing`` holds the sections in which nothing answers to the target; in VII every one of
    its contents must have money.
    """

    target: Target
    contents: tuple[str, ...]
    years: tuple[int, ...]
    amount: float
    projects: tuple[str, ...]
    missing: tuple[str, ...]


def trace(plan: Plan) -> list[Trace]:
    """Follow each target of section III through sections IV, VI, VII and VIII."""
    return [_trace(plan, target) for target in plan.targets]


def _trace(plan: Plan, target: Target) -> Trace:
    needed = plan.needed(target.code)
    years = tuple(sorted(m.year for m in plan.milestones if m.target == target.code))
    projects = tuple(p.code for p in plan.projects if target.code in p.aims)
    found = (bool(needed), bool(years), bool(needed) and needed <= plan.paid, bool(projects))
    missing = tuple(link for link, there in zip(LINKS, found, strict=True) if not there)
    amount = plan.amount(needed)
    return Trace(target, tuple(sorted(needed)), years, amount, projects, missing)


def orphans(plan: Plan) -> list[Trace]:
    """The targets that lack a link, each with what it lacks."""
    return [found for found in trace(plan) if found.missing]


def idle_money(plan: Plan) -> list[MoneyLine]:
    """Money for contents that serve no target of section III, or that section IV lacks."""
    known = {target.code for target in plan.targets}
    useful = {content.code for content in plan.contents if known & set(content.serves)}
    return [line for line in plan.money if line.content not in useful]


def idle_projects(plan: Plan) -> list[Project]:
    """Projects whose aims name no target of section III."""
    known = {target.code for target in plan.targets}
    return [project for project in plan.projects if not known & set(project.aims)]


def reachable(plan: Plan, kept: Collection[str]) -> tuple[str, ...]:
    """Codes of the targets all of whose contents are ``kept`` and have money."""
    paid = plan.paid & set(kept)
    needs = {target.code: plan.needed(target.code) for target in plan.targets}
    return tuple(code for code, needed in needs.items() if needed and needed <= paid)


@dataclass(frozen=True)
class Cut:
    """What is kept after a cut: content codes, their money in tỷ đồng, targets still reached."""

    kept: tuple[str, ...]
    amount: float
    reached: tuple[str, ...]


def selective_cut(plan: Plan, cut: float, keep: Collection[str] = ()) -> Cut:
    """Keep whole contents so that most targets are reached with a share ``cut`` less money.

    ``keep`` names targets that must be reached, such as legal duties. Between sets that reach
    equally many targets the one with less money wins, so nothing idle is kept.

    Raises:
        ContentError: when the plan has more than ``MOST_CONTENTS`` contents with money, or the
            money left does not reach the targets of ``keep``.
    """
    options = [found for found in _sets(plan, cut) if set(keep) <= set(found.reached)]
    if not options:
        raise ContentError(
            "số tiền còn lại không đủ cho các mục tiêu bắt buộc; bớt mục tiêu hoặc giảm mức cắt"
        )
    return max(options, key=lambda found: (len(found.reached), -round(found.amount, 9)))


def _sets(plan: Plan, cut: float) -> Iterator[Cut]:
    paid = sorted(plan.paid)
    if len(paid) > MOST_CONTENTS:
        raise ContentError(f"có {len(paid)} nội dung có kinh phí; nhiều nhất {MOST_CONTENTS}")
    budget = plan.total * (1 - cut) + _ROUNDING
    for size in range(len(paid) + 1):
        for kept in combinations(paid, size):
            if plan.amount(kept) <= budget:
                yield Cut(kept, plan.amount(kept), reachable(plan, kept))


def even_cut(plan: Plan, cut: float, fixed: float) -> dict[str, float]:
    """Value in % of each target in its goal year when every line loses the share ``cut``.

    ``fixed`` is the share of a content's money that must be spent before any effect (design,
    platform, procurement), below 1. With f = 1 - cut::

        value = base + (goal - base) x max(0, (f - fixed) / (1 - fixed))

    A target with a content that has no money stays at its base.

    Raises:
        ContentError: when ``fixed`` is not below 1, for then nothing is left to have effect.
    """
    if not 0 <= fixed < 1:
        raise ContentError("phần chi cố định phải từ 0 đến dưới 1", key="fixed")
    gain = max(0.0, (1 - cut - fixed) / (1 - fixed))
    funded = reachable(plan, plan.paid)
    return {
        target.code: target.base + (target.goal - target.base) * gain * (target.code in funded)
        for target in plan.targets
    }


def chosen_values(plan: Plan, found: Cut) -> dict[str, float]:
    """Value in % of each target in its goal year: the goal when still reached, else the base."""
    return {t.code: t.goal if t.code in found.reached else t.base for t in plan.targets}


def harmless_cut(plan: Plan) -> float:
    """The largest share of the money that can go without losing a target reached today."""
    needed = frozenset[str]().union(*(plan.needed(c) for c in reachable(plan, plan.paid)))
    return 1 - plan.amount(needed) / plan.total if plan.total else 0.0


def draft_plan(moved: float = 0) -> Plan:
    """The draft of a made-up province for 2026-2030 (dữ liệu mô phỏng).

    Its training content N6 has no money and no project, so target M5 is an orphan, and N7
    serves no target. ``moved`` tỷ đồng go from N7 to N6, with a project for M5.
    """
    ends = ((35, 80), (60, 95), (25, 100), (40, 100), (50, 90))
    targets = tuple(
        Target(f"M{number}", name, *end, 2025, 2030)
        for number, (name, end) in enumerate(zip(_TARGETS, ends, strict=True), start=1)
    )
    amounts = {**_AMOUNTS, "N6": moved, "N7": _AMOUNTS["N7"] - moved}
    training = (Project("D6", "Đào tạo cán bộ số cấp xã", ("M5",), 2026, 2029, moved),)
    return Plan(
        targets=targets,
        contents=_CONTENTS,
        milestones=tuple(
            Milestone(t.code, year, linear_path(t)[year]) for t in targets for year in t.years[1:]
        ),
        money=tuple(MoneyLine(code, "ngân sách", amount) for code, amount in amounts.items()),
        projects=_PROJECTS + (training if moved else ()),
    )


_TARGETS = (
    "Hồ sơ nộp trực tuyến",
    "Văn bản điện tử có ký số",
    "Xã, phường có một cửa liên thông",
    "Hệ thống được phê duyệt cấp độ an toàn",
    "Cán bộ số cấp xã đạt bài kiểm tra",
)
_CONTENTS = (
    Content("N1", "Kết nối mạng và nền tảng tới xã", ("M1", "M2", "M3")),
    Content("N2", "Quản lý văn bản, chữ ký số", ("M2",)),
    Content("N3", "Dịch vụ công trực tuyến", ("M1",)),
    Content("N4", "Một cửa liên thông cấp xã", ("M3",)),
    Content("N5", "An toàn hệ thống thông tin", ("M4",)),
    Content("N6", "Đào tạo cán bộ số cấp xã", ("M5",)),
    Content("N7", "Phòng màn hình điều hành", ()),
)
_AMOUNTS = {"N1": 50, "N2": 25, "N3": 40, "N4": 30, "N5": 20, "N7": 35}
_PROJECTS = (
    Project("D1", "Mạng và nền tảng tới xã", ("M1", "M2", "M3"), 2026, 2028, 50),
    Project("D2", "Văn bản điện tử, ký số", ("M2",), 2026, 2028, 25),
    Project("D3", "Dịch vụ công và một cửa liên thông", ("M1", "M3"), 2026, 2030, 70),
    Project("D4", "An toàn theo cấp độ", ("M4",), 2026, 2029, 20),
    Project("D5", "Phòng màn hình điều hành", (), 2026, 2026, 35),
)
