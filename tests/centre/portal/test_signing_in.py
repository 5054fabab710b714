"""Signing in: guesses, second factors, sessions and where they lead; all of it in Vietnamese."""

# ruff: noqa: ARG001 - a portal that is there need not be named again

import gettext
import html
import re
from datetime import timedelta
from pathlib import Path

import allauth
import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.utils import timezone

from centre.accounts.users import the_user

PASSWORD = "mot-cau-dai-de-nho"  # noqa: S105 - chosen in a test
WRONG = "khong-phai-mat-khau"
ACTIVATE, AUTHENTICATE, CODES = "/xac-thuc/ung-dung/", "/xac-thuc/", "/xac-thuc/ma/"


# Words that no Vietnamese sentence has, whichever library says them.
PLAIN_ENGLISH = re.compile(
    r"\b(the|this|these|your|you|must|is|are|not|at least|password|please|invalid|error|field)\b",
    re.IGNORECASE,
)


def text_of(answer):
    """What somebody reads on a page: its texts and what stands in its fields."""
    page = answer.content.decode()
    named = re.findall(r'(?:placeholder|title|alt|aria-label|value)="([^"]*)"', page)
    body = re.sub(r"<(style|script)[^>]*>.*?</\1>", "", page, flags=re.DOTALL)
    pieces = [html.unescape(one).strip() for one in [*re.split(r"<[^>]*>", body), *named]]
    return [one for one in pieces if one]


def english():
    """Every sentence and word that allauth would say."""
    catalogue = next(Path(allauth.__file__).parent.glob("locale/de/LC_MESSAGES/django.mo"))
    with catalogue.open("rb") as file:
        known = gettext.GNUTranslations(file)._catalog  # noqa: SLF001 - to read what there is
    found = [key[0] if isinstance(key, tuple) else key for key in known]
    return {
        re.sub(r"%\(\w+\)s|\{\w+\}", "", one.rpartition("\4")[2]).strip() for one in found if one
    }


ENGLISH = {one for one in english() if one.isascii() and one not in {"Menu", "Email"}}


def speaks_english(answer):
    pieces = text_of(answer)
    told = [
        (piece, one)
        for piece in pieces
        for one in ENGLISH
        if piece == one or (" " in one and one in piece)
    ]
    return told + [(piece, "") for piece in pieces if PLAIN_ENGLISH.search(piece)]


def test_allauth_has_sentences_that_a_page_could_show():
    assert {"Username", "Incorrect code.", "Too many failed login attempts. Try again later."} <= (
        ENGLISH
    )


@pytest.fixture
def with_telephone(sign_in, code_of, secret_of):
    """Sign in and set up a second factor; the browser and the secret."""

    def set_up(name):
        client, _ = sign_in(name)
        again = f"/xac-nhan-lai/?next={ACTIVATE}"
        secret = secret_of(client.post(again, {"password": PASSWORD}, follow=True))
        assert client.post(ACTIVATE, {"code": code_of(secret)})["Location"] == CODES
        return client, secret

    return set_up


@pytest.fixture
def secret_of():
    """The secret that the page shows to be typed in."""

    def read(answer):
        return re.search(r'class="secret">(\w+)<', answer.content.decode())[1]

    return read


def test_no_page_of_signing_in_says_anything_in_english(strict, sign_in, code_of, secret_of):
    seen = []

    def look(answer, expected=200):
        assert answer.status_code == expected, (answer.status_code, answer.get("Location"))
        seen.append(answer)
        return answer

    stranger = Client()
    look(stranger.get("/dang-nhap/"))
    look(stranger.post("/dang-nhap/", {}))
    look(stranger.post("/dang-nhap/", {"login": "a" * 999, "password": "x"}))
    look(stranger.get("/ngung-hoat-dong/"))
    client, answer = sign_in("giao-vu", WRONG)
    look(answer)
    client, answer = sign_in("giao-vu")
    assert answer["Location"] == "/"
    assert client.get("/")["Location"] == ACTIVATE
    look(client.get(ACTIVATE, follow=True))  # the password once more
    look(client.post(f"/xac-nhan-lai/?next={ACTIVATE}", {"password": WRONG}))
    page = look(client.post(f"/xac-nhan-lai/?next={ACTIVATE}", {"password": PASSWORD}, follow=True))
    look(client.post(ACTIVATE, {"code": "000000"}))
    look(client.post(ACTIVATE, {"code": ""}))
    done = client.post(ACTIVATE, {"code": code_of(secret_of(page))}, follow=True)
    look(done)
    assert "Mã dự phòng" in done.content.decode()
    for where in ("/", "/xac-thuc/hai-lop/", CODES, f"{CODES}moi/", f"{CODES}tai/"):
        look(client.get(where))
    look(client.post(f"{CODES}moi/", follow=True))
    look(client.get("/mat-khau/"))
    look(client.post("/mat-khau/", {"oldpassword": WRONG, "password1": "ngan", "password2": "x"}))
    changed = {"oldpassword": PASSWORD, "password1": f"{PASSWORD}-moi"}
    look(client.post("/mat-khau/", {**changed, "password2": "khac-hoan-toan"}))
    look(client.post("/mat-khau/", {**changed, "password2": f"{PASSWORD}-moi"}, follow=True))
    look(client.get("/xac-thuc/ung-dung/bo/"))
    look(client.get("/xac-nhan-lai/", follow=True))  # by the code alone, now that there is one
    look(client.post("/xac-thuc/lai/", {"code": "000000"}))
    look(client.get("/dang-xuat/"))
    look(client.post("/dang-xuat/", follow=True))
    client, answer = sign_in("giao-vu", f"{PASSWORD}-moi")
    assert answer["Location"].startswith(AUTHENTICATE)
    look(client.get(AUTHENTICATE))
    for _ in range(8):
        answer = client.post(AUTHENTICATE, {"code": "000000"})
    look(answer)
    assert "Sai quá nhiều lần" in answer.content.decode()
    assert [one for answer in seen for one in speaks_english(answer)] == []
    assert [a.request["PATH_INFO"] for a in seen if 'class="message error"' in a.content.decode()]


def test_a_code_is_needed_at_every_sign_in_and_serves_once(
    strict, sign_in, code_of, with_telephone
):
    _, secret = with_telephone("giao-vu")
    here, _ = sign_in("giao-vu")
    assert here.get("/")["Location"].startswith("/dang-nhap/")
    code = code_of(secret)
    assert here.post(AUTHENTICATE, {"code": code}).status_code == 302
    assert here.get("/").status_code == 200
    there, _ = sign_in("giao-vu")
    assert there.post(AUTHENTICATE, {"code": code}).status_code == 200  # it was used
    assert there.post(AUTHENTICATE, {"code": code_of(secret, 1)}).status_code == 302


def test_a_recovery_code_stands_in_for_the_telephone_once(strict, sign_in, with_telephone):
    client, _ = with_telephone("van-thu")
    page = client.get(CODES).content.decode()
    [code, *_] = re.findall(r"<li><code>(\w+)</code>", page)
    for expected in (302, 200):
        again, _ = sign_in("van-thu")
        assert again.post(AUTHENTICATE, {"code": code}).status_code == expected


@pytest.mark.parametrize("name", ["quan-tri", "giao-vu", "truong-cham", "hoi-dong-1", "van-thu"])
def test_who_decides_gets_nowhere_without_a_second_factor(strict, sign_in, name):
    client, _ = sign_in(name)
    assert client.get("/")["Location"] == ACTIVATE
    assert client.get("/xac-thuc/hai-lop/")["Location"] == ACTIVATE


@pytest.mark.parametrize("name", ["coi-thi", "GK1", "kiem-toan"])
def test_others_may_do_without_one(strict, sign_in, name):
    client, _ = sign_in(name)
    assert client.get("/").status_code == 200


def test_secrets_of_second_factors_are_stored_sealed(strict, with_telephone):
    _, secret = with_telephone("giao-vu")
    stored = b"".join(path.read_bytes() for path in strict.centre.folder.glob("centre.db*"))
    assert b"mfa_authenticator" in stored
    assert secret.encode() not in stored


def test_seven_wrong_guesses_lock_one_user_and_nobody_else_behind_the_address(portal, sign_in):
    for _ in range(7):
        _, answer = sign_in("GK1", WRONG)
        assert "không đúng" in answer.content.decode()
    _, answer = sign_in("GK1")
    assert (answer.status_code, "Sai quá nhiều lần" in answer.content.decode()) == (200, True)
    for name in ("GK2", "GK3", "coi-thi", "kiem-toan"):
        assert sign_in(name)[1].status_code == 302


@pytest.mark.proof
def test_a_hall_behind_one_address_signs_in_within_a_minute(portal):
    for at in range(40):
        answer = Client().post("/dang-nhap/", {"login": f"khong-co-{at}", "password": WRONG})
        assert "không đúng" in answer.content.decode()
    assert portal


def test_a_wrong_name_and_a_wrong_password_read_alike(portal, sign_in):
    _, known = sign_in("GK1", WRONG)
    unknown = Client().post("/dang-nhap/", {"login": "khong-co-ai", "password": WRONG})
    assert [one for one in text_of(known) if "không đúng" in one] == [
        one for one in text_of(unknown) if "không đúng" in one
    ]


def test_signing_in_takes_a_session_of_its_own(portal):
    the_user("GK1").keep_password(PASSWORD)
    client = Client()
    client.cookies["sessionid"] = "a" * 32  # fixed by somebody else beforehand
    client.post("/dang-nhap/", {"login": "GK1", "password": PASSWORD})
    assert client.cookies["sessionid"].value != "a" * 32
    assert not Session.objects.filter(pk="a" * 32).exists()
    before = client.cookies["sessionid"].value
    client.post("/dang-xuat/")
    thief = Client()
    thief.cookies["sessionid"] = before
    assert thief.get("/").status_code == 302


def test_another_password_ends_the_other_sessions(portal, sign_in):
    here, _ = sign_in("GK1")
    there, _ = sign_in("GK1")
    new = f"{PASSWORD}-moi"
    here.post("/mat-khau/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert (here.get("/").status_code, there.get("/").status_code) == (200, 302)


def test_a_session_ends_after_half_a_day(portal, sign_in):
    client, _ = sign_in("GK1")
    session = Session.objects.get(pk=client.cookies["sessionid"].value)
    assert session.expire_date <= timezone.now() + timedelta(hours=12)
    session.expire_date = timezone.now() - timedelta(seconds=1)
    session.save()
    assert client.get("/").status_code == 302


@pytest.mark.parametrize(
    "elsewhere",
    ["https://example.org/", "//example.org", "/\\example.org", "javascript:alert(1)", "http:///a"],
)
def test_signing_in_leads_nowhere_but_here(portal, sign_in, elsewhere):
    _, answer = sign_in("GK1", next=elsewhere)
    assert answer["Location"] == "/"


def test_signing_in_leads_back_to_where_one_was(portal, sign_in):
    assert sign_in("GK1", next="/mat-khau/")[1]["Location"] == "/mat-khau/"


def test_who_has_left_is_not_let_in(portal, sign_in):
    user = the_user("GK1")
    user.keep_password(PASSWORD)
    client = Client()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE centre_user SET is_active = false WHERE username = 'GK1'")
    answer = client.post("/dang-nhap/", {"login": "GK1", "password": PASSWORD})
    assert client.get("/").status_code == 302
    assert speaks_english(answer) == []


def test_a_form_from_another_site_is_refused(portal):
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/dang-nhap/", {"login": "GK1", "password": PASSWORD})
    assert (answer.status_code, "Chưa gửi được" in answer.content.decode()) == (403, True)
