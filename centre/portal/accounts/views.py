"""Choosing a password by a one-time link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters

from centre.accounts.invitations import choose_password, invited
from centre.portal.access import public
from centre.portal.accounts.forms import ChooseForm

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


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
