"""One assessment round: its folder, its settings, and how it is made ready.

The folder is an nbgrader course folder; ``sitting.toml`` and ``records.db`` stand in it too.
"""

from __future__ import annotations

import secrets
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import AwareDatetime, Field, model_validator
from sqlalchemy import select

from assessments.bank.bank import Bank, read_bank
from assessments.forms.blueprint import BLUEPRINT, Blueprint, read_blueprint
from assessments.forms.drawing import History, draw_forms
from assessments.forms.form import Form, pick
from assessments.papers.notebook import write_paper
from courses.foundation.content import Content, read_toml
from courses.foundation.errors import SittingError
from courses.foundation.files import write_atomically
from grading.gradebook.course import Course, enrol, make_course, open_course, release
from grading.records.database import open_records
from grading.records.ledger import append_ledger
from grading.records.schema import FormRecord, PriorPassRecord, TraineeRecord

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy.orm import Session, sessionmaker

    from cohort_data.rosters.prior import PriorPass
    from cohort_data.rosters.schema import Trainee

SETTINGS = "sitting.toml"
VIETNAM = timezone(timedelta(hours=7))


class Issuer(Content):
    """Who issues and where, as printed; ``symbol`` is the report's ký hiệu."""

    parent: str
    name: str
    place: str
    symbol: str
    recipients: tuple[str, ...]


class Signatory(Content):
    """Who signs: ``prefix`` such as “KT. CỤC TRƯỞNG”, empty when the head signs."""

    prefix: str
    title: str
    name: str


class CertificateSettings(Content):
    """What the certificate is called, for which programme, and where it can be checked."""

    title: str
    programme: str
    verification_page: str


class MarkingSettings(Content):
    """Who marks essays, and how far two marks may differ (points) before a third decides."""

    markers: tuple[str, str]
    adjudicator: str
    tolerance: Decimal = Field(ge=0)


class BoardSettings(Content):
    """The examination board's resolution under which decisions take effect."""

    resolution: str
    approved_on: AwareDatetime


class Settings(Content):
    """What ``sitting.toml`` states.

    ``bank`` is the folder of a private bank (``items/``, ``rubrics/``, perhaps a
    ``blueprint.toml``); without it the sample bank is used, for demonstrations only.
    ``earlier`` are folders of sittings whose forms must not come again.

    Papers are taken between ``opens`` and ``closes``; within ``grace_minutes`` after that they
    are taken late, then no more.
    """

    name: str
    course_id: str = Field(pattern=r"^[a-z0-9-]+$")
    track: str
    demo: bool
    opens: AwareDatetime
    closes: AwareDatetime
    grace_minutes: int = Field(ge=0)
    records: str = "sqlite:///records.db"
    signing_key: str
    bank: str = ""
    earlier: tuple[str, ...] = ()
    issuer: Issuer
    signatory: Signatory
    certificate: CertificateSettings
    marking: MarkingSettings
    board: BoardSettings

    @model_validator(mode="after")
    def _opens_first(self) -> Settings:
        if self.opens >= self.closes:
            raise ValueError("giờ mở đề phải trước giờ đóng")
        return self

    @model_validator(mode="after")
    def _real_sittings_have_a_private_bank(self) -> Settings:
        if not self.demo and not self.bank:
            raise ValueError("kỳ thi thật phải chỉ ra ngân hàng riêng (bank)")
        return self


@dataclass(frozen=True)
class Sitting:
    """An open sitting: folder, settings, nbgrader course, records."""

    folder: Path
    settings: Settings
    course: Course
    records: sessionmaker[Session]

    def bank(self) -> Bank:
        """The bank this sitting draws from; ContentError when a file in it is wrong."""
        folder = self._bank_folder()
        return read_bank(folder / "items", folder / "rubrics") if folder else read_bank()

    def blueprint(self) -> Blueprint:
        """The bank's own blueprint, else the house's."""
        own = (self._bank_folder() or BLUEPRINT.parent) / BLUEPRINT.name
        return read_blueprint(own if own.exists() else BLUEPRINT)

    def _bank_folder(self) -> Path | None:
        """Where the private bank is, if there is one.

        Raises:
            SittingError: when it lies where a backup, a build or a trainee could reach it.
        """
        if not self.settings.bank:
            return None
        folder = (self.folder / self.settings.bank).resolve()
        exposed = [self.folder.resolve(), BLUEPRINT.parents[1].resolve()]
        if any(folder.is_relative_to(place) for place in exposed):
            raise SittingError(
                "ngân hàng riêng phải nằm ngoài thư mục kỳ sát hạch và ngoài mã nguồn", path=folder
            )
        return folder

    def forms(self) -> dict[str, Form]:
        """The frozen forms with their keys, by code."""
        with self.records() as session:
            found = session.scalars(select(FormRecord).order_by(FormRecord.code)).all()
        return {f.code: Form.model_validate(f.content) for f in found}

    def form_of(self, trainee: str, paper: str, forms: Mapping[str, Form]) -> Form:
        """The form of one paper that ``trainee`` sits; always the same one."""
        parallel = [form for form in forms.values() if form.paper == paper]
        return parallel[pick(parallel[0].seed, trainee, paper, len(parallel))]

    def trainees(self) -> list[TraineeRecord]:
        """Everyone on the roster, by id."""
        with self.records() as session:
            return list(session.scalars(select(TraineeRecord).order_by(TraineeRecord.id)))


def read_settings(path: Path) -> Settings:
    """Read a ``sitting.toml``; ContentError names file and key."""
    return read_toml(path, Settings)


def open_sitting(folder: Path) -> Sitting:
    """Open a sitting's folder.

    Raises:
        SittingError: when it is no sitting's folder.
        ContentError: when ``sitting.toml`` is wrong, naming the key.
    """
    if not (folder / SETTINGS).is_file():
        raise SittingError(f"không phải thư mục kỳ sát hạch (thiếu {SETTINGS})", path=folder)
    settings = read_settings(folder / SETTINGS)
    return Sitting(
        folder=folder,
        settings=settings,
        course=open_course(folder),
        records=open_records(_records_url(settings.records, folder)),
    )


def prepare(
    folder: Path,
    settings: Path,
    trainees: Iterable[Trainee],
    priors: Iterable[PriorPass],
    now: datetime,
) -> Sitting:
    """Make a sitting ready in ``folder``: roster, frozen forms, released papers.

    Doing it again changes nothing that was frozen: forms already drawn stay, trainees already
    entered stay, new ones are added.

    Args:
        folder: made if missing.
        settings: the ``sitting.toml`` to use; copied into the folder.
        trainees: the checked roster.
        priors: areas passed at earlier sittings.
        now: written into the ledger.

    Raises:
        SittingError: when the folder holds a sitting with other settings.
        ContentError: when the bank cannot give a paper by the rules; no form is kept then.
    """
    checked = read_settings(settings)
    folder.mkdir(parents=True, exist_ok=True)
    text = settings.read_bytes()
    kept = folder / SETTINGS
    if kept.exists() and kept.read_bytes() != text:
        raise SittingError("thư mục đã có kỳ sát hạch với cấu hình khác", path=kept)
    make_course(folder, checked.course_id)
    write_atomically(kept, text)
    sitting = open_sitting(folder)
    drawn = _draw_papers(sitting)  # first: what cannot be drawn must leave nothing behind
    _enter(sitting, trainees, priors, now)
    enrol(sitting.course, [trainee.id for trainee in sitting.trainees()])
    _freeze(sitting, drawn, now)
    _release_papers(sitting)
    return sitting


def _enter(
    sitting: Sitting, trainees: Iterable[Trainee], priors: Iterable[PriorPass], now: datetime
) -> None:
    with sitting.records.begin() as session:
        added = [t for t in trainees if session.get(TraineeRecord, t.id) is None]
        session.add_all(
            TraineeRecord(
                id=t.id,
                full_name=t.full_name,
                birth_date=t.birth_date,
                position=t.position,
                agency=t.agency,
                agency_type=t.agency_type,
                attempt=t.attempt,
            )
            for t in added
        )
        session.flush()
        for p in priors:
            if session.get(PriorPassRecord, (p.trainee_id, p.area)) is None:
                session.add(
                    PriorPassRecord(
                        trainee_id=p.trainee_id,
                        area=p.area,
                        passed_on=p.passed_on,
                        share=float(p.score_share),
                    )
                )
        if added:
            ids = [t.id for t in added]
            append_ledger(session, "roster.entered", "sitting", {"trainees": ids}, now)


def _draw_papers(sitting: Sitting) -> list[Form]:
    """The forms of every paper that has none yet; ContentError before any is kept."""
    bank, blueprint, history = sitting.bank(), sitting.blueprint(), _history(sitting)
    papers = {form.paper for form in sitting.forms().values()}
    # The seed orders options and variants: it stays with the forms, on our side.
    drawn = [
        draw_forms(blueprint, plan.code, bank, _seed(sitting), history)
        for plan in blueprint.papers
        if plan.code not in papers
    ]
    return [form for forms in drawn for form in forms]


def _release_papers(sitting: Sitting) -> None:
    """Release every frozen paper that trainees cannot have yet."""
    bank = sitting.bank()
    closes = sitting.settings.closes.astimezone(UTC)
    for code, form in sitting.forms().items():
        if not (sitting.folder / "release" / code).exists():
            write_paper(form, bank, sitting.folder / "source" / code)
            release(sitting.course, code, due=closes)


def earlier_forms(sitting: Sitting) -> list[Form]:
    """The forms of the sittings that this one follows."""
    folders = [(sitting.folder / name).resolve() for name in sitting.settings.earlier]
    return [form for folder in folders for form in open_sitting(folder).forms().values()]


def _history(sitting: Sitting) -> History:
    """What the earlier sittings used; an item counts once a sitting."""
    uses: Counter[str] = Counter()
    sets: set[frozenset[str]] = set()
    for name in sitting.settings.earlier:
        forms = open_sitting((sitting.folder / name).resolve()).forms().values()
        uses.update({item.id for form in forms for item in form.items})
        sets |= {frozenset(item.id for item in form.items) for form in forms}
    return History(uses=uses, forms=sets)


def _freeze(sitting: Sitting, forms: Iterable[Form], now: datetime) -> None:
    with sitting.records.begin() as session:
        for form in forms:
            content = form.model_dump(mode="json")
            session.add(FormRecord(code=form.code, digest=form.digest, content=content))
            append_ledger(session, "form.frozen", form.code, {"digest": form.digest}, now)


def _seed(sitting: Sitting) -> str:
    """Unguessable for a real sitting; the demonstration is the same every time."""
    return sitting.settings.course_id if sitting.settings.demo else secrets.token_hex(16)


def _records_url(setting: str, folder: Path) -> str:
    """A relative SQLite path is relative to the sitting's folder."""
    prefix = "sqlite:///"
    path = setting.removeprefix(prefix)
    if setting.startswith(prefix) and not Path(path).is_absolute():
        return f"{prefix}{(folder / path).resolve()}"
    return setting
