"""The second KT1 simulation: what is bought, what a year may then cost, and testing first."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from courses.foundation.numerals import vietnamese
from courses.models import bad_year as model
from courses.widgets.controls import ChoiceBox, chart, table

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from matplotlib.axes import Axes

_BANDS = {
    "không mất gì": (0, 1),
    "dưới 1.000": (1, 1000),
    "1.000–2.999": (1000, model.BAD),
    "từ 3.000": (model.BAD, inf),
}
_HEADINGS = ("Phương án", "Chi", "Mất kỳ vọng một năm", "Cộng ba năm", "Năm xấu")
_CAPTION = (
    "Triệu đồng, dữ liệu mô phỏng. Cộng ba năm = chi + 3 × mất kỳ vọng một năm. Năm xấu: "
    "xác suất một năm mất từ 3.000 triệu đồng trở lên."
)
_POINTS = ("Cổng", "Cán bộ", "Dữ liệu")
_FOUND = ("Kết quả kiểm thử cổng", "Khả năng gặp", "Mua", "Cộng ba năm")
_BEFORE = (
    "Triệu đồng, gồm 100 tiền kiểm thử; mỗi kết quả lấy nhóm rẻ nhất trong phần hạn mức còn lại. "
    "Bình quân {}."
)


def _names(bought: Collection[str]) -> str:
    return "; ".join(t.name for t in model.THREATS if t.name in bought) or "không mua gì"


def _row(way: str, bought: Collection[str]) -> tuple[str, ...]:
    spent, year = model.spent(model.THREATS, bought), model.expected(model.THREATS, bought)
    bad = 100 * model.chance_between(model.THREATS, bought, model.BAD)
    money = (spent, year, model.total(model.THREATS, bought))
    return (way, *(vietnamese(m, 0) for m in money), f"{vietnamese(bad, 1)} %")


def _draw(axes: Axes, ways: Mapping[str, Collection[str]]) -> None:
    for at, (way, bought) in enumerate(ways.items()):
        shares = [100 * model.chance_between(model.THREATS, bought, *b) for b in _BANDS.values()]
        places = [band + 0.4 * at - 0.2 for band in range(len(_BANDS))]
        look: dict[str, Any] = {
            "color": ("#56B4E9", "#E69F00")[at],
            "hatch": ("", "//")[at],
            "edgecolor": "black",
        }
        bars = axes.bar(places, shares, 0.4, label=way, **look)
        axes.bar_label(bars, [vietnamese(share, 1) for share in shares], fontsize=8)
    axes.set_xticks(range(len(_BANDS)), list(_BANDS))
    axes.set(xlabel="Thiệt hại của một năm (triệu đồng)", ylabel="Xác suất (%)", ylim=(0, 75))
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2)


def _finding(one: model.Found) -> tuple[str, ...]:
    chance, likelihood = f"{100 * one.chance:.0f} % một năm", f"{100 * one.likelihood:.0f} %"
    return (chance, likelihood, _names(one.bought), vietnamese(one.total, 0))


def _probed() -> widgets.HTML:
    found = model.after_probe(model.THREATS, model.PORTAL_PROBE, model.CAP)
    note = _BEFORE.format(vietnamese(model.total_with(found), 0))
    return table(_FOUND, [_finding(one) for one in found], note)


def view() -> widgets.Widget:
    """Five treatments to buy or leave, and a test to pay for; what a year may cost follows."""
    buy = [
        ChoiceBox(label=t.name, options=["Không mua", f"Mua ({t.cost:.0f} triệu đồng)"], value=0)
        for t in model.THREATS
    ]
    first = ChoiceBox(
        label="Kiểm thử xâm nhập cổng trước khi mua (100 triệu đồng)",
        options=["Chưa", "Có, xem mua gì theo từng kết quả"],
        value=0,
    )
    screen = widgets.VBox()

    def redraw(_: object = None) -> None:
        own = [t.name for t, choice in zip(model.THREATS, buy, strict=True) if choice.value]
        ways = {"Nhóm nhiều điểm nhất": _POINTS, "Nhóm của anh/chị": own}
        rows = [_row(way, bought) for way, bought in ways.items()]
        over = model.spent(model.THREATS, own) - model.CAP
        warning = f"<p><strong>Vượt hạn mức {vietnamese(over, 0)} triệu đồng.</strong></p>"
        alt = "; ".join(f"{row[0]}: năm xấu {row[-1]}" for row in rows)
        screen.children = (
            chart(lambda axes: _draw(axes, ways), alt),
            table(_HEADINGS, rows, _CAPTION),
            *([widgets.HTML(warning)] if over > 0 else []),
            *([_probed()] if first.value else []),
        )

    for choice in (*buy, first):
        choice.observe(redraw, "value")
    redraw()
    return widgets.VBox([*buy, first, screen])
