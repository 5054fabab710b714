"""What a person should know of a marked submission: stable codes, in words of two languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["vi", "en"]

# code: Vietnamese, English. ``{detail}``, ``{stock}`` and ``{outside}`` are the remark's own.
_WORDS: dict[str, tuple[str, str]] = {
    "verdicts-differ": (
        "chạy như nbgrader được {stock} điểm, phán xét bên ngoài được {outside}; tạm ghi mức thấp",
        "run as nbgrader runs it: {stock} points; judged outside: {outside}; the lower is entered",
    ),
    "outside-opaque": (
        (
            "giá trị trả về không phải dữ liệu thường nên bên ngoài không so sánh được "
            "(chạy như nbgrader: {stock} điểm)"
        ),
        (
            "what is returned is no plain data, so it cannot be compared outside "
            "(run as nbgrader runs it: {stock} points)"
        ),
    ),
    "outside-gone": (
        "tiến trình bài làm chấm dứt khi được hỏi (chạy như nbgrader: {stock} điểm)",
        "the submission's process ended when asked (run as nbgrader runs it: {stock} points)",
    ),
    "outside-late": (
        "bài làm không trả lời kịp khi được hỏi (chạy như nbgrader: {stock} điểm)",
        "the submission did not answer in time (run as nbgrader runs it: {stock} points)",
    ),
    "outside-stop": (
        (
            "bài làm ném ngoại lệ có thể kết thúc ô kiểm tra mà không ai thấy "
            "(chạy như nbgrader: {stock} điểm)"
        ),
        (
            "the submission raised what may end a test unseen "
            "(run as nbgrader runs it: {stock} points)"
        ),
    ),
    "not-judged-form": (
        "với bài này ô kiểm tra không tách ra ngoài được, chỉ có kết quả chạy như nbgrader",
        "with this submission the test cannot be split: there is only nbgrader's way of running it",
    ),
    "not-judged-changed": (
        "bài làm sửa giá trị đã trao, chỉ có kết quả chạy như nbgrader",
        "the submission changes what it handed over: there is only nbgrader's way of running it",
    ),
    "not-judged-effects": (
        "bài làm ghi tệp hoặc chạy chương trình, chỉ có kết quả chạy như nbgrader",
        "the submission writes files or runs programs: there is only nbgrader's way of running it",
    ),
    "not-judged-long": (
        "ô kiểm tra gọi bài làm quá nhiều lần, chỉ có kết quả chạy như nbgrader",
        "the test calls the submission too often: there is only nbgrader's way of running it",
    ),
    "not-split": (
        "chạy cùng mã thí sinh: {detail}",
        "run together with the candidate's code: {detail}",
    ),
    "tampering": (
        "dấu hiệu can thiệp vào việc chấm: {detail}",
        "signs of tampering with the grading: {detail}",
    ),
    "no-kernel": (
        "bài cần nhân Jupyter ({detail}) mà ở đây không có",
        "the notebook needs a Jupyter kernel ({detail}), which is not to be had here",
    ),
    "bad-credit": (
        "giá trị điểm một phần không nằm trong 0 … tối đa",
        "the partial credit is not within 0 … maximum",
    ),
    "missing-cell": (
        "ô đã phát hành không còn trong bài nộp",
        "a released cell is no longer in the submission",
    ),
    "cell-time": ("ô chạy quá {detail} giây nên bị dừng", "the cell was stopped after {detail} s"),
    "notebook-time": (
        "cả bài chạy quá {detail} giây nên các ô còn lại không chạy",
        "the notebook took more than {detail} s; the cells left were not run",
    ),
    "ended": (
        "tiến trình chạy bài chấm dứt (tự thoát, hết bộ nhớ hoặc lỗi)",
        "the submission's process ended (exit, out of memory or a crash)",
    ),
    "memory": ("ô dùng quá bộ nhớ cho phép", "the cell used more memory than allowed"),
    "processes": (
        "ô tạo quá số tiến trình hoặc luồng cho phép",
        "the cell made more processes or threads than allowed",
    ),
    "processor": (
        "ô dùng quá thời gian bộ xử lý cho phép",
        "the cell used more processor time than allowed",
    ),
    "disk": ("ô ghi quá dung lượng cho phép", "the cell wrote more than allowed"),
    "file": (
        "ô ghi một tệp lớn quá mức cho phép",
        "the cell wrote a file larger than allowed",
    ),
    "files": ("ô mở quá số tệp cho phép", "the cell opened more files than allowed"),
    "output": (
        "ô in quá mức cho phép nên bị cắt",
        "the cell printed more than allowed and was cut",
    ),
}
CODES = frozenset(_WORDS)


@dataclass(frozen=True)
class Remark:
    """Something to know of one cell.

    ``stock`` and ``outside`` are the points of the two verdicts where there are two.
    """

    notebook: str
    cell: str
    code: str
    detail: str = ""
    stock: float | None = None
    outside: float | None = None

    def words(self, language: Language = "vi") -> str:
        """What it says, without where."""
        text = _WORDS[self.code][language == "en"]
        return text.format(detail=self.detail, stock=_number(self.stock),
                           outside=_number(self.outside))  # fmt: skip

    def line(self, language: Language = "vi") -> str:
        """Where, and what it says."""
        return f"{self.notebook}, {self.cell}: {self.words(language)}"


def _number(points: float | None) -> str:
    return "—" if points is None else f"{points:g}"
