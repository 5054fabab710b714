"""A candidate's own file of what could not be sent, sealed by the browser to the sitting's key.

The candidate cannot read or change it; whoever watches the sitting takes it in, on record.
"""

from __future__ import annotations

import base64
import hashlib
import os
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core import signing
from pydantic import Field, ValidationError

from centre.ledger.acts import act, door
from centre.sittings.answering import Paper
from centre.sittings.models import Delivery
from courses.foundation.content import Content
from courses.foundation.errors import SittingError
from courses.foundation.files import write_atomically

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from centre.accounts.actors import Actor
    from centre.configuration import Centre
    from centre.sittings.sitting import Sitting

LARGEST = 4_000_000  # bytes
_SALT = "emergency"
_OAEP = padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None)


class Sealed(Content):
    """The file as it lies in the candidate's hands: base64 throughout."""

    version: int = Field(ge=1, le=1)
    key: str
    iv: str
    data: str


class Kept(Content):
    """What the file holds: values by item, and the paper's own ticket."""

    ticket: str
    answers: dict[str, Any]


def public_key(centre: Centre, sitting: str) -> str:
    """The key a browser seals with (SPKI, base64), made when a sitting first needs it."""
    spki = (
        _key(centre, sitting)
        .public_key()
        .public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    return base64.b64encode(spki).decode()


def ticket(delivery: Delivery) -> str:
    """What ties a file to one candidate's paper."""
    return signing.dumps(delivery.pk, salt=_SALT)


@door("paper.recover")
def recover(
    actor: Actor, sitting: Sitting, sealed: bytes, ground: str, *, now: datetime
) -> tuple[str, int]:
    """Put the answers of a candidate's file where they differ; taking the paper is another act.

    Returns:
        The candidate, and how many answers are others now.

    Raises:
        SittingError: without a ground, for a file that is damaged, of another sitting, or for
            no paper of it.
        AnswerError: when the answers cannot be stored.
    """
    if not ground.strip():
        raise SittingError("phải ghi lý do nhận tệp khẩn cấp")
    kept = _opened(_key(sitting.centre, sitting.code), sealed)
    paper = _paper_of(sitting, kept)
    changed = [id_ for id_, value in kept.answers.items() if paper.put(id_, value, now)]
    with act(actor, "paper.recovered", f"{sitting.code}/{paper.candidate}", now) as done:
        done.tell(
            form=paper.delivery.form.code,
            file=hashlib.sha256(sealed).hexdigest(),
            changed=len(changed),
            ground=ground.strip(),
        )
    return paper.candidate, len(changed)


def _paper_of(sitting: Sitting, kept: Kept) -> Paper:
    try:
        key = signing.loads(kept.ticket, salt=_SALT)
    except signing.BadSignature:
        raise SittingError("tệp khẩn cấp không do trang bài thi của trung tâm này tạo") from None
    found = Delivery.objects.filter(pk=key, enrolment__sitting=sitting.record)
    delivery = found.select_related("enrolment__sitting", "form").first()
    if delivery is None:
        raise SittingError("tệp khẩn cấp thuộc một kỳ thi khác")
    paper = Paper(sitting, delivery)
    if unknown := set(kept.answers) - {item.id for item in paper.form.items}:
        raise SittingError(f"tệp có {len(unknown)} câu không thuộc bài thi này")
    return paper


def _opened(key: rsa.RSAPrivateKey, sealed: bytes) -> Kept:
    """What a file holds; SittingError, whatever is wrong with it."""
    if len(sealed) > LARGEST:
        raise SittingError("tệp lớn bất thường, không nhận")
    try:
        file = Sealed.model_validate_json(sealed)
        wrapped, iv, data = (base64.b64decode(one) for one in (file.key, file.iv, file.data))
        plain = AESGCM(key.decrypt(wrapped, _OAEP)).decrypt(iv, data, None)
        return Kept.model_validate_json(plain)
    except (ValidationError, ValueError, InvalidTag):
        raise SittingError("tệp khẩn cấp hỏng, hoặc không phải của kỳ thi này") from None


def _key(centre: Centre, sitting: str) -> rsa.RSAPrivateKey:
    path = centre.keys / f"emergency-{sitting}.pem"
    if not path.exists():
        _make(path)
    key = serialization.load_pem_private_key(path.read_bytes(), None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise SittingError("khoá khẩn cấp của kỳ thi hỏng; khôi phục từ bản sao lưu", path=path)
    return key


def _make(path: Path) -> None:
    key = rsa.generate_private_key(65537, 3072)
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    write_atomically(fresh, pem, mode=0o600)
    with suppress(FileExistsError):  # another process was first: theirs holds
        os.link(fresh, path)
    fresh.unlink()
