"""Tracks are data: each has its lessons, blueprint and policy, and what is misspelt is refused."""

from datetime import date

import pytest
from shipped import LESSONS

from assessments.forms.blueprint import BLUEPRINT, blueprint_of, read_blueprints
from courses.foundation.errors import ContentError
from courses.tracks import TRACKS, all_competencies, read_tracks, the_track, the_tracks
from grading.certification.policy import policy_on

CODES = {lesson.head.code for lesson in LESSONS}


@pytest.mark.parametrize("track", the_tracks().values(), ids=lambda track: track.code)
def test_a_track_teaches_what_it_examines_and_its_policy_decides_on_its_papers(track):
    blueprint, policy = blueprint_of(track.code), policy_on(date(2026, 11, 28), track.code)
    examined = {section.competency for plan in blueprint.papers for section in plan.sections}
    assert examined - {"CAP"} == set(track.modules)
    assert set(track.modules) <= CODES
    assert {plan.area for plan in blueprint.papers} == {area.code for area in policy.areas}
    assert {rule.competency for rule in policy.critical} <= examined


def test_every_competency_belongs_to_a_track_and_has_one_name():
    assert set(all_competencies()) == CODES
    assert {code for track in the_tracks().values() for code in track.modules} == CODES


def test_what_a_track_cites_is_printed_from_the_register():
    assert "[@" not in str(the_tracks())
    assert "Công văn số 55/BTTTT-ƯDCNTT ngày 10/01/2012" in the_track("cio").mandate


def test_a_track_without_a_blueprint_is_refused_by_the_file_it_wants():
    with pytest.raises(ContentError, match=r"cần blueprint-lanh-dao\.toml"):
        blueprint_of("lanh-dao")
    assert [one.track for one in read_blueprints()] == ["cio", "chuyen-trach"]


def test_a_folder_with_one_blueprint_serves_its_track_alone(tmp_path):
    (tmp_path / BLUEPRINT.name).write_bytes(BLUEPRINT.read_bytes())
    assert blueprint_of("cio", tmp_path).track == "cio"
    with pytest.raises(ContentError, match="là ma trận của chương trình cio"):
        blueprint_of("chuyen-trach", tmp_path)


def test_a_track_that_is_none_is_told_with_those_there_are():
    with pytest.raises(ContentError, match="có: cio, chuyen-trach"):
        the_track("lanh-dao")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('code = "chuyen-trach"', 'code = "cio"', "hai chương trình trùng mã cio"),
        ('code = "VH1"', 'code = "KT1"', "hai năng lực trùng mã KT1"),
        ('modules = ["VH1"', 'modules = ["VH2"', "không có năng lực VH2"),
        ("audience =", "audiences =", "audience.*thiếu khoá"),
    ],
)
def test_a_broken_track_is_refused_by_file(tmp_path, old, new, words):
    path, text = tmp_path / "tracks.toml", TRACKS.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(ContentError, match=words) as refused:
        read_tracks(path)
    assert refused.value.path == path
