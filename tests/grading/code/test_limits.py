"""Each limit names the cell that ran into it, and nothing a notebook leaves reaches the next."""

from __future__ import annotations

import json

import pytest
from strangers import as_a_stranger

from grading.code.sandbox import landlock

# Memory that children hold together, who stay as long as they can.
HOLD = """
import os, time
for _ in range(4):
    if os.fork() == 0:
        held = bytearray(b"x") * (1 << 29)
        time.sleep(99)
time.sleep(99)
"""
HITS = {
    "x = bytearray(4 << 30)": "memory",
    "open('a', 'wb').write(bytes(80 << 20))": "file",
    "files = [open('/dev/null') for _ in range(300)]": "files",
    "import subprocess, time\nall = [subprocess.Popen(['sleep', '9']) for _ in range(99)]\n"
    "time.sleep(2)": "processes",
    "import threading, time\nfor _ in range(99):\n"
    "    threading.Thread(target=time.sleep, args=(9,), daemon=True).start()\n"
    "time.sleep(2)": "processes",
    HOLD: "memory",
    "for _ in range(99):\n    print('x' * 100_000)": "output",
    "while True:\n    pass": "cell-time",
    "import os\nos.abort()": "ended",
    "for n in range(10**6):\n    open(str(n), 'wb').write(bytes(30 << 20))":
        "disk",
}  # fmt: skip
OWN_ERROR = "raise RuntimeError('can’t start')"

PLACES = """
import os, tempfile
own = [".", os.path.expanduser("~"), tempfile.gettempdir()]
places = [*own, "/tmp", "/var/tmp", "/dev/shm", "/cache", "/box"]
"""
# A message for the next candidate wherever one can be left, and folders that resist removal.
LEAVE = f"""{PLACES}
for place in places:
    try:
        open(os.path.join(place, "loi-nhan.txt"), "w").write("đáp án")
    except OSError:
        pass
os.makedirs("closed/inside")
open("unreadable.txt", "w").write("x")
os.chmod("unreadable.txt", 0)
os.chmod("closed", 0)
open("kept.txt", "w").write("x")
for _ in range(3000):
    os.mkdir("d")
    os.chdir("d")
"""
# Libraries, which nobody may write to, are not searched: that would take many seconds.
FIND = f"""{PLACES}
found = []
for place in places:
    for folder, inner, names in os.walk(place):
        inner[:] = [name for name in inner if os.access(os.path.join(folder, name), os.W_OK)]
        found += [folder for name in names if name == "loi-nhan.txt"]
print(found, [name for place in own for name in os.listdir(place)])
"""

PROGRAM = """
import json, sys
from dataclasses import replace
from code_course import EMPTY, LIMITS, code
from grading.code.execution import execute
from grading.code.warm import WarmProcess
limits = replace(LIMITS, **{"cell_seconds": 3, **json.loads(sys.argv[3])})
with WarmProcess((sys.argv[1],), limits) as warm:
    for source in json.loads(sys.argv[2]):
        notebook = code("1", source, "1 + 1")
        done = execute(warm, notebook, EMPTY, {}, 7)
        texts = [output.get("text", output.get("evalue")) for output in notebook.cells[1].outputs]
        last = notebook.cells[2].outputs[0].data["text/plain"]
        codes = [remark.code for remark in done.stopped]
        print(json.dumps([codes, last, sorted(done.files), texts[-1] if texts else ""]))
"""


@pytest.fixture(
    scope="module", params=["namespaces", pytest.param("landlock", marks=pytest.mark.proof)]
)
def tier(request):
    """Each sandbox that an ordinary user can have."""
    if request.param == "landlock" and landlock.abi() < landlock.LEAST_ABI:
        pytest.skip("nhân không có Landlock ABI 6")
    return request.param


@pytest.fixture(scope="module")
def ran(tier):
    """What came of each notebook, one after another through the same warm process, by source."""
    return run_all(tier, [*HITS, OWN_ERROR, LEAVE, FIND])


def run_all(tier, sources, **limits):
    """What came of a notebook with each source in its second cell."""
    done = as_a_stranger(PROGRAM, tier, json.dumps(sources), json.dumps(limits))
    assert done.returncode == 0, done.stderr[-2000:]
    results = map(json.loads, done.stdout.splitlines())
    return dict(zip(sources, results, strict=True))


@pytest.mark.parametrize(("source", "words"), HITS.items(), ids=HITS.values())
def test_a_cell_that_runs_into_a_limit_is_named_and_the_next_one_runs(ran, source, words):
    stopped, last, _files, _text = ran[source]
    assert stopped == [words]
    assert last == "2"


def test_a_notebook_beyond_a_limit_takes_no_time_from_its_other_cells(tier):
    stopped, last, _files, _text = run_all(tier, [HOLD], cell_seconds=20, notebook_seconds=20)[HOLD]
    assert (stopped, last) == (["memory"], "2")


def test_an_error_of_the_cells_own_is_no_limit(ran):
    assert ran[OWN_ERROR][0] == []


def test_folders_that_resist_are_survived_and_what_can_be_read_is_kept(ran):
    stopped, last, files, _text = ran[LEAVE]
    assert (stopped, last) == ([], "2")
    assert {"kept.txt", "loi-nhan.txt"} <= set(files)


def test_nothing_a_notebook_leaves_is_found_by_the_next(ran):
    _stopped, _last, files, text = ran[FIND]
    assert (files, text) == ([], "[] []\n")
