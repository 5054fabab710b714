"""Issuing: one certificate for each pass in effect, numbered through the year, never twice.

Numbers, file and ledger line stand or fall together. The file is written last before the
commit; one left behind by a crash has no entry, so it verifies as nothing, and the next
certificate to get its number takes its place.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import DatabaseError, transaction

from centre.accounts.permissions import require
from centre.decisions.board import effective_decisions
from centre.decisions.decide import changed_since, latest
from centre.ledger.acts import act, door
from centre.ledger.checkpoint import checkpoint
from centre.register.entries import allocate, new_entry, printed
from centre.register.holding import require_untold
from centre.register.models import Entry, Key
from centre.register.tasks import require_looked_at
from centre.sittings.sitting import open_sitting
from courses.foundation.errors import CioError, CredentialError
from courses.foundation.files import write_atomically
from grading.certification.decision import Status
from grading.credentials.keys import create_demo_key, load_signer
from grading.credentials.signing import sign

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from centre.accounts.actors import Actor
    from centre.configuration import Centre
    from centre.decisions.models import Decision
    from centre.sittings.sitting import Sitting
    from grading.credentials.keys import Signer

PURPOSE = "certificate"


@dataclass(frozen=True)
class Issued:
    """What became of one pass: the certificate and its file, or why there is none."""

    candidate: str
    serial: str = ""
    path: Path | None = None
    refused: str = ""
    new: bool = False


def certificate_path(centre: Centre, serial: str) -> Path:
    """Where the original of ``serial`` is kept."""
    return centre.certificates / f"{serial}.pdf"


def the_signer(centre: Centre, now: datetime) -> Signer:
    """The key that signs certificates; a demonstration makes its own.

    Raises:
        CredentialError: when it is missing, others may read it, or key and centre are not
            both a demonstration's, or neither.
    """
    path = centre.folder / centre.settings.signing_key
    if not path.exists() and centre.settings.demo:
        path = create_demo_key(path.parent, centre.settings.issuer.name, now)
    signer = load_signer(path)
    if signer.is_demo != centre.settings.demo:
        raise CredentialError(
            "khoá trình diễn chỉ dùng cho trung tâm trình diễn, và ngược lại", path=path
        )
    return signer


@door("key.enrol")
def enrol_key(actor: Actor, signer: Signer, *, now: datetime) -> Key:
    """Make the register trust a key for certificates; one it trusts already stays."""
    known = Key.objects.filter(pk=signer.fingerprint).first()
    if known is not None:
        return known
    key = Key(
        fingerprint=signer.fingerprint,
        purpose=PURPOSE,
        certificate_pem=signer.certificate_pem,
        valid_from=signer.valid_from,
        valid_to=signer.valid_to,
        is_demo=signer.is_demo,
    )
    with act(actor, "key.enrolled", signer.fingerprint, now) as done:
        done.insert(key)
    return key


def issue_all(
    actor: Actor, sitting: Sitting, signer: Signer, *, now: datetime, accepted: str = ""
) -> Iterator[Issued]:
    """Issue what is due, each in a transaction of its own, yielding each.

    One that cannot be served is named with the reason and left aside; the others go on. So is
    one of whom something has changed since the board decided.

    Raises:
        DeniedError: when the actor may not issue.
        CredentialError: while something undermines certificates that nobody has looked at.
    """
    require(actor, "certificate.issue")
    require_looked_at()
    effective, changed = effective_decisions(sitting), set(changed_since(sitting))
    passes = [one for one in latest(sitting) if one.status == Status.PASS and one.id in effective]
    new = frozenset(str(d.enrolment_id) for d in passes if d.enrolment.candidate not in changed)
    if not accepted.strip():
        require_untold(new, now=now)
    for decision in passes:
        candidate = decision.enrolment.candidate
        if candidate in changed:
            yield Issued(candidate, refused="có thay đổi sau khi quyết định; chạy lại “cio decide”")
            continue
        try:
            with transaction.atomic():
                entry, is_new = issue(
                    actor, sitting.centre, decision, signer, accepted.strip(), now=now
                )
        except CioError as error:
            yield Issued(candidate, refused=error.message)
        except DatabaseError as error:
            why = type(error).__name__
            yield Issued(candidate, refused=f"không ghi được sổ cấp ({why}); hãy chạy lại")
        else:
            path = certificate_path(sitting.centre, entry.serial)
            yield Issued(candidate, entry.serial, path, new=is_new)
    checkpoint(sitting.centre)


@door("certificate.issue")
def issue(
    actor: Actor,
    centre: Centre,
    decision: Decision,
    signer: Signer,
    accepted: str = "",
    *,
    now: datetime,
) -> tuple[Entry, bool]:
    """Enter, print, sign and file the certificate of one pass.

    Whoever holds a certificate of the track that stands keeps that one; one that was revoked
    is not issued again by this: ``reissue`` is an act of its own. ``accepted`` stands in the
    ledger: the document by which the number may tell somebody's result.

    Returns:
        The entry, and whether it is new.

    Raises:
        CredentialError: when the decision is no pass in effect, a certificate of its sitting was
            revoked, the key is unknown or out of date, the file of the existing one is lost
            or changed, or it cannot be printed or written. Nothing is registered then.
    """
    sitting = open_sitting(centre, decision.enrolment.sitting_id)
    if decision.status != Status.PASS or decision.id not in effective_decisions(sitting):
        raise CredentialError("chỉ cấp theo quyết định “đạt” đã có hiệu lực")
    track = decision.enrolment.sitting.track_id
    held = Entry.objects.filter(
        person=decision.enrolment.person_id, decision__enrolment__sitting__track=track
    )
    standing = held.filter(revocation=None, successor=None).first()
    if standing is not None:
        _require_file(centre, standing)
        return standing, False
    if held.filter(decision__enrolment=decision.enrolment_id).exists():
        raise CredentialError("chứng chỉ đã bị thu hồi; cấp lại bằng “cio reissue” nếu có căn cứ")
    return _enter(actor, sitting, decision, signer, None, accepted, now), True


@door("certificate.reissue")
def reissue(
    actor: Actor, centre: Centre, old: Entry, ground: str, signer: Signer, *, now: datetime
) -> Entry:
    """Issue another certificate in the place of ``old``, with what the records say now.

    It has a number of its own and names the one it supersedes.

    Raises:
        CredentialError: without a ground, when ``old`` was superseded before, its decision is
            no pass in effect any more, or something has changed since; and as ``issue``.
    """
    if not ground.strip():
        raise CredentialError("phải ghi căn cứ cấp lại")
    if Entry.objects.filter(supersedes=old).exists():
        raise CredentialError(f"{old.serial} đã được thay thế; cấp lại từ chứng chỉ sau cùng")
    sitting = open_sitting(centre, old.decision.enrolment.sitting_id)
    standing = old.decision.enrolment.decisions.order_by("-revision")[0]
    if standing.status != Status.PASS or standing.id not in effective_decisions(sitting):
        raise CredentialError("quyết định hiện hành không phải “đạt” có hiệu lực; không cấp lại")
    if standing.enrolment.candidate in changed_since(sitting):
        raise CredentialError("có thay đổi sau khi quyết định; chạy lại “cio decide” trước")
    return _enter(actor, sitting, standing, signer, old, ground.strip(), now)


def _require_file(centre: Centre, entry: Entry) -> None:
    path = certificate_path(centre, entry.serial)
    try:
        content = path.read_bytes()
    except OSError:
        raise CredentialError(
            "không đọc được bản gốc đã cấp; khôi phục từ bản sao lưu, không cấp bản thứ hai",
            path=path,
        ) from None
    if hashlib.sha256(content).hexdigest() != entry.pdf_sha256:
        raise CredentialError("tệp không còn là bản gốc; khôi phục từ bản sao lưu", path=path)


def _require_key(signer: Signer, now: datetime) -> Key:
    key = Key.objects.filter(pk=signer.fingerprint, purpose=PURPOSE).first()
    if key is None:
        raise CredentialError("khoá ký chưa được ghi vào sổ khoá")
    if now < key.valid_from or (key.valid_to is not None and now > key.valid_to):
        raise CredentialError("khoá ký không còn hoặc chưa có hiệu lực")
    return key


def _enter(
    actor: Actor,
    sitting: Sitting,
    decision: Decision,
    signer: Signer,
    old: Entry | None,
    ground: str,
    now: datetime,
) -> Entry:
    key, numbers = _require_key(signer, now), allocate(now)
    entry = new_entry(sitting, decision, numbers, key, old)
    pdf = sign(printed(sitting, entry, numbers, now), signer, f"Cấp, số hiệu {entry.serial}", now)
    entry.pdf_sha256 = hashlib.sha256(pdf).hexdigest()
    with act(actor, "certificate.issued", entry.serial, now) as done:
        # Entered before the file is written: whoever loses a race for the number writes nothing.
        done.insert(entry)
        done.tell(register_number=numbers.register_number, **({"ground": ground} if ground else {}))
    try:
        sitting.centre.certificates.mkdir(exist_ok=True)
        write_atomically(certificate_path(sitting.centre, entry.serial), pdf)
    except OSError as error:
        where = certificate_path(sitting.centre, entry.serial)
        raise CredentialError(f"không ghi được tệp (lỗi {error.errno})", path=where) from error
    return entry
