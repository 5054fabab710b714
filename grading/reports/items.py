"""A page an item for its authors: what was asked, how it worked, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from courses.foundation.errors import MeasurementError
from grading.reports.cohort_report import DEMO
from grading.reports.model import (
    NOTHING,
    Chart,
    Number,
    Paragraph,
    Percent,
    Report,
    Section,
    Subheading,
    Table,
)
from grading.reports.plots import Curve, OptionCurves
from grading.reports.prose import blocks_of
from grading.reports.wording import decimal, percent
from grading.statistics.gates import ITEM_FLAG, ITEM_REPORT
from grading.statistics.items import item_table

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from assessments.bank.statistics import Sample
    from grading.reports.model import Block, Letterhead, Value
    from grading.statistics.items import ItemStatistics

HARD, EASY, WEAK, DRIFT = 0.2, 0.95, 0.15, 0.1
_GROUPS = ("Thấp", "Giữa", "Cao")
_LONGEST = 60  # letters of an option in a table or a legend


@dataclass(frozen=True)
class Asked:
    """An item as asked: ``right`` are the labels of right options, empty where none is chosen."""

    id: str
    competency: str
    text: str
    points: float
    right: tuple[str, ...] = ()


@dataclass(frozen=True)
class Before:
    """What an earlier sitting showed of an item."""

    sitting: str
    n: int
    difficulty: float


@dataclass(frozen=True, eq=False)
class FormData:
    """Marks of one form: ``scores`` a row a person, a column an item, in points; NaN not sat.

    ``answers`` holds labels of what was chosen, ``seconds`` the time spent, same shape as far
    as known.
    """

    code: str
    scores: pd.DataFrame
    answers: pd.DataFrame
    seconds: pd.DataFrame
    asked: tuple[Asked, ...]


@dataclass(frozen=True, eq=False)
class ItemsInput:
    """The forms of a sitting and what earlier ones showed, by item.

    ``gathered`` is what was kept of this sitting, by item: a sample a form.
    """

    letterhead: Letterhead
    sitting_name: str
    forms: tuple[FormData, ...]
    before: Mapping[str, tuple[Before, ...]]
    gathered: Mapping[str, tuple[Sample, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Figures:
    """One item on one form; ``statistics`` is None below the gate on ``n``."""

    form: str
    n: int
    statistics: ItemStatistics | None


def items_report(data: ItemsInput) -> Report:
    """The report for authors, in order of items."""
    figures, asked = _figures(data.forms), {a.id: a for form in data.forms for a in form.asked}
    told = [item for item in sorted(asked) if any(one.statistics for one in figures[item])]
    few = [asked[item] for item in sorted(asked) if item not in told]
    return Report(
        kind="items",
        name="BÁO CÁO",
        subject=f"Câu hỏi của {data.sitting_name}, cho người biên soạn",
        letterhead=data.letterhead,
        sections=(
            Section("", _opening(data)),
            *(_page(data, asked[item], figures[item], apart=item != told[0]) for item in told),
            *_too_few(few, figures),
            *_tried(data),
        ),
    )


def _too_few(few: list[Asked], figures: dict[str, list[Figures]]) -> tuple[Section, ...]:
    """Items of which nothing can be said yet stand in one table, not on a page each."""
    if not few:
        return ()
    rows = tuple(
        (item.id, item.competency, one.form, one.n) for item in few for one in figures[item.id]
    )
    note = f"Cần từ {ITEM_FLAG} người làm đủ mọi câu của đề."
    title = "Câu chưa đủ số liệu để nhận xét"
    table = Table(title, ("Câu", "Năng lực", "Đề", "n"), rows, (note,))
    return (Section("CÂU CHƯA ĐỦ SỐ LIỆU", (table,), "Chưa đủ số liệu"),)


def _tried(data: ItemsInput) -> tuple[Section, ...]:
    """Trial items: asked like the others, in no total, and so on no page of their own."""
    tried = [(i, one) for i, told in data.gathered.items() for one in told if not one.scored]
    if not tried:
        return ()
    rows = tuple(
        (item, one.form, one.answers, _share(one.difficulty), _number(one.item_rest))
        for item, one in sorted(tried, key=lambda pair: (pair[0], pair[1].form))
    )
    note = f"Không tính điểm. Dưới {ITEM_FLAG} người làm thì chưa ghi độ khó."
    headings = ("Câu", "Đề", "n", "Độ khó", "Tương quan với điểm bài")
    table = Table("Câu thử nghiệm của kỳ này", headings, rows, (note,))
    return (Section("CÂU THỬ NGHIỆM", (table,), "Câu thử nghiệm"),)


def _share(value: float | None) -> Value:
    return NOTHING if value is None else Percent.of(value)


def _variants(told: tuple[Sample, ...]) -> tuple[Table, ...]:
    """How hard each variant was, where enough met it."""
    rows = tuple(
        (one.form, number, split.answers, _share(split.difficulty))
        for one in told
        for number, split in one.variants.items()
        if split.difficulty is not None
    )
    return (Table("Theo biến thể", ("Đề", "Biến thể", "n", "Độ khó"), rows),) if rows else ()


def _opening(data: ItemsInput) -> tuple[Block, ...]:
    demo = (Paragraph(DEMO),) if data.letterhead.is_demo else ()
    return (
        Paragraph(
            "Tài liệu có câu hỏi và đáp án, chỉ dùng cho người biên soạn và ban đề thi; không gửi "
            "ra ngoài khi câu hỏi còn được dùng."
        ),
        Paragraph(
            "Độ khó là tỷ lệ điểm trung bình (càng cao càng dễ). Tương quan là giữa điểm câu và "
            f"điểm phần còn lại của bài. Dưới {ITEM_FLAG} người thì không tính; từ {ITEM_FLAG} đến "
            f"dưới {ITEM_REPORT} người chỉ đủ để nghi vấn."
        ),
        *demo,
    )


def _figures(forms: tuple[FormData, ...]) -> dict[str, list[Figures]]:
    found: dict[str, list[Figures]] = {}
    for form in forms:
        known = {s.item: s for s in _statistics(form)}
        for asked in form.asked:
            n = int(form.scores[asked.id].notna().sum())
            one = Figures(form.code, n, known.get(asked.id))
            found.setdefault(asked.id, []).append(one)
    return found


def _statistics(form: FormData) -> tuple[ItemStatistics, ...]:
    points = {asked.id: asked.points for asked in form.asked}
    try:
        return item_table(form.scores, points, answers=form.answers, seconds=form.seconds)
    except MeasurementError:
        return ()  # too few: the page says how many


def _page(data: ItemsInput, asked: Asked, figures: list[Figures], *, apart: bool) -> Section:
    curves = [c for form in data.forms if (c := _curves(form, asked)) is not None]
    before = data.before.get(asked.id, ())
    flags = [flag for one in figures for flag in _flags(one, asked, before)]
    return Section(
        f"Câu {asked.id} – năng lực {asked.competency}",
        (
            *blocks_of(asked.text),
            _table(figures),
            *curves,
            *_variants(data.gathered.get(asked.id, ())),
            *_drift(before),
            Subheading("Nghi vấn và việc cần làm"),
            *(Paragraph(text, "item") for text in flags or ["Chưa thấy dấu hiệu bất thường."]),
        ),
        sheet=asked.id,
        new_page=apart,
    )


def _table(figures: list[Figures]) -> Table:
    headings = ("Đề", "n", "Độ khó", "Tương quan", "Alpha nếu bỏ", "Trung vị (giây)")
    rows = tuple((one.form, one.n, *_cells(one.statistics)) for one in figures)
    return Table("Số liệu theo đề", headings, rows, widths=(2, 1, 2, 2, 2, 2))


def _cells(told: ItemStatistics | None) -> tuple[Value, ...]:
    if told is None:
        return "chưa đủ số liệu", NOTHING, NOTHING, NOTHING
    return (
        Percent.of(told.difficulty),
        _number(told.item_rest),
        _number(told.alpha_if_deleted),
        NOTHING if told.seconds is None else Number.of(told.seconds, 0),
    )


def _number(value: float | None) -> Value:
    return NOTHING if value is None else Number.of(value)


def _curves(form: FormData, asked: Asked) -> Chart | None:
    """Shares choosing each option in thirds of the rest score."""
    if not asked.right or asked.id not in form.answers.columns or asked.id not in form.scores:
        return None
    chosen = form.answers[asked.id].dropna()
    if len(chosen) < ITEM_FLAG:
        return None
    rest = (form.scores.sum(axis=1) - form.scores[asked.id])[chosen.index]
    places = np.minimum(rest.rank(method="first", pct=True).to_numpy() * 3, 2.999).astype(int)
    labels = list(dict.fromkeys([*asked.right, *sorted(chosen.astype(str).unique())]))
    shares = {
        label: tuple(float((chosen[places == g].astype(str) == label).mean()) for g in range(3))
        for label in labels
    }
    curves = tuple(Curve(_short(k), told, k in asked.right) for k, told in shares.items())
    rows = tuple(
        (_short(k), int((chosen.astype(str) == k).sum()), *map(Percent.of, told),
         "đúng" if k in asked.right else "")
        for k, told in shares.items()
    )  # fmt: skip
    return Chart(
        f"Ai chọn phương án nào, đề {form.code} (n = {len(chosen)})",
        f"Phương án đúng được chọn từ {percent(curves[0].shares[0])} ở nhóm thấp đến "
        f"{percent(curves[0].shares[-1])} ở nhóm cao.",
        OptionCurves(_GROUPS, curves),
        Table(
            f"Tỷ lệ chọn từng phương án theo nhóm điểm, đề {form.code}",
            ("Phương án", "Số người", "Nhóm thấp", "Nhóm giữa", "Nhóm cao", "Đáp án"),
            rows,
            widths=(5, 1.4, 1.6, 1.6, 1.6, 1.3),
        ),
    )


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _drift(before: tuple[Before, ...]) -> tuple[Table, ...]:
    if not before:
        return ()
    rows = tuple((one.sitting, one.n, Percent.of(one.difficulty)) for one in before)
    return (Table("Các kỳ trước", ("Kỳ", "n", "Độ khó"), rows, widths=(4, 1, 2)),)


def _flags(one: Figures, asked: Asked, before: tuple[Before, ...]) -> list[str]:
    """What is odd, and what to do; the figures quoted are those of the table."""
    told = one.statistics
    if told is None:
        return []
    p = f"Đề {one.form}: độ khó {percent(told.difficulty)}"
    flags = []
    if told.difficulty < HARD:
        flags.append(f"{p}, rất khó: kiểm tra lại đáp án và nội dung bài học tương ứng.")
    if told.difficulty > EASY:
        flags.append(f"{p}, quá dễ: thay phương án nhiễu hoặc nâng mức độ.")
    if told.item_rest is not None and told.item_rest < WEAK:
        flags.append(_weak(one.form, told.item_rest))
    unused = sorted(set(asked.right) - set(told.options))
    if told.options and unused:
        flags.append(f"Đề {one.form}: không ai chọn phương án đúng; kiểm tra đáp án ngay.")
    flags += _drifted(one, told, before)
    return flags


def _weak(form: str, item_rest: float) -> str:
    said = f"Đề {form}: tương quan {decimal(item_rest, 2)}"
    if item_rest < 0:
        return f"{said}, người giỏi lại làm sai nhiều hơn: kiểm tra đáp án, câu có hai cách hiểu."
    return f"{said}, câu ít phân biệt: xem lại lời văn và phương án nhiễu."


def _drifted(one: Figures, told: ItemStatistics, before: tuple[Before, ...]) -> list[str]:
    if not before or min(one.n, before[-1].n) < ITEM_REPORT:
        return []
    last = before[-1]
    if abs(told.difficulty - last.difficulty) < DRIFT:
        return []
    way = "dễ" if told.difficulty > last.difficulty else "khó"
    return [
        (
            f"Đề {one.form}: độ khó {percent(told.difficulty)}, kỳ trước "
            f"{percent(last.difficulty)}; câu {way} hơn hẳn: kiểm tra lộ đề hoặc thay đổi nội dung "
            "dạy."
        )
    ]
