"""An assignment is tried before anybody is graded by it, and the operator is told in words."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from code_course import LIMITS, RIGHT, answered, new_course, paper, released, run, submit

from grading.autograde import Options, check
from grading.code.preflight import read_preflight
from grading.gradebook.outcome import Outcome, failed
from grading.gradebook.refusals import CODES as REFUSALS
from grading.gradebook.refusals import RefusedError
from grading.gradebook.remarks import CODES, Remark
from grading.gradebook.snapshot import take_snapshot
from grading.gradebook.submission import Submission
from grading.gradebook.telling import as_event, chosen_language, printable, report, told_preflight

MORE = {
    "blank": "import math\nassert math.sqrt(16) == 4",
    "loses": "assert square(3) == 10",
    "source": "import inspect\nassert 'n * n' in inspect.getsource(square)",
    "own_type": "assert type(square(2)).__name__ == 'int'",
}


@pytest.fixture(scope="module")
def tried(tmp_path_factory):
    course = new_course(tmp_path_factory.mktemp("thu-de") / "khoa", {"square": paper(**MORE)})
    return course, check(course, "bai1", Options(limits=LIMITS))


def test_each_test_that_is_no_good_is_named_with_what_it_does(tried):
    _course, done = tried
    found = {test.cell: test.findings for test in done.tests if test.findings}
    assert found == {"test_blank": ("blank-passes",), "test_loses": ("solution-loses",)}


def test_what_cannot_be_split_says_why_and_all_else_is_judged_outside(tried):
    _course, done = tried
    inside = {test.cell for test in done.tests if test.inside}
    assert inside == {"test_source"}


@pytest.mark.parametrize(
    ("language", "words"),
    [("vi", "bài để trống được 1"), ("en", "the notebook as released gets 1")],
)
def test_the_operator_is_told_in_either_language(tried, language, words):
    _course, done = tried
    assert any(words in line for line in told_preflight(done, language))


def test_it_is_kept_with_the_assignment_until_that_changes(tried):
    course, done = tried
    snapshot = take_snapshot(course, "bai1")
    assert read_preflight(course, snapshot) == done
    changed = take_snapshot(course, "bai1")
    changed.files["x.csv"] = b"1"
    assert read_preflight(course, changed) is None


def test_a_grading_uses_what_is_kept(tried, monkeypatch):
    course, _done = tried
    monkeypatch.setattr("grading.code.worker.trial", pytest.fail)
    submit(course, "an", answered(released(course), RIGHT))
    assert run(course)["an"].state == "graded"


@pytest.mark.parametrize(
    ("option", "environment", "language"),
    [("", {}, "vi"), ("", {"LANG": "en_US.UTF-8"}, "en"), ("vi", {"LANG": "en_US"}, "vi"),
     ("", {"LC_ALL": "vi_VN.UTF-8", "LANG": "en_US"}, "vi"), ("en", {}, "en"),
     ("", {"LANG": "C.UTF-8"}, "vi")],
)  # fmt: skip
def test_the_language_is_asked_for_or_the_locales(option, environment, language):
    assert chosen_language(option, environment) == language


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_reason_has_words_in_both_languages_and_its_code_in_json(code):
    remark = Remark("so", "o", code, "chi tiết", 1.0, 0.5)
    outcome = Outcome("an", "bai1", "graded", "namespaces", review=(remark,))
    vietnamese, english = (report([outcome], 1.0, language)[0] for language in ("vi", "en"))
    assert vietnamese != english
    (told,) = as_event(outcome, "en")["review"]
    assert (told["code"], told["message"] in english) == (code, True)


def test_a_name_cannot_speak_to_the_terminal():
    assert printable("a\x1b]0;x\x07\u202eb\udcff") == "a\\x1b]0;x\\x07\\u202eb\\udcff"


@pytest.mark.parametrize("code", sorted(REFUSALS))
def test_every_refusal_has_words_in_both_languages_and_its_code_in_json(code, tmp_path):
    course = new_course(tmp_path, {"square": paper()})
    error = pickle.loads(pickle.dumps(RefusedError(code, "chi tiết", path=Path("a/b.txt"))))  # noqa: S301 - our own
    outcome = failed(Submission(course, "bai1", "an"), "namespaces", error).outcome
    vietnamese, english = (as_event(outcome, language) for language in ("vi", "en"))
    assert vietnamese["code"] == english["code"] == code
    assert vietnamese["reason"] != english["reason"]
    assert all(told["reason"].startswith("b.txt: ") for told in (vietnamese, english))
    assert english["reason"] in report([outcome], 1.0, "en")[0]
