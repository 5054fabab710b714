"""Leading an item through its life: asked for by one, signed by another, each step on record.

The records come first; the item's file then follows them, and is where drawing reads the status.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, cast

from assessments.bank.bank import read_bank
from assessments.bank.item import Change
from assessments.bank.life import AWAY, FORWARD, require_step, write_step
from centre.accounts.permissions import PERMISSIONS, ROLE_NAMES, Role
from centre.accounts.users import the_user
from centre.items.known import known_items
from centre.items.models import ItemStep
from centre.ledger.acts import act, door
from courses.foundation.dates import VIETNAM
from courses.foundation.errors import ContentError, DeniedError

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from assessments.bank.item import Item, Status
    from centre.accounts.actors import Actor
    from centre.accounts.models import User

GROUND = 300  # characters


@door("item.ask")
def ask_step(
    actor: Actor, bank: Path, item_id: str, after: Status, ground: str, *, now: datetime
) -> ItemStep:
    """Ask that an item be tried out or used; another person must sign it.

    Raises:
        ContentError: when the bank has no such item, it cannot take this step, or no ground is
            given.
    """
    item, digest = _item(bank, item_id)
    known = known_items().get(item_id)
    require_step(item, after, known, FORWARD)
    told = {"item": item_id, "version": item.version, "after": after, "digest": digest}
    open_ = ItemStep.objects.filter(**told, signed_by=None, asked_by=the_user(actor.id)).first()
    if open_ is not None:
        return open_
    step = _step(actor, item, after, ground, digest, now)
    with act(actor, "item.asked", item_id, now) as done:
        done.insert(step)
        done.tell(answers=known.of_version(item.version).answers if known else 0)
    return step


@door("item.sign")
def sign_step(actor: Actor, bank: Path, item_id: str, *, now: datetime) -> ItemStep:
    """Sign the last step asked for of an item; ``follow`` then writes its file.

    Signed already and the file not yet written, and it is found as it was signed.

    Raises:
        ContentError: when nothing waits, or the item's file is another than when it was asked.
        DeniedError: for whoever asked for it or wrote this version.
    """
    item, digest = _item(bank, item_id)
    step = ItemStep.objects.filter(item=item_id).order_by("pk").last()
    if step is None or (step.signed_by_id is not None and step.digest != digest):
        raise ContentError(f"không có đề nghị nào về câu {item_id} chờ ký")
    if step.digest != digest:
        raise ContentError(f"tệp của câu {item_id} đã đổi sau khi đề nghị; đề nghị lại rồi hãy ký")
    if step.signed_by_id is not None:
        return step
    _require_another(actor, step, item)
    with act(actor, "item.moved", item_id, now) as done:
        done.change(step, signed_by=the_user(actor.id), signed_at=now)
    return step


def _require_another(actor: Actor, step: ItemStep, item: Item) -> None:
    wrote = {change.by for change in item.changes if change.version == item.version}
    if step.asked_by.username == actor.id or actor.id in wrote:
        raise DeniedError(f"{actor.id} là người soạn hoặc người đề nghị; phải người khác ký")


@door("item.withdraw")
def withdraw_step(
    actor: Actor, bank: Path, item_id: str, after: Status, ground: str, *, now: datetime
) -> ItemStep:
    """Take an item out of use, for a time or for good; ``follow`` then writes its file.

    Raises:
        ContentError: as ``ask_step``.
    """
    item, digest = _item(bank, item_id)
    last = ItemStep.objects.filter(item=item_id).order_by("pk").last()
    if last and (last.after, last.digest) == (after, digest) and last.signed_by_id:
        return last  # on record, and the file was not yet written
    require_step(item, after, None, AWAY)
    step = _step(actor, item, after, ground, digest, now)
    step.signed_by, step.signed_at = step.asked_by, now
    with act(actor, "item.moved", item_id, now) as done:
        done.insert(step)
    return step


def follow(bank: Path, step: ItemStep) -> None:
    """Write into the item's file what the records say.

    Not a door: it changes nothing of the centre. Called after the step is committed.
    """
    path = _path(bank, step.item)
    if step.signed_by is None or _digest(path) != step.digest:
        return
    after = cast("Status", step.after)
    day = (step.signed_at or step.asked_at).astimezone(VIETNAM).date()
    signer, alone = step.signed_by, step.signed_by_id == step.asked_by_id
    role = "" if alone else _role(signer)
    change = Change(version=step.version, day=day, by=signer.username, what=step.ground)
    write_step(path, after, change, role)


def waiting_steps() -> list[ItemStep]:
    """The last step of each item where it waits for a signature."""
    last: dict[str, ItemStep] = {}
    for step in ItemStep.objects.select_related("asked_by").order_by("pk"):
        last[step.item] = step
    return [step for _, step in sorted(last.items()) if step.signed_by_id is None]


def _role(user: User) -> str:
    may = user.grants.filter(withdrawn_at=None, role__in=PERMISSIONS["item.sign"])
    return ", ".join(ROLE_NAMES[Role(grant.role)] for grant in may.order_by("role"))


def _step(
    actor: Actor, item: Item, after: Status, ground: str, digest: str, now: datetime
) -> ItemStep:
    if not ground.strip() or len(ground) > GROUND:
        raise ContentError(f"phải ghi lý do, không quá {GROUND} ký tự")
    return ItemStep(
        item=item.id,
        version=item.version,
        before=item.status,
        after=after,
        ground=ground.strip(),
        digest=digest,
        asked_by=the_user(actor.id),
        asked_at=now,
    )


def _item(bank: Path, item_id: str) -> tuple[Item, str]:
    found = read_bank(bank / "items", bank / "rubrics").items.get(item_id)
    if found is None:
        raise ContentError(f"ngân hàng không có câu {item_id}", path=bank)
    return found, _digest(_path(bank, item_id))


def _path(bank: Path, item_id: str) -> Path:
    folder = item_id.partition("-")[0].lower()
    return bank / "items" / folder / f"{item_id.lower()}.md"


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
