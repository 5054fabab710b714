"""The KM4 simulation: money out and work done, and what the end of the year leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from courses.foundation.numerals import vietnamese
from courses.models import disbursement as model
from courses.widgets.controls import SliderBox, chart, table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_POINTS = range(0, 101, 5)
_HEADINGS = ("Con số", "Triệu đồng", "% hợp đồng")
_YEAR = ("Cuối năm", "Triệu đồng")
_ALT = "Đường giải ngân nằm trên đường khối lượng và hai đường chỉ gặp nhau ở mức thu hồi hết."


def view() -> widgets.Widget:
    """Five numbers to move; below them where the contract stands and what 31/12 leaves."""
    controls = (
        SliderBox(label="Khối lượng đã nghiệm thu (%)", value=10, min=0, max=100, step=5),
        SliderBox(label="Tạm ứng khi ký (% hợp đồng)", value=0, min=0, max=50, step=5),
        SliderBox(
            label="Vốn giao trong năm (triệu đồng)", value=8000, min=4500, max=9000, step=100
        ),
        SliderBox(
            label="Đã nghiệm thu, hồ sơ thanh toán chưa xong (triệu đồng)",
            value=0,
            min=0,
            max=1500,
            step=50,
        ),
        SliderBox(
            label="Được phép kéo dài sang năm sau (triệu đồng)", value=0, min=0, max=3000, step=50
        ),
    )
    screen = widgets.VBox()

    def redraw(_: Any = None) -> None:
        screen.children = _screen(*(control.value for control in controls))

    for control in controls:
        control.observe(redraw, "value")
    redraw()
    return widgets.VBox([*controls, screen])


def _screen(
    volume: float, advanced: float, plan: float, unpaid: float, allowed: float
) -> list[widgets.Widget]:
    contract = model.Contract(model.CONTRACT.value, advanced / 100)
    stands = model.position(contract, volume / 100)
    end = model.year_end(contract, plan, volume / 100, unpaid, allowed)
    figures = (
        ("Khối lượng đã nghiệm thu", stands.accepted),
        ("Tạm ứng đã thu hồi", stands.recovered),
        ("Tạm ứng chưa thu hồi", stands.outstanding),
        ("Giải ngân khi đã trả đủ khối lượng", stands.disbursed),
    )
    rows = [
        (name, vietnamese(x, 0), vietnamese(100 * x / contract.value, 1)) for name, x in figures
    ]
    left = (
        ("Đã giải ngân đến 31/12", end.disbursed),
        ("Còn được trả trong thời gian chỉnh lý", end.payable),
        ("Tạm ứng chuyển năm sau theo dõi, thu hồi", end.outstanding),
        ("Khối lượng đã làm mà vốn năm không còn để trả", end.owed),
        ("Vốn được phép kéo dài", end.carried),
        ("Vốn bị huỷ", end.lapsed),
    )
    ends = [(name, vietnamese(x, 0)) for name, x in left]
    caption = "Hợp đồng 9.000 triệu đồng (dữ liệu mô phỏng)"
    return [
        table(_HEADINGS, rows, caption),
        table(_YEAR, ends, "Nếu hôm nay là 31/12"),
        chart(lambda axes: _draw(axes, contract, volume), _ALT),
    ]


def _draw(axes: Axes, contract: model.Contract, volume: float) -> None:
    money = [100 * model.position(contract, p / 100).disbursed / contract.value for p in _POINTS]
    axes.plot(_POINTS, money, "-", color="#D55E00", label="Giải ngân")
    axes.plot(_POINTS, _POINTS, "--", color="#0072B2", label="Khối lượng nghiệm thu")
    axes.axvline(volume, color="#555555", linestyle=":", label="Đang chọn")
    axes.set(xlabel="Khối lượng nghiệm thu (% hợp đồng)", ylabel="% hợp đồng")
    axes.legend(loc="upper left")
