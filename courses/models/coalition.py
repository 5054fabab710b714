"""Sharing the cost of a joint system between agencies: who gains, and who would walk out.

A *cost game* gives every group of agencies the cost of building the system by itself. Joining
is worth while when a group pays together no more than it would alone; a split under which
that holds for every group is *stable* (it lies in the core). The Shapley share charges each
agency the average of what it adds to the cost over all orders of joining.

Unit: tỷ đồng everywhere, whatever period the costs cover. Assumptions: costs are known to all,
a group that leaves builds at its own cost, and what is not money is outside the model.

Sources: L. S. Shapley, *A Value for n-Person Games* (1953); D. B. Gillies, *Solutions to
General Non-Zero-Sum Games* (1959), for the core; M. Maschler, B. Peleg, L. S. Shapley,
*Geometric Properties of the Kernel, Nucleolus, and Related Solution Concepts* (1979), for the
least core; H. P. Young (ed.), *Cost Allocation* (1985), for games of costs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from math import factorial, isclose, isfinite

import scipy

from courses.foundation.errors import ContentError

Shares = Mapping[str, float]
"""What each agency pays, in tỷ đồng, by its letter."""

_TOLERANCE = 1e-6  # tỷ đồng, one thousand đồng: nobody walks out over less, nor over rounding


@dataclass(frozen=True)
class CostGame:
    """The cost of every group of agencies, in tỷ đồng.

    ``players`` holds one letter an agency; ``costs`` is keyed by groups, their letters in the
    order of ``players`` (``"S"``, ``"ST"``, ``"STN"``).

    Raises:
        ContentError: naming the group without a cost, with a wrong one, or unknown.
    """

    players: str
    costs: Mapping[str, float]

    def __post_init__(self) -> None:
        if len(self.players) < len("AB") or len(set(self.players)) != len(self.players):
            raise ContentError("cần ít nhất hai bên, mỗi bên một chữ cái khác nhau", key="players")
        for group in set(self.groups) ^ set(self.costs):
            raise ContentError("chi phí phải cho đủ mọi nhóm và chỉ các nhóm đó", key=group)
        for group, cost in self.costs.items():
            if not (isfinite(cost) and cost >= 0):
                raise ContentError("chi phí phải là số không âm", key=group)

    @property
    def groups(self) -> tuple[str, ...]:
        """Every group, smaller ones first; the last holds all agencies."""
        sizes = range(1, len(self.players) + 1)
        return tuple("".join(g) for size in sizes for g in combinations(self.players, size))

    @property
    def total(self) -> float:
        """The cost of building together."""
        return self.costs[self.players]


@dataclass(frozen=True)
class Standing:
    """How a group fares under a split: it ``pays`` that much, ``alone`` it would cost this."""

    group: str
    pays: float
    alone: float

    @property
    def saving(self) -> float:
        """What the group saves by staying; negative when it would save by leaving."""
        return _money(self.alone - self.pays)

    @property
    def leaves(self) -> bool:
        """Whether the group is better off by itself."""
        return self.saving < -_TOLERANCE


def with_coordination_cost(game: CostGame, extra: float) -> CostGame:
    """The same game when working all together costs ``extra`` tỷ đồng more."""
    return replace(game, costs={**game.costs, game.players: game.total + extra})


def with_private_cost(game: CostGame, player: str, extra: float) -> CostGame:
    """The same game when ``player`` must spend ``extra`` more to work with anyone else."""
    joint = {g: c + extra * (player in g and len(g) > 1) for g, c in game.costs.items()}
    return replace(game, costs=joint)


def shapley(game: CostGame) -> dict[str, float]:
    """Shapley cost shares; they add up to the total.

    φᵢ = Σ_{S ⊆ N∖i} |S|! (n−|S|−1)! / n! · (c(S ∪ i) − c(S)), with c(∅) = 0 (Shapley 1953).
    """
    return {player: _average_addition(game, player) for player in game.players}


def _average_addition(game: CostGame, player: str) -> float:
    n = len(game.players)
    share = 0.0
    for group in game.groups:
        if player not in group:
            continue
        before = len(group) - 1
        weight = factorial(before) * factorial(n - before - 1) / factorial(n)
        share += weight * (game.costs[group] - game.costs.get(group.replace(player, ""), 0.0))
    return share


def remainder(game: CostGame, proposed: Shares) -> dict[str, float]:
    """Complete a proposal that leaves out one agency: it pays what is left of the total.

    Raises:
        ContentError: unless exactly one agency is left out.
    """
    missing = [player for player in game.players if player not in proposed]
    if len(missing) != 1:
        raise ContentError("phương án phải nêu phần của mọi bên trừ một bên")
    return {**proposed, missing[0]: game.total - sum(proposed.values())}


def standings(game: CostGame, shares: Shares) -> tuple[Standing, ...]:
    """How every group, the smaller ones first, fares under ``shares``.

    Raises:
        ContentError: when ``shares`` does not name exactly the agencies of the game.
    """
    if set(shares) != set(game.players):
        raise ContentError(f"phương án chia phải nêu đủ các bên: {', '.join(game.players)}")
    return tuple(
        Standing(group=group, pays=sum(shares[player] for player in group), alone=game.costs[group])
        for group in game.groups
    )


def walkouts(game: CostGame, shares: Shares) -> tuple[Standing, ...]:
    """The groups, short of all agencies, that are better off by themselves."""
    return tuple(standing for standing in standings(game, shares)[:-1] if standing.leaves)


def is_stable(game: CostGame, shares: Shares) -> bool:
    """Whether ``shares`` cover exactly the total and no group gains by leaving (the core)."""
    covered = isclose(sum(shares.values()), game.total, abs_tol=_TOLERANCE)
    return not walkouts(game, shares) and covered


def bargaining_range(game: CostGame, player: str) -> tuple[float, float]:
    """The least and the most ``player`` can pay in any stable split.

    Most: its own cost, c(i). Least: what it adds to the others, c(N) − c(N∖i); below that the
    others save by leaving it out. Any stable split lies between, not conversely.
    """
    others = game.players.replace(player, "")
    return game.total - game.costs[others], game.costs[player]


def agreement_room(game: CostGame) -> float:
    """The greatest saving that every group short of all agencies can have at once.

    max t such that x(S) ≤ c(S) − t for every such S, and x(N) = c(N): minus the ε of the
    least core (Maschler, Peleg, Shapley 1979). Negative: no split is stable.
    """
    groups = game.groups[:-1]
    rows = [[float(player in group) for player in game.players] + [1.0] for group in groups]
    everyone = [1.0] * len(game.players)
    solution = scipy.optimize.linprog(
        c=[0.0] * len(game.players) + [-1.0],
        A_ub=rows,
        b_ub=[game.costs[group] for group in groups],
        A_eq=[[*everyone, 0.0]],
        b_eq=[game.total],
        bounds=(None, None),
    )
    return _money(-float(solution.fun or 0.0))


def _money(amount: float) -> float:
    # Floating-point dust would show as "-0,00" on the screen; adding zero drops the sign of -0.0.
    return round(amount, 9) + 0.0


THREE_AGENCIES = CostGame(
    "STN", {"S": 12, "T": 10, "N": 8, "ST": 17, "SN": 15, "TN": 14, "STN": 20}
)
"""Simulated five-year costs of the lesson KM2, in tỷ đồng."""
