"""Items after a sitting: what it showed of each, trial items that count for nothing, and steps."""

import shutil
from datetime import timedelta
from pathlib import Path

import nbformat
import numpy as np
import pytest
from nbgrader.api import Gradebook
from nbgrader.converters import Autograde
from sittings import (
    DECIDED_ON,
    act,
    decide,
    found_centre,
    grade_all,
    hand_in,
    make_bank,
    people,
    prepare_sitting,
    reopen,
    who,
)

from assessments.bank.bank import read_bank
from assessments.bank.life import FORWARD, require_step
from centre.database import the_centre
from centre.decisions.cases import annul_sitting
from centre.decisions.evidence import gather
from centre.items.gathering import gather_items
from centre.items.known import known_items
from centre.items.models import ItemSample
from centre.items.steps import ask_step, follow, sign_step, withdraw_step
from centre.ledger.check import check
from centre.ledger.models import LedgerLine
from centre.reporting.authors import items_edition
from centre.sittings.prepare import history_so_far
from courses.foundation.errors import ContentError, DeniedError, SittingError
from grading.gradebook.course import nbgrader_messages
from grading.gradebook.scores import paper_totals, read_scores

WAYS = ("all right", "partial", "all wrong")
COUNT = 33
PILOT = "KT1-41"


def bank_with_a_pilot(folder):
    """The tests' small bank; its KT paper has one form, no essay, and one item tried out."""
    bank = make_bank(folder)
    path = bank / "items" / "kt1" / f"{PILOT.lower()}.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("status: live", "status: pilot"), encoding="utf-8")
    head, _, _ = (bank / "blueprint.toml").read_text(encoding="utf-8").partition("[[papers]]")
    paper = """
[[papers]]
code = "KT"
area = "KT"
name = "Bài thi giả định KT"
minutes = 90
points = 12
trials = 1
variants = 2
[[papers.sections]]
competency = "KT1"
depths = { "hiểu" = 1, "vận dụng" = 3, "phân tích" = 2 }
essays = 0
"""
    (bank / "blueprint.toml").write_text(head + paper, encoding="utf-8")
    return bank


@pytest.fixture(scope="module")
def sat_folder(tmp_path_factory):
    """A graded sitting of one paper with a trial item; not yet decided."""
    place = tmp_path_factory.mktemp("thu")
    centre = found_centre(place / "trung-tam")
    bank_with_a_pilot(place / "ngan-hang")
    sitting = prepare_sitting(centre, people(COUNT), papers=("KT",))
    for number, one in enumerate(sitting.enrolments()):
        hand_in(sitting, one.candidate, "KT", WAYS[number % 3])
    grade_all(sitting)
    return centre.folder


@pytest.fixture(scope="module")
def shown_folder(sat_folder, tmp_path_factory):
    """The same sitting decided, and what it showed gathered."""
    sitting = reopen(sat_folder, tmp_path_factory.mktemp("thu") / "trung-tam")
    decide(sitting)
    act(gather_items, "giao-vu", sitting, now=DECIDED_ON)
    return sitting.centre.folder


@pytest.fixture
def sat(sat_folder, tmp_path):
    return reopen(sat_folder, tmp_path / "trung-tam")


@pytest.fixture
def shown(shown_folder, tmp_path):
    return reopen(shown_folder, tmp_path / "trung-tam")


def the_form(sitting):
    return next(iter(sitting.forms().values()))


def test_a_trial_item_is_asked_and_counts_in_no_mark_total_or_decision(shown):
    form = the_form(shown)
    assert [item.id for item in form.trials] == [PILOT]
    scores = read_scores(shown.course)
    tried = scores[scores["cell"] == PILOT]
    assert (len(tried), tried["score"].sum(), tried["max_score"].sum()) == (COUNT, 0, 0)
    assert not tried["pending"].any()
    totals = paper_totals(scores)
    assert set(totals["max_score"]) == {12}
    assert totals["score"].max() == 12
    assert {evidence.areas["KT"].possible for _, evidence in gather(shown)} == {12}


def test_the_released_cell_of_a_trial_item_looks_like_any_other(sat):
    form = the_form(sat)
    cells = nbformat.read(sat.folder / "release" / form.code / "KT1.ipynb", as_version=4).cells
    told = {
        cell.metadata.nbgrader.grade_id: cell.metadata.nbgrader.points
        for cell in cells
        if cell.metadata.get("nbgrader", {}).get("grade")
    }
    assert told.keys() == {item.id for item in form.items}
    assert set(told.values()) == {2}


@pytest.mark.proof
def test_plain_nbgrader_autograde_gives_a_trial_item_no_points_either(sat):
    candidate, form = sat.enrolments()[0].candidate, the_form(sat)
    before = read_scores(sat.course)
    shutil.rmtree(sat.folder / "autograded" / candidate)
    with Gradebook(sat.course.db_url) as gradebook:
        gradebook.remove_submission(form.code, candidate)
    with nbgrader_messages():
        directory = sat.course.directory(form.code, candidate)
        Autograde(coursedir=directory, config=sat.course.config).start()
    columns = ["cell", "score", "max_score"]
    again, ours = (
        frame[frame["student"] == candidate].sort_values("cell")[columns].to_numpy().tolist()
        for frame in (read_scores(sat.course), before)
    )
    assert again == ours
    assert [PILOT, 0, 0] in again


def test_nothing_is_gathered_before_everybody_is_decided_on(sat):
    with pytest.raises(SittingError, match=f"{COUNT} thí sinh chưa có quyết định"):
        act(gather_items, "giao-vu", sat, now=DECIDED_ON)
    assert not ItemSample.objects.exists()


def test_figures_are_those_that_plain_arithmetic_gives(shown):
    form, known = the_form(shown), known_items()
    assert known.keys() == {item.id for item in form.items}
    scores = read_scores(shown.course)
    wide = scores[scores["cell"] != PILOT].pivot(index="student", columns="cell", values="score")
    for item in form.scored:
        (sample,) = known[item.id].samples
        own = wide[item.id].to_numpy(float)
        rest = wide.drop(columns=item.id).sum(axis=1).to_numpy(float)
        assert (sample.answers, sample.scored, sample.version) == (COUNT, True, item.version)
        assert sample.difficulty == pytest.approx(own.mean() / 2, abs=1e-4)
        assert sample.item_rest == pytest.approx(np.corrcoef(own, rest)[0, 1])


def test_a_trial_item_is_marked_for_its_statistics_alone(shown):
    (sample,) = known_items()[PILOT].samples
    form = the_form(shown)
    place = [item.id for item in form.of("KT1")].index(PILOT)
    partial = {0: 1, 1: 0, 2: 0}[place % 3]  # as the partly right answer: right, wrong, malformed
    right = sum((1, partial, 0)[number % 3] for number in range(COUNT))
    assert (sample.answers, sample.scored) == (COUNT, False)
    assert sample.difficulty == pytest.approx(right / COUNT, abs=1e-4)
    assert sample.item_rest > 0.5
    assert sum(split.answers for split in sample.variants.values()) == COUNT


def test_gathering_again_changes_nothing_and_a_corrected_mark_changes_only_its_item(shown):
    lines = LedgerLine.objects.count()
    again = act(gather_items, "giao-vu", shown, now=DECIDED_ON + timedelta(days=1))
    assert (again.changed, LedgerLine.objects.count()) == (0, lines)
    form, one = the_form(shown), shown.enrolments()[0].candidate
    item = form.scored[0].id
    with Gradebook(shown.course.db_url) as gradebook:
        gradebook.find_grade(item, "KT1", form.code, one).manual_score = 0.5
        gradebook.db.commit()
    with pytest.raises(SittingError, match="1 thí sinh chưa có quyết định"):
        act(gather_items, "giao-vu", shown, now=DECIDED_ON)
    decide(shown, DECIDED_ON + timedelta(days=1))
    changed = act(gather_items, "giao-vu", shown, now=DECIDED_ON + timedelta(days=1)).changed
    assert 1 <= changed <= len(form.items)  # its own figures, and the rest of the others
    assert check(the_centre()) == []


@pytest.mark.usefixtures("shown")
def test_what_was_shown_is_what_the_next_drawing_knows():
    history = history_so_far()
    assert history.known[PILOT].answers == COUNT
    assert history.uses[PILOT] == 1


def test_an_annulled_sitting_tells_nothing_of_its_items(shown):
    act(annul_sitting, "hoi-dong-1", shown, "QĐ giả định 9/QĐ", "Lộ đề", now=DECIDED_ON)
    with pytest.raises(SittingError, match="đã bị huỷ"):
        act(gather_items, "giao-vu", shown, now=DECIDED_ON)
    assert known_items() == {}


def test_only_officers_and_leads_gather_and_see_items(shown, inside):
    with pytest.raises(DeniedError):
        act(gather_items, "GK1", shown, now=DECIDED_ON)
    bank = ("--bank", shown.settings.bank)
    status, _, err = inside(shown, "bank", "show", PILOT, *bank, by="coi-thi")
    assert status == 1
    assert "report.items" in err


def test_the_command_shows_an_items_life_and_gathers(shown, inside, at):
    bank = ("--bank", shown.settings.bank)
    status, out, _ = inside(shown, "bank", "show", PILOT, *bank)
    assert status == 0
    assert "thử nghiệm" in out
    assert str(COUNT) in out
    assert "biến thể 0" in out
    assert f"Đã hỏi ở kỳ {shown.code}, đề {the_form(shown).code}." in out
    status, out, _ = at(shown, "bank", "gather")
    assert (status, "ghi mới hoặc đổi 0" in out) == (0, True)
    status, out, _ = at(shown, "exam", "check")
    assert (status, "câu thử nghiệm" in out) == (0, True)


def test_the_items_report_tells_of_trial_items_apart_and_of_variants_that_enough_met(shown):
    report = items_edition(who("giao-vu"), shown, DECIDED_ON).report
    (apart,) = [one for one in report.sections if one.heading == "CÂU THỬ NGHIỆM"]
    ((item, _, n, *_),) = apart.blocks[0].rows
    assert (item, n) == (PILOT, COUNT)
    assert not any(one.sheet == PILOT for one in report.sections)
    variants = [b for one in report.sections for b in one.blocks if "biến thể" in str(b)]
    assert variants == []  # of two variants neither was met by thirty


@pytest.fixture
def own_bank(shown, tmp_path):
    return shutil.copytree(shown.settings.bank, tmp_path / "ngan-hang-rieng")


def status_of(bank, item=PILOT):
    return read_bank(bank / "items", bank / "rubrics").items[item]


@pytest.mark.usefixtures("shown")
def test_two_people_lead_a_pilot_into_use_and_its_file_tells_who_and_when(own_bank):
    act(ask_step, "giao-vu", own_bank, PILOT, "live", "Số liệu tốt", now=DECIDED_ON)
    with pytest.raises(DeniedError):
        act(sign_step, "giao-vu", own_bank, PILOT, now=DECIDED_ON)
    assert status_of(own_bank).status == "pilot"
    step = act(sign_step, "truong-cham", own_bank, PILOT, now=DECIDED_ON)
    assert act(sign_step, "truong-cham", own_bank, PILOT, now=DECIDED_ON).pk == step.pk
    follow(own_bank, step)
    follow(own_bank, step)
    item = status_of(own_bank)
    assert (item.status, item.reviewer_role) == ("live", "trưởng ban chấm")
    assert item.approved == DECIDED_ON.date()
    assert [(one.by, one.what) for one in item.changes] == [("truong-cham", "Số liệu tốt")]
    with pytest.raises(ContentError, match="chờ ký"):
        act(sign_step, "truong-cham", own_bank, PILOT, now=DECIDED_ON)
    assert check(the_centre()) == []


@pytest.mark.usefixtures("shown")
def test_whoever_asked_or_wrote_this_version_does_not_sign_it(own_bank):
    path = own_bank / "items" / "kt1" / f"{PILOT.lower()}.md"
    wrote = "changes: [{version: 1, day: 2026-01-05, by: truong-cham, what: Viết mới}]"
    text = path.read_text(encoding="utf-8").replace("status: pilot", f"status: pilot\n{wrote}")
    path.write_text(text, encoding="utf-8")
    act(ask_step, "truong-cham", own_bank, PILOT, "live", "Số liệu tốt", now=DECIDED_ON)
    with pytest.raises(DeniedError, match="phải người khác ký"):
        act(sign_step, "truong-cham", own_bank, PILOT, now=DECIDED_ON)
    act(ask_step, "giao-vu", own_bank, PILOT, "live", "Số liệu tốt", now=DECIDED_ON)
    with pytest.raises(DeniedError, match="phải người khác ký"):
        act(sign_step, "truong-cham", own_bank, PILOT, now=DECIDED_ON)
    follow(own_bank, act(sign_step, "hoi-dong-1", own_bank, PILOT, now=DECIDED_ON))
    assert [one.by for one in status_of(own_bank).changes] == ["truong-cham", "hoi-dong-1"]


@pytest.mark.usefixtures("shown")
def test_an_item_changed_after_it_was_asked_for_is_not_signed(own_bank):
    act(ask_step, "giao-vu", own_bank, PILOT, "live", "Số liệu tốt", now=DECIDED_ON)
    path = own_bank / "items" / "kt1" / f"{PILOT.lower()}.md"
    path.write_text(path.read_text(encoding="utf-8") + "\nThêm một câu.\n", encoding="utf-8")
    with pytest.raises(ContentError, match="đã đổi sau khi đề nghị"):
        act(sign_step, "truong-cham", own_bank, PILOT, now=DECIDED_ON)


@pytest.mark.usefixtures("shown")
def test_one_person_rests_an_item_and_two_bring_it_back(own_bank):
    step = act(withdraw_step, "truong-cham", own_bank, PILOT, "resting", "Nghi lộ", now=DECIDED_ON)
    follow(own_bank, step)
    assert status_of(own_bank).status == "resting"
    with pytest.raises(ContentError, match="không chuyển sang tạm nghỉ"):
        act(withdraw_step, "truong-cham", own_bank, PILOT, "resting", "Nữa", now=DECIDED_ON)
    act(ask_step, "giao-vu", own_bank, PILOT, "live", "Hết nghi", now=DECIDED_ON)
    follow(own_bank, act(sign_step, "hoi-dong-2", own_bank, PILOT, now=DECIDED_ON))
    assert [one.what for one in status_of(own_bank).changes] == ["Nghi lộ", "Hết nghi"]
    follow(
        own_bank,
        act(withdraw_step, "hoi-dong-2", own_bank, PILOT, "retired", "Luật đổi", now=DECIDED_ON),
    )
    with pytest.raises(ContentError, match="không bước nào"):
        act(ask_step, "giao-vu", own_bank, PILOT, "live", "Dùng lại", now=DECIDED_ON)


def test_a_pilot_that_too_few_have_answered_is_not_led_into_use(sat):
    item = status_of(Path(sat.settings.bank))
    with pytest.raises(ContentError, match="mới thử với 0 lượt làm"):
        require_step(item, "live", None, FORWARD)


def test_the_commands_lead_an_item_and_say_what_waits(shown, own_bank, inside):
    bank = ("--bank", own_bank)
    status, out, _ = inside(shown, "bank", "ask", PILOT, *bank, "--ground", "Số liệu tốt")
    assert (status, "cio bank sign" in out) == (0, True)
    status, out, _ = inside(shown, "bank", *bank)
    assert (status, f"Chờ người khác ký: {PILOT}" in out) == (0, True)
    assert inside(shown, "bank", "sign", PILOT, *bank)[0] == 1
    status, out, _ = inside(shown, "bank", "sign", PILOT, *bank, by="truong-cham")
    assert (status, "thử nghiệm → đang dùng" in out) == (0, True)
    status, out, _ = inside(
        shown, "bank", "rest", PILOT, *bank, "--ground", "Nghi lộ", by="truong-cham"
    )
    assert (status, "đang dùng → tạm nghỉ" in out) == (0, True)
