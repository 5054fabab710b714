"""What the lead of the markers decides: who may go on, what was handed up, what is marked anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from centre.accounts.permissions import Role
from centre.accounts.users import actor_of, the_user
from centre.ledger.acts import act, door
from centre.marks.agreed import ANEW, THIRD, standing_of_all
from centre.marks.conflicts import barred_markers
from centre.marks.models import Allocation, Aside, Clearance, Mark
from centre.marks.panel import require_ground, take_back
from centre.marks.queues import Queues, Wanted
from centre.marks.trials import misses, standings
from courses.foundation.errors import SittingError

if TYPE_CHECKING:
    from datetime import datetime

    from centre.accounts.actors import Actor
    from centre.marks.panel import Moved
    from centre.sittings.sitting import Sitting


@door("marker.clear")
def clear_marker(
    actor: Actor, sitting: Sitting, marker: str, item: str, ground: str, *, now: datetime
) -> None:
    """Let a stopped marker go on with an item; misses so far count no more, later ones do.

    Raises:
        SittingError: without a ground, or when the marker is not stopped there or is the actor.
    """
    require_ground(ground)
    if marker == actor.id:
        raise SittingError("không ai tự cho phép mình chấm tiếp")
    if standings(sitting, marker).get(item) != "stopped":
        raise SittingError(f"{marker} không bị dừng ở câu {item}")
    clearance = Clearance(
        sitting=sitting.record,
        item=item,
        marker=marker,
        misses=len(misses(sitting, marker)[item]),
        ground=ground.strip(),
        cleared_at=now,
    )
    with act(actor, "marker.cleared", f"{sitting.code}/{marker}", now) as done:
        done.insert(clearance)


@door("script.settle")
def settle(
    actor: Actor, sitting: Sitting, aside: Aside, note: str, *, move: bool, now: datetime
) -> Moved | None:
    """Give a script that was handed up back to its marker with a note, or move it to another.

    Raises:
        SittingError: without a note, when it is settled already, or is marked and to be moved.
    """
    require_ground(note)
    if not aside.handed or aside.settled_at is not None:
        raise SittingError("bài này không chờ trưởng ban chấm")
    row = aside.allocation
    given = Mark.objects.filter(enrolment=row.enrolment_id, item=row.item, round=row.round)
    if move and row.enrolment_id is not None and given.exists():
        raise SittingError(f"bài {row.code} đã chấm; muốn chấm lại thì phân công lượt mới")
    with act(actor, "script.settled", f"{sitting.code}/{row.marker}", now) as done:
        done.change(aside, settled_at=now, note=note.strip())
    return take_back(actor, sitting, [row], note, now=now) if move else None


def handed_up(sitting: Sitting) -> list[Aside]:
    """What markers have handed to the lead and is not settled, oldest first."""
    found = Aside.objects.filter(
        allocation__sitting=sitting.record,
        allocation__withdrawn_at=None,
        handed=True,
        settled_at=None,
    )
    return list(found.select_related("allocation__enrolment").order_by("put_at", "pk"))


def the_aside(sitting: Sitting, number: int) -> Aside:
    """A script that waits for the lead at a sitting; SittingError when it does not."""
    for one in handed_up(sitting):
        if one.pk == number:
            return one
    raise SittingError("bài này không chờ trưởng ban chấm")


@door("script.order")
def order_anew(
    actor: Actor,
    sitting: Sitting,
    item: str,
    code: str,
    marker: str,
    ground: str,
    *,
    now: datetime,
) -> int:
    """Have a script marked by somebody who has not marked it; what was said before stays.

    A disputed script gets its third marker so. A script that is marked gets a round of its own,
    on a ground such as an appeal: the mark given then stands in the place of the earlier ones,
    beside which it is kept.

    Returns:
        The round.

    Raises:
        SittingError: without a ground, when the script is not marked by two yet or waits for a
            round already, or the marker has had it or is in conflict.
    """
    require_ground(ground)
    rows = list(Allocation.objects.filter(sitting=sitting.record, item=item, code=code, seed=None))
    if not rows:
        raise SittingError(f"không có mã bài {code} ở câu {item}")
    script = rows[0]
    _require_able(sitting, script, marker)
    number = _round(sitting, script)
    assert script.enrolment_id is not None  # noqa: S101 - no seed
    wanted = Wanted(script.enrolment_id, item, code, script.text, number)
    with act(actor, "script.ordered", f"{sitting.code}/{marker}", now) as done:
        Queues(sitting, ground.strip(), now).add(done, marker, [wanted])
        done.tell(ground=ground.strip(), round=number)
    return number


def _require_able(sitting: Sitting, script: Allocation, marker: str) -> None:
    assert script.enrolment_id is not None  # noqa: S101 - no seed
    if not actor_of(the_user(marker)).roles & {Role.MARKER, Role.LEAD}:
        raise SittingError(f"{marker} không giữ vai trò giám khảo hoặc trưởng ban chấm")
    same = {"enrolment": script.enrolment_id, "item": script.item, "marker": marker}
    active = Allocation.objects.filter(withdrawn_at=None, **same)
    if Mark.objects.filter(**same).exists() or active.exists():
        raise SittingError(f"{marker} đã chấm hoặc đang giữ bài {script.code}")
    if marker in barred_markers(sitting)[script.enrolment_id]:
        raise SittingError(f"{marker} có xung đột lợi ích với bài {script.code}")


def _round(sitting: Sitting, script: Allocation) -> int:
    assert script.enrolment is not None  # noqa: S101 - no seed
    stand = standing_of_all(sitting).get((script.enrolment.candidate, script.item))
    if stand is None or stand.state == "open":
        raise SittingError(f"bài {script.code} chưa có đủ hai lượt chấm")
    active = Allocation.objects.filter(
        enrolment=script.enrolment_id, item=script.item, withdrawn_at=None
    )
    marks = Mark.objects.filter(enrolment=script.enrolment_id, item=script.item)
    given = set(marks.values_list("round", flat=True))
    if waiting := set(active.values_list("round", flat=True)) - given:
        raise SittingError(f"bài {script.code} đang chờ lượt chấm {max(waiting)}")
    return THIRD if stand.state == "disputed" else max(ANEW, max(given) + 1)
