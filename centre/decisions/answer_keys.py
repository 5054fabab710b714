"""A corrected answer key: proposed by one person, reviewed by another, then in force.

The frozen forms stay as they are: a corrected key is a fact beside them. Who would change is
shown first, and exactly what was seen is accepted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from centre.accounts.users import the_user
from centre.decisions.what_if import compared
from centre.ledger.acts import act, door
from centre.marks.keys import AnswerKey, differing, in_force, key_of, rekeyed
from centre.marks.models import KeyCorrection
from centre.marks.panel import require_ground
from centre.sittings.frozen import freeze, thaw
from centre.sittings.models import Frozen
from courses.foundation.dates import VIETNAM
from courses.foundation.digests import canonical, digest_of
from courses.foundation.errors import SittingError
from courses.foundation.numerals import vietnamese
from grading.gradebook.scores import read_scores
from grading.papers.rekeying import require_keys

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from centre.accounts.actors import Actor
    from centre.decisions.what_if import Change
    from centre.sittings.models import SittingRecord
    from centre.sittings.sitting import Sitting


@dataclass(frozen=True)
class Rescored:
    """One candidate whose mark of the item a key changes; points None wait for a person.

    ``before`` and ``after`` are what would be decided on them now and by the key.
    """

    candidate: str
    points_before: float | None
    points_after: float | None
    before: str
    after: str

    def record(self) -> dict[str, str | float | None]:
        """The change as JSON values."""
        return {
            "candidate": self.candidate,
            "points_before": self.points_before,
            "points_after": self.points_after,
            "before": self.before,
            "after": self.after,
        }


@dataclass(frozen=True)
class KeyPreview:
    """What a key would change; ``digest`` names exactly this batch."""

    item: str
    key: str
    rescored: tuple[Rescored, ...]

    @property
    def records(self) -> list[dict[str, str | float | None]]:
        """The batch as JSON values, in order of candidates."""
        return [one.record() for one in self.rescored]

    @property
    def status_changes(self) -> int:
        """How many would be decided on otherwise."""
        return sum(one.before != one.after for one in self.rescored)

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of the key and all it changes."""
        return digest_of([self.item, self.key, self.records])


def preview_key(sitting: Sitting, item: str, key: str, now: datetime) -> KeyPreview:
    """Whose points a key changes, and what would be decided on them; nothing is changed.

    Raises:
        DecisionError: when no form of the sitting has the item, or it cannot have such a key.
    """
    require_keys(sitting.forms(), {item: key})
    scores = read_scores(sitting.course)
    after = rekeyed(sitting, scores, {item: key})
    day = now.astimezone(VIETNAM).date()
    decided = {one.candidate: one for one in compared(sitting, day, scores, after)}
    differs = differing(scores, after)
    pairs = zip(scores[differs].itertuples(), after[differs].itertuples(), strict=True)
    found = [
        _rescored(decided[str(old.student)], old, new)
        for old, new in pairs
        if str(old.student) in decided
    ]
    return KeyPreview(item, key, tuple(sorted(found, key=lambda one: one.candidate)))


def _rescored(change: Change, old: Any, new: Any) -> Rescored:
    before, after = change.before.status.value, change.after.status.value
    return Rescored(change.candidate, _points(old), _points(new), before, after)


def _points(row: Any) -> float | None:
    return None if row.pending else float(row.score)


@door("answer_key.propose")
def propose_key(
    actor: Actor, sitting: Sitting, item: str, key: str, ground: str, *, now: datetime
) -> KeyCorrection:
    """Propose another key for an item; nothing changes until somebody else accepts it.

    Args:
        actor: who proposes it.
        sitting: where.
        item: whose key is wrong, or which is faulty as a whole.
        key: as ``grading.papers.rekeying.rescored`` takes it.
        ground: why, by what document.
        now: the server's time.

    Raises:
        SittingError: without a ground, when one for the item waits for its review, or the key
            is in force.
        DecisionError: when no form has the item, or it cannot have such a key.
    """
    require_ground(ground)
    item, key = item.strip(), key.strip()
    require_keys(sitting.forms(), {item: key})
    if KeyCorrection.objects.filter(sitting=sitting.record, item=item, reviewed_at=None).exists():
        raise SittingError(f"câu {item} đang có một đề xuất đính chính đáp án chờ duyệt")
    known = in_force(sitting).get(item)
    if known is not None and key_of(known) == key:
        raise SittingError(f"đáp án này của câu {item} đang được dùng")
    with act(actor, "answer_key.proposed", f"{sitting.code}/{item}", now) as done:
        row = KeyCorrection(
            sitting=sitting.record,
            item=item,
            key=freeze(done, "key", AnswerKey(item=item, key=key), now),
            ground=ground.strip(),
            proposed_by=the_user(actor.id),
            proposed_at=now,
        )
        done.insert(row)
    return row


@door("answer_key.review")
def review_key(
    actor: Actor,
    sitting: Sitting,
    correction: KeyCorrection,
    digest: str,
    note: str,
    *,
    accept: bool,
    now: datetime,
) -> KeyCorrection:
    """Accept a proposed key, and so re-score every mark it concerns as one batch; or refuse it.

    Earlier marks stay: the automatic ones beside the new ones in the gradebook, what people
    said in the records. Whoever's evidence has changed by it is to be decided on anew.

    Args:
        actor: who reviews it: not who proposed it.
        sitting: where.
        correction: what was proposed.
        digest: of the preview that the reviewer has seen; exactly that is accepted, or nothing.
        note: why; needed to refuse.
        accept: or refuse.
        now: the server's time.

    Raises:
        SittingError: when it was reviewed before, by whom it was proposed, when marks have come
            in since the preview, or without a note to refuse it.
    """
    if correction.reviewed_at is not None:
        raise SittingError("đề xuất này đã được xem xét rồi")
    if correction.proposed_by.username == actor.id:
        raise SittingError(f"{actor.id} là người đề xuất; cần người khác duyệt")
    if not accept:
        require_ground(note)
    seen = preview_key(sitting, correction.item, key_of(correction), now)
    if accept and seen.digest != digest:
        raise SittingError("kết quả xem trước đã khác; xem lại rồi mới chấp nhận")
    kind = "answer_key.corrected" if accept else "answer_key.refused"
    with act(actor, kind, f"{sitting.code}/{correction.item}", now) as done:
        done.change(
            correction,
            accepted=accept,
            reviewed_by=the_user(actor.id),
            reviewed_at=now,
            note=note.strip(),
            changes=canonical(seen.records) if accept else "",
        )
        done.tell(rescored=len(seen.rescored) if accept else 0)
    return correction


def the_correction(sitting: Sitting, number: int) -> KeyCorrection:
    """The proposal of that number at a sitting; SittingError when there is none."""
    found = KeyCorrection.objects.filter(sitting=sitting.record, pk=number)
    row = found.select_related("key", "proposed_by", "reviewed_by").first()
    if row is None:
        raise SittingError(f"kỳ {sitting.code} không có đề xuất đính chính số {number}")
    return row


def corrections(sitting: Sitting) -> list[KeyCorrection]:
    """Every key that was ever proposed at a sitting, what waits for its review first."""
    found = KeyCorrection.objects.filter(sitting=sitting.record)
    rows = found.select_related("key", "proposed_by", "reviewed_by").order_by("-pk")
    return sorted(rows, key=lambda one: one.reviewed_at is not None)


def waiting_keys(record: SittingRecord | None = None) -> list[KeyCorrection]:
    """Proposals that wait for their review, oldest first; of one sitting or of all."""
    found = KeyCorrection.objects.filter(reviewed_at=None).select_related("proposed_by")
    if record is not None:
        found = found.filter(sitting=record)
    return list(found.order_by("pk"))


def keys_behind(evidence: Mapping[str, Any]) -> list[AnswerKey]:
    """The corrected keys that some points of frozen evidence stand by, by item."""
    digests = {key for area in evidence.get("areas", {}).values() for key in area.get("keys", ())}
    found = [thaw(row, AnswerKey) for row in Frozen.objects.filter(pk__in=digests)]
    return sorted(found, key=lambda one: one.item)


def state_name(correction: KeyCorrection) -> str:
    """Where a proposal stands, in words; of one item only the last accepted is in force."""
    if correction.reviewed_at is None:
        return "chờ duyệt"
    return "đã chấp nhận" if correction.accepted else "không chấp nhận"


def points_words(points: float | None) -> str:
    """Points as people read them; None waits for a person."""
    return "chờ người xem" if points is None else f"{vietnamese(points, digits=2)} điểm"
