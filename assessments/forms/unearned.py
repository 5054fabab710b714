"""What a whole form pays without the knowledge: to guessing, and to memory of earlier forms."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

from assessments.bank.unearned import DRAWS

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from assessments.bank.item import Item
    from assessments.bank.unearned import Unearned
    from assessments.forms.form import FormItem

    Counted = Sequence[Item] | Sequence[FormItem]  # the items of one form that count

SURE = 0.5  # standard errors of the gain, as far as the bank has items to leave room for


def guessed(items: Counted, unearned: Unearned) -> dict[str, float]:
    """The share of the points that each player expects who knows nothing."""
    shares = [(float(item.points), unearned.guessed(item.id)) for item in items]
    players = dict.fromkeys(name for _, found in shares for name in found)
    whole = sum(points for points, _ in shares)
    return {
        name: sum(points * found.get(name, 0.0) for points, found in shares) / whole
        for name in players
    }


def recalled(items: Counted, met: Collection[str], unearned: Unearned) -> float:
    """The share of the points that who remembers the items in ``met`` gains beyond guessing."""
    whole = sum(float(item.points) for item in items)
    gains = (float(i.points) * unearned.recalled(i.id) for i in items if i.id in met)
    return sum(gains) / whole if whole else 0.0


def recalled_at_most(items: Counted, met: Collection[str], unearned: Unearned) -> float:
    """What who remembers may gain of a form, whichever DRAWS variants of its items it holds.

    The mean over all variants, and room for those that a form happens to hold.
    """
    whole = sum(float(item.points) for item in items)
    spread = sum((float(i.points) * unearned.wavering(i.id)) ** 2 for i in items if i.id in met)
    room = SURE * sqrt(spread / DRAWS) / whole if whole else 0.0
    return recalled(items, met, unearned) + room
