"""Why a certificate may be revoked: grounds from the law in force on the day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import Field

from courses.foundation.content import Content, read_toml
from courses.foundation.dates import padded_date
from courses.foundation.errors import CredentialError

GROUNDS_FILE = Path(__file__).parent / "revocation_grounds.toml"


class Ground(Content):
    """One ground, restated; ``id`` is what a revocation names."""

    id: str = Field(pattern=r"^[a-z-]+$")
    text: str = Field(min_length=1)


class GroundList(Content):
    """The grounds of one legal document, valid from its day until the next list's."""

    source: str
    effective_from: dt.date
    grounds: tuple[Ground, ...] = Field(min_length=1)


class Grounds(Content):
    """Every list there has been."""

    lists: tuple[GroundList, ...] = Field(min_length=1)


@dataclass(frozen=True)
class Revocation:
    """A revocation as decided.

    Attributes:
        ground: id of a ground in force; its wording is what the public sees.
        detail: what happened and the decision to revoke, for the ledger; no personal names.
    """

    ground: str
    detail: str


def grounds_on(day: dt.date) -> GroundList:
    """The list in force on ``day``.

    Raises:
        CredentialError: when ``day`` is before the first list.
    """
    lists = [each for each in _grounds().lists if each.effective_from <= day]
    if not lists:
        raise CredentialError(f"chưa có căn cứ thu hồi nào có hiệu lực ngày {padded_date(day)}")
    return max(lists, key=lambda each: each.effective_from)


def public_reason(revocation: Revocation, day: dt.date) -> str:
    """The reason as the register and the public page show it, with its legal ground.

    Raises:
        CredentialError: when the ground is not in force or nothing says what happened.
    """
    if not revocation.detail.strip():
        raise CredentialError("phải ghi rõ lý do thu hồi và quyết định thu hồi")
    in_force = grounds_on(day)
    for ground in in_force.grounds:
        if ground.id == revocation.ground:
            return f"{ground.text} ({in_force.source})"
    known = ", ".join(ground.id for ground in in_force.grounds)
    raise CredentialError(f"căn cứ thu hồi “{revocation.ground}” không có; chọn một trong: {known}")


@cache
def _grounds() -> Grounds:
    return read_toml(GROUNDS_FILE, Grounds)
