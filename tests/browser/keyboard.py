"""A keyboard and nothing else: every move of the focus must be real and be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

FARTHEST = 250  # presses of Tab; the longest page has fewer stops

_STOP = """() => {
    const at = document.activeElement;
    const style = getComputedStyle(at), box = at.getBoundingClientRect();
    const slider = at.closest(".cio-slider")?.querySelector("[type=range]");
    const moved = at !== window.stoodAt;
    window.stoodAt = at;
    const control = at.matches("a, button, input, select, textarea");
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
    const inside = box.bottom > 0 && box.top < innerHeight && box.width > 0;
    return { html: at.outerHTML.slice(0, 160), moved, seen: !control || (outlined && inside),
        part: at.closest("[data-question]")?.dataset.question ?? slider?.ariaLabel,
        left: at === document.body };
}"""
_HOLDS = "nodes => nodes.some(node => node.contains(document.activeElement))"


class Keyboard:
    """The keys of one page."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def press(self, *keys: str) -> None:
        """Press keys one after another."""
        for key in keys:
            self._page.keyboard.press(key)

    def type(self, text: str) -> None:
        """Type a text where the focus is."""
        self._page.keyboard.type(text)

    def tab(self, key: str = "Tab") -> dict[str, Any]:
        """Move the focus on, or back, and return where it stands."""
        self.press(key)
        stop: dict[str, Any] = self._page.evaluate(_STOP)
        assert stop["moved"], f"the focus is trapped at {stop['html']}"
        assert stop["seen"], f"the focus cannot be seen at {stop['html']}"
        return stop

    def leave(self, key: str = "Tab") -> set[str]:
        """Press Tab, or another key, until the page is left; questions and controls on the way."""
        stops = []
        while not stops or not stops[-1]["left"]:
            assert len(stops) < FARTHEST, f"the page cannot be left with {key}"
            stops.append(self.tab(key))
        return {stop["part"] for stop in stops} - {None}

    def reach(self, target: Locator, key: str = "Tab") -> None:
        """Press Tab, or another key, until the focus is in ``target``."""
        for _ in range(FARTHEST):
            if target.evaluate_all(_HOLDS):
                return
            self.tab(key)
        raise AssertionError(f"{target} cannot be reached with {key}")
