"""Numbers and symbols of documents (“14/2014/QĐ-UBND”) in every spelling officials use.

The form is that of NĐ 30/2020/NĐ-CP, Phụ lục I: number, for legal documents the year, then the
abbreviation of the type and of the issuer. Đ and D, blanks, dashes, a 0 before the number, “số”
and the name of the type before it make no difference.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from courses.foundation.letters import INVISIBLE, unmarked, with_noughts

_TYPES = {
    "l": ("luat",),
    "nd": ("nghidinh",),
    "qd": ("quyetdinh",),
    "tt": ("thongtu",),
    "ttlt": ("thongtulientich",),
    "nq": ("nghiquyet",),
    "ct": ("chithi",),
    "cv": ("congvan",),
    "kh": ("kehoach",),
    "tb": ("thongbao",),
    "pl": ("phaplenh",),
}
_NAMES = {name: code for code, names in _TYPES.items() for name in names}
_TYPE = "|".join(sorted([*_NAMES, *_TYPES], key=len, reverse=True))
_SHORT = "|".join(code for code in _TYPES if len(code) > 1)
_ISSUER = "ubnd|hdnd|ttg|cp|[a-z]{2,6}(?=so)|b[a-z]{2,5}"
_SYMBOL = re.compile(
    rf"(?:(?P<type>{_TYPE})(?:-?(?P<lead>{_ISSUER})(?:tinh|thanhpho)?)?"
    r"(?:(?<=luat)[a-z]{0,80}(?:nam)?(?:(?P<of>(?:19|20)\d\d)(?=so))?)?[-.:]?)?"
    r"(?:so(?:hieu)?)?[:.]?0*(?P<number>[1-9]\d{0,4}[a-d]?)(?:[/-](?P<year>(?:19|20)\d\d))?"
    rf"(?:(?:[/-]|(?=(?:{_SHORT})[-./]?[a-z]))(?P<tail>[a-z][a-z0-9]*(?:[-./][a-z0-9]+)*))?"
)
_HYPHENATED = re.compile(
    r"(quyet|nghi|thong|chi|cong|ke|phap)-(dinh|quyet|tu|bao|thi|van|hoach|lenh)"
)
_LEAD = re.compile(r"^(?:dapan|traloi|do|la|vanban|theo|cancu|:)+(?=[a-z0-9])")
_ISSUED = (
    ("cuathutuongchinhphu", "ttg"),
    ("cuachinhphu", "cp"),
    ("cuauybannhandan", "ubnd"),
    ("cuaubnd", "ubnd"),
)
_BEFORE = re.compile(r"(\D*)(.*)", re.DOTALL)
_AFTER = re.compile(r"(?:cua|doubnd|banhanh|ngay\d|ngaythang).*$|(?<=ubnd)(?:tinh|thanhpho|tp).*$")


@dataclass(frozen=True)
class Symbol:
    """One document's number; ``year`` and ``tail`` (type and issuer, letters only) may be empty."""

    number: str
    year: str
    type: str
    issuer: str


def symbols(text: str) -> tuple[Symbol, ...]:
    """The document that ``text`` names and nothing else, if it does; else nothing.

    A bare number is no symbol: a year, a type or an issuer makes it one.
    """
    name, number = _BEFORE.match(_LEAD.sub("", _plain(text))).groups()  # type: ignore[union-attr]
    for spelt, code in _ISSUED:  # “Nghị định của Chính phủ số …”
        name = name.replace(spelt, code)
    match = _SYMBOL.fullmatch((name + _AFTER.sub("", number)).strip(".,;/-"))
    if match is None or not (match["year"] or match["tail"] or match["type"]):
        return ()
    kind, issuer = _tail(match["tail"] or "")
    named = _NAMES.get(match["type"] or "", match["type"] or "")
    if named and kind and named != kind:
        return ()  # “Nghị định 14/2014/QĐ-UBND” names nothing that exists
    if match["of"] and match["of"] != match["year"]:
        return ()
    issuer = issuer or (match["lead"] or "").removesuffix("so")
    return (Symbol(match["number"], match["year"] or "", kind or named, issuer),)


def names_number(answer: str, meaning: str) -> bool:
    """Whether the number of the document ``meaning`` stands somewhere in ``answer``."""
    number = symbols(meaning)[0].number
    return re.search(rf"(?<!\d)0*{number}(?!\d)", _plain(answer)) is not None


def same_symbol(answer: str, meaning: str) -> bool:
    """Whether ``answer`` names the document ``meaning``: what it gives must agree.

    Number and year decide; type and issuer may be left out where there is a year.
    """
    given, wanted = symbols(answer), symbols(meaning)
    if not given or not wanted:
        return False
    one, right = given[0], wanted[0]
    return (
        (one.number, one.year) == (right.number, right.year)
        and _agree(one.type, right.type)
        and _agree(one.issuer, right.issuer)
    )


def _agree(given: str, right: str) -> bool:
    return not given or given == right or not right


def _tail(tail: str) -> tuple[str, str]:
    """Type and issuer of “qd-ubnd” or “qdubnd”; “qh13” and “btttt-udcntt” have no type."""
    parts = [part for part in re.split(r"[-./]", tail) if part]
    for code in sorted(_TYPES, key=len, reverse=True):
        if parts and len(code) > 1 and parts[0].startswith(code):
            return code, parts[0].removeprefix(code) + "".join(parts[1:])
    return "", "".join(parts)


def _plain(text: str) -> str:
    """Letters without marks, no blanks, no quotation marks, one kind of dash."""
    text = unicodedata.normalize("NFKC", text.translate(INVISIBLE))
    text = re.sub(r"[‐‑‒–—−_]", "-", with_noughts(unmarked(text))).replace("\\", "/")
    text = re.sub(r"(?<=[a-z])\.(?=[a-z])", "", text)
    text = re.sub(r"[\s“”„\"'‘’`«»()*]+", "", text).rstrip(".,;!?")
    text = re.sub(r"(?<=\d)nam(?=(?:19|20)\d\d(?!\d))", "/", text)  # “số 14 năm 2014”
    return re.sub(r"/tu$", "/tw", _HYPHENATED.sub(r"\1\2", text))
