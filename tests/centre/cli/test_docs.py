"""What the documents say can be done can be done: commands, make targets, links, files."""

import re
from pathlib import Path

import pytest
import typer

from centre.cli import app

ROOT = Path(__file__).parents[3]
DOCUMENTS = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
_CODE = re.compile(r"`([^`\n]+)`|^(?:\$ )?((?:make|cio) [^\n]*)$", re.MULTILINE)
_LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")


def spoken(path):
    """Every piece of code in a document, on one line each."""
    return [a or b for a, b in _CODE.findall(path.read_text(encoding="utf-8"))]


def command_words():
    def walk(command, words):
        for name, child in getattr(command, "commands", {}).items():
            yield (*words, name)
            yield from walk(child, (*words, name))

    return set(walk(typer.main.get_command(app), ()))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_cio_command_a_document_names_is_there(path):
    known = command_words()
    for code in spoken(path):
        words = tuple(code.split()[1:3]) if code.startswith("cio ") else ()
        if words and re.fullmatch(r"[a-z]+", words[0]):
            assert words in known or words[:1] in known, code


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_make_target_a_document_names_is_there(path):
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    for code in spoken(path):
        if code.startswith("make "):
            assert code.split()[1] in targets, code


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_inside_the_documents_leads_somewhere(path):
    for target in _LINK.findall(path.read_text(encoding="utf-8")):
        if "://" not in target and not target.startswith("mailto:"):
            assert (path.parent / target).exists(), target


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_folder_of_the_product_a_document_names_is_there(path):
    rooms = ("courses/", "assessments/", "cohort_data/", "grading/", "centre/")
    houses = (*rooms, "docs/", "tests/", "deploy/")
    for code in spoken(path):
        if code.startswith(houses) and not set(code) & set("<*…{ ="):
            assert (ROOT / code).exists(), code


def test_the_make_targets_need_nothing_that_is_not_in_the_repository():
    text = (ROOT / "Makefile").read_text("utf-8")
    for script in re.findall(r"@sh (\S+)", text):
        assert (ROOT / script).exists(), script
