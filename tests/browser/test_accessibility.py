"""What axe finds on the pages trainees use: nothing serious, nothing critical."""

import pytest
from playwright.sync_api import expect

from courses.lesson import lesson_paths

axe = pytest.importorskip(
    "axe_playwright_python.sync_playwright", reason="needs the package axe-playwright-python"
)
pytestmark = pytest.mark.xdist_group("browser")


def _grave(page):
    found = axe.Axe().run(page).response["violations"]
    return [
        (rule["id"], node["target"], node["failureSummary"])
        for rule in found
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]


def test_axe_finds_nothing_grave_on_a_paper_with_every_kind_of_question(paper, page):
    paper.open(page)
    assert _grave(page) == []


def test_axe_finds_nothing_grave_on_a_lesson(page, server):
    page.goto(server.url("voila/render", f"bai-hoc/{lesson_paths()[0].stem}.ipynb"))
    expect(page.locator(".cio-slider").first).to_be_visible()
    assert _grave(page) == []
