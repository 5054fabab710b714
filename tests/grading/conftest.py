"""Small centres to copy and change: made once, then copied for each test."""

import pytest
from sittings import decide_and_approve, fill, found_centre, prepare_sitting, reopen


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
