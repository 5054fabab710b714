"""The keys of a centre: written once, and on the disk before they bear their names."""

import os
from datetime import UTC, datetime

import pytest

from centre.ledger.seal import SEAL_FILE, create_seal
from courses.foundation.errors import CioError
from grading.credentials.keys import DEMO_KEY_FILE, create_demo_key

NOW = datetime(2026, 10, 24, 9, 30, tzinfo=UTC)
KEYS = {
    SEAL_FILE: create_seal,
    DEMO_KEY_FILE: lambda folder: create_demo_key(folder, "Giả định", NOW),
}


@pytest.mark.parametrize("name", KEYS)
def test_a_key_is_flushed_whole_before_it_bears_its_name_and_is_its_owners_alone(
    tmp_path, monkeypatch, name
):
    flushed = []
    monkeypatch.setattr(
        os, "fsync", lambda h: flushed.append((os.fstat(h).st_size, (tmp_path / name).exists()))
    )
    KEYS[name](tmp_path)
    stored = (tmp_path / name).stat()
    assert flushed[0] == (stored.st_size, False)
    assert stored.st_mode & 0o777 == 0o600


@pytest.mark.parametrize("name", KEYS)
def test_a_key_that_is_there_is_never_overwritten(tmp_path, name):
    (tmp_path / name).write_bytes(b"kept")
    with pytest.raises(CioError, match="ghi đè"):
        KEYS[name](tmp_path)
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [(name, b"kept")]
