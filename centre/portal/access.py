"""Who may open a page: the same table of permissions that the doors ask."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse

from centre.accounts.permissions import Role, require
from centre.accounts.users import actor_of
from centre.database import the_centre

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse, HttpResponseBase

    from centre.accounts.actors import Actor
    from centre.accounts.models import User

PUBLIC: Final = "public"
SIGNED_IN: Final = "signed in"

# Whose signature, decision or power weighs most: a password alone does not open their pages.
TWO_FACTORS = frozenset((Role.ADMINISTRATOR, Role.OFFICER, Role.LEAD, Role.BOARD, Role.REGISTRAR))

View = "Callable[..., HttpResponseBase]"


class Request(HttpRequest):
    """A request of somebody who signed in."""

    user: User
    actor: Actor


class ActorMiddleware:
    """Gives each request the user as a door knows them, with the roles held now."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        """Look the roles up once, when a page first asks."""
        request.actor = actor_of(request.user) if request.user.is_authenticated else None
        return self.get_response(request)


def public(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Mark a page that anybody may open."""
    return _mark(view, PUBLIC)


def signed_in(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Make a page one for whoever signed in, whatever their roles."""

    @wraps(view)
    def guarded(request: Request, *args: Any, **options: Any) -> HttpResponseBase:
        return _elsewhere(request) or view(request, *args, **options)

    return _mark(guarded, SIGNED_IN)


def page(
    action: str, owner: Callable[..., str | None] = lambda *_args, **_options: None
) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Make a page one for those whom the table of permissions lets do ``action``.

    Args:
        action: its row in the table.
        owner: from the request and the address's parts, whose own affair it is: a person or a
            user. It must not tell whether what is asked for exists.
    """

    def guard(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def guarded(request: Request, *args: Any, **options: Any) -> HttpResponseBase:
            if elsewhere := _elsewhere(request):
                return elsewhere
            require(request.actor, action, owner(request, *args, **options))
            return view(request, *args, **options)

        return _mark(guarded, action)

    return guard


def _mark(view: Callable[..., HttpResponseBase], access: str) -> Callable[..., HttpResponseBase]:
    marked: Any = view
    marked.access = access
    return view


def _elsewhere(request: Request) -> HttpResponseRedirect | None:
    """Where somebody is sent who has not signed in, or not with all that their roles need."""
    if not request.user.is_authenticated:
        where = urlencode({"next": request.get_full_path()})
        return HttpResponseRedirect(f"{reverse(settings.LOGIN_URL)}?{where}")
    if needs_second_factor(request):
        return HttpResponseRedirect(reverse("mfa_activate_totp"))
    return None


def needs_second_factor(request: Request) -> bool:
    """Whether this user's roles need a second factor that is not set up yet.

    Where it is set up, allauth does not let anybody in without it.
    """
    if not the_centre().settings.second_factor or not request.actor.roles & TWO_FACTORS:
        return False
    from allauth.mfa.utils import is_mfa_enabled  # noqa: PLC0415 - needs the applications ready

    return not is_mfa_enabled(request.user)
