"""The KM1 simulation: four reactions to bad news, and only then what they did to the office."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ipywidgets as widgets

from courses.foundation.numerals import vietnamese
from courses.models import bad_news as model
from courses.widgets.controls import chart, table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_HEADINGS = ("Cơ quan", "Mỗi cấp báo tiếp", "Tin tới người quyết", "Chi phí kỳ vọng một lỗi")
_CAPTION = (
    "Triệu đồng, dữ liệu mô phỏng: ba cấp, các cấp độc lập; một lỗi biết sớm hết 300, không biết "
    "hết 2.000. Mức tăng, giảm sau mỗi cách cư xử là giả định để học, không phải số đo."
)
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


def _scene(scene: model.Scene) -> widgets.VBox:
    options: list[tuple[str, int | None]] = [("Chưa quyết", None)]
    options += [(reaction.text, at) for at, reaction in enumerate(scene.reactions)]
    text = widgets.HTML(f"<p><strong>{scene.title}.</strong> {scene.situation}</p>")
    choice = widgets.Dropdown(options=options, value=None, layout={"width": "100%"})
    choice.tooltip = f"Cách cư xử: {scene.title}"
    return widgets.VBox([text, choice])


def view() -> widgets.Widget:
    """Four scenes to decide; chart and table appear once the fourth is decided."""
    scenes = [_scene(scene) for scene in model.SCENES]
    screen = widgets.VBox()

    def redraw(_: object = None) -> None:
        made = [scene.children[1].value for scene in scenes]
        if None in made:
            screen.children = (widgets.HTML(_WAITING.format(made.count(None))),)
            return
        chosen = [s.reactions[at] for s, at in zip(model.SCENES, made, strict=True)]
        lines = {"Đầu tuần": model.OFFICE, "Cuối tuần": model.after(model.OFFICE, chosen)}
        rows = [_row(name, line) for name, line in lines.items()]
        alt = "; ".join(f"{row[0]}: {row[2]} cảnh báo tới nơi" for row in rows)
        picture = chart(lambda axes: _draw(axes, lines), alt)
        screen.children = (picture, table(_HEADINGS, rows, _CAPTION))

    for scene in scenes:
        scene.children[1].observe(redraw, "value")
    redraw()
    return widgets.VBox([*scenes, screen])
