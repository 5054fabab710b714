"""Papers become nbgrader notebooks whose released half tells nothing."""

import json
from functools import cache

import nbformat
import pytest
from shipped import BANK

from assessments.forms.blueprint import read_blueprint
from assessments.forms.drawing import draw_forms
from assessments.papers.notebook import write_paper

BLUEPRINT = read_blueprint()
FORMS = [(plan.code, number) for plan in BLUEPRINT.papers for number in range(plan.forms)]


@cache
def drawn(code):
    return draw_forms(BLUEPRINT, code, BANK, "một kỳ giả định")


@pytest.fixture(params=FORMS, ids=lambda one: f"{one[0]}-{one[1]}")
def form(request):
    code, number = request.param
    return drawn(code)[number]


def cells(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    return notebook.cells


def test_a_paper_is_a_valid_notebook_for_each_competency(form, tmp_path):
    paths = write_paper(form, BANK.rubrics, tmp_path)
    assert [path.stem for path in paths] == form.competencies
    graded = [
        cell.metadata.nbgrader.get("points", 0)
        for path in paths
        for cell in cells(path)
        if "nbgrader" in cell.metadata
    ]
    assert sum(graded) == form.points


def test_writing_a_paper_twice_gives_the_same_bytes(form, tmp_path):
    once, again = (write_paper(form, BANK.rubrics, tmp_path / folder) for folder in "ab")
    assert [p.read_bytes() for p in once] == [p.read_bytes() for p in again]


def test_every_cell_is_locked_and_no_code_is_seen(form, tmp_path):
    for path in write_paper(form, BANK.rubrics, tmp_path):
        for cell in cells(path):
            assert cell.metadata.editable is False
            assert cell.metadata.deletable is False
            if cell.cell_type == "code":
                assert cell.metadata.jupyter.source_hidden


def test_keys_stand_in_hidden_tests_and_descriptors_in_mark_schemes_alone(form, tmp_path):
    for path in write_paper(form, BANK.rubrics, tmp_path):
        for cell in cells(path):
            open_part = cell.source
            for begin, end in (
                ("### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS"),
                ("=== BEGIN MARK SCHEME ===", "=== END MARK SCHEME ==="),
            ):
                if begin in open_part:
                    before, _, rest = open_part.partition(begin)
                    open_part = before + rest.partition(end)[2]
            assert "correct" not in open_part
            assert "Mức 3" not in open_part
            assert form.seed not in open_part


def test_an_essay_is_marked_by_people_with_the_whole_rubric_before_them(form, tmp_path):
    text = json.dumps(
        [cell.source for path in write_paper(form, BANK.rubrics, tmp_path) for cell in cells(path)],
        ensure_ascii=False,
    )
    for item in (item for item in form.items if item.rubric):
        for criterion in BANK.rubrics[item.id].criteria:
            assert all(
                json.dumps(level.descriptor, ensure_ascii=False)[1:-1] in text
                for level in criterion.levels
            )


def test_every_scoring_rule_stands_on_the_paper_in_the_words_of_its_kind(form, tmp_path):
    for notebook in write_paper(form, BANK.rubrics, tmp_path):
        head = nbformat.read(notebook, 4).cells[0].source
        for item in form.of(notebook.stem):
            assert item.variants[0].question.RULE in head
