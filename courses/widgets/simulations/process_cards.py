"""The KT2 simulation of twelve process cards: drop, merge, run side by side, then automate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

import ipywidgets as widgets

from courses.foundation.numerals import vietnamese
from courses.models import process_cards as model
from courses.widgets.choices import ChoiceBox, NoteBox
from courses.widgets.controls import table

if TYPE_CHECKING:
    from collections.abc import Mapping

_HEADINGS = ("Bước", "Người làm", "Căn cứ", "Chờ (phút)", "Làm (phút)")
_FIGURES = (
    "Quy trình",
    "Số bước",
    "Tổng thời gian (phút)",
    "Thời gian làm việc (phút)",
    "Tỷ lệ làm việc (%)",
    "Số lần chuyển tay",
    "Bước lâu nhất",
)


def view() -> widgets.Widget:
    """A choice for each step and a place for the proposal; the figures follow."""
    choices = {
        card.name: ChoiceBox(label=card.name, options=_options(first=place == 0), value="giữ")
        for place, card in enumerate(model.CARDS)
    }
    proposal = NoteBox(label="Kiến nghị sửa quy định (nếu bỏ hoặc gộp bước luật định)")
    screen = widgets.VBox()

    def redraw(_: Any = None) -> None:
        actions = {name: choice.value for name, choice in choices.items()}
        screen.children = _screen(actions, proposal.value)

    for control in (*choices.values(), proposal):
        control.observe(redraw, "value")
    redraw()
    rows = [(c.name, c.owner, c.basis, c.wait, c.touch) for c in model.CARDS]
    cards = table(_HEADINGS, rows, "Mười hai bước hiện nay (dữ liệu mô phỏng)")
    return widgets.VBox([cards, *choices.values(), proposal, screen])


def _options(*, first: bool) -> list[str]:
    """What may be done with a step; the first one has none before it to join."""
    return [a for a in get_args(model.Action) if not (first and "bước trước" in a)]


def _screen(actions: Mapping[str, Any], proposal: str) -> list[widgets.Widget]:
    found = model.redesign(model.CARDS, actions, proposal)
    rows = [
        _row("Hiện nay", model.redesign(model.CARDS, {}).today),
        _row("Làm được ngay, đúng quy định hiện hành", found.today),
        _row("Khi quy định đã được sửa", found.amended),
    ]
    return [table(_FIGURES, rows, "Quy trình trước và sau"), widgets.HTML(_warning(found))]


def _warning(found: model.Redesign) -> str:
    if not found.unfounded:
        return ""
    names = "; ".join(found.unfounded)
    return (
        f'<p class="cio-told" role="status"><strong>Chưa được phép:</strong> {names}. Bước do '
        "văn bản pháp luật quy định nên giữ nguyên; muốn đổi, hãy viết kiến nghị sửa quy định từ "
        f"{model.PROPOSAL_WORDS} từ trở lên, nêu văn bản, lý do và cơ quan có thẩm quyền.</p>"
    )


def _row(name: str, measure: model.Measure) -> tuple[object, ...]:
    figures = (vietnamese(x, 0) for x in (measure.lead, measure.touch))
    share = vietnamese(100 * measure.share, 1)
    return (name, measure.steps, *figures, share, measure.handovers, measure.longest)
