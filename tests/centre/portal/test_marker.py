"""Marking in the portal: by codes alone, seeds first, and every page says what became of it."""

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone
from served import behind_the_portal
from sittings import CODE, act, allocate_all, mark_essays, mark_seeds, queue_of, reopen, who

from assessments.bank.rubric import TOP_LEVEL
from centre.ledger.acts import act as act_of
from centre.marks.agreed import write_agreed
from centre.marks.desk import questions_of
from centre.marks.lead import handed_up
from centre.marks.marking import set_aside
from centre.marks.models import Aside, Conflict, Draft, Mark, SeedMark
from centre.marks.scripts import Reader, rubrics_of, seed_of
from centre.marks.trials import standings
from grading.gradebook.scores import read_scores

HERE = f"/cham-bai/{CODE}/"
LEAD = f"/ban-cham/{CODE}/"


@pytest.fixture
def panel(graded_folder, tmp_path):
    """A graded sitting whose scripts are in the queues of two markers, behind the portal."""
    sitting = behind_the_portal(reopen(graded_folder, tmp_path / "trung-tam"))
    allocate_all(sitting)
    return sitting


@pytest.fixture
def marker(panel, browse_as):  # noqa: ARG001 - the sitting they mark
    """The browser of the first marker."""
    return browse_as("GK1")


@pytest.fixture
def ready(panel):
    """The first marker has marked the seeds as they are worth."""
    mark_seeds(panel, "GK1")
    return panel


def sent(sitting, item, level=TOP_LEVEL, **more):
    """A form with one level for every criterion."""
    return {f"muc-{c.id}": level for c in rubrics_of(sitting)[item].criteria} | more


def waiting(sitting, marker="GK1"):
    """An item with at least two scripts that wait, and their codes."""
    found = max(questions_of(sitting, marker), key=lambda one: len(one.waiting))
    return found.item, found.waiting


def words(answer):
    """What a page says."""
    return re.sub(r"\s+", " ", answer.content.decode())


def test_a_marker_sees_codes_and_never_a_name_or_a_number(ready, marker):
    item, codes = waiting(ready)
    shown = [marker.get(f"{HERE}{item}/{code}/") for code in codes]
    shown.append(marker.get("/cham-bai/"))
    pages = "".join(words(one).partition("<main")[2].partition("</main>")[0] for one in shown)
    assert all(code in pages for code in codes)
    for enrolment in ready.enrolments():
        for told in (enrolment.candidate, enrolment.person.full_name, enrolment.agency.name):
            assert told not in pages


def test_seeds_come_first_and_nothing_tells_them_apart(panel, marker):
    item = queue_of(panel, "GK1", round=0)[0].item
    first = marker.get(f"{HERE}{item}/")
    seed = next(row for row in queue_of(panel, "GK1", item=item) if row.code in first["Location"])
    assert seed.round == 0
    own = queue_of(panel, "GK1", item=item, seed=None)[0]
    refused = marker.get(f"{HERE}{item}/{own.code}/")
    assert refused.status_code == 409
    assert "chấm xong các bài chuẩn trước" in words(refused)
    assert "chấm bài chuẩn trước" in words(marker.get("/cham-bai/"))


def test_what_is_saved_leads_on_to_the_next_script(ready, marker):
    item, codes = waiting(ready)
    where = f"{HERE}{item}/{codes[0]}/"
    page = words(marker.get(where))
    since = re.search(r'name="tu" value="([^"]+)"', page)[1]
    answer = marker.post(where, sent(ready, item, tu=since, comment="Đủ ý."))
    assert answer["Location"] == f"{HERE}{item}/{codes[1]}/"
    row = next(one for one in queue_of(ready, "GK1", item=item) if one.code == codes[0])
    mark = (
        SeedMark.objects.get(allocation=row)
        if row.seed_id
        else Mark.objects.get(enrolment=row.enrolment, item=item)
    )
    assert (mark.comment, mark.seconds) == ("Đủ ý.", 0)
    assert f"Đã lưu bài {codes[0]}" in words(marker.get(answer["Location"]))
    again = words(marker.get(where))
    assert "đã lưu, đang xem lại" in again
    assert again.count("checked") == len(rubrics_of(ready)[item].criteria)


def test_a_comment_is_made_from_the_bank_of_the_rubric_and_ones_own_words(ready, marker):
    item, codes = waiting(ready)
    rubric = rubrics_of(ready)[item]
    first = rubric.criteria[0]
    phrase = f"{first.name}: {first.levels[1].descriptor}"
    page = words(marker.get(f"{HERE}{item}/{codes[0]}/"))
    assert html.escape(phrase) in page
    for code in codes[:2]:
        told = sent(ready, item, comment="Ý riêng của giám khảo.", phrases=[phrase])
        assert marker.post(f"{HERE}{item}/{code}/", told).status_code == 302
    own = [*Mark.objects.values_list("comment", flat=True)]
    own += SeedMark.objects.filter(allocation__code__in=codes[:2]).values_list("comment", flat=True)
    assert own == [f"Ý riêng của giám khảo.\n{phrase}"] * 2
    strange = sent(ready, item, phrases=["câu không có trong ngân hàng"])
    assert marker.post(f"{HERE}{item}/{codes[2]}/", strange).status_code == 422


def test_ones_own_words_are_offered_again_and_nobody_elses(ready, marker, browse_as):
    item, _ = waiting(ready)
    mark_seeds(ready, "GK2")
    scripts = queue_of(ready, "GK1", item=item, seed=None)
    said = sent(ready, item, comment="Câu tôi hay dùng.")
    assert marker.post(f"{HERE}{item}/{scripts[0].code}/", said).status_code == 302
    assert "Câu tôi hay dùng." in words(marker.get(f"{HERE}{item}/{scripts[1].code}/"))
    theirs = queue_of(ready, "GK2", item=item, seed=None)[0]
    assert "Câu tôi hay dùng." not in words(browse_as("GK2").get(f"{HERE}{item}/{theirs.code}/"))


def test_how_long_it_took_is_taken_from_no_stranger(ready, marker):
    item, codes = waiting(ready)
    marker.post(f"{HERE}{item}/{codes[0]}/", sent(ready, item, tu="2020-01-01T00:00:00+00:00"))
    found = list(Mark.objects.values_list("seconds", flat=True))
    found += SeedMark.objects.filter(allocation__code=codes[0]).values_list("seconds", flat=True)
    assert found == [None]


def test_a_half_filled_form_saves_nothing_and_keeps_what_was_chosen(ready, marker):
    item, codes = waiting(ready)
    told = sent(ready, item, level=1)
    missing = told.popitem()[0]
    before = SeedMark.objects.count()
    answer = marker.post(f"{HERE}{item}/{codes[0]}/", told)
    assert answer.status_code == 422
    page = words(answer)
    assert "Chưa lưu" in page
    assert page.count("checked") == len(told)
    assert f'name="{missing}"' in page
    assert (Mark.objects.count(), SeedMark.objects.count()) == (0, before)


@pytest.mark.parametrize("level", ["4", "-1", "ba", "1.0", ""])
def test_what_is_no_level_is_refused(ready, marker, level):
    item, codes = waiting(ready)
    answer = marker.post(f"{HERE}{item}/{codes[0]}/", sent(ready, item, level=level))
    assert answer.status_code == 422
    assert Mark.objects.count() == 0


def test_a_draft_is_kept_acknowledged_and_counts_for_nothing(ready, marker):
    item, codes = waiting(ready)
    where = f"{HERE}{item}/{codes[0]}/"
    told = dict([*sent(ready, item, level=2).items()][:1]) | {"comment": "Xem lại."}
    kept = marker.post(f"{where}nhap/", told, headers={"Accept": "application/json"})
    assert kept.json()["words"].startswith("Đã giữ bản nháp lúc ")
    assert Draft.objects.get().comment == "Xem lại."
    assert Mark.objects.count() == 0
    page = words(marker.get(where))
    assert "bản nháp lúc" in page
    assert page.count("checked") == 1
    assert marker.post(f"{where}nhap/", told)["Location"] == where


def test_an_empty_script_says_so_and_shows_nothing_else(ready, marker):
    reader = Reader(ready)
    texts = {row.code: reader.read(row).text for row in queue_of(ready, "GK1")}
    item, code = next((r.item, r.code) for r in queue_of(ready, "GK1") if not texts[r.code].strip())
    for other in (one for one in waiting(ready)[1] if texts[one].strip()):
        marker.get(f"{HERE}{item}/{other}/")
    answer = marker.get(f"{HERE}{item}/{code}/")
    page = words(answer)
    assert "Bài để trống." in page
    assert 'class="written"' not in page
    assert "no-store" in answer["Cache-Control"]


def test_a_script_is_put_off_handed_up_and_settled(ready, marker, browse_as):
    item, codes = waiting(ready)
    marker.post(f"{HERE}{item}/{codes[0]}/bo-qua/")
    assert waiting(ready)[1][-1] == codes[0]
    where = f"{HERE}{item}/{codes[1]}/chuyen/"
    assert marker.post(where, {"ground": " "}).status_code == 422
    marker.post(where, {"ground": "Bài viết bằng hai thứ tiếng"})
    aside = handed_up(ready)[0]
    assert aside.allocation.code == codes[1]
    lead = browse_as("truong-cham")
    assert "Bài viết bằng hai thứ tiếng" in words(lead.get(LEAD))
    desk = f"{LEAD}bai-chuyen/{aside.pk}/"
    assert codes[1] in words(lead.get(desk))
    assert lead.post(desk, {"move": "tra", "note": "Chấm phần tiếng Việt"}).status_code == 302
    assert Aside.objects.get(pk=aside.pk).note == "Chấm phần tiếng Việt"
    assert lead.get(desk).status_code == 409
    assert codes[1] in waiting(ready)[1]


def test_who_knows_whose_script_it_is_gives_it_away(ready, marker):
    row = queue_of(ready, "GK1", seed=None)[0]
    where = f"{HERE}{row.item}/{row.code}/"
    assert marker.post(f"{where}xung-dot/", {"ground": "Người nhà"}).status_code == 302
    assert Conflict.objects.get().person_id == row.enrolment.person_id
    assert marker.get(where).status_code == 409


def test_an_agency_of_ones_own_is_declared(panel, marker):
    enrolment = panel.enrolments()[0]
    told = {"agency": enrolment.agency_id, "ground": "Nơi công tác"}
    assert marker.post(HERE, told).status_code == 302
    assert Conflict.objects.get().agency_id == enrolment.agency_id
    assert not [r for r in queue_of(panel, "GK1", seed=None) if r.enrolment_id == enrolment.pk]


def test_another_markers_script_is_not_there(ready, browse_as):
    item, codes = waiting(ready)
    stranger, where = browse_as("GK3"), f"{HERE}{item}/{codes[0]}/"
    assert stranger.get(where).status_code == 409
    assert stranger.post(where, sent(ready, item)).status_code == 409
    assert not Mark.objects.exists()


def off(seed):
    """Levels as far from a seed's as can be."""
    return {name: 0 if level > 1 else TOP_LEVEL for name, level in seed.levels.items()}


def test_a_marker_far_off_on_a_seed_waits_until_the_lead_lets_them_go_on(panel, marker, browse_as):
    row = queue_of(panel, "GK1", round=0)[0]
    while standings(panel, "GK1")[row.item] != "stopped":
        code = marker.get(f"{HERE}{row.item}/")["Location"].split("/")[-2]
        seed = next(one for one in queue_of(panel, "GK1", item=row.item) if one.code == code)
        told = {f"muc-{name}": level for name, level in off(seed_of(seed.seed)).items()}
        answer = marker.post(f"{HERE}{row.item}/{code}/", told)
    assert answer["Location"] == "/cham-bai/"
    assert "đang dừng, chờ trưởng ban chấm" in words(marker.get("/cham-bai/"))
    lead = browse_as("truong-cham")
    assert "Giám khảo đang dừng" in words(lead.get(LEAD))
    where = f"{LEAD}giam-khao/GK1/{row.item}/"
    assert browse_as("kiem-toan").post(where, {"ground": "x"}).status_code == 403
    assert lead.post(where, {"ground": ""}).status_code == 422
    lead.post(where, {"ground": "Đã trao đổi lại thang chấm"})
    assert standings(panel, "GK1")[row.item] != "stopped"
    assert lead.post(where, {"ground": "Lần nữa"}).status_code == 422  # nobody is stopped


@pytest.fixture
def disputed(panel):
    """Two markers who do not agree on anything."""
    mark_essays(panel, "GK1")
    mark_essays(panel, "GK2", lambda _script: 0)
    return panel


@pytest.mark.usefixtures("disputed")
def test_the_lead_sees_agreement_load_and_what_waits(browse_as):
    page = words(browse_as("truong-cham").get(LEAD))
    for told in ("GK1 – GK2", "Khối lượng", "Trôi mức chấm", "Giống nhau bất thường", "0 %"):
        assert told in page
    auditor = words(browse_as("kiem-toan").get(LEAD))
    assert "Trôi mức chấm" in auditor
    assert "Giao chấm thêm" not in auditor
    for name in ("GK1", "giao-vu", "hoi-dong-1"):
        assert browse_as(name).get(LEAD).status_code == 403


def test_scripts_are_given_out_and_a_marker_leaves(graded_folder, tmp_path, browse_as):
    sitting = behind_the_portal(reopen(graded_folder, tmp_path / "trung-tam"))
    lead = browse_as("truong-cham")
    assert "GK1, GK2" in words(lead.get(f"{LEAD}phan-cong/"))
    lead.post(f"{LEAD}phan-cong/")
    assert queue_of(sitting, "GK1", seed=None)
    lead.post(f"{LEAD}giam-khao/GK1/rut/", {"ground": "Ốm"})
    assert not queue_of(sitting, "GK1", seed=None)
    page = words(lead.get(LEAD))
    assert "đã rút" in page
    assert "Bài chưa đủ hai giám khảo" in page


def test_a_third_marking_is_ordered_once(disputed, browse_as):
    row = queue_of(disputed, "GK3", seed=None)[0]
    told = {"item": row.item, "code": row.code, "marker": "GK3", "ground": "Phúc khảo"}
    answer = browse_as("truong-cham").post(f"{LEAD}cham-lai/", told)
    assert answer.status_code == 422  # it waits for its third marker already
    assert "đang giữ bài" in words(answer)


def test_a_lead_who_marks_drafts_and_puts_off_as_a_marker_does(disputed, browse_as):
    """Who adjudicated and was no marker could neither keep a draft nor put a script off."""
    mark_essays(disputed, "GK3")
    row = queue_of(disputed, "GK3", seed=None)[0]
    told = {"item": row.item, "code": row.code, "marker": "truong-cham", "ground": "Phúc khảo"}
    lead = browse_as("truong-cham")
    assert lead.post(f"{LEAD}cham-lai/", told).status_code == 302
    mark_seeds(disputed, "truong-cham")
    where = f"{HERE}{row.item}/{row.code}/"
    assert "Bài tôi chấm" in words(lead.get(LEAD))
    for button in ("Giữ bản nháp", "Để lại sau", "Khai xung đột lợi ích"):
        assert button in words(lead.get(where))
    draft = dict([*sent(disputed, row.item, level=2).items()][:1])
    assert lead.post(f"{where}nhap/", draft).status_code == 302
    assert "bản nháp lúc" in words(lead.get(where))
    assert "để lại cuối hàng chờ" in words(lead.post(f"{where}bo-qua/", follow=True))
    assert lead.post(where, sent(disputed, row.item)).status_code == 302
    assert Mark.objects.filter(marker="truong-cham").count() == 1


def test_what_is_agreed_on_in_the_portal_is_in_the_gradebook_at_once(ready, browse_as):
    """It stayed out until somebody happened to grade the papers again: all were undecided."""
    mark_seeds(ready, "GK2")
    row = next(r for r in queue_of(ready, "GK1", seed=None)
               if queue_of(ready, "GK2", code=r.code))  # fmt: skip
    for name in ("GK1", "GK2"):
        scores = read_scores(ready.course)
        mine = (scores["student"] == row.enrolment.candidate) & (scores["cell"] == row.item)
        assert scores[mine]["pending"].all()
        where = f"{HERE}{row.item}/{row.code}/"
        browse_as(name).post(where, sent(ready, row.item))
    scores = read_scores(ready.course)
    assert not scores[mine]["pending"].any()
    assert (scores[mine]["score"] == scores[mine]["max_score"]).all()
    assert write_agreed(ready) == 0


def toml_of(rubric):
    """A rubric as its file says it."""
    head = f'id = "{rubric.id}"\nitem = "{rubric.item}"\npoints = {rubric.points}\n'
    parts = []
    for one in rubric.criteria:
        levels = "".join(
            '[[criteria.levels]]\ndescriptor = "m"\nexample = "v"\n' for _ in one.levels
        )
        must = str(one.must).lower()
        parts.append(
            f'[[criteria]]\nid = "{one.id}"\nname = "{one.name}"\nweight = {one.weight}\n'
            f"must = {must}\n{levels}"
        )
    return head + "".join(parts)


def test_a_corrected_rubric_is_looked_at_and_then_applied_as_looked_at(disputed, browse_as):
    lead, where = browse_as("truong-cham"), f"{LEAD}thang-cham/"
    rubric = next(iter(rubrics_of(disputed).values()))
    first, second, *rest = rubric.criteria
    swapped = rubric.model_copy(
        update={
            "criteria": (
                first.model_copy(update={"weight": second.weight}),
                second.model_copy(update={"weight": first.weight}),
                *rest,
            )
        }
    )
    text = toml_of(swapped)
    seen = lead.post(where, {"file": SimpleUploadedFile("t.toml", text.encode())})
    page = words(seen)
    assert seen.status_code == 200, page
    assert "Chưa có gì thay đổi" in page
    digest = re.search(r'name="digest" value="([0-9a-f]{64})"', page)[1]
    assert lead.post(where, {"text": text, "digest": digest, "ground": ""}).status_code == 422
    wrong = lead.post(where, {"text": text, "digest": "0" * 64, "ground": "Sai trọng số"})
    assert wrong.status_code == 422
    assert "xem lại rồi mới áp dụng" in words(wrong)
    assert rubrics_of(disputed)[rubric.item] == rubric
    done = lead.post(where, {"text": text, "digest": digest, "ground": "Sai trọng số"})
    assert done.status_code == 302
    assert rubrics_of(disputed)[rubric.item].criteria[0].weight == second.weight
    bad = lead.post(where, {"file": SimpleUploadedFile("t.toml", b"\xff\xfe")})
    assert bad.status_code == 422


@pytest.mark.usefixtures("panel")
def test_the_menu_leads_each_to_their_own_desk(browse_as):
    assert "/cham-bai/" in words(browse_as("GK1").get("/"))
    assert "/cham-bai/" not in words(browse_as("truong-cham").get("/"))
    assert "/ban-cham/" in words(browse_as("truong-cham").get("/"))
    assert "/hoi-dong/" in words(browse_as("hoi-dong-1").get("/"))


def test_a_script_handed_up_twice_is_refused_in_words(ready, marker):
    item, codes = waiting(ready)
    now = timezone.now()
    act(set_aside, "GK1", ready, "GK1", item, codes[0], to_lead=True, reason="Lạ", now=now)
    answer = marker.post(f"{HERE}{item}/{codes[0]}/chuyen/", {"ground": "Lần nữa"})
    assert answer.status_code == 422
    assert "đang chờ trưởng ban chấm" in words(answer)


def test_an_essay_that_is_not_what_was_allocated_stops_neither_marker_nor_lead(
    ready, marker, browse_as
):
    row = queue_of(ready, "GK1", seed=None)[0]
    with transaction.atomic(), acting_on(ready) as done:
        done.change(row, text="0" * 64)
    where = f"{HERE}{row.item}/{row.code}/"
    answer = marker.get(where)
    assert answer.status_code == 409
    assert "Để lại sau" in words(answer)
    assert marker.post(f"{where}bo-qua/").status_code == 302
    assert marker.post(f"{where}chuyen/", {"ground": "Bài đã đổi"}).status_code == 302
    desk = f"{LEAD}bai-chuyen/{handed_up(ready)[0].pk}/"
    assert "không còn như lúc phân công" in words(browse_as("truong-cham").get(desk))


def acting_on(sitting):
    """An act in which a row may be written."""
    return act_of(who("quan-tri"), "script.withdrawn", sitting.code, timezone.now())
