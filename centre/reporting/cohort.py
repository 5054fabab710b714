"""The cohort report of a sitting: what the records hold, handed to ``grading.reports``."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import pandas as pd
from django.db import transaction

from centre.accounts.permissions import require
from centre.decisions.decide import content_of, latest
from centre.ledger.acts import act, door
from centre.ledger.models import LedgerLine
from courses.foundation.dates import VIETNAM
from courses.foundation.digests import canonical
from courses.foundation.errors import SittingError
from courses.foundation.files import write_atomically
from courses.framework import the_framework
from grading.gradebook.scores import competency_shares, read_scores
from grading.reports.cohort import CohortInput
from grading.reports.pdf import render_cohort_pdf
from grading.reports.workbook import write_cohort_xlsx

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from centre.accounts.actors import Actor
    from centre.decisions.models import Decision
    from centre.sittings.sitting import Sitting

_PASSED = {"passed": True, "kept": True, "failed": False}


def report(actor: Actor, sitting: Sitting, *, now: datetime) -> tuple[Path, Path]:
    """Write the sitting's cohort report, PDF and Excel, and return where they are.

    Raises:
        SittingError: when nothing has been decided yet.
    """
    require(actor, "report.write")
    data = cohort_input(sitting, now)
    folder = sitting.centre.folder / "reports" / sitting.code
    folder.mkdir(parents=True, exist_ok=True)
    pdf, xlsx = folder / "cohort.pdf", folder / "cohort.xlsx"
    write_atomically(pdf, render_cohort_pdf(data, now))
    write_cohort_xlsx(data, xlsx, now)
    written = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (pdf, xlsx)}
    with transaction.atomic():
        record_report(actor, sitting, written, now=now)
    return pdf, xlsx


@door("report.write")
def record_report(
    actor: Actor, sitting: Sitting, digests: Mapping[str, str], *, now: datetime
) -> bool:
    """Record that files leave the centre, by SHA-256; the very same ones once."""
    told = canonical({"detail": digests, "rows": {}})
    last = LedgerLine.objects.filter(kind="report.written", subject=sitting.code).last()
    if last is not None and last.after == told:
        return False
    with act(actor, "report.written", sitting.code, now) as done:
        done.tell(**digests)
    return True


def cohort_input(sitting: Sitting, now: datetime) -> CohortInput:
    """What the report is made from: decisions as kept, never decided anew."""
    decisions = latest(sitting)
    if not decisions:
        raise SittingError(
            "chưa có quyết định nào; hãy chạy “cio decide” trước", path=sitting.folder
        )
    settings = sitting.centre.settings
    return CohortInput(
        title="Kết quả đào tạo, sát hạch Giám đốc công nghệ thông tin",
        issuer_parent=settings.issuer.parent,
        issuer=settings.issuer.name,
        place=settings.issuer.place,
        report_date=now.astimezone(VIETNAM).date(),
        sitting_name=sitting.record.name,
        document_symbol=settings.issuer.symbol,
        signer_prefix=settings.signatory.prefix,
        signer_title=settings.signatory.title,
        signer_name=settings.signatory.name,
        recipients=settings.issuer.recipients,
        is_demo=settings.demo,
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
