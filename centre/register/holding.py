"""Whether a batch of numbers would tell, with the reports that are out, who passed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from centre.register.batches import REGISTER, due
from centre.reporting.log import REPORT, history
from centre.reporting.resitting import who_sat
from courses.foundation.errors import DisclosureError
from grading.disclosure.gate import rule, words
from grading.disclosure.people import ENTERED

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from grading.disclosure.guard import Finding
    from grading.disclosure.people import People, Told


def foreseen(now: datetime) -> list[Told]:
    """All that the public can read, and the register with everybody entered who has passed.

    Numbers that would have to wait themselves are not counted on.
    """
    before, bound = history(), due(now)
    known = frozenset().union(*(one.facts[ENTERED] for one in before if one.kind == REGISTER))
    if bound.facts[ENTERED] <= known or _found(before, bound) is not None:
        return before
    return [*before, bound]


def require_untold(enrolments: People, *, now: datetime) -> None:
    """Let a batch wait that would give away, with a published report, what the report hides.

    What the register tells by itself no waiting hides: that the law demands. A report that is
    judged later leaves out what the register would give away.

    Raises:
        DisclosureError: naming who, the chain of publications, and what can be done.
    """
    finding = _found(history(), due(now, enrolments))
    if finding is not None:
        raise DisclosureError(
            f"chưa cấp đợt này: {words(finding)}. Để các chứng chỉ này vào đợt sau, hoặc cấp theo "
            "văn bản của hội đồng chấp nhận việc lộ: “cio certify … --accept 'số, ngày'”"
        )


def _found(before: Sequence[Told], proposed: Told) -> Finding | None:
    """What the proposal tells together with a report, if anything."""
    reports = {told.id for told in before if told.kind == REPORT}
    if not reports:
        return None
    for finding in rule(before, proposed, roster=who_sat()).findings:
        if any(link.publication in reports for link in finding.chain):
            return finding
    return None
