"""The QL1 simulation: which bases of a decision hold on a day, and what reviewing them saves."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets
from matplotlib.dates import date2num

from courses.foundation.numerals import short_date, vietnamese
from courses.models import legal_register as law
from courses.models import legal_validity as model
from courses.widgets.controls import SliderBox, chart, table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_INTERVALS = (0, 6, 12, 18, 24, 36, 60)
_DAYS = (law.LAST - law.FIRST).days
_ALT = "Thời gian có hiệu lực của bảy căn cứ và văn bản thay thế; số liệu ở bảng ngay dưới."
_WAYS = ("Chép nguyên căn cứ năm 2013", "Chỉ thay căn cứ thẩm quyền", "Thay mọi căn cứ đã hết")
_BASES = ("Căn cứ ghi năm 2013", "Tình trạng", "Văn bản dùng được", "Thay thế đến 30/11/2026")
_LOSS = ("Cách lập dự thảo", "Mất (điều khoản)", "Tỷ lệ (%)", "Điều khoản mất căn cứ")
_REVIEW = ("Rà soát (tháng/lần)", "Mang căn cứ hết hiệu lực (ngày)", "Tỷ lệ thời gian (%)")


def view() -> widgets.Widget:
    """Year and month of the day examined, and how often the bases are reviewed."""
    controls = (
        SliderBox(label="Năm của ngày xét", value=2020, min=2014, max=2026, step=1),
        SliderBox(label="Tháng của ngày xét (lấy ngày 01)", value=12, min=1, max=12, step=1),
        SliderBox(label="Rà soát (tháng/lần; 0: không)", value=0, min=0, max=60, step=1),
    )
    screen = widgets.VBox()

    def redraw(_: Any = None) -> None:
        screen.children = _screen(*(int(control.value) for control in controls))

    for control in controls:
        control.observe(redraw, "value")
    redraw()
    return widgets.VBox([*controls, screen])


def _screen(year: int, month: int, every: int) -> list[widgets.Widget]:
    day, documents, draft = date(year, month, 1), law.DOCUMENTS, law.DRAFT
    alive = len(model.in_force(documents, law.CITED, day))
    authority = model.with_authority_renewed(documents, draft, day)
    drafts = (draft, authority, model.renewed(documents, draft, day))
    intervals = sorted({*_INTERVALS, every})
    return [
        chart(lambda axes: _draw(axes, day), _ALT),
        table(_BASES, [_base(n, day) for n in law.CITED],
              f"Ngày {short_date(day)}: còn {alive}/{len(law.CITED)}"),
        table(_LOSS, [_loss(*pair, day) for pair in zip(_WAYS, drafts, strict=True)],
              f"Dự thảo giả định {len(draft.provisions)} điều khoản, hiệu lực {short_date(day)}"),
        table(_REVIEW, [_review(k) for k in intervals],
              f"{_chosen(every)} Từ 13/9/2013 đến 30/11/2026 ({vietnamese(_DAYS, 0)} ngày)"),
    ]  # fmt: skip


def _base(number: str, day: date) -> tuple[str, ...]:
    later = model.timeline(law.DOCUMENTS, number, law.FIRST, law.LAST)[1:]
    chain = " → ".join(f"{s.number} (từ {short_date(s.start)})" for s in later) or "chưa có"
    valid = model.successor(law.DOCUMENTS, number, day) or "không có"
    caveat = law.DOCUMENTS[number].caveat
    stands = model.state(law.DOCUMENTS, number, day) + (f" ({caveat})" if caveat else "")
    return number, stands, valid, chain


def _loss(way: str, draft: model.Draft, day: date) -> tuple[object, ...]:
    lost = model.lost(law.DOCUMENTS, draft, day)
    part = vietnamese(model.lost_share(law.DOCUMENTS, draft, day), 1)
    return way, f"{len(lost)}/{len(draft.provisions)}", part, "; ".join(lost) or "không"


def _review(every: int) -> tuple[object, ...]:
    days = model.exposure(law.DOCUMENTS, law.CITED, law.FIRST, law.LAST, every)
    return every or "không", vietnamese(days, 0), vietnamese(model.share(days, _DAYS), 1)


def _chosen(every: int) -> str:
    """The interval that is set, in words: its line may have stood in the table before."""
    way, days, share = _review(every)
    said = f"Rà soát {way} tháng/lần" if every else "Không rà soát"
    return f"{said}: mang căn cứ hết hiệu lực {days} ngày ({share} %)."


def _draw(axes: Axes, day: date) -> None:
    # Okabe-Ito blue, orange and sky with three hatches, so that nothing depends on colour alone.
    looks = (("#0072B2", ""), ("#E69F00", "//"), ("#56B4E9", ".."), ("#F0E442", "xx"))
    names = ("Căn cứ ghi năm 2013", "Văn bản thay lần 1", "Thay lần 2", "Thay lần 3")
    for row, number in enumerate(reversed(law.CITED)):
        spans = model.timeline(law.DOCUMENTS, number, law.FIRST, law.LAST)
        for span, (colour, hatch), name in zip(spans, looks, names, strict=False):
            axes.barh(row, (span.end - span.start).days, left=_at(span.start), color=colour,
                      hatch=hatch, edgecolor="#222222", label=name)  # fmt: skip
    axes.axvline(_at(day), color="#D55E00", linestyle="--", linewidth=2, label="Ngày xét")
    axes.xaxis_date()
    axes.set_yticks(range(len(law.CITED)), law.CITED[::-1])
    axes.set(xlabel="Ngày (năm)", ylabel="Căn cứ và chuỗi thay thế")
    handles = dict(zip(*reversed(axes.get_legend_handles_labels()), strict=True))
    axes.legend(handles.values(), handles, loc="upper center", ncols=3, bbox_to_anchor=(0.4, -0.2))


def _at(day: date) -> float:
    return float(date2num(day))  # type: ignore[no-untyped-call]  # matplotlib.dates is untyped
