"""What another policy or a corrected key would change, before anything is changed.

Nothing is written: evidence is gathered as it stands, decided twice, and compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from centre.accounts.permissions import require
from centre.decisions.evidence import gather
from centre.marks.keys import rekeyed
from courses.foundation.content import read_toml
from courses.foundation.errors import DecisionError
from grading.certification.decision import Decision, decide
from grading.certification.policy import Policy, read_policies
from grading.gradebook.scores import read_scores

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import pandas as pd

    from centre.accounts.actors import Actor
    from centre.sittings.sitting import Sitting


@dataclass(frozen=True)
class Change:
    """What would be decided on one candidate now, and what would be decided instead."""

    candidate: str
    before: Decision
    after: Decision

    @property
    def status_changes(self) -> bool:
        """Whether the result itself would be another, not only shares or reasons."""
        return self.before.status is not self.after.status


def what_if(
    actor: Actor,
    sitting: Sitting,
    day: date,
    *,
    policy: Policy | None = None,
    keys: Mapping[str, str] | None = None,
) -> list[Change]:
    """Everyone whose decision would be another under ``policy`` or with corrected ``keys``.

    Args:
        actor: who asks; nothing is recorded.
        sitting: whose candidates.
        day: the day to decide on, which matters to earlier passes alone.
        policy: another rule; that of the sitting by default.
        keys: by item, the corrected key as ``rescored`` takes it.

    Raises:
        DeniedError: when the actor may not ask.
        DecisionError: for the policy of another track, or a key that no item can have.
    """
    require(actor, "decide.preview")
    rule = policy or sitting.policy
    if rule.track != sitting.record.track_id:
        raise DecisionError(f"chính sách {rule.id} thuộc chương trình {rule.track}")
    scores = read_scores(sitting.course)
    corrected = rekeyed(sitting, scores, keys) if keys else scores
    return [one for one in compared(sitting, day, scores, corrected, rule) if _differs(one)]


def compared(
    sitting: Sitting,
    day: date,
    scores: pd.DataFrame,
    corrected: pd.DataFrame,
    rule: Policy | None = None,
) -> list[Change]:
    """What is decided on everyone on ``day``, and what with other scores and another rule."""
    present, other = gather(sitting, scores), gather(sitting, corrected)
    return [
        Change(
            enrolment.candidate,
            decide(now, sitting.policy, day),
            decide(evidence, rule or sitting.policy, day),
        )
        for (enrolment, now), (_, evidence) in zip(present, other, strict=True)
    ]


def _differs(change: Change) -> bool:
    """Whether a reader would see any difference; digests alone are none."""
    told = [(d.status, d.reasons, d.areas, d.resit_from) for d in (change.before, change.after)]
    return told[0] != told[1]


def the_policy(named: str) -> Policy:
    """A policy by its id, or from a draft's file.

    Raises:
        DecisionError: when there is neither.
        ContentError: when the file is wrong.
    """
    known = {policy.id: policy for policy in read_policies()}
    if named in known:
        return known[named]
    path = Path(named)
    if not path.is_file():
        raise DecisionError(
            f"không có chính sách hay tệp {named}; đã có: {', '.join(sorted(known))}"
        )
    return read_toml(path, Policy)
