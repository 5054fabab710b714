"""What all processes of a notebook hold together: by the kernel's count where it can be had."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from grading.code.replies import StoppedError
from grading.code.sandbox import groups
from grading.code.sandbox.groups import Group
from grading.code.sandbox.limits import MIB, Limits
from grading.code.warm import WarmProcess

LIMITS = Limits(memory=300 * MIB, processes=40, cell_seconds=20, box=200 * MIB)
# Each child alone is within the limit, and gone before anybody looks.
CHILDREN = """
import os
for _ in range(4):
    if os.fork() == 0:
        held = bytearray(b"x") * (200 << 20)
        os._exit(0)
for _ in range(4):
    os.wait()
"""
FILES = """
import os, time
held = bytearray(b"x") * (150 << 20)
for number in range(4):
    open(f"/tmp/{number}", "wb").write(b"x" * (48 << 20))
"""
# What children only read is there once.
SHARED = """
import os, time
held = bytearray(b"x") * (150 << 20)
for _ in range(6):
    if os.fork() == 0:
        time.sleep(1)
        os._exit(0)
time.sleep(1)
print(sum(os.wait()[0] > 0 for _ in range(6)))
"""
CROWD = """
import os, time
for _ in range(99):
    if os.fork() == 0:
        time.sleep(9)
        os._exit(0)
"""


@pytest.fixture(scope="module")
def counted():
    """A warm process whose notebooks are counted by the kernel."""
    with WarmProcess(limits=LIMITS) as warm:
        if warm._group is None:  # noqa: SLF001 - whether there is one
            pytest.skip("không lập được nhóm tiến trình (cgroup) cho bộ nhớ và số tiến trình")
        yield warm


def came_of(warm, source):
    """The name of the limit, or what the cell put out."""
    warm.start({}, 1, set(), {})
    try:
        outputs, _late, _signs = warm.run(source, 1, 20)
    except StoppedError as error:
        return warm.limit_exceeded() or error.reason
    finally:
        warm.finish()
    return outputs[-1].get("text", outputs[-1].get("ename")) if outputs else ""


@pytest.mark.parametrize("source", [CHILDREN, FILES], ids=["children", "files"])
def test_memory_that_no_look_at_processes_shows_is_counted(counted, source):
    assert came_of(counted, source) == "MemoryLimitError"
    assert came_of(counted, "print(2)") == "2\n"


def test_memory_that_processes_share_is_counted_once(counted):
    assert came_of(counted, SHARED) == "6\n"


def test_one_process_too_many_is_refused(counted):
    assert came_of(counted, CROWD) == "BlockingIOError"


def test_without_a_group_they_are_watched(monkeypatch):
    monkeypatch.setattr(Group, "make", lambda: None)
    with WarmProcess(limits=LIMITS) as warm:
        held = "import os, time\nfor _ in range(3):\n    if os.fork() == 0:\n"
        held += "        held = bytearray(b'x') * (120 << 20)\n        time.sleep(9)\ntime.sleep(9)"
        assert came_of(warm, held) == "MemoryLimitError"
        assert came_of(warm, "print(2)") == "2\n"


def test_a_group_is_gone_with_its_process(counted):
    with WarmProcess(limits=LIMITS) as warm:
        folders = warm._group.folders  # noqa: SLF001 - to look for them afterwards
        assert all(folder.exists() for folder in folders)
    assert not any(folder.exists() for folder in folders)
    assert came_of(counted, "print(2)") == "2\n"


def test_what_a_killed_run_has_left_is_removed_by_the_next(counted):
    program = "import os\nfrom grading.code.sandbox.groups import Group\n"
    program += "print(*Group.make().folders)\nos.kill(os.getpid(), 9)"
    killed = subprocess.run(
        [sys.executable, "-uc", program], stdout=subprocess.PIPE, text=True, check=False
    )
    left = [Path(folder) for folder in killed.stdout.split()]
    assert left
    assert all(folder.exists() for folder in left)
    Group.make().end()
    assert not any(folder.exists() for folder in left)
    assert came_of(counted, "print(2)") == "2\n"


def machine(tmp_path, mounts, own):
    """A machine with these mounts, each at a folder, for a process in these groups."""
    lines = [f"40 31 0:37 / {tmp_path / place} rw - {kind}" for place, kind in mounts.items()]
    (tmp_path / "mountinfo").write_text("\n".join(lines) + "\n")
    (tmp_path / "cgroup").write_text("\n".join(own) + "\n")
    return tmp_path


def unified(tmp_path, path, offered):
    folder = tmp_path / "all" / path
    folder.mkdir(parents=True)
    (folder / "cgroup.subtree_control").write_text(offered)
    return folder


def places(system):
    return list(groups._places(system))  # noqa: SLF001 - what is made in them needs a kernel


def test_in_the_unified_kind_a_group_stands_beside_ours_where_its_parent_counts(tmp_path):
    unified(tmp_path, "", "cpu memory pids")
    slice_ = unified(tmp_path, "user.slice", "memory pids")
    system = machine(tmp_path, {"all": "cgroup2 cgroup2 rw"}, ["0::/user.slice/us"])
    assert places(system) == [(slice_,), (tmp_path / "all",)]


def test_where_nothing_is_counted_there_is_no_place(tmp_path):
    (unified(tmp_path, "", "") / "cgroup.subtree_control").unlink()
    (tmp_path / "all" / "cgroup.subtree_control").mkdir()  # nothing can be written to it
    system = machine(tmp_path, {"all": "cgroup2 cgroup2 rw"}, ["0::/us"])
    assert places(system) == []
    assert places(tmp_path / "nowhere") == []
    assert Group.make(system) is None


def test_of_the_older_kind_there_is_a_place_for_each_controller(tmp_path):
    mounts = {"m": "cgroup cgroup rw,memory", "p": "cgroup cgroup rw,pids", "u": "cgroup2 c rw"}
    system = machine(tmp_path, mounts, ["8:pids:/", "4:memory:/a/b", "0::/"])
    assert places(system) == [(tmp_path / "m/a/b", tmp_path / "p")]


@pytest.mark.parametrize("kind", ["unified", "older"])
def test_limits_are_written_by_the_names_of_each_kind(tmp_path, kind):
    names = {
        "unified": {"memory.max": 300 * MIB, "memory.swap.max": 0, "memory.oom.group": 1},
        "older": {"memory.limit_in_bytes": 300 * MIB, "memory.memsw.limit_in_bytes": 300 * MIB},
    }[kind]
    for name in (*names, "pids.max"):
        (tmp_path / name).touch()
    counted = {"unified": "memory.events", "older": "memory.oom_control"}[kind]
    (tmp_path / counted).write_text("low 0\noom 4\noom_kill 3\noom_group_kill 1\n")
    group = Group((tmp_path,))
    group.limit(LIMITS)
    assert {name: int((tmp_path / name).read_text()) for name in names} == names
    assert (tmp_path / "pids.max").read_text() == "40"
    assert group.killed() == 3
