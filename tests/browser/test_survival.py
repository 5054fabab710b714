"""Answers outlive killed kernels, full disks and second windows; what is lost is said."""

import os
import re
import resource
import shutil
import signal
import time

import pytest
from browser.every_kind import ESSAY, IDS, right_answers
from browser.hands import by_mouse
from playwright.sync_api import expect

from assessments.bank.item import mark
from grading.autograde import grade
from grading.gradebook.scores import read_scores

pytestmark = pytest.mark.proof

UNSAVED = re.compile("^CHƯA LƯU ĐƯỢC: .* Hãy chép lại câu trả lời nếu dài, rồi tải lại trang")
ANSWERED = ("single", "ordering", "numeric", "table", "essay")


def test_a_killed_kernel_loses_no_acknowledged_answer_and_the_marks_are_theirs(
    paper, page, server, question, saved
):
    wanted = right_answers(paper.form)
    paper.open(page)
    for kind in ANSWERED:
        by_mouse(question(page, IDS[kind]), kind, wanted[kind])
        saved(question(page, IDS[kind]))
    os.kill(server.kernel_pid(), signal.SIGKILL)
    short = question(page, IDS["short"])
    by_mouse(short, "short", wanted["short"])
    expect(short.locator(".status")).to_have_text(UNSAVED)

    paper.open(page)
    for kind in ANSWERED:
        saved(question(page, IDS[kind]))
    expect(question(page, IDS["essay"]).locator("textarea")).to_have_value(ESSAY)
    saved(short)  # typed after the kernel had died: the browser's own draft is sent on reopening
    expect(short.locator("input")).to_have_value(wanted["short"])
    assert paper.answers == {IDS[kind]: wanted[kind] for kind in (*ANSWERED, "short")}
    assert _marks(paper) == {
        item.id: float(mark(item.variant(0), paper.answers.get(item.id)).points)
        for item in paper.form.items
    }


def _marks(paper):
    """Hand the folder in and grade it; points by item."""
    sitting, form = paper.server.sitting, paper.form
    target = sitting.course.path("submitted", "CIO26-001", form.code)
    shutil.copytree(paper.folder, target)
    (outcome,) = grade(sitting.course, form.code, {form.code: form})
    assert (outcome.state, outcome.altered) == ("graded", ())
    scores = read_scores(sitting.course)
    return dict(zip(scores["cell"], scores["score"], strict=True))


def test_the_second_window_on_a_paper_is_refused_and_told_and_the_first_answer_stands(
    paper, window, question, saved
):
    first, second = window.new_page(), window.new_page()
    paper.open(first)
    paper.open(second)
    by_mouse(question(first, IDS["short"]), "short", "nghiệm thu")
    saved(question(first, IDS["short"]))
    by_mouse(question(second, IDS["short"]), "short", "bàn giao")
    refused = question(second, IDS["short"]).locator(".status")
    expect(refused).to_have_text(UNSAVED)
    expect(refused).to_contain_text("Câu này vừa được sửa ở cửa sổ khác.")
    assert paper.answers == {IDS["short"]: "nghiệm thu"}
    paper.open(second)
    expect(question(second, IDS["short"]).locator("input")).to_have_value("nghiệm thu")
    by_mouse(question(second, IDS["single"]), "single", right_answers(paper.form)["single"])
    saved(question(second, IDS["single"]))


def test_what_cannot_be_written_is_said_to_be_unsaved_until_it_can(
    paper, page, server, question, saved
):
    paper.open(page)
    box, kernel = question(page, IDS["short"]), server.kernel_pid()
    by_mouse(box, "short", "nghiệm")
    saved(box)
    # A file size limit of 0 refuses every byte, like a full disk, and binds root as well.
    limits = resource.prlimit(kernel, resource.RLIMIT_FSIZE)
    resource.prlimit(kernel, resource.RLIMIT_FSIZE, (0, limits[1]))
    by_mouse(box, "short", " thu")
    expect(box.locator(".status")).to_have_text(UNSAVED)
    assert paper.answers == {IDS["short"]: "nghiệm"}
    resource.prlimit(kernel, resource.RLIMIT_FSIZE, limits)
    by_mouse(box, "short", "!")
    saved(box)
    assert paper.answers == {IDS["short"]: "nghiệm thu!"}


def test_a_reply_that_comes_too_late_is_believed_only_for_what_it_stored(
    paper, page, server, question, saved
):
    paper.open(page)
    box, kernel = question(page, IDS["short"]), server.kernel_pid()
    os.kill(kernel, signal.SIGSTOP)
    by_mouse(box, "short", "nghiệm")
    expect(box.locator(".status")).to_have_text(UNSAVED)
    by_mouse(box, "short", " thu")
    expect(box.locator(".status")).to_have_text("Đang lưu…")
    os.kill(kernel, signal.SIGCONT)
    saved(box)
    expect(box.locator("input")).to_have_value("nghiệm thu")
    assert paper.answers == {IDS["short"]: "nghiệm thu"}


@pytest.mark.usefixtures("kernels_end")
def test_staying_on_a_page_with_an_unsaved_text_loses_nothing_and_saves_on(
    paper, chromium, server, question, saved
):
    context = chromium.new_context()
    context.on("dialog", lambda dialog: dialog.dismiss())
    page = context.new_page()
    paper.open(page)
    box, kernel = question(page, IDS["essay"]), server.kernel_pid()
    os.kill(kernel, signal.SIGSTOP)
    box.locator("textarea").press_sequentially(ESSAY)
    with page.expect_event("dialog"):
        page.evaluate("setTimeout(() => location.reload())")
    os.kill(kernel, signal.SIGCONT)
    box.locator("textarea").press_sequentially(" Hết.")
    saved(box)
    assert paper.answers == {IDS["essay"]: f"{ESSAY} Hết."}
    context.close()


def test_leaving_a_page_ends_its_kernel(paper, page, server):
    paper.open(page)
    assert len(server.kernels()) == 1
    page.goto("about:blank")
    deadline = time.monotonic() + 20
    while server.kernels() and time.monotonic() < deadline:
        page.wait_for_timeout(200)
    assert server.kernels() == []
