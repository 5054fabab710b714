"""Who marks what: evenly, by no one in conflict, in an order that nobody can tell."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grading.marking.allocation import Key, Slot, allot, interleave, shuffled

MARKERS = [f"GK{number}" for number in range(1, 7)]


def slots_of(count, items=1, barred=lambda _number: frozenset()):
    return [
        Slot(Key(f"QL{number % items}-E1", f"B{number:03}"), 2, frozenset(barred(number)))
        for number in range(count)
    ]


def loads_of(found, markers, item=None):
    counts = Counter(dict.fromkeys(markers, 0))
    for key, two in found.markers.items():
        if item in (None, key.item):
            counts.update(two)
    return counts


def spread(counts):
    return max(counts.values()) - min(counts.values())


@given(st.integers(0, 60), st.integers(1, 4), st.integers(2, 6), st.text(max_size=3))
def test_loads_differ_by_one_at_most_in_all_and_on_each_item(count, items, markers, seed):
    names = MARKERS[:markers]
    found = allot(slots_of(count, items), dict.fromkeys(names, 0), seed)
    assert len(found.markers) == count
    assert spread(loads_of(found, names)) <= 1
    for item in {key.item for key in found.markers}:
        assert spread(loads_of(found, names, item)) <= 1
    firsts = Counter(dict.fromkeys(names, 0)) + Counter(two[0] for two in found.markers.values())
    assert all(len(set(two)) == 2 for two in found.markers.values())
    assert not firsts or max(firsts.values()) <= -(-count // markers) + 2


@st.composite
def conflicts(draw):
    names = MARKERS[: draw(st.integers(2, 5))]
    count = draw(st.integers(1, 14))
    barred = draw(st.lists(st.sets(st.sampled_from(names)), min_size=count, max_size=count))
    held = draw(st.lists(st.integers(0, 6), min_size=len(names), max_size=len(names)))
    return slots_of(count, 2, lambda n: barred[n]), dict(zip(names, held, strict=True))


@given(conflicts(), st.text(max_size=3))
def test_nobody_in_conflict_gets_a_script_and_each_has_two_or_is_named(case, seed):
    slots, loads = case
    found = allot(slots, loads, seed)
    for slot in slots:
        if len(set(loads) - slot.barred) < 2:
            assert slot.key in found.unplaced
        else:
            two = found.markers[slot.key]
            assert (len(set(two)), set(two) & slot.barred) == (2, set())
    assert set(found.markers) | set(found.unplaced) == {slot.key for slot in slots}


def fewest_most(slots, loads):
    """The least load that the busiest can have: a flow of scripts to markers, tried upwards."""
    open_slots = [slot for slot in slots if len(set(loads) - slot.barred) >= 2]
    for most in range(max(loads.values()), max(loads.values()) + 2 * len(slots) + 1):
        room = {marker: most - load for marker, load in loads.items()}
        held = {marker: [] for marker in loads}

        def take(number, seen, room=room, held=held):
            for marker in sorted(set(loads) - open_slots[number].barred - seen):
                if number in held[marker]:
                    continue
                seen.add(marker)
                if len(held[marker]) < room[marker]:
                    held[marker].append(number)
                    return True
                for other in list(held[marker]):
                    if take(other, seen):
                        held[marker].remove(other)
                        held[marker].append(number)
                        return True
            return False

        if all(take(number, set()) for number in range(len(open_slots)) for _ in range(2)):
            return most
    return None


@given(conflicts(), st.text(max_size=3))
def test_no_allocation_makes_the_busiest_less_busy(case, seed):
    slots, loads = case
    found = allot(slots, loads, seed)
    after = Counter(loads) + loads_of(found, loads)
    assert max(after.values(), default=0) <= (fewest_most(slots, loads) or 0)


@given(conflicts(), st.randoms(), st.text(max_size=3))
def test_the_same_seed_gives_the_same_allocation_in_whatever_order_scripts_come(case, rng, seed):
    slots, loads = case
    mixed = rng.sample(slots, len(slots))
    names = dict(rng.sample(list(loads.items()), len(loads)))
    assert allot(mixed, names, seed) == allot(slots, loads, seed)


def test_another_seed_gives_another_allocation():
    slots, loads = slots_of(30), dict.fromkeys(MARKERS[:4], 0)
    assert allot(slots, loads, "a").markers != allot(slots, loads, "b").markers


@given(st.integers(0, 70), st.integers(2, 12), st.text(max_size=3))
def test_one_in_every_ten_is_a_seed_and_every_script_is_there_in_its_order(count, every, seed):
    scripts, seeds = [f"B{n}" for n in range(count)], [f"S{n}" for n in range(count)]
    queue = interleave(scripts, seeds, every, seed)
    assert [one for one in queue if one.startswith("B")] == scripts
    whole = count // (every - 1)
    for block in range(whole):
        assert sum(one.startswith("S") for one in queue[block * every : (block + 1) * every]) == 1
    assert len(queue) == count + whole


def test_without_seeds_a_queue_is_the_scripts_alone():
    assert (
        interleave(["A", "B"], [], 10, "1") == interleave(["A", "B"], ["S"], 0, "1") == ["A", "B"]
    )


def test_seeds_stand_at_no_place_of_their_own():
    queue = interleave([f"B{n}" for n in range(900)], [f"S{n}" for n in range(100)], 10, "1")
    places = Counter(at % 10 for at, one in enumerate(queue) if one.startswith("S"))
    assert len(places) == 10
    assert max(places.values()) < 25


@pytest.mark.parametrize("other", ["GK1/KM1-E1", "GK2/QL4-E1"])
def test_each_marker_and_item_has_an_order_of_its_own(other):
    codes = [f"B{n:02}" for n in range(40)]
    assert shuffled(codes, "GK1/QL4-E1") == shuffled(codes[::-1], "GK1/QL4-E1") != codes
    assert shuffled(codes, other) != shuffled(codes, "GK1/QL4-E1")
