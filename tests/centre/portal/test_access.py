"""Who may open which page is told by the one table of permissions."""

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver
from sittings import who

from centre.accounts.invitations import invite
from centre.accounts.permissions import PERMISSIONS
from centre.portal.access import PUBLIC, SIGNED_IN

PASSWORD = "mot-cau-dai-de-nho"  # noqa: S105 - chosen in a test


def routes(resolver=None, prefix=""):
    """Every address of the portal and its view."""
    for one in (resolver or get_resolver()).url_patterns:
        where = prefix + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from routes(one, where)
        elif isinstance(one, URLPattern):
            yield where, one.callback


ROUTES = dict(routes())


@pytest.mark.parametrize("where", ROUTES)
def test_every_page_says_who_may_open_it(where):
    access = getattr(ROUTES[where], "access", None)
    assert access in {PUBLIC, SIGNED_IN} | set(PERMISSIONS)


def test_who_has_not_signed_in_is_sent_to_do_so_and_back(browse):
    answer = browse().get("/")
    assert (answer.status_code, answer["Location"]) == (302, "/dang-nhap/?next=%2F")
    assert browse("giao-vu").get("/").status_code == 200


def test_an_invitation_is_used_once(portal, browse):
    with transaction.atomic():
        token = invite(who("quan-tri"), "GK1", now=portal.settings.closes)
    link = f"/moi/GK1/{token}/"
    chosen = {"password": PASSWORD, "again": PASSWORD}
    assert browse().post(link, chosen)["Location"] == "/dang-nhap/"
    client = browse()
    assert client.post("/dang-nhap/", {"login": "GK1", "password": PASSWORD}).status_code == 302
    assert client.get("/").status_code == 200
    again = browse().post(link, chosen)
    assert again.status_code == 403
    assert "liên kết đã dùng" in again.content.decode()


def test_pages_run_nothing_but_the_portals_own_files(browse):
    answer = browse("giao-vu").get("/")
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer["X-Frame-Options"] == "DENY"
