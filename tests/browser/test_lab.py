"""The same paper in JupyterLab, where keys are shortcuts unless an input keeps them."""

import pytest
from browser.every_kind import IDS
from playwright.sync_api import expect

ACTIVE = """() => [...document.querySelectorAll(".jp-Notebook .jp-Cell")]
    .findIndex(cell => cell.classList.contains("jp-mod-active"))"""

pytestmark = pytest.mark.proof


def test_a_paper_in_lab_hides_code_saves_and_keeps_the_arrow_keys(paper, page, question, saved):
    paper.open(page, "lab/tree")
    box = question(page, IDS["single"])
    for hidden in (".jp-InputPlaceholder", ".jp-cell-toolbar", ".jp-OutputArea-promptOverlay"):
        expect(page.locator(f".jp-Notebook {hidden}:visible")).to_have_count(0)

    options = paper.form.item(IDS["single"]).variants[0].question.options
    box.locator("input").first.click()
    active = page.evaluate(ACTIVE)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(box.locator("input").nth(2)).to_be_checked()
    saved(box)
    assert page.evaluate(ACTIVE) == active

    number = question(page, IDS["numeric"])
    number.locator("input").click()
    active = page.evaluate(ACTIVE)
    page.keyboard.type("12,5")
    for key in ("ArrowUp", "ArrowUp", "ArrowDown", "ArrowDown", "ArrowDown"):
        page.keyboard.press(key)
    saved(number)
    assert number.locator("input").evaluate("input => input === document.activeElement")
    assert page.evaluate(ACTIVE) == active
    assert paper.answers == {IDS["single"]: options[2].id, IDS["numeric"]: "12,5"}


def test_a_specialists_results_are_taken_from_the_variables_of_the_notebook(
    paper, page, question, saved
):
    paper.open(page, "lab/tree")
    box = question(page, IDS["code"])
    take = box.get_by_role("button", name="Lấy kết quả")
    take.click()
    expect(box.locator(".status")).to_have_text("Sổ tay chưa có biến nào nêu trên mang một số.")
    for command in ("insert-cell-below", "enter-edit-mode"):
        page.evaluate(f"window.jupyterapp.commands.execute('notebook:{command}')")
    page.keyboard.type("tong, trung_binh = 11, 5.5")
    page.keyboard.press("Control+Enter")
    take.click()
    saved(box)
    assert paper.answers == {IDS["code"]: {"tong": "11", "trung_binh": "5,5"}}
