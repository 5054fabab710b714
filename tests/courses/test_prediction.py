"""Predict before run: closed until a prediction is saved, then laid beside the outcome."""

import re

import pytest
from shipped import LESSONS
from strategies import right_answer

from courses.build import build_lesson
from courses.exercise import present
from courses.lesson import read_lesson
from courses.lint import lint_lesson
from courses.prediction import closed_parts
from courses.widgets.lesson_view import LessonView

QL1 = LESSONS[0]
CLOSED = sorted(closed_parts(QL1))


def words(widget):
    """All text that a widget and its children hold."""
    own = " ".join(str(getattr(widget, name, "")) for name in ("value", "prompt", "kind"))
    return " ".join([own, *(words(child) for child in getattr(widget, "children", ()))])


class Page:
    """What stands after the prediction of QL1, and a hand that answers it."""

    def __init__(self, folder):
        view = LessonView(QL1, folder)
        self.prediction = view.question("du-doan")
        self.after = [view.text(CLOSED[0]), view.simulation("legal_validity")]
        self.after += [view.text(CLOSED[2]), view.question("giai-thich")]

    def predict(self, value):
        """Tell the lesson, as the box does once it has stored ``value``."""
        self.prediction.announce(value)

    @property
    def told(self):
        """All that the parts after the prediction say."""
        return re.sub(r"(<[^>]+>|\s)+", " ", " ".join(map(words, self.after)))


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.head.code)
def test_every_simulation_and_what_follows_it_in_its_section_starts_closed(lesson):
    closed = closed_parts(lesson)
    for place, part in enumerate(lesson.parts):
        if getattr(part, "kind", "") == "simulation":
            assert place in closed
            following = lesson.parts[place + 1]
            assert place + 1 in closed or str(following).startswith("## ")


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.head.code)
def test_what_is_closed_does_not_stand_in_the_notebook(lesson, tmp_path):
    notebook = build_lesson(lesson.path, tmp_path).read_text(encoding="utf-8")
    texts = [part for n, part in enumerate(lesson.parts) if n in closed_parts(lesson)]
    for text in texts:
        if isinstance(text, str):
            assert text.split("\n")[0] not in notebook


def test_nothing_opens_before_the_prediction_is_saved(tmp_path):
    told = Page(tmp_path).told
    assert told.count("Phần này mở ra khi anh/chị đã lưu dự đoán ở hoạt động 9") == 4
    assert "1.130 ngày" not in told
    assert "88,9" not in told


@pytest.mark.parametrize("value", ["khoảng chín mươi", "", None])
def test_an_unreadable_prediction_opens_nothing(tmp_path, value):
    page = Page(tmp_path)
    page.predict(value)
    assert "mở ra khi" in page.told


def test_a_saved_prediction_opens_the_rest_and_stands_beside_the_outcome(tmp_path):
    page = Page(tmp_path)
    page.predict("44,4")
    assert "mở ra khi" not in page.told
    assert "44,4 % 88,9 %" in page.told
    assert "1.130 ngày" in page.told


def test_the_first_prediction_stays_beside_the_outcome_whatever_is_answered_later(tmp_path):
    page = Page(tmp_path)
    page.predict("44,4")
    page.predict("88,9")
    assert "44,4 % 88,9 %" in Page(tmp_path).told


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.head.code)
def test_the_outcome_laid_beside_a_prediction_is_that_of_the_key(lesson, tmp_path):
    view = LessonView(lesson, tmp_path)
    closed = closed_parts(lesson)
    for place, part in enumerate(lesson.parts):
        if getattr(part, "kind", "") != "simulation":
            continue
        name = closed[place]
        question, key = present(lesson.block(name).body.exercise, name, seed=lesson.head.code)
        right = right_answer(question, key)
        box, simulation = view.question(name), view.simulation(part.name)
        box.announce(right)
        said, came = re.findall(r"<td>(.*?)</td>", simulation.children[0].children[0].value)
        assert said == came


def faults(old, new, tmp_path):
    text = QL1.path.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / QL1.path.name
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return {fault.code for fault in lint_lesson(read_lesson(path))}


def test_an_outcome_that_stands_on_the_page_before_the_prediction_is_found(tmp_path):
    assert faults("## 4. ", "## 4. Mất 88,9 % điều khoản: ", tmp_path) == {"FORETOLD"}


def test_an_outcome_further_down_the_page_outside_the_section_is_found(tmp_path):
    assert faults("## 7. ", "## 7. Mất **88,9 %**: ", tmp_path) == {"FORETOLD"}


def test_a_simulation_whose_prediction_stands_in_another_section_is_found(tmp_path):
    section = "Bây giờ hãy chạy, lần lượt"
    assert "SIMULATION" in faults(section, f"## 5b. Chạy\n\n{section}", tmp_path)
