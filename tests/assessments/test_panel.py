"""The panel of a notebook speaks of the whole paper, as it stands on the disk now."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from browser.every_kind import build_form

from assessments.forms.form import TraineeItem
from assessments.handing_in.answers import answers_path
from assessments.handing_in.work import RECEIPT_FILE, Receipt, digest_of_work
from assessments.papers.panel import PaperPanel
from courses.answer_sheet import AnswerSheet

NOW = datetime(2026, 10, 24, 9, 30, tzinfo=UTC)


@pytest.fixture
def paper():
    """A paper of two parts: every kind in each."""
    paper = build_form().paper_for("CIO26-001")
    again = [
        TraineeItem(
            competency="KT2",
            points=Decimal(2),
            question=item.question.model_copy(
                update={"id": item.question.id.replace("KT1", "KT2")}
            ),
        )
        for item in paper.items
    ]
    return paper.model_copy(update={"items": (*paper.items, *again)})


def sheet(folder, paper, competency="KT1"):
    return AnswerSheet(answers_path(folder, competency), paper.digest)


def hand_in(folder, paper):
    receipt = Receipt(
        trainee="CIO26-001",
        form=paper.form,
        digest=paper.digest,
        sha256=digest_of_work(folder),
        taken_at=NOW,
    )
    (folder / RECEIPT_FILE).write_text(receipt.model_dump_json())


def test_every_part_of_the_paper_is_counted(tmp_path, paper):
    sheet(tmp_path, paper, "KT2").save("KT2-08", "nghiệm thu", 0, NOW)
    panel = PaperPanel(sheet(tmp_path, paper), paper, "KT1")
    told = [(part["competency"], part["answered"], part["here"]) for part in panel.parts]
    assert told == [("KT1", 0, True), ("KT2", 1, False)]


def test_a_receipt_is_shown_with_what_has_changed_since(tmp_path, paper):
    own = sheet(tmp_path, paper)
    own.save("KT1-08", "nghiệm thu", 0, NOW)
    hand_in(tmp_path, paper)
    panel = PaperPanel(own, paper, "KT1")
    assert (panel.standing["state"], "16:30:00 24/10/2026" in panel.standing["words"]) == (
        *("saved", True),
    )
    sheet(tmp_path, paper, "KT2").save("KT2-08", "sửa", 0, NOW)
    panel.refresh()
    assert (panel.standing["state"], "ĐÃ THAY ĐỔI" in panel.standing["words"]) == ("changed", True)


def test_a_damaged_part_is_named_and_not_shown_as_handed_in_unchanged(tmp_path, paper):
    sheet(tmp_path, paper, "KT2").save("KT2-08", "x", 0, NOW)
    hand_in(tmp_path, paper)
    answers_path(tmp_path, "KT2").write_text("{")
    panel = PaperPanel(sheet(tmp_path, paper), paper, "KT1")
    assert panel.parts[1]["answered"] is None
    assert panel.standing["state"] == "changed"
