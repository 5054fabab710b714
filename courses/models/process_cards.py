"""A procedure laid out as cards, and what becomes of it when steps go, meet or run side by side.

Times are working minutes. A step has ``touch``, when somebody works on the file, and ``wait``,
when the file lies there before that. Lead time is both together along the longest way through.
The twelve steps of ``CARDS`` are simulated.

Rules of the model, told to the trainee: a step that is dropped takes its wait along; a step
merged with the one before is done by that person at once, so its wait goes and its touch stays;
steps side by side take as long as the longest; software that carries out a step as it stands
cuts its touch to a fifth, and the file still waits for that person's turn. A step that a legal
document requires stays as it is until the document has been amended.

Terms after J. Womack, D. Jones, *Lean Thinking* (lead time, touch time); the order remove,
merge, run side by side, automate after M. Hammer, *Reengineering Work* (Harvard Business
Review, 1990).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from courses.foundation.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Basis = Literal["luật định", "cần", "thói quen"]
Action = Literal["giữ", "bỏ", "gộp vào bước trước", "làm song song với bước trước", "tự động hoá"]

_LEFT_BY_SOFTWARE = 0.2
PROPOSAL_WORDS = 20
"""Fewest words of a proposal to amend the document that requires a step."""


@dataclass(frozen=True)
class Card:
    """One step: ``owner`` does it, ``basis`` says why it is there; minutes of work and of wait."""

    name: str
    owner: str
    touch: float
    wait: float
    basis: Basis


@dataclass(frozen=True)
class Measure:
    """A procedure in figures; ``longest`` is the name of the step that takes most of the lead."""

    steps: int
    lead: float
    touch: float
    handovers: int
    longest: str

    @property
    def share(self) -> float:
        """Work as a share of lead time, 0 to 1."""
        return self.touch / self.lead if self.lead else 0.0


@dataclass(frozen=True)
class Redesign:
    """What holds today, and what would hold once the legal documents have been amended.

    ``unfounded`` are the legally required steps that were to be changed without a proposal:
    neither figure counts that change.
    """

    today: Measure
    amended: Measure
    unfounded: tuple[str, ...]


CARDS = (
    Card("Nhận hồ sơ, kiểm thành phần", "Quầy một cửa", 10, 20, "luật định"),
    Card("Nhập lại 24 trường vào phần mềm", "Quầy một cửa", 18, 0, "thói quen"),
    Card("Đóng dấu, vào sổ giấy, chuyển hồ sơ", "Văn thư", 5, 120, "thói quen"),
    Card("Ghi phiếu phân công người thụ lý", "Lãnh đạo phòng", 5, 240, "thói quen"),
    Card("Thẩm định nội dung", "Chuyên viên", 30, 300, "luật định"),
    Card("Tra cứu, đối chiếu dữ liệu dân cư", "Chuyên viên", 8, 0, "cần"),
    Card("Lấy ý kiến đơn vị quản lý đất đai", "Đơn vị A", 10, 360, "cần"),
    Card("Lấy ý kiến đơn vị phòng cháy, chữa cháy", "Đơn vị B", 10, 300, "luật định"),
    Card("Dự thảo kết quả", "Chuyên viên", 12, 60, "cần"),
    Card("Ký nháy", "Lãnh đạo phòng", 3, 180, "thói quen"),
    Card("Ký duyệt", "Lãnh đạo Uỷ ban nhân dân", 4, 160, "luật định"),
    Card("Trả kết quả, thu phí", "Quầy một cửa", 5, 20, "luật định"),
)
"""The simulated procedure of the lesson (dữ liệu mô phỏng)."""


def measure(stages: Sequence[Sequence[Card]]) -> Measure:
    """Figures of a procedure; the cards within a stage run side by side.

    A handover is each time that the file meets another owner than the one it comes from; a
    stage of several cards is entered once for each owner.
    """
    cards = [card for stage in stages for card in stage]
    passes = sum(one.owner != other.owner for one, other in pairwise(cards))
    return Measure(
        steps=len(cards),
        lead=sum(max(card.wait + card.touch for card in stage) for stage in stages),
        touch=sum(card.touch for card in cards),
        handovers=passes,
        longest=max(cards, key=lambda c: c.wait + c.touch).name if cards else "",
    )


def redesign(cards: Sequence[Card], actions: Mapping[str, Action], proposal: str = "") -> Redesign:
    """Apply ``actions`` (by step name; what is not named is kept).

    A legally required step may be carried out by software or by the side of another, but not
    dropped or merged: that counts in ``amended`` alone, and only with a ``proposal`` of at
    least ``PROPOSAL_WORDS`` words.

    The first kept step has none before it to join: it then stands as it is.

    Raises:
        ContentError: when an action names no step.
    """
    if unknown := set(actions) - {card.name for card in cards}:
        raise ContentError(f"không có bước: {', '.join(sorted(unknown))}")
    bound = {c.name for c in cards if c.basis == "luật định" and actions.get(c.name) in _NEEDS_LAW}
    lawful: dict[str, Action] = {n: a for n, a in actions.items() if n not in bound}
    founded = len(proposal.split()) >= PROPOSAL_WORDS
    return Redesign(
        today=measure(_stages(cards, lawful)),
        amended=measure(_stages(cards, actions if founded else lawful)),
        unfounded=() if founded else tuple(c.name for c in cards if c.name in bound),
    )


_NEEDS_LAW = ("bỏ", "gộp vào bước trước")


def _stages(cards: Sequence[Card], actions: Mapping[str, Action]) -> list[list[Card]]:
    """The kept cards, changed as asked, in stages that follow each other."""
    stages: list[list[Card]] = []
    for card in cards:
        action = actions.get(card.name, "giữ")
        if action == "bỏ":
            continue
        if action == "gộp vào bước trước" and stages:
            stages[-1][-1] = _merged(stages[-1][-1], card)
        elif action == "làm song song với bước trước" and stages:
            stages[-1].append(card)
        else:
            stages.append([_by_software(card) if action == "tự động hoá" else card])
    return stages


def _merged(first: Card, second: Card) -> Card:
    return replace(first, touch=first.touch + second.touch)


def _by_software(card: Card) -> Card:
    return replace(card, touch=card.touch * _LEFT_BY_SOFTWARE)
