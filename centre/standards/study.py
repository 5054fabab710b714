"""A study from its opening to the standard: each step a door, each round kept as it was."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING

import pandas as pd

from centre.accounts.users import the_user
from centre.ledger.acts import act, door
from centre.sittings.frozen import freeze, thaw
from centre.sittings.models import FormRecord, Frozen, ReceiptRecord
from centre.standards.models import Rating, Study
from courses.foundation.digests import canonical
from courses.foundation.errors import DecisionError, SittingError
from grading.certification.standard import JudgedRound, Standard
from grading.statistics.standard_setting import AngoffRound, angoff

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from assessments.forms.form import Form
    from centre.accounts.actors import Actor
    from centre.sittings.sitting import Sitting

METHOD = "Angoff cải tiến"
_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class Rated:
    """What storing a judge's ratings came to: whether anything is other than it was."""

    changed: bool


def study_of(sitting: Sitting, form: str) -> Study:
    """The study on one form; SittingError when none was opened."""
    found = Study.objects.filter(form__sitting=sitting.record, form__code=form)
    study = found.select_related("form__sitting", "standard").first()
    if study is None:
        raise SittingError(f"chưa mở việc xác định điểm chuẩn cho đề {form} của kỳ {sitting.code}")
    return study


@door("standard.open")
def open_study(actor: Actor, sitting: Sitting, form: str, *, now: datetime) -> Study:
    """Open a study on a form of a sitting.

    Raises:
        SittingError: when there is no such form, or a study on it already.
    """
    record = FormRecord.objects.filter(sitting=sitting.record, code=form).first()
    if record is None:
        raise SittingError(f"kỳ {sitting.code} không có đề {form}")
    if Study.objects.filter(form=record).exists():
        raise SittingError(f"đã mở việc xác định điểm chuẩn cho đề {form}")
    study = Study(form=record, opened_at=now)
    with act(actor, "standard.opened", _subject(study), now) as done:
        done.insert(study)
    return study


def _whose(_study: Study, judge: str, *_rest: object, **_options: object) -> str:
    return judge


@door("standard.rate", _whose)
def rate(
    actor: Actor, study: Study, judge: str, ratings: Mapping[str, Decimal], *, now: datetime
) -> Rated:
    """Keep a judge's ratings of the open round; until it is closed they may be changed.

    Raises:
        CentreError: when there is no such user.
        DecisionError: when the standard is set, or an item is unrated, unknown or out of range.
    """
    _require_open(study)
    _require_all(form_of(study), ratings, judge)
    user, text = the_user(judge), canonical({k: str(v) for k, v in sorted(ratings.items())})
    kept = Rating.objects.filter(study=study, round=study.round, judge=user).first()
    with act(actor, "standard.rated", f"{_subject(study)}/{judge}", now) as done:
        if kept is not None:
            return Rated(done.change(kept, ratings=text))
        row = Rating(study=study, round=study.round, judge=user, ratings=text, rated_at=now)
        done.insert(row)
    return Rated(changed=True)


@door("standard.close")
def close_round(actor: Actor, study: Study, *, now: datetime) -> AngoffRound:
    """Close the open round and begin the next; what was rated in it stays as it is.

    Raises:
        DecisionError: when the standard is set.
        TooFewError: when fewer judges have rated than the method needs.
    """
    _require_open(study)
    figures = figures_of(study)[-1]
    with act(actor, "standard.round_closed", _subject(study), now) as done:
        done.change(study, round=study.round + 1)
    return figures


@door("standard.set")
def set_standard(actor: Actor, study: Study, minutes: str, *, now: datetime) -> Frozen:
    """Freeze the last closed round's cut as the standard, under the minutes that agree on it.

    The ledger's line says how many papers on the form had been taken by then: a cut that was
    set after scores could be seen says so for ever.

    Args:
        actor: of the board.
        study: with at least one closed round.
        minutes: number and date of the judges' minutes.
        now: the server's time.

    Raises:
        DecisionError: when it is set already, no round is closed, or minutes are not named.
    """
    _require_open(study)
    if study.round == 1:
        raise DecisionError("chưa khép vòng nào; khép vòng rồi mới chốt điểm chuẩn")
    if not minutes.strip():
        raise DecisionError("chưa nêu số và ngày của biên bản họp hội đồng chuẩn")
    seen = ReceiptRecord.objects.filter(delivery__form=study.form).count()
    made = standard_of(study, minutes.strip(), seen)
    with act(actor, "standard.set", _subject(study), now) as done:
        frozen = freeze(done, "standard", made, now)
        done.change(study, standard=frozen)
        done.tell(minutes=minutes.strip(), papers_taken=seen)
    return frozen


def standard_of(study: Study, minutes: str, seen: int) -> Standard:
    """The outcome of the rounds that are closed."""
    form = form_of(study)
    rounds = figures_of(study, upto=study.round - 1)
    exact = Decimal(repr(rounds[-1].cut)) / form.points
    return Standard(
        method=METHOD,
        paper=form.paper,
        form_digest=form.digest,
        points=form.points,
        rounds=tuple(JudgedRound.of(one) for one in rounds),
        # A share that is printed with two decimals must not let in who is below the cut.
        cut_share=exact.quantize(_HUNDREDTH, rounding=ROUND_CEILING),
        papers_taken=seen,
        minutes=minutes,
    )


def figures_of(study: Study, upto: int | None = None) -> list[AngoffRound]:
    """Every round's figures, the open one's too unless ``upto`` names the last.

    Raises:
        TooFewError: when a round has fewer judges than the method needs.
    """
    points = {item.id: float(item.points) for item in form_of(study).scored}
    last = study.round if upto is None else upto
    frames = [_frame(study, number) for number in range(1, last + 1)]
    return list(angoff(frames, points).rounds)


def _frame(study: Study, number: int) -> pd.DataFrame:
    found = study.ratings.filter(round=number).select_related("judge").order_by("judge__username")
    rows = {one.judge.username: json.loads(one.ratings) for one in found}
    columns = [item.id for item in form_of(study).scored]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).astype(float)


def form_of(study: Study) -> Form:
    """The form that is rated, as frozen."""
    from assessments.forms.form import Form  # noqa: PLC0415 - drags in what drawing needs

    return thaw(study.form.content, Form)


def _require_open(study: Study) -> None:
    if study.standard_id is not None:
        raise DecisionError("điểm chuẩn đã chốt; đề khác thì mở việc xác định điểm chuẩn khác")


def _require_all(form: Form, ratings: Mapping[str, Decimal], judge: str) -> None:
    most = {item.id: item.points for item in form.scored}
    if missing := [item for item in most if item not in ratings]:
        raise DecisionError(f"{judge} chưa cho điểm câu {', '.join(missing)}")
    if unknown := sorted(set(ratings) - set(most)):
        raise DecisionError(f"đề {form.code} không có câu {', '.join(unknown)}")
    for item, points in ratings.items():
        if not 0 <= points <= most[item]:
            raise DecisionError(f"{judge}, câu {item}: điểm phải từ 0 đến {most[item]}")


def _subject(study: Study) -> str:
    return f"{study.form.sitting_id}/{study.form.code}"
