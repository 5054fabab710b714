"""The framework holds what CV 55 says, and refuses what is misspelt."""

import pytest

from courses.foundation.errors import ContentError
from courses.framework import FRAMEWORK, read_framework


def changed(tmp_path, old, new):
    path = tmp_path / "framework.toml"
    text = FRAMEWORK.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_there_are_three_areas_of_six_four_and_two_competencies():
    framework = read_framework()
    sizes = {area.code: len(framework.of_area(area.code)) for area in framework.areas}
    assert sizes == {"QL": 6, "KM": 4, "KT": 2}


def test_codes_run_as_the_source_numbers_them():
    codes = [competency.code for competency in read_framework().competencies]
    assert " ".join(codes) == "QL1 QL2 QL3 QL4 QL5 QL6 KM1 KM2 KM3 KM4 KT1 KT2"


def test_the_fifth_management_clause_is_d_with_stroke():
    assert read_framework().competency("QL5").clause == "2.3.1.đ"
    assert read_framework().competency("QL6").clause == "2.3.1.e"


def test_every_responsibility_duty_and_task_group_is_served():
    framework = read_framework()
    for key in ("responsibilities", "duties", "task_groups"):
        served = {code for c in framework.competencies for code in getattr(c, key)}
        assert served == {entry.code for entry in getattr(framework, key)}


def test_an_unknown_key_is_refused_with_file_and_key(tmp_path):
    path = changed(tmp_path, 'clause = "2.3.1.a"', 'clause = "2.3.1.a"\nlevel = 3')
    with pytest.raises(ContentError) as refused:
        read_framework(path)
    assert (refused.value.path, refused.value.key) == (path, "competencies.0.level")


def test_a_code_used_twice_is_refused_with_file_and_key(tmp_path):
    path = changed(tmp_path, 'code = "QL2"', 'code = "QL1"')
    with pytest.raises(ContentError, match="QL1 đã dùng") as refused:
        read_framework(path)
    assert (refused.value.path, refused.value.key) == (path, "competencies.1.code")


def test_a_duty_that_is_not_there_is_refused(tmp_path):
    path = changed(tmp_path, '"NV8"]', '"NV9"]')
    with pytest.raises(ContentError, match="không có mã NV9"):
        read_framework(path)


def test_broken_toml_is_refused_by_file_name(tmp_path):
    path = tmp_path / "framework.toml"
    path.write_text("areas = [", encoding="utf-8")
    with pytest.raises(ContentError, match=r"framework\.toml.*TOML"):
        read_framework(path)
