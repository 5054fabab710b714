"""A cohort of the sample roster with decisions as a test wants them, at a real centre."""

import json
from datetime import timedelta

from django.db import transaction
from sittings import CLOSES, DECIDED_ON, PREPARED_ON, enter_passes, people, settings_of, who

from centre.decisions.decide import decide_all, latest
from centre.decisions.models import Decision
from centre.ledger.acts import record_many
from centre.people.enrol import enrol
from centre.sittings.prepare import prepare
from courses.foundation.digests import canonical
from grading.gradebook.course import make_course

REPEATERS = 5


def decided_cohort(centre, statuses, repeaters=REPEATERS, count=None):
    """A sitting of the first trainees; the last ones sit again. ``statuses`` are in their order."""
    trainees = people(count or len(statuses))
    stated = settings_of(centre.folder, papers=("QL",))
    with transaction.atomic():
        sitting = prepare(who("giao-vu"), centre, stated, now=PREPARED_ON)
        enrol(who("giao-vu"), sitting, trainees, now=PREPARED_ON)
    make_course(sitting.folder, sitting.code)
    enter_passes(sitting, ("QL", "KM", "KT", "CAP"), trainees)
    with transaction.atomic():
        decide_all(who("giao-vu"), sitting, now=CLOSES + timedelta(days=1))
    again = len(trainees) - repeaters
    conclude(sitting, statuses, [1 + (place >= again) for place in range(len(trainees))])
    return sitting


def conclude(sitting, statuses, attempts=None, at=DECIDED_ON):
    """Let the decisions be revised: one status a candidate, in order of numbers; None leaves."""
    found = latest(sitting)
    told = attempts or [json.loads(one.content)["attempt"] for one in found]
    rows = {
        one.enrolment.candidate: [_revised(one, status, attempt, at)]
        for one, status, attempt in zip(found, statuses, told, strict=True)
        if status is not None
    }
    with transaction.atomic():
        record_many(who("giao-vu"), "decision.made", rows, at)


def _revised(old, status, attempt, at):
    content = json.loads(old.content)
    passed = status == "PASS"
    outcome = {"PASS": "passed", "FAIL": "failed"}.get(status, "undecided")
    areas = [
        {**area, "outcome": outcome, "share": "0.8" if passed else "0.4"}
        for area in content["areas"]
    ]
    content |= {"status": status, "attempt": attempt, "areas": areas}
    return Decision(
        id=f"{old.id[:-2]}{old.revision:02}",
        enrolment=old.enrolment,
        revision=old.revision + 1,
        status=status,
        content=canonical(content),
        policy=old.policy,
        evidence=old.evidence,
        decided_at=at,
    )
