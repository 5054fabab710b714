"""Signing in as people do, and what the pages of it are like."""

import base64
import time

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from playwright.sync_api import expect

from centre.configuration import SETTINGS
from centre.database import open_centre
from centre.portal.running import link
from centre.sittings.sitting import open_sitting

PASSWORD = "mot-cau-dai-de-nho"  # noqa: S105 - chosen in a test


@pytest.fixture
def live(certified, portal_of):
    """The portal of a centre that wants two factors of those who decide."""
    stated = certified.centre.folder / SETTINGS
    text = stated.read_text("utf-8").replace("second_factor = false", "second_factor = true")
    stated.write_text(text, "utf-8")
    return portal_of(open_sitting(open_centre(certified.centre.folder), certified.record.code))


def code_of(secret, steps=0):
    """What an application on a telephone shows."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    totp = TOTP(key, 6, hashes.SHA1(), 30, enforce_key_length=False)  # noqa: S303 - as they do
    return totp.generate(int(time.time()) + 30 * steps).decode()


def press(page, name):
    page.get_by_role("button", name=name).click()


@pytest.mark.proof
@pytest.mark.parametrize("kind", ["window", "phone", "without_scripts"])
def test_an_officer_signs_in_with_two_factors_whatever_the_browser(live, sound, request, kind):
    page = request.getfixturevalue(kind).new_page()
    page.goto(live.url)
    sound(page)
    live.sign_in(page, "giao-vu", "khong-phai-mat-khau", known=PASSWORD)
    expect(page.get_by_role("alert")).to_contain_text("không đúng")
    sound(page)
    live.sign_in(page, "giao-vu")
    expect(page.get_by_role("heading", name="Xác nhận lại")).to_be_visible()
    sound(page)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    press(page, "Tiếp tục")
    expect(page.get_by_role("heading", name="Gắn ứng dụng xác thực")).to_be_visible()
    assert page.locator(".qr").evaluate("image => image.complete && image.naturalWidth > 100")
    sound(page)
    secret = page.locator(".secret").inner_text()
    page.get_by_label("Mã xác thực").fill(code_of(secret, -1))
    press(page, "Gắn ứng dụng")
    expect(page.get_by_role("heading", name="Mã dự phòng")).to_be_visible()
    expect(page.locator(".codes li")).to_have_count(10)
    sound(page)
    page.get_by_role("link", name="Xong").click()
    expect(page.get_by_role("heading", name="Trang đầu")).to_be_visible()
    sound(page)
    page.get_by_role("link", name="giao-vu").click()
    sound(page)
    page.get_by_role("link", name="Đổi mật khẩu").click()
    press(page, "Đổi mật khẩu")
    sound(page)
    page.goto(f"{live.url}/xac-thuc/ma/moi/")
    sound(page)
    page.goto(f"{live.url}/xac-thuc/ung-dung/bo/")
    sound(page)
    page.get_by_role("link", name="Đăng xuất").click()
    sound(page)
    press(page, "Đăng xuất")
    live.sign_in(page, "giao-vu")
    expect(page.get_by_role("heading", name="Xác thực lớp thứ hai")).to_be_visible()
    page.get_by_label("Mã xác thực").fill("000000")
    press(page, "Đăng nhập")
    expect(page.locator(".field .error")).to_contain_text("Mã không đúng")
    sound(page)
    page.get_by_label("Mã xác thực").fill(code_of(secret, 1))
    press(page, "Đăng nhập")
    expect(page.get_by_role("heading", name="Trang đầu")).to_be_visible()
    page.goto(f"{live.url}/khong-co/")
    sound(page)


def test_an_invited_user_chooses_a_password_and_enters(live, window, sound):
    page = window.new_page()
    page.goto(live.url + link("GK1", live.invite("GK1")))
    sound(page)
    page.get_by_label("Mật khẩu mới").fill("ngan")
    page.get_by_label("Nhập lại").fill("khac")
    press(page, "Đặt mật khẩu")
    expect(page.locator(".error").first).to_be_visible()
    sound(page)
    page.get_by_label("Mật khẩu mới").fill(PASSWORD)
    page.get_by_label("Nhập lại").fill(PASSWORD)
    press(page, "Đặt mật khẩu")
    live.sign_in(page, "GK1")
    expect(page.get_by_role("heading", name="Trang đầu")).to_be_visible()
