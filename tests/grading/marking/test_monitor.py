"""Five simulated markers, one who drifts, one who copies: 500 scripts, three rounds, figures."""

import random
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from shipped import BANK

from assessments.bank.rubric import TOP_LEVEL
from grading.marking.agreement import Pairing, agree
from grading.marking.allocation import Key, Slot, allot, interleave, shuffled
from grading.marking.drift import drifts
from grading.marking.given import Given, both
from grading.marking.likeness import likenesses
from grading.marking.monitor import agreement_by_item, agreement_by_pair
from grading.marking.seeds import make_seeds

RUBRICS = {item: BANK.rubrics[item] for item in ("QL4-E1", "KM1-E1")}
MARKERS = ["GK1", "GK2", "GK3", "GK4", "GK5"]
DRIFTING, COPYING, THIRD = "GK4", "GK5", "GK9"
SCRIPTS = [Key(list(RUBRICS)[n % 2], f"B{n:03}") for n in range(500)]
BEGUN = datetime(2026, 10, 27, 1, tzinfo=UTC)


def near(level, rng, lean=0.0):
    return min(TOP_LEVEL, max(0, round(level + rng.gauss(lean, 0.55))))


class Simulated:
    """A round of marking by people as they are, each in the order of their own queue."""

    def __init__(self):
        slots = [Slot(key, 2) for key in SCRIPTS]
        self.pairs = allot(slots, dict.fromkeys(MARKERS, 0), "mo-phong").markers
        rng = random.Random(1)  # noqa: S311 - a simulation
        self.truth = {
            key: {c.id: rng.randrange(4) for c in RUBRICS[key.item].criteria} for key in SCRIPTS
        }
        self.known = {item: make_seeds(rubric, "1", 30) for item, rubric in RUBRICS.items()}
        self.seeds = {
            Key(item, seed.code): seed for item, seeds in self.known.items() for seed in seeds
        }
        self.given = {}
        for marker, key, at in self._order():
            self.given[marker, key] = self._one(marker, key, at)
        self.marks = list(self.given.values())

    def _order(self):
        """By marker and place in the queue; who copies comes after those copied from."""
        for marker in MARKERS:
            at = 0
            for item in RUBRICS:
                own = [key for key, two in self.pairs.items() if marker in two if key.item == item]
                seeds = [Key(item, seed.code) for seed in self.known[item]]
                queue = shuffled(own, f"{marker}/{item}")
                for key in interleave(queue, shuffled(seeds, marker), 10, marker):
                    yield marker, key, at
                    at += 1

    def _one(self, marker, key, at):
        rng = random.Random(f"{marker}/{key}")  # noqa: S311 - a simulation
        lean = 0.0
        seed = self.seeds.get(key)
        truth = seed.levels if seed else self.truth[key]
        if marker == DRIFTING:
            lean = -0.9 * at / 220
        levels = {name: near(level, rng, lean) for name, level in truth.items()}
        if marker == COPYING and seed is None:
            [source] = set(self.pairs[key]) - {COPYING}
            levels = self.given[source, key].levels
        rubric = RUBRICS[key.item]
        place = self.pairs[key].index(marker) + 1 if seed is None else 1
        worth = float(rubric.score(seed.levels) / rubric.points) if seed else None
        share = float(rubric.score(levels) / rubric.points)
        when = BEGUN + timedelta(minutes=5 * at + rng.random())
        return Given(key, marker, place, levels, share, when, at, worth)


@pytest.fixture(scope="module")
def simulated():
    return Simulated()


def test_loads_are_balanced_and_every_marker_meets_seeds(simulated):
    loads = Counter(marker for two in simulated.pairs.values() for marker in two)
    assert set(loads.values()) == {200}
    seeds = Counter(mark.marker for mark in simulated.marks if mark.known is not None)
    assert all(20 <= seeds[marker] <= 23 for marker in MARKERS)


def test_the_marker_who_drifts_is_shown_and_no_other_though_partners_differ_from_him(simulated):
    found = {drift.marker: drift for drift in drifts(simulated.marks)}
    assert [name for name, drift in found.items() if drift.suspect] == [DRIFTING]
    assert found[DRIFTING].shift < -0.1


def test_the_marker_who_copies_is_shown_with_each_he_copied_from_and_no_other_pair(simulated):
    suspects = {(pair.one, pair.other) for pair in likenesses(simulated.marks) if pair.suspect}
    assert suspects == {(other, COPYING) for other in MARKERS[:4]}


def test_marks_given_in_the_same_minute_again_and_again_are_shown(simulated):
    times = {(mark.marker, mark.key): mark.at for mark in simulated.marks}
    beside = [
        Given(m.key, m.marker, m.round, m.levels, m.share, times.get(("GK1", m.key), m.at), m.place)
        if m.marker == "GK2"
        else m
        for m in simulated.marks
    ]
    found = {(pair.one, pair.other): pair for pair in likenesses(beside)}
    assert found["GK1", "GK2"].together.p < 0.001
    assert found["GK1", "GK3"].together.p > 0.5


def plain_kappa(pairs):
    """Cohen's weighted kappa by its definition, disagreements squared."""
    n = len(pairs)
    seen = sum((a - b) ** 2 for a, b in pairs) / n
    firsts, seconds = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum((a - b) ** 2 * firsts[a] * seconds[b] for a in firsts for b in seconds) / n**2
    return 1 - seen / chance


def plain_icc(pairs, *, raters):
    """ICC(1,1), or with ``raters`` ICC(2,1), from sums of squares written out."""
    n, mean = len(pairs), sum(a + b for a, b in pairs) / (2 * len(pairs))
    between = 2 * sum(((a + b) / 2 - mean) ** 2 for a, b in pairs) / (n - 1)
    within = sum((a - b) ** 2 / 2 for a, b in pairs)
    if not raters:
        return (between - within / n) / (between + within / n)
    columns = n * sum((sum(p[at] for p in pairs) / n - mean) ** 2 for at in (0, 1))
    rest = (within - columns) / (n - 1)
    return (between - rest) / (between + rest + 2 * (columns - rest) / n)


def test_agreement_by_item_equals_an_independent_computation(simulated):
    for figures in agreement_by_item(simulated.marks):
        pairs = [two for two in both(simulated.marks) if two[0].key.item == figures.of]
        levels = [(a.levels[name], b.levels[name]) for a, b in pairs for name in a.levels]
        assert figures.n == len(pairs) == 250
        assert figures.kappa.value == pytest.approx(plain_kappa(levels), abs=1e-12)
        shares = [(a.share, b.share) for a, b in pairs]
        assert figures.icc.value == pytest.approx(plain_icc(shares, raters=False), abs=1e-12)
        assert figures.exact == sum(a == b for a, b in levels) / len(levels)


def test_agreement_by_pair_equals_an_independent_computation(simulated):
    by_key = defaultdict(dict)
    for mark in simulated.marks:
        by_key[mark.key][mark.marker] = mark
    found = agreement_by_pair(simulated.marks)
    assert len(found) == 10
    for figures in found:
        one, other = figures.of.split(" – ")
        pairs = [(m[one], m[other]) for m in by_key.values() if one in m and other in m]
        pairs = [two for two in pairs if two[0].known is None]
        levels = [(a.levels[name], b.levels[name]) for a, b in pairs for name in a.levels]
        assert figures.kappa.value == pytest.approx(plain_kappa(levels), abs=1e-12)
        shares = [(a.share, b.share) for a, b in pairs]
        assert figures.icc.value == pytest.approx(plain_icc(shares, raters=True), abs=1e-9)


def test_the_figures_do_not_hang_on_the_order_in_which_marks_come(simulated):
    rng = random.Random(2)  # noqa: S311 - no secret
    mixed = rng.sample(simulated.marks, len(simulated.marks))
    assert agreement_by_item(mixed) == agreement_by_item(simulated.marks)
    assert likenesses(mixed) == likenesses(simulated.marks)
    assert [d.shift for d in drifts(mixed)] == pytest.approx(
        [d.shift for d in drifts(simulated.marks)]
    )


def test_from_too_few_scripts_no_figure_is_given_and_it_is_said_why(simulated):
    few = [mark for mark in simulated.marks if mark.key in SCRIPTS[:9]]
    for figures in (*agreement_by_item(few), *agreement_by_pair(few)):
        assert (figures.kappa.value, figures.icc.value) == (None, None)
        assert "chưa đủ số liệu" in figures.kappa.why
    assert not any(drift.suspect or drift.shift for drift in drifts(few))
    assert not any(pair.suspect for pair in likenesses(few))


def test_a_third_round_settles_what_two_left_open_and_no_more(simulated):
    given = defaultdict(dict)
    for mark in simulated.marks:
        given[mark.key][mark.marker] = mark.levels
    states = Counter()
    for key, two in simulated.pairs.items():
        who = Pairing(two, THIRD, Decimal(1))
        before = agree(given[key], RUBRICS[key.item], who)
        after = agree(given[key] | {THIRD: simulated.truth[key]}, RUBRICS[key.item], who)
        states[before.state, after.state] += 1
        if before.state == "agreed":
            assert after == before
    assert set(states) == {("agreed", "agreed"), ("disputed", "adjudicated")}
