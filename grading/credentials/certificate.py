"""The certificate's page: what is printed, and how it becomes one A4 landscape PDF/A."""

from __future__ import annotations

import io
import unicodedata
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import segno

from courses.foundation.dates import day_in_words, padded_date
from grading.documents.typesetting import typeset

if TYPE_CHECKING:
    from datetime import date, datetime

TEMPLATE = Path(__file__).parent / "certificate.typ"
DEMO_NOTICE = "BẢN TRÌNH DIỄN – dữ liệu mô phỏng, không có giá trị pháp lý"


@dataclass(frozen=True, kw_only=True)
class CertificateData:
    """All that one certificate prints; every name an institution may change is data.

    Attributes:
        title: “CHỨNG CHỈ” or “CHỨNG NHẬN”, as the issuer's rules call the paper.
        parent_body, issuer: the two issuer lines, parent above.
        full_name, birth_date, position, agency: the holder, the name as registered.
        programme: the programme completed, without quotation marks.
        examined: what was examined, by the names of the areas.
        kept: what was passed before and kept, or "".
        examined_on: the day of the examination passed.
        place, issued_on: địa danh and date of issue.
        signer_prefix: e.g. “KT. CỤC TRƯỞNG”, or "" when the head signs.
        signer_title, signer_name: who signs.
        serial, register_number: “Số hiệu” and “Số vào sổ cấp”, e.g. “12/2026”.
        verification_code: the random code a verifier types.
        verification_text: what the QR code says: an address, or serial and code.
        is_demo: prints the notice that the paper is a demonstration.
    """

    title: str
    parent_body: str
    issuer: str
    full_name: str
    birth_date: date
    position: str
    agency: str
    programme: str
    examined: str
    kept: str
    examined_on: date
    place: str
    issued_on: date
    signer_prefix: str
    signer_title: str
    signer_name: str
    serial: str
    register_number: str
    verification_code: str
    verification_text: str
    is_demo: bool


def render_certificate(data: CertificateData, now: datetime) -> bytes:
    """Return the certificate as an unsigned one-page PDF/A-2a, text in NFC.

    Raises:
        CredentialError: when a character has no glyph or the text cannot fit on one page.
    """
    return typeset(TEMPLATE, _printed(data), now)


def verification_text(serial: str, code: str, page: str) -> str:
    """What the QR code says: ``page`` with serial and code, or the two as text without one."""
    if page:
        return f"{page}?so-hieu={serial}&ma={code}"
    return f"Số hiệu: {serial}; mã xác minh: {code}"


def _printed(data: CertificateData) -> dict[str, Any]:
    """The template's data: texts in NFC, dates as printed, the QR code as SVG."""
    texts = {
        key: unicodedata.normalize("NFC", value)
        for key, value in asdict(data).items()
        if isinstance(value, str)
    }
    return texts | {
        "birth_date": padded_date(data.birth_date),
        "examined_on": padded_date(data.examined_on),
        "place_and_date": f"{texts['place']}, {day_in_words(data.issued_on)}",
        "issued_on": [data.issued_on.year, data.issued_on.month, data.issued_on.day],
        "demo_notice": DEMO_NOTICE if data.is_demo else "",
        "qr": _qr_svg(texts["verification_text"]),
    }


def _qr_svg(text: str) -> str:
    svg = io.BytesIO()
    segno.make_qr(text, error="m").save(svg, kind="svg", border=2, light="#fff")
    return svg.getvalue().decode()
