"""Whether a batch of numbers would tell, with the reports that are out, who passed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from centre.register.batches import REGISTER, due
from centre.reporting.log import history
from courses.foundation.errors import DisclosureError
from grading.disclosure.gate import rule, words

if TYPE_CHECKING:
    from datetime import datetime

    from grading.disclosure.people import People


def require_untold(enrolments: People, *, now: datetime) -> None:
    """Let a batch wait that would give away, with a published report, what the report hides.

    What the register tells by itself no waiting hides: that the law demands. A report that is
    judged later leaves out what the register would give away.

    Raises:
        DisclosureError: naming who, the chain of publications, and what can be done.
    """
    proposed = due(now, enrolments)
    before = [told for told in history(now) if told.id != proposed.id]
    reports = {told.id for told in before if told.kind != REGISTER}
    if not reports:
        return
    for finding in rule(before, proposed).findings:
        if any(link.publication in reports for link in finding.chain):
            raise DisclosureError(
                f"chưa cấp đợt này: {words(finding)}. Để các chứng chỉ này vào đợt sau, hoặc cấp "
                "theo văn bản của hội đồng chấp nhận việc lộ: “cio certify … --accept 'số, ngày'”"
            )
