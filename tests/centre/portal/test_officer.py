"""Officers from Excel to certificates, each change through its door."""

import io
import re
from datetime import UTC, datetime

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from served import behind_the_portal
from sittings import CODE, SAMPLE, act, ids, reopen

from centre.accounts.invitations import invite
from centre.accounts.models import User
from centre.decisions.models import BoardSheet, Decision
from centre.jobs.models import Job
from centre.jobs.queue import take
from centre.jobs.worker import do
from centre.ledger.models import LedgerLine
from centre.people.models import Enrolment
from centre.register.models import Entry
from centre.sittings.models import SittingRecord
from courses.foundation.errors import DeniedError

ROSTER = SAMPLE / "danh-sach-hoc-vien.xlsx"
HERE = f"/giao-vu/ky-thi/{CODE}/"


def upload(client, content, name="danh-sach.xlsx", where=HERE):
    return client.post(f"{where}danh-sach/", {"file": SimpleUploadedFile(name, content)})


def rows_of(content):
    return openpyxl.load_workbook(io.BytesIO(content)).active


def changed(at, text):
    """The sample roster with one cell changed, found by what it says."""
    book = openpyxl.load_workbook(ROSTER)
    for row in book.active.iter_rows():
        for cell in row:
            if cell.value == at:
                cell.value = text
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.fixture
def officer(portal, browse):  # noqa: ARG001
    return browse("giao-vu")


def test_a_roster_is_shown_before_anything_is_entered(officer):
    before = Enrolment.objects.count()
    assert upload(officer, ROSTER.read_bytes())["Location"] == f"{HERE}danh-sach/xem-truoc/"
    page = officer.get(f"{HERE}danh-sach/xem-truoc/").content.decode()
    assert "Chưa ghi gì" in page
    assert Enrolment.objects.count() == before
    answer = officer.post(f"{HERE}danh-sach/xem-truoc/", {"lam": "nhap"})
    assert answer.status_code == 302
    assert Enrolment.objects.count() > before
    assert Job.objects.get().kind == "release"
    assert officer.get(f"{HERE}danh-sach/xem-truoc/").status_code == 409  # it is entered


def test_a_bad_cell_is_mended_in_place_and_the_copy_carries_the_comments(officer):
    upload(officer, changed("CIO26-010", "CIO/26?010"))
    where = f"{HERE}danh-sach/xem-truoc/"
    page = officer.get(where).content.decode()
    field = re.search(r'name="(o-\d+-[A-Z]+)" value="CIO/26\?010"', page)[1]
    assert "mã học viên gồm 3–32" in page
    assert officer.post(where, {"lam": "nhap"}).status_code == 409
    copy = b"".join(officer.get(f"{HERE}danh-sach/ban-ghi-chu/").streaming_content)
    noted = [c for row in rows_of(copy).iter_rows() for c in row if c.comment]
    assert any("mã học viên" in cell.comment.text for cell in noted)
    officer.post(where, {"lam": "sua", field: "CIO26-010", "o-1-A": "=HYPERLINK(1)"})
    page = officer.get(where).content.decode()
    assert 'name="o-' not in page
    copy = rows_of(b"".join(officer.get(f"{HERE}danh-sach/ban-ghi-chu/").streaming_content))
    assert not str(copy["A1"].value or "").startswith("=")  # only a cell with an error is changed
    assert officer.post(where, {"lam": "nhap"}).status_code == 302
    assert Enrolment.objects.filter(candidate="CIO26-010").exists()


def test_a_formula_typed_into_a_cell_stays_a_text_and_an_error(officer):
    upload(officer, changed("CIO26-010", "CIO/26?010"))
    where = f"{HERE}danh-sach/xem-truoc/"
    field = re.search(r'name="(o-\d+-[A-Z]+)"', officer.get(where).content.decode())[1]
    officer.post(where, {"lam": "sua", field: "=1+1"})
    assert "như một công thức" in officer.get(where).content.decode()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.exe", b"MZ"),
        ("x.xlsx", b"PK\x03\x04 khong phai"),
        ("x.csv", b"\xff\xfe\x00"),
        ("../../centre.toml", b"[x]"),
        ("x.xlsx", b""),
    ],
)
def test_a_file_that_is_no_roster_is_refused_beside_the_field(officer, name, content, portal):
    answer = upload(officer, content, name)
    assert answer.status_code == 422
    assert 'class="error"' in answer.content.decode()
    assert str(portal.centre.folder) not in answer.content.decode()
    assert list((portal.centre.folder / "uploads").rglob("*.xlsx")) == []


def test_one_officers_draft_is_not_anothers(officer, browse):
    upload(officer, ROSTER.read_bytes())
    for name in ("van-thu", "coi-thi", "hoi-dong-1"):
        assert browse(name).get(f"{HERE}danh-sach/xem-truoc/").status_code == 403


NEW = {
    "code": "cio-thu-2026-12",
    "name": "Kỳ thử",
    "track": "cio",
    "opens": "01/02/2027 08:00",
    "closes": "01/02/2027 17:00",
    "grace_minutes": "30",
    "first": "GK1",
    "second": "GK2",
    "third": "GK3",
    "tolerance": "1,5",
}


def test_a_sitting_is_created_from_a_form_that_reads_dates_as_vietnam_writes_them(officer, portal):
    bank = portal.settings.bank
    wrong = officer.post(
        "/giao-vu/ky-thi/tao/", NEW | {"closes": "01/02/2027 07:00", "third": "GK1"}
    )
    assert wrong.status_code == 422
    assert "Giờ đóng phải sau giờ mở" in wrong.content.decode()
    assert "ba người khác nhau" in wrong.content.decode()
    asked = NEW | {"bank": bank, "papers": "QL, KM"}
    refused = officer.post("/giao-vu/ky-thi/tao/", asked | {"papers": "XX"})
    assert "không có bài thi XX" in refused.content.decode()
    made = officer.post("/giao-vu/ky-thi/tao/", asked)
    assert made.status_code == 302, made.content.decode()
    assert made["Location"] == "/giao-vu/ky-thi/cio-thu-2026-12/"
    record = SittingRecord.objects.get(pk="cio-thu-2026-12")
    assert record.opens == datetime(2027, 2, 1, 1, tzinfo=UTC)
    assert officer.get(made["Location"]).status_code == 200


def test_results_say_why_and_are_decided_and_laid_before_the_board(graded_folder, tmp_path, browse):
    graded = behind_the_portal(reopen(graded_folder, tmp_path / "da-cham"))
    client = browse("giao-vu")
    client.post(f"{HERE}quyet-dinh/")
    made = Decision.objects.get(enrolment__candidate=ids(graded)["blank"])
    page = client.get(f"{HERE}ket-qua/").content.decode()
    assert made.pk in page
    assert "chưa dự thi" in page
    assert client.get(f"/giao-vu/ket-qua/{made.pk}/").status_code == 200
    assert client.post(f"{HERE}trinh-hoi-dong/", {"resolution": ""}).status_code == 422
    client.post(f"{HERE}trinh-hoi-dong/", {"resolution": "Biên bản giả định 01"})
    assert BoardSheet.objects.get().resolution == "Biên bản giả định 01"
    assert "0/2 chữ ký" in client.get(f"{HERE}ket-qua/").content.decode()


def test_certificates_are_issued_by_a_job_then_revoked_or_issued_again(portal, browse):
    registrar = browse("van-thu")
    registrar.post(f"{HERE}viec/certify/")
    job = take("w1", datetime.now(UTC))
    do(portal.centre, job, "w1")
    job.refresh_from_db()
    assert job.state == "done"
    assert "1 chứng chỉ" in job.note
    old = Entry.objects.get()
    assert old.printed in registrar.get("/giao-vu/chung-chi/").content.decode()
    answer = registrar.post(f"/giao-vu/chung-chi/{old.pk}/cap-lai/", {"ground": "Sai chức vụ"})
    new = Entry.objects.get(supersedes=old)
    assert answer["Location"] == f"/giao-vu/chung-chi/{new.pk}/"
    told = {"ground": "gian-lan", "detail": "Quyết định giả định số 1"}
    registrar.post(f"/giao-vu/chung-chi/{new.pk}/thu-hoi/", told)
    assert "đã thu hồi" in registrar.get(f"/giao-vu/chung-chi/{new.pk}/").content.decode()
    assert browse("giao-vu").get(f"/giao-vu/chung-chi/{new.pk}/thu-hoi/").status_code == 403


def test_a_job_is_watched_stopped_and_gone_on_with(officer, portal):
    officer.post(f"{HERE}viec/grade/")
    job = Job.objects.get()
    assert "đang chờ" in officer.get("/giao-vu/viec-nen/").content.decode()
    officer.post(f"/giao-vu/viec-nen/{job.pk}/dung/")
    job.refresh_from_db()
    assert job.state == "cancelled"
    officer.post(f"/giao-vu/viec-nen/{job.pk}/tiep/")
    again = take("w1", datetime.now(UTC))
    assert (again.kind, again.argument) == ("grade", CODE)
    do(portal.centre, again, "w1")
    again.refresh_from_db()
    assert again.state == "done"
    assert again.steps > 1


def test_a_report_is_made_by_a_job_and_handed_out_as_it_was_made(officer, portal, browse):
    assert "Chưa lập báo cáo nào" in officer.get(HERE).content.decode()
    officer.post(f"{HERE}viec/report/")
    do(portal.centre, take("w1", datetime.now(UTC)), "w1")
    page = officer.get(HERE).content.decode()
    [found] = re.findall(r'href="([^"]+[.]pdf)"', page)
    answer = officer.get(found)
    assert answer.content.startswith(b"%PDF")
    assert answer["Content-Type"] == "application/pdf"
    assert "attachment" in answer["Content-Disposition"]
    assert browse("coi-thi").get(found).status_code == 403
    kept = portal.centre.folder / "reports" / CODE / found.rsplit("/", 1)[1]
    kept.write_bytes(b"%PDF-khac")
    refused = officer.get(found)
    assert refused.status_code == 409
    assert "không còn như lúc lập" in refused.content.decode()
    assert officer.get(f"{HERE}bao-cao/khong-co.pdf").status_code == 409


def test_a_job_is_asked_for_by_whom_the_table_lets_and_never_by_a_link(officer, browse):
    assert officer.post(f"{HERE}viec/certify/").status_code == 403
    assert officer.post(f"{HERE}viec/xoa-het/").status_code == 409
    assert officer.get(f"{HERE}viec/grade/").status_code == 405
    assert browse("coi-thi").post(f"{HERE}viec/grade/").status_code == 403
    assert Job.objects.count() == 0


def test_slips_invite_each_candidate_once_and_nobody_who_can_sign_in(officer, portal):
    assert "Tạo phiếu mời" in officer.get(f"{HERE}moi/").content.decode()
    assert User.objects.exclude(person=None).count() == 0
    answer = officer.post(f"{HERE}moi/")
    assert "no-store" in answer["Cache-Control"]
    links = re.findall(r">(http://testserver/moi/[^<]+)<", answer.content.decode())
    people = portal.enrolments()
    assert len(links) == len(set(links)) == len(people)
    told = {"password": "mot-cau-dai-de-nho", "again": "mot-cau-dai-de-nho"}
    assert officer.post(links[0].removeprefix("http://testserver"), told).status_code == 302
    again = officer.post(f"{HERE}moi/").content.decode()
    assert again.count('class="slip"') == len(people) - 1
    assert User.objects.exclude(person=None).count() == len(people)


def test_who_forgot_a_password_gets_a_link_and_no_officer_makes_one_for_staff(officer, portal):
    number = portal.enrolments()[0].person_id
    officer.post(f"{HERE}moi/")
    user = User.objects.get(person=number)
    user.keep_password("mat-khau-da-quen-mat")
    page = officer.post(f"/giao-vu/nguoi-hoc/{number}/moi/").content.decode()
    link = re.search(r">http://testserver(/moi/[^<]+)<", page)[1]
    told = {"password": "mot-cau-dai-de-nho", "again": "mot-cau-dai-de-nho"}
    assert officer.post(link, told).status_code == 302
    user.refresh_from_db()
    assert user.check_password("mot-cau-dai-de-nho")
    with pytest.raises(DeniedError, match="chỉ do quản trị cấp"):
        act(invite, "giao-vu", "hoi-dong-1", now=portal.record.closes)
    assert act(invite, "quan-tri", "hoi-dong-1", now=portal.record.closes)


def test_the_ledger_is_searched_by_who_may(browse):
    auditor = browse("kiem-toan")
    page = auditor.get("/giao-vu/so-nhat-ky/?kind=sheet.signed").content.decode()
    rows = page.partition("<tbody")[2]
    assert "hoi-dong-1" in rows
    assert "vào danh sách thi" not in rows
    wrong = auditor.get("/giao-vu/so-nhat-ky/?since=31/02/2026")
    assert wrong.status_code == 200
    assert 'class="error"' in wrong.content.decode()
    assert browse("giao-vu").get("/giao-vu/so-nhat-ky/").status_code == 403


def test_people_are_found_without_their_marks_and_corrected_on_a_ground(officer, portal):
    person = portal.enrolments()[0].person
    page = officer.get(f"/giao-vu/nguoi-hoc/?tim={person.number}").content.decode()
    assert person.full_name in page
    where = f"/giao-vu/nguoi-hoc/{person.number}/dinh-chinh/"
    wrong = officer.post(where, {"birth_date": "31/02/1980", "ground": "x"})
    assert wrong.status_code == 422
    told = {"full_name": "Nguyễn Thị Sửa", "ground": "Giấy khai sinh giả định"}
    assert officer.post(where, told).status_code == 302
    assert LedgerLine.objects.filter(kind="person.corrected", subject=person.number).exists()
