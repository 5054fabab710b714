"""``centre.toml``: who the centre is, and where it keeps what it knows."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote, unquote, urlsplit

from pydantic import Field, field_validator, model_validator

from courses.foundation.content import Content, read_toml
from courses.foundation.errors import CentreError
from courses.tracks import FIRST_TRACK, the_track

SETTINGS = "centre.toml"
DATABASE = "centre.db"
HERE = "CIO_CENTRE"  # the environment's name for the centre that a process works for


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


class TrackCertificate(Content):
    """What the certificate of a track is called, and for which programme it is."""

    title: str
    programme: str


class CertificateSettings(TrackCertificate):
    """The certificate of CIOs, and where any certificate can be checked.

    ``tracks`` say how those of other tracks are called, by the track's code, where the track's
    own names are not to stand.
    """

    verification_page: str
    tracks: dict[str, TrackCertificate] = Field(default_factory=dict)

    def of(self, track: str) -> TrackCertificate:
        """The certificate of a track; ContentError when nothing names it."""
        if track == FIRST_TRACK:
            return self
        if own := self.tracks.get(track):
            return own
        known = the_track(track)
        return TrackCertificate(title=known.paper, programme=known.programme)


class BoardSettings(Content):
    """The board that decides: its name, how many members must sign, and what its papers bear.

    ``quorum`` is never under two. An appeal is answered within ``appeal_days``; no source lays
    a number down, so the centre states its own.
    """

    name: str = "Hội đồng sát hạch"
    quorum: int = Field(default=2, ge=2)
    appeal_days: int = Field(default=15, ge=1)
    minutes_symbol: str = "BB-HĐSH"
    decision_symbol: str = "QĐ-HĐSH"


class Settings(Content):
    """What ``centre.toml`` states.

    ``database`` is ``sqlite`` (``centre.db`` beside it) or ``postgresql://user:password@host/name``.
    A signed checkpoint of the ledger is written every ``checkpoint_every`` lines; a register
    whose last checkpoint is older than ``stale_after_days`` proves nothing about today.
    ``hosts`` are the names by which browsers reach the portal. ``lessons`` open at ``portal``,
    where no trainee runs a program, or at the ``hub`` beside it, where each has a server
    (deploy/jupyterhub). Only a demonstration may do without the second factor of those who decide.
    """

    name: str = Field(min_length=1)
    demo: bool
    database: str = "sqlite"
    signing_key: str
    checkpoint_every: int = Field(default=100, ge=1)
    stale_after_days: int = Field(default=35, ge=1)
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost")
    lessons: Literal["portal", "hub"] = "portal"
    second_factor: bool = True
    issuer: Issuer
    signatory: Signatory
    certificate: CertificateSettings
    board: BoardSettings = BoardSettings()

    @field_validator("database")
    @classmethod
    def _known_database(cls, value: str) -> str:
        if value != "sqlite" and urlsplit(value).scheme != "postgresql":
            raise ValueError("cần “sqlite” hoặc postgresql://người_dùng:mật_khẩu@máy_chủ/tên")
        return value

    @model_validator(mode="after")
    def _two_factors(self) -> Settings:
        if not (self.second_factor or self.demo):
            raise ValueError("second_factor chỉ tắt được ở trung tâm trình diễn (demo = true)")
        return self


@dataclass(frozen=True)
class Centre:
    """An open centre: its folder and what its configuration states."""

    folder: Path
    settings: Settings

    def sitting_folder(self, code: str) -> Path:
        """The nbgrader course folder of one sitting."""
        return self.folder / "sittings" / code

    @property
    def certificates(self) -> Path:
        """Where the originals of certificates are kept."""
        return self.folder / "certificates"

    @property
    def keys(self) -> Path:
        """Where the centre's own keys are kept, for its owner's eyes alone."""
        return self.folder / "keys"


def read_centre(folder: Path) -> Centre:
    """Read the configuration in ``folder``.

    Raises:
        CentreError: when it is no centre's folder.
        ContentError: when ``centre.toml`` is wrong, naming the key.
    """
    if not (folder / SETTINGS).is_file():
        raise CentreError(f"không phải thư mục trung tâm (thiếu {SETTINGS})", path=folder)
    return Centre(folder.resolve(), read_toml(folder / SETTINGS, Settings))


def find_centre(named: Path | None = None) -> Centre:
    """The centre that is named, else the environment's, else that of this folder or one above.

    Raises:
        CentreError: when there is none.
    """
    if named or (named := _from_environment()):
        return read_centre(named)
    if (folder := _around()) is not None:
        return read_centre(folder)
    raise CentreError("chưa rõ trung tâm nào: thêm --centre THƯ_MỤC hoặc đặt biến CIO_CENTRE")


def some_centre(named: Path | None = None) -> Centre | None:
    """The same; None where nothing names a centre."""
    return find_centre(named) if named or _from_environment() or _around() else None


def _around() -> Path | None:
    here = Path.cwd()
    return next((one for one in (here, *here.parents) if (one / SETTINGS).is_file()), None)


def _from_environment() -> Path | None:
    return Path(os.environ[HERE]) if os.environ.get(HERE) else None


def database_settings(centre: Centre) -> dict[str, Any]:
    """Django's settings of the centre's database.

    SQLite takes the write lock before anything is read (IMMEDIATE), so that what is decided
    from what was read cannot be decided twice, and never makes a database that is not there.
    """
    if centre.settings.database == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": f"file:{quote(str(centre.folder / DATABASE))}?mode=rw",
            "OPTIONS": {
                "uri": True,
                "timeout": 60,
                "transaction_mode": "IMMEDIATE",
                # What is overwritten is gone from the file too: who is erased is erased.
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
                "PRAGMA secure_delete=ON;",
            },
            "CONN_MAX_AGE": None,
        }
    url = urlsplit(centre.settings.database)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": url.path.lstrip("/"),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": url.hostname or "",
        "PORT": url.port or "",
        "CONN_MAX_AGE": None,
    }
