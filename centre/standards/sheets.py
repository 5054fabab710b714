"""A judge's sheet from the records: the round that is open, and what the last one said."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from centre.standards.study import figures_of, form_of
from grading.certification.standard_sheet import write_rating_sheet

if TYPE_CHECKING:
    from pathlib import Path

    from centre.standards.models import Study


def write_sheet_of(path: Path, study: Study, judge: str) -> None:
    """Write the sheet of one judge for the open round."""
    last = study.round - 1
    before = figures_of(study, upto=last)[-1] if last else None
    own = study.ratings.filter(round=last, judge__username=judge).first()
    ratings = json.loads(own.ratings) if own else {}
    write_rating_sheet(path, form_of(study), judge, before, ratings)
