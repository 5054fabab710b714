"""What axe finds on the pages trainees use: nothing. Lessons are held to it when done."""

import pytest
from browser.accessibility import findings
from browser.every_kind import IDS, right_answers
from browser.hands import by_mouse
from playwright.sync_api import expect

from centre.desk.serving import START

pytestmark = pytest.mark.proof


def test_axe_finds_nothing_on_a_paper_with_every_kind_of_question_answered(
    paper, page, question, saved
):
    paper.open(page)
    for kind, answer in right_answers(paper.form).items():
        by_mouse(question(page, IDS[kind]), kind, answer)
        saved(question(page, IDS[kind]))
    malformed = question(page, IDS["numeric"])
    malformed.locator("input").fill("nhiều")
    expect(malformed.locator(".status")).to_contain_text("Hãy nhập một số")
    assert findings(page) == []


@pytest.mark.parametrize("path", [START, "bai-hoc/khong-co.ipynb"])
def test_axe_finds_nothing_on_the_start_page_and_on_a_wrong_address(path, page, server):
    page.goto(server.url("voila/render", path))
    page.locator("h1:visible").wait_for()
    assert findings(page) == []


def test_axe_does_find_a_field_without_a_label(page):
    page.set_content("<main><h1>Trang</h1><input></main>")
    assert "label" in [rule for rule, *_ in findings(page)]
