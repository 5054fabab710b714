"""Signing in as people do, and what the pages of it are like."""

from playwright.sync_api import expect


def test_somebody_signs_in_and_out(live, window, sound):
    page = window.new_page()
    page.goto(live.url)
    sound(page)
    live.sign_in(page, "giao-vu")
    expect(page.get_by_role("heading", name="Trang đầu")).to_be_visible()
    sound(page)
    page.get_by_role("link", name="Đăng xuất").click()
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.locator("[name=password]")).to_be_visible()
