"""A lesson done from its start to its end with the keyboard alone, each reaction awaited."""

from __future__ import annotations

import importlib
import re
from typing import TYPE_CHECKING, Any

from browser.every_kind import ESSAY
from browser.hands import by_keyboard
from playwright.sync_api import expect

from assessments.bank.answering import right
from assessments.bank.item import Variant
from courses.exercise import present
from courses.widgets.controls import SliderBox

if TYPE_CHECKING:
    from browser.keyboard import Keyboard
    from playwright.sync_api import Locator, Page

    from courses.lesson import Block, CaseStep, Lesson

_SHOWN = """() => [...document.querySelectorAll(".cio-table, .cio-chart")]
    .map(part => part.getAttribute("aria-label") ?? part.innerText).join("|")"""

# Asked at every frame: an expectation asks at growing intervals, which add up over a lesson.
_TOLD = """id => {
    const box = document.querySelector(`[data-question="${id}"]`);
    return box.querySelector(".status").textContent.startsWith("Đã lưu")
        && box.querySelector(".feedback").textContent;
}"""


def walk(page: Page, keys: Keyboard, lesson: Lesson) -> list[str]:
    """Do every block in reading order; return what was done: questions and controls."""
    does = {"question": _question, "case": _case, "simulation": _simulation}
    return [done for block in lesson.blocks for done in does[block.kind](page, keys, lesson, block)]


def all_to_do(page: Page) -> list[str]:
    """What there is to do on the page: questions and controls, in order."""
    return page.locator("fieldset.cio-question, .cio-slider [type=range]").evaluate_all(
        "parts => parts.map(part => part.dataset.question ?? part.ariaLabel)"
    )


def _question(page: Page, keys: Keyboard, lesson: Lesson, block: Block) -> list[str]:
    asked, key = present(block.body.exercise, block.name, seed=lesson.head.code)
    answer: Any = ESSAY
    if asked.kind != "essay":  # the opening dilemma has no right answer
        answer = right(Variant(asked, key, 1)) if key.correct else asked.options[0].id
    _answer(keys, _box(page, block.name), asked.kind, answer)
    return [block.name]


def _case(page: Page, keys: Keyboard, _lesson: Lesson, block: Block) -> list[str]:
    done, step = [], block.body.start
    while step is not None:
        done.append(f"{block.name}-{step}")
        box = _box(page, done[-1])
        expect(box).to_be_visible()
        option, step = _onward(box, block.body.steps[step])
        _answer(keys, box, "single", option)
    return done


def _onward(box: Locator, step: CaseStep) -> tuple[str, str | None]:
    """The option shown that leads on, if any does, and where it leads."""
    chosen = next((option for option in step.options if option.next), step.options[0])
    words = re.sub(r"[*\s]+", " ", chosen.text).strip()
    label = box.locator("label.option").filter(has_text=words)
    return label.locator("input").get_attribute("value"), chosen.next


def _answer(keys: Keyboard, box: Locator, kind: str, answer: Any) -> None:
    by_keyboard(keys, box, kind, answer)
    button = box.locator(".foot button")
    keys.reach(button)
    keys.press("Enter")
    box.page.wait_for_function(_TOLD, arg=box.get_attribute("data-question"))
    expect(button).to_be_focused()


def _simulation(page: Page, keys: Keyboard, lesson: Lesson, block: Block) -> list[str]:
    controls = [part for part in _view(block).children if isinstance(part, SliderBox)]
    # It opens when its prediction is saved: what it shows arrives part by part.
    upto = lesson.blocks[: lesson.blocks.index(block) + 1]
    shown = sum(_pictures(_view(each)) for each in upto if each.kind == "simulation")
    page.wait_for_function(
        f"count => ({_SHOWN})().split('|').filter(Boolean).length >= count", arg=shown
    )
    for control in controls:
        _move(page, keys, control)
    return [control.label for control in controls]


def _view(block: Block) -> Any:
    return importlib.import_module(f"courses.widgets.simulations.{block.name}").view()


def _pictures(widget: Any) -> int:
    """How many charts and tables a view shows."""
    own = re.search('class="cio-(table|chart)"', str(getattr(widget, "value", "")))
    return bool(own) + sum(map(_pictures, getattr(widget, "children", ())))


def _move(page: Page, keys: Keyboard, control: SliderBox) -> None:
    """Push the slider to an end, then type the old number: the figures go and come back."""
    before = page.evaluate(_SHOWN)
    keys.reach(page.get_by_role("slider", name=control.label, exact=True))
    keys.press("Home" if control.value == control.max else "End")
    page.wait_for_function(f"before => ({_SHOWN})() !== before", arg=before)
    keys.reach(page.get_by_role("textbox", name=control.label, exact=True))
    keys.press("Control+A")
    keys.type(f"{control.value:g}".replace(".", ","))
    keys.press("Enter")
    page.wait_for_function(f"before => ({_SHOWN})() === before", arg=before)


def _box(page: Page, question_id: str) -> Locator:
    return page.locator(f'fieldset[data-question="{question_id}"]')
