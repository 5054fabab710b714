"""What axe finds wrong on a page, of whatever weight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from playwright.sync_api import Page


def findings(page: Page) -> list[tuple[str, str, str]]:
    """Rule, weight and element of each finding."""
    found = Axe().run(page, {"exclude": [".cio-chart svg"]})  # a picture, described as a whole
    return [
        (rule["id"], rule["impact"], node["html"][:160])
        for rule in found.response["violations"]
        for node in rule["nodes"]
    ]
