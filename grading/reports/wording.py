"""Figures in Vietnamese: decimal commas, the number of people beside every percentage."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from courses.foundation.dates import day_in_words
from grading.reports.disclosure import MINIMUM, half_up

if TYPE_CHECKING:
    from datetime import date

    from grading.reports.figures import Rate

_NO_BREAK = "\N{NO-BREAK SPACE}"
_APART = re.compile(
    r"(?<=\d) (?=%)|(?<=\bn) (?=[=≥<])|(?<=[=≥<±]) (?=[\d…])|(?<=\bĐiều) (?=\d)|(?<=\bmục) (?=\d)"
)


def decimal(value: float, digits: int = 1) -> str:
    """A number with a decimal comma, rounded half up."""
    return str(half_up(value, digits)).replace(".", ",")


def percent(share: float) -> str:
    """A share of 0 to 1 as "63,2 %"."""
    return f"{decimal(float(half_up(share, 3) * 100))}{_NO_BREAK}%"


def unbroken(text: str) -> str:
    """Text in which no line breaks between a number and its per cent sign, or inside "n = 5"."""
    return _APART.sub(_NO_BREAK, text)


def withheld(n: int) -> str:
    """What stands in place of a figure over ``n`` people that is not printed."""
    reason = "chưa đủ số liệu" if n < MINIMUM else "không công bố"
    return f"{reason} (n{_NO_BREAK}={_NO_BREAK}{n})"


def rate_text(rate: Rate) -> str:
    """Passed of all, the rate and its interval, or why they are withheld."""
    if rate.share is None or rate.interval is None:
        return withheld(rate.n)
    low, high = rate.interval
    return (
        f"{rate.passed}/{rate.n} người ({percent(rate.share)}; "
        f"khoảng tin cậy 95{_NO_BREAK}%: {percent(low)} – {percent(high)})"
    )


def place_and_date(place: str, day: date) -> str:
    """The line beneath the motto."""
    return f"{place}, {day_in_words(day)}"
