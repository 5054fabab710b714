"""A prepared sitting is frozen, and what leaves the examiner's side tells nothing."""

import shutil
from datetime import timedelta
from decimal import Decimal

import pytest
from openpyxl import load_workbook
from shipped import BANK
from sittings import (
    CODE,
    OPENS,
    PAPERS,
    SAMPLE,
    SETTINGS,
    act,
    answer,
    ids,
    make_bank,
    people,
    prepare_sitting,
    reopen,
    settings_of,
)

from assessments.forms.blueprint import read_blueprint
from assessments.forms.form import Form
from centre.configuration import DATABASE
from centre.database import open_centre
from centre.ledger.check import check
from centre.ledger.models import LedgerLine
from centre.sittings.frozen import thaw
from centre.sittings.models import FormRecord
from centre.sittings.prepare import prepare
from centre.sittings.settings import read_settings
from centre.sittings.sitting import bank_of, open_sitting
from courses.foundation.errors import CentreError, ContentError, SittingError


def secrets_of(form):
    """Everything about a form that a trainee must not find."""
    yield form.seed
    yield from (
        '"correct"',
        "tolerances",
        "BEGIN HIDDEN",
        "END HIDDEN",
        "MARK SCHEME",
        "paper.mark",
    )
    for item in form.items:
        yield from (drawn.key.model_dump_json() for drawn in item.variants if drawn.key.correct)
        if item.rubric:
            for criterion in BANK.rubrics[item.id].criteria:
                for level in criterion.levels:
                    yield from (level.descriptor, level.example)
        exercise = BANK.items[item.id].exercise
        for told in exercise.model_dump(include={"options", "feedback", "pairs"}).values():
            parts = told.values() if isinstance(told, dict) else [p["feedback"] for p in told]
            yield from parts


def texts(folder):
    """Contents of all files, once as they are and once as JSON writes Vietnamese."""
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        content = path.read_text(encoding="utf-8")
        yield path, content + content.encode().decode("unicode_escape", errors="replace")


def test_the_release_folder_and_the_trainees_folder_hold_no_key_no_rubric_and_no_hidden_test(
    sitting,
):
    trainee = ids(sitting)["all right"]
    for paper in PAPERS:
        answer(sitting, trainee, paper, "blank")
    for form in sitting.forms().values():
        hidden = set(secrets_of(form))
        assert len(hidden) > 8
        for folder in (sitting.folder / "release" / form.code, sitting.folder / "papers"):
            for path, content in texts(folder):
                found = [secret for secret in hidden if secret in content]
                assert not found, path


def test_the_source_that_stays_with_the_examiner_does_hold_the_keys(sitting):
    form = sitting.forms()["QL-A"]
    source = next((sitting.folder / "source" / form.code).glob("*.ipynb")).read_text("utf-8")
    assert form.seed in source
    assert "BEGIN HIDDEN" in source


def test_preparing_again_changes_nothing_that_was_frozen(sitting):
    before = sitting.digests
    released = {p: p.read_bytes() for p in (sitting.folder / "release").rglob("*.ipynb")}
    again = prepare_sitting(sitting.centre, people(8), **same_bank(sitting))
    assert again.digests == before
    assert {p: p.read_bytes() for p in released} == released
    assert len(again.enrolments()) == 8  # late enrolments are added
    assert check(sitting.centre) == []


def test_preparing_again_with_the_same_roster_writes_nothing(sitting):
    lines = LedgerLine.objects.count()
    prepare_sitting(sitting.centre, people(6), **same_bank(sitting))
    assert LedgerLine.objects.count() == lines


def same_bank(sitting):
    return {"bank": sitting.settings.bank}


def test_a_sitting_of_that_code_with_other_settings_is_refused(sitting):
    other = sitting.settings.model_copy(update={"name": "Kỳ khác"})
    with pytest.raises(SittingError, match="cấu hình khác"):
        act(prepare, "giao-vu", sitting.centre, other, now=OPENS)


def test_a_paper_the_blueprint_has_not_is_refused_and_nothing_entered(sitting):
    other = sitting.settings.model_copy(update={"code": "ky-khac", "papers": ("QL", "XX")})
    lines = LedgerLine.objects.count()
    with pytest.raises(SittingError, match="ma trận đề không có bài thi XX"):
        act(prepare, "giao-vu", sitting.centre, other, now=OPENS)
    assert LedgerLine.objects.count() == lines


def test_a_second_sitting_draws_other_forms(sitting):
    later = settings_of(
        sitting.centre.folder,
        code="ky-hai",
        opens=OPENS + timedelta(days=60),
        closes=OPENS + timedelta(days=60, hours=8),
        papers=("QL",),
    )
    second = act(prepare, "giao-vu", sitting.centre, later, now=OPENS)
    sets = [{item.id for item in form.items} for form in sitting.forms().values()]
    for form in second.forms().values():
        assert {item.id for item in form.items} not in sets


def test_seven_sittings_in_a_row_each_have_a_capstone_nobody_has_met(sitting, monkeypatch):
    monkeypatch.setattr("centre.sittings.prepare.bank_of", lambda *_: (BANK, read_blueprint()))
    stated = read_settings(SETTINGS).model_copy(update={"papers": ("CAP",)})
    dossiers, met = ["CAP-E1"], []  # the sitting that is there already has asked the first
    for number in range(2, 8):
        later = stated.model_copy(update={"code": f"bai-tong-hop-{number}"})
        made = act(prepare, "giao-vu", sitting.centre, later, now=OPENS)
        forms = made.forms().values()
        (dossier,) = {item.id for form in forms for item in form.items if item.rubric}
        dossiers.append(dossier)
        audits = [{i.id: i.points for i in form.items if i.rubric is None} for form in forms]
        for points, form in zip(audits, forms, strict=True):
            most = Decimal("0.2") * sum(item.points for item in form.items)
            assert all(sum(points[one] for one in points.keys() & old) <= most for old in met)
        met += audits
    assert len(set(dossiers)) == 7
    assert "CAP-E1" in {item.id for form in sitting.forms().values() for item in form.items}
    eighth = stated.model_copy(update={"code": "bai-tong-hop-8"})
    with pytest.raises(ContentError, match="CAP"):
        act(prepare, "giao-vu", sitting.centre, eighth, now=OPENS)


def test_what_the_bank_says_later_does_not_reach_what_was_frozen(sitting, tmp_path):
    """Rubrics, keys and names of papers are those of the day the forms were drawn."""
    bank = make_bank(tmp_path / "ngan-hang")
    later = settings_of(sitting.centre.folder, code="ky-hai", papers=("QL",))
    made = act(prepare, "giao-vu", sitting.centre, later, now=OPENS)
    before = (made.forms(), made.rubrics(), made.blueprint)
    for path in [*(bank / "rubrics").rglob("*.toml"), bank / "blueprint.toml"]:
        path.write_text(path.read_text("utf-8").replace("name = ", 'name = "đã sửa" # '), "utf-8")
    again = open_sitting(sitting.centre, "ky-hai")
    assert (again.forms(), again.rubrics(), again.blueprint) == before
    shutil.rmtree(bank)
    again = open_sitting(sitting.centre, "ky-hai")
    assert (again.forms(), again.rubrics(), again.blueprint) == before


@pytest.mark.usefixtures("sitting")
def test_frozen_content_that_was_changed_is_not_read():
    form = FormRecord.objects.select_related("content").first().content
    form.content = form.content.replace("QL", "KM", 1)
    with pytest.raises(CentreError, match="bị sửa"):
        thaw(form, Form)


@pytest.mark.parametrize("place", [".", "ngan-hang"])
def test_a_private_bank_inside_the_centre_is_refused(sitting, place):
    inside = sitting.settings.model_copy(update={"bank": place})
    with pytest.raises(SittingError, match="nằm ngoài thư mục trung tâm"):
        bank_of(sitting.centre, inside)


def test_a_sitting_there_is_not_is_refused_with_those_there_are(sitting):
    with pytest.raises(SittingError, match=f"không có kỳ ky-la; có: {CODE}"):
        open_sitting(sitting.centre, "ky-la")


def test_a_folder_that_is_no_centre_is_refused_by_name(tmp_path):
    with pytest.raises(CentreError, match=r"thiếu centre\.toml") as refused:
        open_centre(tmp_path)
    assert refused.value.path == tmp_path


@pytest.mark.parametrize(
    ("old", "new", "key", "words"),
    [
        ("grace_minutes = 30", "grace_minuets = 30", "grace_minutes", "thiếu khoá"),
        ("grace_minutes = 30", "grace_minutes = -1", "grace_minutes", "số quá nhỏ"),
        ("opens = 2026-10-24T08:00:00+07:00", "opens = 2026-10-24T08:00:00", "opens", "múi giờ"),
        ("opens = 2026-10-24T08", "opens = 2026-10-24T18", None, "giờ mở đề phải trước"),
        ('adjudicator = "GK3"', 'third = "GK3"', "marking.adjudicator", "thiếu khoá"),
    ],
)
def test_wrong_settings_are_refused_by_file_and_key(tmp_path, old, new, key, words):
    text = SETTINGS.read_text("utf-8")
    assert old in text
    path = tmp_path / "sitting.toml"
    path.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(ContentError, match=words) as refused:
        read_settings(path)
    assert (refused.value.path, refused.value.key) == (path, key)


def test_a_broken_nbgrader_configuration_is_said(sitting):
    (sitting.folder / "nbgrader_config.py").write_text("c = 1 / 0\n", "utf-8")
    with pytest.raises(SittingError, match="cấu hình lỗi: division"):
        _ = open_sitting(sitting.centre, CODE).course


def test_the_gradebook_knows_trainees_by_id_alone(sitting):
    content = (sitting.folder / "gradebook.db").read_bytes()
    for enrolment in sitting.enrolments():
        assert enrolment.candidate.encode() in content
        assert enrolment.person.full_name.encode() not in content


def test_no_identity_number_of_the_roster_is_kept(sitting):
    cells = [
        str(cell)
        for sheet in load_workbook(SAMPLE / "danh-sach-hoc-vien.xlsx")
        for row in sheet.iter_rows(values_only=True)
        for cell in row
    ]
    numbers = {cell for cell in cells if cell.isdigit() and len(cell) in (9, 12)}
    assert len(numbers) > 10
    for path in (sitting.centre.folder / DATABASE, sitting.folder / "gradebook.db"):
        content = path.read_bytes()
        assert not any(number.encode() in content for number in numbers)


def test_a_centre_copied_elsewhere_is_the_same_centre(sitting, tmp_path):
    before, tables = sitting.digests, check(sitting.centre)
    moved = reopen(sitting.centre.folder, tmp_path / "noi-khac")
    assert (moved.digests, check(moved.centre)) == (before, tables) == (before, [])
