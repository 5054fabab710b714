"""Who may open which page is told by the one table of permissions."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from sittings import STAFF, who

from centre.accounts.invitations import invite
from centre.accounts.permissions import PERMISSIONS, Role, Scope
from centre.accounts.users import add_user, the_user
from centre.portal.access import PUBLIC, SIGNED_IN

PASSWORD = "mot-cau-dai-de-nho"  # noqa: S105 - chosen in a test
SOMEBODY = {"str": "khong-co", "int": "999999", "slug": "khong-co", "path": "khong/co"}
ASKED_EVERYWHERE = {None, Role.TRAINEE, Role.OFFICER}
BY_ROLE = {role: name for name, role in STAFF.items()} | {Role.ADMINISTRATOR: "quan-tri"}


def routes(resolver=None, prefix=""):
    """Every address of the portal and its view."""
    for one in (resolver or get_resolver()).url_patterns:
        where = prefix + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from routes(one, where)
        elif isinstance(one, URLPattern):
            yield where, one.callback


ROUTES = dict(routes())


def address(where):
    """An address of a route, of something that there is not."""
    pieces = where.replace("<", "\0<").replace(">", ">\0").split("\0")
    kinds = ("str", "int", "slug", "path")
    return "/" + "".join(
        next((SOMEBODY[kind] for kind in kinds if piece.startswith(f"<{kind}:")), SOMEBODY["str"])
        if piece.startswith("<")
        else piece
        for piece in pieces
    )


@pytest.mark.parametrize("where", ROUTES)
def test_every_page_says_who_may_open_it(where):
    access = getattr(ROUTES[where], "access", None)
    assert access in {PUBLIC, SIGNED_IN} | set(PERMISSIONS)


@pytest.fixture
def everybody(portal):
    """A browser of each role, of a trainee, and of nobody."""
    with transaction.atomic():
        person = portal.enrolments()[0].person_id
        at = portal.settings.closes
        add_user(who("quan-tri"), "hoc-vien", [Role.TRAINEE], now=at, person=person)
    names = BY_ROLE | {Role.TRAINEE: "hoc-vien"}
    browsers = {None: Client(raise_request_exception=False)}
    for role, name in names.items():
        if role in ASKED_EVERYWHERE:
            the_user(name).keep_password(PASSWORD)
        browsers[role] = Client(raise_request_exception=False)
        browsers[role].force_login(the_user(name))
    return browsers


def expected(access, role):
    """Which answers the table of permissions leaves to a role at a page of what there is not."""
    if access == PUBLIC:
        return {200, 302, 400, 403, 404, 405, 415, 422}
    if role is None:
        return {302}
    if access == SIGNED_IN:
        return {200, 302, 404, 405}
    scope = PERMISSIONS[access].get(role)
    if scope is None:
        return {403}
    allowed = {200, 302, 400, 404, 405, 409, 422}
    return allowed | {403} if scope is Scope.OWN else allowed


def test_every_page_opens_to_whom_the_table_lets_in_and_fails_for_nobody(everybody):
    wrong = []
    for where, view in ROUTES.items():
        if where == "dang-xuat/":
            continue
        alike = view.access in {PUBLIC, SIGNED_IN}  # whatever the role
        for role, client in everybody.items():
            if alike and role not in ASKED_EVERYWHERE:
                continue
            for method in ("get", "post"):
                status = getattr(client, method)(address(where)).status_code
                if status not in expected(view.access, role):
                    wrong.append((where, role, method, status))
    assert wrong == []


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


def test_an_invitation_of_nobody_and_a_wrong_one_read_alike(browse):
    answers = [browse().get(f"/moi/{name}/abc-123/") for name in ("GK1", "khong-co")]
    assert {one.status_code for one in answers} == {403}
    assert len({one.content for one in answers}) == 1


def test_pages_run_nothing_but_the_portals_own_files(browse):
    answer = browse("giao-vu").get("/")
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer["X-Frame-Options"] == "DENY"
    page = answer.content.decode()
    assert " style=" not in page
    assert "<style" not in page
    assert " onclick" not in page
