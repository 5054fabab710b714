"""What ``cio bank`` shows: every item's life, kin that nobody declared, sittings left."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from assessments.bank.bank import enemies
from assessments.bank.expectation import BASIS_NAMES, expectation
from assessments.bank.kinship import suggested_enemies
from assessments.bank.life import STATUS_NAMES
from assessments.bank.statistics import FLAG_FROM
from assessments.forms.balancing import load_of_form
from assessments.forms.checks import drawable
from assessments.forms.drawing import FIRST
from assessments.forms.forecast import FAR, forecast
from courses.foundation.dates import padded_date
from courses.foundation.numerals import vietnamese

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assessments.bank.bank import Bank
    from assessments.bank.item import Item
    from assessments.bank.statistics import ItemStatistics, Split
    from assessments.forms.blueprint import Blueprint
    from assessments.forms.drawing import History
    from assessments.forms.form import Form

ITEM_COLUMNS = (
    "Mã",
    "Trạng thái",
    "Bản",
    "Rút được",
    "Số kỳ đã dùng",
    "Kỵ",
    "Lượt làm",
    "Độ dễ",
    "Độ dễ dự báo",
)
PAIR_COLUMNS = ("Câu", "Câu", "Giống")
FORECAST_COLUMNS = ("Chương trình", "Bài thi", "Số kỳ còn rút được", "Vì sao dừng")
LOAD_COLUMNS = ("Đề", "Độ dễ dự báo", "Căn cứ", "Số chữ phải đọc", "Số phút")
SAMPLE_COLUMNS = (
    "Kỳ",
    "Đề",
    "Bản",
    "Tính điểm",
    "n",
    "Độ dễ",
    "Tương quan với phần còn lại",
    "Trung vị (giây)",
)
SPLIT_COLUMNS = ("Kỳ", "Đề", "Biến thể hoặc phương án", "n", "Độ dễ")


def item_rows(
    bank: Bank, blueprints: Sequence[Blueprint], history: History = FIRST
) -> Iterator[tuple[str, ...]]:
    """A row an item."""
    foes = enemies(bank)
    for item_id, item in sorted(bank.items.items()):
        uses, known = history.uses.get(item_id, 0), history.known.get(item_id)
        open_to = (one for one in blueprints if uses < one.exposure and drawable(item, one))
        free = item.status == "live" and any(open_to)
        yield (
            item_id,
            STATUS_NAMES[item.status],
            str(item.version),
            "có" if free else "không",
            str(uses),
            ", ".join(sorted(foes[item_id])),
            str(known.answers if known else 0),
            _difficulty(known),
            _foreseen(item, known),
        )


def life_rows(bank: Bank, item: Item, history: History = FIRST) -> Iterator[tuple[str, str]]:
    """What there is to know of one item, a line a fact."""
    known = history.known.get(item.id)
    yield "Trạng thái", STATUS_NAMES[item.status]
    yield "Phiên bản", str(item.version)
    yield "Người soạn", item.author_role
    yield "Người duyệt", item.reviewer_role or "chưa ghi"
    yield "Ngày duyệt", padded_date(item.approved) if item.approved else "chưa ghi"
    yield "Câu kỵ", ", ".join(sorted(enemies(bank)[item.id])) or "không"
    yield "Số kỳ đã dùng", str(history.uses.get(item.id, 0))
    yield "Lượt làm", str(known.answers if known else 0)
    yield "Độ dễ", _difficulty(known)
    yield "Độ dễ dự báo", _foreseen(item, known)
    for change in item.changes:
        when = f"Bản {change.version}, {padded_date(change.day)}"
        yield when, f"{change.what} ({change.by})"


def sample_rows(known: ItemStatistics) -> Iterator[tuple[str, ...]]:
    """A row a sitting and form; what too few answered is not told."""
    for one in known.samples:
        yield (
            one.sitting,
            one.form,
            str(one.version or "chưa ghi"),
            "có" if one.scored else "không (thử nghiệm)",
            str(one.answers),
            _share(one),
            vietnamese(one.item_rest) if one.item_rest is not None else "–",
            vietnamese(one.seconds, 0) if one.seconds is not None else "–",
        )


def split_rows(known: ItemStatistics) -> Iterator[tuple[str, ...]]:
    """Variants and chosen options of each sitting and form that enough have answered."""
    for one in known.samples:
        for number, split in one.variants.items():
            yield one.sitting, one.form, f"biến thể {number}", str(split.answers), _share(split)
        for text, count in one.chosen.items():
            yield one.sitting, one.form, text, str(count), ""


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


def load_rows(forms: Sequence[Form]) -> Iterator[tuple[str, ...]]:
    """What is foreseen of each form, and what says so of how many of its items."""
    for form in forms:
        load = load_of_form(form)
        said = Counter(BASIS_NAMES[i.expected.basis] for i in form.scored if i.expected)
        foreseen = vietnamese(float(load.share)) if said else "chưa ghi khi rút"
        basis = "; ".join(f"{name} {count} câu" for name, count in said.items())
        minutes = vietnamese(float(load.minutes), 1)
        yield form.code, foreseen, basis, str(load.words), minutes


def _difficulty(known: ItemStatistics | None) -> str:
    if known is None or known.difficulty is None:
        return f"chưa đủ số liệu (n = {known.answers if known else 0})"
    return vietnamese(known.difficulty)


def _foreseen(item: Item, known: ItemStatistics | None) -> str:
    foreseen = expectation(item, known)
    return f"{vietnamese(float(foreseen.share))} ({BASIS_NAMES[foreseen.basis]})"


def _share(split: Split) -> str:
    few = f"chưa đủ số liệu (dưới {FLAG_FROM})"
    return few if split.difficulty is None else vietnamese(split.difficulty)
