"""The scripts of question and panel in a real browser, with a host that only listens."""

import json
from pathlib import Path

import pytest
from browser.every_kind import IDS, build_form
from playwright.sync_api import expect

import assessments.papers
import courses.widgets
from courses.widgets.question_view import view

QUESTION = Path(courses.widgets.__file__).parent / "browser" / "question.js"
PANEL = Path(assessments.papers.__file__).parent / "panel.js"

# Loads a script anew for each widget, as a notebook's host does, and renders it on a model.
HOST = """async ({ source, models }) => {
    globalThis.sent = [];
    globalThis.hosts = [];
    for (const given of models) {
        const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
        const script = (await import(url)).default;
        const heard = {};
        const host = {
            get: (name) => given[name],
            on: (name, act) => { (heard[name] ??= []).push(act); },
            send: (message) => globalThis.sent.push(message),
            tell: (name, message) => (heard[name] ?? []).forEach((act) => act(message)),
            given,
        };
        const el = document.createElement("div");
        document.body.append(el);
        script.render({ model: host, el });
        globalThis.hosts.push(host);
    }
}"""


@pytest.fixture
def page(chromium):
    """An empty page at an address, so that it may keep drafts."""
    context = chromium.new_context(locale="vi-VN")
    made = context.new_page()
    made.route("http://trang.thu/", lambda route: route.fulfill(body="<!doctype html><body>"))
    made.goto("http://trang.thu/")
    yield made
    context.close()


def ask(page, *kinds, **more):
    form = build_form()
    models = [
        {**view(form.item(IDS[kind]).variant(0).question, kind), "draft_key": kind, **more}
        for kind in kinds
    ]
    page.evaluate(HOST, {"source": QUESTION.read_text("utf-8"), "models": models})


def tell(page, message, host=0, name="msg:custom"):
    page.evaluate(f"hosts[{host}].tell({json.dumps(name)}, {json.dumps(message)})")


def sent(page, kind="save"):
    return [one for one in page.evaluate("sent") if one["type"] == kind]


def test_no_two_fields_of_a_page_share_an_id_or_a_group_however_coarse_its_clock(page):
    page.evaluate("Date.now = () => 0")
    ask(page, "single", "decisions", "short", "numeric", "essay", "single", "short")
    ids = page.eval_on_selector_all("[id]", "nodes => nodes.map(node => node.id)")
    assert len(ids) == len(set(ids))
    groups = page.eval_on_selector_all(
        "fieldset:has(> div > label input[type=radio])",
        "sets => sets.map(s => s.querySelector('input[type=radio]').name)",
    )
    assert len(groups) == len(set(groups)) == 3


@pytest.mark.proof
def test_typing_without_a_rest_is_sent_within_five_seconds(page):
    ask(page, "essay")
    page.locator("textarea").focus()
    for _ in range(60):
        page.keyboard.type("a", delay=100)
    assert sent(page)


def test_an_essay_over_its_words_says_so_while_it_is_written(page):
    ask(page, "essay")
    page.locator("textarea").fill("từ " * 120)
    expect(page.locator(".count")).to_contain_text("VƯỢT 20 TỪ")


@pytest.mark.proof
def test_what_was_not_confirmed_is_sent_again_by_itself_and_kept_for_a_reload(page):
    ask(page, "short")
    page.locator("input").fill("nghiệm thu")
    page.locator("input").blur()
    expect(page.locator(".status")).to_contain_text("CHƯA LƯU ĐƯỢC", timeout=8000)
    page.wait_for_function("sent.length > 1")
    assert {one["value"] for one in sent(page)} == {"nghiệm thu"}
    page.reload()
    ask(page, "short")
    expect(page.locator("input")).to_have_value("nghiệm thu")
    [again] = sent(page)
    tell(page, {"type": "saved", "request": again["request"], "message": "Đã lưu", "revision": 1})
    page.reload()
    ask(page, "short")
    expect(page.locator("input")).to_have_value("")


def test_a_draft_older_than_what_the_server_has_is_offered_and_not_sent(page):
    ask(page, "short")
    page.locator("input").fill("bản cũ")
    page.reload()
    ask(page, "short", value="bản mới", revision=3, note="Đã lưu", note_state="saved")
    expect(page.locator("input")).to_have_value("bản mới")
    assert sent(page) == []
    page.get_by_role("button", name="Lưu bản chưa lưu của tôi").click()
    assert [(one["value"], one["revision"]) for one in sent(page)] == [("bản cũ", 3)]


def panel(page, minutes=30, **more):
    questions = [
        {"id": f"C{n}", "number": n, "state": "blank", "flagged": False} for n in range(1, 4)
    ]
    now = page.evaluate("Date.now()")
    parts = [
        {"competency": "QL1", "here": True, "total": 3, "answered": 0},
        {"competency": "QL2", "here": False, "total": 4, "answered": 1},
    ]
    model = {
        "waiting": False,
        "questions": questions,
        "parts": parts,
        "due": now + minutes * 60_000,
        "standing": {"state": "", "words": ""},
        **more,
    }
    page.evaluate(HOST, {"source": PANEL.read_text("utf-8"), "models": [model]})
    return now


@pytest.mark.parametrize("hours", [3, -4])
def test_a_wrong_clock_in_the_browser_ends_nothing_and_hands_nothing_in(page, hours):
    now = page.evaluate("Date.now()")
    page.evaluate(f"const now = Date.now; Date.now = () => now() + {hours * 3_600_000}")
    panel(page, due=now + 60_000)
    tell(page, {"type": "time", "now": now, "over": False})
    page.wait_for_timeout(1500)
    expect(page.locator(".cio-clock")).to_contain_text("Còn lại 00:00:5")
    page.evaluate("const later = Date.now; Date.now = () => later() + 7_200_000")
    page.wait_for_timeout(1500)
    assert sent(page, "submit") == []
    expect(page.get_by_role("button", name="Nộp bài")).to_be_enabled()


def test_the_panel_locks_on_the_servers_word_alone_and_unlocks_on_it(page):
    now = panel(page)
    tell(page, {"type": "time", "now": now, "over": True})
    expect(page.get_by_role("button", name="Nộp bài")).to_be_disabled()
    assert len(sent(page, "submit")) == 1
    tell(page, {"type": "time", "now": now, "over": False})
    expect(page.locator(".cio-clock")).to_contain_text("Còn lại")


def test_the_panel_counts_the_whole_paper_and_warns_of_what_is_not_saved(page):
    panel(page)
    expect(page.locator(".cio-panel > p").first).to_contain_text(
        "Đã trả lời 1/7 câu của cả bài thi"
    )
    ask(page, "short")
    page.locator("input[type=text]").fill("chưa gửi")
    page.get_by_role("button", name="Nộp bài").click()
    expect(page.locator(".sure")).to_contain_text("Còn 6 câu chưa trả lời trong cả bài thi")
    expect(page.locator(".sure")).to_contain_text("CÓ 1 CÂU TRÊN TRANG NÀY CHƯA LƯU")


def test_marking_a_question_and_handing_in_keep_the_focus_where_it_belongs(page):
    panel(page)
    mark = page.get_by_label("Câu 2: xem lại")
    mark.check()
    page.evaluate("hosts[0].given.questions[1].flagged = true")
    tell(page, None, name="change:questions")
    assert mark.evaluate("node => node === document.activeElement")
    page.get_by_role("button", name="Nộp bài").click()
    page.get_by_role("button", name="Nộp ngay").click()
    assert page.locator(".handed").evaluate("node => node === document.activeElement")


def test_the_panel_shows_how_the_paper_stands_when_that_changes(page):
    panel(page, standing={"state": "saved", "words": "ĐÃ NỘP lúc 10:00."})
    expect(page.locator(".handed")).to_have_text("ĐÃ NỘP lúc 10:00.")
    words = "ĐÃ NỘP lúc 10:00. SAU ĐÓ BÀI ĐÃ THAY ĐỔI"
    page.evaluate(f"hosts[0].given.standing = {json.dumps({'state': 'changed', 'words': words})}")
    tell(page, None, name="change:standing")
    expect(page.locator(".handed")).to_have_text(words)
