"""Form to nbgrader source notebooks: one a competency.

The hidden half of each cell carries every variant with its key; nbgrader strips it on release
and puts it back when it grades, so plain ``nbgrader autograde`` gives the marks our engine
gives. What a trainee is asked is delivered to each apart. The cell of a trial item looks like
any other and gives no points; ``release`` tells the gradebook that it is worth none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from courses.build import HIDDEN_SOURCE, KERNELSPEC
from courses.foundation.files import write_atomically

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from assessments.bank.rubric import Rubric
    from assessments.forms.form import Form, FormItem

_INSTRUCTIONS = """\
# {name}

Phần {competency} · {count} câu · {points} điểm · cả bài thi {minutes} phút

- Trả lời ngay trên trang. Mỗi câu được lưu khi anh/chị chọn hoặc gõ; chờ đến khi thấy **“Đã lưu”**.
- Nếu thấy **“CHƯA LƯU ĐƯỢC”**, hãy tải lại trang (phím F5); mọi câu đã báo “Đã lưu” vẫn còn nguyên.
- Số thập phân viết bằng dấu phẩy, ví dụ 12,5. Viết sai dạng số không bị trừ điểm: trang sẽ nhắc.
- Có thể trả lời theo thứ tự bất kỳ và sửa lại cho đến khi hết giờ.{notice}

**Cách cho điểm** (câu nào có yêu cầu riêng về độ chính xác thì ghi ngay dưới câu ấy):

{rules}"""

_KINDS = {
    "single": "Một lựa chọn",
    "multiple": "Nhiều lựa chọn",
    "ordering": "Xếp thứ tự",
    "matching": "Ghép cặp, phân loại",
    "classification": "Ghép cặp, phân loại",
    "numeric": "Điền số",
    "table": "Điền bảng",
    "short": "Trả lời ngắn",
    "decisions": "Ca tình huống",
    "code": "Bài dữ liệu",
    "essay": "Tự luận",
}


def write_paper(form: Form, rubrics: Mapping[str, Rubric], folder: Path) -> list[Path]:
    """Write the source notebooks of ``form`` into ``folder``.

    Args:
        form: the frozen form.
        rubrics: of the form's essays, by item: they stand in the mark schemes.
        folder: nbgrader's ``source/<assignment>``; made if missing.

    Returns:
        The notebooks, in the order of the competencies.
    """
    folder.mkdir(parents=True, exist_ok=True)
    notebooks = []
    for competency in form.competencies:
        path = folder / f"{competency}.ipynb"
        write_atomically(path, nbformat.writes(_notebook(form, competency, rubrics)).encode())
        notebooks.append(path)
    return notebooks


def _notebook(form: Form, competency: str, rubrics: Mapping[str, Rubric]) -> nbformat.NotebookNode:
    items = form.of(competency)
    head = _INSTRUCTIONS.format(
        name=form.name,
        competency=competency,
        count=len(items),
        points=sum(item.points for item in items),
        minutes=form.minutes,
        notice=f"\n- {form.notice}" if form.notice else "",
        rules=_rules(items),
    )
    setup = f"from assessments.papers.view import open_paper\npaper = open_paper({competency!r})"
    cells = [
        new_markdown_cell(head, id="huong-dan", metadata={"editable": False, "deletable": False}),
        _cell(setup, "mo-de"),
    ]
    for item in items:
        cells += _essay(item, rubrics) if item.rubric else [_objective(item, form)]
    return new_notebook(cells=cells, metadata={"kernelspec": KERNELSPEC, "title": form.name})


def _rules(items: list[FormItem]) -> str:
    """The scoring rule of each kind of question that the notebook asks, once a kind."""
    asked = [item.variants[0].question for item in items]
    rules = {_KINDS[question.kind]: question.RULE for question in asked}
    return "\n".join(f"- *{kind}*: {rule}" for kind, rule in rules.items())


def _objective(item: FormItem, form: Form) -> nbformat.NotebookNode:
    source = (
        f"{_ask(item)}\n"
        "### BEGIN HIDDEN TESTS\n"
        f"paper.mark({item.model_dump_json()!r}, {form.seed!r})\n"
        "### END HIDDEN TESTS"
    )
    return _cell(source, item.id, points=float(item.points))


def _essay(item: FormItem, rubrics: Mapping[str, Rubric]) -> list[nbformat.NotebookNode]:
    """An answer cell, then a locked task cell: only that keeps an essay out of autograding."""
    task = new_markdown_cell(
        "<!-- Phần dành cho giám khảo -->\n\n"
        "=== BEGIN MARK SCHEME ===\n\n"
        f"{_mark_scheme(rubrics[item.id])}\n\n"
        "=== END MARK SCHEME ===",
        id=item.id,
        metadata=_nbgrader(item.id, "markdown", task=True, points=float(item.points)),
    )
    return [_cell(_ask(item), f"{item.id}-tra-loi"), task]


def _ask(item: FormItem) -> str:
    return f"paper.ask({item.id!r})"


def _mark_scheme(rubric: Rubric) -> str:
    lines = []
    for criterion in rubric.criteria:
        must = ", bắt buộc" if criterion.must else ""
        lines.append(f"**{criterion.name}** ({criterion.weight} điểm{must})\n")
        lines += [f"- Mức {n}: {level.descriptor}" for n, level in enumerate(criterion.levels)]
        lines.append("")
    return "\n".join(lines)


def _cell(source: str, cell_id: str, points: float | None = None) -> nbformat.NotebookNode:
    metadata = {**HIDDEN_SOURCE, **_nbgrader(cell_id, "code", points=points)}
    return new_code_cell(source, id=cell_id, metadata=metadata)


def _nbgrader(
    cell_id: str, cell_type: str, *, task: bool = False, points: float | None = None
) -> dict[str, object]:
    metadata: dict[str, object] = {
        "schema_version": 3,
        "grade_id": cell_id,
        "cell_type": cell_type,
        "grade": points is not None and not task,
        "solution": False,
        "task": task,
        "locked": True,
    }
    if points is not None:
        metadata["points"] = points
    return {"nbgrader": metadata, "editable": False, "deletable": False}
