"""The cohort report of a sitting: what the records hold, handed to ``grading.reports``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from centre.decisions.decide import content_of, latest
from centre.reporting.letterhead import letterhead
from centre.reporting.publishing import Edition
from courses.foundation.errors import SittingError
from courses.framework import the_framework
from grading.gradebook.scores import competency_shares, read_scores
from grading.reports.cohort import CohortInput
from grading.reports.cohort_report import cohort_report

if TYPE_CHECKING:
    from datetime import datetime

    from centre.decisions.models import Decision
    from centre.sittings.sitting import Sitting

_PASSED = {"passed": True, "kept": True, "failed": False}


def cohort_edition(sitting: Sitting, now: datetime) -> Edition:
    """The sitting's cohort report.

    Raises:
        SittingError: when nothing has been decided yet.
    """
    return Edition(cohort_report(cohort_input(sitting, now)), sitting.code, "cohort")


def cohort_input(sitting: Sitting, now: datetime) -> CohortInput:
    """What the report is made from: decisions as kept, never decided anew."""
    decisions = latest(sitting)
    if not decisions:
        raise SittingError(
            "chưa có quyết định nào; hãy chạy “cio decide” trước", path=sitting.folder
        )
    return CohortInput(
        title="Kết quả đào tạo, sát hạch Giám đốc công nghệ thông tin",
        letterhead=letterhead(sitting.centre, now),
        sitting_name=sitting.record.name,
        policy_id=sitting.policy.id,
        trainees=_trainees(decisions),
        areas=_areas(decisions),
        competencies=_competencies(sitting),
    )


def _trainees(decisions: list[Decision]) -> pd.DataFrame:
    rows = [
        {
            "trainee_id": decision.enrolment.candidate,
            "agency": decision.enrolment.agency.name,
            "agency_type": decision.enrolment.agency.kind,
            "attempt": content_of(decision)["attempt"],
            "status": decision.status,
        }
        for decision in decisions
    ]
    return pd.DataFrame(rows)


def _areas(decisions: list[Decision]) -> pd.DataFrame:
    """One row a person and area; a pass kept from an earlier sitting is not of this one."""
    rows: list[dict[str, Any]] = [
        {
            "trainee_id": decision.enrolment.candidate,
            "area": area["code"],
            "area_name": area["name"],
            "share": _share(area),
            "cut": float(area["cut"]),
            "sem": float(area["sem"]),
            "passed": _PASSED.get(area["outcome"]) if _share(area) is not None else None,
        }
        for decision in decisions
        for area in content_of(decision)["areas"]
    ]
    return pd.DataFrame(rows).astype({"share": float, "passed": "boolean"})


def _share(area: dict[str, Any]) -> float | None:
    if area["share"] is None or area["outcome"] == "kept":
        return None
    return float(area["share"])


def _competencies(sitting: Sitting) -> pd.DataFrame:
    known = {competency.code: competency for competency in the_framework().competencies}
    rows = [
        {
            "trainee_id": trainee,
            "competency": code,
            "competency_name": known[code].name,
            "area": known[code].area,
            "share": float(share),
        }
        for trainee, shares in competency_shares(read_scores(sitting.course)).items()
        for code, share in shares.items()
        if code in known  # the capstone draws on all competencies and is none of them
    ]
    columns = ["trainee_id", "competency", "competency_name", "area", "share"]
    return pd.DataFrame(rows, columns=columns)
