"""The frame of a programme's papers: who issues them, to whom, on which day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from grading.documents.administrative import Document, Signer

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from grading.documents.administrative import Block


@dataclass(frozen=True, kw_only=True)
class Issuing:
    """Who issues a paper and who signs it, as ``grading.documents`` prints them."""

    parent: str
    issuer: str
    place: str
    day: date
    signer: Signer
    is_demo: bool

    def document(
        self, kind: str, subject: str, blocks: Iterable[Block], annex: Iterable[Block] = ()
    ) -> Document:
        """A document of this issuer; its number is left open until the office gives one."""
        return Document(
            issuer_parent=self.parent,
            issuer=self.issuer,
            symbol="…/…",
            place=self.place,
            day=self.day,
            kind=kind,
            subject=subject,
            blocks=tuple(blocks),
            signers=(self.signer,),
            recipients=("Các cơ quan cử người học", "Giảng viên của chương trình", "Lưu: VT, ĐT"),
            annex=tuple(annex),
            is_demo=self.is_demo,
        )
