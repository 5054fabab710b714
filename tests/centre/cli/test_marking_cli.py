"""``cio grade`` and ``marking``: what was handed in, marked by machine and by people."""

import json
import re

import pytest
from code_course import RIGHT, answered, new_course, paper, released, submit
from sittings import form_of, ids, mark_essays, mark_seeds, queue_of, single, who

from assessments.bank.rubric import RUBRICS
from centre.decisions.decide import latest
from centre.ledger.models import LedgerLine
from centre.marks.desk import known_scripts
from grading.marking.sheet import fill_sheet


def test_grading_prints_json_on_stdout_alone(at, graded):
    status, out, err = at(graded, "grade", "--json")
    *outcomes, summary = [json.loads(line) for line in out.splitlines()]
    assert (status, err, len(outcomes)) == (0, "", 12)
    assert {(o["event"], o["state"]) for o in outcomes} == {("submission", "unchanged")}
    assert (summary["event"], summary["unchanged"], summary["failed"]) == ("summary", 12, 0)


def test_a_submission_that_cannot_be_graded_is_named_and_the_status_is_one(at, graded):
    candidate = ids(graded)["partial"]
    form = form_of(graded, candidate, "QL")
    path = graded.course.path("submitted", candidate, form.code) / "QL4.ipynb"
    path.write_text("hỏng", "utf-8")
    status, out, _ = at(graded, "grade", form.code)
    assert status == 1
    assert f"Không chấm được {candidate}, bài {form.code}: QL4.ipynb" in out
    assert "không chấm được 1." in out


def test_one_paper_of_a_sitting_is_graded_alone(at, graded):
    """A paper that is named must not be taken for a folder, and all papers graded instead."""
    _, out, _ = at(graded, "grade", "CAP-A", "--force", "--json")
    *outcomes, summary = [json.loads(line) for line in out.splitlines()]
    assert {o["assignment"] for o in outcomes} == {"CAP-A"}
    assert summary["graded"] == len(outcomes) == 2
    status, _, err = at(graded, "grade", graded.folder, "CAP-A")
    assert (status, "nêu thư mục hoặc --sitting" in err) == (1, True)


def test_an_operator_is_told_what_was_slow_stopped_or_needs_a_person(cio, tmp_path):
    course = new_course(tmp_path, {"square": paper()})
    answers = {
        "an": RIGHT,
        "binh": f"import time\n{RIGHT}\ntime.sleep(1.2)",
        "chi": f"get_ipython().kernel\n{RIGHT}",
        "dung": f"{RIGHT}\nfiles = [open('/dev/null') for _ in range(300)]",
    }
    for student, answer in answers.items():
        submit(course, student, answered(released(course), answer))
    status, out, _ = cio("grade", tmp_path, "--workers", 2)
    assert (status, "Đã chấm 4, không đổi 0, không chấm được 0." in out) == (0, True)
    assert "Chạm giới hạn: dung, bài bai1, square, square: ô mở quá số tệp cho phép" in out
    assert "Cần người xem: 0 bài; chạm giới hạn chạy: 1 bài." in out
    why = "square: mã trong bài dùng get_ipython().kernel"
    assert f"Chạy bằng nhân Jupyter: chi, bài bai1, {why}" in out
    assert "Cần xem" not in out
    slow = re.findall(r"Chậm nhất: (\w+), bài bai1: (\d+),(\d) giây", out)
    assert "binh" in {student for student, *_ in slow}
    seconds = [10 * int(whole) + int(tenth) for _, whole, tenth in slow]
    assert seconds == sorted(seconds, reverse=True)
    _, out, _ = cio("grade", tmp_path, "--force", "--unsafe", "--student", "an")
    assert "Cần xem an, bài bai1: chạy không có hộp cát (--unsafe)" in out


def test_an_assignment_that_is_not_there_is_refused_with_those_that_are(at, graded):
    status, _, err = at(graded, "grade", "TOAN")
    assert status == 1
    assert "không có bài TOAN; có: CAP-A, KM-A" in err


def sheet_of(sitting, marker):
    return sitting.folder / "marking" / f"phieu-cham-{marker}.xlsx"


@pytest.fixture
def out(at, graded):
    """The sheet of GK1, who has marked the seeds that come first, and all it may speak of."""
    assert at(graded, "marking", "allocate")[0] == 0
    mark_seeds(graded, "GK1")
    status, printed, _ = at(graded, "marking", "export", "GK1", by="GK1")
    assert (status, "12 bài" in printed) == (0, True)
    return sheet_of(graded, "GK1"), known_scripts(who("GK1"), graded, "GK1")


def test_sheets_go_out_and_come_back(at, graded, out):
    path, waiting = out
    assert at(graded, "marking", "export", "GK1")[0] == 1  # never over a filled sheet
    fill_sheet(path, waiting, lambda s: {c.id: 2 for c in s.rubric.criteria})
    status, out, _ = at(graded, "marking", "import", "GK1", path, by="GK1")
    assert (status, "Ghi 12 kết quả chấm của GK1; 0 điểm" in out) == (0, True)


def test_the_first_sheet_holds_seeds_alone_and_who_misses_one_is_told_to_wait(at, graded):
    at(graded, "marking", "allocate")
    _, printed, _ = at(graded, "marking", "export", "GK1", by="GK1")
    waiting = known_scripts(who("GK1"), graded, "GK1")
    assert f"{2 * len({s.item.id for s in waiting})} bài" in printed
    path = sheet_of(graded, "GK1")
    fill_sheet(path, waiting, lambda s: {c.id: 0 for c in s.rubric.criteria})
    status, printed, _ = at(graded, "marking", "import", "GK1", path, by="GK1")
    assert (status, "dừng chấm, chờ trưởng ban chấm" in printed) == (1, True)
    item = re.search(r"Câu (\S+): dừng", printed)[1]
    clear = ("marking", "clear", "GK1", item, "--ground", "đã trao đổi")
    assert at(graded, *clear, by="giao-vu")[0] == 1
    assert at(graded, *clear, by="truong-cham")[0] == 0
    status, printed, _ = at(graded, "marking", "overview", by="truong-cham")
    assert (status, "chưa đủ số liệu" in printed or "GK1" in printed) == (0, True)


def test_a_corrected_rubric_is_shown_first_and_applied_by_its_digest(at, graded, tmp_path):
    for marker in ("GK1", "GK2"):
        mark_essays(graded, marker, lambda _: 2)
    item = known_scripts(who("GK1"), graded, "GK1")[0].item
    text = (RUBRICS / f"{item.rubric}.toml").read_text("utf-8")
    path = tmp_path / f"{item.rubric}.toml"
    path.write_text(re.sub("must = true\n", "", text, count=1), "utf-8")
    words = ("marking", "rubric", path)
    status, printed, told = at(graded, *words, by="truong-cham")
    assert (status, "0 bài đổi kết quả" in printed, "Chưa đổi gì" in told) == (0, True, True)
    digest = re.search(r"--apply (\w{64})", told)[1]
    apply = (*words, "--apply", digest, "--ground", "sai")
    assert at(graded, *apply, by="giao-vu")[0] == 1
    status, _, told = at(graded, *apply, by="truong-cham")
    assert (status, "bản 1" in told) == (0, True)
    assert at(graded, *apply, by="truong-cham")[0] == 1


def test_one_markers_sheet_is_not_taken_for_the_others(at, graded, out):
    path, waiting = out
    fill_sheet(path, waiting, lambda s: {c.id: 2 for c in s.rubric.criteria})
    assert at(graded, "marking", "import", "GK1", path)[0] == 0
    status, _, err = at(graded, "marking", "import", "GK2", path)
    assert (status, "không phải phiếu của GK2" in err) == (1, True)
    assert not LedgerLine.objects.filter(kind="essay.marked", after__contains='"GK2"').exists()


def test_a_stranger_is_no_marker_and_the_third_has_nothing_before_a_dispute(at, graded):
    _, _, err = at(graded, "marking", "export", "GK9")
    assert "không có giám khảo GK9; kỳ này có GK1, GK2, GK3" in err
    status, _, err = at(graded, "marking", "export", "GK3")
    assert (status, "không có bài nào lệch điểm" in err) == (1, True)


def test_a_wrong_row_of_a_sheet_is_named_and_the_status_is_one(at, graded, out):
    path, waiting = out
    wrong = queue_of(graded, "GK1", seed=None)[0].code
    level = {True: 7, False: 2}
    fill_sheet(path, waiting, lambda s: {c.id: level[s.code == wrong] for c in s.rubric.criteria})
    status, out, _ = at(graded, "marking", "import", "GK1", path)
    assert status == 1
    assert re.search(rf"\[CIO-500\] {re.escape(str(path))}, dòng 4, cột \S+!C", out)
    assert "Ghi 11 kết quả chấm của GK1" in out
    assert "1 dòng sai" in out


def test_a_corrected_key_is_proposed_reviewed_and_shown_by_two_people(at, decided):
    """Nothing is applied without the digest of what was seen, and not by who proposed it."""
    item, wrong = single(decided)
    key = ("marking", "key")
    assert "Chưa đổi gì" in at(decided, *key, "preview", item, wrong)[1]
    _, out, _ = at(decided, *key, "propose", item, wrong, "--ground", "Công văn 1")
    number = out.split()[3].rstrip(":")
    assert "chờ duyệt" in at(decided, *key, "list")[1]
    _, out, told = at(decided, *key, "review", number, by="truong-cham")
    assert "người đổi điểm" in out
    digest = told.split("--apply ")[1].split()[0]
    assert at(decided, *key, "review", number, "--apply", "0" * 64, by="truong-cham")[0] == 1
    assert at(decided, *key, "review", number, "--apply", digest)[0] == 1
    status, out, _ = at(decided, *key, "review", number, "--apply", digest, by="truong-cham")
    assert (status, "có hiệu lực" in out) == (0, True)
    assert at(decided, *key, "review", number, "--apply", digest, by="hoi-dong-1")[0] == 1
    assert "đã chấp nhận" in at(decided, *key, "list", by="hoi-dong-1")[1]
    at(decided, "decide")
    changed = next(one for one in latest(decided) if one.revision == 2).enrolment.candidate
    told = f"Theo đáp án đính chính của câu {item}"
    assert told in at(decided, "replay", changed)[1]
    assert told not in at(decided, "replay", changed, "--revision", "1")[1]
    assert at(decided, *key, "list", by="GK1")[0] == 1
    at(decided, *key, "propose", item, wrong, "--ground", "Công văn 2", by="truong-cham")
    assert at(decided, *key, "propose", "QL4-999", "*", "--ground", "Công văn 2")[0] == 1
