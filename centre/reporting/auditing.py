"""The auditor's appendix of a sitting, from what was frozen and what the markers said."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pandas as pd

from centre.accounts.permissions import require
from centre.decisions.decide import latest
from centre.decisions.models import Decision
from centre.marks.agreed import PAIR, agreements, said
from centre.marks.scripts import scripts
from centre.reporting.letterhead import letterhead
from centre.reporting.marked import marked_forms
from centre.reporting.publishing import Edition
from courses.foundation.errors import SittingError
from grading.certification.decision import STATUS_NAMES, Status
from grading.reports.technical import TechnicalInput, technical_report

if TYPE_CHECKING:
    from datetime import datetime

    from centre.accounts.actors import Actor
    from centre.sittings.sitting import Sitting
    from grading.marking.script import Script


def technical_edition(actor: Actor, sitting: Sitting, now: datetime) -> Edition:
    """The technical appendix of a sitting.

    Raises:
        DeniedError: when the actor may not see it.
        SittingError: when nothing has been decided yet.
    """
    require(actor, "report.technical")
    statuses = Counter(one.status for one in latest(sitting))
    if not statuses:
        raise SittingError("chưa có quyết định nào; hãy chạy “cio decide” trước")
    waiting = scripts(sitting)
    states = Counter(agreement.state for agreement in agreements(sitting, waiting).values())
    told = TechnicalInput(
        letterhead=letterhead(sitting.centre, now, ("Kiểm toán", "Lưu: hồ sơ kỳ sát hạch")),
        sitting_name=sitting.record.name,
        digests=_digests(sitting),
        counts={STATUS_NAMES[status]: statuses[status] for status in Status},
        revised=Decision.objects.filter(enrolment__sitting=sitting.record, revision__gt=1).count(),
        forms=marked_forms(sitting),
        cuts=_cuts(sitting),
        ratings=_ratings(sitting, waiting),
        adjudicated=states["adjudicated"],
    )
    return Edition(technical_report(told), sitting.code, "technical")


def _digests(sitting: Sitting) -> tuple[tuple[str, str], ...]:
    record = sitting.record
    return (
        (f"Chính sách {sitting.policy.id}", record.policy_id),
        ("Cấu hình kỳ sát hạch", record.settings_id),
        ("Ma trận đề", record.blueprint_id),
        *((f"Đề {code}", digest) for code, digest in sitting.digests.items()),
    )


def _cuts(sitting: Sitting) -> dict[str, float]:
    """The cut of each form's area, as a share."""
    cuts = {rule.code: float(sitting.policy.cut(rule)) for rule in sitting.policy.areas}
    areas = {plan.code: plan.area for plan in sitting.blueprint.papers}
    return {code: cuts[areas[code.rpartition("-")[0]]] for code in sitting.digests}


def _ratings(sitting: Sitting, waiting: list[Script]) -> pd.DataFrame:
    """What the first and the second marking gave each script, in points."""
    given = said(sitting)
    rows = [
        [
            float(script.rubric.score(dict(levels[number]))) if number in levels else None
            for number in PAIR
        ]
        for script in waiting
        for levels in [given[script.candidate, script.item.id].levels]
    ]
    return pd.DataFrame(rows, columns=["lượt 1", "lượt 2"], dtype=float)
