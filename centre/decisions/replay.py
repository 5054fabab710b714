"""Replaying a decision from what was frozen for it: the same bytes, on any machine, years later."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from centre.sittings.frozen import thaw
from courses.foundation.digests import canonical
from courses.foundation.errors import DecisionError
from grading.certification.decision import decide, read_evidence
from grading.certification.policy import Policy

if TYPE_CHECKING:
    from centre.decisions.models import Decision


@dataclass(frozen=True)
class Replayed:
    """A decision as kept and as recomputed, both canonical JSON."""

    kept: str
    recomputed: str

    @property
    def same(self) -> bool:
        """Whether they agree, byte for byte."""
        return self.kept == self.recomputed


def replay(record: Decision) -> Replayed:
    """Recompute a decision from its frozen evidence, its frozen policy and its own date.

    Raises:
        DecisionError: when the earlier version made it and its evidence is not known any more.
    """
    told = json.loads(record.evidence.content)
    if "areas" not in told:
        raise DecisionError("quyết định do phiên bản trước lập, không còn bằng chứng để tính lại")
    evidence = read_evidence(told)
    policy = thaw(record.policy, Policy)
    on = date.fromisoformat(json.loads(record.content)["decided_on"])
    return Replayed(record.content, canonical(decide(evidence, policy, on).record()))
