"""A data package is whole, described column by column, and read alike by other tools."""

import hashlib
import json

import pandas as pd
import polars as pl
import pytest

from courses.foundation.errors import MeasurementError
from grading.datapackage.package import DESCRIPTOR, DICTIONARY, write_package
from grading.datapackage.schema import RESOURCES, SCORES, tidy

VALUES = {"string": "x", "integer": 1, "number": 0.5, "boolean": True, "date": "2026-10-01"}


def frames():
    return {
        one.name: pd.DataFrame([{field.name: VALUES[field.type] for field in one.fields}])
        for one in RESOURCES
    }


def write(folder, **changed):
    return write_package(folder, frames() | changed, "thu", "Thử", "Chỉ để thử.")


def test_another_library_reads_the_same_from_both_forms(tmp_path):
    write(tmp_path / "goi")
    for one in RESOURCES:
        table = pl.read_parquet(tmp_path / "goi" / f"{one.name}.parquet")
        assert table.columns == one.columns
        text = pl.read_csv(tmp_path / "goi" / f"{one.name}.csv", schema=table.schema)
        assert table.equals(text)


def test_the_descriptor_names_each_column_and_the_bytes_of_each_file(tmp_path):
    write(tmp_path / "goi")
    told = json.loads((tmp_path / "goi" / DESCRIPTOR).read_text("utf-8"))
    for described, one in zip(told["resources"], RESOURCES, strict=True):
        content = (tmp_path / "goi" / described["path"]).read_bytes()
        assert described["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert [field["name"] for field in described["schema"]["fields"]] == one.columns
        assert described["schema"]["primaryKey"] == list(one.key)


def test_the_dictionary_explains_every_column(tmp_path):
    write(tmp_path / "goi")
    text = (tmp_path / "goi" / DICTIONARY).read_text("utf-8")
    for one in RESOURCES:
        for field in one.fields:
            assert f"| `{field.name}` | {field.type} |" in text


def test_the_same_frames_give_the_same_bytes(tmp_path):
    once = [path.read_bytes() for path in write(tmp_path / "goi")]
    assert [path.read_bytes() for path in write(tmp_path / "goi")] == once


def test_a_package_that_cannot_be_written_leaves_the_one_that_was(tmp_path):
    before = [path.read_bytes() for path in write(tmp_path / "goi")]
    with pytest.raises(MeasurementError, match="bảng scores: thiếu cột form"):
        write(tmp_path / "goi", scores=frames()["scores"].drop(columns="form"))
    assert [path.read_bytes() for path in sorted((tmp_path / "goi").iterdir())] == before


def test_an_empty_cell_or_a_key_held_twice_is_named():
    frame = frames()["scores"]
    with pytest.raises(MeasurementError, match="bảng scores: cột form có ô trống"):
        tidy(frame.assign(form=None), SCORES)
    with pytest.raises(MeasurementError, match="trùng khoá person, sitting, item"):
        tidy(pd.concat([frame, frame]), SCORES)
