"""Lessons from text to notebook, and the proof that they run: headless, silent, in time."""

from __future__ import annotations

import time
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from traitlets.config import Config

from courses.foundation.content import read_text
from courses.foundation.errors import ContentError
from courses.foundation.files import write_atomically
from courses.glossary import glossary_lines, the_glossary
from courses.lesson import Block, read_lesson
from courses.prediction import closed_parts
from courses.reading import apart
from courses.widgets import markdown

if TYPE_CHECKING:
    from pathlib import Path

    from courses.lesson import Lesson

CELL_TIMEOUT = 30  # seconds; a lesson must run within it, so no cell may take longer

KERNELSPEC = {"name": "python3", "display_name": "Python 3", "language": "python"}

# What trainees see in Lab: no code, no prompt, and nothing that swallows clicks.
HIDDEN_SOURCE = {"jupyter": {"source_hidden": True}, "tags": ["hide-input"]}


@dataclass(frozen=True)
class Run:
    """A headless run: the notebook with outputs, and how many seconds it took."""

    notebook: nbformat.NotebookNode
    seconds: float


def build_lesson(path: Path, folder: Path) -> Path:
    """Write the notebook of the lesson at ``path`` into ``folder`` and return where it is.

    Raises:
        ContentError: when the lesson is wrong; nothing is written then.
    """
    lesson = read_lesson(path)
    target = folder / f"{path.stem}.ipynb"
    folder.mkdir(parents=True, exist_ok=True)
    write_atomically(target, nbformat.writes(_notebook(lesson)).encode())
    return target


def _notebook(lesson: Lesson) -> nbformat.NotebookNode:
    setup = (
        "from courses.widgets.lesson_view import open_lesson\n"
        f"lesson = open_lesson({lesson.path.stem!r})"
    )
    cells = [_markdown(_title(lesson), 0), _code(setup, 1)]
    closed = closed_parts(lesson)
    parts, sheet = apart(lesson.parts)
    for place, part in enumerate(parts):
        cells.append(_part(part, place, closed=place in closed))
    if sheet:
        cells.append(_markdown(f"## Tờ mang về: căn cứ pháp lý của bài\n\n{sheet}", len(cells)))
    cells.append(_markdown(_terms(lesson), len(cells)))
    metadata = {"kernelspec": KERNELSPEC, "title": lesson.head.title, "lead": _lead(lesson)}
    return new_notebook(cells=cells, metadata=metadata)


def _lead(lesson: Lesson) -> str:
    """In HTML, what there is to read before the first thing to do: shown while the rest opens."""
    texts = takewhile(lambda part: isinstance(part, str), apart(lesson.parts)[0])
    return markdown.block("\n\n".join([_title(lesson), *map(str, texts)]))


def _title(lesson: Lesson) -> str:
    outcomes = "\n".join(f"- **{o.id}** {o.text}" for o in lesson.head.outcomes)
    return (
        f"# {lesson.head.code}. {lesson.head.title}\n\n"
        f"Thời lượng khoảng {lesson.head.minutes} phút, chia hai phần; "
        "có thể dừng ở cuối mỗi mục và học tiếp sau.\n\n"
        f"**Sau bài này, anh/chị có thể:**\n\n{outcomes}"
    )


def _terms(lesson: Lesson) -> str:
    terms = the_glossary().used_in(read_text(lesson.path))
    return "\n".join(["## Thuật ngữ trong bài", "", *glossary_lines(terms)])


def _part(part: str | Block, place: int, *, closed: bool) -> nbformat.NotebookNode:
    number = place + 2  # after the title and the opening of the lesson
    if isinstance(part, Block):
        return _code(f"lesson.{part.kind}({part.name!r})", number)
    # What is closed must not stand in the file, where a reader of the notebook would see it.
    return _code(f"lesson.text({place})", number) if closed else _markdown(part, number)


def _markdown(text: str, number: int) -> nbformat.NotebookNode:
    return new_markdown_cell(text, id=f"part-{number}")


def _code(source: str, number: int) -> nbformat.NotebookNode:
    # Ids are positions, so that building twice gives the same bytes.
    return new_code_cell(source, id=f"part-{number}", metadata=HIDDEN_SOURCE)


def run_headless(path: Path) -> Run:
    """Execute a notebook in a fresh kernel in its own folder.

    Raises:
        ContentError: naming the notebook and the cell that failed, wrote to stderr or took
            longer than CELL_TIMEOUT.
    """
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=CELL_TIMEOUT,
        resources={"metadata": {"path": str(path.parent)}},
        # No other user of the machine can listen in, and the kernel has nothing to warn of.
        config=Config({"KernelManager": {"transport_encryption": "auto"}}),
    )
    begin = time.monotonic()
    try:
        client.execute()
    except (CellExecutionError, CellTimeoutError) as error:
        raise ContentError(f"bài không chạy hết: {error}", path=path) from None
    for number, cell in enumerate(notebook.cells, start=1):
        noise = [o for o in cell.get("outputs", ()) if o.get("name") == "stderr"]
        if noise:
            raise ContentError(f"ô {number} in ra lỗi: {noise[0].text[:200]}", path=path)
    return Run(notebook=notebook, seconds=time.monotonic() - begin)
