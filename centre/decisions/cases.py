"""Integrity cases, closed as upheld or dismissed by an authority; whole sittings annulled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from centre.decisions.models import Annulment, IntegrityCase
from centre.ledger.acts import act, door
from courses.foundation.errors import SittingError

if TYPE_CHECKING:
    from datetime import datetime

    from centre.accounts.actors import Actor
    from centre.sittings.sitting import Sitting


@door("case.open")
def open_case(
    actor: Actor, sitting: Sitting, candidate: str, reason: str, *, now: datetime
) -> IntegrityCase:
    """Open a case: while it is open the candidate's result is invalid. An open one stands.

    Raises:
        SittingError: when there is no such candidate, or no reason.
    """
    if not reason.strip():
        raise SittingError("phải ghi nội dung vụ việc")
    enrolment = sitting.enrolment(candidate)
    known = enrolment.cases.filter(closed_at=None).first()
    if known is not None:
        return known
    case = IntegrityCase(enrolment=enrolment, reason=reason.strip(), opened_at=now)
    with act(actor, "case.opened", f"{sitting.code}/{candidate}", now) as done:
        done.insert(case)
    return case


def all_cases() -> list[IntegrityCase]:
    """Every case there has been, open ones first, then the latest."""
    found = IntegrityCase.objects.select_related("enrolment__sitting").order_by("-opened_at", "-pk")
    return sorted(found, key=lambda one: one.closed_at is not None)


def the_case(number: int) -> IntegrityCase:
    """The case of that number; SittingError when there is none."""
    found = IntegrityCase.objects.filter(pk=number).select_related("enrolment__sitting").first()
    if found is None:
        raise SittingError(f"không có vụ việc số {number}")
    return found


@door("case.close")
def close_case(
    actor: Actor,
    sitting: Sitting,
    candidate: str,
    conclusion: str,
    *,
    upheld: bool,
    authority: str,
    now: datetime,
) -> IntegrityCase:
    """Close the open case of a candidate; upheld, the result stays invalid.

    Args:
        actor: who enters it.
        sitting: where it happened.
        candidate: of whom.
        conclusion: what was found.
        upheld: whether the violation was found proven.
        authority: the decision or minutes by which it is closed.
        now: the server's time.

    Raises:
        SittingError: when there is no open case, or conclusion or authority are missing.
    """
    if not conclusion.strip() or not authority.strip():
        raise SittingError("phải ghi kết luận và văn bản của người có thẩm quyền")
    case = sitting.enrolment(candidate).cases.filter(closed_at=None).first()
    if case is None:
        raise SittingError(f"thí sinh {candidate} không có vụ việc nào đang mở")
    with act(actor, "case.closed", f"{sitting.code}/{candidate}", now) as done:
        done.change(
            case,
            closed_at=now,
            upheld=upheld,
            authority=authority.strip(),
            conclusion=conclusion.strip(),
        )
    return case


@door("sitting.annul")
def annul_sitting(
    actor: Actor, sitting: Sitting, authority: str, ground: str, *, now: datetime
) -> Annulment:
    """Annul a sitting: every result of it is invalid, and it counts as no attempt of anybody.

    Raises:
        SittingError: when it is annulled already, or authority or ground are missing.
    """
    if not authority.strip() or not ground.strip():
        raise SittingError("phải ghi văn bản của người có thẩm quyền và lý do huỷ kết quả kỳ thi")
    known = Annulment.objects.filter(pk=sitting.code).first()
    if known is not None:
        raise SittingError(f"kỳ {sitting.code} đã bị huỷ kết quả theo {known.authority}")
    row = Annulment(
        sitting=sitting.record,
        authority=authority.strip(),
        ground=ground.strip(),
        annulled_at=now,
    )
    with act(actor, "sitting.annulled", sitting.code, now) as done:
        done.insert(row)
    return row
