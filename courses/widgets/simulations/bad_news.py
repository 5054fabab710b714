"""The KM1 simulation: four reactions to bad news, and only then what they did to the office."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ipywidgets as widgets

from courses.foundation.numerals import vietnamese
from courses.models import bad_news as model
from courses.widgets.controls import ChoiceBox, chart, table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_HEADINGS = ("Cơ quan", "Mỗi cấp báo tiếp", "Tin tới người quyết", "Chi phí kỳ vọng một lỗi")
_CAPTION = (
    "Triệu đồng, dữ liệu mô phỏng: ba cấp, các cấp độc lập; một lỗi biết sớm hết 300, không biết "
    "hết 2.000. Mức tăng, giảm sau mỗi cách cư xử là giả định để học, không phải số đo."
)
_OPEN = -1  # nothing chosen yet
_WAITING = "<p>Còn {} tình huống chưa quyết. Kết quả chỉ hiện khi đã quyết đủ bốn.</p>"


def _draw(axes: Axes, lines: dict[str, model.Line]) -> None:
    shares = [100 * line.arrives for line in lines.values()]
    colours = ["#56B4E9", "#E69F00"]
    bars = axes.barh(list(lines), shares, 0.6, color=colours, hatch=["", "//"], edgecolor="black")
    axes.bar_label(bars, [f"{vietnamese(share, 1)} %" for share in shares], padding=4)
    axes.set(xlabel="Cảnh báo tới được người quyết định (%)", xlim=(0, 115))
    axes.invert_yaxis()


def _row(name: str, line: model.Line) -> tuple[str, ...]:
    cost = model.FAULT.expected(line)
    chances = (f"{vietnamese(100 * chance, 1)} %" for chance in (line.pass_on, line.arrives))
    return (name, *chances, vietnamese(cost, 1))


def _choice(scene: model.Scene) -> ChoiceBox:
    texts = [reaction.text for reaction in scene.reactions]
    return ChoiceBox(label=f"{scene.title}. {scene.situation}", options=texts)


def view() -> widgets.Widget:
    """Four scenes to decide; chart and table appear once the fourth is decided."""
    choices = [_choice(scene) for scene in model.SCENES]
    screen = widgets.VBox()

    def redraw(_: object = None) -> None:
        made = [choice.value for choice in choices]
        if _OPEN in made:
            screen.children = (widgets.HTML(_WAITING.format(made.count(_OPEN))),)
            return
        chosen = [scene.reactions[at] for scene, at in zip(model.SCENES, made, strict=True)]
        lines = {"Đầu tuần": model.OFFICE, "Cuối tuần": model.after(model.OFFICE, chosen)}
        rows = [_row(name, line) for name, line in lines.items()]
        alt = "; ".join(f"{row[0]}: {row[2]} cảnh báo tới nơi" for row in rows)
        picture = chart(lambda axes: _draw(axes, lines), alt)
        screen.children = (picture, table(_HEADINGS, rows, _CAPTION))

    for choice in choices:
        choice.observe(redraw, "value")
    redraw()
    return widgets.VBox([*choices, screen])
