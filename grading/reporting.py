"""The cohort report of a sitting: what the records hold, handed to ``grading.reports``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from courses.foundation.errors import SittingError
from courses.foundation.files import write_atomically
from courses.framework import the_framework
from grading.certification.evidence import competency_shares, latest_of_all
from grading.gradebook.scores import read_scores
from grading.reports.cohort import CohortInput
from grading.reports.pdf import render_cohort_pdf
from grading.reports.workbook import write_cohort_xlsx
from grading.sitting import VIETNAM

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from grading.records.schema import DecisionRecord, TraineeRecord
    from grading.sitting import Sitting

_PASSED = {"passed": True, "kept": True, "failed": False}


def report(sitting: Sitting, now: datetime) -> tuple[Path, Path]:
    """Write ``reports/cohort.pdf`` and ``reports/cohort.xlsx`` and return where they are.

    Raises:
        SittingError: when nothing has been decided yet.
    """
    data = cohort_input(sitting, now)
    folder = sitting.folder / "reports"
    folder.mkdir(exist_ok=True)
    pdf, xlsx = folder / "cohort.pdf", folder / "cohort.xlsx"
    write_atomically(pdf, render_cohort_pdf(data, now))
    write_cohort_xlsx(data, xlsx, now)
    return pdf, xlsx


def cohort_input(sitting: Sitting, now: datetime) -> CohortInput:
    """What the report is made from: decisions as kept, never decided anew."""
    with sitting.records() as session:
        decisions = latest_of_all(session)
    if not decisions:
        raise SittingError(
            "chưa có quyết định nào; hãy chạy “cio decide” trước", path=sitting.folder
        )
    settings = sitting.settings
    return CohortInput(
        title="Kết quả đào tạo, sát hạch Giám đốc công nghệ thông tin",
        issuer_parent=settings.issuer.parent,
        issuer=settings.issuer.name,
        place=settings.issuer.place,
        report_date=now.astimezone(VIETNAM).date(),
        sitting_name=settings.name,
        document_symbol=settings.issuer.symbol,
        signer_prefix=settings.signatory.prefix,
        signer_title=settings.signatory.title,
        signer_name=settings.signatory.name,
        recipients=settings.issuer.recipients,
        is_demo=settings.demo,
        policy_id=str(decisions[0].content["policy_id"]),
        trainees=_trainees(sitting.trainees(), decisions),
        areas=_areas(decisions),
        competencies=_competencies(sitting),
    )


def _trainees(people: list[TraineeRecord], decisions: list[DecisionRecord]) -> pd.DataFrame:
    status = {decision.trainee_id: decision.status for decision in decisions}
    rows = [
        {
            "trainee_id": person.id,
            "agency": person.agency,
            "agency_type": person.agency_type,
            "attempt": person.attempt,
            "status": status[person.id],
        }
        for person in people
        if person.id in status
    ]
    return pd.DataFrame(rows)


def _areas(decisions: list[DecisionRecord]) -> pd.DataFrame:
    """One row a person and area; a pass kept from an earlier sitting is not of this one."""
    rows: list[dict[str, Any]] = [
        {
            "trainee_id": decision.trainee_id,
            "area": area["code"],
            "area_name": area["name"],
            "share": _share(area),
            "cut": float(area["cut"]),
            "sem": float(area["sem"]),
            "passed": _PASSED.get(area["outcome"]) if _share(area) is not None else None,
        }
        for decision in decisions
        for area in decision.content["areas"]
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
