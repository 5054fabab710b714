"""A sitting under way: time added, rooms paused, incidents noted; each with who and why."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from centre.ledger.acts import act, door
from centre.sittings.models import Accommodation, Incident, Pause
from centre.sittings.take import under_way
from courses.foundation.errors import SittingError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from centre.accounts.actors import Actor
    from centre.ledger.acts import Act
    from centre.people.models import Enrolment
    from centre.sittings.models import Delivery
    from centre.sittings.sitting import Sitting

ROOM_NAME = 32  # characters
LONGEST = 240  # minutes that may be added for one candidate in all: as long as the longest paper


@door("time.extend")
def accommodate(
    actor: Actor, sitting: Sitting, candidate: str, minutes: int, ground: str, *, now: datetime
) -> int:
    """Add time to every paper of a candidate whose time has not ended, started or not.

    Minutes add up with those given before.

    Returns:
        All the minutes the candidate has now.

    Raises:
        SittingError: for nobody at this sitting, without a ground, when minutes are not
            positive or come to more than ``LONGEST`` in all, or when every paper has ended.
    """
    if minutes <= 0:
        raise SittingError("số phút thêm phải lớn hơn 0")
    if not ground.strip():
        raise SittingError("phải ghi căn cứ cho thêm giờ")
    enrolment = sitting.enrolment(candidate)
    given = sum(enrolment.accommodations.values_list("minutes", flat=True))
    if given + minutes > LONGEST:
        raise SittingError(f"đã cho {given} phút; tổng số phút thêm không quá {LONGEST}")
    if now >= sitting.record.closes and not _under_way([enrolment]):
        raise SittingError(f"kỳ thi đã đóng và {candidate} không còn bài nào đang làm")
    row = Accommodation(enrolment=enrolment, minutes=minutes, ground=ground.strip(), given_at=now)
    with act(actor, "time.extended", f"{sitting.code}/{candidate}", now) as done:
        done.insert(row)
        _move(done, _under_way([enrolment]), timedelta(minutes=minutes))
    return given + minutes


@door("room.assign")
def assign_room(
    actor: Actor, sitting: Sitting, room: str, candidates: Sequence[str], *, now: datetime
) -> int:
    """Seat candidates in a room; return how many sat elsewhere or nowhere before.

    Raises:
        SittingError: for nobody at this sitting, a name too long, or while a clock stands still.
    """
    if len(room) > ROOM_NAME:
        raise SittingError(f"tên phòng dài quá {ROOM_NAME} ký tự")
    if Pause.objects.filter(sitting=sitting.record, resumed_at=None).exists():
        raise SittingError("đang có phòng tạm dừng; cho tiếp tục rồi mới xếp phòng")
    seated = [sitting.enrolment(candidate) for candidate in candidates]
    with act(actor, "room.assigned", _subject(sitting, room), now) as done:
        return sum(done.change(one, room=room) for one in seated)


@door("room.pause")
def pause(actor: Actor, sitting: Sitting, room: str, ground: str, *, now: datetime) -> Pause:
    """Stop the clock of a room; with an empty name, of the whole sitting.

    Raises:
        SittingError: without a ground, when there is no such room, or it is paused already.
    """
    if not ground.strip():
        raise SittingError("phải ghi lý do tạm dừng")
    _require_room(sitting, room)
    standing = Pause.objects.filter(sitting=sitting.record, resumed_at=None)
    if room:  # what stands still with the whole sitting would be credited twice
        standing = standing.filter(room__in=("", room))
    if (one := standing.first()) is not None:
        raise SittingError(f"{_called(one.room)} đang tạm dừng rồi")
    row = Pause(sitting=sitting.record, room=room, ground=ground.strip(), paused_at=now)
    with act(actor, "room.paused", _subject(sitting, room), now) as done:
        done.insert(row)
    return row


@door("room.resume")
def resume(actor: Actor, sitting: Sitting, room: str, *, now: datetime) -> int:
    """Let the clock run again: every paper under way is due later by as long as it stood.

    Returns:
        How many papers.

    Raises:
        SittingError: when the room is not paused.
    """
    row = _open_pause(sitting, room)
    if row is None:
        raise SittingError(f"{_called(room)} không tạm dừng")
    concerned = [one for one in sitting.enrolments() if room in ("", one.room)]
    with act(actor, "room.resumed", _subject(sitting, room), now) as done:
        done.change(row, resumed_at=now)
        papers = _under_way(concerned)
        _move(done, papers, now - row.paused_at)
    return len(papers)


@door("incident.enter")
def note_incident(
    actor: Actor,
    sitting: Sitting,
    text: str,
    *,
    now: datetime,
    room: str = "",
    candidate: str = "",
) -> Incident:
    """Note what happened in a room or to a candidate; SittingError when nothing is said."""
    if not text.strip():
        raise SittingError("phải ghi nội dung sự cố")
    _require_room(sitting, room)
    enrolment = sitting.enrolment(candidate) if candidate else None
    row = Incident(
        sitting=sitting.record, room=room, enrolment=enrolment, text=text.strip(), noted_at=now
    )
    with act(actor, "incident.noted", _subject(sitting, candidate or room), now) as done:
        done.insert(row)
    return row


def _under_way(enrolments: Iterable[Enrolment]) -> list[Delivery]:
    return list(under_way().filter(enrolment__in=list(enrolments)))


def _move(done: Act, papers: Iterable[Delivery], by: timedelta) -> None:
    for delivery in papers:
        done.change(delivery, due_at=delivery.due_at + by)


def _open_pause(sitting: Sitting, room: str) -> Pause | None:
    return Pause.objects.filter(sitting=sitting.record, room=room, resumed_at=None).first()


def _require_room(sitting: Sitting, room: str) -> None:
    if room and not sitting.record.enrolments.filter(room=room).exists():
        rooms = sorted(set(sitting.record.enrolments.values_list("room", flat=True)) - {""})
        known = ", ".join(rooms) or "chưa chia phòng"
        raise SittingError(f"kỳ này không có phòng {room}; có: {known}")


def _called(room: str) -> str:
    return f"phòng {room}" if room else "cả kỳ thi"


def _subject(sitting: Sitting, what: str) -> str:
    return f"{sitting.code}/{what}" if what else sitting.code
