"""nbgrader's configuration of a course: honoured, or refused by name before anything is graded."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from nbgrader.preprocessors import Execute

from courses.foundation.errors import SittingError
from grading.code.sandbox.limits import MIB, Limits

if TYPE_CHECKING:
    from pathlib import Path

    from traitlets.config import Config

    from grading.gradebook.snapshot import Snapshot

_UNLIMITED = 3600.0  # seconds that stand for "no limit"
_NOTEBOOK = 4  # cells that may take all their time before the notebook's own is up
_EXECUTE = frozenset(
    ("timeout", "interrupt_on_timeout", "raise_on_iopub_timeout", "iopub_timeout", "enabled",
     "startup_timeout", "error_on_timeout", "execute_retries", "store_widget_state", "log_level")
)  # fmt: skip
# What is honoured, or changes no mark, of the classes that have a say in grading.
_HONOURED: dict[str, frozenset[str]] = {
    "CourseDirectory": frozenset(
        ("course_id", "student_id", "student_id_exclude", "assignment_id", "directory_structure",
         "source_directory", "release_directory", "source_with_tests_directory",
         "submitted_directory", "autograded_directory", "feedback_directory",
         "solution_directory", "db_url", "root", "groupshared", "ignore", "max_file_size",
         "max_dir_size", "log_level")
    ),
    "Autograde": frozenset(("create_student", "exclude_overwriting", "force", "log_level")),
    "BaseConverter": frozenset(("force", "log_level")),
    "Execute": _EXECUTE,
    "ExecutePreprocessor": _EXECUTE,
    "NotebookClient": _EXECUTE,
    "SaveAutoGrades": frozenset(("log_level",)),
    "AssignLatePenalties": frozenset(("plugin_class", "log_level")),
    "OverwriteKernelspec": frozenset(("log_level",)),
    "CheckCellMetadata": frozenset(("log_level",)),
    "ClearOutput": frozenset(("log_level",)),
}  # fmt: skip
# Our own section of the same file, c.Cio: limits by name, sizes in MiB.
_SIZES = ("memory", "file", "box", "output")
_OURS = {field.name for field in fields(Limits)} | {"hostile"}
_PYTHON = ("python", "ipython")


def refuse_unsupported(config: Config, folder: Path) -> None:
    """Stop where the course asks for what is not done here.

    Raises:
        SittingError: naming the option.
    """
    asked: list[tuple[str, Any, Any]] = [
        (section, honoured, config[section])
        for section, honoured in (*_HONOURED.items(), ("Cio", _OURS))
        if section in config
    ]
    for section, honoured, given in asked:
        for name in given:
            if name not in honoured:
                raise SittingError(
                    f"cấu hình c.{section}.{name} không được hỗ trợ khi chấm: bỏ dòng ấy, hoặc "
                    "chấm khoá học này bằng nbgrader autograde "
                    f"(unsupported option c.{section}.{name})",
                    path=folder / "nbgrader_config.py",
                )


def refuse_other_languages(snapshot: Snapshot, folder: Path) -> None:
    """Stop where a notebook is not Python.

    Raises:
        SittingError: naming the notebook and its kernel.
    """
    for name, notebook in snapshot.notebooks.items():
        kernel = notebook.kernelspec or {}
        language = str(kernel.get("language") or "python").lower()
        title = str(kernel.get("name") or "python3").lower()
        if language not in _PYTHON or title in ("ir", "bash", "octave", "sos") or "julia" in title:
            raise SittingError(
                f"đề {name} viết cho nhân {title} ({language}), ở đây chỉ chạy Python: chấm bài "
                f"này bằng nbgrader autograde (kernel {title} is not supported)",
                path=folder / "source" / snapshot.assignment / f"{name}.ipynb",
            )


def limits_of(config: Config) -> Limits:
    """What a notebook may use, as nbgrader's own options and those of ``c.Cio`` say."""
    seconds = Execute(config=config).timeout
    cell = float(seconds) if seconds and seconds > 0 else _UNLIMITED
    notebook = max(Limits.notebook_seconds, _NOTEBOOK * cell)
    given = {name: value for name, value in config.Cio.items() if name != "hostile"}
    sizes = {name: int(given.pop(name) * MIB) for name in _SIZES if name in given}
    limits = replace(
        Limits(), cell_seconds=cell, notebook_seconds=notebook, processor_seconds=2 * notebook
    )
    return replace(limits, **sizes, **given)


def is_hostile(config: Config) -> bool:
    """Whether the course trusts no verdict that came from a candidate's process alone."""
    return bool(config.Cio.get("hostile", False))
