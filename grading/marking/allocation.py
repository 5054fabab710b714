"""Who marks which script: evenly, by nobody in conflict of interest, the same for the same seed."""

from __future__ import annotations

import hashlib
from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

T = TypeVar("T")


class Key(NamedTuple):
    """One script: its essay item, and its anonymous code."""

    item: str
    code: str


@dataclass(frozen=True)
class Slot:
    """A script that wants ``needs`` markers, none of whom may be one of ``barred``."""

    key: Key
    needs: int
    barred: frozenset[str] = frozenset()


@dataclass
class Allotted:
    """Markers by script, in the order of their rounds; scripts for which too few may mark."""

    markers: dict[Key, tuple[str, ...]] = field(default_factory=dict)
    unplaced: list[Key] = field(default_factory=list)


def allot(slots: Iterable[Slot], loads: Mapping[str, int], seed: str) -> Allotted:
    """Give every script its markers.

    No load can be lowered any more by passing scripts on along a chain of markers, so the loads
    are as even as conflicts allow: within one of each other where there are none. First and
    second places are shared out evenly too.

    Args:
        slots: scripts that want markers.
        loads: every marker at work, with the number of scripts held already.
        seed: decides among equals.
    """
    found, room = Allotted(), _Room(dict(loads), seed)
    for slot in sorted(slots, key=room.order):
        if len(room.eligible(slot)) < slot.needs:
            found.unplaced.append(slot.key)
        else:
            room.place(slot)
    room.even_out()
    found.markers = {key: room.in_order(key) for key in room.held}
    return found


def shuffled(things: Iterable[T], seed: str) -> list[T]:
    """The same things in an order that only the seed tells, whatever order they came in."""
    return sorted(things, key=lambda thing: _draw(seed, thing))


def interleave(scripts: Sequence[T], seeds: Sequence[T], every: int, seed: str) -> list[T]:
    """A queue of scripts in which one of every ``every`` is a seed, at a place no one can tell.

    A last block that is not full has no seed; ``every`` 0 means none at all.
    """
    queue, size, left = list[T](), every - 1, deque(seeds)
    for start in range(0, len(scripts), size) if every > 1 else ():
        block = list(scripts[start : start + size])
        if left and len(block) == size:
            block.insert(_draw(seed, start) % every, left.popleft())
        queue += block
    return queue or list(scripts)


def _draw(seed: str, thing: object) -> int:
    return int.from_bytes(hashlib.sha256(f"{seed}/{thing}".encode()).digest()[:8])


class _Room:
    """Markers at work while scripts are given out."""

    def __init__(self, loads: dict[str, int], seed: str) -> None:
        self._loads, self._seed = loads, seed
        self._on_item: defaultdict[tuple[str, str], int] = defaultdict(int)
        self._firsts: defaultdict[str, int] = defaultdict(int)
        self._slots: dict[Key, Slot] = {}
        self.held: dict[Key, set[str]] = {}

    def order(self, slot: Slot) -> tuple[str, int, int]:
        """Item after item; whom few may mark first, then as the seed says."""
        return slot.key.item, len(self.eligible(slot)), _draw(self._seed, slot.key)

    def eligible(self, slot: Slot) -> list[str]:
        return [marker for marker in self._loads if marker not in slot.barred]

    def place(self, slot: Slot) -> None:
        item = slot.key.item

        def burden(marker: str) -> tuple[int, int, int]:
            draw = _draw(self._seed, (*slot.key, marker))
            return self._on_item[item, marker], self._loads[marker], draw

        chosen = sorted(self.eligible(slot), key=burden)[: slot.needs]
        self._slots[slot.key], self.held[slot.key] = slot, set(chosen)
        for marker in chosen:
            self._on_item[item, marker] += 1
            self._loads[marker] += 1

    def even_out(self) -> None:
        """Pass scripts on along chains until no chain leads to a marker with two fewer."""
        while chain := self._chain():
            for key, giver, taker in chain:
                self.held[key] = self.held[key] - {giver} | {taker}
                self._loads[giver] -= 1
                self._loads[taker] += 1

    def _chain(self) -> list[tuple[Key, str, str]]:
        """Moves from a marker to one who holds at least two scripts fewer, or none."""
        moves = self._moves()
        for start in sorted(self._loads, key=lambda one: (-self._loads[one], one)):
            reached, queue = {start: list[tuple[Key, str, str]]()}, deque([start])
            while queue:
                giver = queue.popleft()
                if self._loads[giver] <= self._loads[start] - 2:
                    return reached[giver]
                for taker in sorted(moves[giver].keys() - reached.keys()):
                    reached[taker] = [*reached[giver], (moves[giver][taker], giver, taker)]
                    queue.append(taker)
        return []

    def _moves(self) -> dict[str, dict[str, Key]]:
        """By giver and taker, one script that the first could pass on to the second."""
        moves: dict[str, dict[str, Key]] = {marker: {} for marker in self._loads}
        for key in sorted(self.held):
            takers = set(self.eligible(self._slots[key])) - self.held[key]
            for giver in self.held[key]:
                for taker in takers:
                    moves[giver].setdefault(taker, key)
        return moves

    def in_order(self, key: Key) -> tuple[str, ...]:
        """First whoever has been first less often."""

        def burden(marker: str) -> tuple[int, int]:
            return self._firsts[marker], _draw(self._seed, ("first", *key, marker))

        order = sorted(self.held[key], key=burden)
        self._firsts[order[0]] += 1
        return tuple(order)
