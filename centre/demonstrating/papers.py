"""Simulated trainees sit their papers: handed out, answered, handed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from centre.people.retakes import standings
from centre.sittings.deliver import deliver, lay_out
from centre.sittings.models import ReceiptRecord
from centre.sittings.take import take
from cohort_data.simulated.cohort import simulate, sit
from grading.certification.decision import add_months

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from assessments.forms.form import Form
    from centre.accounts.actors import Actor
    from centre.cli.progress import Progress
    from centre.sittings.sitting import Sitting
    from cohort_data.simulated.cohort import Habit, SimulatedTrainee
    from grading.certification.decision import Prior

SEED = "mo-phong-2026"


@dataclass(frozen=True)
class Papers:
    """The papers of one sitting, in the hands of simulated trainees of such habits."""

    sitting: Sitting
    invigilator: Actor
    habits: Mapping[str, Mapping[str, Habit]]
    decided_on: datetime

    def take(self, progress: Progress) -> None:
        """Deliver papers, let the simulated trainees answer, and take what they hand in."""
        forms, rubrics = self.sitting.forms(), self.sitting.rubrics()
        taken = set(
            ReceiptRecord.objects.filter(
                delivery__enrolment__sitting=self.sitting.record
            ).values_list("delivery__enrolment__candidate", "delivery__form__code")
        )
        due = list(self._due(forms))
        work = progress.each(due, "Học viên mô phỏng làm bài, nộp bài", total=len(due))
        for person, form in work:
            if (person.id, form.code) in taken:
                continue
            started = self.sitting.record.closes - timedelta(minutes=form.minutes - 20)
            with transaction.atomic():
                delivery = deliver(self.invigilator, self.sitting, person.id, form, now=started)
            sit(person, form, rubrics, lay_out(self.sitting, delivery, form), started)
            with transaction.atomic():
                at = self._handed_in(person, form)
                take(self.invigilator, self.sitting, person.id, form.code, now=at)

    def _due(self, forms: Mapping[str, Form]) -> Iterable[tuple[SimulatedTrainee, Form]]:
        """Everyone with each paper offered whose area is not kept from before.

        At the first sitting one relies on a pass that has expired, as happens.
        """
        papers = self.sitting.blueprint.papers
        offered = {form.paper for form in forms.values()}
        competencies = [section.competency for paper in papers for section in paper.sections]
        enrolments = self.sitting.enrolments()
        stand = standings(
            self.sitting.record.track_id, {e.person_id for e in enrolments}, self.sitting.record
        )
        priors = {
            e.candidate: stand[e.person_id].priors if e.person_id in stand else {}
            for e in enrolments
        }
        ids = [one.candidate for one in enrolments]
        for person in simulate(ids, competencies, self.habits, SEED):
            for paper in papers:
                absent = person.habit(paper.code) == "absent" or paper.code not in offered
                prior = priors[person.id].get(paper.area)
                expired = prior is not None and self._expired(prior)
                if not absent and (prior is None or (expired and not self.habits)):
                    yield person, self.sitting.form_of(person.id, paper.code, forms)

    def _expired(self, prior: Prior) -> bool:
        last = add_months(prior.passed_on, self.sitting.policy.prior_months)
        return self.decided_on.date() > last

    def _handed_in(self, person: SimulatedTrainee, form: Form) -> datetime:
        late = person.habit(form.paper) == "late"
        return self.sitting.record.closes + timedelta(minutes=15 if late else -25)
