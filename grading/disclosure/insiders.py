"""Agencies, which know the results of their own people: what they find out of others."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from grading.disclosure.inference import Outsider, Target, Used

    Known = Mapping[str, int]


class Insiders:
    """Whoever knows of some people in what cells they are.

    They may not find out that all, or none, of any others got somewhere: the result of each.
    ``outsider`` is whoever knows nothing beforehand; cells of ``watched`` are apart there.
    """

    def __init__(
        self, outsider: Outsider, watched: Sequence[Target], known: Sequence[Known]
    ) -> None:
        others = [(its, _others(watched, its)) for its in known]
        self._each = [(its, outsider.within(its, found), found) for its, found in others if found]

    def told(self, used: Used, old: Used) -> Iterator[tuple[Known, Outsider, Target]]:
        """What figures ``used`` tell that the ``old`` ones alone do not, to whom."""
        for known, outsider, others in self._each:
            found = outsider.certain(others, used)
            past = outsider.certain(found, old) if found else []
            for target in found:
                if target not in past:
                    yield known, outsider, target


def _others(watched: Sequence[Target], known: Known) -> list[Target]:
    """The counts of the people whom one does not know, where these are the result of each."""
    left = (target.but(known) for target in watched)
    result = (one for one in left if one.n and one.tells(one.value, one.value, 1))
    return list({one.cells: one for one in result}.values())
