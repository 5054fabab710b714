"""The foreign language of KM3 is configuration: another one can be chosen without new code."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from courses.foreign_language import (
    PARTS,
    Choice,
    Language,
    Languages,
    language_of,
    the_languages,
    with_language_part,
)
from courses.foundation.content import read_text
from courses.foundation.errors import ContentError
from courses.glossary import the_glossary
from courses.lesson import LESSONS, read_lesson
from courses.lint import lint_terms, lint_text

ENGLISH = Language(code="en", name="tiếng Anh", level="B1–B2")
FRENCH = Language(code="fr", name="tiếng Pháp", level="B1")
FIRST = Choice(language="en", effective_from=date(2026, 1, 1))
THEN = Choice(language="fr", effective_from=date(2027, 1, 1))
LESSON = LESSONS / "km3-giao-tiep.md"


def test_the_latest_choice_is_taught():
    languages = Languages(languages=(ENGLISH, FRENCH), choices=(FIRST, THEN))
    assert languages.chosen == FRENCH


def test_another_language_takes_the_place_of_the_first_in_the_lesson(tmp_path):
    (tmp_path / "fr.md").write_text("Un texte français.", encoding="utf-8")
    languages = Languages(languages=(ENGLISH, FRENCH), choices=(FIRST, THEN))
    text = with_language_part(read_text(LESSON), languages, tmp_path)
    assert "Un texte français." in text
    assert "tiếng Pháp, bậc B1" in text
    assert "Nordlys" not in text


def test_a_chosen_language_without_a_reading_part_is_refused_naming_the_file(tmp_path):
    languages = Languages(languages=(FRENCH,), choices=(THEN,))
    with pytest.raises(ContentError) as caught:
        with_language_part("{{ngoai-ngu}}", languages, tmp_path)
    assert caught.value.path == tmp_path / "fr.md"


def test_a_text_without_the_mark_is_left_as_it_is():
    assert with_language_part("Không có gì.", the_languages()) == "Không có gì."


@pytest.mark.parametrize("choices", [(THEN,), (FIRST, FIRST)])
def test_an_unknown_language_or_two_choices_of_one_day_are_refused(choices):
    with pytest.raises(ValidationError):
        Languages(languages=(ENGLISH,), choices=choices)


@pytest.mark.parametrize(
    ("item", "code"), [("KM3-EN01", "en"), ("KM3-ENE1", "en"), ("KM3-01", None), ("KM3-E1", None)]
)
def test_an_item_carries_the_code_of_the_language_it_needs(item, code):
    assert language_of(item) == code


@pytest.mark.parametrize("path", sorted(PARTS.glob("*.md")), ids=lambda path: path.stem)
def test_a_reading_part_keeps_the_rules_for_every_text(path):
    text = read_text(path)
    assert [
        *lint_text(path, text),
        *lint_terms(path, text, the_glossary()),
    ] == []


def test_every_language_offered_has_its_reading_part_and_the_lesson_uses_the_chosen_one():
    for language in the_languages().languages:
        assert (PARTS / f"{language.code}.md").exists()
    practised = [
        block.name for block in read_lesson(LESSON).blocks if block.body.outcome == "KM3.4"
    ]
    assert len(practised) == 3
