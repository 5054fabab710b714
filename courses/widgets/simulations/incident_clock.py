"""The VH1 simulation: how an office works, and when an incident is told against the limits."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from courses.foundation.numerals import vietnamese
from courses.models import incident_clock as model
from courses.widgets.choices import ChoiceBox
from courses.widgets.controls import SliderBox, table

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

_DAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
_TECHNICAL = ("trong giờ hành chính", "trực ngoài giờ")
_SIGNER = ("thủ trưởng, trong giờ hành chính", "người được uỷ quyền bằng văn bản, bất kỳ lúc nào")
_ORDER = ("xác minh xong mới báo", "báo ban đầu trước, xác minh sau")
_HEADINGS = (
    "Cách làm",
    "Thông báo ban đầu",
    "So với hạn 24 giờ",
    "Báo cáo",
    "So với hạn 72 giờ",
)
_CAPTION = (
    "Phát hiện lúc {}; trong bảng là giờ đi và số giờ kể từ khi phát hiện. Giờ hành chính: 7 giờ "
    "30 đến 11 giờ 30 và 13 giờ đến 17 giờ, thứ Hai đến thứ Sáu; chưa tính ngày lễ. Dữ liệu mô "
    "phỏng."
)


def view() -> widgets.Widget:
    """Who works when, who signs and what goes first; the table follows."""
    controls = {
        "day": ChoiceBox(label="Ngày phát hiện", options=[*_DAYS], value="Thứ Sáu"),
        "hour": SliderBox(label="Giờ phát hiện", value=15.5, min=0, max=23.5, step=0.5),
        "verify": SliderBox(label="Xác minh (phút)", value=180, min=30, max=960, step=30),
        "draft": SliderBox(label="Viết báo cáo (phút)", value=45, min=15, max=240, step=15),
        "technical": ChoiceBox(
            label="Nhóm kỹ thuật làm", options=[*_TECHNICAL], value=_TECHNICAL[0]
        ),
        "signer": ChoiceBox(label="Người ký", options=[*_SIGNER], value=_SIGNER[0]),
        "order": ChoiceBox(label="Thứ tự", options=[*_ORDER], value=_ORDER[0]),
    }
    screen = widgets.VBox()

    def redraw(_: Any = None) -> None:
        screen.children = (_screen({name: one.value for name, one in controls.items()}),)

    for control in controls.values():
        control.observe(redraw, "value")
    redraw()
    return widgets.VBox([*controls.values(), screen])


def _screen(chosen: Mapping[str, Any]) -> widgets.Widget:
    monday = model.FOUND.replace(hour=0, minute=0) - timedelta(days=model.FOUND.weekday())
    found = monday + timedelta(days=_DAYS.index(chosen["day"]), hours=chosen["hour"])
    mine = model.Way(
        verify=int(chosen["verify"]),
        draft=int(chosen["draft"]),
        on_duty=chosen["technical"] == _TECHNICAL[1],
        authorised=chosen["signer"] == _SIGNER[1],
        notice_first=chosen["order"] == _ORDER[1],
    )
    ways = {"Cách anh/chị chọn": mine, **model.WAYS}
    rows = [_row(name, model.told(found, way)) for name, way in ways.items()]
    return table(_HEADINGS, rows, _CAPTION.format(_moment(found)))


def _row(name: str, told: model.Told) -> tuple[str, ...]:
    return (
        name,
        _sent(told.notice, told.notice_hours),
        _against(told.notice_hours, model.NOTICE_LIMIT),
        _sent(told.report, told.report_hours),
        _against(told.report_hours, model.REPORT_LIMIT),
    )


def _sent(at: datetime, hours: float) -> str:
    return f"{_moment(at)} ({vietnamese(hours, 2)} giờ)"


def _against(hours: float, limit: int) -> str:
    left = limit - hours
    word = "còn" if left >= 0 else "TRỄ"
    return f"{word} {vietnamese(abs(left), 2)} giờ"


def _moment(at: datetime) -> str:
    day = _DAYS[at.weekday()]
    return f"{at.hour} giờ {at.minute:02} {day.replace('Thứ', 'thứ')}"
