"""Files are read within a bound and written whole."""

import os

import pytest

from courses.foundation.errors import ContentError
from courses.foundation.files import read_bounded, write_atomically, write_folder, write_new


def test_a_file_is_read_up_to_the_bound_and_not_beyond(tmp_path):
    path = tmp_path / "tệp"
    write_atomically(path, b"12345")
    assert read_bounded(path, 5, ContentError) == b"12345"
    with pytest.raises(ContentError, match="lớn quá") as caught:
        read_bounded(path, 4, ContentError)
    assert caught.value.path == path


def test_what_is_no_ordinary_file_is_refused_without_waiting(tmp_path):
    os.mkfifo(tmp_path / "ống")
    (tmp_path / "vòng").symlink_to(tmp_path / "vòng")
    (tmp_path / "ổ").symlink_to("/dev/zero")
    for name in ("ống", "vòng", "ổ", "không có", ".", "a\0b"):
        with pytest.raises(ContentError):
            read_bounded(tmp_path / name, 10, ContentError)


def test_a_link_to_a_file_is_followed_unless_somebody_else_may_have_laid_it(tmp_path):
    (tmp_path / "gốc").write_bytes(b"x")
    (tmp_path / "nối").symlink_to(tmp_path / "gốc")
    assert read_bounded(tmp_path / "nối", 10, ContentError) == b"x"
    with pytest.raises(ContentError):
        read_bounded(tmp_path / "nối", 10, ContentError, links=False)
    assert read_bounded(tmp_path / "gốc", 10, ContentError, links=False) == b"x"


@pytest.mark.parametrize("write", [write_atomically, write_new])
def test_a_folder_that_is_not_there_is_what_the_error_names(tmp_path, write):
    with pytest.raises(FileNotFoundError) as met:
        write(tmp_path / "khong-co" / "tep.txt", b"x")
    assert met.value.filename == str(tmp_path / "khong-co")


@pytest.fixture
def flushed(tmp_path, monkeypatch):
    """What was flushed, by inode, and what stood under ``tệp`` then."""
    seen = []

    def see(handle):
        path = tmp_path / "tệp"
        seen.append((os.fstat(handle).st_ino, path.read_bytes() if path.exists() else None))

    monkeypatch.setattr(os, "fsync", see)
    return seen


@pytest.mark.parametrize("old", [b"old", None])
def test_a_power_cut_leaves_all_of_a_file_or_what_was_there(tmp_path, flushed, old):
    """The file is flushed before it gets its name, and its folder afterwards."""
    path = tmp_path / "tệp"
    if old:
        path.write_bytes(old)
    (write_atomically if old else write_new)(path, b"new")
    assert flushed == [(path.stat().st_ino, old), (tmp_path.stat().st_ino, b"new")]


def test_a_folder_of_files_is_flushed_whole(tmp_path, flushed):
    write_folder(tmp_path, {"tệp": b"1", "tệp khác": b"2"})
    inodes = [path.stat().st_ino for path in (tmp_path / "tệp", tmp_path / "tệp khác", tmp_path)]
    assert [inode for inode, _ in flushed] == inodes
