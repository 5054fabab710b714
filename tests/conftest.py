"""What all tests share: how hard Hypothesis tries, and small centres to copy and change."""

import gzip
import json
import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import Phase, settings
from plug import wait_for_no_disk
from sittings import (
    DECIDED_ON,
    decide,
    decide_and_approve,
    fill,
    found_centre,
    issue,
    prepare_sitting,
    reopen,
)
from thoroughness import THOROUGH, often, split

# The registers that tests make are believed in tests alone.
os.environ["CIO_TRUST"] = str(
    Path(os.environ.get("CIO_SPECIMENS") or tempfile.mkdtemp(prefix="cio-tin-")) / "trusted.json"
)

import courses  # noqa: F401 - before any library that reads schemas

wait_for_no_disk()

# Kept from one run to the next where mutation testing says so: each mutant is a run of its own.
SPECIMENS = os.environ.get("CIO_SPECIMENS")
LEFT_OUT = Path(__file__).parents[1] / "build" / "left-out.txt"

# No example is held to a stopwatch.
settings.register_profile("house", max_examples=often(60, quick=25), deadline=None)
settings.load_profile("house")
# Under mutation testing the first failure is enough, and the same at each run.
settings.register_profile(
    "mutants", settings.get_profile("house"), derandomize=True, database=None,
    phases=[Phase.explicit, Phase.generate],
)  # fmt: skip


def pytest_addoption(parser):
    """Let goldens be written anew, when what they hold was changed on purpose."""
    parser.addoption("--update-goldens", action="store_true", help="write goldens anew")


def pytest_collection_modifyitems(config, items):
    """Leave to ``make proof`` what is marked as its own; a file or test that is named is run."""
    if THOROUGH or any(Path(arg.split("::")[0]).is_file() for arg in config.args):
        return
    items[:], left = split(items)
    config.hook.pytest_deselected(items=left)


@pytest.fixture
def golden(request):
    """What a golden (JSON, compressed) holds; with ``--update-goldens`` it is written first."""

    def held(path, told):
        if request.config.getoption("update_goldens"):
            text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
        return json.loads(gzip.decompress(path.read_bytes()))

    return held


@pytest.fixture(scope="session")
def specimen(tmp_path_factory):
    """The folder of a shared centre, made when there is none yet."""

    def made(name, make):
        folder = Path(SPECIMENS or tmp_path_factory.mktemp("mau")) / name
        if not folder.exists():
            make(folder)
        return folder

    return made


@pytest.fixture(scope="session")
def prepared_folder(specimen):
    """A centre with a prepared sitting; never changed."""
    return specimen("san-sang", lambda folder: prepare_sitting(found_centre(folder)))


@pytest.fixture(scope="session")
def graded_folder(prepared_folder, specimen):
    """A sitting with every way of handing in, graded; never changed."""
    return specimen("da-cham", lambda folder: fill(reopen(prepared_folder, folder)))


@pytest.fixture(scope="session")
def judged_folder(graded_folder, specimen):
    """The graded sitting decided on, nothing laid before the board yet; never changed."""
    return specimen("da-xet", lambda folder: decide(reopen(graded_folder, folder)))


@pytest.fixture(scope="session")
def decided_folder(graded_folder, specimen):
    """A sitting with essays marked and decisions signed by two; never changed."""
    return specimen(
        "da-quyet-dinh", lambda folder: decide_and_approve(reopen(graded_folder, folder))
    )


@pytest.fixture
def sitting(prepared_folder, tmp_path):
    """A prepared sitting of one's own."""
    return reopen(prepared_folder, tmp_path / "trung-tam")


@pytest.fixture
def graded(graded_folder, tmp_path):
    """A graded sitting of one's own."""
    return reopen(graded_folder, tmp_path / "trung-tam")


@pytest.fixture
def judged(judged_folder, tmp_path):
    """A sitting of one's own, decided on and not laid before the board yet."""
    return reopen(judged_folder, tmp_path / "trung-tam")


@pytest.fixture
def decided(decided_folder, tmp_path):
    """A decided and approved sitting of one's own."""
    return reopen(decided_folder, tmp_path / "trung-tam")


@pytest.fixture(scope="session")
def certified_folder(decided_folder, specimen):
    """The decided sitting with its certificates issued; never changed."""
    return specimen("da-cap", lambda folder: issue(reopen(decided_folder, folder), DECIDED_ON))


@pytest.fixture
def certified(certified_folder, tmp_path):
    """A sitting with certificates of one's own."""
    return reopen(certified_folder, tmp_path / "trung-tam")


def pytest_terminal_summary(terminalreporter):
    """Name, in one last line for ``make test``, what was left out and why."""
    reasons = sorted({_reason(report) for report in terminalreporter.stats.get("skipped", [])})
    line = f"Bỏ qua: {'; '.join(reasons)}." if reasons else "Không kiểm thử nào bị bỏ qua."
    if not THOROUGH:
        line += " Phần còn lại của các phép thử lặp nhiều lần: make proof."
    LEFT_OUT.parent.mkdir(exist_ok=True)
    LEFT_OUT.write_text(f"{line}\n", encoding="utf-8")


def _reason(report):
    text = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return text.removeprefix("Skipped: ")
