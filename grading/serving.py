"""Lessons and a paper on this machine: Jupyter with Voilà, on 127.0.0.1 only."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
from nbformat.v4 import new_markdown_cell, new_notebook

from courses.answer_sheet import write_atomically
from courses.build import KERNELSPEC, build_lesson
from courses.errors import SittingError
from courses.lesson import lesson_paths, read_lesson
from grading.sitting import open_sitting

if TYPE_CHECKING:
    from collections.abc import Callable

    from grading.sitting import Sitting

START = "bat-dau.ipynb"
LAB_SETTINGS = Path(__file__).parent / "jupyter"


def serve(folder: Path, port: int, announce: Callable[[str], None]) -> None:
    """Serve the lessons and one trainee's papers until interrupted.

    Args:
        folder: a sitting's folder.
        port: on 127.0.0.1.
        announce: called with each line that tells where to click.

    Raises:
        SittingError: when the folder is no sitting's, or the server does not start.
    """
    root = prepare_desk(open_sitting(folder))
    token = secrets.token_urlsafe(16)
    base = f"http://127.0.0.1:{port}"
    announce(f"Bài học và bài thi (học viên): {base}/voila/render/{START}?token={token}")
    announce(f"Cùng tệp trong JupyterLab (người soạn, người chấm): {base}/lab?token={token}")
    announce("Dừng: bấm Ctrl+C hai lần.")
    status = subprocess.run(server_command(root, port, token), check=False).returncode  # noqa: S603
    if status not in (0, -2, 130):
        raise SittingError(f"máy chủ Jupyter dừng với mã {status}; cổng {port} có thể đang bận")


def server_command(root: Path, port: int, token: str) -> list[str]:
    """The command that serves ``root``: localhost only, in Vietnamese, code hidden."""
    return [
        sys.executable,
        "-m",
        "jupyterlab",
        "--no-browser",
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        f"--ServerApp.root_dir={root}",
        f"--ServerApp.allow_root={os.geteuid() == 0}",
        f"--IdentityProvider.token={token}",
        f"--LabApp.app_settings_dir={LAB_SETTINGS}",
        "--KernelManager.transport_encryption=auto",
        "--VoilaConfiguration.theme=light",
        "--log-level=WARN",
    ]


def prepare_desk(sitting: Sitting) -> Path:
    """Lay out what one trainee works with, and return the folder; work in it is kept."""
    desk = sitting.folder / "desk"
    trainee = sitting.trainees()[0].id
    lessons = [build_lesson(path, desk / "bai-hoc") for path in lesson_paths()]
    papers = []
    for code, form in sitting.forms().items():
        target = desk / "bai-thi" / code
        if not target.exists():
            shutil.copytree(sitting.folder / "release" / code, target)
        papers += [(form.name, target / f"{c}.ipynb") for c in form.competencies]
    titles = [(read_lesson(path).head, path) for path in lesson_paths()]
    lines = ["# Giám đốc CNTT – học và thi", "", "## Bài học", ""]
    lines += [
        f"- [{head.code}. {head.title}]({_voila(desk, notebook)})"
        for (head, _), notebook in zip(titles, lessons, strict=True)
    ]
    lines += ["", f"## Bài thi của học viên {trainee} (dữ liệu mô phỏng)", ""]
    lines += [f"- [{name}]({_voila(desk, path)})" for name, path in papers]
    start = new_notebook(
        cells=[new_markdown_cell("\n".join(lines), id="bat-dau")],
        metadata={"kernelspec": KERNELSPEC, "title": "Bắt đầu"},
    )
    write_atomically(desk / START, nbformat.writes(start).encode())
    return desk


def _voila(desk: Path, notebook: Path) -> str:
    return f"/voila/render/{notebook.relative_to(desk)}"
