"""A whole sitting from marking to a revoked certificate, by its people, with the keyboard alone."""

from datetime import UTC, datetime, timedelta

import pytest
from browser.portal.people import Person
from playwright.sync_api import expect
from sittings import (
    CODE,
    act,
    allocate_all,
    enter_passes,
    found_centre,
    grade_all,
    hand_in,
    people,
    prepare_sitting,
)

from assessments.bank.rubric import TOP_LEVEL
from centre.accounts.permissions import Role
from centre.accounts.users import add_user
from centre.configuration import SETTINGS
from centre.database import open_centre
from centre.decisions.models import Decision
from centre.jobs.queue import take
from centre.jobs.worker import do
from centre.ledger.check import check
from centre.ledger.checkpoint import checkpoint
from centre.marks.models import Allocation, Mark
from centre.marks.scripts import seed_of
from centre.register.models import Entry
from centre.sittings.sitting import open_sitting

pytestmark = pytest.mark.proof

PASSES, FAILS = (one.id for one in people(2))
RESULTS = f"giao-vu/ky-thi/{CODE}/ket-qua/"


@pytest.fixture(scope="module")
def sitting(tmp_path_factory):
    """Two have handed in the one paper they still need, graded; a third has not come.

    A centre that wants two factors, with three members of the board and a user for the first.
    """
    now = datetime.now(UTC)
    centre = found_centre(tmp_path_factory.mktemp("mau") / "trung-tam")
    times = {"opens": now - timedelta(days=10), "closes": now - timedelta(days=9)}
    made = prepare_sitting(centre, people(3), papers=("QL",), **times)
    enter_passes(made, ("KM", "KT", "CAP"), people(3))
    for one, way in zip(people(2), ("all right", "all wrong"), strict=True):
        hand_in(made, one.id, "QL", way)
    grade_all(made)
    first = made.enrolments()[0]
    act(add_user, "quan-tri", "hoi-dong-3", [Role.BOARD], now=now)
    act(add_user, "quan-tri", "hoc-vien", [Role.TRAINEE], now=now, person=first.person_id)
    allocate_all(made)
    stated = centre.folder / SETTINGS
    text = stated.read_text("utf-8").replace("second_factor = false", "second_factor = true")
    stated.write_text(text, "utf-8")
    return open_sitting(open_centre(centre.folder), CODE)


@pytest.fixture
def person(sitting, portal_of, chromium, sound):
    """Whoever is asked for, signed in with all that their roles need, in a window of their own."""
    live, known, seen = portal_of(sitting), {}, set()

    def come(name):
        if name not in known:
            context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="vi-VN")
            context.set_default_timeout(30_000)
            known[name] = Person(live, name, context.new_page(), sound, seen)
            known[name].sign_in()
        return known[name]

    yield come
    for one in known.values():
        one.page.context.close()


def run_what_was_asked(sitting):
    """Do the background work as the worker does."""
    job = take("w1", datetime.now(UTC))
    do(sitting.centre, job, "w1")
    job.refresh_from_db()
    assert job.state == "done", job.note


def mark_queue(person, levels):
    """Mark every script that waits, by number keys and Enter; seeds as they are worth."""
    begin(person)
    while person.page.locator("#mark").count():
        mark_one(person, levels)


def begin(person):
    """Open the first script that waits."""
    person.open("cham-bai/")
    person.look()
    person.follow("Chấm tiếp")
    expect(person.page.locator("#mark")).to_be_visible()


def row_of(person):
    """The script that is open."""
    code = person.page.get_by_role("heading", level=1).inner_text().split("bài ")[1].strip()
    return Allocation.objects.get(code=code, marker=person.name, withdrawn_at=None)


def mark_one(person, levels):
    row = row_of(person)
    known = seed_of(row.seed).levels if row.seed else {}
    level = levels.get(row.enrolment.candidate) if row.enrolment else None
    names = [box.get_attribute("name") for box in person.page.locator(".criterion input").all()]
    for name in dict.fromkeys(names):
        person.page.keyboard.press(str(known.get(name.removeprefix("muc-"), level)))
    person.page.keyboard.press("Enter")
    person.said(f"Đã lưu bài {row.code}")


def decide_and_draw(officer, resolution):
    """Decide anew, and lay what is new before the board."""
    officer.open(f"{RESULTS[:-8]}quyet-dinh/")
    officer.press("Quyết định")
    officer.said("Quyết định mới:")
    officer.look()
    draw(officer, resolution)


def draw(officer, resolution):
    """Lay before the board what has no effect yet."""
    officer.follow("Trình hội đồng")
    officer.fill("Số, ngày nghị quyết hoặc biên bản", resolution)
    officer.press("Lập bảng")
    officer.said("chờ hai thành viên ký")


def sign_last(member, words):
    """Sign the sheet that waits, as shown."""
    first_of_list(member, "hoi-dong/")
    member.follow("Ký bảng")
    member.press("Ký bảng này")
    member.said(words)


def sign_by_two(person):
    sign_last(person("hoi-dong-1"), "còn thiếu 1 chữ ký")
    sign_last(person("hoi-dong-2"), "các quyết định trong bảng có hiệu lực")


def kept():
    """Every mark, decision and certificate there is, as it is stored."""
    return [list(model.objects.order_by("pk").values()) for model in (Mark, Decision, Entry)]


def still(before):
    """Hold that nothing of what there was is another now."""
    for old, new in zip(before, kept(), strict=True):
        assert [row for row in new if row in old] == old


def first_of_list(person, where):
    """Open the first thing of a list."""
    person.open(where)
    person.page.locator("tbody a").first.press("Enter")
    person.look()


def mark_and_adjudicate(person):
    """Two markers agree on one script and not on the other, which the third marks."""
    mark_queue(person("GK1"), {PASSES: 2, FAILS: TOP_LEVEL})
    mark_queue(person("GK2"), {PASSES: 2, FAILS: 0})
    lead = person("truong-cham")
    lead.open(f"ban-cham/{CODE}/")
    lead.look()
    mark_queue(person("GK3"), {FAILS: 0})


def return_and_mend(person):
    """A member returns the sheet; the officer reads why, and lays it before the board again."""
    first, officer = person("hoi-dong-1"), person("giao-vu")
    first_of_list(first, "hoi-dong/")
    first.follow("Trả lại kèm lý do")
    first.fill("Lý do trả lại", f"Làm rõ điểm tự luận của {FAILS}.")
    first.press("Trả lại bảng")
    first.said("Đã trả lại bảng số")
    officer.open(RESULTS)
    officer.reads("Làm rõ điểm tự luận")
    draw(officer, "Biên bản số 02/BB-HĐ")


def certify(person, sitting):
    """The registrar issues what is due; the candidate has it."""
    candidate, registrar = person("hoc-vien"), person("van-thu")
    candidate.open("hoc-vien/")
    candidate.look()
    candidate.reads("Đạt")
    registrar.open(f"giao-vu/ky-thi/{CODE}/")
    registrar.look()
    registrar.press("Cấp chứng chỉ")
    run_what_was_asked(sitting)
    [entry] = Entry.objects.all()
    candidate.open("hoc-vien/")
    candidate.reads(entry.printed)
    return entry


def appeal(person):
    """The candidate appeals; who signed may not answer, who did not lets it be marked anew."""
    candidate, third = person("hoc-vien"), person("hoi-dong-3")
    candidate.follow("Xem kết quả và lý do")
    candidate.follow("Gửi đơn phúc khảo")
    candidate.fill("Nội dung đề nghị", "Đề nghị chấm lại bài tự luận: ý thứ hai chưa được tính.")
    candidate.press("Gửi đơn")
    candidate.said("Đã nhận đơn PK-")
    first_of_list(person("hoi-dong-1"), "hoi-dong/don/")
    person("hoi-dong-1").reads("Anh/chị không trả lời đơn này")
    first_of_list(third, "hoi-dong/don/")
    third.follow("Trả lời đơn")
    third.choose("Chấp nhận")
    third.fill("Nội dung trả lời", "Chấp nhận chấm lại bài tự luận.")
    third.press("Gửi trả lời")
    third.reads("chấp nhận, chờ quyết định mới")


def mark_anew(lead):
    """The lead, who is no marker, marks it; drafts and puts off as a marker does."""
    script = Allocation.objects.filter(enrolment__candidate=PASSES, seed=None).first()
    lead.open(f"ban-cham/{CODE}/cham-lai/")
    lead.fill("Câu", script.item)
    lead.fill("Mã bài", script.code)
    lead.fill("Giám khảo", "truong-cham")
    lead.fill("Lý do", "Đơn phúc khảo đã được chấp nhận")
    lead.press("Giao chấm")
    lead.said("chấm lượt 4")
    begin(lead)
    while row_of(lead).seed:
        mark_one(lead, {})
    lead.page.keyboard.press("3")
    expect(lead.page.locator("#kept")).to_contain_text("Đã giữ bản nháp lúc")
    lead.look()
    lead.press("Để lại sau")
    lead.said(f"Bài {script.code} được để lại cuối hàng chờ")
    mark_one(lead, {PASSES: TOP_LEVEL})


def reissue(person, entry):
    """The changed mark is a task at once; decided anew and signed, a certificate replaces it."""
    officer, registrar = person("giao-vu"), person("van-thu")
    registrar.open("giao-vu/chung-chi/")
    registrar.reads("điểm đã thay đổi sau quyết định, chưa quyết định lại")
    officer.open(RESULTS)
    officer.reads("phải quyết định lại")
    decide_and_draw(officer, "Biên bản số 03/BB-HĐ")
    sign_by_two(person)
    registrar.open(f"giao-vu/chung-chi/{entry.serial}/")
    registrar.follow("Cấp lại")
    registrar.fill("Căn cứ cấp lại", "Quyết định sau phúc khảo")
    registrar.press("Cấp lại")
    registrar.said(f"thay cho {entry.printed}")
    registrar.look()
    again = Entry.objects.get(supersedes=entry)
    first_of_list(person("hoi-dong-3"), "hoi-dong/don/")
    person("hoi-dong-3").reads("đã xong")
    person("hoi-dong-3").reads("Quyết định sau khi nhận đơn")
    person("hoc-vien").open("hoc-vien/")
    person("hoc-vien").reads(f"đã thay bằng {again.printed}")
    return again


def uphold_a_case(person):
    """A case comes up after issuing, and the board finds it proven."""
    officer, first = person("giao-vu"), person("hoi-dong-1")
    officer.open("hoi-dong/vu-viec/mo/")
    officer.field("Kỳ thi").select_option(CODE)
    officer.fill("Số báo danh", PASSES)
    officer.fill("Nội dung vụ việc", "Có người khác làm bài thay.")
    officer.press("Mở vụ việc")
    officer.said("đang mở")
    officer.look()
    person("van-thu").open("giao-vu/chung-chi/")
    person("van-thu").reads("đang có vụ việc vi phạm chưa kết luận")
    first_of_list(first, "hoi-dong/vu-viec/")
    first.choose("Có vi phạm")
    first.fill("Văn bản của người có thẩm quyền", "Kết luận số 5/KL-HĐ")
    first.fill("Nội dung kết luận", "Đã xác minh có người làm bài thay.")
    first.press("Ghi kết luận")
    first.reads("kết luận có vi phạm")


def revoke(person, entry):
    """The certificate that the case undermines is revoked, and its holder sees it."""
    registrar = person("van-thu")
    registrar.open("giao-vu/chung-chi/")
    registrar.reads("vụ việc vi phạm đã được kết luận là có")
    registrar.look()
    registrar.open(f"giao-vu/chung-chi/{entry.serial}/")
    registrar.follow("Thu hồi")
    registrar.fill("Sự việc và số quyết định thu hồi", "Quyết định số 6/QĐ")
    registrar.press("Thu hồi chứng chỉ")
    registrar.said(f"Đã thu hồi {entry.printed}")
    registrar.look()
    person("hoc-vien").open("hoc-vien/")
    person("hoc-vien").reads("đã thu hồi")


def test_a_sitting_from_marking_to_a_revoked_certificate(sitting, person):
    """Whatever is done later, every earlier mark, decision and certificate stays as it was."""
    mark_and_adjudicate(person)
    before = kept()
    decide_and_draw(person("giao-vu"), "Biên bản số 01/BB-HĐ")
    return_and_mend(person)
    sign_by_two(person)
    entry = certify(person, sitting)
    assert entry.decision.enrolment.candidate == PASSES
    still(before)
    before = kept()
    appeal(person)
    mark_anew(person("truong-cham"))
    again = reissue(person, entry)
    still(before)
    before = kept()
    uphold_a_case(person)
    decide_and_draw(person("giao-vu"), "Biên bản số 04/BB-HĐ")
    sign_by_two(person)
    revoke(person, again)
    still(before)
    checkpoint(sitting.centre)
    assert check(sitting.centre) == []
