"""The tidy frames say what the records say, and outside nobody is known by them."""

from pathlib import Path

import nbformat
import pandas as pd
import pytest
from sittings import DECIDED_ON, who

from centre.ledger.models import LedgerLine
from centre.people.models import Person
from centre.reporting.cohort import cohort_input
from centre.reporting.tidy import Audience, export_tidy, frames_of
from courses.foundation.errors import DeniedError, DisclosureError, SittingError
from grading.gradebook.scores import read_scores

NOTEBOOK = Path(__file__).parents[3] / "docs" / "notebooks" / "so-lieu-gon.ipynb"


@pytest.fixture
def written(decided, tmp_path):
    """Every frame of the decided sitting, as read back from the package."""
    folder = tmp_path / "goi"
    export_tidy(who("giao-vu"), [decided], Audience.CENTRE, folder, now=DECIDED_ON)
    return {path.stem: pd.read_parquet(path) for path in folder.glob("*.parquet")}


def test_scores_are_the_gradebooks_and_items_the_forms(decided, written):
    marks = read_scores(decided.course)
    forms = decided.forms()
    marks = marks[marks["assignment"].isin(list(forms))]
    assert len(written["scores"]) == len(marks)
    settled = marks[~marks["pending"]]
    assert written["scores"]["score"].sum() == pytest.approx(settled["score"].sum())
    assert len(written["items"]) == sum(len(form.items) for form in forms.values())


def test_areas_are_those_of_the_cohort_report(decided, written):
    report = cohort_input(decided, DECIDED_ON).areas
    told = written["areas"]
    ours = told[told["outcome"] != "kept"].groupby("area")["share"].agg(["count", "sum"])
    theirs = report.groupby("area")["share"].agg(["count", "sum"])
    assert ours["count"].to_dict() == theirs["count"].to_dict()
    assert ours["sum"].to_dict() == pytest.approx(theirs["sum"].to_dict())


def test_no_frame_names_anybody(decided, written):
    text = "".join(frame.to_csv() for frame in written.values())
    for person in Person.objects.all():
        assert person.full_name not in text
        assert person.number not in text
    for enrolment in decided.enrolments():
        assert enrolment.candidate not in text
        assert enrolment.agency.name not in text


def test_a_pseudonym_is_one_persons_in_all_frames_and_another_for_each_audience(decided, written):
    known = set(written["persons"]["person"])
    assert set(written["decisions"]["person"]) == set(written["areas"]["person"]) == known
    again = frames_of([decided], Audience.CENTRE)["persons"]["person"]
    assert set(again) == known


def test_a_small_sitting_is_not_told_of_outside(decided):
    with pytest.raises(DisclosureError, match=f"kỳ {decided.code}: dưới 10 người"):
        frames_of([decided], Audience.RESEARCH)


def test_an_export_is_kept_in_the_ledger_and_needs_the_right_to_it(decided, tmp_path):
    with pytest.raises(DeniedError):
        export_tidy(who("GK1"), [decided], Audience.CENTRE, tmp_path / "goi", now=DECIDED_ON)
    assert not (tmp_path / "goi").exists()
    export_tidy(who("giao-vu"), [decided], Audience.CENTRE, tmp_path / "goi", now=DECIDED_ON)
    line = LedgerLine.objects.last()
    assert (line.kind, line.actor) == ("data.exported", "giao-vu")


def test_what_is_not_decided_is_not_exported(graded):
    with pytest.raises(SittingError, match="chưa có quyết định nào có hiệu lực"):
        frames_of([graded], Audience.CENTRE)


def test_the_notebook_in_docs_rebuilds_the_figures_of_the_cohort_report(
    decided, tmp_path, monkeypatch
):
    export_tidy(who("giao-vu"), [decided], Audience.CENTRE, tmp_path / "so-lieu", now=DECIDED_ON)
    monkeypatch.chdir(tmp_path)
    found = {}
    for cell in nbformat.read(NOTEBOOK, as_version=4).cells:
        if cell.cell_type == "code":
            exec(cell.source, found)  # noqa: S102 - our own notebook
    report = cohort_input(decided, DECIDED_ON)
    sat = report.areas[report.areas["share"].notna()].groupby("area")
    assert found["by_area"]["n"].to_dict() == sat.size().to_dict()
    assert found["by_area"]["passed"].to_dict() == sat["passed"].sum().to_dict()
    assert found["by_area"]["mean"].to_dict() == pytest.approx(sat["share"].mean().to_dict())
    assert found["statuses"].to_numpy().sum() == len(report.trainees)
    means = report.competencies.groupby("competency")["share"].mean().to_dict()
    ours = found["by_competency"]["mean"].to_dict()
    assert {code: ours[code] for code in means} == pytest.approx(means)
