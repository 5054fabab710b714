"""Decision policies: dated, superseded by a new file, never edited."""

from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer

from courses.foundation.content import Content, read_toml
from courses.foundation.errors import ContentError
from grading.certification.eligibility import EligibilityRule

POLICIES = Path(__file__).parent / "policies"

Share = Annotated[Decimal, Field(ge=0, le=1)]


class AreaRule(Content):
    """An area: its cut and standard error of measurement, as shares of its scale (0-1).

    ``standard`` is the digest of the frozen standard that the cut is from, where the centre set
    one itself. ``sem_source`` says what the standard error was computed from.
    """

    code: str
    name: str
    cut_share: Share
    sem_share: Share
    cut_source: str
    sem_source: str | None = None
    standard: str | None = Field(default=None, pattern="^[0-9a-f]{64}$")

    @model_serializer(mode="wrap")
    def _without_none(self, serialize: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Leave out what is not named: a policy of before keeps its digest."""
        told: dict[str, Any] = serialize(self)
        later = ("standard", "sem_source")
        return {name: value for name, value in told.items() if value or name not in later}


class CriticalRule(Content):
    """A competency with a floor of its own, as a share of its scale (0-1)."""

    competency: str
    area: str
    floor_share: Share


class Policy(Content):
    """The rule of a track from ``effective_from`` until a later policy of the track.

    All areas must be passed; inside an area points compensate each other; no area is passed
    below ``floor_share`` (TT 03/2023/TT-BNV Điều 6, by analogy). ``eligibility`` says who is
    admitted at all; without it the agency's sending somebody is enough.
    """

    id: str
    track: str
    effective_from: date
    floor_share: Share
    prior_months: int = Field(ge=0)
    resit_wait_days: int = Field(ge=0)
    max_attempts: int = Field(ge=1)
    areas: tuple[AreaRule, ...] = Field(min_length=1)
    critical: tuple[CriticalRule, ...] = ()
    eligibility: EligibilityRule | None = None

    @model_serializer(mode="wrap")
    def _without_none(self, serialize: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Leave out what is not named: a policy of before keeps its digest."""
        told: dict[str, Any] = serialize(self)
        return told if self.eligibility else {k: v for k, v in told.items() if k != "eligibility"}

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of the policy as read."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()

    def cut(self, area: AreaRule) -> Decimal:
        """The share needed in ``area``: its cut, but never below the floor."""
        return max(area.cut_share, self.floor_share)


def read_policies(folder: Path = POLICIES) -> list[Policy]:
    """Every policy, oldest first; ContentError when two of a track start on one day."""
    policies = [read_toml(path, Policy) for path in sorted(folder.glob("*.toml"))]
    starts = [(policy.track, policy.effective_from) for policy in policies]
    if len(set(starts)) != len(starts):
        raise ContentError("hai chính sách cùng chương trình có hiệu lực cùng ngày", path=folder)
    return sorted(policies, key=lambda policy: policy.effective_from)


def policy_on(day: date, track: str, folder: Path = POLICIES) -> Policy:
    """The policy of ``track`` in force on ``day``; ContentError when there is none."""
    in_force = [p for p in read_policies(folder) if p.track == track and p.effective_from <= day]
    if not in_force:
        raise ContentError(f"chưa có chính sách cho chương trình {track} ngày {day}", path=folder)
    return in_force[-1]
