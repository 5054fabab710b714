"""From gradebook and records to the evidence that each decision rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from centre.decisions.models import Annulment, IntegrityCase
from centre.marks.keys import keys_used
from centre.people.retakes import Standing, standings
from grading.certification.decision import AreaScore, Evidence
from grading.gradebook.scores import competency_shares, exact, paper_totals, read_scores

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from centre.people.models import Enrolment
    from centre.sittings.sitting import Sitting


def gather(
    sitting: Sitting, scores: pd.DataFrame | None = None
) -> list[tuple[Enrolment, Evidence]]:
    """Everyone at the sitting with what is known of them, by candidate number.

    Another table of scores than the gradebook's answers what would be if it were so.
    """
    if scores is None:
        scores = read_scores(sitting.course)
    shares = competency_shares(scores)
    papers = _Papers(sitting, _rows(paper_totals(scores)), keys_used(sitting, scores))
    enrolments = sitting.enrolments()
    persons = {enrolment.person_id for enrolment in enrolments}
    stand = standings(sitting.record.track_id, persons, before=sitting.record)
    cases, annulled = _cases(sitting), annulled_by(sitting)
    return [
        (
            enrolment,
            Evidence(
                trainee=enrolment.candidate,
                attempt=_standing(stand, enrolment).attempts + 1,
                areas=papers.areas(enrolment.candidate),
                competencies=shares.get(enrolment.candidate, {}),
                priors=_standing(stand, enrolment).priors,
                integrity=cases.get((enrolment.pk, False)),
                upheld=cases.get((enrolment.pk, True)),
                annulled=annulled,
            ),
        )
        for enrolment in enrolments
    ]


def _standing(stand: Mapping[str, Standing], enrolment: Enrolment) -> Standing:
    return stand.get(enrolment.person_id) or Standing()


def _cases(sitting: Sitting) -> dict[tuple[int, bool], str]:
    """Open cases and upheld ones, by enrolment and whether upheld; dismissed ones count no more."""
    found = IntegrityCase.objects.filter(enrolment__sitting=sitting.record).order_by("pk")
    open_cases = {(c.enrolment_id, False): c.reason for c in found if c.closed_at is None}
    return open_cases | {(c.enrolment_id, True): c.reason for c in found if c.upheld}


def annulled_by(sitting: Sitting) -> str | None:
    """The document by which the whole sitting was annulled."""
    return Annulment.objects.filter(pk=sitting.code).values_list("authority", flat=True).first()


def _rows(totals: Any) -> dict[tuple[str, str], Any]:
    return {(str(row.student), str(row.assignment)): row for row in totals.itertuples()}


@dataclass(frozen=True)
class _Papers:
    """The sitting's papers as marked: by candidate and form a row of totals and corrected keys."""

    sitting: Sitting
    totals: Mapping[tuple[str, str], Any]
    keys: Mapping[tuple[str, str], tuple[str, ...]]

    def areas(self, candidate: str) -> dict[str, AreaScore]:
        """What is known of each area that the candidate handed anything in for."""
        area_of = {plan.code: plan.area for plan in self.sitting.blueprint.papers}
        found = {}
        for code, digest in self.sitting.digests.items():
            area = area_of[code.rpartition("-")[0]]
            if (row := self.totals.get((candidate, code))) is not None:
                found[area] = _score(row, digest, self.keys.get((candidate, code), ()))
            elif self.sitting.course.path("submitted", candidate, code).is_dir():
                found[area] = AreaScore("unreadable")
        return found


def _score(row: Any, digest: str, keys: tuple[str, ...]) -> AreaScore:
    if row.pending:
        return AreaScore("unmarked", form_digest=digest)
    return AreaScore("marked", exact(row.score), exact(row.max_score), digest, keys)
