"""Judging papers of ours: answers file and key in, marked notebook out.

No candidate code runs, and nothing in the submitted notebook counts: the notebook that is
marked is the examiner's own, filled with what the answers file says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nbformat.v4 import new_output

from assessments.bank.item import mark
from assessments.handing_in.answers import read_answers
from courses.widgets.question_box import static_answer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import nbformat

    from assessments.bank.item import Variant
    from assessments.forms.form import Form, FormItem


def judge(form: Form, student: str, folder: Path) -> Callable[[Any, Any], tuple[Any, Any]]:
    """A preprocessor that gives each cell the outputs its execution would have given.

    Args:
        form: the frozen form, with its keys.
        student: whose submission it is, and so which variants.
        folder: the submission, holding the answers file.
    """

    def preprocess(notebook: Any, resources: Any) -> tuple[Any, Any]:
        competency = resources["nbgrader"]["notebook"]
        answers = read_answers(folder, competency, form.digest)
        outputs = {
            cell_id: outputs
            for item in form.of(competency)
            for cell_id, outputs in _outputs(
                item, form.variant_for(item, student), answers.get(item.id)
            )
        }
        for number, cell in enumerate(notebook.cells, start=1):
            cell_id = cell.metadata.get("nbgrader", {}).get("grade_id")
            if cell.cell_type == "code" and cell_id in outputs:
                cell.execution_count = number
                cell.outputs = outputs[cell_id](number)
        return notebook, resources

    return preprocess


def near_misses(form: Form, student: str, folder: Path) -> dict[str, str]:
    """Items whose refused answer is so near a right one that a person must look, and why."""
    near = {}
    for competency in form.competencies:
        answers = read_answers(folder, competency, form.digest)
        for item in form.of(competency):
            if item.trial:
                continue
            if mark(form.variant_for(item, student), answers.get(item.id)).near:
                near[item.id] = "gần đúng: giám khảo xem lại cách viết"
    return near


def _outputs(
    item: FormItem, variant: Variant, answer: Any
) -> list[tuple[str, Callable[[int], list[nbformat.NotebookNode]]]]:
    shown = new_output(
        "display_data",
        data={"text/html": static_answer(variant.question, answer), "text/plain": "<câu trả lời>"},
    )
    if item.rubric:
        return [(f"{item.id}-tra-loi", lambda _number: [shown])]
    points = 0.0 if item.trial else float(mark(variant, answer).points)

    def marked(number: int) -> list[nbformat.NotebookNode]:
        # nbgrader reads a cell's value as partial credit.
        data = {"text/plain": repr(points)}
        return [shown, new_output("execute_result", data=data, execution_count=number)]

    return [(item.id, marked)]
