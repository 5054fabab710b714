"""The one place where a report leaves the centre: written in every format, and on record."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from centre.ledger.acts import act, door
from centre.ledger.models import LedgerLine
from courses.foundation.files import write_atomically
from grading.reports.renderers import FORMATS, render

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from centre.accounts.actors import Actor
    from grading.reports.model import Report


@dataclass(frozen=True)
class Edition:
    """A report about to be handed out: its name on disk, and what and whom it is about.

    ``subject`` is an id, such as the sitting's code; ``owner`` is the person whose own report
    it is, empty when it is nobody's.
    """

    report: Report
    subject: str
    stem: str
    owner: str = ""


@dataclass(frozen=True)
class Published:
    """Where an edition is; ``new`` says that it was written now."""

    subject: str
    paths: tuple[Path, ...]
    new: bool


def publish(actor: Actor, edition: Edition, folder: Path, *, now: datetime) -> Published:
    """Hand a report out in every format; one that is out already, and unchanged, stays.

    Raises:
        DeniedError: when the actor may not hand it out.
        CredentialError: when a page cannot be typeset; nothing is on record then.
    """
    model = hashlib.sha256(repr(edition.report).encode()).hexdigest()
    paths = tuple(folder / f"{edition.stem}.{form}" for form in FORMATS)
    name = f"{edition.subject}/{edition.stem}"
    if _is_out(name, model, paths):
        return Published(name, paths, new=False)
    contents = {path: render(edition.report, path.suffix[1:], now) for path in paths}
    digests = {path.name: hashlib.sha256(content).hexdigest() for path, content in contents.items()}
    folder.mkdir(parents=True, exist_ok=True)
    with transaction.atomic():
        record(actor, edition.owner, name, {"model": model, **digests}, now=now)
        for path, content in contents.items():
            write_atomically(path, content)
    return Published(name, paths, new=True)


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
def record(actor: Actor, owner: str, name: str, told: Mapping[str, str], *, now: datetime) -> None:
    """Record that files leave the centre, each by its SHA-256, and from which report."""
    del owner  # the table of permissions has asked
    with act(actor, "report.written", name, now) as done:
        done.tell(**told)
