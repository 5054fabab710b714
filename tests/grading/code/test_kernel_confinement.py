"""A real kernel is held as the process without one is, and ends with its notebook."""

from __future__ import annotations

import resource
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from code_course import EMPTY, KERNEL, LIMITS, code
from strangers import as_a_stranger

from grading.code.execution import execute
from grading.code.sandbox import landlock, seccomp
from grading.code.starting import ENVIRONMENT
from grading.code.warm import WarmProcess

# A message without end, past the kernel, to whoever reads its sockets.
ENDLESS_MESSAGE = f"""\
{KERNEL}import os, socket
ends = []
for number in range(3, 256):
    try:
        end = socket.socket(fileno=os.dup(number))
        end.getpeername()
    except OSError:
        continue
    end.setblocking(False)
    ends.append(end)
while True:
    for end in ends:
        try:
            end.send((b"\\x01\\xff" + b"x" * 255) * 200)
        except OSError:
            pass
"""


def test_a_message_without_end_fills_no_memory_of_ours_and_costs_one_cell():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    notebook = code(ENDLESS_MESSAGE, "1 + 1")
    with WarmProcess(limits=LIMITS) as warm:
        done = execute(warm, notebook, EMPTY, {}, 7)
    assert notebook.cells[0].outputs[0].ename == "DeadKernelError"
    assert notebook.cells[1].outputs[0].data["text/plain"] == "2"
    assert len(done.stopped) == 1
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 64 << 10


def descendants(process):
    """Every process below this one, whatever namespace it is in."""
    found = []
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        for child in task.read_text().split():
            found += [int(child), *descendants(child)]
    return found


EXIT = f"{KERNEL}import os\nos._exit(0)"
DAEMON = f"{KERNEL}import os, time\nif os.fork() == 0:\n    os.setsid()\n    time.sleep(600)"


@pytest.fixture
def short_path():
    """A folder whose sockets have short enough names, wherever pytest keeps its own."""
    with TemporaryDirectory() as folder:
        yield Path(folder)


@pytest.mark.parametrize("tier", ["namespaces", "unsafe"])
@pytest.mark.parametrize("source", [DAEMON, EXIT])
def test_nothing_outlives_the_notebook(tier, source, short_path, monkeypatch):
    monkeypatch.setattr(
        "grading.code.starting.ENVIRONMENT", {**ENVIRONMENT, "TMPDIR": str(short_path)}
    )
    with WarmProcess((tier,), LIMITS) as process:
        zygote = process._started.process.pid  # noqa: SLF001 - to look at what it has started
        process.start({}, 7, set(), {})
        before = descendants(zygote)
        places = len([*short_path.rglob("*")])
        execute(process, code(source, "1"), EMPTY, {"a.txt": b"1"}, 7)
        process.start({}, 7, set(), {})
        assert len(descendants(zygote)) == len(before)
        assert len([*short_path.rglob("*")]) == places
        left = descendants(zygote)
    assert not list(short_path.iterdir())
    assert not [process for process in left if Path(f"/proc/{process}").exists()]


# Run as somebody else: a kernel in this sandbox, held and ended.
PROGRAM = """
import sys
from grading.code.warm import WarmProcess
from grading.code.replies import StoppedError
with WarmProcess((sys.argv[1],)) as warm:
    for _ in range(2):
        warm.start({"data.csv": b"1"}, 7, {"square"}, {}, kernel=True, judged=True)
        outputs, *_ = warm.run("def square(n): return n * n\\nget_ipython().kernel", 1, 20)
        assert "_Kernel" in outputs[0]["data"]["text/plain"]
        assert warm.test("assert square(3) == 9", 2, 20)["outputs"] == []
        assert warm.test("assert square(3) == 8", 3, 20)["outputs"][0]["ename"] == "AssertionError"
        for family in ("AF_INET", "AF_UNIX"):
            outputs, *_ = warm.run(f"import socket\\nsocket.socket(socket.{family})", 4, 20)
            assert outputs[0]["ename"] == "PermissionError"
        try:
            warm.run("import os\\nos._exit(0)", 5, 20)
        except StoppedError as stopped:
            assert stopped.reason == "DeadKernelError"
        assert sorted(warm.finish()) == ["data.csv"]
    print(warm.tier)
"""


@pytest.mark.parametrize("tier", ["namespaces", "landlock"])
def test_an_ordinary_user_gets_a_kernel_in_either_sandbox(tier):
    if tier == "landlock" and landlock.abi() < landlock.LEAST_ABI:
        pytest.skip("nhân không có Landlock ABI 6")
    done = as_a_stranger(PROGRAM, tier)
    assert (done.stdout.strip(), done.returncode) == (tier, 0), done.stderr[-2000:]


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_the_filter_of_a_driver_differs_from_a_candidates_in_five_instructions(machine):
    more = seccomp.program(machine, local_sockets=True)
    assert len(more) - len(seccomp.program(machine)) == 5 * 8
