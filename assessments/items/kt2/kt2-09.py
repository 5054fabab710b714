"""Variants of KT2-09: a habit dropped and two opinions asked for at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese
from courses.models.process_cards import Card, redesign

if TYPE_CHECKING:
    import random

_CLEAR = 20  # minutes between the two branches, so that the longer one is never in doubt


def variant(rng: random.Random) -> dict[str, str]:
    """Draw minutes of five steps; the answer is the lead time after the redesign."""
    while True:
        cards = (
            Card("nhận", "Quầy", rng.randint(6, 15), rng.randrange(10, 50, 5), "luật định"),
            Card("sổ", "Văn thư", rng.randint(3, 9), rng.randrange(50, 150, 5), "thói quen"),
            Card("A", "A", rng.randint(10, 35), rng.randrange(120, 420, 10), "luật định"),
            Card("B", "B", rng.randint(10, 35), rng.randrange(120, 420, 10), "luật định"),
            Card("ký", "Lãnh đạo", rng.randint(10, 30), rng.randrange(60, 240, 10), "luật định"),
        )
        long, short = sorted((c.wait + c.touch for c in cards[2:4]), reverse=True)
        if long - short >= _CLEAR:
            break
    lead = sum(card.wait + card.touch for card in cards)
    habit = cards[1].wait + cards[1].touch
    after = redesign(cards, {"sổ": "bỏ", "B": "làm song song với bước trước"}).today
    return {
        **{f"w{step}": str(card.wait) for step, card in enumerate(cards, start=1)},
        **{f"t{step}": str(card.touch) for step, card in enumerate(cards, start=1)},
        "lead": vietnamese(lead, 0),
        "habit": str(habit),
        "short": str(short),
        "answer": str(after.lead),
        "touch_only": vietnamese(lead - cards[1].touch - short, 0),
        "long_gone": vietnamese(lead - habit - long, 0),
        "habit_only": vietnamese(lead - habit, 0),
    }
