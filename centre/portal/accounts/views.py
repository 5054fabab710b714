"""Choosing a password by a one-time link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account import views as account
from allauth.mfa.base import views as second
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters

from centre.accounts.invitations import choose_password, invited
from centre.accounts.permissions import ROLE_NAMES
from centre.portal.access import Request, public
from centre.portal.accounts.forms import ChooseForm
from courses.foundation.errors import DeniedError

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse, HttpResponseBase


@public
@sensitive_post_parameters()
def accept(request: HttpRequest, user: str, token: str) -> HttpResponse:
    """Let an invited user choose a password, then sign in with it."""
    who = invited(user, token)
    form = ChooseForm(who, request.POST or None)
    if request.method == "POST" and form.is_valid():
        choose_password(who, form.cleaned_data["password"])
        messages.success(request, "Đã đặt mật khẩu. Mời đăng nhập.")
        return HttpResponseRedirect(reverse("account_login"))
    return render(request, "account/accept.html", {"form": form, "username": user})


def account_page(request: Request) -> HttpResponseBase:
    """The user's own account: roles, password, second factor."""
    roles = sorted(ROLE_NAMES[role] for role in request.actor.roles)
    return second.IndexView.as_view(extra_context={"roles": roles})(request)


def change_password(request: Request) -> HttpResponseBase:
    """Change the password; whoever never had one gets a link for the first."""
    if not request.user.has_usable_password():
        raise DeniedError("tài khoản chưa có mật khẩu; xin giáo vụ cấp liên kết đặt mật khẩu")
    return account.password_change(request)


def prove_again(request: HttpRequest) -> HttpResponseBase:
    """Prove by the password who one is; whoever has a second factor does so by its code alone."""
    if request.user.is_authenticated and is_mfa_enabled(request.user):
        query = f"?{request.GET.urlencode()}" if request.GET else ""
        return HttpResponseRedirect(f"{reverse('mfa_reauthenticate')}{query}")
    return account.reauthenticate(request)
