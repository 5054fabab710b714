"""Two verdicts on one test, and what becomes of them.

Stock's: the test run in the candidate's own process, as ``nbgrader autograde`` runs it. The
outside one: the test judged elsewhere, where no answer reaches what it expects.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

# There is no outside verdict, and it is the answer that prevents it where a right one need not.
_AS_NOTHING = ("opaque", "gone", "late", "stop")
# What prevents it is honest as a rule, and stock's verdict stands for a person to see.
_AS_STOCK = ("changed", "effects", "long")
_ALWAYS_TOLD = ("gone", "stop")


@dataclass(frozen=True)
class Ruling:
    """The points that are entered; ``code`` says why a person should look, if one should."""

    points: float
    code: str = ""


def rule(
    stock: float, outside: float | None, trouble: str, *, hostile: bool, proven: bool
) -> Ruling:
    """What two verdicts come to.

    Equal verdicts are the mark. Of different ones the lower is entered, and a person decides.

    Args:
        stock: points of the test run in the candidate's process.
        outside: points of the test judged outside; None when it was not.
        trouble: why it was not; empty when it was, or was not to be.
        hostile: the course does not trust what runs together with candidates' code.
        proven: the examiner's own solution has been judged outside by this test.
    """
    if trouble in _AS_NOTHING:
        flagged = stock > 0 or trouble in _ALWAYS_TOLD
        return Ruling(0.0, f"outside-{trouble}" if flagged else "")
    if trouble in _AS_STOCK or (trouble == "form" and (proven or hostile)):
        return Ruling(stock, f"not-judged-{trouble}" if stock > 0 else "")
    if outside is None:
        return Ruling(stock, "not-split" if hostile and stock > 0 else "")
    if math.isclose(stock, outside, rel_tol=1e-9, abs_tol=1e-12):
        return Ruling(stock)
    return Ruling(min(stock, outside), "verdicts-differ")
