"""The cohort report of a sitting: what the records hold, handed to ``grading.reports``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from centre.decisions.decide import content_of, latest
from centre.reporting.letterhead import letterhead
from centre.reporting.publishing import Contents, Edition
from centre.reporting.resitting import kept_before
from courses.foundation.errors import SittingError
from courses.tracks import all_competencies, the_track
from grading.gradebook.scores import competency_shares, read_scores
from grading.reports.cohort import CohortInput, summarise
from grading.reports.cohort_figures import (
    cohort_facts,
    cohort_figures,
    resit_facts,
    resit_figures,
    without,
)
from grading.reports.cohort_means import competency_scores
from grading.reports.cohort_report import cohort_report

if TYPE_CHECKING:
    from datetime import datetime

    from centre.decisions.models import Decision
    from centre.sittings.sitting import Sitting
    from grading.disclosure.people import People
    from grading.reports.cohort import CohortReport

_PASSED = {"passed": True, "kept": True, "failed": False}


def cohort_edition(sitting: Sitting, now: datetime) -> Edition:
    """The sitting's cohort report.

    Raises:
        SittingError: when nothing has been decided yet.
    """
    data = cohort_input(sitting, now)
    enrolments = {one.candidate: str(one.pk) for one in sitting.enrolments()}
    return _edition(sitting, data, enrolments, summarise(data))


def _edition(
    sitting: Sitting, data: CohortInput, enrolments: dict[str, str], found: CohortReport
) -> Edition:
    kept = kept_before(sitting.code, latest(sitting))
    figures = [
        replace(figure, who=_named(figure.who, enrolments))
        for figure in cohort_figures(data, found)
    ]
    facts = {f: _named(who, enrolments) for f, who in cohort_facts(data, found).items()}
    scores = {
        fact: {enrolments[trainee]: score for trainee, score in of.items()}
        for fact, of in competency_scores(data).items()
    }
    contents = Contents(
        (*figures, *resit_figures(found, kept)),
        resit_facts(facts, kept),
        scores,
        lambda keys: _edition(sitting, data, enrolments, without(found, keys)),
    )
    return Edition(cohort_report(data, found), sitting.code, "cohort", contents=contents)


def _named(trainees: People, enrolments: dict[str, str]) -> People:
    return frozenset(enrolments[one] for one in trainees)


def cohort_input(sitting: Sitting, now: datetime) -> CohortInput:
    """What the report is made from: decisions as kept, never decided anew."""
    decisions = latest(sitting)
    if not decisions:
        raise SittingError(
            "chưa có quyết định nào; hãy chạy “cio decide” trước", path=sitting.folder
        )
    track = the_track(sitting.record.track_id)
    return CohortInput(
        title=f"Kết quả đào tạo, sát hạch {track.role}",
        mandate=track.mandate,
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
    known = all_competencies()
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
