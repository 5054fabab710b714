"""Around a lesson: where I stopped, my notes and plan, and what comes back; without a script."""

import json
import os
import re
from datetime import timedelta

import pytest
from django.utils import timezone
from learners import LESSON, NAME, QUESTION, forget, save
from sittings import DECIDED_ON, act, ids, reopen
from strategies import right_answer

from centre.accounts.models import User
from centre.accounts.users import actor_of
from centre.configuration import Centre
from centre.database import the_centre
from centre.learning.models import Note, Placement, PlannedAction, Recollection
from centre.learning.notebook import close_action, keep_note, plan_action
from centre.learning.placement import codes, presented, questions_on
from centre.learning.progress import learning_folder, progress_in
from centre.learning.review import answer, due, recalled
from centre.ledger.check import check
from centre.ledger.models import LedgerLine
from centre.people.privacy import ERASED, erase, export, the_person
from courses.foundation.dates import VIETNAM
from courses.foundation.errors import CentreError, DeniedError
from courses.review import INTERVAL, TIMES
from courses.takehome.shelf import of_lesson

HOME = f"/hoc-vien/bai-hoc/{NAME}/"


@pytest.fixture
def decided(welcoming_folder, tmp_path):
    """A sitting of one's own, whose candidates have accounts."""
    return reopen(welcoming_folder, tmp_path / "trung-tam")


@pytest.fixture
def me(portal):
    """One of the candidates, as an actor."""
    return actor_of(User.objects.get(username=ids(portal)["all right"]))


@pytest.fixture
def other(portal, me):  # noqa: ARG001 - the accounts are made for both
    return actor_of(User.objects.get(username=ids(portal)["partial"]))


@pytest.fixture
def mine(me, browse):
    """The browser of that candidate."""
    return browse(me.id)


def mine_of(actor):
    user = User.objects.get(username=actor.id).pk
    return recalled(actor, the_centre(), user, actor.person)


def test_the_outline_says_where_i_stopped_on_whatever_device(mine, me, browse):
    first = next(block.name for block in LESSON.blocks if block.kind == "question")
    assert "đang dừng ở đây" not in mine.get(HOME).content.decode()
    save(me, {first: "a"})
    page = browse(me.id).get(HOME).content.decode()
    assert page.count("(đang dừng ở đây)") == 1
    left, whole = map(int, re.search(r"khoảng (\d+) trên (\d+) phút", page).groups())
    assert 0 < left < whole
    assert re.search(rf'class="button" href="/hoc/bai/{NAME}#[^"]+">Học tiếp', page)
    assert mine.get("/hoc-vien/bai-hoc/khong-co/").status_code == 404


def test_where_lessons_open_is_what_the_centre_states(portal, me):
    first = next(block.name for block in LESSON.blocks if block.kind == "question")
    save(me, {first: "a"})
    settings = portal.centre.settings.model_copy(update={"lessons": "hub"})
    user = User.objects.get(username=me.id).pk
    here = progress_in(portal.centre, user, LESSON)
    there = progress_in(Centre(portal.centre.folder, settings), user, LESSON)
    assert here.address.startswith(f"/hoc/bai/{NAME}#")
    assert there.address == here.address.replace(
        here.page, f"/jupyter/hub/user-redirect/voila/render/{NAME}.ipynb"
    )


def test_what_ones_own_programs_laid_into_ones_folder_leads_nowhere_else(portal, me, mine):
    save(me, {QUESTION: "a"})
    folder = learning_folder(portal.centre, User.objects.get(username=me.id).pk)
    (folder / "khoa.tien-do.json").symlink_to(portal.centre.folder / "centre.toml")
    os.mkfifo(folder / "ong.tien-do.json")
    told = act_as(export, me, the_person(me.person))["lessons"]
    assert told["khoa.tien-do.json"] == told["ong.tien-do.json"] == "(không đọc được)"
    assert "answers" in told[f"{NAME}.tien-do.json"]
    (folder / f"{NAME}.tien-do.json").unlink()
    os.mkfifo(folder / f"{NAME}.tien-do.json")
    assert "phần đã lưu bị hỏng" in mine.get("/hoc-vien/bai-hoc/").content.decode()


def test_notes_are_kept_and_an_older_page_does_not_overwrite_them(mine, me):
    page = mine.post(HOME, {"text": "Việc <b>một</b>\r\nhai", "revision": "0"})
    assert page.status_code == 302
    note = Note.objects.get()
    assert (note.text, note.revision, note.person_id) == ("Việc <b>một</b>\nhai", 1, me.person)
    assert "&lt;b&gt;một" in mine.get(HOME).content.decode()
    stale = mine.post(HOME, {"text": "bản khác", "revision": "0"})
    shown = stale.content.decode()
    assert stale.status_code == 422
    assert "bản khác" in shown
    assert "Bản đang lưu" in shown
    assert Note.objects.get().revision == 1
    mine.post(HOME, {"text": "Việc <b>một</b>\r\nhai", "revision": "1"})
    assert LedgerLine.objects.filter(kind="note.kept").count() == 1


def test_nobody_writes_into_anothers_notes_plan_or_review(me, other):
    with pytest.raises(DeniedError):
        act_as(keep_note, other, me.person, NAME, "x", 0)
    line = act_as(plan_action, me, me.person, NAME, "việc", DECIDED_ON.date())
    with pytest.raises(DeniedError):
        act_as(close_action, other, line)
    forget(me, DECIDED_ON)
    with pytest.raises(DeniedError):
        act_as(answer, other, me.person, mine_of(me)[0], "a", 0)


def act_as(verb, actor, *args, now=DECIDED_ON):
    from django.db import transaction  # noqa: PLC0415 - as sittings.act, for somebody of no staff

    with transaction.atomic():
        return verb(actor, *args, now=now)


def test_a_plan_is_written_closed_once_and_never_due_in_the_past(mine):
    tomorrow = timezone.localdate() + timedelta(days=1)
    sent = {"lesson": NAME, "what": "Rà trang căn cứ", "due_on": f"{tomorrow:%d/%m/%Y}"}
    assert mine.post("/hoc-vien/ke-hoach/", sent).status_code == 302
    assert mine.post("/hoc-vien/ke-hoach/", {**sent, "due_on": "01/01/2020"}).status_code == 422
    line = PlannedAction.objects.get()
    for _ in range(2):
        assert mine.post(f"/hoc-vien/ke-hoach/{line.pk}/xong/").status_code == 302
    assert LedgerLine.objects.filter(kind="action.closed").count() == 1
    assert "Rà trang căn cứ" in mine.get("/hoc-vien/ke-hoach/").content.decode()
    assert "Rà trang" not in "".join(LedgerLine.objects.values_list("after", flat=True))


def test_a_wrong_answer_comes_back_after_the_interval_and_rests_when_it_is_held(me):
    forget(me, DECIDED_ON)
    at = DECIDED_ON
    assert due(mine_of(me), at.astimezone(VIETNAM).date()) == []
    with pytest.raises(CentreError, match="chưa đến hạn"):
        act_as(answer, me, me.person, mine_of(me)[0], "a", 0)
    for times in range(TIMES):
        at += INTERVAL
        (item,) = due(mine_of(me), at.astimezone(VIETNAM).date())
        value = right_answer(*item.presented(times))
        act_as(answer, me, me.person, item, value, times, now=at)
        with pytest.raises(CentreError):
            act_as(answer, me, me.person, mine_of(me)[0], value, times, now=at)
    assert Recollection.objects.get().due_on is None
    assert due(mine_of(me), (at + 10 * INTERVAL).date()) == []


def test_the_review_is_answered_without_a_script_and_told_with_feedback(mine, me):
    forget(me, timezone.now() - 2 * INTERVAL)
    assert "1 câu đến hạn" in mine.get("/hoc-vien/").content.decode()
    page = mine.get("/hoc-vien/on-tap/").content.decode()
    assert "<script" not in page
    where = f"/hoc-vien/on-tap/{NAME}/{QUESTION}/"
    assert where in page
    assert mine.post(where, {"lan": "0"}).status_code == 422
    assert mine.post(where, {"lan": "7", "tra-loi": "a"}).status_code == 422
    assert not Recollection.objects.exists()
    item = mine_of(me)[0]
    sent = {"lan": "0", **as_form(*item.presented(0))}
    told = mine.post(where, sent, follow=True).content.decode()
    assert "Phản hồi" in told
    assert "đúng liên tiếp 1/" in told
    assert "hôm nay không có câu đến hạn" in mine.get("/hoc-vien/").content.decode()


def as_form(question, key, prefix=""):
    """The right answer as a form without a script sends it."""
    value = right_answer(question, key)
    if not isinstance(value, dict):
        if question.kind == "ordering":
            value = {one: str(n) for n, one in enumerate(value, start=1)}
        else:
            return {f"{prefix}tra-loi": value}
    return {f"{prefix}tra-loi-{name}": one for name, one in value.items()}


def test_the_test_before_the_course_is_kept_part_by_part_and_ends_in_a_path(mine):
    for at, code in enumerate(codes()):
        page = mine.get("/hoc-vien/dau-vao/").content.decode()
        assert f"Phần {at + 1} trên {len(codes())}" in page
        sent = {"nang-luc": code}
        if at % 2:
            for n, one in enumerate(questions_on(code)):
                sent |= as_form(*presented(one), prefix=f"cau-{n}-")
        for _ in range(2):  # sent twice, it counts once
            assert mine.post("/hoc-vien/dau-vao/", sent).status_code == 302
    assert [float(one.share) for one in Placement.objects.order_by("pk")] == [
        float(at % 2) for at in range(len(codes()))
    ]
    path = mine.get("/hoc-vien/dau-vao/").content.decode()
    assert path.index("Học trước") < path.index("Đọc lướt")
    assert path.count("/hoc-vien/bai-hoc/") == len(codes())


def test_what_a_person_keeps_is_exported_and_erased_and_the_ledger_verifies(me, portal):
    act_as(keep_note, me, me.person, NAME, "ghi chú riêng", 0)
    act_as(plan_action, me, me.person, NAME, "việc riêng", DECIDED_ON.date())
    forget(me, DECIDED_ON - 2 * INTERVAL)
    item = mine_of(me)[0]
    act_as(answer, me, me.person, item, right_answer(*item.presented(0)), 0)
    person = the_person(me.person)
    told = json.dumps(act(export, "giao-vu", person, now=DECIDED_ON), ensure_ascii=False)
    assert "ghi chú riêng" in told
    assert "việc riêng" in told
    assert QUESTION in told
    act(erase, "giao-vu", person, "Đơn giả định số 01", now=DECIDED_ON)
    assert Note.objects.get().text == ""
    assert PlannedAction.objects.get().what == ERASED
    assert Recollection.objects.get().answer == ""
    assert check(portal.centre) == []


def test_the_copy_for_paper_keeps_closed_what_a_prediction_opens(mine, me):
    page = mine.get(f"{HOME}ban-in/").content.decode()
    assert "Phần này mở ra khi đã lưu dự đoán" in page
    assert "<script" not in page
    save(me, {"du-doan/du-doan-dau": "7", "du-doan": "7"})
    assert "Phần này mở ra" not in mine.get(f"{HOME}ban-in/").content.decode()


def test_a_lessons_sheets_are_on_its_page_and_come_as_files(mine):
    page = mine.get(HOME).content.decode()
    addresses = re.findall(r'href="(/hoc-vien/bieu-mau/[^"]+)"', page)
    assert len(addresses) == 4 * len(of_lesson(LESSON.head.code)) > 0
    for address in addresses:
        assert mine.get(address).content.startswith(b"PK")
    for wrong in ("khong-co/trong/xlsx", "so-can-cu/khac/xlsx", "so-can-cu/trong/pdf"):
        assert mine.get(f"/hoc-vien/bieu-mau/{wrong}/").status_code == 404
