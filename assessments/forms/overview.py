"""What ``cio bank`` shows: every item's life, kin that nobody declared, sittings left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessments.bank.bank import enemies
from assessments.bank.kinship import suggested_enemies
from assessments.bank.statistics import REPORT_FROM, read_statistics
from assessments.forms.checks import drawable
from assessments.forms.drawing import FIRST
from assessments.forms.forecast import FAR, forecast
from courses.foundation.numerals import vietnamese

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from assessments.bank.bank import Bank
    from assessments.bank.statistics import ItemStatistics
    from assessments.forms.blueprint import Blueprint
    from assessments.forms.drawing import History

ITEM_COLUMNS = ("Mã", "Trạng thái", "Bản", "Rút được", "Đã dùng", "Kỵ", "Lượt làm", "Độ dễ")
PAIR_COLUMNS = ("Câu", "Câu", "Giống")
FORECAST_COLUMNS = ("Chương trình", "Bài thi", "Số kỳ còn rút được", "Vì sao dừng")


def item_rows(
    bank: Bank, blueprints: Sequence[Blueprint], folder: Path, history: History = FIRST
) -> Iterator[tuple[str, ...]]:
    """A row an item; ``folder`` holds ``items`` with the statistics beside them."""
    foes = enemies(bank)
    for item_id, item in sorted(bank.items.items()):
        uses, known = history.uses.get(item_id, 0), read_statistics(folder / "items", item_id)
        open_to = (one for one in blueprints if uses < one.exposure and drawable(item, one))
        free = item.status == "live" and any(open_to)
        yield (
            item_id,
            item.status,
            str(item.version),
            "có" if free else "không",
            str(uses),
            ", ".join(sorted(foes[item_id])),
            str(known.answers),
            _difficulty(known),
        )


def pair_rows(bank: Bank) -> Iterator[tuple[str, ...]]:
    """Pairs that may answer each other and are not declared enemies."""
    for one, other, alike in suggested_enemies(bank):
        yield one, other, f"{vietnamese(100 * alike, 0)} %"


def forecast_rows(
    blueprints: Sequence[Blueprint], bank: Bank, history: History = FIRST
) -> Iterator[tuple[str, ...]]:
    """Sittings that each paper can still be drawn for, if only its track holds any."""
    lines = ((one.track, line) for one in blueprints for line in forecast(one, bank, history))
    for track, line in lines:
        yield (
            track,
            line.paper,
            f"ít nhất {FAR}" if line.enough else str(line.sittings),
            line.stopped_by,
        )


def _difficulty(known: ItemStatistics) -> str:
    if known.answers < REPORT_FROM or known.difficulty is None:
        return f"chưa đủ số liệu (n = {known.answers})"
    return vietnamese(known.difficulty)
