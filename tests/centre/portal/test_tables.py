"""Lists: filtered, sorted, paged and as a file; the same rows whichever way."""

import csv
import io
from datetime import UTC, date, datetime

import openpyxl
import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import RequestFactory

from centre.accounts.models import User
from centre.portal.pages import list_page
from centre.portal.tables import Column, Filter, Table

ROWS = [
    {"name": "Đặng Ân", "born": date(1980, 2, 1), "points": 7.5, "passed": True},
    {"name": "=HYPERLINK(1)", "born": None, "points": None, "passed": False},
    {"name": "An <b>Bình</b>", "born": date(1979, 12, 31), "points": 1234.0, "passed": True},
]
COLUMNS = [
    Column(name="ten", label="Họ và tên", value=lambda row: row["name"]),
    Column(name="sinh", label="Ngày sinh", value=lambda row: row["born"]),
    Column(name="diem", label="Điểm", value=lambda row: row["points"]),
    Column(name="dat", label="Đạt", value=lambda row: row["passed"]),
]
PASSED = Filter(
    "ket-qua",
    "Kết quả",
    [("dat", "Đạt")],
    lambda rows, _: [row for row in rows if row["passed"]],
)


def table(query="", rows=ROWS):
    return Table(QueryDict(query), COLUMNS, rows, [PASSED])


def names(query):
    return [row["name"] for row in table(query).found]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", [0, 1, 2]),
        ("sap=ten", [2, 0, 1]),
        ("sap=-sinh", [0, 2, 1]),
        ("sap=sinh", [2, 0, 1]),
        ("sap=khong-co", [0, 1, 2]),
        ("ket-qua=dat", [0, 2]),
        ("ket-qua=bia-dat", [0, 1, 2]),
        ("tim=dang+an", [0]),
        ("tim=ĐẶNG", [0]),
        ("tim=01/02/1980", [0]),
    ],
)
def test_a_list_shows_what_its_address_asks_for(query, expected):
    assert names(query) == [ROWS[at]["name"] for at in expected]


@pytest.mark.parametrize("page", ["0", "-1", "99", "x", "", "1" * 5000])
def test_a_page_that_is_not_there_is_the_nearest_that_is(page):
    rows = [{**ROWS[0], "points": at} for at in range(120)]
    shown = table(f"trang={page}", rows)
    assert len(list(shown.shown)) in {50, 20}
    assert {here for _, _, here in shown.pages} == {True, False}


def test_dates_and_numbers_are_written_as_in_vietnam():
    [first, _, third] = table().shown
    assert [cell.text for cell in first] == ["Đặng Ân", "01/02/1980", "7,5", "có"]
    assert third[2].text == "1.234,0"


def asked(query):
    request = RequestFactory().get("/", QUERY_STRING=query)
    return list_page(request, "Danh sách", Table(request.GET, COLUMNS, ROWS), name="danh-sach")


def test_a_csv_file_holds_every_row_and_no_formula():
    answer = asked("tai=csv&sap=ten")
    text = answer.content.decode("utf-8-sig")
    assert [row[0] for row in csv.reader(io.StringIO(text), delimiter=";")] == [
        "Họ và tên",
        "An <b>Bình</b>",
        "Đặng Ân",
        "'=HYPERLINK(1)",
    ]
    assert answer["Content-Disposition"] == 'attachment; filename="danh-sach.csv"'


def test_an_excel_file_holds_values_of_their_kind_and_no_formula():
    book = openpyxl.load_workbook(io.BytesIO(asked("tai=xlsx").content))
    cells = list(book.active.iter_rows())
    assert [cell.value for cell in cells[1]][:3] == ["Đặng Ân", datetime(1980, 2, 1), 7.5]  # noqa: DTZ001 - a day
    assert (cells[2][0].value, cells[2][0].data_type) == ("=HYPERLINK(1)", "s")


def test_a_cell_cannot_bring_its_own_html():
    html = render_to_string("portal/table.html", {"table": table(), "title": "Danh sách"})
    assert "&lt;b&gt;Bình&lt;/b&gt;" in html
    assert "<b>" not in html


def test_what_a_database_holds_is_sorted_and_counted_by_it(portal):  # noqa: ARG001 - its users
    columns = [Column(name="ten", label="Tên", value=lambda u: u.username, order="username")]
    users = Table(QueryDict("sap=-ten"), columns, User.objects.all())
    found = [user.username for user in users.page]
    assert found == sorted(found, reverse=True)
    assert len(found) == User.objects.count()


def test_a_moment_is_that_of_vietnam_wherever_the_server_stands():
    columns = [Column(name="luc", label="Lúc", value=lambda row: row)]
    [[cell]] = Table(QueryDict(), columns, [datetime(2026, 11, 27, 20, tzinfo=UTC)]).shown
    assert cell.text == "03:00:00 28/11/2026"
