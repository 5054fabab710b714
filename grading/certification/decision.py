"""The decision: a pure function of scores, policy and date.

Nothing is rounded before deciding. Every decision carries its reasons with stable codes, and
digests of policy and evidence, so that it can be replayed years later from the record.
"""

from __future__ import annotations

import calendar
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from courses.foundation.dates import padded_date
from courses.foundation.digests import canonical, digest_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grading.certification.policy import AreaRule, Policy


class Status(StrEnum):
    """What is decided. Absent is INCOMPLETE, never zero."""

    PASS = "PASS"  # noqa: S105 - a status, no password
    FAIL = "FAIL"
    REVIEW = "REVIEW"
    INCOMPLETE = "INCOMPLETE"
    INVALID = "INVALID"


STATUS_NAMES = {
    Status.PASS: "Đạt",
    Status.FAIL: "Chưa đạt",
    Status.REVIEW: "Xem xét lại",
    Status.INCOMPLETE: "Chưa đủ kết quả",
    Status.INVALID: "Kết quả không hợp lệ",
}


@dataclass(frozen=True)
class AreaScore:
    """What is known of one area at this sitting.

    ``earned`` of ``possible`` points, unrounded, after any late penalty. ``state`` is
    ``marked``, ``unmarked`` (a person has still to mark), ``absent`` or ``unreadable``.
    ``keys`` are the digests of the corrected keys, instead of the form's own, that some of the
    points stand by.
    """

    state: str
    earned: Decimal = Decimal(0)
    possible: Decimal = Decimal(0)
    form_digest: str = ""
    keys: tuple[str, ...] = ()


@dataclass(frozen=True)
class Prior:
    """An area passed earlier: when, and with what share of its points."""

    passed_on: date
    share: Decimal


_LATER = ("upheld", "annulled")  # evidence frozen before these were known has none of them


@dataclass(frozen=True)
class Evidence:
    """Everything a decision rests on, for one trainee.

    ``integrity`` says which case is open, ``upheld`` which was closed as proven, ``annulled``
    by what the whole sitting was annulled; each makes the result invalid.
    """

    trainee: str
    attempt: int
    areas: Mapping[str, AreaScore]
    competencies: Mapping[str, Decimal] = field(default_factory=dict)
    priors: Mapping[str, Prior] = field(default_factory=dict)
    integrity: str | None = None
    upheld: str | None = None
    annulled: str | None = None

    def record(self) -> dict[str, Any]:
        """The evidence as JSON values; what came later and is not the case is left out."""
        told: dict[str, Any] = _plain(asdict(self))
        for area in told["areas"].values():
            if not area["keys"]:
                del area["keys"]
        return {k: v for k, v in told.items() if v or k not in _LATER}

    def text(self) -> str:
        """The record as it is frozen: ``evidence_digest`` is SHA-256 of it."""
        return canonical(self.record())


def read_evidence(record: Mapping[str, Any]) -> Evidence:
    """Evidence from its record: what ``record`` gave, read again."""
    areas = {
        code: AreaScore(
            a["state"],
            Decimal(a["earned"]),
            Decimal(a["possible"]),
            a["form_digest"],
            tuple(a.get("keys", ())),
        )
        for code, a in record["areas"].items()
    }
    priors = {
        code: Prior(date.fromisoformat(p["passed_on"]), Decimal(p["share"]))
        for code, p in record["priors"].items()
    }
    return Evidence(
        trainee=record["trainee"],
        attempt=record["attempt"],
        areas=areas,
        competencies={code: Decimal(share) for code, share in record["competencies"].items()},
        priors=priors,
        integrity=record["integrity"],
        upheld=record.get("upheld"),
        annulled=record.get("annulled"),
    )


@dataclass(frozen=True)
class Reason:
    """Why: a stable code and a sentence for the trainee."""

    code: str
    text: str


@dataclass(frozen=True)
class AreaResult:
    """An area as decided: ``share`` (None when unknown), ``cut`` and ``sem`` as shares."""

    code: str
    name: str
    outcome: str
    share: Decimal | None
    cut: Decimal
    sem: Decimal
    form_digest: str


@dataclass(frozen=True)
class Decision:
    """A decision with all that explains it."""

    trainee: str
    attempt: int
    status: Status
    reasons: tuple[Reason, ...]
    areas: tuple[AreaResult, ...]
    decided_on: date
    resit_from: date | None
    policy_id: str
    policy_digest: str
    evidence_digest: str

    def record(self) -> dict[str, Any]:
        """The decision as JSON values; equal decisions give equal records."""
        return _plain(asdict(self))


def decide(evidence: Evidence, policy: Policy, on: date) -> Decision:
    """Decide on one trainee.

    All areas must reach their cut; a critical competency must reach its floor. Scores below a
    cut by less than one standard error go to REVIEW when nothing else fails; the cut itself
    never moves. An area passed earlier counts while it is kept.

    Args:
        evidence: scores and earlier passes.
        policy: the rule in force.
        on: the date of the decision.
    """
    results = tuple(_area(rule, evidence, policy, on) for rule in policy.areas)
    reasons = [reason for result in results if (reason := _reason(result)) is not None]
    reasons += _critical(evidence, policy, results, on)
    if evidence.integrity:
        reasons.insert(0, Reason("INTEGRITY", f"Đang xử lý vi phạm quy chế: {evidence.integrity}"))
    if evidence.upheld:
        reasons.insert(0, Reason("UPHELD", f"Đã kết luận vi phạm quy chế: {evidence.upheld}"))
    if evidence.annulled:
        reasons.insert(0, Reason("ANNULLED", f"Kỳ sát hạch đã bị huỷ kết quả: {evidence.annulled}"))
    status = _status({reason.code for reason in reasons})
    if status is Status.PASS:
        reasons = [Reason("ALL_AREAS_PASSED", "Tất cả các lĩnh vực đều đạt điểm cắt.")]
    failed = status is Status.FAIL
    if failed:
        reasons.append(_resit(evidence, policy, on))
    return Decision(
        trainee=evidence.trainee,
        attempt=evidence.attempt,
        status=status,
        reasons=tuple(reasons),
        areas=results,
        decided_on=on,
        resit_from=_resit_date(evidence, policy, on) if failed else None,
        policy_id=policy.id,
        policy_digest=policy.digest,
        evidence_digest=digest_of(evidence.record()),
    )


def _area(rule: AreaRule, evidence: Evidence, policy: Policy, on: date) -> AreaResult:
    score = evidence.areas.get(rule.code, AreaScore("absent"))
    cut = policy.cut(rule)
    share, outcome = None, score.state
    if score.state == "marked":
        share = score.earned / score.possible
        outcome = _compare(share, cut, rule.sem_share)
    if outcome != "passed" and (prior := _kept(rule.code, evidence, policy, on)) is not None:
        share, outcome = prior.share, "kept"
    elif outcome == "absent" and rule.code in evidence.priors:
        outcome = "expired"
    return AreaResult(
        code=rule.code,
        name=rule.name,
        outcome=outcome,
        share=share,
        cut=cut,
        sem=rule.sem_share,
        form_digest=score.form_digest,
    )


def _kept(area: str, evidence: Evidence, policy: Policy, on: date) -> Prior | None:
    """The earlier pass of an area, while it is kept."""
    prior = evidence.priors.get(area)
    if prior is None or on > add_months(prior.passed_on, policy.prior_months):
        return None
    return prior


def _compare(share: Decimal, cut: Decimal, sem: Decimal) -> str:
    if share >= cut:
        return "passed"
    return "borderline" if cut - share < sem else "failed"


_AREA_REASONS = {
    "failed": ("BELOW_CUT", "{name}: {share} thang điểm, dưới điểm cắt {cut}."),
    "borderline": (
        "BORDERLINE",
        (
            "{name}: {share} thang điểm, dưới điểm cắt {cut} nhưng trong một sai số chuẩn ({sem}); "
            "rà soát đáp án và chấm độc lập lần hai trước khi hội đồng kết luận."
        ),
    ),
    "absent": ("NOT_SAT", "{name}: chưa dự thi. Vắng mặt không tính là 0 điểm."),
    "unreadable": (
        "UNREADABLE",
        "{name}: bài nộp bị hỏng hoặc thiếu tệp, chưa chấm được; trung tâm đang khôi phục.",
    ),
    "unmarked": ("NOT_MARKED", "{name}: phần tự luận chưa được chấm xong."),
    "expired": ("PRIOR_EXPIRED", "{name}: kết quả đạt trước đây đã hết thời gian bảo lưu."),
}


def _reason(result: AreaResult) -> Reason | None:
    if result.outcome not in _AREA_REASONS:
        return None
    code, text = _AREA_REASONS[result.outcome]
    shown = {"share": percent(result.share), "cut": percent(result.cut)}
    return Reason(code, text.format(name=result.name, sem=percent(result.sem), **shown))


def _critical(
    evidence: Evidence, policy: Policy, results: tuple[AreaResult, ...], on: date
) -> list[Reason]:
    """Critical competencies below their floor, where no earlier pass of the area is kept.

    Whoever keeps a pass must not lose it by passing the area again with a weak competency.
    """
    marked = {result.code for result in results if result.outcome in ("passed", "borderline")}
    return [
        Reason(
            "CRITICAL_FLOOR",
            f"Năng lực trọng yếu {rule.competency}: {percent(share)} thang điểm, dưới điểm sàn "
            f"{percent(rule.floor_share)}.",
        )
        for rule in policy.critical
        if rule.area in marked
        and _kept(rule.area, evidence, policy, on) is None
        and (share := evidence.competencies.get(rule.competency)) is not None
        and share < rule.floor_share
    ]


def _status(codes: set[str]) -> Status:
    """The gravest reason decides; what is missing outweighs what has failed."""
    for status, grounds in (
        (Status.INVALID, {"INTEGRITY", "UPHELD", "ANNULLED"}),
        (Status.INCOMPLETE, {"NOT_SAT", "UNREADABLE", "NOT_MARKED", "PRIOR_EXPIRED"}),
        (Status.FAIL, {"BELOW_CUT", "CRITICAL_FLOOR"}),
        (Status.REVIEW, {"BORDERLINE"}),
    ):
        if codes & grounds:
            return status
    return Status.PASS


def _resit(evidence: Evidence, policy: Policy, on: date) -> Reason:
    resit = _resit_date(evidence, policy, on)
    if resit is None:
        return Reason("NO_ATTEMPT_LEFT", f"Đã dự thi đủ {policy.max_attempts} lần.")
    return Reason(
        "RESIT",
        f"Được thi lại lĩnh vực chưa đạt từ ngày {padded_date(resit)}, với đề tương đương khác; "
        f"lĩnh vực đã đạt được bảo lưu {policy.prior_months} tháng.",
    )


def _resit_date(evidence: Evidence, policy: Policy, on: date) -> date | None:
    if evidence.attempt >= policy.max_attempts:
        return None
    return on + timedelta(days=policy.resit_wait_days)


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def percent(share: Decimal | None) -> str:
    """A share as a percentage for reading; what is decided on is never rounded.

    Truncated, not rounded: 59.96 % below a cut of 60 % must not read as 60.0 %.
    """
    if share is None:
        return "–"
    tenths = int(share * 1000)
    return f"{tenths // 10},{tenths % 10} %"


def _plain(value: Any) -> Any:
    """Dataclass contents as JSON values; decimals and dates as text."""
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, Decimal | date):
        return str(value)
    return value
