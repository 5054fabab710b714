"""Lessons become notebooks that run to their end, headless and silent."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from courses.build import KERNELSPEC, build_lesson, run_headless
from courses.foundation.errors import ContentError
from courses.lesson import lesson_paths


@pytest.fixture
def notebook(tmp_path):
    def write(*sources):
        path = tmp_path / "bai.ipynb"
        cells = [new_code_cell(source, id=f"o-{n}") for n, source in enumerate(sources)]
        nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": KERNELSPEC}), path)
        return path

    return write


@pytest.mark.proof
@pytest.mark.parametrize("path", lesson_paths(), ids=lambda path: path.stem)
def test_a_shipped_lesson_runs_headless_to_its_end_with_nothing_on_stderr(path, tmp_path):
    run = run_headless(build_lesson(path, tmp_path))
    code = [cell for cell in run.notebook.cells if cell.cell_type == "code"]
    assert all(cell.outputs for cell in code[1:])  # the first only opens the lesson


def test_building_twice_gives_the_same_bytes(tmp_path):
    path = lesson_paths()[0]
    first = build_lesson(path, tmp_path / "a").read_bytes()
    assert build_lesson(path, tmp_path / "b").read_bytes() == first


@pytest.mark.parametrize("path", lesson_paths(), ids=lambda path: path.stem)
def test_the_notebook_is_valid_and_hides_its_code_and_its_key(path, tmp_path):
    notebook = nbformat.read(build_lesson(path, tmp_path), as_version=4)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(cell.metadata.jupyter.source_hidden for cell in code)
    assert "correct" not in "\n".join(cell.source for cell in code)


def test_nothing_is_written_for_a_broken_lesson(tmp_path):
    (tmp_path / "hong.md").write_text("---\ncode: QL4\n---\n", encoding="utf-8")
    with pytest.raises(ContentError):
        build_lesson(tmp_path / "hong.md", tmp_path / "ra")
    assert not (tmp_path / "ra").exists()


def test_a_notebook_that_fails_is_refused_by_name_with_the_error(notebook):
    with pytest.raises(
        ContentError, match=r"bài không chạy hết(.|\n)*ZeroDivisionError"
    ) as refused:
        run_headless(notebook("1", "1 / 0"))
    assert refused.value.path.name == "bai.ipynb"


def test_a_notebook_that_writes_to_stderr_is_refused_with_the_cell(notebook):
    with pytest.raises(ContentError, match="ô 2 in ra lỗi: cảnh báo"):
        run_headless(notebook("1", "import sys; print('cảnh báo', file=sys.stderr)"))
