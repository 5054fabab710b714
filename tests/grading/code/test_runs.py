"""Whole runs: what is written, what is left alone, what an interruption costs, odd submissions."""

from __future__ import annotations

import errno
import json
import os
import shutil
from pathlib import Path

import nbformat
import pytest
from code_course import (
    FULL,
    LIMITS,
    RIGHT,
    WRONG,
    answered,
    graded_by_a_person,
    new_course,
    paper,
    persons_word,
    points,
    released,
    run,
    submit,
)
from nbgrader.api import Gradebook

import grading
from courses.foundation.errors import SittingError
from grading.gradebook.configuration import limits_of
from grading.gradebook.course import enrol_students, open_course
from grading.gradebook.scores import read_scores

ROOT = Path(grading.__file__).parents[1]


def edited(course, change):
    """A right submission, changed as JSON."""
    notebook = json.loads(nbformat.writes(answered(released(course), RIGHT)))
    change(notebook)
    folder = course.folder / "submitted" / "an" / "bai1"
    folder.mkdir(parents=True)
    (folder / "square.ipynb").write_text(json.dumps(notebook))
    return run(course)["an"]


def cell_of(notebook, name):
    return next(
        c for c in notebook["cells"] if c["metadata"].get("nbgrader", {}).get("grade_id") == name
    )


def repeat_the_tests(notebook):
    notebook["cells"] += [dict(cell_of(notebook, "test_square")) for _ in range(3)]


def rewrite_the_tests(notebook):
    cell_of(notebook, "test_square")["source"] = "pass"


def raise_the_points(notebook):
    cell_of(notebook, "test_square")["metadata"]["nbgrader"]["points"] = 100


def call_the_test_a_solution(notebook):
    marks = cell_of(notebook, "test_square")["metadata"]["nbgrader"]
    marks |= {"solution": True, "grade": False, "locked": False}


def call_the_answer_a_test(notebook):
    marks = cell_of(notebook, "square")["metadata"]["nbgrader"]
    marks |= {"grade": True, "points": 50}


def add_a_graded_cell(notebook):
    copy = json.loads(json.dumps(cell_of(notebook, "test_square")))
    copy["metadata"]["nbgrader"]["grade_id"] = "gift"
    notebook["cells"].append(copy)


def use_an_old_schema(notebook):
    for cell in notebook["cells"]:
        cell["metadata"].get("nbgrader", {}).pop("schema_version", None)


def change_the_kernel(notebook):
    notebook["metadata"]["kernelspec"] = {"name": "bash", "display_name": "x", "language": "x"}


def forge_outputs(notebook):
    output = {"output_type": "execute_result", "data": {"text/plain": "1"}, "metadata": {}}
    cell_of(notebook, "test_square")["outputs"] = [{**output, "execution_count": 1}]


def put_a_null_byte_in(notebook):
    notebook["cells"].append({**cell_of(notebook, "square"), "source": "x = 1\0", "metadata": {}})


def put_a_lone_surrogate_in(notebook):
    notebook["cells"].append(
        {**cell_of(notebook, "square"), "source": "x = '\ud800'", "metadata": {}}
    )


def put_lone_surrogates_in_metadata(notebook):
    notebook["metadata"]["\udc00"] = "\ud800"
    cell_of(notebook, "square")["metadata"]["x"] = "\ud800"


@pytest.mark.parametrize(
    "change",
    [
        repeat_the_tests, rewrite_the_tests, raise_the_points, call_the_test_a_solution,
        call_the_answer_a_test, add_a_graded_cell, use_an_old_schema, change_the_kernel,
        forge_outputs, put_a_null_byte_in, put_a_lone_surrogate_in,
        put_lone_surrogates_in_metadata,
    ],
)  # fmt: skip
def test_what_a_candidate_changes_around_the_answer_changes_no_mark(course, change):
    assert edited(course, change).state == "graded"
    assert points(course, "an") == FULL


def test_a_deleted_test_is_left_to_a_person_as_nbgrader_does(course):
    def drop(notebook):
        notebook["cells"].remove(cell_of(notebook, "test_square"))

    assert edited(course, drop).state == "graded"
    scores = read_scores(course).set_index("cell")
    assert scores.pending["test_square"]
    assert scores.score["test_honest"] == 1.0


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", '{"cells": 3}', '{"nbformat": 4, "metadata": {}, "cells": [1]}', "\0",
     "[" * 100_000],
)  # fmt: skip
def test_a_file_that_is_no_notebook_fails_alone_and_says_so(course, text):
    submit(course, "binh", answered(released(course), RIGHT))
    folder = course.folder / "submitted" / "an" / "bai1"
    folder.mkdir(parents=True)
    (folder / "square.ipynb").write_text(text)
    outcomes = run(course)
    assert outcomes["an"].state == "failed"
    assert "square.ipynb" in outcomes["an"].reason
    assert points(course, "binh") == FULL
    assert not course.path("autograded", "an", "bai1").exists()


def test_a_cell_of_megabytes_fails_alone(course):
    def swell(notebook):
        cell_of(notebook, "square")["source"] = "#" * 3_000_000

    assert edited(course, swell).state == "failed"


def test_a_file_whose_name_is_no_text_is_kept_beside_the_notebook(course):
    folder = submit(course, "an", answered(released(course), RIGHT))
    odd = b"d\xff.txt".decode(errors="surrogateescape")
    (folder / odd).write_text("1")
    assert run(course)["an"].state == "graded"
    assert points(course, "an") == FULL
    assert (course.folder / "autograded" / "an" / "bai1" / odd).read_text() == "1"


def test_a_file_left_in_place_of_a_submitted_folder_harms_nobody(course):
    swap = "import shutil\nshutil.rmtree('data')\nopen('data', 'w').write('x')"
    folder = submit(course, "an", answered(released(course), f"{RIGHT}\n{swap}"))
    for taken in ("data", ".da-cham.json"):
        (folder / taken).mkdir()
        (folder / taken / "x.csv").write_text("1")
    submit(course, "binh", answered(released(course), RIGHT))
    outcomes = run(course)
    assert {outcome.state for outcome in outcomes.values()} == {"graded"}
    assert points(course, "an") == points(course, "binh") == FULL
    assert run(course)["an"].state == "unchanged"


def test_a_missing_notebook_is_zero(tmp_path):
    course = new_course(tmp_path / "khoa", {"square": paper(), "other": paper()})
    submit(course, "an", answered(released(course), RIGHT))
    assert run(course)["an"].state == "graded"
    scores = read_scores(course).set_index(["notebook", "cell"])
    assert scores.score["other", "test_square"] == 0.0
    assert not scores.pending["other", "test_square"]


@pytest.mark.parametrize("value", ["nan", "inf", "-1", "1e9"])
def test_partial_credit_that_is_no_share_of_the_points_is_nothing_and_goes_to_a_person(
    tmp_path, value
):
    notebook = paper()
    notebook.cells[4].source = "square(3) / 9"
    course = new_course(tmp_path, {"square": notebook})
    submit(course, "an", answered(released(course), f"def square(n): return float('{value}')"))
    assert run(course)["an"].state == "graded"
    row = read_scores(course).set_index("cell").loc[notebook.cells[4].metadata.nbgrader.grade_id]
    assert (row.score, row.pending) == (0.0, True)


def test_a_test_that_cannot_be_split_has_stocks_mark_and_goes_to_a_person_where_told(tmp_path):
    notebook = paper()
    notebook.cells[4].source = "import inspect\nassert 'n * n' in inspect.getsource(square)"
    course = new_course(tmp_path / "khoa", {"square": notebook})
    submit(course, "an", answered(released(course), RIGHT))
    outcome = run(course)["an"]
    assert outcome.review == ()
    row = read_scores(course).set_index("cell").loc["test_square"]
    assert (row.score, row.pending) == (2.0, False)
    (remark,) = run(course, hostile=True)["an"].review
    assert (remark.code, remark.cell) == ("not-split", "test_square")
    row = read_scores(course).set_index("cell").loc["test_square"]
    assert (row.score, row.pending) == (2.0, True)


def test_the_same_submission_is_marked_the_same_in_every_run(tmp_path):
    answer = "import random\nvalue = random.random()\ndef square(n):\n    return n * n"
    course = new_course(tmp_path / "khoa", {"square": paper()})
    submit(course, "an", answered(released(course), answer + "\nvalue"))
    marked = course.path("autograded", "an", "bai1") / "square.ipynb"
    run(course)
    first = marked.read_bytes()
    run(course, force=True, workers=2)
    assert marked.read_bytes() == first


def test_what_has_not_changed_is_left_alone(course):
    submit(course, "an", answered(released(course), RIGHT))
    assert run(course)["an"].state == "graded"
    assert run(course)["an"].state == "unchanged"
    submit(course, "an", answered(released(course), RIGHT + "\n"))
    assert run(course)["an"].state == "graded"


def test_a_persons_mark_stays_and_is_asked_for_again(course):
    submit(course, "an", answered(released(course), RIGHT))
    run(course)
    with Gradebook(course.db_url) as gradebook:
        grade = gradebook.find_grade("test_square", "square", "bai1", "an")
        grade.manual_score, grade.needs_manual_grade = 1.5, False
        gradebook.db.commit()
    run(course, force=True)
    row = read_scores(course).set_index("cell").loc["test_square"]
    assert (row.score, row.pending) == (1.5, True)


def refuse_by_size(course, _monkeypatch):
    (course.folder / "submitted" / "an" / "bai1" / "lon.bin").touch()
    os.truncate(course.folder / "submitted" / "an" / "bai1" / "lon.bin", 300_000_000)


def refuse_by_damage(course, _monkeypatch):
    (course.folder / "submitted" / "an" / "bai1" / "square.ipynb").write_text("{")


def fill_the_disk(course, monkeypatch):
    def full(*_arguments):
        raise OSError(errno.ENOSPC, "No space left on device")

    submit(course, "an", answered(released(course), WRONG))
    monkeypatch.setattr("grading.gradebook.marked_tree._write", full)


def lose_the_worker(course, monkeypatch):
    def lost(*_arguments):
        raise RuntimeError("mất")

    submit(course, "an", answered(released(course), WRONG))
    monkeypatch.setattr("grading.code.marking.CodeMarker.mark", lost)


@pytest.mark.parametrize(
    "failure", [refuse_by_size, refuse_by_damage, fill_the_disk, lose_the_worker]
)
def test_a_grading_that_fails_leaves_marks_comments_and_folder_as_they_were(
    course, monkeypatch, failure
):
    graded_by_a_person(course, "an")
    marked = course.path("autograded", "an", "bai1")
    before = read_scores(course), {path.name: path.read_bytes() for path in marked.iterdir()}
    failure(course, monkeypatch)
    outcome = run(course, force=True)["an"]
    assert (outcome.state, outcome.kept) == ("failed", True)
    assert read_scores(course).equals(before[0])
    assert {path.name: path.read_bytes() for path in marked.iterdir()} == before[1]
    assert persons_word(course, "an") == (2.5, "Tốt")


def test_an_unknown_student_costs_the_others_nothing(course):
    course.config.Autograde.create_student = False
    submit(course, "an", answered(released(course), RIGHT))
    submit(course, "binh", answered(released(course), RIGHT))
    enrol_students(course, ["binh"])
    outcomes = run(course)
    assert (outcomes["an"].state, outcomes["binh"].state) == ("failed", "graded")
    assert points(course, "binh") == FULL


def test_folders_by_other_names_hidden_ones_and_excluded_students_are_as_nbgrader_has_them(course):
    course.config.CourseDirectory.submitted_directory = "da-nop"
    course.config.CourseDirectory.student_id_exclude = "thay"
    for student in ("an", "thay", ".ipynb_checkpoints"):
        submit(course, student, answered(released(course), RIGHT))
    (course.folder / "submitted").rename(course.folder / "da-nop")
    assert list(run(course)) == ["an"]


def test_a_released_file_of_any_size_is_no_reason_to_refuse(template, tmp_path):
    folder = shutil.copytree(template, tmp_path / "khoa")
    data = folder / "source" / "bai1" / "du-lieu.bin"
    data.write_bytes(bytes(24_000_000))
    course = open_course(folder)
    shutil.copy(data, submit(course, "an", answered(released(course), RIGHT)))
    assert run(course)["an"].state == "graded"


@pytest.mark.parametrize(
    ("section", "name"),
    [("Execute", "kernel_name"), ("Autograde", "autograde_preprocessors"), ("Cio", "memry")],
)
def test_an_option_that_is_not_done_here_stops_before_grading_and_is_named(course, section, name):
    course.config[section][name] = "x"
    submit(course, "an", answered(released(course), RIGHT))
    with pytest.raises(SittingError, match=f"c.{section}.{name}"):
        run(course)


def test_a_notebook_of_another_language_is_named_and_not_run_as_python(tmp_path):
    notebook = paper()
    notebook.metadata.kernelspec = {"name": "ir", "display_name": "R", "language": "R"}
    course = new_course(tmp_path / "khoa", {"square": notebook})
    submit(course, "an", answered(released(course), RIGHT))
    with pytest.raises(SittingError, match="ir"):
        run(course)
    assert read_scores(course).empty


@pytest.mark.parametrize(
    ("section", "given", "seconds"),
    [("ExecutePreprocessor", 7, 7), ("Execute", 9, 9), ("Execute", -1, 3600), ("Cio", None, 30)],
)
def test_nbgraders_time_limits_are_kept(course, section, given, seconds):
    if given is not None:
        course.config[section].timeout = given
    course.config.Cio.memory = 512
    limits = limits_of(course.config)
    assert (limits.cell_seconds, limits.memory) == (seconds, 512 << 20)


def test_the_limits_of_the_tests_are_smaller_than_the_ordinary_ones():
    assert LIMITS.cell_seconds < 30
