"""``cio programme``: each paper is written, in the centre's name; what is not known is told."""

import pytest
from sittings import SAMPLE

from courses.foundation.files import write_atomically


@pytest.fixture
def programme(cio, tmp_path):
    """Run the verb in a folder that holds nothing but a centre's configuration."""
    write_atomically(tmp_path / "centre.toml", (SAMPLE / "centre.toml").read_bytes())
    return lambda *words: cio("--centre", tmp_path, "programme", *words)


@pytest.mark.parametrize(
    "asked",
    [
        ("syllabus", "x.docx", "--track", "chuyen-trach"),
        ("schedule", "x.pdf", "--start", "04/01/2027"),
        ("guide", "vh1", "x.docx"),
    ],
)
def test_a_paper_is_written(programme, tmp_path, monkeypatch, asked):
    monkeypatch.chdir(tmp_path)
    status, said, _ = programme(*asked)
    path = next(tmp_path.glob("x.*"))
    assert (status, said) == (0, f"Đã ghi {path.name}.\n")
    assert path.read_bytes()[:4] in (b"PK\x03\x04", b"%PDF")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("syllabus", "x.docx", "--track", "lanh-dao"), "không có chương trình “lanh-dao”"),
        (("guide", "KM9", "x.docx"), "không có bài học KM9"),
        (("guide", "KM1", "x.txt"), "chỉ ghi được tệp .docx hoặc .pdf"),
    ],
)
def test_what_is_not_known_is_told_and_nothing_is_written(programme, tmp_path, asked, told):
    status, _, error = programme(*asked)
    assert (status, told in error) == (1, True)
    assert not list(tmp_path.glob("x.*"))


def test_the_tracks_are_listed(programme):
    status, said, _ = programme("list")
    assert status == 0
    assert said.splitlines()[1].startswith("chuyen-trach: Chương trình cán bộ chuyên trách CNTT")
