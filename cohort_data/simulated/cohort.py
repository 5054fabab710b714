"""Simulated trainees and markers, seeded: they answer and mark the real papers.

Everything made here is labelled “dữ liệu mô phỏng” where people meet it. An ability is a
logit: a trainee of ability θ answers an item of difficulty b rightly with probability
1/(1+exp(b-θ)) (the Rasch model).
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from assessments.bank.answering import guess, right
from assessments.bank.rubric import TOP_LEVEL
from assessments.handing_in.answers import answers_path
from courses.answer_sheet import AnswerSheet

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from assessments.bank.item import Variant
    from assessments.bank.rubric import Rubric
    from assessments.forms.form import Form

Habit = Literal["regular", "late", "absent", "blank", "damaged notebook", "nonsense answers"]

_DIFFICULTY = {
    "single": -0.6,
    "multiple": 0.2,
    "ordering": 0.0,
    "matching": -0.2,
    "numeric": 0.3,
    "classification": -0.2,
    "table": 0.4,
    "code": 0.5,
    "short": 0.2,
    "decisions": 0.0,
}
_MEAN_ABILITY, _SPREAD_OF_PEOPLE, _SPREAD_WITHIN = 1.5, 0.8, 0.4
_CARELESS = 0.12  # chance that a marker is one level off a criterion


@dataclass(frozen=True)
class SimulatedTrainee:
    """One simulated trainee: ability (logit) by competency, and how each paper is handed in."""

    id: str
    abilities: Mapping[str, float]
    habits: Mapping[str, Habit]

    def habit(self, paper: str) -> Habit:
        """How this trainee hands in ``paper``."""
        return self.habits.get(paper, "regular")


def simulate(
    ids: Sequence[str],
    competencies: Sequence[str],
    habits: Mapping[str, Mapping[str, Habit]],
    seed: str,
) -> list[SimulatedTrainee]:
    """Give each trainee abilities; the same seed gives the same people.

    Args:
        ids: trainees.
        competencies: what is examined.
        habits: by trainee and paper, how it is handed in when not regularly.
        seed: any text.
    """
    rng = random.Random(f"{seed}/people")  # noqa: S311 - a simulation
    people = []
    for id_ in ids:
        general = rng.gauss(_MEAN_ABILITY, _SPREAD_OF_PEOPLE)
        abilities = {c: general + rng.gauss(0, _SPREAD_WITHIN) for c in competencies}
        people.append(SimulatedTrainee(id_, abilities, habits.get(id_, {})))
    return people


def sit(
    person: SimulatedTrainee,
    form: Form,
    rubrics: Mapping[str, Rubric],
    folder: Path,
    now: datetime,
) -> None:
    """Answer one delivered paper in ``folder`` as this trainee would.

    Answers go through the answer sheet that real trainees' answers go through; damage is then
    done to the files themselves.
    """
    habit = person.habit(form.paper)
    for competency in form.competencies:
        path = answers_path(folder, competency)
        path.unlink(missing_ok=True)
        sheet = AnswerSheet(path, form.digest)
        for item in form.of(competency) if habit != "blank" else ():
            rng = random.Random(f"{form.digest}/{person.id}/{item.id}")  # noqa: S311
            variant, ability = form.variant_for(item, person.id), person.abilities[competency]
            value = _answer(variant, rubrics.get(item.id), ability, rng)
            sheet.save(item.id, value, 0, now)
        if habit == "nonsense answers":
            path.write_text('{"version": 1, "answers": [[["###', encoding="utf-8")
        if habit == "damaged notebook":
            notebook = folder / f"{competency}.ipynb"
            notebook.write_bytes(notebook.read_bytes()[:700])


def _answer(variant: Variant, rubric: Rubric | None, ability: float, rng: random.Random) -> Any:
    if rubric is not None:
        return _essay(rubric, ability, rng)
    difficulty = _DIFFICULTY[variant.question.kind]
    knows = rng.random() < 1 / (1 + math.exp(difficulty - ability))
    return right(variant) if knows else guess(variant, rng)


def _essay(rubric: Rubric, ability: float, rng: random.Random) -> str:
    """A text that stands, on each criterion, at a level that grows with ability."""
    paragraphs = []
    for criterion in rubric.criteria:
        level = round(TOP_LEVEL / (1 + math.exp(0.4 - ability)) + rng.gauss(0, 0.45))
        paragraphs.append(criterion.levels[min(TOP_LEVEL, max(0, level))].example)
    return "\n\n".join(paragraphs)


def mark_essay(text: str, rubric: Rubric, marker: str, seed: str) -> dict[str, int]:
    """A simulated marker's levels for one essay.

    The marker recognises the passages of the rubric in the text, and is now and then a level
    off; a passage that is not there stands at level 0.
    """
    rng = random.Random(f"{seed}/{marker}/{rubric.id}/{text}")  # noqa: S311 - a simulation
    levels = {}
    for criterion in rubric.criteria:
        found = [n for n, level in enumerate(criterion.levels) if level.example in text]
        slip = rng.choice([-1, 1]) if found and rng.random() < _CARELESS else 0
        levels[criterion.id] = min(TOP_LEVEL, max(0, max(found, default=0) + slip))
    return levels
