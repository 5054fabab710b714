"""Whoever reads all that was printed of two sittings: what of a few can be only what it is.

An outsider reads what is printed, an agency knows its own people besides. Shares no code with
the guard: statuses, areas and both sittings are one question, over every state that agrees.
"""

from dataclasses import replace
from itertools import combinations

import numpy as np
from outsider import settled
from two_sittings import AREAS, CUT, MOST_TOLD, PASSED, THOUGHT, outcomes

MINIMUM = 10
_HALF = 0.0005  # of the last digit of a mean


class Reader:
    """What is known of agency × stage × what was passed at the first and the second sitting."""

    def __init__(self, history):
        self.history = history
        self.groups = sorted({(p.agency, p.stage) for p in history.people})
        self.cells = [
            (*group, first, second) for group in self.groups for first, second in _courses(group[1])
        ]
        place = {cell: number for number, cell in enumerate(self.cells)}
        self.truth = np.zeros(len(self.cells))
        for p in history.people:
            self.truth[place[p.agency, p.stage, p.first, p.second]] += 1
        self.rows, self.ends, self.free = [], [], []
        for group in self.groups:
            self.know(self.row({group}), free=True)

    def row(self, groups, held=lambda *_: True):
        """Cells of some groups whose course fits."""
        return np.array([float((a, s) in groups and held(f, t)) for a, s, f, t in self.cells])

    def know(self, row, low=None, high=None, *, free=False):
        """A printed number; the true one when none is given. A ``free`` one anybody may know."""
        value = row @ self.truth
        self.rows.append(row)
        self.free.append(free)
        self.ends.append((value if low is None else low, value if high is None else high))

    def of(self, sitting, *stages, agencies=None):
        """Groups at a sitting, of some stages or all."""
        its = ("once", "both") if sitting == 1 else ("both", "new")
        return {
            (a, s) for a, s in self.groups
            if s in its and (not stages or s in stages) and (agencies is None or a in agencies)
        }  # fmt: skip

    def takers(self, when):
        """Whoever sits for the first time, and whoever sits again, at a time."""
        if when < 2:
            return self.of(1), set()
        return self.of(2, "new"), self.of(2, "both")

    def read(self, kind, when, contents):
        """One publication."""
        {"report": self._report, "register": self._register, "period": self._period,
         "package": self._package}[kind](contents, when)  # fmt: skip

    def _register(self, _nothing, when):
        row = sum(self.row(self.of(sitting), had(at, "P")) for sitting, at in _turns(when))
        self.know(row, free=True)  # the law wants it

    def _report(self, report, when):
        first, again = self.takers(when)
        for groups, told in ((first, report.first), (again, report.again)):
            for status, n in told.statuses.items():
                if n is not None and status in ("PASS", "FAIL", "REVIEW"):
                    self.know(self.row(groups, had(when, status[0])), n, n)
            self._rate(groups, when, told.rate)
        for area in report.areas:
            self._area(area, when, first, again)
        for point in report.funnel.points:
            among = {group for group in first if group[0] in point.members}
            self._rate(among, when, point.rate)
        self._means(report, when, first)

    def _rate(self, groups, when, rate):
        """How many have a decision, and how many passed when that is printed."""
        self.know(self.row(groups, had(when, "PF")), rate.n, rate.n, free=True)
        if rate.passed is not None:
            self.know(self.row(groups, had(when, "P")), rate.passed, rate.passed)

    def _area(self, area, when, first, again):
        if area.first.passed is not None:
            self.know(self.row(first, passed(when, area.code)), *[area.first.passed] * 2)
        if (above := sum(bar.n for bar in area.bins if bar.low >= CUT)) or area.bins:
            self.know(self.row(first, passed(when, area.code)), above, above)
        if again and area.again is not None:
            lacked = passed(1, area.code)
            self.know(self.row(again, lambda f, t: not lacked(f, t)), *[area.again.n] * 2)
            if area.again.passed is not None:
                now = passed(when, area.code)
                row = self.row(again, lambda f, t: now(f, t) and not lacked(f, t))
                self.know(row, area.again.passed, area.again.passed)

    def _means(self, report, when, first):
        """Whoever passed is from the cut up, whoever failed is below it."""
        kind_of = {agency: told[0] for agency, told in self.history.agencies.items()}
        for line in report.competencies:
            told = {(kind,): mean for kind, mean in line.cells.items()} | {report.types: line.total}
            if line.joined:
                told[tuple(k for k in report.types if k not in line.cells)] = line.joined
            for kinds, mean in told.items():
                if mean.value is None:
                    continue
                among = {group for group in first if kind_of[group[0]] in kinds}
                total, reach = mean.value * mean.n, _HALF * mean.n
                low = max(0.0, (total - reach - mean.n * CUT) / (1 - CUT))
                row = self.row(among, passed(when, line.area))
                self.know(row, np.ceil(low - 1e-6), np.floor((total + reach) / CUT + 1e-6))

    def _period(self, contents, when):
        rates, tables = contents
        parts = {"first": [(at, self.takers(at)[0]) for _, at in _turns(when)],
                 "again": [(at, self.takers(at)[1]) for _, at in _turns(when)]}  # fmt: skip
        for key, rate in rates.items():
            self._sum(parts[key], rate)
        for column, shown in tables.items():
            for line in (one for one in shown if one.rate is not None):
                among = [
                    (at, {g for g in groups if self._unit(g[0], column) in line.units})
                    for at, groups in parts["first"]
                ]
                self._sum(among, line.rate)

    def _unit(self, agency, column):
        kind, province, model = self.history.agencies[agency]
        model = "Đơn vị là Cục" if model == "Cục" else "Đơn vị khác"
        return {"agency_type": kind, "province": province, "model": model}[column]

    def _sum(self, parts, rate):
        """As a rate, over people at several sittings."""
        row = sum(self.row(groups, had(at, "PF")) for at, groups in parts)
        self.know(row, rate.n, rate.n, free=True)
        if rate.passed is not None:
            row = sum(self.row(groups, had(at, "P")) for at, groups in parts)
            self.know(row, rate.passed, rate.passed)

    def _package(self, persons, when):
        """In every crowd of rows, how many have what in each area."""
        told = {p.name: p for p in self.history.people}
        for _, rows in persons.groupby(MOST_TOLD, dropna=False):
            people = [told[name.split("@")[0]] for name in rows["person"]]
            groups = {(p.agency, p.stage) for p in people}
            taken = [
                outcomes(stage, first, second, when) if (agency, stage) in groups else None
                for agency, stage, first, second in self.cells
            ]
            for kind in set(taken) - {None}:
                self.know(np.array([float(told == kind) for told in taken]))

    def broken(self, *, least=MINIMUM, but=""):
        """Every result of a few, and every all-or-none, that has but one possible value.

        But for what is free by itself. ``least`` people are many; nothing is asked of the agency
        ``but``.
        """
        asked = [
            (name, tuple(hidden)) for name, members, hidden in self.secrets(but)
            if _secret(members @ self.truth, hidden @ self.truth, least)
            and not self._known_anyway(members, hidden)
        ]  # fmt: skip
        if not asked:
            return []
        found = self._sure(asked, np.ones(len(self.rows), dtype=bool))
        without = self._sure(found, np.array(self.free)) if found else []
        return [one[0] for one in found if one not in without]

    def _sure(self, asked, known):
        rows, ends = np.array(self.rows)[known], np.array(self.ends, dtype=float)[known]
        sure = settled(rows, ends, [hidden for _, hidden in asked], self.truth)
        return [one for one, closed in zip(asked, sure, strict=True) if closed]

    def _known_anyway(self, members, hidden):
        """Whether who sat, and who sat again, tells it."""
        groups = (self.row({group}) * members for group in self.groups)
        return all((g * hidden).sum() in (0, g.sum()) for g in groups if g @ self.truth)

    def secrets(self, but):
        """Passing, at the whole or an area: of agencies, pairs, and who sits again."""
        agencies = sorted({agency for agency, _ in self.groups} - {but})
        for when in (0, 1, 2):
            sitting = 1 + (when == 2)
            some = [[a] for a in agencies] + [list(two) for two in combinations(agencies, 2)]
            asked = [(f"{few}", self.of(sitting, agencies=few)) for few in some]
            stages = ("once", "both") if sitting == 1 else ("both", "new")
            asked += [
                (f"{few} {stage}", self.of(sitting, stage, agencies=few))
                for few in [[a] for a in agencies] + [agencies] for stage in stages
            ]  # fmt: skip
            for name, groups in asked:
                for what, held in _results(when):
                    members, hidden = self.row(groups), self.row(groups, held)
                    decided = self.row(groups, had(when, "PF")) @ self.truth
                    if what == "đạt" and not decided:
                        continue  # that nobody has a decision yet is public
                    yield (name, when, what), members, hidden


def _courses(stage):
    if stage == "new":
        return [(None, areas) for areas in PASSED]
    if stage == "once":
        return [(first, None) for first in THOUGHT]
    failed = [first for first in THOUGHT if first[3] == "F"]
    return [(f, areas) for f in failed for areas in PASSED if set(areas) >= set(f[2])]


def _turns(when):
    """Sittings and times that a count up to a time adds up."""
    return [(1, min(when, 1)), *([(2, 2)] if when == 2 else [])]


def _results(when):
    return [("đạt", had(when, "P")), *((area, passed(when, area)) for area in AREAS)]


def _secret(n, value, least):
    return n and (n < least or value in (0, n))


def had(when, statuses):
    """Whether the status at a time is one of these."""
    if when == 2:
        return lambda _, second: ("P" if second == "QK" else "F") in statuses
    return lambda first, _: first[2 * when + 1] in statuses


def passed(when, area):
    """Whether an area is passed by a time."""
    if when == 2:
        return lambda _, second: area[0] in second
    return lambda first, _: area[0] in first[2 * when]


def attack(history, printed):
    """What an outsider finds out, before and after it is seen who sits again.

    That list alone tells of people whom earlier reports had hidden among others; nothing can be
    done about it then, so the second time asks what the second sitting's publications add.
    """
    return [name for reader in _readers(history, printed) for name in reader.broken()]


def attack_from_within(history, printed):
    """What each agency finds out of somebody elsewhere, who knows its own people's results.

    Only results: that all, or none, of some people passed.
    """
    return [
        (agency, name)
        for agency in sorted(history.agencies)
        for reader in _readers(history, printed)
        for name in _with_own(reader, agency).broken(least=1, but=agency)
    ]


def _with_own(reader, agency):
    for cell, row in zip(reader.cells, np.eye(len(reader.cells)), strict=True):
        if cell[0] == agency:
            reader.know(row, free=True)
    return reader


def _readers(history, printed):
    """Whoever reads before it is known who sits again, and whoever reads after it."""
    early = [one for one in printed if one[1] < 2]
    yield _read(Reader(_as_at_first(history)), early)
    later = _read(Reader(history), early)
    later.free = [True] * len(later.free)
    yield _read(later, printed[len(early) :])


def _read(reader, printed):
    for publication in printed:
        reader.read(*publication)
    return reader


def _as_at_first(history):
    """As long as nobody knows who will sit again."""
    people = tuple(replace(p, stage="once", second=None) for p in history.of(1))
    return replace(history, people=people)
