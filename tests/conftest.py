"""What all tests share: how hard Hypothesis tries, and small centres to copy and change."""

import gzip
import json
import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from sittings import (
    DECIDED_ON,
    decide_and_approve,
    fill,
    found_centre,
    issue,
    prepare_sitting,
    reopen,
)

# The registers that tests make are believed in tests alone.
os.environ["CIO_TRUST"] = str(Path(tempfile.mkdtemp(prefix="cio-tin-")) / "trusted.json")

import courses  # noqa: F401 - before any library that reads schemas

LEFT_OUT = Path(__file__).parents[1] / "build" / "left-out.txt"

# Sixty examples a property keep the whole suite quick; no example is held to a stopwatch.
settings.register_profile("house", max_examples=60, deadline=None)
settings.load_profile("house")


def pytest_addoption(parser):
    """Let goldens be written anew, when what they hold was changed on purpose."""
    parser.addoption("--update-goldens", action="store_true", help="write goldens anew")


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
def prepared_folder(tmp_path_factory):
    """A centre with a prepared sitting; never changed."""
    centre = found_centre(tmp_path_factory.mktemp("mau") / "san-sang")
    prepare_sitting(centre)
    return centre.folder


@pytest.fixture(scope="session")
def graded_folder(prepared_folder, tmp_path_factory):
    """A sitting with every way of handing in, graded; never changed."""
    sitting = reopen(prepared_folder, tmp_path_factory.mktemp("mau") / "da-cham")
    fill(sitting)
    return sitting.centre.folder


@pytest.fixture(scope="session")
def decided_folder(graded_folder, tmp_path_factory):
    """A sitting with essays marked and decisions signed by two; never changed."""
    sitting = reopen(graded_folder, tmp_path_factory.mktemp("mau") / "da-quyet-dinh")
    decide_and_approve(sitting)
    return sitting.centre.folder


@pytest.fixture
def sitting(prepared_folder, tmp_path):
    """A prepared sitting of one's own."""
    return reopen(prepared_folder, tmp_path / "trung-tam")


@pytest.fixture
def graded(graded_folder, tmp_path):
    """A graded sitting of one's own."""
    return reopen(graded_folder, tmp_path / "trung-tam")


@pytest.fixture
def decided(decided_folder, tmp_path):
    """A decided and approved sitting of one's own."""
    return reopen(decided_folder, tmp_path / "trung-tam")


@pytest.fixture(scope="session")
def certified_folder(decided_folder, tmp_path_factory):
    """The decided sitting with its certificates issued; never changed."""
    sitting = reopen(decided_folder, tmp_path_factory.mktemp("mau") / "da-cap")
    issue(sitting, DECIDED_ON)
    return sitting.centre.folder


@pytest.fixture
def certified(certified_folder, tmp_path):
    """A sitting with certificates of one's own."""
    return reopen(certified_folder, tmp_path / "trung-tam")


def pytest_terminal_summary(terminalreporter):
    """Name, in one last line for ``make test``, what was left out and why."""
    reasons = sorted({_reason(report) for report in terminalreporter.stats.get("skipped", [])})
    line = f"Bỏ qua: {'; '.join(reasons)}" if reasons else "Không kiểm thử nào bị bỏ qua."
    LEFT_OUT.parent.mkdir(exist_ok=True)
    LEFT_OUT.write_text(f"{line}\n", encoding="utf-8")


def _reason(report):
    text = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return text.removeprefix("Skipped: ")
