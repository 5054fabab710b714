"""The first page: where each user may go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render

from centre.portal.access import Request, public, signed_in

if TYPE_CHECKING:
    from django.http import HttpRequest


@signed_in
def home(request: Request) -> HttpResponse:
    """The user's own page, with what the roles open."""
    return render(request, "portal/home.html")


@signed_in
def who(request: Request) -> HttpResponse:
    """Whose session it is, by number; for a server of lessons that stands behind this sign-in."""
    return JsonResponse({"user": request.user.pk}, headers={"Cache-Control": "no-store"})


@public
def health(_request: HttpRequest) -> HttpResponse:
    """Whether the portal and its database answer; for whoever watches the service."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")
