"""The register of legal and official documents: whatever a lesson or item cites stands here.

Content cites by id and prints from the register. A citation is written ``[@id]``, with the
article after a comma and what it is cited as after a bar::

    [@148/2025/QH15, Điều 47 khoản 2]     Luật 148/2025/QH15, Điều 47 khoản 2
    [@148/2025/QH15|đủ]                   Luật Chuyển đổi số số 148/2025/QH15 ngày 11/12/2025
    [@64/2007/NĐ-CP|cũ]                   named as history; nothing rests on it any more
    [@20/2026/QH16|sắp]                   passed, and not in force yet
    [@64/2007/NĐ-CP|tình trạng]           since when, until when, replaced and amended by what

An id is the document's own number unless two documents share one. Where the certainty is low
the printed citation carries the mark “(cần đối chiếu)”.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field, model_validator

from courses.foundation.content import Content, read_toml
from courses.foundation.errors import ContentError
from courses.foundation.numerals import short_date

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCES = Path(__file__).parent / "sources.toml"

# Document numbers as Vietnamese offices write them: 30/2020/NĐ-CP, 20/2023/QH15,
# 55/BTTTT-ƯDCNTT. Numbers without a year but with a short body (8/22) are not among them.
_NUMBER = re.compile(
    r"(?<![\w/.@-])\d{1,5}[a-z]?/(?:(?:19|20)\d{2}/(?:QH\d+|[A-ZĐƯ][\wĐƯ-]*\w)|[A-ZĐƯ][\wĐƯ]*-[\wĐƯ-]*\w)"
)
_CITATION = re.compile(r"\[@([^\[\]|,]+)(?:,([^\[\]|]+))?(?:\|([^\[\]]+))?\]")
_PLACE = re.compile(
    r"\b(?:khoản|điểm) \w+"
    r"|(?:\b(Điều|Phụ lục|Chương|mục|Mẫu) )?\b((?:A\.)?(?:\d+|[IVX]+)(?:\.\w+)*)\b"
)

_SHORT = {
    "Luật": "Luật",
    "Nghị định": "NĐ",
    "Nghị quyết": "NQ",
    "Quyết định": "QĐ",
    "Thông tư": "TT",
    "Chỉ thị": "CT",
    "Công văn": "CV",
}
BINDING = frozenset(_SHORT) - {"Công văn", "Chỉ thị"}
"""Kinds that may lay down duties; a công văn guides, a chỉ thị instructs those below."""

Certainty = Literal["cao", "vừa", "thấp"]

# How entries said it before certainty was graded.
_CONFIDENCE = {"nguồn dự án": "cao", "kiến thức chung": "vừa", "cần đối chiếu": "thấp"}

FULL, PAST, COMING, STATUS = "đủ", "cũ", "sắp", "tình trạng"
_MARKS = (FULL, PAST, COMING, STATUS)


class Source(Content):
    """One document.

    It is in force from ``in_force_from`` until the day before ``in_force_to``, which is the
    first day on which it no longer is, as legal databases print it. ``articles`` are those
    that content may cite. ``read_at`` says where the text was read, ``status_as_of`` the day
    on which its status was last looked up, ``certainty`` how far that can be relied on.
    """

    number: str
    id: str
    kind: str
    title: str
    issuer: str
    issued_on: date | None = None
    in_force_from: date | None = None
    in_force_to: date | None = None
    amended_by: tuple[str, ...] = ()
    replaced_by: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    read_at: str = ""
    certainty: Certainty
    status_as_of: date | None = None
    note: str = ""

    @model_validator(mode="before")
    @classmethod
    def _older_keys(cls, data: Any) -> Any:
        """Entries may still say ``confidence``, and name one successor with its kind before it."""
        if not isinstance(data, dict):
            return data
        data = {"id": data.get("number"), **data}
        if "confidence" in data:
            data["certainty"] = _CONFIDENCE.get(data.pop("confidence"))
        if isinstance(data.get("replaced_by"), str):
            data["replaced_by"] = tuple(cited(data["replaced_by"]))
        return data

    @model_validator(mode="after")
    def _days_in_order(self) -> Source:
        if self.in_force_from and self.in_force_to and self.in_force_to <= self.in_force_from:
            raise ValueError("in_force_to phải sau in_force_from: là ngày đầu tiên hết hiệu lực")
        return self

    def ended(self, day: date) -> bool:
        """Whether it is no longer in force on ``day``."""
        return self.in_force_to is not None and self.in_force_to <= day

    def pending(self, day: date) -> bool:
        """Whether it is not in force yet on ``day``."""
        return self.in_force_from is not None and self.in_force_from > day

    def in_force(self, day: date) -> bool:
        """Whether it is in force on ``day``, as far as its days are known."""
        return not self.ended(day) and not self.pending(day)

    @property
    def binding(self) -> bool:
        """Whether it can lay down duties."""
        return self.kind in BINDING

    @property
    def name(self) -> str:
        """How it is named in running text: “NĐ 224/2026/NĐ-CP”."""
        short = _SHORT.get(self.kind)
        return f"{short} {self.number}" if short and self.number[:1].isdigit() else self.number

    @property
    def full_name(self) -> str:
        """How it is named at first: kind, number and day, and the subject of a law."""
        if self.name == self.number:
            return self.number
        kind = f"Luật {self.title}" if self.kind == "Luật" else self.kind
        day = f" ngày {short_date(self.issued_on)}" if self.issued_on else ""
        return f"{kind} số {self.number}{day}"

    def holds(self, article: str) -> bool:
        """Whether every article, annex or section named in ``article`` is listed."""
        return places(article) <= {place for text in self.articles for place in places(text)}


@dataclass(frozen=True)
class Citation:
    """One place where a text cites a document: line from 1, and what it is cited as."""

    source: str
    article: str
    marks: frozenset[str]
    line: int

    @property
    def live(self) -> bool:
        """Whether something rests on it: it is not cited as past or coming, or for its status."""
        return not self.marks & {PAST, COMING, STATUS}


class Register(Content):
    """All documents."""

    sources: tuple[Source, ...] = Field(min_length=1)

    @cached_property
    def by_id(self) -> dict[str, Source]:
        """The documents by id."""
        return {source.id: source for source in self.sources}

    @property
    def numbers(self) -> set[str]:
        """The numbers of all documents."""
        return {source.number for source in self.sources}

    def printed(self, text: str, path: Path) -> str:
        """``text`` with every citation printed from the register.

        Raises:
            ContentError: naming the line, on a document that the register does not have or a
                mark that is not known.
        """
        out, at = [], 0
        for match, citation in _found(text):
            out += [text[at : match.start()], self._print(citation, path)]
            at = match.end()
        return "".join([*out, text[at:]])

    def status(self, source: Source) -> str:
        """How ``source`` stands, in words, with the day on which that was looked up."""
        parts = []
        if not source.binding:
            parts.append(f"{source.kind}, không phải văn bản quy phạm pháp luật")
        elif not source.in_force_to:
            day = source.in_force_from
            parts.append(f"hiệu lực từ {short_date(day)}" if day else "đang áp dụng")
        if source.in_force_to:
            parts.append(f"hết hiệu lực từ {short_date(source.in_force_to)}")
        for words, others in (("thay bằng", source.replaced_by), ("sửa bởi", source.amended_by)):
            if others:
                parts.append(f"{words} {', '.join(self.by_id[id_].name for id_ in others)}")
        if source.certainty == "thấp":
            parts.append("cần đối chiếu")
        if source.status_as_of and not source.in_force_to:
            parts.append(f"tra ngày {short_date(source.status_as_of)}")
        text = "; ".join(parts)
        return text[:1].upper() + text[1:]

    def _print(self, citation: Citation, path: Path) -> str:
        source = self.by_id.get(citation.source)
        if source is None:
            words = f"văn bản {citation.source} chưa có trong courses/sources.toml"
            raise ContentError(words, path=path, key=f"dòng {citation.line}")
        if unknown := citation.marks - set(_MARKS):
            words = f"không có dấu “{min(unknown)}”; chỉ có {', '.join(_MARKS)}"
            raise ContentError(words, path=path, key=f"dòng {citation.line}")
        if STATUS in citation.marks:
            return self.status(source)
        name = source.full_name if FULL in citation.marks else source.name
        doubt = " (cần đối chiếu)" if source.certainty == "thấp" and citation.live else ""
        return ", ".join(filter(None, (name, citation.article))) + doubt


def read_sources(path: Path = SOURCES) -> Register:
    """Read the register.

    Raises:
        ContentError: on an id entered twice, or a document that amends or replaces another
            and is not in the register, naming it.
    """
    register = read_toml(path, Register)
    seen: set[str] = set()
    for place, source in enumerate(register.sources):
        if source.id in seen:
            key = f"sources.{place}.id"
            raise ContentError(f"số {source.id} đã có", path=path, key=key)
        seen.add(source.id)
    for place, source in enumerate(register.sources):
        for other in (*source.amended_by, *source.replaced_by):
            if other not in seen:
                words = f"{source.id} dẫn tới {other}, chưa có trong sổ"
                raise ContentError(words, path=path, key=f"sources.{place}")
    return register


@cache
def the_sources() -> Register:
    """The register this product cites from."""
    return read_sources()


def places(text: str) -> set[str]:
    """The articles, annexes and sections that ``text`` names, without clause and point."""
    kind, found = "Điều", set()
    for match in _PLACE.finditer(text):
        kind = match[1] or kind
        if match[2]:
            found.add(f"{kind} {match[2]}")
    return found


def citations(text: str) -> list[Citation]:
    """Every citation of ``text``, in order."""
    return [citation for _, citation in _found(text)]


def typed(text: str) -> list[str]:
    """The document numbers that stand in ``text`` outside citations, each once."""
    return cited(_CITATION.sub("", text))


def cited(text: str) -> list[str]:
    """The document numbers that a text names, in order, each once."""
    return list(dict.fromkeys(match.group() for match in _NUMBER.finditer(text)))


def _found(text: str) -> Iterator[tuple[re.Match[str], Citation]]:
    for match in _CITATION.finditer(text):
        marks = frozenset(mark.strip() for mark in (match[3] or "").split(",") if mark.strip())
        line = text.count("\n", 0, match.start()) + 1
        article = re.sub(r"\s+", " ", match[2] or "").strip()
        yield match, Citation(re.sub(r"\s+", " ", match[1]).strip(), article, marks, line)
