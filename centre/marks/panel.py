"""The markers of a sitting: who joins, who gets which scripts, who leaves, who stands back."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from centre.accounts.permissions import Role
from centre.accounts.users import actor_of, the_user
from centre.ledger.acts import act, door
from centre.marks.agreed import PAIR, THIRD
from centre.marks.conflicts import barred_markers
from centre.marks.models import Allocation, Conflict, Mark, Panellist
from centre.marks.queues import Queues, Wanted
from centre.marks.scripts import digest_of_text, scripts
from centre.people.models import Agency
from courses.foundation.errors import SittingError
from grading.marking.allocation import Key, Slot, allot, shuffled

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from centre.accounts.actors import Actor
    from centre.people.models import Person
    from centre.sittings.sitting import Sitting


@dataclass
class Moved:
    """What allocating came to: scripts given out, and those for which there is nobody."""

    given: int = 0
    unplaced: list[Key] = field(default_factory=list)


@door("marking.allocate")
def allocate(
    actor: Actor, sitting: Sitting, markers: Iterable[str] = (), *, now: datetime
) -> Moved:
    """Bring in markers, and give every script that lacks markers the two it needs.

    What has been given out stays as it is: again, and only new scripts are given out. Without
    names those the sitting's settings name come in, unless some are at work already.

    Raises:
        SittingError: when somebody named is no marker, is the adjudicator or has left.
    """
    _bring_in(actor, sitting, list(markers), now)
    numbers = dict(sitting.record.enrolments.values_list("candidate", "pk"))
    held = _held(sitting)
    waiting = [
        Wanted(pk, script.item.id, script.code, digest_of_text(script.text), number)
        for script in scripts(sitting)
        for pk in [numbers[script.candidate]]
        for number in PAIR
        if number not in held[pk, script.item.id]
    ]
    return _give(actor, sitting, waiting, "", now)


def _bring_in(actor: Actor, sitting: Sitting, names: Sequence[str], now: datetime) -> None:
    known = {one.marker: one for one in sitting.record.panel.all()}
    for name in names or (() if known else sitting.settings.marking.markers):
        _require_marker(sitting, name)
        if name in known:
            if known[name].left_at is not None:
                raise SittingError(f"{name} đã thôi chấm ở kỳ này")
            continue
        with act(actor, "marker.joined", f"{sitting.code}/{name}", now) as done:
            done.insert(Panellist(sitting=sitting.record, marker=name, joined_at=now))


def _require_marker(sitting: Sitting, name: str) -> None:
    if Role.MARKER not in actor_of(the_user(name)).roles:
        raise SittingError(f"{name} không giữ vai trò giám khảo")
    if name == sitting.settings.marking.adjudicator:
        raise SittingError(f"{name} là giám khảo thứ ba của kỳ này, không chấm lượt một và hai")


def at_work(sitting: Sitting) -> list[str]:
    """The markers who have not left, by name."""
    found = sitting.record.panel.filter(left_at=None)
    return sorted(found.values_list("marker", flat=True))


def _held(sitting: Sitting) -> defaultdict[tuple[int, str], dict[int, str]]:
    """By enrolment and item who has the script, or has marked it, in which round."""
    found: defaultdict[tuple[int, str], dict[int, str]] = defaultdict(dict)
    marks = Mark.objects.filter(enrolment__sitting=sitting.record)
    active = Allocation.objects.filter(sitting=sitting.record, withdrawn_at=None, seed=None)
    for rows in (marks, active):
        for enrolment, item, number, marker in rows.values_list(
            "enrolment_id", "item", "round", "marker"
        ):
            found[enrolment, item][number] = marker
    return found


def _give(
    actor: Actor, sitting: Sitting, waiting: Sequence[Wanted], ground: str, now: datetime
) -> Moved:
    """Give scripts to the markers at work, evenly; name those for which there are too few."""
    rounds: defaultdict[Key, list[Wanted]] = defaultdict(list)
    for one in waiting:
        rounds[Key(one.item, one.code)].append(one)
    queues = Queues(sitting, ground, now)
    barred, met = barred_markers(sitting), _met(sitting)
    slots = [
        Slot(key, len(wanted), barred[one.enrolment] | met[one.enrolment, one.item])
        for key, wanted in rounds.items()
        for one in wanted[:1]
    ]
    found = allot(slots, _loads(sitting), queues.seed)
    by_marker: defaultdict[str, list[Wanted]] = defaultdict(list)
    for key, markers in found.markers.items():
        for one, marker in zip(rounds[key], markers, strict=True):
            by_marker[marker].append(one)
    for marker, given in sorted(by_marker.items()):
        with act(actor, "scripts.allocated", f"{sitting.code}/{marker}", now) as done:
            queues.add(done, marker, given)
    return Moved(sum(map(len, by_marker.values())), found.unplaced)


def _met(sitting: Sitting) -> defaultdict[tuple[int, str], frozenset[str]]:
    """By enrolment and item who has had the script, even if it was taken back."""
    found: defaultdict[tuple[int, str], frozenset[str]] = defaultdict(frozenset)
    rows = Allocation.objects.filter(sitting=sitting.record, seed=None)
    for enrolment, item, marker in rows.values_list("enrolment_id", "item", "marker"):
        if enrolment is not None:
            found[enrolment, item] |= {marker}
    return found


def _loads(sitting: Sitting) -> dict[str, int]:
    """How many scripts each marker at work holds, marked or not."""
    held = Allocation.objects.filter(
        sitting=sitting.record, withdrawn_at=None, seed=None, round__in=PAIR
    )
    counts = Counter(held.values_list("marker", flat=True))
    return {marker: counts[marker] for marker in at_work(sitting)}


@door("marker.withdraw")
def withdraw_marker(
    actor: Actor, sitting: Sitting, marker: str, ground: str, *, now: datetime
) -> Moved:
    """Let a marker leave: what they have marked stays, the rest goes to those who stay.

    Raises:
        SittingError: without a ground, or when they are not at work here.
    """
    require_ground(ground)
    row = sitting.record.panel.filter(marker=marker, left_at=None).first()
    if row is None:
        raise SittingError(f"{marker} không đang chấm ở kỳ này")
    with act(actor, "marker.left", f"{sitting.code}/{marker}", now) as done:
        done.change(row, left_at=now, ground=ground.strip())
    return take_back(actor, sitting, _unmarked(sitting, marker), ground, now=now)


def require_ground(ground: str) -> None:
    """Refuse an act without its ground."""
    if not ground.strip():
        raise SittingError("phải ghi lý do")


def _unmarked(sitting: Sitting, marker: str) -> list[Allocation]:
    """What is still in a marker's queue; seeds too."""
    active = Allocation.objects.filter(sitting=sitting.record, marker=marker, withdrawn_at=None)
    marks = Mark.objects.filter(enrolment__sitting=sitting.record, marker=marker)
    marked = set(marks.values_list("enrolment_id", "item", "round"))
    return [
        one
        for one in active.filter(seed_marks=None).order_by("item", "position")
        if (one.enrolment_id, one.item, one.round) not in marked
    ]


def take_back(
    actor: Actor, sitting: Sitting, rows: Iterable[Allocation], ground: str, *, now: datetime
) -> Moved:
    """Withdraw scripts from queues and give them to others; seeds and marking anew end there."""
    waiting, thirds, moved = [], [], Moved()
    for row in rows:
        with act(actor, "script.withdrawn", f"{sitting.code}/{row.marker}", now) as done:
            done.change(row, withdrawn_at=now)
        if row.enrolment_id is None:
            continue
        if row.round in PAIR:
            waiting.append(Wanted(row.enrolment_id, row.item, row.code, row.text, row.round))
        elif row.round == THIRD:
            thirds.append(row)
        else:
            moved.unplaced.append(Key(row.item, row.code))
    again = _give(actor, sitting, waiting, ground.strip(), now)
    called = [call_third(actor, sitting, row, now=now) for row in thirds]
    moved.given = again.given + sum(called)
    moved.unplaced += again.unplaced
    moved.unplaced += [Key(r.item, r.code) for r, by in zip(thirds, called, strict=True) if not by]
    return moved


def call_third(actor: Actor, sitting: Sitting, script: Allocation, *, now: datetime) -> bool:
    """Give a disputed script to the third marker; False when there is nobody who may.

    The adjudicator, or where that is a conflict of interest whoever of the others at work holds
    fewest scripts. Nobody marks one script twice.
    """
    assert script.enrolment_id is not None  # noqa: S101 - seeds are never disputed
    held = _held(sitting)[script.enrolment_id, script.item]
    if THIRD in held:
        return True
    met = _met(sitting)[script.enrolment_id, script.item]
    barred = barred_markers(sitting)[script.enrolment_id] | met | set(held.values())
    loads = _loads(sitting)
    queues = Queues(sitting, "hai giám khảo lệch quá mức cho phép", now)
    others = sorted(shuffled(loads, f"{queues.seed}/{script.code}"), key=lambda one: loads[one])
    able = [m for m in (sitting.settings.marking.adjudicator, *others) if m not in barred]
    if not able:
        return False
    wanted = Wanted(script.enrolment_id, script.item, script.code, script.text, THIRD)
    with act(actor, "scripts.allocated", f"{sitting.code}/{able[0]}", now) as done:
        queues.add(done, able[0], [wanted])
    return True


def _whose(_sitting: Sitting, marker: str, *_rest: object, **_options: object) -> str:
    return marker


@door("conflict.declare", _whose)
def declare_conflict(
    actor: Actor, sitting: Sitting, marker: str, of: Agency | Person, ground: str, *, now: datetime
) -> Moved:
    """Keep that a marker is in conflict with an agency (their own too) or with a person.

    It holds at every sitting of the centre from now on. What the marker has still to mark of
    them here goes to others; what is marked stays, and the lead's overview names it.

    Raises:
        SittingError: without a ground.
    """
    require_ground(ground)
    with act(actor, "conflict.declared", f"{sitting.code}/{marker}", now) as done:
        done.insert(
            Conflict(
                marker=the_user(marker).username,
                agency=of if isinstance(of, Agency) else None,
                person=None if isinstance(of, Agency) else of,
                ground=ground.strip(),
                declared_at=now,
            )
        )
    return _part(actor, sitting, marker, ground, now)


@door("script.recuse", _whose)
def recuse(
    actor: Actor, sitting: Sitting, marker: str, item: str, code: str, ground: str, *, now: datetime
) -> Moved:
    """Let a marker say of a script that they know whose it is; it goes to somebody else.

    Raises:
        SittingError: without a ground, or when the script is not in their queue.
    """
    require_ground(ground)
    row = allocated(sitting, marker, item, code)
    if row.enrolment is None:
        return take_back(actor, sitting, [row], ground, now=now)
    with act(actor, "conflict.declared", f"{sitting.code}/{marker}", now) as done:
        done.insert(
            Conflict(
                marker=marker,
                person_id=row.enrolment.person_id,
                ground=ground.strip(),
                declared_at=now,
            )
        )
    return _part(actor, sitting, marker, ground, now)


def _part(actor: Actor, sitting: Sitting, marker: str, ground: str, now: datetime) -> Moved:
    """Take from a marker's queue whatever they may not mark any more."""
    barred = barred_markers(sitting)
    rows = [
        one
        for one in _unmarked(sitting, marker)
        if one.enrolment_id is not None and marker in barred[one.enrolment_id]
    ]
    return take_back(actor, sitting, rows, ground, now=now)


def allocated(sitting: Sitting, marker: str, item: str, code: str) -> Allocation:
    """The script of that item and code in a marker's queue; SittingError when it is not there."""
    found = Allocation.objects.filter(
        sitting=sitting.record, marker=marker, item=item, code=code, withdrawn_at=None
    ).select_related("enrolment", "seed__content")
    if (row := found.first()) is None:
        raise SittingError(f"không có mã bài {code} ở câu {item}")
    return row
