"""Options of ``cio grade`` that go by nbgrader's own names."""

from __future__ import annotations

import json
import logging
import shutil

import pytest
from code_course import RIGHT, answered, new_course, paper, released, submit

NOTEBOOKS = ("mot", "hai")


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    made = new_course(tmp_path_factory.mktemp("hai-so"), dict.fromkeys(NOTEBOOKS, paper()))
    for name in NOTEBOOKS:
        answer = answered(released(made, name), RIGHT)
        answer.cells[-3].source = "assert True"  # a test that nbgrader puts back, and says so
        submit(made, "an", answer, name)
    return made


@pytest.fixture
def log(monkeypatch):
    """The log of nbgrader, left as it was."""
    logger = logging.getLogger("traitlets")
    monkeypatch.setattr(logger, "handlers", [])
    before = logger.level
    yield logger
    logger.setLevel(before)


@pytest.mark.usefixtures("log")
def test_one_notebook_is_graded_and_nbgraders_log_shown(cio, course):
    status, out, err = cio("grade", course.folder, "--notebook", "mot", "--log-level", "warning")
    assert (status, "Đã chấm 1, không đổi 0" in out) == (0, True)
    assert "[WARNING]" in err
    marked = course.path("autograded", "an", "bai1")
    assert [path.name for path in marked.glob("*.ipynb")] == ["mot.ipynb"]


@pytest.mark.usefixtures("log")
def test_without_it_nothing_of_nbgraders_log_is_shown(cio, course):
    status, _, err = cio("grade", course.folder, "--force")
    assert (status, "[WARNING]" in err) == (0, False)


def test_another_gradebook_can_be_named(cio, course, tmp_path):
    other = shutil.copy(course.folder / "gradebook.db", tmp_path / "khac.db")
    before = (course.folder / "gradebook.db").read_bytes()
    status, out, _ = cio("grade", course.folder, "--force", "--json", "--db", f"sqlite:///{other}")
    assert status == 0
    assert json.loads(out.splitlines()[-1])["graded"] == 1
    assert (course.folder / "gradebook.db").read_bytes() == before


def test_no_notebook_of_that_name_is_nothing_found(cio, course):
    assert cio("grade", course.folder, "--notebook", "ba")[0] == 5


@pytest.mark.parametrize(
    ("options", "words"),
    [(("--log-level", "nhieu"), "không có mức này"),
     (("--notebook", "mot", "--sitting", "K1"), "--notebook chỉ dùng với thư mục khoá học")],
)  # fmt: skip
def test_what_cannot_be_done_is_refused(cio, course, options, words):
    place = () if "--sitting" in options else (course.folder,)
    status, _, err = cio("grade", *place, *options)
    assert (status, words in err) == (1, True)
