"""Where a draw is refused: the overlap with earlier forms, the time, and what is then said."""

from decimal import Decimal

import pytest
from shipped import BANK

from assessments.forms.blueprint import Blueprint, read_blueprint
from assessments.forms.drawing import FIRST, History, choose_items, draw_forms
from courses.foundation.errors import ContentError

BLUEPRINT = read_blueprint()
ESSAYS = [item.id for item in BANK.live("CAP", essay=True)]
AGAIN = "ngân hàng chỉ còn rút được đề CAP trùng với đề đã dùng"
ADVICE = "Cần viết thêm câu cho CAP: xem “cio bank” để biết thiếu mức nào"


def plan(essays=("CAP",), overlap="0.5", **paper):
    """A blueprint of one paper of essays."""
    sections = [{"competency": competency, "essays": 1} for competency in essays]
    points = sum(BANK.live(one, essay=True)[0].points for one in essays) if essays else 20
    data = BLUEPRINT.model_dump()
    stated = {"code": "CAP", "points": points, "forms": 1, "sections": sections, "pools": []}
    first = data["papers"][0] | stated | paper
    return Blueprint.model_validate(data | {"papers": [first], "overlap": Decimal(overlap)})


def draw(blueprint, seed="x", history=FIRST):
    [form] = draw_forms(blueprint, "CAP", BANK, seed, history)
    return form


def refusal(blueprint, history, seed="x"):
    with pytest.raises(ContentError) as caught:
        draw(blueprint, seed, history)
    return caught.value.message


def test_a_history_counts_each_sitting_once_for_an_item_and_keeps_every_form():
    forms = [frozenset({"a", "b"}), frozenset({"b", "c"})]
    once = FIRST.after(forms)
    assert (once.uses, list(once.forms)) == ({"a": 1, "b": 1, "c": 1}, forms)
    twice = once.after([frozenset({"b"})])
    assert (twice.uses, len(twice.forms)) == ({"a": 1, "b": 2, "c": 1}, 3)


def test_a_form_may_share_as_many_points_with_an_earlier_one_as_allowed_and_no_more():
    two = ("CAP", "QL4")
    history = History(uses={}, forms=[frozenset({essay, "x"}) for essay in ESSAYS])
    [points, *_] = [item.points for item in draw(plan(two)).items if item.id in ESSAYS]
    share = points / sum(item.points for item in draw(plan(two)).items)
    assert len(draw(plan(two, share), "x", history).items) == len(two)
    told = refusal(plan(two, share - Decimal("0.01")), history)
    assert told.startswith("đề CAP trùng quá 70 % điểm với một đề đã dùng. ")


def test_where_there_is_no_history_nothing_is_shared():
    assert draw(plan(overlap="0")).items


def test_which_share_of_the_points_was_too_much_is_said():
    every = [frozenset({essay, "x"}) for essay in ESSAYS]
    told = refusal(plan(overlap="0.25"), History(uses={}, forms=every))
    assert told == f"đề CAP trùng quá 25 % điểm với một đề đã dùng. {ADVICE}"


def test_the_commonest_refusal_is_told_wherever_it_came_first():
    for seed in ("x", "y", "z"):
        [first] = draw(plan(), seed).items
        others = [frozenset({essay, "x"}) for essay in ESSAYS if essay != first.id]
        told = refusal(plan(), History(uses={}, forms=[frozenset({first.id}), *others]), seed)
        assert told == f"đề CAP trùng quá 50 % điểm với một đề đã dùng. {ADVICE}"
        every = [frozenset({essay}) for essay in ESSAYS]
        assert refusal(plan(), History(uses={}, forms=every), seed) == f"{AGAIN}. {ADVICE}"


def test_the_advice_names_each_competency():
    history = History(uses=dict.fromkeys(BANK.items, 99), forms=())
    assert "Cần viết thêm câu cho CAP, QL4: xem" in refusal(plan(("CAP", "QL4")), history)


def test_the_authors_minutes_may_fill_the_paper_to_the_last():
    minutes = {BANK.items[essay].minutes for essay in ESSAYS}
    longest = int(max(minutes))
    assert draw(plan(minutes=longest, load=Decimal(1))).minutes == longest
    told = refusal(plan(minutes=int(min(minutes)) - 1, load=Decimal(1)), FIRST)
    assert told.startswith(f"đề CAP dài quá {int(min(minutes)) - 1} phút tính theo từng câu.")


def test_a_plan_that_asks_for_nothing_is_refused_for_its_points():
    nothing = [{"competency": "CAP", "essays": 0}]
    told = refusal(plan((), sections=nothing), History(uses={}, forms=[frozenset({"x"})]))
    assert told.startswith("đề CAP-A không đúng ma trận: ")
    assert "điểm: 0, định 20" in told


def test_gaps_are_told_one_after_another():
    told = refusal(plan(points=1, variants=2), FIRST)
    assert told.startswith("đề CAP-A không đúng ma trận: ")
    assert "XX" not in told


def test_another_seed_chooses_other_items():
    chosen = {frozenset(item.id for item in draw(plan(), str(n)).items) for n in range(12)}
    assert len(chosen) > 1


def test_a_single_form_has_no_anchors_and_each_item_its_variants():
    code = next(p.code for p in BLUEPRINT.papers if p.forms > 1)
    data = BLUEPRINT.model_dump()
    papers = [p | {"forms": 1, "variants": 3} for p in data["papers"] if p["code"] == code]
    alone = Blueprint.model_validate(data | {"papers": papers})
    [form] = draw_forms(alone, code, BANK, "x")
    assert choose_items(alone, code, BANK, "x").forms
    for item in form.items:
        assert item.anchor == (item.rubric is not None)
        assert len(item.variants) == (1 if item.rubric else 3)
    [other] = draw_forms(alone, code, BANK, "y")
    one = {item.id: item.variants for item in form.items if item.rubric is None}
    two = {item.id: item.variants for item in other.items if item.rubric is None}
    assert any(one[key] != two[key] for key in one.keys() & two)
