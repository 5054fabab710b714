"""Pilot items: asked like every other item, counted for nothing, and told of on the paper."""

import json
from decimal import Decimal
from functools import cache
from itertools import pairwise

import nbformat
import pytest
from shipped import BANK

from assessments.bank.answering import right
from assessments.bank.bank import Bank, enemies
from assessments.bank.item import draw, read_item
from assessments.forms.blueprint import read_blueprint
from assessments.forms.checks import check_papers
from assessments.forms.drawing import FIRST, History, draw_forms
from assessments.forms.form import Form
from assessments.forms.proof import prove
from assessments.papers.notebook import write_paper
from courses.foundation.errors import ContentError

BLUEPRINT = read_blueprint()
CODE = "KT"
PLAN = BLUEPRINT.paper(CODE)
PILOTS = tuple(
    item.id
    for item in BANK.live("KT2", essay=False)
    if item.minutes <= 4 and not enemies(BANK)[item.id]
)[:4]


def bank_with(*pilots, **changes):
    changed = {
        one: BANK.items[one].model_copy(update={"status": "pilot", **changes}) for one in pilots
    }
    return Bank(BANK.items | changed, BANK.rubrics)


def drawn(bank, seed="x", history=FIRST):
    return draw_forms(BLUEPRINT, CODE, bank, seed, history)


@cache
def forms():
    """With trial items so short that two fit into any form's time."""
    return drawn(bank_with(*PILOTS, minutes=Decimal(1)))


def test_a_form_has_as_many_trial_items_as_the_blueprint_asks_and_they_are_in_no_budget():
    for form in forms():
        assert {item.id for item in form.trials} < set(PILOTS)
        assert len(form.trials) == PLAN.trials
        assert form.points == PLAN.points == sum(item.points for item in form.scored)
        assert all(line.met for line in prove(form, PLAN))
        assert not any(item.anchor for item in form.trials)


def test_trial_items_are_the_same_in_parallel_forms_and_nobodys_enemies():
    asked = [[item.id for item in form.trials] for form in forms()]
    assert all(one == other for one, other in pairwise(asked))
    foes = enemies(BANK)
    for form in forms():
        ids = {item.id for item in form.items}
        assert not any(foes[item.id] & ids for item in form.trials)


def test_a_trial_item_takes_time_and_one_that_does_not_fit_is_left_out():
    long = drawn(bank_with(*PILOTS, minutes=PLAN.longest))
    assert [form.trials for form in long] == [[], []]
    minutes = sum(item.minutes for item in forms()[0].items)
    assert minutes > sum(item.minutes for item in forms()[0].scored)
    assert minutes <= PLAN.longest


def test_without_pilot_items_a_form_is_what_it_always_was():
    form = draw_forms(BLUEPRINT, CODE, BANK, "x")[0]
    assert (form.trials, form.notice) == ([], "")
    stored = json.loads(form.model_dump_json())
    assert all("trial" not in item for item in stored["items"])
    old = [{k: v for k, v in item.items() if k not in ("version", "expected")}
           for item in stored["items"]]  # fmt: skip
    older = Form.model_validate({**stored, "items": old})
    assert json.loads(older.model_dump_json()) == {**stored, "items": old}  # and so its digest


def test_pilot_items_tried_least_come_first_and_worn_ones_never():
    uses = {PILOTS[0]: 1, PILOTS[1]: BLUEPRINT.exposure}
    form = drawn(bank_with(*PILOTS), history=History(uses=uses, forms=()))[0]
    assert {item.id for item in form.trials}.isdisjoint(PILOTS[:2])
    only = drawn(bank_with(*PILOTS[:2]), history=History(uses=uses, forms=()))[0]
    assert [item.id for item in only.trials] == [PILOTS[0]]


def test_what_was_tried_out_on_somebody_counts_as_met_once_it_is_scored():
    before = frozenset(item.id for item in forms()[0].items)
    after = drawn(BANK, seed="y", history=History(uses={}, forms=[before]))
    for form in after:
        again = sum(item.points for item in form.items if item.id in before)
        assert again <= BLUEPRINT.overlap * form.points


def test_nothing_that_a_candidate_holds_tells_a_trial_item_from_another(tmp_path):
    form = forms()[0]
    paper = json.loads(form.paper_for("CIO26-001").model_dump_json())
    assert len({tuple(sorted(item)) for item in paper["items"]}) == 1
    assert "trial" not in json.dumps(paper)
    tried = {item.id for item in form.trials}
    cells = {}
    for path in write_paper(form, _rubrics(form), tmp_path):
        for cell in nbformat.read(path, as_version=4).cells:
            cells[cell.metadata.get("nbgrader", {}).get("grade_id")] = cell
    shapes = {
        json.dumps({k: v for k, v in cells[i.id].metadata.nbgrader.items() if k != "grade_id"})
        for i in form.items
        if i.rubric is None and i.points == 2
    }
    assert tried < cells.keys()
    assert len(shapes) == 1


def test_the_paper_tells_plainly_how_many_items_are_tried_out_and_how_many_points_count(tmp_path):
    form = forms()[0]
    paths = write_paper(form, _rubrics(form), tmp_path)
    for path in paths:
        head = nbformat.read(path, as_version=4).cells[0].source
        assert form.notice in head
        assert "2 câu hỏi thử nghiệm, không tính vào kết quả" in head
        assert f"{PLAN.points:f} điểm" in head
    head = nbformat.read(paths[-1], as_version=4).cells[0].source
    shown = sum(item.points for item in form.of("KT2"))
    assert f"{len(form.of('KT2'))} câu · {shown} điểm" in head


def _rubrics(form):
    return {item.id: BANK.rubrics[item.id] for item in form.items if item.rubric}


@pytest.mark.proof
def test_a_pilot_item_that_no_paper_could_ask_is_found():
    found = check_papers(bank_with("QL1-02"), BLUEPRINT)
    assert ("QL1-02", "UNDRAWABLE") in {(one.subject, one.code) for one in found}


def test_an_essay_is_not_tried_out_on_candidates():
    with pytest.raises(ValueError, match="câu tự luận không thử"):
        type(BANK.items["KT1-E1"]).model_validate(
            BANK.items["KT1-E1"].model_dump() | {"status": "pilot"}
        )


def test_an_authors_rating_is_a_share_between_nothing_and_all(tmp_path):
    path = tmp_path / "ql4-97.md"
    head = "id: QL4-97\ncompetency: QL4\noutcome: QL4.1\ndepth: hiểu\npoints: 2\nminutes: 2\n"
    head += 'sources: ["x"]\nauthor_role: Người viết thử\nstatus: review\n'
    body = "kind: short\naccepted: [một]\nfeedback: {correct: Đúng., wrong: Sai.}\n---\nHỏi?\n"
    path.write_text(f"---\n{head}expected: '0.4'\n{body}", encoding="utf-8")
    item = read_item(path)
    assert item.expected == Decimal("0.4")
    assert right(draw(item, "x")) == "một"
    path.write_text(f"---\n{head}expected: '1.4'\n{body}", encoding="utf-8")
    with pytest.raises(ContentError, match="expected"):
        read_item(path)
