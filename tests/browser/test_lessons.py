"""Lessons in Voilà: no code, controls that react, feedback and decisions that stay."""

import pytest
from browser.accessibility import findings
from browser.keyboard import Keyboard
from browser.lesson_walk import all_to_do, walk
from playwright.sync_api import expect
from shipped import LESSONS

from centre.desk.serving import START

pytestmark = pytest.mark.proof


def _path(lesson):
    return f"bai-hoc/{lesson.path.stem}.ipynb"


def _forget(server, lesson):
    for progress in server.root.glob(f"bai-hoc/{lesson.path.stem}.tien-do.*"):
        progress.unlink()


def _open(page, server, lesson):
    page.goto(server.url("voila/render", _path(lesson)))
    page.locator("fieldset.cio-question").first.wait_for()


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.head.code)
def test_a_lesson_shows_no_code_and_is_done_to_its_end_with_the_keyboard_alone(
    lesson, page, server, quiet
):
    _forget(server, lesson)
    keys = Keyboard(page)
    with quiet(page):
        _open(page, server, lesson)
        _shows_no_code(page, lesson)
        done = walk(page, keys, lesson)
        assert done == all_to_do(page)
        assert keys.leave() == set()
        assert keys.leave("Shift+Tab") == set(done)
    assert findings(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate(_CUT_OFF) == []
    assert page.evaluate(_BROKEN) == []
    assert page.evaluate(_SIDEWAYS) == 0
    assert page.evaluate(_OUT_OF_REACH) == []


_SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

# Figures in a question's table that stand on two lines, or do not fit where they are typed.
_BROKEN = """() => {
    const lines = (node, found) => {
        const range = document.createRange();
        range.setStart(node, found.index);
        range.setEnd(node, found.index + found[0].length);
        return new Set([...range.getClientRects()].map(box => Math.round(box.top))).size;
    };
    const broken = [];
    for (const cell of document.querySelectorAll(".cio-question :is(th, td)")) {
        const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
        for (let node; (node = texts.nextNode());)
            for (const found of node.data.matchAll(/\\d[\\d.,]*(\\s%)?/g))
                if (lines(node, found) > 1) broken.push(cell.textContent);
        const field = cell.querySelector("input");
        if (field && field.scrollWidth > field.clientWidth) broken.push(field.value);
    }
    return broken;
}"""

# Tables of questions that move sideways and that the keyboard cannot move.
_OUT_OF_REACH = """() => [...document.querySelectorAll(".cio-question .wide")]
    .filter(box => box.scrollWidth > box.clientWidth && box.tabIndex !== 0)
    .map(box => box.textContent.slice(0, 60))"""

# What reaches past a telephone's edge, unless a box that can be moved sideways holds it.
_CUT_OFF = """() => {
    const reached = node => {
        for (let box = node.parentElement; box; box = box.parentElement) {
            const flow = getComputedStyle(box).overflowX;
            if (flow !== "visible") return flow === "auto" || flow === "scroll";
        }
        return false;
    };
    return [...document.querySelectorAll("#rendered_cells :is(table, fieldset, select, svg, p)")]
        .filter(node => node.getBoundingClientRect().right > innerWidth && !reached(node))
        .map(node => node.textContent.trim().slice(0, 60));
}"""


def _lesson(code):
    return next(lesson for lesson in LESSONS if lesson.head.code == code)


def test_a_simulation_opens_when_its_prediction_is_saved_and_shows_it_beside_the_outcome(
    page, server, question
):
    lesson = _lesson("KT1")
    _forget(server, lesson)
    _open(page, server, lesson)
    explanation, note = question(page, "giai-thich"), page.get_by_text("Phần này mở ra khi")
    expect(note).to_have_count(5)
    expect(page.locator(".cio-slider, .cio-table, .cio-chart")).to_have_count(0)
    expect(explanation).to_have_count(0)
    expect(page.locator("body")).not_to_contain_text("24,4 điểm", use_inner_text=True)
    box = question(page, "du-doan")
    box.locator("[type=text]").fill("25,5")
    expect(note).to_have_count(5)  # typed is not saved
    box.get_by_role("button", name="Trả lời").click()
    beside = page.locator(".cio-beside tbody").first.locator("td")
    expect(beside).to_have_text(["25,5 điểm", "27,0 điểm"])
    expect(page.locator(".cio-slider").first).to_be_visible()
    expect(note).to_have_count(3)  # what the second prediction opens
    expect(explanation).to_have_count(0)
    second = question(page, "du-doan-nam-xau")
    second.locator("[type=text]").fill("30")
    second.get_by_role("button", name="Trả lời").click()
    expect(explanation).to_be_visible()
    expect(note).to_have_count(0)
    box.locator("[type=text]").fill("27")
    box.get_by_role("button", name="Trả lời").click()
    expect(box.locator(".feedback")).to_contain_text("Đúng")
    _open(page, server, lesson)
    expect(beside).to_have_text(["25,5 điểm", "27,0 điểm"])  # the first one, from the file


def test_a_number_out_of_range_or_unreadable_is_told_and_changes_nothing(page, server, question):
    lesson = _lesson("KM2")
    _forget(server, lesson)
    _open(page, server, lesson)
    box = question(page, "du-doan")
    box.locator("label.option").first.click()
    box.get_by_role("button", name="Trả lời").click()
    control = page.locator(".cio-slider").first
    slider, number = control.locator("[type=range]"), control.locator("[type=text]")
    number.fill("4,5")
    number.press("Enter")
    expect(slider).to_have_value("4.5")
    for wrong in ("99", "nhiều", ""):
        number.fill(wrong)
        number.press("Enter")
        told = number.evaluate("box => box.validationMessage")
        assert told == "Hãy nhập một số từ 0 đến 12."
        expect(slider).to_have_value("4.5")


def _shows_no_code(page, lesson):
    assert page.title() == lesson.head.title
    for code in (".jp-CodeMirrorEditor", ".cm-editor", ".jp-InputArea", ".highlight"):
        expect(page.locator(f"{code}:visible:not(.jp-MarkdownCell {code})")).to_have_count(0)
    for noise in ("open_lesson", "Traceback", "Warning", "In [", "lesson."):
        expect(page.locator("body")).not_to_contain_text(noise, use_inner_text=True)
    assert page.evaluate(_SIDEWAYS) == 0
    small = """() => [...document.querySelectorAll("#rendered_cells *")].filter(node =>
        node.offsetParent && [...node.childNodes].some(c => c.nodeType === 3 && c.data.trim())
        && parseFloat(getComputedStyle(node).fontSize) < 16).map(node => node.outerHTML)"""
    assert page.evaluate(small) == []


def test_an_answer_in_a_lesson_brings_feedback_and_both_are_there_after_reload(
    page, server, question
):
    lesson, name = next(
        (lesson, block.name)
        for lesson in LESSONS
        for block in lesson.blocks
        if block.kind == "question" and block.body.exercise.kind == "single"
    )
    _forget(server, lesson)
    _open(page, server, lesson)
    box = question(page, name)
    box.locator("label.option").nth(1).click()
    expect(box.locator(".status")).to_have_text("Chưa trả lời")
    box.get_by_role("button", name="Trả lời").dblclick()
    expect(box.locator(".feedback")).not_to_be_empty()
    expect(box.locator(".status")).to_contain_text("Đã lưu")
    told = box.locator(".feedback").inner_text()
    _open(page, server, lesson)
    expect(box.locator("input").nth(1)).to_be_checked()
    expect(box.locator(".feedback")).to_have_text(told, use_inner_text=True)
    box.locator("label.option").nth(0).click()
    expect(box.locator(".feedback")).to_be_empty()  # it spoke of the other answer


def _forks(lesson):
    """Cases of a lesson whose first step has two options that lead to two further steps."""
    for block in lesson.blocks:
        if block.kind == "case":
            onward = {o.next: o for o in block.body.steps[block.body.start].options if o.next}
            if len(onward) > 1:
                yield block, list(onward.values())[:2]


def test_a_decision_opens_the_next_step_and_a_changed_one_closes_it(page, server, question):
    lesson, (block, (first, second)) = next((le, fork) for le in LESSONS for fork in _forks(le))
    _forget(server, lesson)
    _open(page, server, lesson)

    def decide(option):
        box = question(page, f"{block.name}-{block.body.start}")
        box.locator("label.option").filter(has_text=option.text[:40]).first.click()
        box.get_by_role("button", name="Trả lời").click()

    opened, other = (question(page, f"{block.name}-{option.next}") for option in (first, second))
    expect(opened).to_have_count(0)
    decide(first)
    expect(opened).to_be_visible()
    decide(second)
    expect(other).to_be_visible()
    expect(opened).to_have_count(0)
    _open(page, server, lesson)
    expect(other).to_be_visible()


def test_the_start_page_leads_to_every_lesson_and_paper(page, server, quiet):
    with quiet(page):
        page.goto(server.url("voila/render", START))
        expect(page.get_by_role("heading", name="Giám đốc CNTT – học và thi")).to_be_visible()
        links = page.locator("#rendered_cells a:not(.anchor-link)").evaluate_all(
            "links => links.map(a => a.pathname)"
        )
    prefix = "/voila/render/"
    assert {prefix + _path(lesson) for lesson in LESSONS} < set(links)
    for link in links:
        assert (server.root / link.removeprefix(prefix)).is_file()
    page.locator("#rendered_cells a:not(.anchor-link)").first.click()
    page.locator("fieldset.cio-question").first.wait_for()
    page.get_by_role("link", name="Danh sách bài học, bài thi").click()
    expect(page.get_by_role("heading", name="Giám đốc CNTT – học và thi")).to_be_visible()


def test_a_wrong_address_is_explained_in_vietnamese(page, server):
    page.goto(server.url("voila/render", "bai-hoc/khong-co.ipynb"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Không mở được trang")
