"""A sitting as the earlier version kept it: a folder with settings and a database of its own."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import tomllib
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from assessments.bank.bank import read_bank
from assessments.forms.blueprint import BLUEPRINT, Blueprint, read_blueprint
from centre.sittings.settings import MarkingSettings, SittingSettings
from courses.foundation.content import validate
from courses.foundation.errors import CentreError

if TYPE_CHECKING:
    from pathlib import Path

    from assessments.bank.bank import Bank

_COURSE = ("source", "release", "submitted", "autograded", "feedback", "papers", "marking")
_PLUGIN = ("grading.engine.late", "grading.gradebook.late")


@dataclass(frozen=True)
class Earlier:
    """The folder of the earlier version: its settings as stated, its tables as rows."""

    folder: Path
    stated: dict[str, Any]
    tables: dict[str, list[dict[str, Any]]]
    digest: str

    @property
    def code(self) -> str:
        """The sitting's code."""
        return str(self.stated["course_id"])

    @classmethod
    def read(cls, folder: Path) -> Earlier:
        """Read settings and records; nothing in the folder is changed."""
        stated, records = folder / "sitting.toml", folder / "records.db"
        if not stated.is_file() or not records.is_file():
            raise CentreError(
                "không phải kỳ thi của phiên bản trước (cần sitting.toml và records.db)",
                path=folder,
            )
        try:
            settings = tomllib.loads(stated.read_text(encoding="utf-8"))
            tables = _tables(records)
        except (tomllib.TOMLDecodeError, sqlite3.DatabaseError, ValueError) as error:
            why = type(error).__name__
            raise CentreError(f"không đọc được kỳ thi cũ ({why})", path=folder) from None
        if not {"trainee", "form", "decision", "register", "ledger"} <= set(tables):
            raise CentreError("records.db không phải của phiên bản trước", path=records)
        return cls(folder, settings, tables, hashlib.sha256(records.read_bytes()).hexdigest())

    def settings(self) -> SittingSettings:
        """The settings in today's words."""
        stated = {k: self.stated[k] for k in ("name", "track", "opens", "closes", "grace_minutes")}
        marking = validate(MarkingSettings, self.stated["marking"], self.folder / "sitting.toml")
        return validate(
            SittingSettings,
            {**stated, "code": self.code, "bank": self.stated.get("bank", ""), "marking": marking},
            self.folder / "sitting.toml",
        )

    def bank(self) -> tuple[Bank, Blueprint]:
        """The bank and blueprint that the sitting named."""
        if not self.stated.get("bank"):
            return read_bank(), read_blueprint()
        place = (self.folder / self.stated["bank"]).resolve()
        own = place / BLUEPRINT.name
        blueprint = read_blueprint(own if own.exists() else BLUEPRINT)
        return read_bank(place / "items", place / "rubrics"), blueprint


def _tables(path: Path) -> dict[str, list[dict[str, Any]]]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {
            name: [dict(row) for row in connection.execute(f'SELECT * FROM "{name}"')]  # noqa: S608 - names from the file itself
            for (name,) in names.fetchall()
        }


def moment(text: str | None) -> datetime | None:
    """A time of the earlier version: UTC without saying so."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC) if text else None


def required(text: str) -> datetime:
    """The same where there must be one; CentreError when there is none."""
    found = moment(text)
    if found is None:
        raise CentreError("kỳ thi cũ thiếu một thời điểm bắt buộc")
    return found


def copy_course(old: Earlier, target: Path) -> None:
    """Copy the nbgrader course whole; what a broken-off adoption left is replaced."""
    part = target.with_name(f".{target.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    for name in _COURSE:
        if (old.folder / name).is_dir():
            shutil.copytree(old.folder / name, part / name, symlinks=True)
    (part / "earlier").mkdir()
    for name in ("records.db", "sitting.toml"):
        shutil.copyfile(old.folder / name, part / "earlier" / name)
    shutil.copyfile(old.folder / "gradebook.db", part / "gradebook.db")
    config = (old.folder / "nbgrader_config.py").read_text(encoding="utf-8").replace(*_PLUGIN)
    (part / "nbgrader_config.py").write_text(config, encoding="utf-8")
    shutil.rmtree(target, ignore_errors=True)
    part.rename(target)
