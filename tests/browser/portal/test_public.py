"""A passer-by checks a certificate: a true one, a forged print, a forged file, a revoked one."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect
from sittings import DECIDED_ON, act

from centre.portal.public import checks
from centre.register.models import Entry
from centre.register.revoke import revoke

pytestmark = pytest.mark.proof


@pytest.fixture(autouse=True)
def _read_anew():
    """Each test's centre is another."""
    checks._read.clear()  # noqa: SLF001 - as above


@pytest.mark.parametrize("kind", ["window", "phone", "without_scripts"])
def test_a_passer_by_finds_out_what_a_paper_is_worth(live, sound, request, tmp_path, kind):
    page = request.getfixturevalue(kind).new_page()
    entry = Entry.objects.get()
    verdict = page.locator(".verdict .label")

    def ask(serial, code, name=""):
        page.goto(f"{live.url}/tra-cuu/")
        page.get_by_label("Số hiệu").fill(serial)
        page.get_by_label("Mã xác minh").fill(code)
        page.get_by_label("Họ và tên").fill(name)
        page.get_by_role("button", name="Tra cứu").click()

    page.goto(f"{live.url}/tra-cuu/")
    sound(page)
    page.get_by_role("button", name="Kiểm tra tệp").click()
    page.goto(f"{live.url}/tra-cuu/?so-hieu={entry.serial}&ma={entry.verification_code}")
    expect(verdict).to_have_text("Hợp lệ")
    expect(page.locator("dl.facts")).to_contain_text(entry.programme)
    sound(page)
    ask(entry.serial, entry.verification_code.lower(), entry.full_name)
    expect(page.locator("dl.facts")).to_contain_text("họ tên vừa nhập khớp sổ")
    ask(entry.serial, entry.verification_code, "Nguyễn Văn Sửa")
    expect(verdict).to_have_text("Họ tên không khớp sổ")
    sound(page)
    ask(entry.serial, "0000-0000-0000-0000")
    expect(verdict).to_have_text("Không có trong sổ")
    sound(page)
    [original] = live.sitting.centre.certificates.glob("*.pdf")
    forged = tmp_path / "sua.pdf"
    forged.write_bytes(original.read_bytes().replace(b"%%EOF", b"%%EOF ") + b"\n")
    for file, label in ((original, "Hợp lệ"), (forged, "Không phải bản gốc")):
        page.goto(f"{live.url}/tra-cuu/")
        page.get_by_label("Tệp chứng chỉ").set_input_files(file)
        page.get_by_role("button", name="Kiểm tra tệp").click()
        expect(verdict).to_have_text(label)
    later = DECIDED_ON + timedelta(days=1)
    act(revoke, "van-thu", entry, "gian-lan", "Quyết định giả định số 1", now=later)
    ask(entry.serial, entry.verification_code)
    expect(verdict).to_have_text("Đã thu hồi")
    sound(page)
