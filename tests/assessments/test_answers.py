"""The examiner's side reads an answers file as it stands, or says why not."""

from datetime import UTC, datetime

import pytest

from assessments.handing_in.answers import answers_path, read_answers
from courses.answer_sheet import AnswerSheet
from courses.foundation.errors import AnswerError

NOW = datetime(2026, 10, 24, 9, 30, tzinfo=UTC)


@pytest.fixture
def answered(tmp_path):
    AnswerSheet(answers_path(tmp_path, "QL4"), "vân tay đề").save("QL4-01", ["a", "c"], 0, NOW)
    return tmp_path


def test_answers_are_read_as_they_were_sent(answered):
    assert read_answers(answered, "QL4", "vân tay đề") == {"QL4-01": ["a", "c"]}


def test_without_a_file_nothing_was_answered(answered):
    assert read_answers(answered, "KT1", "vân tay đề") == {}


def test_answers_to_another_form_are_refused(answered):
    with pytest.raises(AnswerError, match="thuộc một đề khác"):
        read_answers(answered, "QL4", "đề khác")


def test_a_damaged_file_is_refused_by_name(answered):
    answers_path(answered, "QL4").write_text("{", encoding="utf-8")
    with pytest.raises(AnswerError, match="không đúng định dạng") as refused:
        read_answers(answered, "QL4", "vân tay đề")
    assert refused.value.path.name == "QL4.tra-loi.json"


def test_a_link_to_another_file_is_not_followed(answered):
    link = answers_path(answered, "KT1")
    link.symlink_to(answers_path(answered, "QL4"))
    with pytest.raises(AnswerError, match="liên kết"):
        read_answers(answered, "KT1", "vân tay đề")


def test_a_folder_in_place_of_the_file_is_refused(answered):
    answers_path(answered, "KT1").mkdir()
    with pytest.raises(AnswerError, match="không phải tệp thường"):
        read_answers(answered, "KT1", "vân tay đề")
