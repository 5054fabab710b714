"""The page where anybody checks a certificate: by what is printed, by its QR code, by its file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.debug import sensitive_variables

from centre.portal.access import public
from centre.portal.errors import too_many
from centre.portal.public.checks import LARGEST, check_code, check_file, too_often
from centre.portal.public.forms import CodeForm, FileForm
from centre.portal.uploads import largest
from courses.foundation.dates import vietnam_time
from grading.credentials.verification import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import Form
    from django.http import HttpRequest, HttpResponse

    from grading.credentials.verification import Verification

_LOOKS = {Verdict.VALID: "good", Verdict.UNCHECKED: "warn", Verdict.SUSPENDED: "warn"}
_OVERHEAD = 10_000  # bytes of a form around a file


@largest(LARGEST + _OVERHEAD)
@public
@sensitive_variables("code")
def verify(request: HttpRequest) -> HttpResponse:
    """Check a certificate, or ask which; a QR code leads here with all that is printed."""
    if request.method == "POST" and "serial" not in request.POST:
        sent = FileForm(request.POST, request.FILES)
        if sent.is_valid():
            return _told(request, lambda: check_file(sent.cleaned_data["file"], "file"))
        return _page(request, CodeForm(), sent)
    scanned = "so-hieu" in request.GET
    if request.method != "POST" and not scanned:
        return _page(request, CodeForm(), FileForm())
    form = CodeForm(request.POST if request.method == "POST" else _printed(request))
    if not form.is_valid():
        return _page(request, form, FileForm())
    asked = form.cleaned_data
    way = "code" if request.method == "POST" else "qr"
    return _told(request, lambda: check_code(asked["serial"], asked["code"], asked["name"], way))


def _printed(request: HttpRequest) -> dict[str, str]:
    return {"serial": request.GET["so-hieu"], "code": request.GET.get("ma", "")}


def _page(request: HttpRequest, code: Form, file: Form) -> HttpResponse:
    status = 422 if code.errors or file.errors else 200
    return _private(
        render(request, "public/verify.html", {"code": code, "file": file}, status=status)
    )


def _told(request: HttpRequest, check: Callable[[], Verification]) -> HttpResponse:
    if too_often(request):
        return too_many(request)
    found = check()
    wrong_name = found.name_matches is False
    looks = "bad" if wrong_name else _LOOKS.get(found.verdict, "bad")
    context = {
        "found": found,
        "looks": looks,
        "wrong_name": wrong_name,
        "checked": vietnam_time(found.checked_at),
    }
    return _private(render(request, "public/verdict.html", context))


def _private(answer: HttpResponse) -> HttpResponse:
    """Kept by nobody, and found by no search."""
    answer["Cache-Control"] = "no-store"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer
