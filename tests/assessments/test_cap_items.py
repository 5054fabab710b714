"""The capstone: audits re-solved from what the candidate reads, dossiers that add up, sittings."""

import re
from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from shipped import BANK

from assessments.bank.guessing import expected_shares
from assessments.bank.item import draw, mark
from assessments.forms.blueprint import read_blueprint
from assessments.forms.drawing import FIRST, draw_forms
from assessments.forms.proof import prove, prove_exposure
from courses.sources import the_sources

BLUEPRINT = read_blueprint()
AUDITS = BANK.live("CAP", essay=False)
ESSAYS = BANK.live("CAP", essay=True)
PLAN = BLUEPRINT.paper("CAP")
SEEDS = 40  # of each of twenty generators


def tables(prompt):
    """The tables of a prompt by their first heading: heading and rows as lists of cells."""
    found = {}
    for block in re.findall(r"(?:^\|.*\|\n?)+", prompt, re.MULTILINE):
        head, _, *rows = (
            [c.strip() for c in line.strip("| ").split(" | ")] for line in block.split("\n") if line
        )
        found.setdefault(head[0], []).append((head, rows))
    return found


def numbers(cells):
    return [int(cell.split()[0].replace(".", "")) for cell in cells]


def solve_money(prompt):
    (head, rows), yearly = tables(prompt)["VII (tỷ đồng)"]
    *lines, sums, ceilings = rows
    cells = {row[0].split()[0]: numbers(row[1:]) for row in lines}
    spent = [sum(parts[at] for parts in cells.values()) for at in range(3)]
    yield from (
        ("VII", f"cộng của nội dung {code}")
        for code, (*parts, total) in cells.items()
        if sum(parts) != total
    )
    for source, used, said, most in zip(head[1:4], spent, sums[1:], ceilings[1:], strict=False):
        if used != int(said) or used > int(most):
            yield "VII", f"nguồn {source}"
    yield from solve_years(*yearly)
    if sum(spent) != int(sums[4]):
        yield "VII", "tổng chung"
    guarded = next(row[0].split()[0] for row in lines if "(an ninh mạng)" in row[0])
    if sum(cells[guarded][:3]) * 100 < 15 * sum(spent):
        yield "VII", "tỷ lệ chi cho an ninh mạng"
    for row in tables(prompt)["VIII"][0][1]:
        if sum(sum(cells[code][:3]) for code in row[3].split(", ")) != int(row[5]):
            yield "VIII", f"dòng {row[0]}"


def solve_years(head, rows):
    for at, year in enumerate(head[1:], start=1):
        if sum(int(row[at]) for row in rows[:-1]) != int(rows[-1][at]):
            yield "VII", f"cộng của năm {year}"


def solve_trace(prompt):
    found = tables(prompt)
    goals, contents, projects = (found[name][0][1] for name in ("III", "IV", "VIII"))
    aims = {row[0]: row[2].split(", ") for row in projects}
    for row in goals:
        if "–" in row[6:] or not any(row[0] in goal for goal in aims.values()):
            yield "III", f"dòng {row[0]}"
    for code, *_ in contents:
        if not any(code in row[5] for row in goals):
            yield "IV", f"dòng {code}"
    due = {row[0]: int(row[4]) for row in goals}
    for row in projects:
        start, end = map(int, row[4].split("–"))
        late = any(end > due[goal] for goal in aims[row[0]] if goal in due)
        if aims[row[0]] == ["–"] or late or start < 2026 or end > 2030:
            yield "VIII", f"dòng {row[0]}"


def solve_path(prompt):
    found = tables(prompt)
    state = {row[0]: row[1] for row in found["Phiếu hiện trạng cuối năm 2025"][0][1]}
    goals = {row[0]: row for row in found["III"][0][1]}
    for code, row in goals.items():
        if state[row[1]] != row[2]:
            yield "III", f"dòng {code}"
    for code, *path in found["VI (%)"][0][1]:
        base, target, year = numbers(goals[code][2:5])
        values = [base, *map(int, path)]
        if values != sorted(values) or values[year - 2025] != target:
            yield "VI", f"dòng {code}"
    for code, goal, volume, hours, stated in found["IX"][0][1]:
        base, target, _ = numbers(goals[goal][2:5])
        cases, told = numbers([volume, stated])
        if (target - base) * cases * int(hours) != told * 100:
            yield "IX", f"dòng {code}"


def solve_law(prompt):
    found = tables(prompt)
    day = date(*map(int, reversed(re.search(r"\*\*(\d+/\d+/\d{4})\*\*", prompt)[1].split("/"))))
    levels = re.search(r"Các cấp đang có: (.+)\.", prompt)[1].split(", ")
    texts = the_sources().by_id
    for code, name, _ in found["I"][0][1]:
        source = next(one for one in texts.values() if one.full_name == name)
        begins, ends = source.in_force_from or date.min, source.in_force_to or date.max
        if not begins <= day < ends:
            yield "I", f"dòng {code}"
    for row in found["II"][0][1]:
        if "–" in row:
            yield "II", f"dòng {row[0]}"
    for code, _, reaches, _, builds in found["IV"][0][1]:
        if set(reaches.split(", ")) - set(levels) or "quốc gia" in builds:
            yield "IV", f"dòng {code}"


SOLVERS = {
    "soat-kinh-phi": solve_money,
    "soat-truy-vet": solve_trace,
    "soat-lo-trinh": solve_path,
    "soat-can-cu": solve_law,
}


@pytest.mark.parametrize("item", AUDITS, ids=lambda item: item.id)
def test_an_audit_is_solved_from_what_it_shows_and_pays_found_less_false_alarms(item):
    shapes = set()
    for seed in range(SEEDS):
        variant = draw(item, f"lời giải {seed}")
        wrong = list(SOLVERS[item.family](variant.question.prompt))
        chosen = [
            option.id
            for option in variant.question.options
            if any(
                re.match(rf"{re.escape(f'Mục {section}, {name}')}(?:[:]|$)", option.text)
                for section, name in wrong
            )
        ]
        assert len(chosen) == len(wrong) == 4, (seed, wrong)
        assert mark(variant, chosen).points == item.points
        others = [o.id for o in variant.question.options if o.id not in chosen]
        assert mark(variant, [*chosen, others[0]]).points == item.points * 3 / 4
        assert mark(variant, [*chosen, *others]).points == 0
        shapes.add(len(others))
    assert shapes == {6}


def test_each_part_is_audited_in_five_families_and_no_two_of_a_part_stand_in_one_form():
    assert set(Counter(item.family for item in AUDITS).values()) == {5}
    for seed in range(20):
        (form,) = draw_forms(BLUEPRINT, "CAP", BANK, str(seed))
        families = [BANK.items[item.id].family for item in form.items if item.rubric is None]
        assert sorted(families) == sorted(SOLVERS)


def test_after_six_sittings_whose_forms_everybody_has_met_a_seventh_can_still_be_drawn():
    history, earlier = FIRST, []
    for sitting in range(7):
        forms = draw_forms(BLUEPRINT, "CAP", BANK, f"kỳ {sitting}", history)
        for form in forms:
            lines = [*prove(form, PLAN), *prove_exposure(form, BANK, earlier, BLUEPRINT)]
            assert [line for line in lines if not line.met] == []
        earlier.append(forms)
        history = history.after([frozenset(i.id for i in f.items) for f in forms])
    essays = Counter(
        item.id for forms in earlier for form in forms for item in form.items if item.rubric
    )
    assert set(essays.values()) == {1}


def test_who_ticks_everything_or_by_chance_earns_next_to_nothing_of_the_audit():
    variants = [draw(item, "đoán") for item in AUDITS]
    assert max(expected_shares(variants).values()) <= 0.15


def amounts(text):
    return [int(number) for number in re.findall(r"\d+", text)]


@pytest.mark.parametrize("essay", ESSAYS, ids=lambda item: item.id)
def test_the_best_passages_of_a_dossier_add_up_and_keep_to_its_ceilings(essay):
    criteria = {c.id: c.levels[-1].example for c in BANK.rubrics[essay.id].criteria}
    money = criteria["lo-trinh-kinh-phi"]
    years = amounts(re.search(r"Theo năm: ([\d, ]+) tỷ", money)[1])
    contents = amounts(re.sub(r"N\d", "", re.search(r"theo nội dung: ([^;]+);", money)[1]))
    sources = amounts(re.search(r"theo nguồn: ([^.]+)\.", money)[1])
    whole = int(re.search(r"đều bằng (\d+)", money)[1])
    assert [sum(years), sum(contents), sum(sources[::2])] == [whole] * 3
    assert all(spent <= most for spent, most in zip(sources[::2], sources[1::2], strict=True))
    guarded = int(re.search(r"\((\d+) tỷ cho M2", criteria["truy-vet"])[1])
    assert guarded >= Decimal("0.15") * whole
    projects = re.findall(r"D\d [^;.]*?(\d+) tỷ", criteria["du-an-hieu-qua"])
    assert sum(map(int, projects)) == whole
    base, goal = re.search(r"\((\d+) % − (\d+) %\)", criteria["du-an-hieu-qua"]).groups()[::-1]
    volume, hours, saved = re.search(
        r"× ([\d.]+) [^×]+ × ([\d,]+) giờ = ([\d.]+)", criteria["du-an-hieu-qua"]
    ).groups()
    share = Decimal(int(goal) - int(base)) / 100
    told = int(saved.replace(".", ""))
    assert share * int(volume.replace(".", "")) * Decimal(hours.replace(",", ".")) == told


@pytest.mark.parametrize("essay", ESSAYS, ids=lambda item: item.id)
def test_a_dossier_tells_what_the_passages_take_from_it(essay):
    prompt = essay.exercise.prompt
    best = {c.id: c.levels[-1].example for c in BANK.rubrics[essay.id].criteria}
    ceilings = re.findall(r"trần (\d+)", best["lo-trinh-kinh-phi"])
    assert all(f"không quá {most} tỷ" in prompt for most in ceilings)
    for parts in re.findall(r"(\d[\d.]*)/(\d[\d.]*) →", best["muc-tieu"]):
        assert all(number in prompt for number in parts), parts
