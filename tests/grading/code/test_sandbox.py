"""The sandbox holds by every way it can be had, and where none can be had nothing runs."""

from __future__ import annotations

import pytest
from code_course import LIMITS, RIGHT, answered, new_course, paper, released, run, submit
from strangers import as_a_stranger

from courses.foundation.errors import GradingError
from grading.code.sandbox import landlock, seccomp
from grading.code.sandbox.probe import prove
from grading.code.warm import WarmProcess
from grading.gradebook.scores import read_scores

# Run as somebody else: prove the sandbox, run one right answer and judge it.
PROGRAM = """
import sys, warnings
from pathlib import Path
from grading.code.sandbox.probe import prove
from grading.code.warm import WarmProcess
with WarmProcess((sys.argv[1],)) as warm:
    prove(warm, Path("/var/tmp"))
    warm.start({"data.csv": b"1"}, 7, {"square"}, {}, judged=True)
    warm.run("def square(n): return n * n", 1, 20)
    assert warm.test("assert square(3) == 9", 2, 20)["outputs"] == []
    assert warm.test("assert square(3) == 8", 3, 20)["outputs"][0]["ename"] == "AssertionError"
    outputs, *_ = warm.run("open('left.txt', 'w').write('x')", 4, 20)
    assert sorted(warm.finish()) == ["data.csv", "left.txt"]
    print(warm.tier)
"""


@pytest.mark.parametrize("tier", ["namespaces", "landlock"])
def test_an_ordinary_user_gets_either_sandbox_and_it_holds(tier):
    if tier == "landlock" and landlock.abi() < landlock.LEAST_ABI:
        pytest.skip("nhân không có Landlock ABI 6")
    done = as_a_stranger(PROGRAM, tier)
    assert (done.stdout.strip(), done.returncode) == (tier, 0), done.stderr[-2000:]


# Run as somebody who has a hundred programs open already.
BUSY = """
import subprocess, sys
from grading.code.warm import WarmProcess
others = [subprocess.Popen(["sleep", "60"]) for _ in range(100)]
with WarmProcess((sys.argv[1],)) as warm:
    for kernel in (False, True):
        warm.start({}, 7, set(), {}, kernel=kernel)
        source = "import subprocess; print(subprocess.run(['echo', 'chạy'], capture_output=True))"
        print(warm.run(source, 1, 20)[0])
        warm.finish()
for other in others:
    other.kill()
"""


@pytest.mark.parametrize("tier", ["namespaces", "landlock"])
def test_a_users_other_programs_do_not_count_as_the_notebooks(tier):
    if tier == "landlock" and landlock.abi() < landlock.LEAST_ABI:
        pytest.skip("nhân không có Landlock ABI 6")
    done = as_a_stranger(BUSY, tier)
    assert (done.stdout.count("returncode=0"), done.returncode) == (2, 0), done.stderr[-2000:]


def test_whoever_runs_the_tests_gets_a_sandbox_that_holds(tmp_path):
    with WarmProcess(limits=LIMITS) as warm:
        assert warm.tier in ("namespaces", "landlock")
        prove(warm, tmp_path)


def test_the_proof_fails_where_nothing_confines(tmp_path):
    (tmp_path / "gradebook.db").write_text("điểm")
    with WarmProcess(("unsafe",), LIMITS) as warm:
        object.__setattr__(warm, "tier", "namespaces")
        with pytest.raises(GradingError, match="đọc sổ điểm"):
            prove(warm, tmp_path)


def test_libraries_that_lie_in_the_temporary_folder_are_still_seen(tmp_path, monkeypatch):
    """As when the house has been cloned there."""
    (tmp_path / "site-packages").mkdir()
    (tmp_path / "site-packages" / "thu_vien.py").write_text("VALUE = 7")
    monkeypatch.syspath_prepend(tmp_path / "site-packages")
    with WarmProcess(limits=LIMITS) as warm:
        warm.start({}, 0, set(), {})
        outputs, *_ = warm.run("import thu_vien; print(thu_vien.VALUE)", 1, 20)
        warm.finish()
    assert [output["text"] for output in outputs] == ["7\n"]


def test_without_a_sandbox_nothing_is_graded(tmp_path):
    course = new_course(tmp_path, {"square": paper()})
    submit(course, "an", answered(released(course), RIGHT))
    with pytest.raises(GradingError, match="không dựng được hộp cát"):
        run(course, tiers=("no such tier",))
    assert not (tmp_path / "autograded").exists()
    assert read_scores(course).empty


def test_unsafe_is_only_by_name_and_stamped(tmp_path):
    course = new_course(tmp_path, {"square": paper()})
    submit(course, "an", answered(released(course), RIGHT))
    outcome = run(course, unsafe=True)["an"]
    assert (outcome.state, outcome.tier) == ("graded", "unsafe")
    stamp = course.path("autograded", "an", "bai1") / ".da-cham.json"
    assert '"tier": "unsafe"' in stamp.read_text()


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_the_filter_is_whole_instructions_within_the_kernels_bound(machine):
    program = seccomp.program(machine)
    assert len(program) % 8 == 0
    assert len(program) // 8 < 4096
