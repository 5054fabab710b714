"""Deeds that a person answers for by name: who does one has lately proved again who they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.decorators import reauthentication_required

from centre.database import the_centre

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase


def signature(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Ask again who it is, by the second factor, where the centre wants one of those who decide."""
    proved: Callable[..., HttpResponseBase] = reauthentication_required(view, enabled=_strict)
    return proved


def _strict(_request: HttpRequest) -> bool:
    return the_centre().settings.second_factor
