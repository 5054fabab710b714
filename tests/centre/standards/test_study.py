"""Judges set a cut in rounds; what each said is kept, and a policy's cut is the one they set."""

import json
import re
from decimal import Decimal

import docx
import pytest
from django.db import transaction
from docx.oxml.ns import qn
from openpyxl import load_workbook
from pypdf import PdfReader
from sittings import PREPARED_ON, prepare_sitting, settings_of, who

from centre.accounts.permissions import Role
from centre.accounts.users import add_user
from centre.ledger.check import check
from centre.ledger.models import LedgerLine
from centre.sittings.frozen import thaw
from centre.sittings.prepare import OWN_POLICIES, prepare
from centre.standards.minutes import write_minutes
from centre.standards.sheets import write_sheet_of
from centre.standards.study import close_round, form_of, open_study, rate, set_standard, study_of
from courses.foundation.errors import DecisionError, DeniedError, SittingError
from grading.certification.policy import POLICIES
from grading.certification.standard import Standard
from grading.certification.standard_sheet import YOURS, read_rating_sheet
from grading.statistics.gates import TooFewError

JUDGES = [f"HDC{n}" for n in range(1, 9)]
MINUTES = "Biên bản giả định số 00/BB-HĐC"


@pytest.fixture
def study(sitting):
    """An open study on the management paper, with eight judges."""
    with transaction.atomic():
        for name in JUDGES:
            add_user(who("quan-tri"), name, [Role.BOARD], now=PREPARED_ON)
        return open_study(who("giao-vu"), sitting, "QL-A", now=PREPARED_ON)


def expected(study, share):
    return {item.id: item.points * Decimal(share) for item in form_of(study).items}


def all_rate(study, shares):
    with transaction.atomic():
        for judge, share in zip(JUDGES, shares, strict=True):
            rate(who(judge), study, judge, expected(study, share), now=PREPARED_ON)


def close(study):
    with transaction.atomic():
        return close_round(who("giao-vu"), study, now=PREPARED_ON)


def test_the_cut_is_the_judges_mean_and_its_error_theirs(study):
    all_rate(study, ["0.5", "0.5", "0.5", "0.5", "0.7", "0.7", "0.7", "0.7"])
    figures = close(study)
    points = float(form_of(study).points)
    assert figures.cut == pytest.approx(0.6 * points)
    # SD of four 0.5 and four 0.7 about 0.6, over 7; SE = SD / sqrt(8).
    assert figures.se == pytest.approx(points * (0.08 / 7) ** 0.5 / 8**0.5)


def test_the_standard_is_frozen_with_every_round_and_says_whether_papers_were_taken(study, sitting):
    all_rate(study, ["0.5"] * 4 + ["0.7"] * 4)
    close(study)
    all_rate(study, ["0.603"] * 8)
    close(study)
    with transaction.atomic():
        frozen = set_standard(who("hoi-dong-1"), study, MINUTES, now=PREPARED_ON)
    made = thaw(frozen, Standard)
    assert [len(one.judges) for one in made.rounds] == [8, 8]
    assert (made.paper, made.cut_share, made.papers_taken) == ("QL", Decimal("0.61"), 0)
    line = LedgerLine.objects.last()
    assert json.loads(line.after)["detail"] == {"minutes": MINUTES, "papers_taken": 0}
    assert list(check(sitting.centre)) == []


def test_a_round_that_is_closed_is_never_changed(study):
    all_rate(study, ["0.6"] * 8)
    close(study)
    first = list(study.ratings.filter(round=1).values_list("ratings", flat=True))
    all_rate(study, ["0.5"] * 8)
    assert list(study.ratings.filter(round=1).values_list("ratings", flat=True)) == first


def test_a_round_of_few_judges_and_a_standard_without_a_round_are_refused(study):
    with pytest.raises(DecisionError, match="chưa khép vòng nào"), transaction.atomic():
        set_standard(who("hoi-dong-1"), study, MINUTES, now=PREPARED_ON)
    with transaction.atomic():
        rate(who("HDC1"), study, "HDC1", expected(study, "0.6"), now=PREPARED_ON)
    with pytest.raises(TooFewError):
        close(study)


def test_nobody_rates_for_another_and_nobody_leaves_an_item_out(study):
    ratings = expected(study, "0.6")
    with pytest.raises(DeniedError), transaction.atomic():
        rate(who("HDC1"), study, "HDC2", ratings, now=PREPARED_ON)
    left_out = min(ratings)
    with pytest.raises(DecisionError, match=f"chưa cho điểm câu {left_out}"):
        rate_one(study, {k: v for k, v in ratings.items() if k != left_out})
    with pytest.raises(DecisionError, match="không có câu X-99"):
        rate_one(study, {**ratings, "X-99": Decimal(1)})
    with pytest.raises(DecisionError, match=f"câu {left_out}: điểm phải từ 0"):
        rate_one(study, {**ratings, left_out: Decimal(99)})


def rate_one(study, ratings):
    with transaction.atomic():
        rate(who("HDC1"), study, "HDC1", ratings, now=PREPARED_ON)


def test_after_the_standard_is_set_nothing_is_rated_and_nothing_set_again(study):
    all_rate(study, ["0.6"] * 8)
    close(study)
    with transaction.atomic():
        set_standard(who("hoi-dong-1"), study, MINUTES, now=PREPARED_ON)
    with pytest.raises(DecisionError, match="đã chốt"):
        rate_one(study, expected(study, "0.5"))
    with pytest.raises(DecisionError, match="đã chốt"), transaction.atomic():
        set_standard(who("hoi-dong-1"), study, MINUTES, now=PREPARED_ON)


def test_a_sheet_comes_back_by_what_it_says_wherever_rows_and_columns_stand(study, tmp_path):
    path = tmp_path / "phieu.xlsx"
    write_sheet_of(path, study, "HDC1")
    book = load_workbook(path)
    sheet = book.worksheets[0]
    for row in range(4, sheet.max_row + 1):
        sheet.cell(row, 7, "0,5")
    sheet.insert_cols(2)
    sheet.move_range(f"A4:H{sheet.max_row}", rows=2)
    book.save(path)
    assert read_rating_sheet(path, form_of(study), "HDC1") == dict.fromkeys(
        expected(study, 1), Decimal("0.5")
    )


def test_anothers_sheet_and_a_cell_that_is_no_number_are_named(study, tmp_path):
    path = tmp_path / "phieu.xlsx"
    write_sheet_of(path, study, "HDC1")
    with pytest.raises(DecisionError, match=r"HDC2”: PHIẾU .* HDC1"):
        read_rating_sheet(path, form_of(study), "HDC2")
    book = load_workbook(path)
    book.worksheets[0].cell(5, 7, "nhiều")
    book.save(path)
    with pytest.raises(DecisionError, match=f"dòng 5, cột {YOURS}"):
        read_rating_sheet(path, form_of(study), "HDC1")


def test_the_next_rounds_sheet_shows_what_the_last_one_said(study, tmp_path):
    all_rate(study, ["0.5"] * 4 + ["0.7"] * 4)
    close(study)
    path = tmp_path / "phieu.xlsx"
    write_sheet_of(path, study, "HDC1")
    row = next(load_workbook(path).worksheets[0].iter_rows(min_row=4, max_row=4, values_only=True))
    item = form_of(study).items[0]
    assert Decimal(row[3]) == item.points / 2
    assert row[4].startswith(f"{float(item.points) * 0.6:.2f}".replace(".", ","))


def own_policy(centre, digest, cut):
    folder = centre.folder / OWN_POLICIES
    folder.mkdir(exist_ok=True)
    text = (POLICIES / "2026-01-01-cio.toml").read_text("utf-8")
    text = text.replace('cut_share = "0.60"', f'cut_share = "{cut}"\nstandard = "{digest}"', 1)
    (folder / "own.toml").write_text(text, "utf-8")


def test_a_policy_is_held_to_the_standard_that_it_names(study, sitting):
    all_rate(study, ["0.65"] * 8)
    close(study)
    with transaction.atomic():
        digest = set_standard(who("hoi-dong-1"), study, MINUTES, now=PREPARED_ON).digest
    own_policy(sitting.centre, digest, "0.60")
    later = settings_of(sitting.centre.folder, code="ky-sau", papers=("QL",))
    with pytest.raises(DecisionError, match=r"là 0.65, không phải 0.60"), transaction.atomic():
        prepare(who("giao-vu"), sitting.centre, later, now=PREPARED_ON)
    own_policy(sitting.centre, "0" * 64, "0.60")
    with pytest.raises(DecisionError, match="không có ở trung tâm này"), transaction.atomic():
        prepare(who("giao-vu"), sitting.centre, later, now=PREPARED_ON)
    own_policy(sitting.centre, digest, "0.65")
    again = prepare_sitting(sitting.centre, code="ky-sau", papers=("QL",))
    assert again.policy.areas[0].standard == digest


def test_a_form_without_a_study_and_a_study_opened_twice_are_named(study, sitting):
    with pytest.raises(SittingError, match="chưa mở việc xác định điểm chuẩn cho đề KM-A"):
        study_of(sitting, "KM-A")
    with pytest.raises(SittingError, match="đã mở"), transaction.atomic():
        open_study(who("giao-vu"), sitting, "QL-A", now=PREPARED_ON)
    assert study_of(sitting, "QL-A") == study


def said(path):
    """Everything that a document says, without blanks."""
    if path.suffix == ".docx":
        nodes = docx.Document(path).element.body.iter(qn("w:t"))
        return re.sub(r"\s+", "", "".join(node.text or "" for node in nodes))
    return re.sub(r"\s+", "", "".join(page.extract_text() for page in PdfReader(path).pages))


def write_them(study, sitting):
    return write_minutes(who("giao-vu"), sitting.centre, study, now=PREPARED_ON)


def test_minutes_say_what_was_frozen_and_who_sat_but_not_what_each_said(study, sitting):
    all_rate(study, ["0.51", "0.53", "0.55", "0.57", "0.63", "0.65", "0.67", "0.69"])
    close(study)
    all_rate(study, ["0.603"] * 8)
    close(study)
    with transaction.atomic():
        frozen = set_standard(who("hoi-dong-1"), study, MINUTES, now=PREPARED_ON)
    paths = write_them(study, sitting)
    assert [path.name for path in paths] == ["bien-ban.pdf", "bien-ban.docx"]
    for path in paths:
        text = said(path)
        for told in (*JUDGES, frozen.digest, MINUTES, "61%thangđiểm", "chưacóbàithinào"):
            assert re.sub(r"\s+", "", told) in text
    points = form_of(study).points
    apart = f"{points * Decimal('0.55'):.2f}".replace(".", ",")
    assert apart not in said(paths[1])
    lines = LedgerLine.objects.count()
    assert write_them(study, sitting) == paths
    assert LedgerLine.objects.count() == lines
    assert list(check(sitting.centre)) == []


def test_minutes_wait_for_the_standard_and_are_not_for_a_judge_to_write(study, sitting):
    with pytest.raises(DecisionError, match="chưa chốt"):
        write_them(study, sitting)
    with pytest.raises(DeniedError):
        write_minutes(who("GK1"), sitting.centre, study, now=PREPARED_ON)
