"""Nothing that is withheld can be worked out from what is printed."""

from __future__ import annotations

from collections import defaultdict
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grading.reports.disclosure import MINIMUM, Cell, partition, release

SIZES = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 25), min_size=1)


@st.composite
def cells(draw):
    sizes = draw(SIZES)
    return {unit: Cell(n, draw(st.integers(0, n))) for unit, n in sizes.items()}


def possible(table, released):
    """For each unit, the least and greatest count that fit sizes and everything printed."""
    groups = [(g.units, g.cell.amount) for g in released.groups]
    if not groups and released.total:
        groups = [(tuple(table), released.total.amount)]
    bounds = {unit: (0, cell.n) for unit, cell in table.items()}
    for units, amount in groups:
        size = sum(table[unit].n for unit in units)
        for unit in units:
            n = table[unit].n
            bounds[unit] = (max(0, amount - (size - n)), min(n, amount))
    return bounds


@given(cells())
def test_every_unprinted_count_keeps_two_possible_values(table):
    released = release(table)
    alone = {g.units[0] for g in released.groups if len(g.units) == 1}
    for unit, (low, high) in possible(table, released).items():
        if unit not in alone and table[unit].n:
            assert low < high


@given(cells())
def test_no_linear_combination_of_printed_sums_isolates_an_unprinted_unit(table):
    released = release(table)
    units = sorted(unit for unit, cell in table.items() if cell.n)
    printed = [[unit in g.units for unit in units] for g in released.groups]
    if released.total:
        printed.append([True] * len(units))
    equations = np.array(printed, dtype=float).reshape(len(printed), len(units))
    rank = np.linalg.matrix_rank(equations) if printed else 0
    alone = {g.units[0] for g in released.groups if len(g.units) == 1}
    for column, unit in enumerate(units):
        isolating = np.vstack([equations, np.eye(len(units))[column]])
        if unit not in alone and len(units) > 1:
            assert np.linalg.matrix_rank(isolating) == rank + 1


@given(cells())
def test_whatever_is_printed_is_over_enough_people_and_neither_none_nor_all(table):
    released = release(table)
    for cell in [g.cell for g in released.groups] + [c for c in [released.total] if c]:
        assert cell.n >= MINIMUM
        assert 0 < cell.amount < cell.n


@given(cells())
def test_printed_groups_add_up_to_the_printed_total_and_share_no_unit(table):
    released = release(table)
    if released.groups:
        assert sum(g.cell.n for g in released.groups) == released.total.n
        assert sum(g.cell.amount for g in released.groups) == released.total.amount
        units = [unit for g in released.groups for unit in g.units]
        assert sorted(units) == sorted(unit for unit, cell in table.items() if cell.n)


@given(cells(), st.randoms())
def test_how_units_are_joined_depends_on_sizes_and_not_on_results(table, random):
    other = {unit: Cell(cell.n, random.randint(0, cell.n)) for unit, cell in table.items()}
    first, second = release(table), release(other)
    if first.groups and second.groups:
        assert [g.units for g in first.groups] == [g.units for g in second.groups]


@pytest.mark.parametrize("sizes", [(1, 2, 3), (1, 3, 3), (2, 2, 4), (3, 4), (1, 1, 1, 4), (2, 5)])
def test_a_reader_who_knows_the_procedure_still_cannot_tell_an_unprinted_count(sizes):
    """Run the procedure on every table; among those that print alike, no hidden count is fixed."""
    alike = defaultdict(list)
    for amounts in product(*(range(n + 1) for n in sizes)):
        table = {i: Cell(n, x) for i, (n, x) in enumerate(zip(sizes, amounts, strict=True))}
        alike[release(table, minimum=3)].append(amounts)
    for released, tables in alike.items():
        alone = {g.units[0] for g in released.groups if len(g.units) == 1}
        for unit in range(len(sizes)):
            if unit not in alone:
                assert len({amounts[unit] for amounts in tables}) > 1


def test_a_single_small_unit_takes_the_smallest_large_one_with_it():
    assert partition({"a": 9, "b": 30, "c": 12}) == [("b",), ("a", "c")]


def test_nothing_is_printed_of_fewer_people_than_the_minimum():
    assert release({"a": Cell(5, 2), "b": Cell(4, 3)}).total is None


def test_one_group_at_one_hundred_per_cent_takes_all_groups_with_it():
    released = release({"a": Cell(12, 12), "b": Cell(20, 9), "c": Cell(15, 7)})
    assert released.groups == ()
    assert released.total == Cell(47, 28)
