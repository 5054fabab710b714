"""How much a page takes in: nothing is read, let alone kept, of what is larger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from centre.portal.errors import too_large

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse, HttpResponseBase

LARGEST: Final = 2_000_000  # bytes, for every page that does not say otherwise


class UploadMiddleware:
    """Refuses a body that is too large before anything, even the check of its form, reads it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on; Django calls ``process_view`` when it knows the page."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, _args: Any, _options: Any
    ) -> HttpResponse | None:
        """A page that says how much would be taken; None when it is not too much."""
        largest = getattr(view, "largest", LARGEST)
        stated = request.META.get("CONTENT_LENGTH") or "0"
        if stated.isdecimal() and int(stated) <= largest:
            return None
        return too_large(request, largest)


def largest(
    size: int,
) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Let a page take in ``size`` bytes; put it above who may open it."""

    def mark(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        marked: Any = view
        marked.largest = size
        return view

    return mark
