"""Reconciling estimate, contract, accepted work and payment, line by line.

Amounts are in triệu đồng. A finding is something that must be explained or mended before a
project is settled, and how much is at stake; it accuses nobody. All figures of ``LINES`` and
``VARIANTS`` are simulated, each variant with one fault of a class of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Nature = Literal["mua một lần", "dùng theo năm", "dịch vụ", "dự phòng"]
Rule = Literal[
    "hợp đồng vượt dự toán",
    "nghiệm thu vượt hợp đồng",
    "trả vượt nghiệm thu",
    "dùng dự phòng khi chưa có quyết định",
    "lệch đơn vị tính",
    "ghi tài sản cho khoản dùng theo năm",
]

_SLIP = 100  # times; a figure that far from its neighbour is in another unit


@dataclass(frozen=True)
class Line:
    """One line of a project: four amounts, what it buys, and how the books hold it.

    ``asset`` says that it stands in the register of fixed assets; ``decided`` that whoever may
    decide has allowed the use of contingency.
    """

    name: str
    estimate: float
    contract: float
    accepted: float
    paid: float
    nature: Nature
    asset: bool = False
    decided: bool = False


@dataclass(frozen=True)
class Finding:
    """A rule broken by a line, and the triệu đồng at stake (0 when it is not a sum)."""

    line: str
    rule: Rule
    amount: float


@dataclass(frozen=True)
class Totals:
    """Sums of the four columns, in triệu đồng."""

    estimate: float
    contract: float
    accepted: float
    paid: float


LINES = (
    Line("Phần mềm nghiệp vụ", 4000, 3900, 3250, 3250, "mua một lần", asset=True),
    Line("Máy chủ, thiết bị mạng", 2600, 2560, 2560, 2560, "mua một lần", asset=True),
    Line("Bản quyền dùng một năm", 900, 890, 890, 890, "dùng theo năm"),
    Line("Chuyển đổi dữ liệu", 1200, 1180, 900, 900, "dịch vụ"),
    Line("Đào tạo người dùng", 500, 470, 400, 430, "dịch vụ"),
    Line("Dự phòng", 800, 0, 0, 0, "dự phòng"),
)
"""The lesson's project: training is paid 30 triệu beyond what was accepted."""


def _changed(name: str, **what: object) -> tuple[Line, ...]:
    """``LINES`` with its own fault mended and one line changed."""
    mended = (replace(x, paid=400) if x.name == "Đào tạo người dùng" else x for x in LINES)
    return tuple(replace(x, **what) if x.name == name else x for x in mended)  # type: ignore[arg-type]


VARIANTS: Mapping[str, tuple[Line, ...]] = {
    "Bảng 1": LINES,
    "Bảng 2": _changed("Dự phòng", contract=450, accepted=300, paid=300),
    "Bảng 3": _changed("Chuyển đổi dữ liệu", accepted=0.9, paid=0.9),
    "Bảng 4": _changed("Bản quyền dùng một năm", asset=True),
}
"""Four tables to reconcile; the last three have the first one's fault mended."""


def totals(lines: Sequence[Line]) -> Totals:
    """Sums of the columns."""
    return Totals(
        *(
            sum(getattr(line, column) for line in lines)
            for column in ("estimate", "contract", "accepted", "paid")
        )
    )


def findings(lines: Sequence[Line]) -> tuple[Finding, ...]:
    """Everything to be explained, line by line in the order of the rules."""
    return tuple(finding for line in lines for finding in _of(line))


def _of(line: Line) -> Iterator[Finding]:
    if _slipped(line):
        yield Finding(line.name, "lệch đơn vị tính", 0)
        return  # sums in two units cannot be compared any further
    if line.contract > line.estimate:
        yield Finding(line.name, "hợp đồng vượt dự toán", line.contract - line.estimate)
    if line.accepted > line.contract:
        yield Finding(line.name, "nghiệm thu vượt hợp đồng", line.accepted - line.contract)
    if line.paid > line.accepted:
        yield Finding(line.name, "trả vượt nghiệm thu", line.paid - line.accepted)
    if line.nature == "dự phòng" and line.contract and not line.decided:
        yield Finding(line.name, "dùng dự phòng khi chưa có quyết định", line.contract)
    if line.nature == "dùng theo năm" and line.asset:
        yield Finding(line.name, "ghi tài sản cho khoản dùng theo năm", line.contract)


def _slipped(line: Line) -> bool:
    """Whether two amounts of the line that are not 0 stand in units a thousand apart."""
    amounts = [x for x in (line.estimate, line.contract, line.accepted, line.paid) if x]
    return bool(amounts) and max(amounts) > _SLIP * min(amounts)


def to_settle(line: Line) -> float:
    """What is still owed to the contractor for accepted work (below 0: to be recovered).

    No more than the contract is settled.
    """
    return min(line.accepted, line.contract) - line.paid
