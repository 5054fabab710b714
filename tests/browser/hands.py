"""How a mouse and a keyboard enter an answer into a question of each kind."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from browser.keyboard import Keyboard
    from playwright.sync_api import Locator

    Assigned = dict[str, str]

ONE_LINE_OR_MORE = "textarea, input[type=text]"


def by_mouse(box: Locator, kind: str, answer: Any) -> None:
    """Enter ``answer`` into the question with clicks, and keys where text is typed."""
    {
        "single": _click_options,
        "multiple": _click_options,
        "ordering": _click_up,
        "matching": _select,
        "classification": _select,
        "table": partial(_click_and_type, field=_cell),
        "code": partial(_click_and_type, field=_result),
        "decisions": _click_decisions,
    }.get(kind, _click_and_write)(box, answer)


def _click_and_write(box: Locator, answer: str) -> None:
    field = box.locator(ONE_LINE_OR_MORE)
    field.click()
    field.press_sequentially(answer)


def _click_options(box: Locator, answer: str | list[str]) -> None:
    for option in [answer] if isinstance(answer, str) else answer:
        box.locator(f"label:has(input[value={option}])").click()


def _click_up(box: Locator, answer: list[str]) -> None:
    for place, option in enumerate(answer):
        for _ in range(_order(box).index(option) - place):
            _up(box, option).click()


def _select(box: Locator, answer: Assigned) -> None:
    for option, target in answer.items():
        _menu(box, option).select_option(target)


def _click_and_type(box: Locator, answer: Assigned, field: Any) -> None:
    for name, number in answer.items():
        field(box, name).click()
        field(box, name).press_sequentially(number)


def _click_decisions(box: Locator, answer: Assigned) -> None:
    for number, option in enumerate(answer.values()):
        box.locator("fieldset").nth(number).locator(f"input[value={option}]").click()


def by_keyboard(keys: Keyboard, box: Locator, kind: str, answer: Any) -> None:
    """Enter ``answer`` without a pointer, going on from wherever the focus is."""
    {
        "single": _press_to_option,
        "multiple": _press_options,
        "ordering": _press_up,
        "matching": _press_down_menus,
        "classification": _press_down_menus,
        "table": partial(_reach_and_type, field=_cell),
        "code": partial(_reach_and_type, field=_result),
        "decisions": _press_decisions,
    }.get(kind, _reach_and_write)(keys, box, answer)


def _reach_and_write(keys: Keyboard, box: Locator, answer: str) -> None:
    keys.reach(box.locator(ONE_LINE_OR_MORE))
    keys.type(answer)


def _press_to_option(keys: Keyboard, box: Locator, answer: str) -> None:
    options = box.locator("input[type=radio]")
    keys.reach(options)
    values = options.evaluate_all("inputs => inputs.map(input => input.value)")
    keys.press("Space", *["ArrowDown"] * values.index(answer))


def _press_options(keys: Keyboard, box: Locator, answer: list[str]) -> None:
    for option in box.locator("input").evaluate_all("inputs => inputs.map(i => i.value)"):
        if option in answer:
            keys.reach(box.locator(f"input[value={option}]"))
            keys.press("Space")


def _press_up(keys: Keyboard, box: Locator, answer: list[str]) -> None:
    for place, option in enumerate(answer):
        for _ in range(_order(box).index(option) - place):
            keys.reach(_up(box, option))
            keys.press("Enter")


def _press_down_menus(keys: Keyboard, box: Locator, answer: Assigned) -> None:
    for option in box.locator("select").evaluate_all("menus => menus.map(m => m.dataset.id)"):
        menu = _menu(box, option)
        keys.reach(menu)
        targets = menu.locator("option").evaluate_all("options => options.map(o => o.value)")
        keys.press(*["ArrowDown"] * targets.index(answer[option]))


def _reach_and_type(keys: Keyboard, box: Locator, answer: Assigned, field: Any) -> None:
    for name, number in answer.items():
        keys.reach(field(box, name))
        keys.type(number)


def _press_decisions(keys: Keyboard, box: Locator, answer: Assigned) -> None:
    for number, option in enumerate(answer.values()):
        _press_to_option(keys, box.locator("fieldset").nth(number), option)


def _order(box: Locator) -> list[str]:
    return box.locator("li").evaluate_all("items => items.map(item => item.dataset.id)")


def _up(box: Locator, option: str) -> Locator:
    return box.locator(f"li[data-id={option}]").get_by_text("Lên")


def _menu(box: Locator, option: str) -> Locator:
    return box.locator(f"select[data-id={option}]")


def _cell(box: Locator, name: str) -> Locator:
    row, column = (int(part) for part in name[1:].split("c"))
    return box.locator(f"tbody tr:nth-child({row}) > :nth-child({column + 1}) input")


def _result(box: Locator, name: str) -> Locator:
    return box.get_by_label(re.compile(rf"biến {name}:"))
