"""How a hand and a keyboard answer a question of each kind."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from browser.every_kind import ESSAY, question

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page


def by_mouse(box: Locator, kind: str, answer: Any) -> None:
    """Enter ``answer`` into the question with clicks, and keys where text is typed."""
    {
        "single": _pick,
        "multiple": _pick,
        "ordering": _order,
        "matching": partial(_assign, kind=kind),
        "classification": partial(_assign, kind=kind),
        "table": _fill,
        "decisions": _decide,
    }.get(kind, _type)(box, answer)


def _type(box: Locator, answer: str) -> None:
    field = box.locator("textarea, input[type=text]")
    field.click()
    field.press_sequentially(answer)


def _pick(box: Locator, answer: str | list[str]) -> None:
    for option in [answer] if isinstance(answer, str) else answer:
        box.locator(f"label:has(input[value={option}])").click()


def _order(box: Locator, answer: list[str]) -> None:
    for place, option in enumerate(answer):
        shown = box.locator("li").evaluate_all("items => items.map(item => item.dataset.id)")
        for _ in range(shown.index(option) - place):
            box.locator(f"li[data-id={option}]").get_by_text("Lên").click()


def _assign(box: Locator, answer: dict[str, str], kind: str) -> None:
    ids = [option.id for option in question(kind).options]
    for option, target in answer.items():
        box.locator("select").nth(ids.index(option)).select_option(target)


def _fill(box: Locator, answer: dict[str, str]) -> None:
    for cell, number in answer.items():
        row, column = (int(part) for part in cell[1:].split("c"))
        field = box.locator(f"tbody tr:nth-child({row}) > :nth-child({column + 1}) input")
        field.click()
        field.press_sequentially(number)


def _decide(box: Locator, answer: dict[str, str]) -> None:
    for number, option in enumerate(answer.values()):
        box.locator("fieldset").nth(number).locator(f"input[value={option}]").click()


TYPED = {"numeric": "-7,25", "short": "bàn giao", "essay": ESSAY}


def by_keyboard(page: Page, box: Locator, kind: str) -> Any:
    """Answer without a pointer, from wherever the focus is; return the answer to expect."""
    tab_into(page, box)
    return {
        "single": _pick_second,
        "multiple": _pick_first_and_third,
        "ordering": _move_first_to_third,
        "matching": partial(_assign_all_to_first, kind=kind),
        "classification": partial(_assign_all_to_first, kind=kind),
        "table": _fill_first_and_third,
        "decisions": _decide_for_first,
    }.get(kind, partial(_type_keys, kind=kind))(page)


def tab_into(page: Page, box: Locator) -> None:
    """Press Tab until the focus is in ``box``."""
    for _ in range(150):
        if box.evaluate("box => box.contains(document.activeElement)"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("the question cannot be reached with the Tab key")


def _press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def _type_keys(page: Page, kind: str) -> str:
    page.keyboard.type(TYPED[kind])
    return TYPED[kind]


def _pick_second(page: Page) -> str:
    _press(page, "Space", "ArrowDown")
    return question("single").options[1].id


def _pick_first_and_third(page: Page) -> list[str]:
    _press(page, "Space", "Tab", "Tab", "Space")
    ids = [option.id for option in question("multiple").options]
    return [ids[0], ids[2]]


def _move_first_to_third(page: Page) -> list[str]:
    _press(page, "Enter", "Enter")  # the button keeps the focus while its entry moves down
    first, second, third, *rest = (option.id for option in question("ordering").options)
    return [second, third, first, *rest]


def _assign_all_to_first(page: Page, kind: str) -> dict[str, str]:
    asked = question(kind)
    _press(page, *["ArrowDown", "Tab"] * len(asked.options))
    return dict.fromkeys((option.id for option in asked.options), asked.targets[0].id)


def _fill_first_and_third(page: Page) -> dict[str, str]:
    page.keyboard.type("1,5")
    _press(page, "Tab", "Tab")
    page.keyboard.type("2")
    return {"r1c2": "1,5", "r2c2": "2"}


def _decide_for_first(page: Page) -> dict[str, str]:
    steps = question("decisions").steps
    first = steps["mot"].options[0]
    _press(page, "Space", "Tab", "Space")
    return {"mot": first.id, first.next: steps[first.next].options[0].id}
