"""How much of a file is looked at before it is refused as no roster.

A roster of twenty thousand people in fifteen columns has 300,000 cells and unpacks to some
30 MB. The limits lie above that and below what would hold a core for more than seconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from courses.foundation.errors import RosterError

if TYPE_CHECKING:
    from pathlib import Path

    from cohort_data.rosters.sheet import Merge, Value

LARGEST_FILE = 20_000_000  # bytes
LARGEST_PACKAGE = 200_000_000  # bytes unpacked, pictures included
LARGEST_PART = 64_000_000  # bytes unpacked, of one part that is read
MOST_TAGS = 3_000_000  # of all parts; a cell has two to four
MOST_PARTS = 5_000
MOST_CELLS = 400_000  # filled
MOST_CHARACTERS = 10_000_000  # of all cells
MOST_HIDDEN = 200_000
LONGEST_CELL = 700  # characters kept; more than a text may have, so that it is still refused
_MOST_MERGED = 500_000  # cells under all merges
_ADVICE = (
    "tệp lớn bất thường so với một danh sách học viên ({}); xoá dòng, cột và định dạng thừa "
    "rồi lưu lại"
)


def too_large(path: Path, what: str) -> RosterError:
    """The refusal of a file that holds too much of ``what``."""
    return RosterError(_ADVICE.format(what), path=path)


@dataclass
class Budget:
    """What one file may still spend; whoever reads counts as it goes.

    Raises:
        RosterError: from every method, naming the file, when a limit is reached.
    """

    path: Path
    cells: int = MOST_CELLS
    characters: int = MOST_CHARACTERS
    hidden: int = MOST_HIDDEN
    merged: int = _MOST_MERGED

    def cell(self, value: Value, count: int = 1) -> None:
        """Count filled cells of one value."""
        self.cells -= count
        if self.cells < 0:
            raise too_large(self.path, f"hơn {MOST_CELLS} ô")
        if isinstance(value, str):
            self.characters -= count * len(value)
            if self.characters < 0:
                raise too_large(self.path, f"hơn {MOST_CHARACTERS} ký tự")

    def hide(self, count: int = 1) -> None:
        """Count hidden rows or columns."""
        self.hidden -= count
        if self.hidden < 0:
            raise too_large(self.path, f"hơn {MOST_HIDDEN} dòng, cột ẩn")

    def merge(self, area: Merge) -> None:
        """Count the cells that a merge covers."""
        self.merged -= (area.bottom - area.top + 1) * (area.right - area.left + 1)
        if self.merged < 0:
            raise too_large(self.path, "ô gộp quá rộng")
