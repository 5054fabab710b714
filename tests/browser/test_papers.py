"""Answering a paper: every kind, by mouse and by keyboard, and what is acknowledged."""

import pytest
from browser.every_kind import ESSAY, IDS, right_answers
from browser.hands import by_keyboard, by_mouse
from playwright.sync_api import expect

pytestmark = pytest.mark.xdist_group("browser")

MALFORMED = {
    "khoảng mười hai": "Hãy nhập một số, ví dụ 12,5.",
    "1.234": "“1.234” đọc được hai cách; viết “1234” hoặc “1,234”.",
}


def test_every_kind_is_answered_by_mouse_stored_as_answered_and_shown_again(
    paper, page, question, saved, quiet
):
    wanted = right_answers(paper.form)
    with quiet(page):
        paper.open(page)
        for kind, answer in wanted.items():
            by_mouse(question(page, IDS[kind]), kind, answer)
            saved(question(page, IDS[kind]))
        assert paper.answers == {IDS[kind]: answer for kind, answer in wanted.items()}
        shown = _fields(page)
        paper.open(page)
    assert _fields(page) == shown
    for item_id in IDS.values():
        saved(question(page, item_id))


def test_every_kind_is_answered_with_the_keyboard_alone(paper, page, question, saved):
    paper.open(page)
    expected = {}
    for kind, item_id in IDS.items():
        expected[item_id] = by_keyboard(page, question(page, item_id), kind)
        saved(question(page, item_id))
    assert paper.answers == expected


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
