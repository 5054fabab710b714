"""Syllabus, schedule and guide say what lessons, blueprint and policy say, in a ministry's form."""

import io
from datetime import UTC, date, datetime
from fractions import Fraction

import docx
import pypdf
import pytest
from shipped import BANK

from assessments.forms.blueprint import blueprint_of, read_blueprints
from courses.foundation.errors import ContentError
from courses.lesson import lesson_paths, read_lesson
from courses.tracks import the_track, the_tracks
from grading.certification.policy import policy_on
from grading.documents.administrative import Signer, Table, render_docx, render_pdf, unprintable
from grading.programme.guide import WRONG_ANSWERS, guide, kind_of
from grading.programme.issuing import Issuing
from grading.programme.schedule import schedule
from grading.programme.syllabus import syllabus
from grading.programme.timing import timed
from grading.programme.weights import weights
from grading.programme.wrong_answers import plain, shortened, wrong_answers

NOW, ON = datetime(2026, 11, 28, tzinfo=UTC), date(2026, 11, 28)
LESSONS = {lesson.head.code: lesson for lesson in map(read_lesson, lesson_paths())}
ISSUING = Issuing(
    parent="Bộ Khoa học và Công nghệ",
    issuer="Cục Chuyển đổi số quốc gia",
    place="Hà Nội",
    day=ON,
    signer=Signer(("CỤC TRƯỞNG",), "Nguyễn Văn Mẫu"),
    is_demo=True,
)
TRACKS = list(the_tracks())


def made(code):
    parts = the_track(code), LESSONS, blueprint_of(code), policy_on(ON, code), BANK, ISSUING
    return syllabus(*parts)


def weeks(code):
    return schedule(the_track(code), LESSONS, blueprint_of(code), date(2027, 1, 4), ISSUING)


def tables(document):
    return [block for block in document.blocks if isinstance(block, Table)]


def words(document):
    text = "\n".join(
        p.extract_text() for p in pypdf.PdfReader(io.BytesIO(render_pdf(document, NOW))).pages
    )
    return " ".join(text.split())


@pytest.mark.parametrize(
    "plan", [p for b in read_blueprints() for p in b.papers], ids=lambda p: p.code
)
def test_the_weights_of_a_paper_are_those_of_its_points_and_make_one(plan):
    assert sum(weights(plan, BANK).values()) == 1


def test_weights_that_do_not_add_up_to_the_plan_are_refused():
    plan = blueprint_of("cio").paper("KT").model_copy(update={"points": 37})
    with pytest.raises(ContentError, match="cộng 52 điểm, ma trận định 37"):
        weights(plan, BANK)


def test_a_pooled_essay_counts_for_its_competencies_alike():
    assert set(weights(blueprint_of("cio").paper("KM"), BANK).values()) == {Fraction(1, 4)}


@pytest.mark.parametrize("code", TRACKS)
def test_the_syllabus_adds_up_lessons_and_sessions_and_names_the_policy_with_its_day(code):
    contents, papers = tables(made(code))
    rows = contents.rows[:-1]
    assert [row[0] for row in rows] == list(the_track(code).modules)
    total = sum(int(row[-1]) for row in rows)
    assert total == sum(int(row[3]) + int(row[4]) for row in rows)
    assert contents.rows[-1][-1].replace(".", "") == str(total)
    assert [row[0] for row in papers.rows] == [plan.name for plan in blueprint_of(code).papers]
    policy, said = policy_on(ON, code), words(made(code))
    assert f"chính sách {policy.id}, có hiệu lực từ {policy.effective_from:%d/%m/%Y}" in said
    assert f"{total // 60} giờ {total % 60} phút" in said


def test_the_schedule_of_cios_has_fourteen_weeks_of_seven_days():
    (table,) = tables(weeks("cio"))
    days = {row[0]: row[1] for row in table.rows}
    assert (len(days), days["1"], days["2"], days["14"]) == (
        14,
        "04/01/2027",
        "11/01/2027",
        "05/04/2027",
    )
    assert next(row[2] for row in table.rows if row[0] == "14") == "Bài thi Năng lực quản lý"


@pytest.mark.parametrize("code", TRACKS)
def test_the_schedule_holds_every_lesson_once_and_every_paper(code):
    (table,) = tables(weeks(code))
    said = [row[2] for row in table.rows]
    for module in the_track(code).modules:
        assert sum(line.startswith(f"{module}. ") for line in said) == 1
    assert said[-len(blueprint_of(code).papers) :] == [p.name for p in blueprint_of(code).papers]


@pytest.mark.parametrize("lesson", LESSONS.values(), ids=LESSONS)
def test_a_guide_has_its_parts_from_the_lesson_and_can_be_printed(lesson):
    document = guide(lesson, ISSUING)
    times, wrong, board, late = tables(document)
    assert [row[0] for row in times.rows] == [plain(one.title) for one in timed(lesson)]
    assert times.rows[-1][1].endswith(f"–{sum(one.minutes for one in timed(lesson))}")
    assert len(wrong.rows) == WRONG_ANSWERS
    assert len(board.rows) == 1
    assert late.rows
    text = "".join(cell for table in tables(document) for row in table.rows for cell in row)
    assert (unprintable(text.replace("\n", "")), "**" in text, "[@" in text) == ("", False, False)


@pytest.mark.parametrize("lesson", LESSONS.values(), ids=LESSONS)
def test_nothing_that_a_lesson_stands_on_is_skipped_when_late(lesson):
    late = {row[0] for row in tables(guide(lesson, ISSUING))[-1].rows}
    for block in lesson.blocks:
        if kind_of(block) == "essay" or block is lesson.blocks[0]:
            assert shortened(block.body.exercise.prompt) not in late


@pytest.mark.parametrize("lesson", LESSONS.values(), ids=LESSONS)
def test_an_expected_answer_is_wrong_and_is_of_different_questions(lesson):
    expected = wrong_answers(lesson, WRONG_ANSWERS)
    right = {
        plain(option.text)
        for block in lesson.blocks
        if kind_of(block) in ("single", "multiple")
        for option in block.body.exercise.options
        if option.correct
    }
    assert not right & {one.answer for one in expected}
    assert all(one.reply for one in expected)
    assert len({one.question for one in expected}) == WRONG_ANSWERS


def test_a_heading_without_minutes_is_refused_by_its_words(tmp_path):
    path = lesson_paths()[0]
    broken = tmp_path / path.name
    broken.write_text(path.read_text("utf-8").replace("(3 phút)", "", 1), "utf-8")
    with pytest.raises(ContentError, match="chưa ghi số phút"):
        timed(read_lesson(broken))


def test_as_docx_it_is_a4_with_the_margins_and_face_of_the_decree():
    file = docx.Document(io.BytesIO(render_docx(made("chuyen-trach"), NOW)))
    page = file.sections[0]
    assert [round(x.mm) for x in (page.page_width, page.page_height)] == [210, 297]
    assert [round(x.mm) for x in (page.left_margin, page.right_margin)] == [30, 15]
    assert file.styles["Normal"].font.name == "Times New Roman"
    assert any("GIẤY CHỨNG NHẬN" in p.text or "ĐỀ CƯƠNG" in p.text for p in file.paragraphs)
