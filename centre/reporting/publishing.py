"""The one place where a report leaves the centre: written in every format, and on record."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from centre.ledger.acts import act, door
from centre.ledger.models import LedgerLine
from centre.register.holding import foreseen
from centre.reporting.log import REPORT, Leaving, head, require_unchanged, rows_of
from centre.reporting.models import Publication
from centre.reporting.resitting import who_sat
from courses.foundation.dates import VIETNAM
from courses.foundation.files import write_atomically
from grading.disclosure.gate import refuse, rule, words
from grading.disclosure.people import Told
from grading.reports.renderers import FORMATS, render

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from datetime import datetime
    from pathlib import Path

    from centre.accounts.actors import Actor
    from grading.disclosure.people import Figure, People
    from grading.reports.model import Report


@dataclass(frozen=True)
class Contents:
    """What the public can read in an edition: figures, facts and scores by enrolment.

    ``without`` makes the edition again with the figures of some keys left out.
    """

    figures: tuple[Figure, ...]
    facts: Mapping[str, People]
    values: Mapping[str, Mapping[str, int]]
    without: Callable[[Collection[str]], Edition]


@dataclass(frozen=True)
class Edition:
    """A report about to be handed out: its name on disk, and what and whom it is about.

    ``subject`` is an id, such as the sitting's code; ``owner`` is the person whose own report
    it is, empty when it is nobody's. Without ``contents`` it goes only to whoever has the right
    to know what stands in it.
    """

    report: Report
    subject: str
    stem: str
    owner: str = ""
    contents: Contents | None = None

    @property
    def name(self) -> str:
        """What the log calls it."""
        return f"{self.subject}/{self.stem}"


@dataclass(frozen=True)
class Published:
    """Where an edition is; ``new`` says that it was written now.

    ``withheld`` names what was left out of it, ``why`` who would have been told of, and how.
    """

    subject: str
    paths: tuple[Path, ...]
    new: bool
    withheld: tuple[str, ...] = ()
    why: tuple[str, ...] = ()


def publish(actor: Actor, edition: Edition, folder: Path, *, now: datetime) -> Published:
    """Hand a report out in every format; one that is out already, and unchanged, stays.

    What the public reads is judged first, together with all that it could read before: figures
    that would tell of a person or of a small group are left out.

    Raises:
        DeniedError: when the actor may not hand it out.
        CredentialError: when a page cannot be typeset; nothing is on record then.
        DisclosureError: when nothing can be left out, time is up, or something else was
            published in the meantime; nothing is published then.
    """
    model = hashlib.sha256(repr(edition.report).encode()).hexdigest()
    paths = tuple(folder / f"{edition.stem}.{form}" for form in FORMATS)
    if _is_out(edition.name, model, paths):
        return Published(edition.name, paths, False, *_left_out(edition.name))
    edition, leaving = cleared(edition, model, now)
    contents = {path: render(edition.report, path.suffix[1:], now) for path in paths}
    digests = {path.name: hashlib.sha256(content).hexdigest() for path, content in contents.items()}
    folder.mkdir(parents=True, exist_ok=True)
    with transaction.atomic():
        record(actor, edition.owner, edition.name, {"model": model, **digests}, leaving, now=now)
        for path, content in contents.items():
            write_atomically(path, content)
    return Published(edition.name, paths, True, leaving.withheld, leaving.why)


def cleared(edition: Edition, model: str, now: datetime) -> tuple[Edition, Leaving]:
    """An edition as it may go out, and what the log will keep of it.

    Raises:
        DisclosureError: as ``publish``.
    """
    kind, contents = edition.report.kind, edition.contents
    if contents is None:
        return edition, Leaving(kind, model)
    seen = head()
    day = now.astimezone(VIETNAM).date()
    told = Told(edition.name, day, REPORT, contents.figures, contents.facts, values=contents.values)
    ruling = rule(foreseen(now), told, roster=who_sat())
    refuse(ruling)
    lost = [f"{one.table} – {one.label}" for one in told.figures if one.key in ruling.withheld]
    why = dict.fromkeys(words(finding) for finding in ruling.findings)
    if lost:
        edition = contents.without(ruling.withheld)
    left = edition.contents or contents
    return edition, Leaving(
        kind,
        model,
        public=True,
        figures=left.figures,
        facts=left.facts,
        values=left.values,
        withheld=tuple(dict.fromkeys(lost)),
        why=tuple(why),
        seen=seen,
    )


def _left_out(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    last = Publication.objects.filter(name=name).order_by("pk").last()
    told = json.loads(last.withheld) if last else {"figures": (), "why": ()}
    return tuple(told["figures"]), tuple(told["why"])


def _is_out(name: str, model: str, paths: tuple[Path, ...]) -> bool:
    """Whether these very files were handed out last, and are still there as they were."""
    told = recorded(name)
    return told.get("model") == model and all(
        path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == told.get(path.name)
        for path in paths
    )


def recorded(name: str) -> dict[str, str]:
    """What the ledger says of the files that were last handed out under a name."""
    last = LedgerLine.objects.filter(kind="report.written", subject=name).order_by("number").last()
    told: dict[str, str] = json.loads(last.after).get("detail", {}) if last is not None else {}
    return told


def _whose(owner: str, *_rest: object, **_options: object) -> str:
    return owner


@door("report.hand_out", _whose)
def record(
    actor: Actor, owner: str, name: str, told: Mapping[str, str], leaving: Leaving, *, now: datetime
) -> None:
    """Record that files leave the centre, each by its SHA-256, and all that the public can read.

    Raises:
        DisclosureError: when something was published since ``leaving`` was judged.
    """
    del owner  # the table of permissions has asked
    require_unchanged(leaving)
    publication, figures = rows_of(name, leaving, now)
    with act(actor, "report.written", name, now) as done:
        done.insert(publication)
        done.insert(*figures)
        done.tell(**told)
