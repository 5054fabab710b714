"""The guard before the door: refuse what would tell, show how, and propose what to withhold."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from courses.foundation.errors import DisclosureError
from grading.disclosure.chains import Case
from grading.disclosure.clock import Clock
from grading.disclosure.inference import WHOLE, Target, targets
from grading.disclosure.question import Question

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from grading.disclosure.chains import Chain
    from grading.disclosure.publications import Group, Publication, Statement

MINIMUM = 10


@dataclass(frozen=True)
class Link:
    """One figure of a chain, and where it was or would be printed."""

    publication: str
    table: str
    label: str


@dataclass(frozen=True)
class Finding:
    """What would be told: a count of a group, and the figures that together tell it.

    No link of ``chain`` can be left out.
    """

    target: Target
    chain: tuple[Link, ...]


@dataclass(frozen=True)
class Verdict:
    """``findings`` of the proposal as it stands; ``publishable`` is what may be printed of it.

    ``withheld`` are the figures taken from it, the cheapest set that leaves nothing told;
    ``publishable`` is None when the law allows none to be left out. ``past`` was told by earlier
    publications already: no refusal takes it back, and it refuses nothing new.
    """

    findings: tuple[Finding, ...]
    publishable: Publication | None
    withheld: tuple[Statement, ...] = ()
    past: tuple[Target, ...] = ()

    @property
    def accepted(self) -> bool:
        """Whether the proposal may be published as it stands."""
        return not self.findings


def examine(
    history: Sequence[Publication],
    proposed: Publication,
    groups: Iterable[Group],
    truth: Mapping[str, int],
    minimum: int = MINIMUM,
    clock: Clock | None = None,
) -> Verdict:
    """Judge a publication against all that has been published, on counts of people.

    Args:
        history: everything published, and what is bound to be (register counts).
        proposed: what is to be published.
        groups: whose results are watched.
        truth: number of people in each cell.
        minimum: groups below it are small.
        clock: how long it may take.

    Raises:
        DisclosureError: when a figure contradicts ``truth``, a publication is listed twice, or
            time is up.
    """
    asked = Question(tuple(history), proposed, targets(groups, truth), truth, {}, WHOLE)
    return judge(Case(asked, minimum, clock or Clock()))


def judge(case: Case) -> Verdict:
    """As ``examine``, on any numbers.

    Withholding is optimal: whatever suffices to tell has to lose a figure, so the cheapest set
    that hits all that was found so far is a lower bound, and it is taken when nothing more is
    told (implicit hitting sets, after Reiter 1987). A withheld figure must be left out without
    saying why.

    Raises:
        DisclosureError: when time is up.
    """
    proposed = case.proposed
    first = case.printed() or case.told(frozenset())
    if not first:
        return Verdict((), proposed, past=case.past)
    findings = tuple(_finding(case, chain) for chain in first)
    if not proposed.withholdable:
        return Verdict(findings, None, past=case.past)
    withheld = _cheapest(case, first)
    kept = tuple(s for place, s in enumerate(proposed.statements) if place not in withheld)
    lost = tuple(proposed.statements[place] for place in sorted(withheld))
    return Verdict(findings, replace(proposed, statements=kept), lost, case.past)


def _finding(case: Case, chain: Chain) -> Finding:
    links = tuple(Link(p.id, s.table, s.label) for p, s in case.figures(case.shortened(chain)))
    return Finding(chain.target, links)


def _cheapest(case: Case, first: Sequence[Chain]) -> frozenset[int]:
    chains = list(first)
    while True:
        withheld = case.cheapest(chains)
        found = case.told(withheld)
        if not found:
            return withheld
        chains += found


def refuse_disclosure(verdict: Verdict) -> None:
    """Stop a publication that would tell.

    Raises:
        DisclosureError: naming the group, the chain and what to leave out.
    """
    if verdict.accepted:
        return
    finding = verdict.findings[0]
    chain = "; ".join(f"{at.publication} – {at.table} – {at.label}" for at in finding.chain)
    todo = "; ".join(f"{s.table} – {s.label}" for s in verdict.withheld)
    raise DisclosureError(
        f"công bố này làm lộ số “{finding.target.result}” của {finding.target.group} "
        f"(n = {finding.target.n}) qua: {chain}. "
        + (f"Hãy bỏ: {todo}" if todo else "Không có cách bỏ bớt số liệu; hãy hoãn công bố")
    )
