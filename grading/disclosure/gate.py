"""What may be published of a proposal after all that was: whole, with less, or not at all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from courses.foundation.errors import DisclosureError
from grading.disclosure import sums, worlds
from grading.disclosure.chains import Case
from grading.disclosure.clock import Clock
from grading.disclosure.guard import MINIMUM, judge
from grading.disclosure.people import Roster, area_of, is_sum, related

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grading.disclosure.guard import Finding
    from grading.disclosure.people import Told
    from grading.disclosure.question import Question


@dataclass(frozen=True)
class Ruling:
    """``withheld`` are keys to leave out; ``findings`` say of whom what would be told, and how.

    ``publishable`` is False when nothing of the proposal can be left out.
    """

    withheld: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    publishable: bool = True


def rule(
    history: Sequence[Told],
    proposed: Told,
    clock: Clock | None = None,
    roster: Roster | None = None,
) -> Ruling:
    """Judge a publication against all earlier ones, one area of assessment at a time.

    ``roster`` says who sat again, and which agency knows whose results. What agencies find out
    is asked of what figures can be left out of: the law wants the register, and a package for
    outside goes to nobody of them.

    Raises:
        DisclosureError: when time is up, or a figure is not what the records say.
    """
    clock, roster = clock or Clock(), roster or Roster()
    if not proposed.withholdable:
        roster = replace(roster, agencies={})
    before, left = related(history, proposed, roster), proposed
    findings: list[Finding] = []
    withheld: dict[str, None] = {}
    for area in _areas(proposed):
        asked = _question(before, left, area, roster)
        verdict = judge(Case(asked, MINIMUM, clock))
        findings += verdict.findings
        if verdict.publishable is None:
            return Ruling(findings=tuple(findings), publishable=False)
        withheld |= dict.fromkeys(asked.keys[lost] for lost in verdict.withheld)
        kept = tuple(one for one in left.figures if one.key not in withheld)
        left = replace(left, figures=kept)
    return Ruling(tuple(withheld), tuple(findings))


def _question(before: Sequence[Told], left: Told, area: str, roster: Roster) -> Question:
    if is_sum(area):
        return sums.question(before, left, area)
    return worlds.question(before, left, area, roster)


def _areas(proposed: Told) -> list[str]:
    """What is asked about in turn: every area, or results as a whole, then every sum."""
    areas = sorted({area_of(figure.fact) for figure in proposed.figures} - {""})
    counts = [area for area in areas if not is_sum(area)]
    return [*(counts or [""]), *(area for area in areas if is_sum(area))]


def words(finding: Finding) -> str:
    """Of whom what would be told, and through which publications."""
    target = finding.target
    chain = "; ".join(f"{at.publication} – {at.table} – {at.label}" for at in finding.chain)
    return f"số “{target.result}” của {target.group} (n = {target.n}) lộ qua: {chain}"


def refuse(ruling: Ruling) -> None:
    """Stop a publication of which nothing can be left out.

    Raises:
        DisclosureError: naming who, and the chain of publications.
    """
    if not ruling.publishable:
        raise DisclosureError(
            f"{words(ruling.findings[0])}. Không bỏ bớt được số liệu nào; hãy hoãn công bố"
        )
