"""One test cell, by both ways of running it."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import nbformat

from grading.code.judge.splitting import why_inside
from grading.code.outputs import as_output
from grading.code.verdicts import rule
from grading.gradebook.remarks import Remark
from grading.gradebook.results import mark_of

if TYPE_CHECKING:
    from grading.code.replies import JudgeLostError
    from grading.code.tampering import Terms
    from grading.code.warm import WarmProcess


@dataclass(frozen=True)
class Split:
    """Which tests of a notebook are judged outside too.

    ``unsplit`` are cells known to mean something else when split; ``proven`` says that the others
    have been tried with the examiner's own solution. ``hostile`` is the course's own word.
    """

    unsplit: frozenset[str] = frozenset()
    proven: bool = False
    hostile: bool = False

    def why_not(self, cell: Any) -> str:
        """Why a test is not judged outside; an empty text when it is."""
        if cell.metadata.nbgrader["grade_id"] in self.unsplit:
            return "ô kiểm tra có nghĩa khác khi tách khỏi bài làm"
        return why_inside(cell.source)


@dataclass
class Verdicts:
    """The verdicts on the tests of one notebook."""

    name: str
    split: Split
    terms: Terms
    points: dict[str, float] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    stock: dict[str, float] = field(default_factory=dict)
    judged: dict[str, tuple[float, float]] = field(default_factory=dict)
    troubles: dict[str, str] = field(default_factory=dict)

    def outside(self, warm: WarmProcess, cell: Any, number: int, seconds: float) -> Outside:
        """What the judge says of the test; to be asked before it is run.

        Raises:
            JudgeLostError: when judge and candidate did not come to an end.
        """
        if self.split.why_not(cell):
            return Outside()
        begin = time.monotonic()
        judged = warm.test(cell.source, number, seconds)
        took = time.monotonic() - begin
        if judged["trouble"]:
            return Outside(None, judged["trouble"], took)
        return Outside(_points(cell, judged["outputs"], number), "", took)

    def settle(self, cell: Any, outside: Outside, signs: frozenset[str]) -> None:
        """Enter what both verdicts come to; the cell's outputs are stock's."""
        name = cell.metadata.nbgrader["grade_id"]
        mark = mark_of(cell)
        stock = mark.score or 0.0
        ruling = rule(stock, outside.points, outside.trouble,
                      hostile=self.split.hostile, proven=self.split.proven)  # fmt: skip
        self.points[name], self.stock[name] = ruling.points, stock
        if outside.points is not None:
            self.judged[name] = stock, outside.points
        elif outside.trouble:
            self.troubles[name] = outside.trouble
        if mark.review:
            self._remark(name, "bad-credit")
        if ruling.code:
            remark = Remark(self.name, name, ruling.code, self.split.why_not(cell),
                            stock, outside.points)  # fmt: skip
            self.remarks.append(remark)
            cell.outputs.append(_note(remark))
        if found := self.terms.broken(cell.source, signs):
            self._remark(name, "tampering", found)

    def _remark(self, cell: str, code: str, detail: str = "") -> None:
        self.remarks.append(Remark(self.name, cell, code, detail))


@dataclass(frozen=True)
class Outside:
    """What the judge said: points, or why there are none; and the seconds it took."""

    points: float | None = None
    trouble: str = ""
    seconds: float = 0.0

    @classmethod
    def lost(cls, error: JudgeLostError) -> Outside:
        """The judge said nothing."""
        return cls(None, error.trouble)


def _points(cell: Any, outputs: list[dict[str, Any]], number: int) -> float:
    shown = nbformat.from_dict({**cell, "outputs": [as_output(o, number) for o in outputs]})
    return mark_of(shown).score or 0.0


def _note(remark: Remark) -> Any:
    """Both verdicts in the marked notebook, as an output that no mark is read off."""
    text = f"{remark.words('vi')}\n{remark.words('en')}"
    return nbformat.v4.new_output("display_data", data={"text/plain": f"[{remark.code}] {text}"})
