"""Pages that are alike everywhere: a list, a form, a question before what cannot be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render

from centre.portal.exports import as_file
from centre.portal.tables import FILE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.forms import Form
    from django.http import HttpRequest, HttpResponse

    from centre.portal.tables import Table


def list_page(
    request: HttpRequest,
    title: str,
    table: Table,
    *,
    name: str,
    trail: Sequence[tuple[str, str]] = (),
    template: str = "portal/list.html",
    **more: Any,
) -> HttpResponse:
    """A list with its filters and pages, or the file that the address asks for.

    Args:
        request: what was asked.
        title: heading of the page and caption of the table.
        table: the list.
        name: of the file, without its ending.
        trail: breadcrumbs: label and address of each page above this one.
        template: extends ``portal/list.html`` where there is more to the page.
        more: what else the template shows; ``note`` and ``actions`` (label, address) are known.
    """
    file = as_file(table, name, request.GET.get(FILE, ""))
    if file is not None:
        return file
    context = {"title": title, "table": table, "trail": trail, **more}
    return render(request, template, context)


def form_page(
    request: HttpRequest,
    title: str,
    form: Form,
    *,
    button: str,
    trail: Sequence[tuple[str, str]] = (),
    template: str = "portal/form_page.html",
    **more: Any,
) -> HttpResponse:
    """A form on a page of its own; status 422 where what was sent has errors.

    Args:
        request: what was asked.
        title: heading.
        form: bound or not.
        button: what sending it does, in words.
        trail: breadcrumbs; the last is where “Thôi” leads.
        template: extends ``portal/form_page.html`` where there is more to the page.
        more: what else the template shows; ``note`` and ``danger`` are known.
    """
    context = {"title": title, "form": form, "button": button, "trail": trail, **more}
    return render(request, template, context, status=422 if form.errors else 200)


def confirm_page(
    request: HttpRequest,
    title: str,
    warning: str,
    *,
    button: str,
    trail: Sequence[tuple[str, str]],
    **more: Any,
) -> HttpResponse:
    """A question before something is done; the view acts when it is posted to.

    Args:
        request: what was asked.
        title: what is about to be done.
        warning: what that means, and whether it can be undone.
        button: the deed in words.
        trail: breadcrumbs; the last is where “Thôi” leads.
        more: what else the template shows: ``facts`` (label to value) of what it is done to,
            ``sent`` (name to value) to be sent along, ``danger`` for a button that warns.
    """
    context = {"title": title, "warning": warning, "button": button, "trail": trail, **more}
    return render(request, "portal/confirm.html", context)
