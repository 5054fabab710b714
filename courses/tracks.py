"""Tracks of training: for whom, in what order, and what a certificate calls them.

The competencies of CV 55/BTTTT-ƯDCNTT belong to ``courses.framework``; a track may add its own.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import Field

from courses.foundation.content import Content, parse_toml, read_text
from courses.foundation.errors import ContentError
from courses.framework import Entry, the_framework
from courses.sources import the_sources

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from courses.framework import Competency

TRACKS = Path(__file__).parent / "tracks.toml"
FIRST_TRACK = "cio"


class OwnCompetency(Entry):
    """A competency that a track adds to those of the framework; ``area`` is its paper's."""

    area: str


class Track(Content):
    """A track: its audience and prerequisites in words, and its competencies in teaching order.

    ``programme`` is what its certificate says, ``paper`` what that is called; a centre's
    configuration may say otherwise. ``role`` is who is trained, ``mandate`` what the training
    rests on. ``survey_minutes`` is how long the survey before the first lesson takes (none: 0),
    ``session_minutes`` a session in person: of peers after each lesson, or of practice in the
    weeks of ``clinics`` between the last lesson and the papers.
    """

    code: str = Field(pattern=r"^[a-z0-9-]{1,32}$")
    name: str = Field(min_length=1)
    programme: str = Field(min_length=1)
    paper: str = Field(min_length=1)
    role: str = Field(min_length=1)
    mandate: str = Field(min_length=1)
    audience: tuple[str, ...] = Field(min_length=1)
    prerequisites: tuple[str, ...] = Field(min_length=1)
    modules: tuple[str, ...] = Field(min_length=1)
    survey_minutes: int = Field(default=0, ge=0)
    session_minutes: int = Field(ge=0)
    clinics: tuple[str, ...] = ()
    competencies: tuple[OwnCompetency, ...] = ()


class _Tracks(Content):
    tracks: tuple[Track, ...] = Field(min_length=1)


def read_tracks(path: Path = TRACKS) -> dict[str, Track]:
    """Read and check the tracks, by code; what they cite is printed from the register.

    Raises:
        ContentError: naming file and key on an unknown key, a code used twice, or a module
            that is no competency.
    """
    tracks = parse_toml(the_sources().printed(read_text(path), path), path, _Tracks).tracks
    taught = [c.code for c in (*the_framework().competencies, *_own(tracks))]
    for what, codes in (("chương trình", [t.code for t in tracks]), ("năng lực", taught)):
        if twice := [code for code, n in Counter(codes).items() if n > 1]:
            raise ContentError(f"hai {what} trùng mã {twice[0]}", path=path)
    for track in tracks:
        if strange := set(track.modules) - set(taught):
            raise ContentError(f"không có năng lực {min(strange)}", path=path, key=track.code)
    return {track.code: track for track in tracks}


def _own(tracks: Iterable[Track]) -> Iterator[OwnCompetency]:
    return chain.from_iterable(track.competencies for track in tracks)


@cache
def the_tracks() -> dict[str, Track]:
    """The tracks of this product, by code."""
    return read_tracks()


def the_track(code: str) -> Track:
    """One track; ContentError names those there are when there is none of that code."""
    known = the_tracks()
    if code not in known:
        raise ContentError(f"không có chương trình “{code}”; có: {', '.join(known)}")
    return known[code]


def all_competencies() -> dict[str, Competency | OwnCompetency]:
    """Every competency that is taught, by code: the framework's, then those of the tracks."""
    found: list[Competency | OwnCompetency] = [*the_framework().competencies]
    return {c.code: c for c in (*found, *_own(the_tracks().values()))}
