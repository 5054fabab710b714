"""``cio report``: every kind, where it is written, and that it is written once."""

import json
from pathlib import Path


def test_a_report_is_written_in_every_format_and_its_places_are_printed(at, decided):
    status, out, err = at(decided, "report")
    places = [Path(place) for place in out.split()]
    assert (status, [place.suffix for place in places]) == (0, [".pdf", ".docx", ".xlsx", ".html"])
    assert all(place.is_file() for place in places)
    assert "Lập báo cáo (1)" in err
    assert at(decided, "report", "technical", by="kiem-toan")[0] == 0
    assert at(decided, "report", "items")[0] == 0


def test_slips_are_written_where_asked_and_once(at, decided, tmp_path):
    slips = ("report", "candidate", "--out", tmp_path / "phieu")
    people = len(decided.enrolments())
    assert f"{people} báo cáo, lập mới {people}, giữ nguyên 0" in at(decided, *slips)[1]
    assert f"lập mới 0, giữ nguyên {people}" in at(decided, *slips)[1]
    one = decided.enrolments()[0].candidate
    status, out, _ = at(decided, *slips, "--about", one, "--json")
    assert (status, json.loads(out)[0]["new"]) == (0, False)
    assert at(decided, *slips, "--about", "CIO99-999")[0] == 1


def test_a_report_says_what_it_wants_to_be_told(inside, decided):
    status, _, err = inside(decided, "report", "candidate")
    assert (status, "cần --sitting" in err) == (1, True)
    status, _, err = inside(decided, "report", "period")
    assert (status, "2026-1" in err) == (1, True)
    year = str(decided.record.closes.year)
    status, out, _ = inside(decided, "report", "period", "--period", year)
    assert (status, Path(out.split()[0]).name) == (0, "period.pdf")
    assert inside(decided, "report", "khong-co")[0] == 2
