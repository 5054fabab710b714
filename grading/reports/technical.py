"""The auditor's appendix: what the decisions of a sitting rest on, and how well it measured."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from courses.foundation.errors import MeasurementError
from grading.reports.cohort_report import DEMO
from grading.reports.model import NOTHING, Number, Paragraph, Percent, Report, Section, Table
from grading.statistics.agreement import cohen_kappa
from grading.statistics.classification import livingston_lewis
from grading.statistics.gates import CLASSIFICATION, RELIABILITY, SCRIPTS, TooFewError
from grading.statistics.intraclass import intraclass
from grading.statistics.reliability import alpha, stratified_alpha

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pandas as pd

    from grading.reports.items import FormData
    from grading.reports.model import Block, Letterhead, Value
    from grading.statistics.reliability import Reliability


@dataclass(frozen=True, eq=False)
class TechnicalInput:
    """What an auditor asks of one sitting.

    ``digests`` names what was frozen, with its digest. ``counts`` are decisions by status and
    ``revised`` how many were made anew. ``cuts`` are shares by form. ``ratings`` has a row a
    script and a column a marker of the pair, in points; ``adjudicated`` counts third marks.
    """

    letterhead: Letterhead
    sitting_name: str
    digests: tuple[tuple[str, str], ...]
    counts: Mapping[str, int]
    revised: int
    forms: tuple[FormData, ...]
    cuts: Mapping[str, float]
    ratings: pd.DataFrame
    adjudicated: int


def technical_report(data: TechnicalInput) -> Report:
    """The appendix; a figure below its gate says on how many it would rest."""
    demo = (Paragraph(DEMO),) if data.letterhead.is_demo else ()
    opening = Paragraph(
        f"Phụ lục kỹ thuật của {data.sitting_name}, cho kiểm toán: mọi con số tính lại được từ "
        "hồ sơ đã khoá; mã băm là SHA-256."
    )
    return Report(
        kind="technical",
        name="PHỤ LỤC KỸ THUẬT",
        subject=f"Đo lường của {data.sitting_name}",
        letterhead=data.letterhead,
        sections=(
            Section("", (opening, *demo)),
            Section("I. NỘI DUNG ĐÃ KHOÁ", (_digests(data), _counts(data)), "Đã khoá"),
            Section("II. ĐỘ TIN CẬY", _reliability(data), "Độ tin cậy"),
            Section("III. NHẤT QUÁN CỦA QUYẾT ĐỊNH", _classification(data), "Nhất quán"),
            Section("IV. HAI GIÁM KHẢO", _agreement(data), "Giám khảo"),
            Section("V. ĐIỀU CHƯA TÍNH", _not_computed(), "Chưa tính"),
        ),
    )


def _digests(data: TechnicalInput) -> Table:
    return Table(
        "Nội dung mà quyết định dựa vào", ("Nội dung", "Mã băm"), data.digests, widths=(1.2, 5)
    )


def _counts(data: TechnicalInput) -> Table:
    rows = (*data.counts.items(), ("Quyết định làm lại", data.revised))
    note = "Quyết định làm lại: lần sau khác lần trước vì có điểm, vụ việc hoặc kết quả mới."
    return Table("Quyết định đang lưu", ("Kết quả", "Số người"), rows, (note,), (3, 1))


def _reliability(data: TechnicalInput) -> tuple[Block, ...]:
    rows = [row for form in data.forms for row in _of_form(form)]
    note = (
        f"Cần từ {RELIABILITY} người. Câu là đơn vị (các ô của một nhiệm vụ phụ thuộc nhau). Alpha "
        "(Cronbach 1951), khoảng tin cậy Feldt 1965; alpha phân tầng theo năng lực. SEM = s√(1 − "
        "r), tính bằng điểm. KR-20 và SEM có điều kiện của Lord không dùng vì câu có điểm lẻ."
    )
    headings = ("Đề", "Hệ số", "n", "Số câu", "Giá trị", "KTC 95 %: từ", "KTC 95 %: đến", "SEM")
    title = "Độ tin cậy của từng đề"
    widths = (1.2, 2.2, 0.9, 1.2, 2.4, 1.6, 1.6, 1.2)
    return (Table(title, headings, tuple(rows), (note,), widths),)


def _of_form(form: FormData) -> list[tuple[Value, ...]]:
    strata: dict[str, list[str]] = {}
    for asked in form.asked:
        strata.setdefault(asked.competency, []).append(asked.id)
    return [
        (form.code, "Alpha", *_coefficient(form, partial(alpha, form.scores))),
        (
            form.code,
            "Alpha phân tầng",
            *_coefficient(form, partial(stratified_alpha, form.scores, strata)),
        ),
    ]


_FEW = "chưa đủ số liệu"


def _coefficient(form: FormData, compute: Callable[[], Reliability]) -> tuple[Value, ...]:
    try:
        told = compute()
    except TooFewError as few:
        return few.n, len(form.asked), _FEW, *(NOTHING,) * 3
    except MeasurementError as error:
        return len(form.scores), len(form.asked), error.message, *(NOTHING,) * 3
    ends: tuple[Value, Value] = (NOTHING, NOTHING)
    if told.interval is not None:
        ends = Number.of(told.interval.low), Number.of(told.interval.high)
    return told.n, told.items, Number.of(told.value), *ends, Number.of(told.sem)


def _classification(data: TechnicalInput) -> tuple[Block, ...]:
    rows = tuple((form.code, *_classified(form, data.cuts[form.code])) for form in data.forms)
    note = (
        f"Livingston và Lewis 1995, cần từ {CLASSIFICATION} người. Đúng: quyết định trùng với điểm "
        "thực; nhất quán: hai đề tương đương cho cùng quyết định. Mô hình ghi ở cột cuối: beta bốn "
        "tham số, hoặc hai tham số khi không khớp được bốn."
    )
    headings = ("Đề", "n", "Đúng", "Nhất quán", "Đạt oan", "Trượt oan", "Mô hình")
    title = "Độ đúng và độ nhất quán tại điểm cắt"
    return (Table(title, headings, rows, (note,), (1.2, 0.9, 2, 1.6, 1.6, 1.6, 2.4)),)


def _classified(form: FormData, cut: float) -> tuple[Value, ...]:
    highest = sum(asked.points for asked in form.asked)
    totals = form.scores.sum(axis=1, min_count=len(form.asked)).to_numpy(dtype=float)
    try:
        r = alpha(form.scores).value
        found = livingston_lewis(
            totals, [cut * highest], reliability=r, lowest=0.0, highest=highest
        )
    except TooFewError as few:
        return few.n, _FEW, *(NOTHING,) * 4
    except MeasurementError as error:
        return len(totals), error.message, *(NOTHING,) * 4
    model = {"4-parameter beta": "beta 4 tham số"}.get(found.true_scores.model, "beta 2 tham số")
    shares = (found.accuracy, found.consistency, found.false_positive, found.false_negative)
    return found.n, *map(Percent.of, shares), model


def _agreement(data: TechnicalInput) -> tuple[Block, ...]:
    both = data.ratings.dropna()
    rows = (("Kappa có trọng số bậc hai", *_kappa(both)), ("ICC(2,1)", *_icc(both)))
    note = (
        f"Cần từ {SCRIPTS} bài chấm hai lần. Kappa: Cohen 1968; ICC: Shrout và Fleiss 1979, hai "
        "giám khảo là mẫu của nhiều người, xét trùng điểm tuyệt đối."
    )
    headings = ("Hệ số", "Số bài", "Giá trị", "KTC 95 %: từ", "KTC 95 %: đến")
    table = Table("Mức thống nhất giữa hai giám khảo", headings, rows, (note,), (3, 1, 2.2, 2, 2))
    count = Paragraph(
        f"Có {len(both)} bài tự luận chấm hai lần, {data.adjudicated} bài cần giám khảo thứ ba.",
        derived=(data.adjudicated, len(both)),
    )
    return count, table


def _kappa(both: pd.DataFrame) -> tuple[Value, ...]:
    try:
        told = cohen_kappa(both.iloc[:, 0], both.iloc[:, 1], weights="quadratic")
    except TooFewError as few:
        return few.n, _FEW, NOTHING, NOTHING
    except MeasurementError as error:
        return len(both), error.message, NOTHING, NOTHING
    ends = (Number.of(told.interval.low), Number.of(told.interval.high))
    return told.n, Number.of(told.value), *ends


def _icc(both: pd.DataFrame) -> tuple[Value, ...]:
    try:
        told = intraclass(both)["ICC(2,1)"]
    except TooFewError as few:
        return few.n, _FEW, NOTHING, NOTHING
    except MeasurementError as error:
        return len(both), error.message, NOTHING, NOTHING
    ends = (Number.of(told.interval.low), Number.of(told.interval.high))
    return told.n, Number.of(told.value), *ends


def _not_computed() -> tuple[Paragraph, ...]:
    texts = (
        (
            "Khác biệt theo nhóm của câu hỏi (DIF) cần từ 200 người mỗi nhóm và thuộc tính của "
            "nhóm; trung tâm không giữ giới tính, dân tộc nên không tính."
        ),
        "Mô hình Rasch và bản đồ Wright cần từ 150 người trên cùng một đề.",
        (
            "Sai số chuẩn dùng khi quyết định là giá trị công bố trước trong chính sách, không "
            "phải giá trị ước lượng sau kỳ thi."
        ),
    )
    return tuple(Paragraph(text, "item") for text in texts)
