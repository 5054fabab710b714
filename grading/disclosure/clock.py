"""Solving within a time: an examination that does not end publishes nothing."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import scipy

from courses.foundation.errors import DisclosureError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SECONDS = 300.0


class Clock:
    """How long one examination may take, in seconds, from now on."""

    def __init__(self, seconds: float | None = None) -> None:
        self._seconds = SECONDS if seconds is None else seconds
        self._until = time.monotonic() + self._seconds

    def solve(self, costs: NDArray[np.float64], **problem: Any) -> Any:
        """As ``scipy.optimize.milp``; an answer is the best there is, or that there is none.

        Raises:
            DisclosureError: when time is up.
        """
        left = self._until - time.monotonic()
        found: Any = None
        if left > 0:
            found = scipy.optimize.milp(costs, options={"time_limit": left}, **problem)
        if found is None or found.status == 1:
            raise DisclosureError(
                f"sau {self._seconds:.0f} giây vẫn chưa xét xong công bố này với mọi công bố "
                "trước, nên chưa công bố; chạy lại lúc máy rảnh hoặc chia nhỏ báo cáo"
            )
        return found
