"""The served house: one port, one worker beside it, and nothing left when it ends."""

import signal
import socket
import time
from datetime import UTC, datetime

import psutil
import pytest
from house import start_house, wait_for
from sittings import DECIDED_ON, who

from centre.accounts.models import User
from centre.configuration import Centre
from centre.demo_accounts import PASSWORD, demo_accounts
from centre.desk.service import serve
from centre.jobs.models import Job
from centre.jobs.queue import ask
from centre.learning.progress import learning_folder, progress_of
from centre.ledger.models import LedgerLine
from courses.answer_sheet import AnswerSheet
from courses.foundation.errors import CentreError
from courses.lesson import lesson_paths, read_lesson


def test_a_port_that_is_taken_is_told_before_anything_is_begun(decided):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CentreError, match=f"không mở được cổng {port}.*--port"):
            serve(decided.centre.folder, port, lambda *_: pytest.fail("announced"))


@pytest.mark.proof
def test_ctrl_c_ends_portal_lessons_kernels_and_worker(decided, tmp_path):
    house = start_house(decided.centre.folder, tmp_path / "serve.log")
    wait_for(house)
    job = ask(who("van-thu"), "certify", decided.code, datetime.now(UTC))
    house.visitor("CIO26-001").lesson()
    family = psutil.Process(house.process.pid).children(recursive=True)
    assert len(family) >= 2  # the worker and a kernel
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and Job.objects.get(pk=job.pk).state != "done":
        time.sleep(0.2)
    assert Job.objects.get(pk=job.pk).state == "done"
    house.process.send_signal(signal.SIGINT)
    assert house.process.wait(timeout=60) == 0
    gone, alive = psutil.wait_procs(family, timeout=20)
    assert (len(gone), alive) == (len(family), [])
    log = house.log.read_text()
    assert log.count("Tài khoản dùng thử") == 1
    assert "Traceback" not in log


def test_accounts_to_try_are_made_once_and_for_demonstrations_alone(decided):
    first = demo_accounts(decided.centre, DECIDED_ON)
    lines = LedgerLine.objects.count()
    assert demo_accounts(decided.centre, DECIDED_ON) == first
    assert LedgerLine.objects.count() == lines
    trainees = User.objects.exclude(person=None)
    assert trainees
    assert all(one.check_password(PASSWORD) for one in trainees)
    real = decided.centre.settings.model_copy(update={"demo": False})
    with pytest.raises(CentreError, match="chỉ trung tâm trình diễn"):
        demo_accounts(Centre(decided.centre.folder, real), DECIDED_ON)


def test_progress_says_how_far_one_is_and_where_to_go_on(decided):
    lesson = read_lesson(lesson_paths()[0])
    first = progress_of(decided.centre, 7)[0]
    assert (first.done, first.last_at) == (0, None)
    folder = learning_folder(decided.centre, 7)
    folder.mkdir(parents=True)
    path = folder / f"{lesson.path.stem}.tien-do.json"
    sheet = AnswerSheet(path, subject=lesson.head.code)
    questions = [block.name for block in lesson.blocks if block.kind == "question"]
    sheet.save(questions[0], "x", 0, DECIDED_ON)
    then = progress_of(decided.centre, 7)[0]
    assert (then.done, then.last_at) == (1, DECIDED_ON)
    assert then.stopped_at != first.stopped_at or len(questions) == 1
    assert progress_of(decided.centre, 8)[0].done == 0
    path.write_text("hỏng", encoding="utf-8")
    assert progress_of(decided.centre, 7)[0].damaged


def test_a_centre_whose_lessons_open_at_a_hub_is_not_served_here(decided):
    stated = decided.centre.folder / "centre.toml"
    stated.write_text(stated.read_text().replace("demo = true", 'demo = true\nlessons = "hub"'))
    with pytest.raises(CentreError, match="JupyterHub"):
        serve(decided.centre.folder, 0, lambda *_: pytest.fail("announced"))


@pytest.mark.proof
@pytest.mark.parametrize("seconds", [0.0, 0.7, 1.5, 3.0])
def test_ctrl_c_ends_kernels_that_are_being_made_ready(decided, tmp_path, seconds):
    house = start_house(decided.centre.folder, tmp_path / "serve.log")
    wait_for(house)
    time.sleep(seconds)
    family = psutil.Process(house.process.pid).children(recursive=True)
    house.process.send_signal(signal.SIGINT)
    assert house.process.wait(timeout=60) == 0
    _, alive = psutil.wait_procs(family, timeout=20)
    assert alive == []
    assert "Traceback" not in house.log.read_text()
