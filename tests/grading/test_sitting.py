"""A prepared sitting is frozen, and what leaves the examiner's side tells nothing."""

import shutil
from datetime import timedelta

import pytest
from grading.records.ledger import broken_lines
from grading.records.schema import LedgerEntry
from grading.sitting import open_sitting, prepare, read_settings
from openpyxl import load_workbook
from sittings import OPENS, PAPERS, SAMPLE, SETTINGS, answer, ids
from sqlalchemy import func, select

from assessments.bank.bank import read_bank
from cohort_data.rosters.roster import read_roster
from courses.foundation.errors import ContentError, SittingError


def secrets_of(form):
    """Everything about a form that a trainee must not find."""
    rubrics = read_bank().rubrics
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
            for criterion in rubrics[item.id].criteria:
                for level in criterion.levels:
                    yield from (level.descriptor, level.example)
        exercise = read_bank().items[item.id].exercise
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
    before = {code: form.digest for code, form in sitting.forms().items()}
    released = {p: p.read_bytes() for p in (sitting.folder / "release").rglob("*.ipynb")}
    roster = read_roster(SAMPLE / "danh-sach-hoc-vien.xlsx").trainees
    settings = sitting.folder / "sitting.toml"
    again = prepare(sitting.folder, settings, roster[:8], (), OPENS - timedelta(days=1))
    assert {code: form.digest for code, form in again.forms().items()} == before
    assert {p: p.read_bytes() for p in released} == released
    assert len(again.trainees()) == 8  # late enrolments are added
    with again.records() as session:
        assert broken_lines(session) == []


def test_preparing_again_with_the_same_roster_writes_nothing(sitting):
    roster = read_roster(SAMPLE / "danh-sach-hoc-vien.xlsx").trainees
    with sitting.records() as session:
        lines = session.scalar(select(func.count()).select_from(LedgerEntry))
    settings = sitting.folder / "sitting.toml"
    again = prepare(sitting.folder, settings, roster[:6], (), OPENS)
    with again.records() as session:
        assert session.scalar(select(func.count()).select_from(LedgerEntry)) == lines


def test_another_sittings_settings_are_refused(sitting, tmp_path):
    other = tmp_path / "sitting.toml"
    other.write_text(SETTINGS.read_text("utf-8").replace("tháng 10", "tháng 11"), "utf-8")
    with pytest.raises(SittingError, match="cấu hình khác"):
        prepare(sitting.folder, other, (), (), OPENS)


def test_a_folder_that_is_no_sitting_is_refused_by_name(tmp_path):
    with pytest.raises(SittingError, match=r"thiếu sitting\.toml") as refused:
        open_sitting(tmp_path)
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


def test_a_records_file_that_is_no_database_is_said(sitting):
    (sitting.folder / "records.db").write_bytes(b"khong phai co so du lieu" * 100)
    with pytest.raises(SittingError, match="không mở được cơ sở dữ liệu"):
        open_sitting(sitting.folder)


def test_a_broken_nbgrader_configuration_is_said(sitting):
    (sitting.folder / "nbgrader_config.py").write_text("c = 1 / 0\n", "utf-8")
    with pytest.raises(SittingError, match="cấu hình lỗi: division"):
        open_sitting(sitting.folder)


def test_the_gradebook_knows_trainees_by_id_alone(sitting):
    content = (sitting.folder / "gradebook.db").read_bytes()
    for trainee in sitting.trainees():
        assert trainee.id.encode() in content
        assert trainee.full_name.encode() not in content


def test_no_identity_number_of_the_roster_is_kept(sitting):
    cells = [
        str(cell)
        for sheet in load_workbook(SAMPLE / "danh-sach-hoc-vien.xlsx")
        for row in sheet.iter_rows(values_only=True)
        for cell in row
    ]
    numbers = {cell for cell in cells if cell.isdigit() and len(cell) in (9, 12)}
    assert len(numbers) > 10
    for path in (sitting.folder / "records.db", sitting.folder / "gradebook.db"):
        content = path.read_bytes()
        assert not any(number.encode() in content for number in numbers)


def test_a_sitting_copied_elsewhere_is_the_same_sitting(sitting, tmp_path):
    moved = open_sitting(shutil.copytree(sitting.folder, tmp_path / "noi-khac"))
    assert {c: f.digest for c, f in moved.forms().items()} == {
        c: f.digest for c, f in sitting.forms().items()
    }
