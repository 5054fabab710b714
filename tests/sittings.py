"""Small sittings for tests: what trainees answered, handed in, and how it was marked."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import cohort_data
from assessments.bank import answering
from assessments.bank.bank import ITEMS
from assessments.bank.rubric import RUBRICS, TOP_LEVEL
from assessments.handing_in.answers import answers_path
from cohort_data.rosters.roster import read_roster
from courses.answer_sheet import AnswerSheet
from grading.autograde import grade
from grading.certification.evidence import approve, decide_all
from grading.delivery import collect, deliver
from grading.marking.scripts import MarkedScript, record_marks, scripts, write_agreed
from grading.sitting import prepare, read_settings

SAMPLE = Path(cohort_data.__file__).parent / "sample"
SETTINGS = SAMPLE / "sitting.toml"
PAPERS = ("QL", "KM", "KT", "CAP")
OPENS, CLOSES = read_settings(SETTINGS).opens, read_settings(SETTINGS).closes
MARKED_ON, DECIDED_ON = CLOSES + timedelta(days=3), CLOSES + timedelta(days=6)
ESSAY = "Kính trình Uỷ ban nhân dân tỉnh.\n\nĐề nghị cho chủ trương."

# How each trainee of the graded sitting hands in which papers.
WAYS = {
    "all right": PAPERS,
    "all wrong": ("QL",),
    "blank": ("QL",),
    "partial": PAPERS,
    "malformed": ("QL",),
    "late": ("QL",),
}


# A small blueprint of the tests' own: what the house examines may grow without them.
PLANS = (("QL", "QL4", 6), ("KM", "KM2", 6), ("KT", "KT1", 6), ("CAP", "CAP", 0))


def make_bank(folder):
    """A bank of four competencies with a blueprint of one competency a paper."""
    for _, competency, _ in PLANS:
        shutil.copytree(ITEMS / competency.lower(), folder / "items" / competency.lower())
    shutil.copytree(RUBRICS, folder / "rubrics")
    papers = [
        f"""
[[papers]]
code = "{code}"
area = "{code}"
name = "Bài thi giả định {code}"
minutes = 90
points = 20
forms = {2 if objective else 1}
variants = 8
[[papers.sections]]
competency = "{competency}"
depths = {{ {'"hiểu" = 1, "vận dụng" = 3, "phân tích" = 2' if objective else ""} }}
anchors = {4 if objective else 0}
essays = 1
"""
        for code, competency, objective in PLANS
    ]
    head = 'track = "cio"\nname = "Chương trình giả định"\nexposure = 3\n'
    (folder / "blueprint.toml").write_text(head + "".join(papers), encoding="utf-8")
    return folder


def prepare_sitting(folder):
    """A sitting of the first six trainees of the sample roster, on a small bank beside it."""
    bank = make_bank(folder.parent / "ngan-hang")
    settings = folder.parent / "sitting.toml"
    text = SETTINGS.read_text(encoding="utf-8")
    settings.write_text(text.replace("demo = true", f'demo = true\nbank = "{bank}"'), "utf-8")
    trainees = read_roster(SAMPLE / "danh-sach-hoc-vien.xlsx").trainees[: len(WAYS)]
    return prepare(folder, settings, trainees, (), OPENS - timedelta(days=7))


def ids(sitting):
    """Ids of the trainees by their way of handing in."""
    return dict(zip(WAYS, (trainee.id for trainee in sitting.trainees()), strict=True))


def form_of(sitting, trainee, paper):
    """The form of one paper that a trainee sits."""
    return sitting.form_of(trainee, paper, sitting.forms())


def answer(sitting, trainee, paper, way):
    """Deliver a paper, answer it in one way, and return the trainee's folder."""
    form = form_of(sitting, trainee, paper)
    start = CLOSES - timedelta(minutes=form.minutes - 20)  # so that the closing ends the time
    folder = deliver(sitting, trainee, form, start)
    for competency in form.competencies:
        sheet = AnswerSheet(answers_path(folder, competency), form.digest)
        for number, item in enumerate(form.of(competency)):
            value = _value(way, number, item, form.variant_for(item, trainee))
            if value is not None:
                saved = sheet.get(item.id)
                sheet.save(item.id, value, saved.revision if saved else 0, start)
    return folder


def _value(way, number, item, variant):
    if way == "blank":
        return None
    if item.rubric is not None:
        return ESSAY if way != "malformed" else answering.malformed(variant)
    if way == "partial":
        way = ("all right", "all wrong", "malformed")[number % 3]
    make = {"all wrong": answering.wrong, "malformed": answering.malformed}
    return make.get(way, answering.right)(variant)


def hand_in(sitting, trainee, paper, way, at=None):
    """Answer a paper and have it taken; late work 15 minutes after the closing."""
    answer(sitting, trainee, paper, way)
    minutes = 15 if way == "late" else -1
    form = form_of(sitting, trainee, paper)
    return collect(sitting, trainee, form.code, at or CLOSES + timedelta(minutes=minutes))


def grade_all(sitting, **options):
    """Grade every submission; outcomes in order."""
    forms = sitting.forms()
    return [o for code in forms for o in grade(sitting.course, code, forms, **options)]


def fill(sitting):
    """Hand in every paper of WAYS and grade it."""
    for way, trainee in ids(sitting).items():
        for paper in WAYS[way]:
            hand_in(sitting, trainee, paper, way)
    return grade_all(sitting)


def mark_essays(sitting, marker, levels=lambda _script: TOP_LEVEL):
    """One marker gives all criteria of an essay the level that ``levels`` says."""
    marked = [
        MarkedScript(s.code, s.item.id, {c.id: levels(s) for c in s.rubric.criteria})
        for s in scripts(sitting)
    ]
    return record_marks(sitting, marker, marked, MARKED_ON)


def decide_and_approve(sitting):
    """Markers agree (the top for who has all right, low for the others); decided, approved."""
    best = ids(sitting)["all right"]
    for marker in sitting.settings.marking.markers:
        mark_essays(sitting, marker, lambda s: TOP_LEVEL if s.trainee == best else 1)
    write_agreed(sitting)
    decisions, _ = decide_all(sitting, DECIDED_ON)
    approve(sitting, DECIDED_ON)
    return decisions
