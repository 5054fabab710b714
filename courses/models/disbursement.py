"""Money that runs ahead of work: an advance, its recovery, and what the end of a year leaves.

Amounts are in triệu đồng; shares are between 0 and 1. Rules of the exercise, told to the
trainee: the advance is paid before any work; it is recovered in step with accepted work and in
full once ``RECOVERED_AT`` of the contract has been accepted; work accepted by 31/12 may be paid
from the year's money while accounts are being closed, later work may not. What a real contract
recovers, and until when a year's money may be spent, stands in the contract and in the decree on
managing, paying and settling public investment projects in force at that time.
"""

from __future__ import annotations

from dataclasses import dataclass

RECOVERED_AT = 0.8
"""Share of the contract whose acceptance has recovered the whole advance."""


@dataclass(frozen=True)
class Contract:
    """A contract: its ``value`` and the share of it that is ``advanced`` on signing."""

    value: float
    advanced: float

    @property
    def advance(self) -> float:
        """The advance, in triệu đồng."""
        return self.value * self.advanced


@dataclass(frozen=True)
class Position:
    """Where a contract stands, in triệu đồng: work accepted, advance recovered, money out."""

    accepted: float
    recovered: float
    outstanding: float
    disbursed: float

    @property
    def paid_for_work(self) -> float:
        """Money that has met accepted work: what is out less the advance still outstanding."""
        return self.disbursed - self.outstanding


@dataclass(frozen=True)
class YearEnd:
    """What 31/12 leaves of a year's money, in triệu đồng.

    ``disbursed`` is out by 31/12; ``payable`` may still be paid for work accepted by then;
    ``outstanding`` is the advance that next year has to recover; ``owed`` is accepted work for
    which the year has no money; ``carried`` was allowed to be spent later by who may allow it;
    ``lapsed`` is lost to the project. Disbursed, payable, carried and lapsed make up the plan.
    """

    disbursed: float
    payable: float
    outstanding: float
    owed: float
    carried: float
    lapsed: float


CONTRACT = Contract(value=9000, advanced=0.3)
"""The simulated contract of the lesson (dữ liệu mô phỏng)."""


def position(contract: Contract, volume: float) -> Position:
    """Where ``contract`` stands once ``volume`` (0 to 1) of it is accepted and paid for.

    Recovered = advance × min(1, volume / RECOVERED_AT); disbursed = advance + accepted −
    recovered.
    """
    accepted = contract.value * volume
    recovered = contract.advance * min(1.0, volume / RECOVERED_AT)
    return Position(
        accepted=accepted,
        recovered=recovered,
        outstanding=contract.advance - recovered,
        disbursed=contract.advance + accepted - recovered,
    )


def payment(contract: Contract, before: float, after: float) -> float:
    """What the contractor receives when accepted volume goes from ``before`` to ``after``."""
    return position(contract, after).disbursed - position(contract, before).disbursed


def volume_behind(contract: Contract, disbursed: float) -> float:
    """The accepted share of the contract behind a disbursed share, both 0 to 1.

    The inverse of ``position``: a report that knows only money is asked how much work it holds.
    Nothing is accepted while no more than the advance is out.
    """
    if disbursed >= RECOVERED_AT:
        return disbursed
    return max(0.0, (disbursed - contract.advanced) / (1 - contract.advanced / RECOVERED_AT))


def year_end(
    contract: Contract, plan: float, volume: float, unpaid: float = 0, allowed: float = 0
) -> YearEnd:
    """What a year's ``plan`` leaves when ``volume`` of the contract is accepted by 31/12.

    ``unpaid`` is the part of the accepted work's net payment whose papers are still on the way;
    ``allowed`` is what may be spent later, never more than what is left. No more than ``plan``
    is paid, the advance first.
    """
    stands = position(contract, volume)
    used = min(plan, stands.disbursed)
    payable = min(unpaid, max(0.0, used - contract.advance))
    left = plan - used
    carried = min(allowed, left)
    return YearEnd(
        disbursed=used - payable,
        payable=payable,
        outstanding=stands.outstanding,
        owed=stands.disbursed - used,
        carried=carried,
        lapsed=left - carried,
    )
