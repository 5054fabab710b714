"""Signing a certificate so that no change is allowed, and checking such a signature."""

from __future__ import annotations

import asyncio
import io
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from courses.foundation.errors import CredentialError
from grading.credentials.signature_field import FIELD, add_signature_field

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from datetime import datetime

    from grading.credentials.keys import Signer

_T = TypeVar("_T")
_RESERVED = 8192  # hexadecimal digits kept for the signature; one by a P-256 key takes about 2,500


def sign(pdf: bytes, signer: Signer, reason: str, now: datetime) -> bytes:
    """Return ``pdf`` with one invisible PAdES B-B certification signature, made at ``now``.

    DocMDP forbids every later change. The signature is one incremental update, so the bytes
    that were typeset stay as they are at the head of the file, and it covers the whole file.

    Raises:
        CredentialError: when ``pdf`` is not a PDF that can be signed.
    """
    try:
        return _complete(_sign(pdf, signer, reason, now))
    except Exception as error:
        # pyHanko's readers, writers and key stores each raise their own kinds.
        raise CredentialError(f"không ký được tệp PDF: {error}") from error


def signature_holds(pdf: bytes, certificate_pem: str) -> bool:
    """Whether ``pdf`` bears exactly one signature, by this certificate, that covers all of it.

    The certificate is the only trust root and nothing is fetched. Its expiry does not count: a
    key must be in date to issue, and what it signed then outlives it. Anything that cannot be
    read counts as no: what breaks a reader is not an original.
    """
    try:
        (embedded,) = PdfFileReader(io.BytesIO(pdf), strict=True).embedded_signatures
        (root,) = load_certs_from_pemder_data(certificate_pem.encode())
        context = ValidationContext(trust_roots=[root], allow_fetching=False)
        status = _complete(async_validate_pdf_signature(embedded, context))
        return bool(status.bottom_line) and status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    except Exception:  # noqa: BLE001 - hostile bytes break readers in ways nobody can list
        return False


def _complete(work: Coroutine[object, object, _T]) -> _T:
    # In a thread of its own: a notebook's thread already runs a loop, and asyncio allows one.
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(asyncio.run, work).result()


async def _sign(pdf: bytes, signer: Signer, reason: str, now: datetime) -> bytes:
    # pyHanko's one-call form stamps the machine's own time; its session takes ours.
    metadata = signers.PdfSignatureMetadata(
        field_name=FIELD,
        reason=reason,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
    )
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    add_signature_field(writer)
    session = signers.PdfSigner(metadata, signer.backend).init_signing_session(writer)
    session.system_time = now
    document = session.prepare_tbs_document(validation_info=None, bytes_reserved=_RESERVED)
    output = io.BytesIO()
    digest, _ = document.digest_tbs_document(output=output)
    await document.perform_signature(
        digest.document_digest, PdfCMSSignedAttributes(signing_time=now)
    )
    return output.getvalue()
