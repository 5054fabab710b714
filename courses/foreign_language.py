"""The foreign language that KM3 teaches and examines: configuration, with its own reading part.

A lesson marks the place with a line ``{{ngoai-ngu}}``; there the part written for the chosen
language stands, with its texts and questions. ``{{ten-ngoai-ngu}}`` and ``{{bac-ngoai-ngu}}``
are its name and level. Exam items that need the language carry its code in their id
(``KM3-EN01``), so that the items of another language can be told apart.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path

from pydantic import Field, model_validator

from courses.foundation.content import Content, read_text, read_toml

CONFIGURATION = Path(__file__).parent / "foreign_language.toml"
PARTS = Path(__file__).parent / "languages"
_CODED = re.compile(r"KM3-([A-Z]{2})E?\d{1,2}")


class Language(Content):
    """A language that has a reading part, and the level it is taught at (CEFR)."""

    code: str = Field(pattern=r"^[a-z]{2}$")
    name: str = Field(min_length=1)
    level: str = Field(min_length=1)


class Choice(Content):
    """From this day the programme teaches and examines ``language``."""

    language: str
    effective_from: date


class Languages(Content):
    """The languages offered and, never edited but added to, which one was chosen when."""

    languages: tuple[Language, ...] = Field(min_length=1)
    choices: tuple[Choice, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _known_and_in_order(self) -> Languages:
        codes = {language.code for language in self.languages}
        for choice in self.choices:
            if choice.language not in codes:
                raise ValueError(f"ngoại ngữ “{choice.language}” chưa có trong languages")
        days = [choice.effective_from for choice in self.choices]
        if days != sorted(set(days)):
            raise ValueError("các lựa chọn phải xếp theo ngày, mỗi ngày một lựa chọn")
        return self

    @property
    def chosen(self) -> Language:
        """The language of the latest choice."""
        code = self.choices[-1].language
        return next(language for language in self.languages if language.code == code)


@cache
def the_languages() -> Languages:
    """The languages of this programme."""
    return read_toml(CONFIGURATION, Languages)


def with_language_part(text: str, languages: Languages, parts: Path = PARTS) -> str:
    """``text`` of a lesson with the part of the chosen language in its place.

    Raises:
        ContentError: naming the file, when the chosen language has no part.
    """
    if "{{ngoai-ngu}}" in text:
        part = read_text(parts / f"{languages.chosen.code}.md").strip()
        text = text.replace("{{ngoai-ngu}}", part)
    text = text.replace("{{ten-ngoai-ngu}}", languages.chosen.name)
    return text.replace("{{bac-ngoai-ngu}}", languages.chosen.level)


def language_of(item_id: str) -> str | None:
    """The code of the language that an exam item needs; None when it needs none."""
    match = _CODED.fullmatch(item_id)
    return match[1].lower() if match else None
