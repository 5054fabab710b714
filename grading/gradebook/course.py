"""An nbgrader course folder: its configuration, its assignments, its students."""

from __future__ import annotations

import glob
import logging
import re
import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbformat.v4 import new_code_cell
from nbgrader import api
from nbgrader.api import Gradebook, Student
from nbgrader.converters import GenerateAssignment
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.dbutil import ALEMBIC_DIR
from nbgrader.utils import compute_checksum
from traitlets.config import Config
from traitlets.config.loader import ConfigFileNotFound, PyFileConfigLoader

from courses.foundation.errors import GradingError, SittingError
from courses.foundation.files import write_atomically
from grading.gradebook.faults import explained

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import datetime, timedelta

CONFIG_FILE = "nbgrader_config.py"

# What nbgrader itself must know, so that its own commands give the same marks as ours.
_CONFIG = """\
c = get_config()  # noqa: F821 - given by nbgrader
c.CourseDirectory.course_id = {course_id!r}
c.CourseDirectory.ignore = [".*", "*.pyc", "__pycache__", "feedback", "*.lock"]
c.AssignLatePenalties.plugin_class = "grading.gradebook.late.StartedPeriods"
"""


@dataclass(frozen=True)
class Course:
    """A course folder as nbgrader sees it."""

    folder: Path
    config: Config

    def directory(self, assignment: str = "", student: str = "*") -> CourseDirectory:
        """The folder in nbgrader's own view, aimed at one assignment and student."""
        config: Any = self.config.copy()
        config.CourseDirectory.root = str(self.folder.resolve())
        config.CourseDirectory.assignment_id = assignment
        config.CourseDirectory.student_id = student
        return CourseDirectory(config=config)

    @property
    def db_url(self) -> str:
        """Where the gradebook is."""
        return str(self.directory().db_url)

    def path(self, step: str, student: str, assignment: str) -> Path:
        """The folder of one step (``submitted``, ``autograded`` …), student and assignment."""
        directory = self._directory
        named = getattr(directory, f"{step}_directory")
        return Path(directory.format_path(named, student, assignment))

    def submissions(self, assignment: str, student: str = "*") -> list[str]:
        """Ids of those who submitted ``assignment``, sorted."""
        directory = self._directory
        pattern = directory.format_path(
            re.escape(directory.submitted_directory),
            r"(?P<student>[^/]+)",
            re.escape(assignment),
            escape=True,
        )
        left_out = {name.strip() for name in directory.student_id_exclude.split(",")}
        found = glob.glob(str(self.path("submitted", student, glob.escape(assignment))))  # noqa: PTH207 - an absolute pattern
        named = {match["student"] for path in found if (match := re.fullmatch(pattern, path))
                 and Path(path).is_dir()}  # fmt: skip
        return sorted(name for name in named - left_out if not name.startswith("."))

    @property
    def largest_file(self) -> int:
        """Bytes that one submitted file may have, by nbgrader's own option."""
        return int(self._directory.max_file_size) * 1000

    def timestamp(self, folder: Path) -> datetime | None:
        """When a folder's work was submitted; None when it does not say."""
        found: datetime | None = self._directory.get_existing_timestamp(str(folder))
        return found

    @cached_property
    def _directory(self) -> CourseDirectory:
        return self.directory()

    def assignments(self) -> list[str]:
        """Assignments that have been released into the gradebook, sorted."""
        with Gradebook(self.db_url) as gradebook:
            return sorted(assignment.name for assignment in gradebook.assignments)


def open_course(folder: Path, db_url: str = "") -> Course:
    """Open a course folder, with the gradebook at ``db_url`` where the configuration has another.

    Raises:
        SittingError: when there is nothing of a course in it, or its configuration cannot be read.
        GradingError: when its gradebook cannot be.
    """
    try:
        config = PyFileConfigLoader(CONFIG_FILE, path=str(folder)).load_config()
    except ConfigFileNotFound:
        if not any((folder / name).exists() for name in ("gradebook.db", "source")):
            raise SittingError(
                f"không phải thư mục khoá học nbgrader (thiếu {CONFIG_FILE})", path=folder
            ) from None
        config = Config()
    except Exception as error:  # noqa: BLE001 - the file is Python and may fail in any way
        raise SittingError(f"cấu hình lỗi: {error}", path=folder / CONFIG_FILE) from None
    if db_url:
        config.CourseDirectory.db_url = db_url
    course = Course(folder=folder, config=config)
    with explained(folder), _in_this_process():
        Gradebook(course.db_url).close()
    return course


@contextmanager
def _in_this_process() -> Iterator[None]:
    """Let nbgrader find the version of its database here, where it would start a program."""
    before = api.get_alembic_version
    api.get_alembic_version = _newest_version
    try:
        yield
    finally:
        api.get_alembic_version = before


def _newest_version() -> str | None:
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - only for a new database

    return ScriptDirectory(ALEMBIC_DIR).get_current_head()


def make_course(folder: Path, course_id: str) -> Course:
    """Make ``folder`` a course folder, keeping a configuration that is already there."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / CONFIG_FILE
    if not path.exists():
        write_atomically(path, _CONFIG.format(course_id=course_id).encode())
    return open_course(folder)


def enrol_students(course: Course, students: Iterable[str]) -> int:
    """Add students by id alone: markers who open the gradebook see no names; tell how many."""
    with Gradebook(course.db_url) as gradebook:
        known = {student.id for student in gradebook.students}
        new = [student for student in students if student not in known]
        gradebook.db.add_all([Student(id=student) for student in new])
        gradebook.db.commit()
    return len(new)


def extend(course: Course, assignment: str, student: str, extra: timedelta) -> None:
    """Give one student extra time, so that nbgrader counts lateness from the extended date."""
    with nbgrader_messages(), Gradebook(course.db_url) as gradebook:
        gradebook.update_or_create_submission(assignment, student)
        gradebook.grant_extension(assignment, student, minutes=extra.total_seconds() / 60)


def release(course: Course, assignment: str, due: datetime, unscored: Collection[str] = ()) -> None:
    """Generate the release version of ``source/<assignment>`` and record its cells.

    Args:
        course: the course.
        assignment: its name.
        due: when it is due.
        unscored: cells that the gradebook is to hold as worth nothing, whatever they show.

    Raises:
        GradingError: when nbgrader refuses the source notebooks, with its reason.
    """
    with Gradebook(course.db_url) as gradebook:
        gradebook.update_or_create_assignment(assignment, duedate=due.replace(tzinfo=None))
    directory = course.directory(assignment, ".")
    generator = GenerateAssignment(coursedir=directory, config=course.config, force=True)
    with nbgrader_messages() as messages:
        try:
            generator.start()
        except NbGraderException as error:
            reason = messages[-1] if messages else error
            raise GradingError(
                f"nbgrader không phát hành được: {reason}",
                path=course.folder / "source" / assignment,
            ) from None
    if unscored:
        _make_worthless(course, assignment, unscored)


def _make_worthless(course: Course, assignment: str, cells: Collection[str]) -> None:
    """Give cells no points in the gradebook alone, with the checksum that nbgrader looks for."""
    with Gradebook(course.db_url) as gradebook:
        for notebook in gradebook.find_assignment(assignment).notebooks:
            for graded in notebook.grade_cells:
                if graded.name in cells:
                    graded.max_score = 0
                    source = gradebook.find_source_cell(graded.name, notebook.name, assignment)
                    source.checksum = _checksum_without_points(source)
        gradebook.db.commit()


def _checksum_without_points(source: Any) -> str:
    told = {"grade": True, "grade_id": source.name, "points": 0}
    cell = new_code_cell(source.source, metadata={"nbgrader": told})
    return str(compute_checksum(cell))


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@contextmanager
def nbgrader_messages() -> Iterator[list[str]]:
    """Collect what nbgrader logs as a warning, and silence its own deprecated use of libraries."""
    logger: Any = logging.getLogger("traitlets")
    collector, propagate = _Collector(), logger.propagate
    logger.addHandler(collector)
    logger.propagate = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield collector.messages
    finally:
        logger.removeHandler(collector)
        logger.propagate = propagate
