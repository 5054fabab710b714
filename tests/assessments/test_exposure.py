"""Sitting after sitting: no enemies, within the time and the overlap, and as forecast."""

from decimal import Decimal

import pytest
from shipped import BANK

from assessments.bank.bank import Bank, enemies
from assessments.bank.guessing import expected_shares
from assessments.forms.blueprint import Blueprint, read_blueprint
from assessments.forms.checks import check_papers, drawable
from assessments.forms.drawing import FIRST, choose_items, draw_forms
from assessments.forms.forecast import FAR, forecast
from assessments.forms.overview import forecast_rows, item_rows
from assessments.forms.proof import prove, prove_exposure
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


@pytest.mark.parametrize("line", forecast(LIGHT, BANK), ids=lambda line: line.paper)
def test_every_sitting_that_was_forecast_can_be_drawn_by_the_rules_and_the_next_cannot(line):
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
    ]


@pytest.mark.parametrize("code", [plan.code for plan in BLUEPRINT.papers if plan.forms > 1])
def test_parallel_forms_carry_loads_that_are_alike(code):
    for seed in range(20):
        loads = [
            sum(item.minutes for item in form)
            for form in choose_items(LIGHT, code, BANK, str(seed)).forms
        ]
        assert max(loads) - min(loads) <= max(loads) * Decimal("0.15")


@pytest.mark.parametrize("code", CODES)
def test_who_knows_nothing_expects_a_fifth_of_a_paper_at_most(code):
    for seed in range(5):
        form = draw_forms(LIGHT, code, BANK, f"đoán {seed}")[0]
        shares = expected_shares([item.variant(0) for item in form.items])
        assert max(shares.values()) <= 0.20, shares


def test_every_live_item_of_an_examined_competency_can_be_drawn():
    assert list(check_papers(BANK, LIGHT)) == []
    assert not drawable(BANK.items["QL1-02"], LIGHT)


def test_a_live_item_that_no_form_can_draw_is_found():
    stray = BANK.items["QL1-02"].model_copy(update={"status": "live"})
    items = BANK.items | {stray.id: stray}
    found = list(check_papers(Bank(items, BANK.rubrics), LIGHT))
    assert [(f.subject, f.code) for f in found] == [("QL1-02", "UNDRAWABLE")]


def test_the_overview_tells_of_each_item_its_life_and_of_each_paper_what_is_left():
    rows = {row[0]: row for row in item_rows(BANK, LIGHT)}
    assert set(rows) == set(BANK.items)
    assert {"KT1-03", "KT1-06"} <= set(rows["KT1-E1"][5].split(", "))
    assert rows["QL1-02"][1:4] == ("tạm nghỉ", "1", "không")
    assert rows["QL1-01"][7] == "chưa đủ số liệu (n = 0)"
    assert [row[0] for row in forecast_rows(LIGHT, BANK)] == CODES
