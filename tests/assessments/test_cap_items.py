"""The capstone: audits re-solved from what the candidate reads, dossiers that add up, sittings."""

import re
from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from shipped import BANK
from thoroughness import often

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
SEEDS = often(1000, quick=100)  # of each part, over its five families


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


def money(prompt):
    """Section VII by source: cells by content with the sum that is said, and the lines below."""
    (head, rows), *_ = tables(prompt)["VII (tỷ đồng)"]
    *lines, sums, ceilings = rows
    return head, {row[0].split()[0]: numbers(row[1:]) for row in lines}, sums, ceilings


def solve_contents(prompt):
    _, cells, sums, _ = money(prompt)
    for code, (*parts, total) in cells.items():
        if sum(parts) != total:
            yield "VII", f"cộng của nội dung {code}"
    if sum(sum(parts[:3]) for parts in cells.values()) != int(sums[4]):
        yield "VII", "tổng chung"


def solve_sources(prompt):
    head, cells, sums, ceilings = money(prompt)
    spent = [sum(parts[at] for parts in cells.values()) for at in range(3)]
    for source, used, said, most in zip(head[1:4], spent, sums[1:], ceilings[1:], strict=False):
        if used != int(said) or used > int(most):
            yield "VII", f"nguồn {source}"
    if sum(spent) != int(sums[4]):
        yield "VII", "tổng chung"
    guarded = re.search(r"\| (N\d) [^|]*\(an ninh mạng\)", prompt)[1]
    if sum(cells[guarded][:3]) * 100 < 15 * sum(spent):
        yield "VII", "tỷ lệ chi cho an ninh mạng"


def solve_years(prompt):
    [(head, rows)] = tables(prompt)["VII (tỷ đồng)"]
    sums = [sum(int(row[at]) for row in rows[:-1]) for at in range(1, len(head))]
    for year, right, said in zip(head[1:], sums, rows[-1][1:], strict=True):
        if right != int(said):
            yield "VII", f"cộng của năm {year}"
    if sum(sums) != int(re.search(r"dự thảo: \*\*(\d+)\*\*", prompt)[1]):
        yield "VII", "tổng chung"


def solve_projects(prompt):
    _, cells, _, _ = money(prompt)
    for row in tables(prompt)["VIII"][0][1]:
        if sum(sum(cells[code][:3]) for code in row[3].split(", ")) != int(row[5]):
            yield "VIII", f"dòng {row[0]}"


def solve_bases(prompt):
    found = tables(prompt)
    state = {row[0]: row[1] for row in found["Phiếu hiện trạng cuối năm 2025"][0][1]}
    for row in found["III"][0][1]:
        if state[row[1]] != row[2]:
            yield "III", f"dòng {row[0]}"


def solve_trace(prompt):
    found = tables(prompt)
    aims = {goal for row in found["VIII"][0][1] for goal in row[2].split(", ")}
    for row in found["III"][0][1]:
        if "–" in row[6:] or row[0] not in aims:
            yield "III", f"dòng {row[0]}"


def solve_periods(prompt):
    found = tables(prompt)
    due = {row[0]: int(row[4]) for row in found["III"][0][1]}
    for row in found["VIII"][0][1]:
        start, end = map(int, row[4].split("–"))
        late = any(end > due[goal] for goal in row[2].split(", "))
        if late or start < 2026 or end > 2030:
            yield "VIII", f"dòng {row[0]}"


def solve_idle(prompt):
    found = tables(prompt)
    needed = {code for row in found["III"][0][1] for code in row[5].split(", ")}
    for code, *_ in found["IV"][0][1]:
        if code not in needed:
            yield "IV", f"dòng {code}"
    for row in found["VIII"][0][1]:
        if row[2] == "–":
            yield "VIII", f"dòng {row[0]}"


def solve_paths(prompt):
    found = tables(prompt)
    goals = {row[0]: row for row in found["III"][0][1]}
    for code, *path in found["VI (%)"][0][1]:
        base, target, year = numbers(goals[code][2:5])
        values = [base, *map(int, path)]
        if values != sorted(values) or values[year - 2025] != target:
            yield "VI", f"dòng {code}"


def solve_benefits(prompt):
    found = tables(prompt)
    goals = {row[0]: row for row in found["III"][0][1]}
    for code, goal, volume, hours, stated in found["IX"][0][1]:
        base, target, _ = numbers(goals[goal][2:5])
        cases, told = numbers([volume, stated])
        if (target - base) * cases * int(hours) != told * 100:
            yield "IX", f"dòng {code}"


def solve_law(prompt):
    day = date(*map(int, reversed(re.search(r"\*\*(\d+/\d+/\d{4})\*\*", prompt)[1].split("/"))))
    for code, name, _ in tables(prompt)["I"][0][1]:
        source = next(one for one in the_sources().by_id.values() if one.full_name == name)
        begins, ends = source.in_force_from or date.min, source.in_force_to or date.max
        if not begins <= day < ends:
            yield "I", f"dòng {code}"


def solve_reuse(prompt):
    for row in tables(prompt)["IV"][0][1]:
        if "quốc gia" in row[4]:
            yield "IV", f"dòng {row[0]}"


def solve_reach(prompt):
    found = tables(prompt)
    levels = re.search(r"Các cấp đang có: (.+)\.", prompt)[1].split(", ")
    for row in found["II"][0][1]:
        if "–" in row:
            yield "II", f"dòng {row[0]}"
    for code, _, reaches, *_ in found["IV"][0][1]:
        if set(reaches.split(", ")) - set(levels):
            yield "IV", f"dòng {code}"


SOLVERS = {
    "soat-cong-noi-dung": solve_contents,
    "soat-nguon-von": solve_sources,
    "soat-kinh-phi-nam": solve_years,
    "soat-tien-du-an": solve_projects,
    "soat-muc-goc": solve_bases,
    "soat-truy-vet": solve_trace,
    "soat-thoi-gian": solve_periods,
    "soat-viec-thua": solve_idle,
    "soat-lo-trinh": solve_paths,
    "soat-hieu-qua": solve_benefits,
    "soat-can-cu": solve_law,
    "soat-dung-lai": solve_reuse,
    "soat-pham-vi": solve_reach,
}


def found_wrong(question):
    """The options that the solver of an audit finds wrong in the plan that it shows."""
    wrong = list(SOLVERS[BANK.items[question.id].family](question.prompt))
    chosen = [
        option.id
        for option in question.options
        if any(
            re.match(rf"{re.escape(f'Mục {section}, {name}')}(?:[:]|$)", option.text)
            for section, name in wrong
        )
    ]
    assert len(chosen) == len(wrong)
    return chosen


@pytest.mark.parametrize("family", SOLVERS)
def test_an_audit_is_solved_again_from_what_it_shows(family):
    items = [item for item in AUDITS if item.family == family]
    keys, shapes = Counter(), set()
    for seed in range(SEEDS):
        item = items[seed % len(items)]
        variant = draw(item, f"lời giải {seed}")
        chosen = found_wrong(variant.question)
        assert tuple(sorted(chosen)) == variant.key.correct, (item.id, seed)
        keys[variant.key.correct] += 1
        shapes.add((len(chosen), len(variant.question.options)))
    assert keys.most_common(1)[0][1] <= SEEDS / 5  # no set of letters is a good guess
    [(wrong, rows)] = shapes
    assert 2 <= wrong <= rows / 2


@pytest.mark.parametrize("family", SOLVERS)
def test_an_audit_pays_found_less_false_alarms(family):
    item = next(item for item in AUDITS if item.family == family)
    variant = draw(item, "điểm")
    chosen = found_wrong(variant.question)
    others = [o.id for o in variant.question.options if o.id not in chosen]
    assert mark(variant, chosen).points == item.points
    less = mark(variant, [*chosen, others[0]]).points
    assert less == item.points * (len(chosen) - 1) / len(chosen)
    assert mark(variant, [*chosen, *others]).points == 0


@pytest.mark.proof
def test_each_part_is_audited_in_five_families_and_no_two_of_a_part_stand_in_one_form():
    assert set(Counter(item.family for item in AUDITS).values()) == {5}
    for seed in range(20):
        for form in draw_forms(BLUEPRINT, "CAP", BANK, str(seed)):
            families = [BANK.items[item.id].family for item in form.items if item.rubric is None]
            assert sorted(families) == sorted(SOLVERS)


@pytest.mark.parametrize("seed", ["kỳ", "năm"])
def test_after_five_sittings_whose_forms_everybody_has_met_a_sixth_can_still_be_drawn(seed):
    history, earlier = FIRST, []
    for sitting in range(6):
        forms = draw_forms(BLUEPRINT, "CAP", BANK, f"{seed} {sitting}", history)
        for form in forms:
            lines = [*prove(form, PLAN), *prove_exposure(form, BANK, earlier, BLUEPRINT)]
            assert [line for line in lines if not line.met] == []
        earlier.append(forms)
        history = history.after([frozenset(i.id for i in f.items) for f in forms])
    essays = Counter(item.id for forms in earlier for item in forms[0].items if item.rubric)
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
