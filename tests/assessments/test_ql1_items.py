"""The QL1 items can be marked, and their keys are what the model computes."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from shipped import lesson_of

import assessments
from assessments.bank.item import Item, Variant, draw, mark, read_item
from courses.models.legal_register import DOCUMENTS
from courses.models.legal_validity import (
    Basis,
    Document,
    Draft,
    Provision,
    agencies_missing,
    effective_day,
    in_force,
    lost,
    lost_share,
    register,
    share,
)

ITEMS = Path(assessments.__file__).parent / "items" / "ql1"
OBJECTIVE = sorted(ITEMS.glob("ql1-[0-9]*.md"))
ESSAYS = sorted(ITEMS.glob("ql1-e*.md"))
GENERATED = sorted(path.with_suffix(".md") for path in ITEMS.glob("*.py"))
LESSON = lesson_of("QL1")
SEEDS = [str(number) for number in range(1000)]


def item(number: str) -> Item:
    return read_item(ITEMS / f"ql1-{number}.md")


@cache
def variants(number: str) -> list[Variant]:
    content = item(number)
    return [draw(content, seed) for seed in SEEDS]


def stem(path: Path) -> str:
    return path.stem


def numbers(text: str) -> list[int]:
    """The whole numbers printed in bold in a prompt, in order."""
    return [int(found) for found in re.findall(r"\*\*(\d+)", text)]


def days(text: str) -> list[date]:
    """Every date printed in a text, in order."""
    found = re.findall(r"\b\d{2}/\d{1,2}/\d{4}\b", text)
    return [datetime.strptime(day, "%d/%m/%Y").date() for day in found]  # noqa: DTZ007 - a day


def single_key(variant: Variant) -> Decimal:
    return Decimal(variant.key.correct[0])


def full_answer(variant: Variant) -> object:
    """The answer of a candidate who knows the key, as a browser sends it."""
    key = variant.key
    pairs = [pair.partition("=")[::2] for pair in key.correct]
    match key.kind:
        case "single" | "short":
            return key.correct[0]
        case "numeric":
            return key.correct[0].replace(".", ",")
        case "multiple" | "ordering":
            return list(key.correct)
        case "decisions":
            return _best_path(variant)
        case _:
            return dict(pairs)


def _best_path(variant: Variant) -> dict[str, str]:
    worth = dict(pair.split("=") for pair in variant.key.correct)
    path: dict[str, str] = {}
    step = variant.question.start
    while step is not None:
        options = variant.question.steps[step].options
        best = max(options, key=lambda option: Decimal(worth[f"{step}/{option.id}"]))
        path[step], step = best.id, best.next
    return path


def test_the_bank_is_as_deep_as_a_paper_needs():
    bank = [read_item(path) for path in OBJECTIVE]
    drawn = [content for content in bank if content.status == "live"]
    assert len(drawn) >= 40
    assert {content.points for content in bank} == {2}
    assert {content.depth for content in drawn} == {"hiểu", "vận dụng", "phân tích"}
    assert [read_item(path).points for path in ESSAYS] == [8] * 6
    assert len({content.exercise.kind for content in bank}) >= 8


def test_every_outcome_is_assessed_by_at_least_six_items_at_several_depths():
    bank = [read_item(path) for path in OBJECTIVE if read_item(path).status == "live"]
    outcomes = Counter(content.outcome for content in bank)
    depths = Counter(content.depth for content in bank)
    assert set(outcomes) == {outcome.id for outcome in LESSON.head.outcomes}
    assert min(outcomes.values()) >= 6
    assert len(depths) == 3


@pytest.mark.parametrize("path", [*OBJECTIVE, *ESSAYS], ids=stem)
def test_every_item_is_live_and_cites_an_outcome_of_the_lesson(path):
    content = read_item(path)
    assert content.status == ("resting" if content.depth == "biết" else "live")
    assert content.competency == "QL1"
    assert content.outcome in {outcome.id for outcome in LESSON.head.outcomes}


@pytest.mark.parametrize("path", OBJECTIVE, ids=stem)
def test_knowing_the_key_earns_all_points_under_every_seed(path):
    content = read_item(path)
    for seed in SEEDS[:10]:
        variant = draw(content, seed)
        assert mark(variant, full_answer(variant)).points == 2


@pytest.mark.parametrize("path", OBJECTIVE, ids=stem)
def test_a_blank_earns_nothing_and_is_told_apart(path):
    assert mark(draw(read_item(path), "x"), None).state == "blank"


def test_the_key_is_the_longest_option_in_at_most_half_of_the_choice_items():
    choices = [read_item(path).exercise for path in OBJECTIVE]
    choices = [exercise for exercise in choices if exercise.kind in ("single", "multiple")]
    longest = [max(e.options, key=lambda option: len(option.text)).correct for e in choices]
    assert sum(longest) <= len(choices) / 2


@pytest.mark.parametrize("path", GENERATED, ids=stem)
def test_generated_items_have_at_least_thirty_variants(path):
    content = read_item(path)
    assert len({draw(content, seed).question.model_dump_json() for seed in SEEDS[:50]}) >= 30


def test_eighteen_items_are_generated():
    assert len(GENERATED) == 18


def test_merged_departments_lose_a_centre_with_each_merger():
    for variant in variants("03"):
        agencies, centres, mergers = numbers(variant.question.prompt)[:3]
        expected = share(centres - mergers, agencies - mergers)
        assert float(single_key(variant)) == pytest.approx(expected, abs=0.001)
        assert 2 * mergers <= centres < agencies


def test_the_share_before_mergers_is_never_within_tolerance():
    for variant in variants("03"):
        agencies, centres, mergers = numbers(variant.question.prompt)[:3]
        for slip in (share(centres, agencies), share(centres, agencies - mergers)):
            assert abs(Decimal(slip) - single_key(variant)) > variant.key.tolerances[0]


def test_valid_bases_are_those_left_after_five_questions():
    for variant in variants("04"):
        prompt = variant.question.prompt
        rows = {line[2]: line for line in prompt.splitlines() if re.match(r"\| [A-G]\.", line)}
        day, turn = days(prompt)[0], days(rows["A"])[-1]
        signed, repealed = days(rows["C"])[0], days(rows["G"])[-1]
        before = day < turn
        flags = [before, before, day >= effective_day(signed, 45), False, not before, True]
        valid = dict(zip("ABCDEFG", [*flags, day < repealed], strict=True))
        texts = {option.id: option.text[0] for option in variant.question.options}
        assert {texts[right] for right in variant.key.correct} == {n for n in valid if valid[n]}


def test_no_day_of_signing_is_within_two_days_of_a_boundary():
    for variant in variants("04"):
        prompt = variant.question.prompt
        rows = {line[2]: line for line in prompt.splitlines() if re.match(r"\| [A-G]\.", line)}
        edges = [days(rows["A"])[-1], effective_day(days(rows["C"])[0], 10), days(rows["G"])[-1]]
        assert all(abs((days(prompt)[0] - edge).days) > 2 for edge in edges)


def test_a_provision_falls_with_either_of_two_bases():
    for variant in variants("05"):
        prompt = variant.question.prompt
        only_x, both, only_y, only_z, none = (
            int(found) for found in re.findall(r"^\| (\d+) \|", prompt, re.MULTILINE)
        )
        dead = re.search(r"quy chế có hiệu lực, \*\*([XYZ va]+)\*\*", prompt.replace("à", "a"))[1]
        fallen = (
            (only_x if "X" in dead else 0)
            + (only_y if "Y" in dead else 0)
            + (only_z if "Z" in dead else 0)
            + (both if "X" in dead or "Y" in dead else 0)
        )
        total = only_x + both + only_y + only_z + none
        assert float(single_key(variant)) == pytest.approx(100 * fallen / total, abs=0.001)


def test_days_with_a_lapsed_basis_are_counted_once():
    for variant in variants("06"):
        first, second, third = days(variant.question.prompt)[1:4]
        stale = set()
        for lapse in (first, second, third):
            review = next(
                date(year, month, 1)
                for year in range(lapse.year, lapse.year + 2)
                for month in (1, 7)
                if date(year, month, 1) >= lapse
            )
            stale |= {lapse + timedelta(days=n) for n in range((review - lapse).days)}
        assert single_key(variant) == len(stale)


def test_only_accounts_of_events_from_the_day_of_effect_on_fall_under_a_decision():
    for variant in variants("07"):
        prompt = variant.question.prompt
        signed, events = days(prompt)[0], days(prompt)[-6:]
        counts = next(line for line in prompt.splitlines() if line.startswith("| Số tài khoản"))
        accounts = [int(count) for count in re.findall(r"\d+", counts)]
        effective = effective_day(signed, numbers(prompt)[1])
        found = zip(events, accounts, strict=True)
        assert single_key(variant) == sum(n for event, n in found if event >= effective)
        assert all(abs((event - effective).days) >= 2 for event in events)


def test_missing_departments_are_counted_on_agencies_after_mergers():
    for variant in variants("08"):
        agencies, having, mergers = numbers(variant.question.prompt)[:3]
        target = int(re.search(r"ít nhất (\d+) %", variant.question.prompt)[1])
        assert single_key(variant) == agencies_missing(having, agencies - mergers, target)
        assert single_key(variant) > 0


def test_valid_bases_of_june_2016_are_those_of_the_register():
    effective = effective_day(date(2016, 6, 10), 10)
    right = {option.text.split(",")[0] for option in item("10").exercise.options if option.correct}
    cited = [option.text.split(",")[0] for option in item("10").exercise.options]
    known = [number for number in cited if number in DOCUMENTS]
    assert right == set(in_force(DOCUMENTS, known, effective))


def test_dates_shown_in_june_2016_are_those_of_the_register():
    rows = [line for line in item("10").exercise.prompt.splitlines() if line.startswith("| ")]
    for line in rows:
        number = re.sub(r" \(.*", "", line.split("|")[1]).strip()
        if number in DOCUMENTS:
            document = DOCUMENTS[number]
            assert days(line) == [document.issued, document.start, document.end]


def test_overall_scores_of_the_two_models_are_the_weighted_scores_of_their_groups():
    cells = re.findall(r"(\d+) Bộ, (\d+)", item("18").exercise.prompt)
    scores = [(int(count), int(score)) for count, score in cells]
    for model in (0, 1):
        *groups, (count, overall) = scores[model::2]
        assert sum(n for n, _ in groups) == count
        assert round(sum(n * score for n, score in groups) / count) == overall


def test_table_of_losses_follows_the_three_lapses():
    for variant in variants("22"):
        prompt = variant.question.prompt
        ends = dict(zip("TPQ", days(prompt)[:3], strict=True))
        only_p, only_q, both, none = numbers(prompt.split("Nội dung:")[1])
        key = dict(pair.split("=") for pair in variant.key.correct)
        for number, row in enumerate(variant.question.rows, start=1):
            (day,) = days(row.label)
            p, q = day >= ends["P"], day >= ends["Q"]
            content = only_p * p + only_q * q + both * (p or q)
            whole = only_p + only_q + both + none
            assert int(key[f"r{number}c2"]) == content
            assert int(key[f"r{number}c1"]) == (whole if day >= ends["T"] else content)


def test_the_decision_asked_for_is_in_force_while_the_next_is_only_signed():
    for variant in variants("23"):
        prompt = variant.question.prompt
        chain = sorted(
            (*days(line), re.search(r"\d+/\d{4}/QĐ-UBND", line)[0])
            for line in prompt.splitlines()
            if line.startswith("| ") and days(line)
        )
        day = days(prompt)[-1]
        in_effect = [number for _, start, number in chain if start <= day]
        signed = [number for issued, _, number in chain if issued <= day]
        assert variant.key.correct[0] == in_effect[-1]
        assert signed[-1] != in_effect[-1]


def test_the_best_path_of_the_branching_case_takes_three_decisions():
    variant = draw(item("20"), "x")
    assert variant.question.length == len(_best_path(variant)) == 3


def test_in_essay_two_copying_loses_all_and_renewing_authority_loses_70_per_cent():
    signed = date(2026, 7, 10)
    letter = Document("CV", "Công văn", signed, signed, binding=False)
    book = register([*DOCUMENTS.values(), letter])
    content = {
        "Luật 58/2010/QH12": ("3", "4"),
        "NĐ 138/2020/NĐ-CP": ("5",),
        "NĐ 64/2007/NĐ-CP": ("6", "7", "8"),
        "CV": ("9",),
    }
    provisions = [Provision(n, (Basis(basis),)) for basis, ns in content.items() for n in ns]
    provisions += [Provision(n) for n in ("1", "2", "10")]
    copied = Draft((Basis("Luật 65/2025/QH15"),), tuple(provisions))
    swapped = Draft((Basis("Luật 72/2025/QH15"),), tuple(provisions))
    assert lost_share(book, copied, signed) == 100
    assert lost(book, swapped, signed) == ["3", "4", "5", "6", "7", "8", "9"]


def test_figures_of_essay_three_are_those_of_its_table():
    prompt = item("e3").exercise.prompt
    rows = [line for line in prompt.splitlines() if re.match(r"\| \d \|", line)]
    reported = [int(line.split("|")[2]) for line in rows]
    assert sum(reported) / len(reported) == 90.2
    sampled = [int(line.split("|")[4]) for line in rows[:4]]
    assert [share(count, 50) for count in sampled] == [88, 58, 90, 40]
