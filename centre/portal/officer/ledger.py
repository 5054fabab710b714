"""The ledger, searched by whoever may read it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms

from centre.accounts.permissions import require
from centre.ledger.kinds import KIND_NAMES, kind_name
from centre.ledger.search import lines
from centre.portal.access import Request, page
from centre.portal.pages import list_page
from centre.portal.tables import Column, Table

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpResponse

_COLUMNS = (
    Column(name="so", label="Dòng", value=lambda line: line.number, order="number"),
    Column(name="luc", label="Lúc", value=lambda line: line.at, order="number"),
    Column(name="nguoi", label="Người làm", value=lambda line: line.actor, order="actor"),
    Column(name="viec", label="Việc", value=lambda line: kind_name(line.kind), order="kind"),
    Column(name="doi-tuong", label="Đối tượng", value=lambda line: line.subject, order="subject"),
    Column(name="ma", label="Mã băm", value=lambda line: line.digest[:12], sorts=False),
)


class SearchForm(forms.Form):
    """Conditions that lines meet, all of them."""

    person = forms.CharField(label="Mã người, số báo danh", required=False, max_length=64)
    actor = forms.CharField(label="Người làm", required=False, max_length=64)
    kind = forms.ChoiceField(
        label="Loại việc",
        required=False,
        choices=[("", "Tất cả"), *sorted(KIND_NAMES.items(), key=lambda one: one[1])],
    )
    since = forms.DateField(label="Từ ngày", required=False)
    until = forms.DateField(label="Đến ngày", required=False)


@page("ledger.read")
def listed(request: Request) -> HttpResponse:
    """Lines by person, actor, kind and time, the latest first."""
    require(request.actor, "ledger.read")
    form = SearchForm(request.GET)
    told = form.cleaned_data if form.is_valid() else {}
    found = lines(
        person=told.get("person", ""),
        actor=told.get("actor", ""),
        kind=told.get("kind", ""),
        since=_moment(told.get("since")),
        until=_moment(told.get("until")),
    )
    table = Table(request.GET, _COLUMNS, found.order_by("-number"), search=_search)
    return list_page(
        request,
        "Sổ nhật ký",
        table,
        name="so-nhat-ky",
        template="officer/ledger.html",
        conditions=form,
    )


def _moment(day: date | None) -> datetime | None:
    return None if day is None else datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a day of Việt Nam's, as the search takes it


def _search(rows: Any, text: str) -> Any:
    return rows.filter(subject__icontains=text)
