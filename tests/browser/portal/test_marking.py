"""Marking and signing as people do: by keys alone, on a telephone, without any script."""

import time

import pytest
from playwright.sync_api import expect
from sittings import (
    CODE,
    DECIDED_ON,
    RESOLUTION,
    act,
    allocate_all,
    decide,
    mark_seeds,
    queue_of,
    reopen,
)

from centre.decisions.board import draw_sheet
from centre.decisions.models import Signature
from centre.marks.desk import questions_of
from centre.marks.models import Draft, Mark, SeedMark

OVERHEAD = 15  # seconds from opening a script to its being saved, beyond reading it


@pytest.fixture
def live(graded_folder, tmp_path, portal_of):
    """The portal of a graded sitting: scripts in queues, and a sheet before the board."""
    sitting = reopen(graded_folder, tmp_path / "trung-tam")
    allocate_all(sitting)
    mark_seeds(sitting, "GK1")
    decide(sitting)
    act(draw_sheet, "giao-vu", sitting, RESOLUTION, now=DECIDED_ON)
    return portal_of(sitting)


def longest(sitting):
    """The item of a marker's queue of which most scripts wait, and their codes."""
    found = max(questions_of(sitting, "GK1"), key=lambda one: len(one.waiting))
    return found.item, found.waiting


def marks():
    """How many marks there are, of scripts and seeds."""
    return Mark.objects.count() + SeedMark.objects.count()


def test_scripts_are_marked_by_keys_alone_one_after_another(live, window, sound):
    live.enter(window, "GK1")
    item, codes = longest(live.sitting)
    page = window.new_page()
    page.goto(f"{live.url}/cham-bai/")
    sound(page)
    link = page.get_by_role("link", name=f"Chấm tiếp câu {item}")
    for _ in range(60):
        page.keyboard.press("Tab")
        if link.evaluate("link => link === document.activeElement"):
            break
    began = time.monotonic()
    page.keyboard.press("Enter")
    for code in codes[:3]:
        expect(page.get_by_role("heading", level=1)).to_contain_text(code)
        sound(page)
        criteria = page.locator(".criterion").count()
        before = marks()
        for number in range(criteria):
            page.keyboard.press(str(number % 4))
        for number in range(criteria):
            box = page.locator(".criterion").nth(number)
            expect(box.locator("input:checked")).to_have_value(str(number % 4))
        page.keyboard.press("Enter")
        expect(page.get_by_role("status").first).to_contain_text(f"Đã lưu bài {code}")
        assert marks() == before + 1
        assert time.monotonic() - began < OVERHEAD
        began = time.monotonic()


@pytest.mark.proof
def test_what_is_chosen_is_kept_as_a_draft_and_the_page_says_when(live, window):
    live.enter(window, "GK1")
    item, codes = longest(live.sitting)
    page = window.new_page()
    page.goto(f"{live.url}/cham-bai/{CODE}/{item}/{codes[0]}/")
    page.keyboard.press("2")
    expect(page.locator("#kept")).to_contain_text("Đã giữ bản nháp lúc")
    assert Draft.objects.get().allocation.code == codes[0]
    page.reload()
    expect(page.locator(".criterion").first.locator("input:checked")).to_have_value("2")


@pytest.mark.proof
@pytest.mark.parametrize("kind", ["phone", "without_scripts"])
def test_a_script_is_marked_on_a_telephone_and_without_scripts(live, sound, request, kind):
    context = request.getfixturevalue(kind)
    live.enter(context, "GK1")
    item, codes = longest(live.sitting)
    page = context.new_page()
    page.goto(f"{live.url}/cham-bai/{CODE}/{item}/")
    sound(page)
    for box in page.locator(".criterion").all():
        box.locator("input[value='1']").check()
    page.get_by_role("button", name="Lưu, sang bài sau").click()
    expect(page.get_by_role("status").first).to_contain_text(f"Đã lưu bài {codes[0]}")


@pytest.mark.proof
def test_an_empty_script_says_so_right_after_a_full_one(live, window):
    live.enter(window, "GK1")
    rows = queue_of(live.sitting, "GK1", seed=None)
    page = window.new_page()
    seen = {}
    for row in rows:
        page.goto(f"{live.url}/cham-bai/{CODE}/{row.item}/{row.code}/")
        written = page.locator(".written")
        seen[row.code] = written.inner_text() if written.count() else ""
        if not seen[row.code]:
            expect(page.get_by_text("Bài để trống.")).to_be_visible()
    assert "" in seen.values()
    assert any(seen.values())


@pytest.mark.proof
@pytest.mark.parametrize("kind", ["window", "phone"])
def test_a_member_reads_a_sheet_and_signs_it(live, sound, request, kind):
    context = request.getfixturevalue(kind)
    live.enter(context, "hoi-dong-1")
    page = context.new_page()
    page.goto(f"{live.url}/hoi-dong/")
    sound(page)
    page.get_by_role("cell").get_by_role("link").first.click()
    sound(page)
    page.locator("tbody a").first.click()
    expect(page.get_by_role("heading", name="Bằng chứng")).to_be_visible()
    sound(page)
    page.go_back()
    page.get_by_role("link", name="Ký bảng").click()
    sound(page)
    page.get_by_role("button", name="Ký bảng này").click()
    expect(page.get_by_role("status").first).to_contain_text("còn thiếu 1 chữ ký")
    assert Signature.objects.get().user.username == "hoi-dong-1"


@pytest.mark.proof
@pytest.mark.parametrize("kind", ["window", "phone"])
def test_everybody_can_use_the_pages_of_those_who_lead(live, sound, request, kind):
    context = request.getfixturevalue(kind)
    live.enter(context, "truong-cham")
    page = context.new_page()
    for where in ("", "phan-cong/", "cham-lai/", "thang-cham/"):
        page.goto(f"{live.url}/ban-cham/{CODE}/{where}")
        sound(page)
    live.enter(context, "hoi-dong-1")
    for where in ("don/", "bang/1/tra-lai/", "bang/1/khong-tham-gia/"):
        page.goto(f"{live.url}/hoi-dong/{where}")
        sound(page)
