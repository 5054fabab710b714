"""A sitting at work: its records, its nbgrader course folder, and what was frozen for it."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from assessments.bank.bank import Bank, read_bank
from assessments.bank.rubric import Rubric
from assessments.forms.blueprint import BLUEPRINT, Blueprint, read_blueprint
from assessments.forms.form import Form, pick
from centre.sittings.frozen import thaw
from centre.sittings.models import FormRecord, Frozen, SittingRecord
from centre.sittings.settings import SittingSettings
from courses.foundation.errors import SittingError
from grading.certification.policy import Policy
from grading.gradebook.course import CONFIG_FILE, Course, open_course

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from centre.configuration import Centre
    from centre.people.models import Enrolment


@dataclass(frozen=True)
class Sitting:
    """One sitting of the centre that is open."""

    centre: Centre
    record: SittingRecord

    @property
    def code(self) -> str:
        """The sitting's code, which names its folder too."""
        return self.record.code

    @property
    def folder(self) -> Path:
        """The nbgrader course folder."""
        return self.centre.sitting_folder(self.code)

    @cached_property
    def settings(self) -> SittingSettings:
        """What was stated when the sitting was prepared."""
        return thaw(self.record.settings, SittingSettings)

    @cached_property
    def course(self) -> Course:
        """The course folder as nbgrader sees it."""
        return _course(self.folder, _changed(self.folder / CONFIG_FILE))

    @cached_property
    def blueprint(self) -> Blueprint:
        """The blueprint as it was when the forms were drawn."""
        return thaw(self.record.blueprint, Blueprint)

    @cached_property
    def policy(self) -> Policy:
        """The policy that was in force on the day of the sitting."""
        return thaw(self.record.policy, Policy)

    def forms(self) -> dict[str, Form]:
        """The frozen forms with their keys, by code."""
        found = FormRecord.objects.filter(sitting=self.record).select_related("content")
        return {form.code: thaw(form.content, Form) for form in found.order_by("code")}

    @cached_property
    def digests(self) -> dict[str, str]:
        """The digest of each form, by code."""
        found = FormRecord.objects.filter(sitting=self.record).order_by("code")
        return dict(found.values_list("code", "content_id"))

    def rubrics(self) -> dict[str, Rubric]:
        """The frozen rubrics of the forms' essays, by item."""
        named: dict[str, str] = {}
        for rubrics in FormRecord.objects.filter(sitting=self.record).values_list("rubrics"):
            named |= json.loads(rubrics[0])
        kept = Frozen.objects.in_bulk(set(named.values()))
        return {item: thaw(kept[digest], Rubric) for item, digest in sorted(named.items())}

    def form_of(self, candidate: str, paper: str, forms: Mapping[str, Form]) -> Form:
        """The form of one paper that ``candidate`` sits; always the same one.

        Raises:
            SittingError: when the sitting has no such paper.
        """
        parallel = [form for form in forms.values() if form.paper == paper]
        if not parallel:
            known = ", ".join(sorted({form.paper for form in forms.values()}))
            raise SittingError(f"kỳ này không có bài thi {paper}; có: {known}")
        return parallel[pick(parallel[0].seed, candidate, paper, len(parallel))]

    def enrolments(self) -> list[Enrolment]:
        """Everyone at this sitting, by candidate number."""
        found = self.record.enrolments.select_related("person", "agency")
        return list(found.order_by("candidate"))

    def enrolment(self, candidate: str) -> Enrolment:
        """One candidate; SittingError when there is none of that number."""
        found = self.record.enrolments.filter(candidate=candidate).first()
        if found is None:
            raise SittingError(f"không có thí sinh {candidate} trong kỳ {self.code}")
        return found


@lru_cache(maxsize=64)
def _course(folder: Path, _configured: int) -> Course:
    """A course folder, opened once a process for as long as its configuration is the same."""
    return open_course(folder)


def _changed(path: Path) -> int:
    with suppress(FileNotFoundError):
        return path.stat().st_mtime_ns
    return 0


@lru_cache(maxsize=64)
def frozen_form(digest: str) -> Form:
    """The form of that digest, read once a process: what is frozen never changes."""
    return thaw(Frozen.objects.get(pk=digest), Form)


def open_sitting(centre: Centre, code: str) -> Sitting:
    """Open one sitting; SittingError names those there are when there is none of that code."""
    record = SittingRecord.objects.filter(pk=code).first()
    if record is None:
        known = ", ".join(SittingRecord.objects.order_by("pk").values_list("code", flat=True))
        raise SittingError(f"trung tâm không có kỳ {code}; có: {known or 'chưa có kỳ nào'}")
    return Sitting(centre, record)


def bank_of(centre: Centre, settings: SittingSettings) -> tuple[Bank, Blueprint]:
    """The bank and blueprint a sitting is to be drawn from.

    Raises:
        SittingError: when a real sitting has no private bank, or it lies where a backup, a
            build or a trainee could reach it.
        ContentError: when a file in it is wrong.
    """
    if not settings.bank:
        if not centre.settings.demo:
            raise SittingError("kỳ thi thật phải chỉ ra ngân hàng riêng (bank)")
        return read_bank(), read_blueprint(BLUEPRINT)
    folder = (centre.folder / settings.bank).resolve()
    exposed = [centre.folder, BLUEPRINT.parents[2].resolve()]
    if any(folder.is_relative_to(place) for place in exposed):
        raise SittingError(
            "ngân hàng riêng phải nằm ngoài thư mục trung tâm và ngoài mã nguồn", path=folder
        )
    own = folder / BLUEPRINT.name
    blueprint = read_blueprint(own if own.exists() else BLUEPRINT)
    return read_bank(folder / "items", folder / "rubrics"), blueprint
