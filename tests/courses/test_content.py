"""Content files are read strictly, and what is wrong is named by file and key."""

import re
from decimal import Decimal
from importlib import import_module
from pathlib import Path

import pytest
from pydantic import Field

from courses.foundation.content import (
    Content,
    read_text,
    read_toml,
    read_yaml,
    split_front_matter,
    validate,
)
from courses.foundation.errors import CioError, ContentError


class Part(Content):
    """A part."""

    weight: Decimal = Field(gt=0)


class Specimen(Content):
    """A content file as small as can be."""

    name: str = Field(min_length=1)
    parts: tuple[Part, ...] = Field(min_length=1)


VALID = 'name = "Tên"\n[[parts]]\nweight = "1.5"\n'


@pytest.fixture
def file(tmp_path):
    def write(content):
        path = tmp_path / "mau.toml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def test_a_valid_file_is_read(file):
    assert read_toml(file(VALID), Specimen).parts[0].weight == Decimal("1.5")


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b""])
def test_files_from_windows_editors_are_read(file, mark):
    path = file(mark + VALID.replace("\n", "\r\n").encode())
    assert read_toml(path, Specimen).name == "Tên"


@pytest.mark.parametrize(
    ("old", "new", "key", "words"),
    [
        ("name = ", "nam = ", "name", "thiếu khoá"),
        ('name = "Tên"', 'name = "Tên"\ncolour = "đỏ"', "colour", "không được biết"),
        ('"Tên"', '""', "name", "để trống"),
        ('"Tên"', "7", "name", "phải là văn bản"),
        ('"1.5"', '"một"', "parts.0.weight", "phải là số"),
        ('"1.5"', "-1", "parts.0.weight", "số quá nhỏ"),
        ('weight = "1.5"', 'weight = "1.5"\nwieght = 1', "parts.0.wieght", "không được biết"),
        ('[[parts]]\nweight = "1.5"\n', "parts = []", "parts", "quá ít mục"),
        ('[[parts]]\nweight = "1.5"\n', "parts = 3", "parts", "phải là danh sách"),
    ],
)
def test_a_wrong_key_is_named_with_its_file_in_vietnamese(file, old, new, key, words):
    path = file(VALID.replace(old, new))
    with pytest.raises(ContentError, match=words) as refused:
        read_toml(path, Specimen)
    assert (refused.value.path, refused.value.key) == (path, key)


@pytest.mark.parametrize(
    ("content", "words"), [("name = [", "cú pháp TOML"), (b"\xff\xfen\x00", "không phải Unicode")]
)
def test_an_unreadable_file_is_refused_by_name(file, content, words):
    with pytest.raises(ContentError, match=words) as refused:
        read_toml(file(content), Specimen)
    assert refused.value.path.name == "mau.toml"


def test_a_missing_file_is_refused_by_name(tmp_path):
    with pytest.raises(ContentError, match="không tìm thấy tệp"):
        read_text(tmp_path / "khong-co.md")


@pytest.mark.parametrize("text", ["Không có khai báo", "---\ncode: QL4\n", "Lời\n---\na: 1\n---\n"])
def test_a_markdown_file_without_front_matter_is_refused(text, tmp_path):
    with pytest.raises(ContentError, match="phần khai báo giữa hai dòng ---"):
        split_front_matter(text, tmp_path / "bai.md")


def test_broken_yaml_is_refused_by_file_and_key(tmp_path):
    with pytest.raises(ContentError, match="cú pháp YAML") as refused:
        read_yaml("a: [1", tmp_path / "bai.md", key="tinh-huong")
    assert refused.value.key == "tinh-huong"


def test_yaml_can_make_nothing_but_data(tmp_path):
    with pytest.raises(ContentError, match="cú pháp YAML"):
        read_yaml("!!python/object/apply:os.getcwd []", tmp_path / "bai.md")


def test_content_cannot_be_changed_once_read(file):
    specimen = read_toml(file(VALID), Specimen)
    with pytest.raises(ValueError, match="frozen"):
        specimen.name = "Khác"


def test_an_error_says_code_file_row_and_column():
    error = CioError("phải là số.", path="lop.xlsx", row=7, column="C", key="diem")
    assert str(error) == "[CIO-000] lop.xlsx, dòng 7, cột C, khoá “diem”: phải là số."


def test_every_error_has_a_code_of_its_own():
    for package in ("courses", "assessments", "cohort_data", "grading", "centre"):
        root = Path(import_module(package).__file__).parent
        for path in root.rglob("*.py"):
            if re.search(r"^class \w+Error\(\w+Error\)", path.read_text("utf-8"), re.MULTILINE):
                module = path.relative_to(root.parent).with_suffix("")
                import_module(".".join(module.parts))

    def tree(kind):
        return [kind, *(below for child in kind.__subclasses__() for below in tree(child))]

    codes = [kind.code for kind in tree(CioError)]
    assert len(set(codes)) == len(codes)


def test_data_that_is_no_table_is_refused(tmp_path):
    with pytest.raises(ContentError, match="các cặp khoá"):
        validate(Specimen, ["danh sách"], tmp_path / "bai.md")
