"""The specialist track from roster to certificate: who is admitted, what is asked, what is said."""

import io
from dataclasses import replace
from datetime import date, timedelta

import pypdf
import pytest
from openpyxl import Workbook
from sittings import (
    CLOSES,
    DECIDED_ON,
    OPENS,
    PREPARED_ON,
    SETTINGS,
    act,
    approve,
    decide,
    enter_passes,
    issue,
    people,
    reopen,
)

from centre.ledger.check import check
from centre.people.enrol import compare, enrol
from centre.people.models import Letter, Programme
from centre.people.rosters import bring, draft
from centre.register.models import Entry
from centre.sittings.prepare import earlier_forms, prepare
from centre.sittings.settings import read_settings
from cohort_data.rosters.roster import read_roster
from cohort_data.rosters.schema import STANDING, TITLES
from courses.foundation.errors import ContentError
from grading.gradebook.course import make_course

CODE_HERE, LATER = "ct-2026", timedelta(days=30)
HEADINGS = (
    "Mã học viên",
    "Họ và tên",
    "Ngày sinh",
    "Chức vụ",
    "Cơ quan",
    *map(TITLES.get, STANDING),
)
FIT = ("Đại học", "Tin học", "Từ xa", "Văn phòng Sở", "", "15/QĐ-SXD", date(2026, 2, 3))


def row(number, standing=FIT):
    name = "Trần Thị " + "ABCDE"[number]
    return (
        f"CT26-{number:03}",
        name,
        date(1988, 5, 1 + number),
        "Chuyên viên",
        "Sở Xây dựng tỉnh Lào Cai",
        *standing,
    )


@pytest.fixture
def roster(tmp_path):
    """A file of one who is fit and three who are not, each for a reason of their own."""
    book = Workbook()
    for line in (
        HEADINGS,
        row(0),
        row(1, ("Cao đẳng", *FIT[1:])),
        row(2, (*FIT[:4], "Trung tâm CNTT", *FIT[5:])),
        row(3, (*FIT[:5], "", "")),
    ):
        book.active.append(line)
    path = tmp_path / "chuyen-trach.xlsx"
    book.save(path)
    return path


@pytest.fixture(scope="module")
def specialists_folder(prepared_folder, tmp_path_factory):
    """A centre that has prepared a sitting of CIOs, and then one of specialists."""
    earlier = reopen(prepared_folder, tmp_path_factory.mktemp("chuyen-trach") / "trung-tam")
    stated = read_settings(SETTINGS).model_copy(
        update={
            "code": CODE_HERE,
            "track": "chuyen-trach",
            "opens": OPENS + LATER,
            "closes": CLOSES + LATER,
        }
    )
    act(prepare, "giao-vu", earlier.centre, stated, now=PREPARED_ON)
    return earlier.centre.folder


@pytest.fixture
def specialists(specialists_folder, tmp_path):
    """The sitting of the specialist track."""
    return reopen(specialists_folder, tmp_path / "trung-tam", CODE_HERE)


def entered(sitting, trainees):
    return act(enrol, "giao-vu", sitting, trainees, now=PREPARED_ON)


def test_who_does_not_meet_the_track_is_left_aside_by_row_and_column_and_others_enter(
    specialists, roster
):
    found = entered(specialists, read_roster(roster).trainees)
    assert set(found.new) == {"CT26-000"}
    assert found.refused["CT26-001"].startswith(
        "dòng 3, cột F (Trình độ đào tạo): trình độ “Cao đẳng”"
    )
    assert found.refused["CT26-002"].startswith(
        "dòng 4, cột I (Nơi bố trí): cơ quan có Trung tâm CNTT"
    )
    assert found.refused["CT26-003"].startswith("dòng 5, cột K (Văn bản phân công): chưa có")
    letter = Letter.objects.get()
    assert (letter.kind, letter.number, letter.dated) == ("assigns", "15/QĐ-SXD", date(2026, 2, 3))
    assert [str(finding) for finding in check(specialists.centre)] == []


def test_the_officer_sees_the_reasons_before_anything_is_entered(specialists, roster):
    act(bring, "giao-vu", specialists, "ds.xlsx", roster.read_bytes(), now=PREPARED_ON)
    held = act(draft, "giao-vu", specialists, {})
    assert not held.roster.has_errors
    assert sorted(held.found.refused) == ["CT26-001", "CT26-002", "CT26-003"]
    assert list(specialists.enrolments()) == []


def test_who_was_admitted_before_is_not_asked_again(specialists, roster):
    trainees = read_roster(roster).trainees
    entered(specialists, trainees)
    days = timedelta(days=90)
    stated = specialists.settings.model_copy(
        update={
            "code": "ct-sau",
            "opens": OPENS + days,
            "papers": ("VH",),
            "closes": specialists.settings.closes + days,
        }
    )
    again = act(prepare, "giao-vu", specialists.centre, stated, now=OPENS)
    bare = [replace(one, standing=None) for one in trainees[:2]]
    found = compare(again, bare, {})
    assert (set(found.new), set(found.refused)) == ({"CT26-000"}, {"CT26-001"})


def test_a_roster_of_the_other_track_needs_none_of_it(sitting):
    assert compare(sitting, people(8), {}).refused == {}


def test_its_forms_share_at_most_a_fifth_with_those_of_the_other_track(specialists):
    """Tracks draw on one bank: what one has asked counts for the other too."""
    assert {form.paper for form in specialists.forms().values()} == {"VH", "KT"}
    before = (form for forms in earlier_forms(specialists) for form in forms)
    earlier = [{item.id for item in form.items} for form in before]
    assert earlier
    for form in specialists.forms().values():
        whole = sum(item.points for item in form.items)
        for met in earlier:
            assert sum(i.points for i in form.items if i.id in met) <= whole / 5


def test_its_certificate_names_the_track_and_what_was_examined(specialists, roster):
    trainees = read_roster(roster).trainees[:1]
    entered(specialists, trainees)
    enter_passes(specialists, ("VH", "KT"), trainees)
    make_course(specialists.folder, specialists.code)
    decide(specialists, DECIDED_ON + LATER)
    approve(specialists, DECIDED_ON + LATER)
    (issued,) = issue(specialists, DECIDED_ON + LATER)
    page = pypdf.PdfReader(io.BytesIO(issued.path.read_bytes())).pages[0].extract_text()
    text = " ".join(page.split())
    assert "Nghiệp vụ chuyên trách công nghệ thông tin trong cơ quan nhà nước" in text
    assert (
        "Bảo lưu kết quả: Nghiệp vụ chuyên trách CNTT; Hệ thống, an toàn thông tin và quy trình"
        in text
    )
    assert "GIẤY CHỨNG NHẬN" in text
    assert "Giám đốc công nghệ thông tin" not in text
    assert Entry.objects.get().programme == Programme.objects.get(track="chuyen-trach").name


def test_a_track_that_is_none_is_refused_before_anything_is_written(sitting):
    stated = read_settings(SETTINGS).model_copy(update={"code": "la", "track": "lanh-dao"})
    with pytest.raises(ContentError, match="lanh-dao"):
        act(prepare, "giao-vu", sitting.centre, stated, now=PREPARED_ON)
