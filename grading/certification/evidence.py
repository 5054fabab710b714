"""From gradebook and records to the evidence each decision rests on, and the decisions kept."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from courses.foundation.errors import SittingError
from grading.certification.decision import AreaScore, Decision, Evidence, Prior, decide
from grading.certification.policy import policy_on
from grading.gradebook.scores import paper_totals, read_scores
from grading.records.ledger import append_ledger, digest_of
from grading.records.schema import (
    BoardApproval,
    DecisionRecord,
    FormRecord,
    IntegrityCase,
    PriorPassRecord,
    TraineeRecord,
)
from grading.sitting import VIETNAM

if TYPE_CHECKING:
    from datetime import datetime

    import pandas as pd
    from sqlalchemy.orm import Session

    from grading.sitting import Sitting


def gather(sitting: Sitting) -> list[Evidence]:
    """The evidence for every trainee on the roster, by id."""
    scores = read_scores(sitting.course)
    totals, shares = paper_totals(scores), competency_shares(scores)
    area_of = {plan.code: plan.area for plan in sitting.blueprint().papers}
    with sitting.records() as session:
        digests = dict(session.execute(select(FormRecord.code, FormRecord.digest)).all())
        sat = [_Sat(code, area_of[code.rpartition("-")[0]], d) for code, d in digests.items()]
        cases = session.scalars(select(IntegrityCase).where(IntegrityCase.closed_at.is_(None)))
        open_cases = {case.trainee_id: case.reason for case in cases}
        priors: dict[str, dict[str, Prior]] = {}
        for p in session.scalars(select(PriorPassRecord)):
            prior = Prior(p.passed_on, Decimal(str(p.share)))
            priors.setdefault(p.trainee_id, {})[p.area] = prior
        trainees = session.scalars(select(TraineeRecord).order_by(TraineeRecord.id)).all()
    return [
        Evidence(
            trainee=trainee.id,
            attempt=trainee.attempt,
            areas=_areas(sitting, totals, trainee.id, sat),
            competencies=shares.get(trainee.id, {}),
            priors=priors.get(trainee.id, {}),
            integrity=open_cases.get(trainee.id),
        )
        for trainee in trainees
    ]


@dataclass(frozen=True)
class _Sat:
    """A form of this sitting: its code (the paper's and a letter), area and digest."""

    code: str
    area: str
    digest: str


def _areas(
    sitting: Sitting, totals: pd.DataFrame, trainee: str, forms: list[_Sat]
) -> dict[str, AreaScore]:
    graded = {str(row.assignment): row for row in totals[totals["student"] == trainee].itertuples()}
    areas = {}
    for form in forms:
        if form.code in graded:
            areas[form.area] = _area_score(graded[form.code], form.digest)
        elif sitting.course.path("submitted", trainee, form.code).is_dir():
            areas[form.area] = AreaScore("unreadable")
    return areas


def _area_score(row: Any, digest: str) -> AreaScore:
    if row.pending:
        return AreaScore("unmarked", form_digest=digest)
    return AreaScore("marked", _exact(row.score), _exact(row.max_score), digest)


def _exact(points: Any) -> Decimal:
    """The gradebook's number, unrounded: the shortest decimal that is this float."""
    return Decimal(repr(float(points)))


def competency_shares(scores: pd.DataFrame) -> dict[str, dict[str, Decimal]]:
    """Share of points by trainee and competency (a notebook each), before late penalties."""
    marked = scores.groupby(["student", "notebook"], as_index=False).agg(
        score=("score", "sum"), max_score=("max_score", "sum"), pending=("pending", "any")
    )
    shares: dict[str, dict[str, Decimal]] = {}
    for row in marked[~marked["pending"]].itertuples():
        share = _exact(row.score) / _exact(row.max_score)
        shares.setdefault(str(row.student), {})[str(row.notebook)] = share
    return shares


def decide_all(sitting: Sitting, now: datetime) -> tuple[list[Decision], int]:
    """Decide on everyone and keep what is new; return all decisions and how many are new.

    A decision equal to the last one kept (same policy, same evidence) is not kept again; a
    different one becomes a further revision and the earlier stays on record.
    """
    day = now.astimezone(VIETNAM).date()
    policy = policy_on(day, sitting.settings.track)
    decisions = [decide(evidence, policy, day) for evidence in gather(sitting)]
    with sitting.records.begin() as session:
        new = sum(_keep(session, decision, now) for decision in decisions)
    return decisions, new


def _keep(session: Session, decision: Decision, now: datetime) -> bool:
    last = latest(session, decision.trainee)
    same = (decision.policy_digest, decision.evidence_digest)
    if last is not None and (last.policy_digest, last.evidence_digest) == same:
        return False
    revision = last.revision + 1 if last else 1
    content = decision.record()
    id_ = digest_of([decision.trainee, revision, content])[:16]
    session.add(
        DecisionRecord(
            id=id_,
            trainee_id=decision.trainee,
            revision=revision,
            status=decision.status,
            content=content,
            policy_digest=decision.policy_digest,
            evidence_digest=decision.evidence_digest,
            decided_at=now,
        )
    )
    session.flush()
    detail = {"decision": id_, "status": decision.status, "content": digest_of(content)}
    append_ledger(session, "decision.made", decision.trainee, detail, now)
    return True


def latest(session: Session, trainee: str) -> DecisionRecord | None:
    """The last decision kept on one trainee."""
    newest = DecisionRecord.revision.desc()
    query = select(DecisionRecord).where(DecisionRecord.trainee_id == trainee).order_by(newest)
    return session.scalars(query.limit(1)).first()


def latest_of_all(session: Session) -> list[DecisionRecord]:
    """The last decision on each trainee, by id."""
    newest = (
        select(DecisionRecord.trainee_id, func.max(DecisionRecord.revision).label("revision"))
        .group_by(DecisionRecord.trainee_id)
        .subquery()
    )
    query = select(DecisionRecord).join(
        newest,
        (DecisionRecord.trainee_id == newest.c.trainee_id)
        & (DecisionRecord.revision == newest.c.revision),
    )
    return list(session.scalars(query.order_by(DecisionRecord.trainee_id)))


def approve(sitting: Sitting, now: datetime) -> int:
    """Record the board's resolution on every latest decision; return how many are new."""
    board = sitting.settings.board
    with sitting.records.begin() as session:
        waiting = [
            decision
            for decision in latest_of_all(session)
            if session.get(BoardApproval, decision.id) is None
        ]
        for decision in waiting:
            session.add(
                BoardApproval(
                    decision_id=decision.id,
                    resolution=board.resolution,
                    approved_at=board.approved_on,
                )
            )
            detail = {"resolution": board.resolution}
            append_ledger(session, "decision.approved", decision.id, detail, now)
    return len(waiting)


def open_case(sitting: Sitting, trainee: str, reason: str, now: datetime) -> None:
    """Open an integrity case: until it is closed the trainee's result is invalid. Idempotent.

    Raises:
        SittingError: when there is no such trainee.
    """
    with sitting.records.begin() as session:
        if session.get(TraineeRecord, trainee) is None:
            raise SittingError(f"không có học viên {trainee} trong kỳ này")
        case = session.get(IntegrityCase, trainee)
        if case is not None and case.closed_at is None:
            return
        session.merge(
            IntegrityCase(trainee_id=trainee, reason=reason, opened_at=now, closed_at=None)
        )
        append_ledger(session, "case.opened", trainee, {"reason": reason}, now)


def close_case(sitting: Sitting, trainee: str, outcome: str, now: datetime) -> None:
    """Close an open integrity case; ``outcome`` goes into the ledger.

    Raises:
        SittingError: when there is no open case.
    """
    with sitting.records.begin() as session:
        case = session.get(IntegrityCase, trainee)
        if case is None or case.closed_at is not None:
            raise SittingError(f"học viên {trainee} không có vụ việc nào đang mở")
        case.closed_at = now
        append_ledger(session, "case.closed", trainee, {"outcome": outcome}, now)
