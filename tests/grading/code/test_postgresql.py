"""The gradebook on a PostgreSQL server holds what it holds on SQLite."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import pytest
from code_course import RIGHT, WRONG, answered, new_course, paper, released, run, submit

from grading.gradebook.course import CONFIG_FILE
from grading.gradebook.scores import read_scores


def _programs():
    """The folder of PostgreSQL's programs, wherever Debian or the path has them."""
    found = shutil.which("initdb")
    folders = [Path(found).parent] if found else []
    return [*folders, *sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]


def _user():
    """PostgreSQL refuses to run as root: it is run as its own user then."""
    if os.geteuid() != 0:
        return {}
    entry = pwd.getpwnam("postgres")
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": [], "cwd": "/"}


@pytest.fixture(scope="module")
def server():
    """Address of an empty database on a server of this test's own."""
    programs = next((place for place in _programs() if (place / "initdb").exists()), None)
    if programs is None:
        pytest.skip("cần PostgreSQL (gói postgresql của Debian)")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    folder.chmod(0o777)
    data = folder / "data"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, **_user()}
    initdb = [programs / "initdb", "-D", data, "-U", "cham", "-A", "trust", "-E", "UTF8"]
    subprocess.run(initdb, check=True, **quiet)
    command = [programs / "postgres", "-D", data, "-p", str(port), "-k", folder]
    with subprocess.Popen([*command, "-h", "127.0.0.1", "-F"], **quiet) as process:
        try:
            _wait_for(port)
            yield f"postgresql+pg8000://cham@127.0.0.1:{port}/postgres"
        finally:
            process.terminate()
    shutil.rmtree(folder)


def _wait_for(port):
    for _ in range(100):
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("PostgreSQL does not answer")


def graded(folder, address=""):
    """Scores of a small course that is graded, changed and graded again."""
    folder.mkdir()
    where = f"c.CourseDirectory.db_url = {address!r}\n" if address else ""
    (folder / CONFIG_FILE).write_text(f"c = get_config()\n{where}")
    course = new_course(folder, {"square": paper(), "other": paper()})
    for student, answer in (("an", RIGHT), ("binh", WRONG), ("chi", "1 / 0"), ("dung", RIGHT)):
        submit(course, student, answered(released(course), answer))
    run(course, workers=2)
    submit(course, "binh", answered(released(course), RIGHT))
    states = {student: outcome.state for student, outcome in run(course).items()}
    assert states == {"an": "unchanged", "binh": "graded", "chi": "unchanged", "dung": "unchanged"}
    return course, read_scores(course)


def test_scores_on_postgresql_are_those_on_sqlite(tmp_path, server):
    course, away = graded(tmp_path / "pg", server)
    _, home = graded(tmp_path / "sqlite")
    assert not (course.folder / "gradebook.db").exists()
    assert away.equals(home)
    assert away.score.sum() > 0
