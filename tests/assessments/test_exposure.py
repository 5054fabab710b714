"""Sitting after sitting: no enemies, within the time and the overlap, and as forecast."""

from datetime import date
from decimal import Decimal
from functools import cache

import pytest
from shipped import BANK

from assessments.bank.bank import Bank, enemies
from assessments.bank.statistics import Sample, gathered
from assessments.forms.balancing import load_of, total
from assessments.forms.blueprint import Blueprint, Parallel, read_blueprint
from assessments.forms.checks import check_papers, drawable
from assessments.forms.drawing import FIRST, History, choose_items, draw_forms
from assessments.forms.forecast import FAR, forecast
from assessments.forms.overview import forecast_rows, item_rows
from assessments.forms.proof import prove, prove_alike, prove_exposure
from courses.foundation.errors import ContentError

BLUEPRINT = read_blueprint()
LIGHT = Blueprint.model_validate(
    BLUEPRINT.model_dump()
    | {"papers": [paper | {"variants": 1} for paper in BLUEPRINT.model_dump()["papers"]]}
)
CODES = [paper.code for paper in BLUEPRINT.papers]


def sittings(code, number):
    """The forms of some sittings in a row, as they would be drawn."""
    history, drawn = FIRST, []
    for sitting in range(number):
        drawn.append(draw_forms(LIGHT, code, BANK, f"dự báo/{sitting}", history))
        history = history.after([frozenset(i.id for i in f.items) for f in drawn[-1]])
    return drawn, history


@cache
def forecasts():
    """Asked for once: it draws sitting after sitting."""
    return forecast(LIGHT, BANK)


@pytest.mark.proof
@pytest.mark.parametrize("code", CODES)
def test_every_sitting_that_was_forecast_can_be_drawn_by_the_rules_and_the_next_cannot(code):
    [line] = [one for one in forecasts() if one.paper == code]
    drawn, history = sittings(line.paper, line.sittings)
    earlier = []
    for forms in drawn:
        for form in forms:
            proof = [
                *prove(form, LIGHT.paper(line.paper)),
                *prove_exposure(form, BANK, earlier, LIGHT),
            ]
            assert [one for one in proof if not one.met] == []
        earlier.append(forms)
    assert line.sittings >= 6  # three years without a new item
    if line.enough:  # the forecast looks no further
        assert line.sittings == FAR
        return
    with pytest.raises(ContentError, match="viết thêm"):
        choose_items(LIGHT, line.paper, BANK, f"dự báo/{line.sittings}", history)


@pytest.mark.parametrize("code", CODES)
def test_no_form_asks_what_another_item_of_it_answers(code):
    foes = enemies(BANK)
    for seed in range(40):
        for form in choose_items(LIGHT, code, BANK, str(seed)).forms:
            ids = {item.id for item in form}
            assert not any(foes[item_id] & ids for item_id in ids)


def test_enmity_is_mutual_and_a_family_is_at_enmity_with_itself():
    foes = enemies(BANK)
    assert all(one in foes[other] for one, others in foes.items() for other in others)
    assert {"QL4-12", "KT1-01"} <= foes["QL2-08"]
    assert "KT1-06" in foes["KT1-E1"]


def test_what_two_enemies_share_a_form_is_told_by_the_proof():
    form = draw_forms(LIGHT, "KT", BANK, "x")[0]
    one, other = form.items[0].id, form.items[1].id
    items = BANK.items | {one: BANK.items[one].model_copy(update={"enemies": (other,)})}
    lines = prove_exposure(form, Bank(items, BANK.rubrics), [[form]], LIGHT)
    assert [line.what for line in lines if not line.met] == [
        "cặp câu kỵ nhau",
        "phần điểm trùng với một đề đã dùng",
        "phần điểm người thuộc mọi đề đã dùng được lợi",
    ]


@pytest.mark.parametrize("code", [plan.code for plan in BLUEPRINT.papers if plan.forms > 1])
def test_parallel_forms_are_as_long_as_hard_and_as_much_to_read(code):
    for seed in range(20):
        forms = choose_items(LIGHT, code, BANK, str(seed)).forms
        loads = [total([load_of(item) for item in form]) for form in forms]
        minutes, words = [one.minutes for one in loads], [one.words for one in loads]
        assert max(minutes) <= 1.1 * min(minutes)
        assert max(words) <= 1.1 * min(words)
        shares = [one.share for one in loads]
        assert max(shares) - min(shares) <= 0.03


def test_hard_items_are_dealt_to_both_forms_even_where_only_sittings_have_shown_them_hard():
    hard = {item.id for item in BANK.live("KT2", essay=False)[::2]}
    known = {
        item_id: gathered(item_id, [sampled(item_id, 0.1 if item_id in hard else 0.9)])
        for item_id in BANK.items
    }
    history = History(uses={}, forms=(), known=known)
    forms = draw_forms(LIGHT, "KT", BANK, "x", history)
    assert {item.expected.basis for form in forms for item in form.items} == {"observed"}
    lines = prove_alike(forms, LIGHT.parallel)
    assert [line.met for line in lines] == [True, True, True]
    counts = [sum(item.id in hard for item in form.items) for form in forms]
    assert max(counts) - min(counts) <= 1


def sampled(item_id, share):
    version = BANK.items[item_id].version
    return Sample(
        sitting="k", on=date(2026, 1, 1), form="X", version=version, answers=200, share=share
    )


@pytest.mark.proof
def test_forms_that_lie_too_far_apart_are_refused_and_shown_by_the_proof():
    tiny = Decimal("0.000001")
    limits = Parallel(difficulty=tiny, reading=tiny, minutes=tiny)
    strict = LIGHT.model_copy(update={"parallel": limits})
    with pytest.raises(ContentError, match="các đề song song chênh nhau"):
        draw_forms(strict, "KM", BANK, "w")
    one, other = draw_forms(LIGHT, "KM", BANK, "x")
    shorter = other.model_copy(update={"items": other.items[: len(other.items) // 2]})
    lines = {line.what: line for line in prove_alike([one, shorter], LIGHT.parallel)}
    assert not lines["chênh lệch số chữ phải đọc"].met
    assert not lines["chênh lệch số phút"].met
    assert lines["chênh lệch độ khó dự báo"].shown[0] == "≤ 3,0 %"


def test_an_item_used_in_more_sittings_than_allowed_is_told_by_the_proof():
    form = draw_forms(LIGHT, "KT", BANK, "x")[0]
    lines = {
        number: {line.what: line for line in prove_exposure(form, BANK, [[form]] * number, LIGHT)}
        for number in (LIGHT.exposure - 1, LIGHT.exposure)
    }
    what = "số kỳ đã dùng một câu, kể cả kỳ này"
    assert [lines[number][what].met for number in sorted(lines)] == [True, False]


def left_with(count):
    """The bank with so many items of one kind that every form of KT needs."""
    kind = [i for i in BANK.live("KT2", essay=False) if i.depth == "phân tích"]
    rested = {i.id: i.model_copy(update={"status": "resting"}) for i in kind[count:]}
    return Bank(BANK.items | rested, BANK.rubrics)


@pytest.mark.proof
@pytest.mark.parametrize(("count", "sittings"), [(1, 0), (2, LIGHT.exposure)])
def test_a_bank_that_runs_dry_is_refused_before_anything_is_drawn_and_says_what_to_write(
    count, sittings
):
    bank, history = left_with(count), FIRST
    line = next(one for one in forecast(LIGHT, bank) if one.paper == "KT")
    assert (line.sittings, line.enough) == (sittings, False)
    assert "KT2" in line.stopped_by
    assert "Cần viết thêm" in line.stopped_by
    for number in range(sittings):
        choice = choose_items(LIGHT, "KT", bank, f"dự báo/{number}", history)
        history = history.after([frozenset(item.id for item in form) for form in choice.forms])
    with pytest.raises(ContentError, match="KT2"):
        draw_forms(LIGHT, "KT", bank, "x", history)


@pytest.mark.proof
@pytest.mark.parametrize(
    ("limit", "words"),
    [("guessed", "số điểm một đề"), ("recalled", "người thuộc mọi đề đã dùng được lợi quá")],
)
def test_forms_that_pay_without_the_knowledge_are_refused_and_said_why(limit, words):
    strict = LIGHT.model_copy(update={limit: Decimal("0.00001")})
    everything = frozenset(i.id for i in BANK.items.values() if i.exercise.kind != "numeric")
    history = History(uses=dict.fromkeys(everything, 1), forms=[everything | {"x"}])
    loose = strict.model_copy(update={"overlap": Decimal(1)})
    with pytest.raises(ContentError, match=words):
        draw_forms(loose, "KM", BANK, "x", history)


def test_every_live_item_of_an_examined_competency_can_be_drawn():
    assert list(check_papers(BANK, LIGHT)) == []
    assert not drawable(BANK.items["QL1-02"], LIGHT)


@pytest.mark.proof
def test_a_live_item_that_no_form_can_draw_is_found():
    stray = BANK.items["QL1-02"].model_copy(update={"status": "live"})
    items = BANK.items | {stray.id: stray}
    found = list(check_papers(Bank(items, BANK.rubrics), LIGHT))
    assert [(f.subject, f.code) for f in found] == [("QL1-02", "UNDRAWABLE")]


@pytest.mark.proof
def test_the_overview_tells_of_each_item_its_life_and_of_each_paper_what_is_left():
    rows = {row[0]: row for row in item_rows(BANK, [LIGHT])}
    assert set(rows) == set(BANK.items)
    assert {"KT1-03", "KT1-06"} <= set(rows["KT1-E1"][5].split(", "))
    assert rows["QL1-02"][1:4] == ("tạm nghỉ", "1", "không")
    assert rows["QL1-01"][7] == "chưa đủ số liệu (n = 0)"
    assert [row[:2] for row in forecast_rows([LIGHT], BANK)] == [("cio", code) for code in CODES]
