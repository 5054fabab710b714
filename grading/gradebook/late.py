"""The late penalty, as an nbgrader plugin: stock ``nbgrader autograde`` takes the same off."""

from __future__ import annotations

import math

from nbgrader.plugins import LateSubmissionPlugin
from traitlets import Float


class StartedPeriods(LateSubmissionPlugin):
    """Takes a share of the score for each period of lateness that has begun.

    The default (5 % for each 10 minutes begun) is configuration, changed in
    ``nbgrader_config.py``: no source lays it down.
    """

    share = Float(0.05, help="share of the score taken for each period begun").tag(config=True)
    minutes = Float(10.0, help="length of a period in minutes").tag(config=True)

    def late_submission_penalty(
        self,
        student_id: str,  # noqa: ARG002 - nbgrader's interface
        score: float,
        total_seconds_late: float,
    ) -> float:
        """Points to take off a notebook's score; never more than the score."""
        periods = math.ceil(total_seconds_late / (60 * self.minutes))
        return float(min(score, score * self.share * periods))
