"""Preparing a sitting: settings, blueprint, forms and rubrics frozen; papers released."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING

from assessments.forms.drawing import FIRST, History, draw_forms
from assessments.forms.form import Form
from assessments.papers.notebook import write_paper
from centre.items.known import known_items
from centre.ledger.acts import act, door
from centre.people.models import Programme, Track
from centre.sittings.frozen import freeze, thaw
from centre.sittings.models import FormRecord, Frozen, SittingRecord
from centre.sittings.sitting import Sitting, bank_of
from courses.foundation.dates import VIETNAM
from courses.foundation.digests import canonical
from courses.foundation.errors import SittingError
from courses.foundation.files import alone
from grading.certification.policy import POLICIES, policy_on
from grading.certification.standard import Standard, require_standards
from grading.gradebook.course import enrol_students, make_course, release

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from assessments.bank.bank import Bank
    from assessments.forms.blueprint import Blueprint, PaperPlan
    from centre.accounts.actors import Actor
    from centre.configuration import Centre
    from centre.ledger.acts import Act
    from centre.sittings.settings import SittingSettings
    from grading.certification.policy import Policy

OWN_POLICIES = "policies"  # the centre's folder of its own, which then hold instead of ours


@door("sitting.prepare")
def prepare(actor: Actor, centre: Centre, settings: SittingSettings, *, now: datetime) -> Sitting:
    """Enter a sitting and freeze its settings, blueprint, forms and rubrics.

    Again with the same settings, and it is found as it was frozen.

    Raises:
        SittingError: when there is a sitting of that code with other settings, or the bank
            may not be used.
        ContentError: when the bank has too few items left, or the track has no blueprint, no
            policy or no programme that a certificate could name.
        DecisionError: when the policy's cut is not that of the standard it names.
    """
    record = SittingRecord.objects.filter(pk=settings.code).first()
    if record is not None:
        _require_same(record, settings)
        return Sitting(centre, record)
    bank, blueprint = bank_of(centre, settings)
    policy = _policy(centre, settings)
    with act(actor, "sitting.prepared", settings.code, now) as done:
        record = SittingRecord(
            code=settings.code,
            name=settings.name,
            track=track_of(done, centre, settings.track, blueprint.name),
            opens=settings.opens,
            closes=settings.closes,
            settings=freeze(done, "settings", settings, now),
            blueprint=freeze(done, "blueprint", blueprint, now),
            policy=freeze(done, "policy", policy, now),
            prepared_at=now,
        )
        done.insert(record)
        sitting = Sitting(centre, record)
        history, seed = history_so_far(), _seed(sitting)
        for plan in _offered(blueprint, settings):
            drawn = draw_forms(blueprint, plan.code, bank, seed, history)
            keep_forms(done, sitting, drawn, bank, now)
    return sitting


def _policy(centre: Centre, settings: SittingSettings) -> Policy:
    """The policy in force on the day of the sitting, which it keeps; its cuts are as judged."""
    own = centre.folder / OWN_POLICIES
    day = settings.closes.astimezone(VIETNAM).date()
    policy = policy_on(day, settings.track, own if own.is_dir() else POLICIES)
    require_standards(policy, _standard)
    return policy


def _standard(digest: str) -> Standard | None:
    kept = Frozen.objects.filter(pk=digest, kind="standard").first()
    return thaw(kept, Standard) if kept else None


def _offered(blueprint: Blueprint, settings: SittingSettings) -> list[PaperPlan]:
    """The papers this sitting offers; SittingError names one that the blueprint has not."""
    known = {plan.code: plan for plan in blueprint.papers}
    if unknown := set(settings.papers) - set(known):
        raise SittingError(f"ma trận đề không có bài thi {', '.join(sorted(unknown))}")
    return [known[code] for code in settings.papers] or list(known.values())


def _require_same(record: SittingRecord, settings: SittingSettings) -> None:
    if record.settings.content != settings.model_dump_json():
        raise SittingError(f"đã có kỳ {record.code} với cấu hình khác; kỳ đã khoá không đổi được")


def track_of(done: Act, centre: Centre, code: str, name: str) -> Track:
    """The track of that code, entered with its programme when it is new."""
    known = Track.objects.filter(pk=code).first()
    if known is not None:
        return known
    track = Track(code=code, name=name)
    done.insert(track)
    done.insert(Programme(track=track, name=centre.settings.certificate.of(code).programme))
    return track


def keep_forms(
    done: Act, sitting: Sitting, forms: Iterable[Form], bank: Bank, now: datetime
) -> None:
    """Freeze forms and the rubrics of their essays as the sitting's."""
    for form in forms:
        rubrics = {
            item.id: freeze(done, "rubric", bank.rubrics[item.id], now).digest
            for item in form.items
            if item.rubric
        }
        done.insert(
            FormRecord(
                sitting=sitting.record,
                code=form.code,
                content=freeze(done, "form", form, now),
                rubrics=canonical(rubrics),
            )
        )


def history_so_far() -> History:
    """What the sittings so far have used and shown, of whatever track, for tracks share items.

    An item counts once a sitting.
    """
    history = replace(FIRST, known=known_items())
    for record in SittingRecord.objects.order_by("opens", "pk"):
        forms = [thaw(form.content, Form) for form in record.forms.select_related("content")]
        history = history.after([frozenset(item.id for item in form.items) for form in forms])
    return history


def earlier_forms(sitting: Sitting) -> list[list[Form]]:
    """The forms of each sitting before this one, of whatever track."""
    earlier = SittingRecord.objects.filter(opens__lt=sitting.record.opens)
    return [list(Sitting(sitting.centre, record).forms().values()) for record in earlier]


def _seed(sitting: Sitting) -> str:
    """Unguessable for a real sitting; the demonstration is the same every time.

    It orders options and variants, so it stays with the forms, on our side.
    """
    return sitting.code if sitting.centre.settings.demo else secrets.token_hex(16)


def release_papers(sitting: Sitting) -> None:
    """Make the sitting's nbgrader course: its students by number alone, its papers released.

    Not a door: everything in it follows from the records, and what is there is left alone. One
    at a time: nbgrader releases into folders that others would find half written.
    """
    sitting.folder.mkdir(parents=True, exist_ok=True)
    with alone(sitting.folder):
        _release(sitting)


def _release(sitting: Sitting) -> None:
    course = make_course(sitting.folder, sitting.code)
    enrol_students(course, [one.candidate for one in sitting.enrolments()])
    due, rubrics = sitting.settings.closes.astimezone(UTC), sitting.rubrics()
    for code, form in sitting.forms().items():
        if not (sitting.folder / "release" / code).exists():
            write_paper(form, rubrics, sitting.folder / "source" / code)
            release(course, code, due, [item.id for item in form.trials])
