"""An administrative document after Nghị định 30/2020/NĐ-CP: one model, as PDF and as .docx."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fontTools.ttLib import TTFont

from courses.foundation.dates import day_in_words
from grading.documents.typesetting import FONTS, typeset

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

TEMPLATE = Path(__file__).parent / "administrative.typ"


@dataclass(frozen=True)
class Text:
    """A paragraph; ``lead`` stands before it in bold, as “Điều 1.” does."""

    text: str
    lead: str = ""


@dataclass(frozen=True)
class Basis(Text):
    """A legal basis, which Nghị định 30/2020/NĐ-CP sets in italics."""


@dataclass(frozen=True)
class Heading:
    """A line by itself in the middle, in bold."""

    text: str


@dataclass(frozen=True)
class Table:
    """A table; ``widths`` are relative."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]


Block = Text | Heading | Table


@dataclass(frozen=True)
class Signer:
    """Who signs: the lines above the space for the signature, and the name beneath it."""

    lines: tuple[str, ...]
    name: str


@dataclass(frozen=True, kw_only=True)
class Document:
    """All that one document says.

    Attributes:
        issuer_parent, issuer: the two issuer lines, parent above.
        symbol: number and ký hiệu; the number is left open until the office gives one.
        place: địa danh.
        day: the day it bears.
        kind, subject: “QUYẾT ĐỊNH” and what it is about.
        blocks: the text.
        annex: what follows the signature on pages of its own.
        signers: one, or two side by side when there are no recipients.
        recipients: “Nơi nhận”, empty in minutes.
        is_demo: says on every page that the data are simulated.
        undated: leaves the day open, as a form does.
        wide, wide_annex: lies across the page.
    """

    issuer_parent: str
    issuer: str
    symbol: str
    place: str
    day: date
    kind: str
    subject: str
    blocks: tuple[Block, ...]
    signers: tuple[Signer, ...]
    recipients: tuple[str, ...] = ()
    annex: tuple[Block, ...] = ()
    is_demo: bool
    undated: bool = False
    wide: bool = False
    wide_annex: bool = False

    @property
    def place_and_day(self) -> str:
        """The line under the motto."""
        day = "ngày … tháng … năm …" if self.undated else day_in_words(self.day)
        return f"{self.place}, {day}"


def render_pdf(document: Document, now: datetime) -> bytes:
    """Typeset the document as PDF/A-2b; the same input gives the same bytes.

    Raises:
        CredentialError: when a character has no glyph; ``unprintable`` tells beforehand.
    """
    return typeset(TEMPLATE, _printed(document), now)


def render_docx(document: Document, now: datetime) -> bytes:
    """Lay out the document as Office Open XML; the same input gives the same bytes."""
    from grading.documents import docx  # noqa: PLC0415 - 10 MB that few processes need

    return docx.rendered(document, now)


def unprintable(text: str) -> str:
    """The characters of ``text`` that the house's face has no glyph for."""
    known = _glyphs()
    return "".join(one for one in dict.fromkeys(nfc(text)) if ord(one) not in known)


def nfc(text: str) -> str:
    """Text as it is printed."""
    return unicodedata.normalize("NFC", text)


@cache
def _glyphs() -> frozenset[int]:
    faces = sorted(FONTS.glob("*.ttf"))
    return frozenset.intersection(*(frozenset(TTFont(one).getBestCmap()) for one in faces))


def punctuated(names: Sequence[str]) -> list[str]:
    """Recipients as “Nơi nhận” lists them: a dash before, a semicolon after, a stop at the end."""
    plain = [name.strip().rstrip(";.") for name in names]
    return [f"- {name}{'.' if at == len(plain) else ';'}" for at, name in enumerate(plain, 1)]


def signature_lines(prefix: str, title: str) -> tuple[str, ...]:
    """Above a signature: “TM.” belongs on the line of the title, “KT. CỤC TRƯỞNG” above it."""
    prefix, title = prefix.strip(), title.strip().upper()
    lines = (f"{prefix} {title}",) if prefix.endswith(".") else (prefix, title)
    return tuple(line for line in lines if line)


def _printed(document: Document) -> dict[str, Any]:
    return {
        "issuer_parent": nfc(document.issuer_parent.upper()),
        "issuer": nfc(document.issuer.upper()),
        "symbol": nfc(document.symbol),
        "place_date": nfc(document.place_and_day),
        "kind": nfc(document.kind),
        "subject": nfc(document.subject),
        "blocks": [_block(one) for one in document.blocks],
        "annex": [_block(one) for one in document.annex],
        "signers": [
            {"lines": [nfc(line) for line in one.lines], "name": nfc(one.name)}
            for one in document.signers
        ],
        "recipients": [nfc(one) for one in punctuated(document.recipients)],
        "demo": document.is_demo,
        "wide": document.wide,
        "wide_annex": document.wide_annex,
        "day": [document.day.year, document.day.month, document.day.day],
    }


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Table):
        return {
            "kind": "table",
            "title": "",
            "headings": [nfc(one) for one in block.headings],
            "rows": [[nfc(cell) for cell in row] for row in block.rows],
            "widths": list(block.widths),
            "notes": [],
            "left": True,
        }
    if isinstance(block, Heading):
        return {"kind": "heading", "text": nfc(block.text)}
    kind = "basis" if isinstance(block, Basis) else "text"
    return {"kind": kind, "text": nfc(block.text), "lead": nfc(block.lead)}
