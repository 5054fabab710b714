"""Small sittings to copy and change: made once, then copied for each test."""

import shutil

import pytest
from sittings import decide_and_approve, fill, prepare_sitting

from grading.sitting import open_sitting


def _copy(folder, to):
    return open_sitting(shutil.copytree(folder, to, symlinks=True))


@pytest.fixture(scope="session")
def prepared_folder(tmp_path_factory):
    """A prepared sitting; never changed."""
    return prepare_sitting(tmp_path_factory.mktemp("mau") / "san-sang").folder


@pytest.fixture(scope="session")
def graded_folder(prepared_folder, tmp_path_factory):
    """A sitting with every way of handing in, graded; never changed."""
    sitting = _copy(prepared_folder, tmp_path_factory.mktemp("mau") / "da-cham")
    fill(sitting)
    return sitting.folder


@pytest.fixture(scope="session")
def decided_folder(graded_folder, tmp_path_factory):
    """A sitting with essays marked and decisions approved; never changed."""
    sitting = _copy(graded_folder, tmp_path_factory.mktemp("mau") / "da-quyet-dinh")
    decide_and_approve(sitting)
    return sitting.folder


@pytest.fixture
def sitting(prepared_folder, tmp_path):
    """A prepared sitting of one's own."""
    return _copy(prepared_folder, tmp_path / "ky-thi")


@pytest.fixture
def graded(graded_folder, tmp_path):
    """A graded sitting of one's own."""
    return _copy(graded_folder, tmp_path / "ky-thi")


@pytest.fixture
def decided(decided_folder, tmp_path):
    """A decided and approved sitting of one's own."""
    return _copy(decided_folder, tmp_path / "ky-thi")
