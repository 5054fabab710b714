"""The item bank: every item under one folder, a subfolder a competency."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from assessments.bank.item import read_item
from assessments.bank.rubric import RUBRICS, read_rubric
from assessments.bank.unearned import Unearned
from courses.foundation.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Collection

    from assessments.bank.item import Item
    from assessments.bank.rubric import Rubric

ITEMS = Path(__file__).parents[1] / "items"


@dataclass(frozen=True)
class Bank:
    """Items by id, and the rubric of each essay by the essay's id."""

    items: dict[str, Item]
    rubrics: dict[str, Rubric]

    def live(self, competency: str, *, essay: bool) -> list[Item]:
        """The items of one competency that may be delivered, in the order of their ids."""
        return [
            item
            for _, item in sorted(self.items.items())
            if (item.competency, item.status) == (competency, "live")
            and (item.exercise.kind == "essay") == essay
        ]

    @cached_property
    def unearned(self) -> Unearned:
        """What each item pays without the knowledge."""
        return Unearned(self.items)

    def trials(self, competencies: Collection[str]) -> list[Item]:
        """The items that are tried out, in the order of their ids."""
        found = (item for _, item in sorted(self.items.items()) if item.status == "pilot")
        return [item for item in found if item.competency in competencies]


def enemies(bank: Bank) -> dict[str, frozenset[str]]:
    """Of each item, those that must not stand with it in one sitting's paper.

    Enmity is mutual, and all items of a family are each other's enemies.
    """
    found: dict[str, set[str]] = {item_id: set() for item_id in bank.items}
    families: dict[str, set[str]] = {}
    for item in bank.items.values():
        for other in item.enemies:
            found[item.id].add(other)
            found.setdefault(other, set()).add(item.id)
        if item.family:
            families.setdefault(item.family, set()).add(item.id)
    for kin in families.values():
        for item_id in kin:
            found[item_id] |= kin - {item_id}
    return {item_id: frozenset(others) for item_id, others in found.items()}


def read_bank(folder: Path = ITEMS, rubrics: Path = RUBRICS) -> Bank:
    """Read every item and rubric.

    Raises:
        ContentError: naming the file on any wrong item or rubric, an id used twice, an item
            in another competency's folder, an enemy that does not exist, or an essay whose
            rubric does not fit it.
    """
    paths = sorted(folder.glob("*/*.md"))
    items = [read_item(path) for path in paths]
    twice = [id_ for id_, n in Counter(item.id for item in items).items() if n > 1]
    for path, item in zip(paths, items, strict=True):
        if item.id in twice:
            raise ContentError(f"mã {item.id} đã dùng ở tệp khác", path=path, key="id")
        if path.parent.name != item.competency.lower():
            raise ContentError("câu hỏi nằm sai thư mục năng lực", path=path, key="competency")
    known = {item.id for item in items}
    for path, item in zip(paths, items, strict=True):
        if strange := sorted(set(item.enemies) - known):
            raise ContentError(f"không có câu {', '.join(strange)}", path=path, key="enemies")
    return Bank(
        items={item.id: item for item in items},
        rubrics={item.id: _rubric_of(item, item.rubric, rubrics) for item in items if item.rubric},
    )


def _rubric_of(item: Item, rubric_id: str, folder: Path) -> Rubric:
    rubric = read_rubric(rubric_id, folder)
    if (rubric.item, rubric.points) != (item.id, item.points):
        raise ContentError(
            f"thang chấm ghi câu {rubric.item}, {rubric.points} điểm; câu là {item.id}, "
            f"{item.points} điểm",
            path=folder / f"{rubric_id}.toml",
        )
    return rubric
