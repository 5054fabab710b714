"""Files are read within a bound and written whole."""

import os

import pytest

from courses.foundation.errors import ContentError
from courses.foundation.files import read_bounded, write_atomically, write_new


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
