"""Each file in attacks/ is a candidate's cell that gives a wrong answer and wants to be paid."""

from __future__ import annotations

import pytest
from code_course import AFTER, ATTACKS

NAMES = [path.stem for path in ATTACKS]

# What ends the process, or runs past its time, costs only that cell: the notebook is run again
# without it, and then there is no answer to test.
ENDS_THE_PROCESS = ("crash", "exit_at_once", "ignore_interrupts", "catch_interrupts")
# What breaks its own shell or its own way of answering also loses its own later answers.
BREAKS_ITSELF = (
    "input_transformer",
    "patched_answers",
    "patched_compile",
    "patched_encoder",
    "patched_shell",
    "stop_reading",
    "busy_sessions",
)


def printed(notebook):
    texts = []
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            texts.append(output.get("text", ""))
            texts.append(str(output.get("data", {}).get("text/plain", "")))
    return "\n".join(texts)


@pytest.mark.parametrize("name", NAMES)
def test_a_wrong_answer_earns_nothing_whatever_it_does(attacked, name):
    assert attacked.outcomes[name].state == "graded"
    assert attacked.score(name, "test_square") == 0.0
    assert attacked.score(name, "test_partial") == 0.0


@pytest.mark.parametrize("name", [name for name in NAMES if name not in BREAKS_ITSELF])
def test_an_attack_does_not_cost_the_rest_of_its_own_notebook(attacked, name):
    assert attacked.score(name, "test_honest") == 1.0


# A test is run where the answer is too, as nbgrader runs it: what looks then can see it.
SEES_THE_TEST = ("read_the_test_from_history", "search_memory_for_the_test", "trace_function")


@pytest.mark.parametrize("name", [name for name in NAMES if name not in SEES_THE_TEST])
def test_an_attack_gets_at_nothing(attacked, name):
    assert "LEAK" not in printed(attacked.notebook(name))
    marked = attacked.course.path("autograded", name, "bai1")
    assert not any(path.is_symlink() for path in marked.rglob("*"))
    assert not any("LEAK" in path.name for path in marked.rglob("*"))
    assert not (marked / "gradebook.db").exists()


@pytest.mark.parametrize("name", SEES_THE_TEST)
def test_what_sees_the_test_has_been_asked_before_and_earns_nothing(attacked, name):
    assert attacked.score(name, "test_square") == 0.0


# The course calls itself hostile: these go to a person whatever comes of them.
UNSPLIT = {"test_unittest": "not-split", "test_checked": "not-split"}
ALL_TESTS = ("square", "partial", "looped", "unittest", "tolerant", "checked")


@pytest.mark.parametrize("name", NAMES)
def test_no_test_of_a_wrong_answer_has_points_that_nobody_looks_at(attacked, name):
    paid = {f"test_{test}" for test in ALL_TESTS if attacked.score(name, f"test_{test}") > 0}
    assert paid <= attacked.pending(name)
    assert paid <= {remark.cell for remark in attacked.outcomes[name].review}


# What stock gives points for: an honest course pays these unseen.
WOULD_BE_PAID = {
    "always_equal_number": "partial", "always_equal_object": "partial", "ast_transformer": "square",
    "display_hook": "partial", "input_transformer": "square", "reflected_comparison": "partial",
    "stop_under_map": "looped", "skip_test": "unittest", "loosened_constant": "tolerant",
    "redefined_helper_module": "checked",
}  # fmt: skip


@pytest.mark.parametrize(("name", "test"), WOULD_BE_PAID.items())
def test_what_nbgrader_would_pay_goes_to_a_person(attacked, name, test):
    assert f"test_{test}" in attacked.pending(name)


@pytest.mark.parametrize("name", ["0-first", *(name + AFTER for name in NAMES)])
def test_an_honest_submission_right_after_it_in_the_same_worker_is_untouched(attacked, name):
    outcome = attacked.outcomes[name]
    told = {(remark.cell, remark.code) for remark in outcome.review}
    assert (outcome.state, told, outcome.stopped) == ("graded", UNSPLIT.items(), ())
    cells = ("test_square", "test_partial", "test_honest", "test_looped", "test_unittest")
    assert [attacked.score(name, cell) for cell in cells] == [2.0, 1.0, 1.0, 1.0, 1.0]
    cells = ("test_tolerant", "test_checked")
    assert [attacked.score(name, cell) for cell in cells] == [1.0, 1.0]
    assert attacked.pending(name) == set(UNSPLIT)


def test_there_are_at_least_forty_attacks():
    assert len(NAMES) >= 40


def test_the_tier_is_recorded_with_each_outcome_and_in_each_stamp(attacked):
    for name, outcome in attacked.outcomes.items():
        assert outcome.tier in ("namespaces", "landlock")
        stamp = attacked.course.path("autograded", name, "bai1") / ".da-cham.json"
        assert f'"tier": "{outcome.tier}"' in stamp.read_text()


@pytest.mark.parametrize("name", ENDS_THE_PROCESS)
def test_a_cell_that_ends_the_process_is_named(attacked, name):
    assert "square" in {remark.cell for remark in attacked.outcomes[name].stopped}
