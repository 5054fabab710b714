"""How often to speak during an outage: calls that come, notices that cost, time left to repair.

Each of ``places`` waits; its urge to call grows with the time since the last notice, ``urge``
calls an hour for every hour of silence. With a notice at the start and then every T hours over
H hours, calls = places · urge · T²/2 · H/T = places · urge · H · T / 2. A call takes
``call`` minutes and a notice ``notice`` minutes of the same people. Assumptions: nobody gives up
calling, a notice quiets everyone at once, and urge is illustrative, not measured.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import sqrt

from courses.foundation.errors import ContentError


@dataclass(frozen=True)
class Outage:
    """Who waits and for how long. Times in hours, efforts in minutes of the team.

    ``urge`` is calls per hour, per hour of silence, per place.

    Raises:
        ContentError: unless every number is positive.
    """

    places: int
    hours: float
    urge: float
    call: float
    notice: float

    def __post_init__(self) -> None:
        for name in self.__dataclass_fields__:
            if getattr(self, name) <= 0:
                raise ContentError("số phải lớn hơn 0", key=name)

    def calls(self, every: float) -> float:
        """Calls expected when a notice goes out every ``every`` hours.

        Raises:
            ContentError: unless ``every`` is positive and no longer than the outage.
        """
        if not 0 < every <= self.hours:
            raise ContentError("nhịp thông báo phải lớn hơn 0 và không dài hơn sự cố", key="every")
        return self.places * self.urge * self.hours * every / 2

    def notices(self, every: float) -> float:
        """Notices sent, H / T."""
        return self.hours / every

    def minutes(self, every: float) -> float:
        """Minutes that calls and notices take together."""
        return self.call * self.calls(every) + self.notice * self.notices(every)

    def repair(self, every: float, people: int) -> float:
        """Minutes of ``people`` that calls and notices leave for repair, never below 0."""
        return max(0.0, 60 * self.hours * people - self.minutes(every))

    @property
    def best(self) -> float:
        """The interval of least effort, √(2 · notice / (places · urge · call)), at most H.

        The derivative of a·T + b/T is 0 at √(b/a), as for the economic order quantity.
        """
        return min(self.hours, sqrt(2 * self.notice / (self.places * self.urge * self.call)))

    def after_broken_promise(self, factor: float) -> Outage:
        """The same outage once a promised hour has passed in silence: the urge is multiplied."""
        return replace(self, urge=self.urge * factor)


OUTAGE = Outage(places=60, hours=8, urge=0.1, call=6, notice=20)
"""The simulated outage of the lesson KM3: sixty communes, one working day."""
TEAM = 3
"""People of the lesson who both answer calls and repair."""
