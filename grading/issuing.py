"""Certificates for a sitting: one for each approved pass."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select

from courses.foundation.errors import CredentialError
from grading.certification.decision import Status
from grading.certification.evidence import latest_of_all
from grading.credentials.certificate import (
    CertificateData,
    render_certificate,
    verification_text,
)
from grading.credentials.keys import create_demo_key, load_signer
from grading.credentials.register import (
    VALID,
    IssueRequest,
    IssuingOffice,
    certificate_path,
    enrol_key,
)
from grading.credentials.register import issue as enter_and_sign
from grading.records.schema import (
    BoardApproval,
    DecisionRecord,
    RegisterEntry,
    TraineeRecord,
)
from grading.sitting import VIETNAM

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy.orm import Session

    from grading.credentials.keys import Signer
    from grading.credentials.register import Allocation
    from grading.sitting import Sitting


@dataclass(frozen=True)
class Issued:
    """A certificate in the register and the file it is."""

    trainee: str
    serial: str
    path: Path


def due(sitting: Sitting) -> list[tuple[DecisionRecord, TraineeRecord]]:
    """The passes that the board has approved, with the holder, by id."""
    with sitting.records() as session:
        approved = set(session.scalars(select(BoardApproval.decision_id)))
        return [
            (decision, session.get_one(TraineeRecord, decision.trainee_id))
            for decision in latest_of_all(session)
            if decision.status == Status.PASS and decision.id in approved
        ]


def certify(sitting: Sitting, now: datetime) -> Iterator[Issued]:
    """Issue what is due, yielding each; what was issued before is found, not issued again.

    Raises:
        CredentialError: when the signing key is missing, or a certificate cannot be issued.
    """
    signer = _signer(sitting, now)
    folder = sitting.folder / "certificates"
    folder.mkdir(exist_ok=True)
    with sitting.records() as session:
        enrol_key(session, signer, now)
        for decision, holder in due(sitting):
            office = IssuingOffice(
                signer=signer,
                render=partial(_print, sitting, holder, now=now),
                folder=folder,
            )
            request = _request(sitting, *_holding(session, decision), holder)
            entry = enter_and_sign(session, request, office, now)
            yield Issued(holder.id, entry.serial, certificate_path(folder, entry.serial))


def _signer(sitting: Sitting, now: datetime) -> Signer:
    path = sitting.folder / sitting.settings.signing_key
    if not path.exists() and sitting.settings.demo:
        path = create_demo_key(sitting.folder / "keys", sitting.settings.issuer.name, now)
    signer = load_signer(path)
    if signer.is_demo != sitting.settings.demo:
        raise CredentialError("khoá trình diễn chỉ dùng cho kỳ trình diễn, và ngược lại", path=path)
    return signer


def _holding(session: Session, decision: DecisionRecord) -> tuple[str, int]:
    """Decision and revision of the holder's valid certificate; else this decision's first.

    A later decision that is a pass again does not make a second certificate.
    """
    query = select(RegisterEntry).where(
        RegisterEntry.trainee_id == decision.trainee_id, RegisterEntry.status == VALID
    )
    entry = session.scalars(query).first()
    return (entry.decision_id, entry.revision) if entry else (decision.id, 1)


def _request(
    sitting: Sitting, decision_id: str, revision: int, holder: TraineeRecord
) -> IssueRequest:
    return IssueRequest(
        trainee_id=holder.id,
        decision_id=decision_id,
        revision=revision,
        full_name=holder.full_name,
        birth_date=holder.birth_date,
        agency=holder.agency,
        programme=sitting.settings.certificate.programme,
    )


def _print(sitting: Sitting, holder: TraineeRecord, numbers: Allocation, *, now: datetime) -> bytes:
    settings = sitting.settings
    code, page = numbers.verification_code, settings.certificate.verification_page
    data = CertificateData(
        title=settings.certificate.title,
        parent_body=settings.issuer.parent,
        issuer=settings.issuer.name,
        full_name=holder.full_name,
        birth_date=holder.birth_date,
        position=holder.position,
        agency=holder.agency,
        programme=settings.certificate.programme,
        examined_on=settings.closes.astimezone(VIETNAM).date(),
        place=settings.issuer.place,
        issued_on=numbers.issued_on,
        signer_prefix=settings.signatory.prefix,
        signer_title=settings.signatory.title,
        signer_name=settings.signatory.name,
        serial=numbers.serial,
        register_number=numbers.register_number,
        verification_code=code,
        verification_text=verification_text(numbers.serial, code, page),
        is_demo=settings.demo,
    )
    return render_certificate(data, now)
