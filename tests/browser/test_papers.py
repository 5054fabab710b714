"""Answering a paper: every kind, by mouse and by keyboard, and what is acknowledged."""

import pytest
from browser.every_kind import ESSAY, IDS, right_answers
from browser.hands import by_keyboard, by_mouse
from browser.keyboard import Keyboard
from playwright.sync_api import expect

from assessments.bank.item import mark

pytestmark = pytest.mark.proof

FULL = {**dict.fromkeys(IDS, (2, "correct")), "essay": (0, "unjudged")}  # people mark an essay

# In Lab these cut, copy, paste, delete, insert, merge or turn cells, or stop the kernel.
COMMANDS = (*"abcdd00iimryxz", "Shift+L", "Shift+M")
UNTYPED = dict.fromkeys(("single", "multiple", "ordering", "decisions"), COMMANDS)
NOTEBOOK = """() => window.jupyterapp?.shell.currentWidget?.content?.widgets
    ?.map(cell => `${cell.model.type} ${cell.model.id}`).join()"""
ACTIVE = """id => document.body.dataset.voila || document.querySelector(`[data-question="${id}"]`)
    .closest(".jp-Cell").classList.contains("jp-mod-active")"""
MALFORMED = {
    "khoảng mười hai": "Hãy nhập một số, ví dụ 12,5.",
    "1.234": "“1.234” đọc được hai cách; viết “1234” hoặc “1,234”.",
}


def _in_both_fronts(test):
    fronts = {"voila": "voila/render", "lab": "lab/tree"}
    return pytest.mark.parametrize("front", fronts.values(), ids=fronts)(test)


@_in_both_fronts
def test_every_kind_is_answered_by_mouse_stored_as_answered_and_shown_again(
    front, paper, page, question, saved, quiet
):
    wanted = right_answers(paper.form)
    with quiet(page):
        paper.open(page, front)
        for kind, answer in wanted.items():
            by_mouse(question(page, IDS[kind]), kind, answer)
            saved(question(page, IDS[kind]))
        assert paper.answers == {IDS[kind]: answer for kind, answer in wanted.items()}
        assert _marks(paper) == FULL
        shown = _fields(page)
        paper.open(page, front)
    assert _fields(page) == shown
    for item_id in IDS.values():
        saved(question(page, item_id))


@_in_both_fronts
def test_every_kind_is_answered_with_the_keyboard_alone_and_no_key_is_a_command(
    front, paper, page, question, saved, quiet
):
    wanted, keys = right_answers(paper.form), Keyboard(page)
    with quiet(page):
        paper.open(page, front)
        before = page.evaluate(NOTEBOOK)
        for kind, answer in wanted.items():
            box = question(page, IDS[kind])
            by_keyboard(keys, box, kind, answer)
            keys.press(*UNTYPED.get(kind, ()))
            saved(box)
            assert box.evaluate("box => box.contains(document.activeElement)")
            assert page.evaluate(ACTIVE, IDS[kind])
    assert page.evaluate(NOTEBOOK) == before
    assert paper.answers == {IDS[kind]: answer for kind, answer in wanted.items()}
    assert _marks(paper) == FULL


def _marks(paper):
    """Points and state by kind."""
    given = {
        kind: mark(paper.form.item(id_).variant(0), paper.answers[id_]) for kind, id_ in IDS.items()
    }
    return {kind: (mark.points, mark.state) for kind, mark in given.items()}


def _fields(page):
    """What stands in every field of every question, in order."""
    return page.locator("fieldset.cio-question :is(input, select, textarea, li)").evaluate_all(
        "fields => fields.map(f => f.dataset.id ?? (f.labels?.length && f.checked) + f.value)"
    )


def test_a_malformed_number_is_told_at_once_and_not_called_saved(paper, page, question, saved):
    paper.open(page)
    box = question(page, IDS["numeric"])
    field, status = box.locator("input"), box.locator(".status")
    for typed, told in MALFORMED.items():
        field.fill("")
        field.press_sequentially(typed)
        expect(status).to_have_text(told)
        assert field.evaluate("input => input === document.activeElement")
    field.fill("12,5")
    saved(box)
    table = question(page, IDS["table"])
    table.get_by_label("Năm 2 – Vốn").press_sequentially("nhiều")
    expect(table.locator(".status")).to_have_text("Ô “Năm 2 – Vốn”: Hãy nhập một số, ví dụ 12,5.")


def test_an_essay_is_saved_while_it_is_typed(paper, page, question, saved):
    paper.open(page)
    box = question(page, IDS["essay"])
    box.locator("textarea").press_sequentially(ESSAY)
    saved(box)
    assert box.locator("textarea").evaluate("text => text === document.activeElement")
    assert paper.answers == {IDS["essay"]: ESSAY}


def test_a_changed_decision_closes_what_followed_from_the_old_one(paper, page, question, saved):
    paper.open(page)
    box = question(page, IDS["decisions"])
    by_mouse(box, "decisions", right_answers(paper.form)["decisions"])
    saved(box)
    expect(box.locator("fieldset")).to_have_count(2)
    box.locator("fieldset").first.locator("input:not(:checked)").first.click()
    expect(box.locator("fieldset").nth(1).locator("input:checked")).to_have_count(0)
    saved(box)
    assert list(paper.answers[IDS["decisions"]]) == ["mot"]
