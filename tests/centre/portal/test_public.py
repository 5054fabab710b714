# ruff: noqa: ARG001 - a portal that is there need not be named again
"""Checking a certificate in public: one verdict, little of its holder, never too often."""

import html
import statistics
import time
import zlib
from datetime import timedelta

import pytest
import schemathesis
from django.conf import settings as hosts
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, given, settings
from sittings import DECIDED_ON, act

from centre.portal.public import checks
from centre.register.models import CheckCount, Entry
from centre.register.revoke import revoke

schemathesis.serializer.alias("application/pdf", "application/octet-stream")
PAGE, API = "/tra-cuu/", "/api/v1/certificates/"


@pytest.fixture
def portal(certified_portal):
    """Certificates are out, and nobody has checked any."""
    checks._read.clear()  # noqa: SLF001 - each test's centre is another
    return certified_portal


@pytest.fixture
def entry(portal):
    return Entry.objects.get()


@pytest.fixture
def original(portal):
    [path] = portal.centre.certificates.glob("*.pdf")
    return path.read_bytes()


def read(answer):
    return html.unescape(answer.content.decode())


def by_code(serial, code, name=""):
    return Client().post(PAGE, {"serial": serial, "code": code, "name": name})


def by_file(content):
    return Client().post(PAGE, {"file": SimpleUploadedFile("chung-chi.pdf", content)})


def test_a_print_is_checked_by_its_code_and_shows_what_was_certified(entry):
    page = read(by_code(entry.serial, entry.verification_code))
    assert "Hợp lệ" in page
    assert entry.programme in page
    assert entry.issued_on.strftime("%d/%m/%Y") in page
    assert entry.full_name not in page
    assert entry.birth_date.strftime("%d/%m/%Y") not in page


def test_the_address_in_the_qr_code_gives_the_same(entry):
    answer = Client().get(PAGE, {"so-hieu": entry.serial, "ma": entry.verification_code})
    assert "Hợp lệ" in read(answer)
    assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("no-store", "noindex, nofollow")


def test_a_print_with_another_name_does_not_look_valid(entry):
    page = read(by_code(entry.serial, entry.verification_code, "Nguyễn Giả Mạo"))
    assert "Họ tên không khớp sổ" in page
    assert 'class="verdict bad"' in page
    assert "Hợp lệ" not in page
    assert "khớp sổ" in read(by_code(entry.serial, entry.verification_code, entry.full_name))


def test_the_original_file_is_valid_and_one_with_a_byte_more_is_not(original):
    assert "Hợp lệ" in read(by_file(original))
    assert "Không phải bản gốc" in read(by_file(original + b" "))
    assert "Không có trong sổ" in read(by_file(b"%PDF-1.7 khac"))
    assert "Tệp rỗng" in read(by_file(b""))


def test_a_revocation_shows_at_once_with_day_and_reason(entry, original):
    assert "Hợp lệ" in read(by_file(original))
    act(revoke, "van-thu", entry, "gian-lan", "Quyết định 1", now=DECIDED_ON + timedelta(days=1))
    page = read(by_file(original))
    assert "Đã thu hồi" in page
    assert "Hợp lệ" not in page


def test_a_register_that_was_edited_is_not_believed(entry, original):
    by_file(original)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE centre_entry SET full_name = 'Nguyễn Giả Mạo'")
    page = read(by_code(entry.serial, entry.verification_code))
    assert "Không kiểm tra được" in page
    assert "cio" not in page.partition("<main")[2].replace(entry.serial, "")


def test_a_wrong_code_and_an_unknown_serial_read_alike(entry):
    wrong = by_code(entry.serial, "0000-0000-0000-0000")
    unknown = by_code("CIO-2026-99999", entry.verification_code)
    without_time = [read(one).partition("Tra cứu lúc")[0] for one in (wrong, unknown)]
    assert without_time[0].count("Không có chứng chỉ nào") == 1
    assert len({page[page.index("<main") :] for page in without_time}) == 1


def test_a_wrong_code_takes_no_longer_than_an_unknown_serial(entry, monkeypatch):
    checks.check_code(entry.serial, entry.verification_code, "", "code")
    took = {entry.serial: [], "CIO-2026-99999": []}
    for _ in range(60):
        for serial, times in took.items():
            began = time.thread_time()
            checks.check_code(serial, "0000-0000-0000-0000", "", "code")
            times.append(time.thread_time() - began)
    wrong, unknown = (statistics.median(times) for times in took.values())
    assert abs(wrong - unknown) < max(0.25 * unknown, 0.001)


def test_one_address_may_ask_thirty_times_a_minute(portal):
    answers = [by_code("CIO-2026-00001", "x").status_code for _ in range(31)]
    assert answers == [200] * 30 + [429]
    assert (
        Client(REMOTE_ADDR="192.0.2.7")
        .post(PAGE, {"serial": "CIO-2026-00001", "code": "x"})
        .status_code
        == 200
    )


def test_every_check_is_counted_and_nothing_else_is_kept(entry, original):
    by_code(entry.serial, entry.verification_code)
    by_code(entry.serial, "x")
    by_code(entry.serial, "x")
    by_file(original)
    counted = {(one.way, one.verdict): one.checks for one in CheckCount.objects.all()}
    assert counted == {("code", "VALID"): 1, ("code", "UNKNOWN"): 2, ("file", "VALID"): 1}


def test_a_form_half_filled_says_which_field_and_is_no_check(portal):
    answer = by_code("", "")
    assert answer.status_code == 422
    assert 'aria-describedby="id_serial_helptext id_serial_error"' in answer.content.decode()
    assert not CheckCount.objects.exists()


def test_a_file_that_is_too_large_is_not_read(portal):
    assert by_file(b"0" * 1_100_000).status_code == 413
    assert Client().post(API, b"0" * 1_100_000, content_type="application/pdf").status_code == 413


BOMBS = {
    "streams that swell": b"".join(
        b"stream\n" + zlib.compress(b"CIO-2026-00001 " * 70_000) for _ in range(400)
    ),
    "streams without end": b"stream\n" * 120_000,
    "serials without end": b"CIO-2026-00001" * 70_000,
    "a stream in every stream": zlib.compress(b"0" * 900_000_0, 0)[:990_000],
}


@pytest.mark.parametrize("content", BOMBS.values(), ids=BOMBS)
def test_a_file_made_to_tire_us_is_answered_soon(portal, content):
    began = time.process_time()
    assert by_file(content[:990_000]).status_code == 200
    assert time.process_time() - began < 5


def test_programs_get_the_same_answers(entry, original):
    where = f"{API}{entry.serial}"
    answer = Client().get(where, {"code": entry.verification_code, "name": entry.full_name})
    assert answer.json()["verdict"] == "VALID"
    assert answer.json()["name_matches"] is True
    assert entry.full_name not in answer.content.decode()
    wrong = Client().get(where, {"code": "0000"})
    assert (wrong.status_code, wrong.json()["verdict"]) == (404, "UNKNOWN")
    sent = Client(enforce_csrf_checks=True).post(API, original, content_type="application/pdf")
    assert sent.json()["facts"]["serial"] == entry.serial
    assert Client().get(where).status_code == 400
    assert Client().get(API).status_code == 405


@pytest.mark.proof
def test_no_request_makes_the_interface_for_programs_fail(portal, monkeypatch):
    monkeypatch.setattr("centre.portal.public.api.too_often", lambda _request: False)
    hosts.ALLOWED_HOSTS = ["localhost"]
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler())
    asked = []
    for operation in schema.get_all_operations():
        cases = operation.ok().as_strategy()

        @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
        @given(cases)
        def ask(case):
            answer = case.call(headers={"Accept-Encoding": "identity"})
            asked.append(answer.status_code)
            case.validate_response(answer)

        ask()
    assert max(asked) < 500
    assert len(asked) >= 80
