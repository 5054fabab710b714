"""Small centres for tests: one sitting, what its candidates answered, and how it was marked."""

from __future__ import annotations

import shutil
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from django.db import transaction

import cohort_data
from assessments.bank import answering
from assessments.bank.bank import ITEMS
from assessments.bank.rubric import RUBRICS, TOP_LEVEL
from assessments.handing_in.answers import answers_path
from centre.accounts.permissions import Role
from centre.accounts.users import actor_of, add_user, machine_account, the_user
from centre.database import open_centre
from centre.decisions.board import draw_sheet, sign_sheet
from centre.decisions.decide import decide_all
from centre.founding import found
from centre.ledger.checkpoint import read_checkpoints
from centre.ledger.seal import fingerprint
from centre.marks.agreed import write_agreed
from centre.marks.marking import record_marks
from centre.marks.models import Allocation
from centre.marks.panel import allocate
from centre.marks.scripts import Reader, seed_of
from centre.people.enrol import enrol
from centre.people.records import enter_earlier
from centre.register.issue import enrol_key, issue_all, the_signer
from centre.register.trust import trust
from centre.sittings.deliver import deliver, lay_out
from centre.sittings.prepare import prepare, release_papers
from centre.sittings.settings import read_settings
from centre.sittings.sitting import open_sitting
from centre.sittings.take import take
from cohort_data.rosters.prior import PriorPass
from cohort_data.rosters.roster import read_roster
from courses.answer_sheet import AnswerSheet
from grading.autograde import grade
from grading.gradebook.course import make_course
from grading.marking.script import MarkedScript

SAMPLE = Path(cohort_data.__file__).parent / "sample"
SETTINGS = SAMPLE / "sitting.toml"
CODE = read_settings(SETTINGS).code
PAPERS = ("QL", "KM", "KT", "CAP")
OPENS, CLOSES = read_settings(SETTINGS).opens, read_settings(SETTINGS).closes
FOUNDED_ON, PREPARED_ON = OPENS - timedelta(days=8), OPENS - timedelta(days=7)
MARKED_ON, DECIDED_ON = CLOSES + timedelta(days=3), CLOSES + timedelta(days=6)
ESSAY = "Kính trình Uỷ ban nhân dân tỉnh.\n\nĐề nghị cho chủ trương."
RESOLUTION = "Nghị quyết giả định số 00/NQ-HĐ"

# How each candidate of the graded sitting hands in which papers.
WAYS = {
    "all right": PAPERS,
    "all wrong": ("QL",),
    "blank": ("QL",),
    "partial": PAPERS,
    "malformed": ("QL",),
    "late": ("QL",),
}

STAFF = {
    "giao-vu": Role.OFFICER,
    "coi-thi": Role.INVIGILATOR,
    "GK1": Role.MARKER,
    "GK2": Role.MARKER,
    "GK3": Role.MARKER,
    "truong-cham": Role.LEAD,
    "hoi-dong-1": Role.BOARD,
    "hoi-dong-2": Role.BOARD,
    "van-thu": Role.REGISTRAR,
    "kiem-toan": Role.AUDITOR,
}

# A small blueprint of the tests' own: what the house examines may grow without them.
PLANS = (("QL", "QL4", 6), ("KM", "KM2", 6), ("KT", "KT1", 6), ("CAP", "CAP", 0))


def make_bank(folder):
    """A bank of four competencies with a blueprint of one competency a paper."""
    for _, competency, _ in PLANS:
        shutil.copytree(ITEMS / competency.lower(), folder / "items" / competency.lower())
    for other in {*(folder / "items" / "cap").iterdir()} - {folder / "items" / "cap" / "cap-e1.md"}:
        other.unlink()  # one capstone, so that every form of the tests has the same
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


def found_centre(folder, database="sqlite"):
    """A centre with an administrator of this machine and one user a role, each with an account."""
    stated = folder.parent / "centre.toml"
    text = (SAMPLE / "centre.toml").read_text(encoding="utf-8")
    stated.write_text(text.replace('database = "sqlite"', f'database = "{database}"'), "utf-8")
    centre, administrator = found(folder, stated, "quan-tri", machine_account(), FOUNDED_ON)
    trust(centre.settings.name, fingerprint(read_checkpoints(centre)[-1].public_key))
    with transaction.atomic():
        for name, role in STAFF.items():
            add_user(administrator, name, [role], now=FOUNDED_ON, machine_account=name)
    return centre


def who(name):
    """One of the staff as an actor."""
    return actor_of(the_user(name))


def settings_of(folder, **changes):
    """The sample sitting's settings, on the small bank beside the centre."""
    bank = folder.parent / "ngan-hang"
    if not bank.exists():
        make_bank(bank)
    return read_settings(SETTINGS).model_copy(update={"bank": str(bank), **changes})


def people(count=6):
    """The first people of the sample roster."""
    return read_roster(SAMPLE / "danh-sach-hoc-vien.xlsx").trainees[:count]


def prepare_sitting(centre, trainees=None, **changes):
    """A sitting of the first six trainees of the sample roster, on a small bank beside it."""
    stated = settings_of(centre.folder, **changes)
    before = stated.opens - timedelta(days=7)
    with transaction.atomic():
        sitting = prepare(who("giao-vu"), centre, stated, now=before)
        enrol(who("giao-vu"), sitting, trainees or people(), now=before)
    release_papers(sitting)
    return sitting


def enter_passes(sitting, areas, trainees=None):
    """What everybody had passed before the centre kept records."""
    before = (sitting.record.opens - timedelta(days=90)).date()
    listed = [one.id for one in trainees or people()]
    passes = [PriorPass(one, area, before, Decimal("0.9")) for one in listed for area in areas]
    with transaction.atomic():
        enter_earlier(who("giao-vu"), sitting, passes, "Biên bản giả định", now=PREPARED_ON)


def passed_sitting(centre, code, trainees, paper):
    """A sitting of people who need nothing more: all pass, and the board has signed."""
    with transaction.atomic():
        stated = settings_of(centre.folder, code=code, papers=(paper,))
        sitting = prepare(who("giao-vu"), centre, stated, now=PREPARED_ON)
        enrol(who("giao-vu"), sitting, trainees, now=PREPARED_ON)
    make_course(sitting.folder, code)
    enter_passes(sitting, PAPERS, trainees)
    decide(sitting)
    approve(sitting)
    return sitting


def reopen(folder, to, code=CODE):
    """A copy of a centre's folder, opened, and its sitting."""
    centre = open_centre(shutil.copytree(folder, to, symlinks=True))
    return open_sitting(centre, code)


def ids(sitting):
    """Candidate numbers by their way of handing in."""
    return dict(zip(WAYS, (one.candidate for one in sitting.enrolments()), strict=True))


def form_of(sitting, candidate, paper):
    """The form of one paper that a candidate sits."""
    return sitting.form_of(candidate, paper, sitting.forms())


def start(sitting, candidate, paper, at):
    """Deliver a paper and return the candidate's folder."""
    form = form_of(sitting, candidate, paper)
    with transaction.atomic():
        delivery = deliver(who("coi-thi"), sitting, candidate, form, now=at)
    return lay_out(sitting, delivery, form)


def answer(sitting, candidate, paper, way):
    """Deliver a paper, answer it in one way, and return the candidate's folder."""
    form = form_of(sitting, candidate, paper)
    # So that the closing ends the time.
    at = sitting.record.closes - timedelta(minutes=form.minutes - 20)
    folder = start(sitting, candidate, paper, at)
    for competency in form.competencies:
        sheet = AnswerSheet(answers_path(folder, competency), form.digest)
        for number, item in enumerate(form.of(competency)):
            value = _value(way, number, item, form.variant_for(item, candidate))
            if value is not None:
                saved = sheet.get(item.id)
                sheet.save(item.id, value, saved.revision if saved else 0, at)
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


def take_paper(sitting, candidate, form_code, at, **options):
    """Take a paper in a transaction of its own."""
    with transaction.atomic():
        return take(who("coi-thi"), sitting, candidate, form_code, now=at, **options)


def hand_in(sitting, candidate, paper, way, at=None):
    """Answer a paper and have it taken; late work 15 minutes after the closing."""
    answer(sitting, candidate, paper, way)
    minutes = 15 if way == "late" else -1
    form = form_of(sitting, candidate, paper)
    at = at or sitting.record.closes + timedelta(minutes=minutes)
    return take_paper(sitting, candidate, form.code, at)


def grade_all(sitting, **options):
    """Grade every submission; outcomes in order."""
    forms = sitting.forms()
    return [o for code in forms for o in grade(sitting.course, code, forms, **options)]


def fill(sitting):
    """Hand in every paper of WAYS and grade it."""
    for way, candidate in ids(sitting).items():
        for paper in WAYS[way]:
            hand_in(sitting, candidate, paper, way)
    return grade_all(sitting)


def allocate_all(sitting, *markers):
    """Give every script its two markers."""
    with transaction.atomic():
        return allocate(who("truong-cham"), sitting, markers, now=MARKED_ON)


def queue_of(sitting, marker, **which):
    """A marker's queue as rows, in order; scripts and seeds."""
    found = Allocation.objects.filter(sitting=sitting.record, marker=marker, withdrawn_at=None)
    rows = found.filter(**which).select_related("enrolment", "seed__content")
    return list(rows.order_by("item", "position"))


def mark_seeds(sitting, marker):
    """Mark all seeds in a marker's queue as they are worth."""
    rows = queue_of(sitting, marker, enrolment=None)
    seeds = [(row, seed_of(row.seed)) for row in sorted(rows, key=lambda row: row.round)]
    with transaction.atomic():
        for row, seed in seeds:
            told = [MarkedScript(row.code, row.item, seed.levels)]
            record_marks(who(marker), sitting, marker, told, now=MARKED_ON)


def mark_essays(sitting, marker, levels=lambda _script: TOP_LEVEL):
    """One marker gives all criteria of an essay of theirs the level that ``levels`` says."""
    allocate_all(sitting)
    mark_seeds(sitting, marker)
    reader = Reader(sitting)
    mine = [reader.outline(row) for row in queue_of(sitting, marker, seed=None)]
    marked = [
        MarkedScript(s.code, s.item.id, {c.id: levels(s) for c in s.rubric.criteria}) for s in mine
    ]
    with transaction.atomic():
        return record_marks(who(marker), sitting, marker, marked, now=MARKED_ON)


def decide(sitting, at=DECIDED_ON):
    """Decide on everyone."""
    with transaction.atomic():
        return decide_all(who("giao-vu"), sitting, now=at)


def approve(sitting, at=DECIDED_ON):
    """Lay what waits before the board and let two members sign; the sheet."""
    with transaction.atomic():
        sheet = draw_sheet(who("giao-vu"), sitting, RESOLUTION, now=at)
        for member in ("hoi-dong-1", "hoi-dong-2"):
            sign_sheet(who(member), sheet, sheet.digest, now=at)
    return sheet


def decide_and_approve(sitting):
    """Markers agree (the top for who has all right, low for the others); decided, approved."""
    best = ids(sitting)["all right"]
    for marker in sitting.settings.marking.markers:
        mark_essays(sitting, marker, lambda s: TOP_LEVEL if s.candidate == best else 1)
    write_agreed(sitting)
    decided = decide(sitting)
    approve(sitting)
    return decided


def let_pass(sitting, candidate, at=DECIDED_ON):
    """Let one more pass: every paper all right, the top for every essay; decided, approved."""
    for paper in dict.fromkeys(form.paper for form in sitting.forms().values()):
        hand_in(sitting, candidate, paper, "all right")
    grade_all(sitting)
    for marker in sitting.settings.marking.markers:
        mark_essays(sitting, marker)
    write_agreed(sitting)
    decide(sitting, at)
    approve(sitting, at)


def issue(sitting, at=DECIDED_ON):
    """Issue what is due."""
    signer = the_signer(sitting.centre, at)
    with transaction.atomic():
        enrol_key(who("van-thu"), signer, now=at)
    return list(issue_all(who("van-thu"), sitting, signer, now=at))


def act(verb, name, *args, **options):
    """One act by one of the staff, in a transaction of its own."""
    with transaction.atomic():
        return verb(who(name), *args, **options)


def single(sitting):
    """An item with options, and an option that no variant takes as right."""
    for form in sitting.forms().values():
        for item in form.items:
            if item.variants[0].question.kind != "single":
                continue
            wrong = [{o.text for o in d.question.options if o.id not in d.key.correct}
                     for d in item.variants]  # fmt: skip
            if common := set.intersection(*wrong):
                return item.id, min(common)
    raise AssertionError("no such item")
