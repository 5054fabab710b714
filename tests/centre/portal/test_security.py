"""What strangers try: headers, templates, files outside, swelling bodies; what HTTPS needs."""

# ruff: noqa: ARG001 - a portal that is there need not be named again

import pytest
from django.core.checks import run_checks
from django.test import Client

from centre.portal.serving import HTTPS, configure, portal_key


def test_nothing_is_left_to_warn_of_when_https_stands_before_us(portal, monkeypatch):
    monkeypatch.setenv(HTTPS, "1")
    # Browser tests of the same process set it, and a portal never does.
    monkeypatch.delenv("DJANGO_ALLOW_ASYNC_UNSAFE", raising=False)
    configure(portal.centre)
    try:
        assert [str(one) for one in run_checks(include_deployment_checks=True)] == []
        answer = Client().get("/suc-khoe/", HTTP_X_FORWARDED_PROTO="https", HTTP_HOST="localhost")
        assert answer["Strict-Transport-Security"].startswith("max-age=31536000")
        assert Client().get("/suc-khoe/", HTTP_HOST="localhost").status_code == 301
    finally:
        monkeypatch.delenv(HTTPS)
        configure(portal.centre)


def test_the_portals_secret_is_its_owners_alone(portal):
    assert portal_key(portal.centre.keys) == portal_key(portal.centre.keys)
    assert (portal.centre.keys / "portal.key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "path",
    [
        "/static/../centre.toml",
        "/static/%2e%2e/%2e%2e/settings.py",
        "/static/portal/..%2f..%2f..%2fsettings.py",
        "/static//etc/passwd",
        "/static/portal/portal.css%00.txt",
        "/static/..\\..\\settings.py",
    ],
)
def test_no_address_leads_to_a_file_outside(portal, path):
    answer = Client().get(path)
    assert answer.status_code in {302, 404}


@pytest.mark.parametrize(
    "typed", ["{{ 7*7 }}", "{% debug %}", "<script>alert(1)</script>", "${7*7}"]
)
def test_what_is_typed_is_shown_as_typed(portal, typed):
    page = Client().post("/tra-cuu/", {"serial": typed * 2, "code": ""}).content.decode()
    assert "<script>alert" not in page
    assert "49" not in page.partition("<main")[2].partition("portal")[0]
    login = Client().post("/dang-nhap/", {"login": typed, "password": "x"}).content.decode()
    assert "<script>alert" not in login


@pytest.mark.parametrize("name", ["a\r\nSet-Cookie: x=1", "a\nb", "a\0b"])
def test_no_header_is_made_of_what_is_typed(portal, name):
    answer = Client().get("/dang-nhap/", {"next": f"/{name}"})
    assert answer.status_code == 200
    answer = Client().get(f"/{name}")
    assert "x=1" not in str(answer.headers.get("Set-Cookie", ""))
    assert "\n" not in answer.get("Location", "")


def test_a_host_that_is_not_ours_is_refused_in_vietnamese(portal):
    answer = Client(HTTP_HOST="example.org").get("/dang-nhap/")
    assert answer.status_code == 400


def test_a_body_that_is_too_large_is_refused_unread(portal):
    answer = Client().post("/dang-nhap/", {"login": "a" * 3_000_000, "password": "x"})
    assert (answer.status_code, "Tệp quá lớn" in answer.content.decode()) == (413, True)


def test_too_many_fields_are_refused(portal):
    answer = Client().post("/dang-nhap/", {f"f{at}": "x" for at in range(2000)})
    assert answer.status_code == 400


@pytest.mark.parametrize("length", ["-1", "1e9", "x"])
def test_a_length_that_is_no_number_is_refused(portal, length):
    answer = Client().post("/dang-nhap/", {"login": "a"}, CONTENT_LENGTH=length)
    assert answer.status_code == 413


def test_a_cookie_cannot_be_read_by_scripts_nor_sent_from_elsewhere(portal):
    answer = Client().get("/dang-nhap/")
    assert answer.cookies["csrftoken"]["samesite"] == "Lax"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
