"""Running Python as an ordinary user, whoever runs the tests."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import grading
from grading.code.sandbox import kernel
from grading.code.sandbox.paths import package_folders

ROOT = Path(grading.__file__).parents[1]
# A user id that owns nothing; tests that run at once are users of their own, whose processes
# are counted apart.
STRANGER = 54321 + int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:])
_SHOWN = Path("/mnt")  # where a stranger sees the project when it lies in a closed folder


def as_a_stranger(program, *arguments):
    """Run ``program`` as an ordinary user, with a Python that such a user can read."""
    as_root = os.geteuid() == 0
    closed = as_root and not _is_open(ROOT)
    folders = [ROOT, *map(Path, package_folders()), ROOT / "tests"]
    if closed:
        folders = [_SHOWN / path.relative_to(ROOT) for path in folders if path.is_relative_to(ROOT)]
    return subprocess.run(
        [_python(), "-c", program, *map(str, arguments)],
        env={"PYTHONPATH": os.pathsep.join(map(str, folders)), "HOME": "/tmp"},  # noqa: S108 - any place to write
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=(lambda: _become_a_stranger(show=closed)) if as_root else None,
    )


def _become_a_stranger(*, show):
    if show:
        kernel.unshare(kernel.CLONE_NEWNS)
        kernel.mount("none", "/", flags=kernel.MS_REC | kernel.MS_PRIVATE)
        kernel.mount(str(ROOT), str(_SHOWN), flags=kernel.MS_BIND | kernel.MS_REC)
    os.setgroups([])
    os.setresgid(STRANGER, STRANGER, STRANGER)
    os.setresuid(STRANGER, STRANGER, STRANGER)


def _is_open(folder):
    """Whether anybody may read ``folder`` and pass through the folders above it."""
    folder = Path(folder).resolve()
    passable = all(place.stat().st_mode & 0o001 for place in (folder, *folder.parents))
    return passable and bool(folder.stat().st_mode & 0o004)


def _python():
    """This Python, or one of the same version where a stranger may not read this one."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    own = Path(sys.executable).resolve()
    if os.geteuid() != 0 or str(own).startswith("/usr/"):
        return sys.executable
    systems = Path(f"/usr/bin/python{version}")
    if not systems.exists():
        pytest.skip(f"không có Python {version} mà người dùng thường đọc được")
    return str(systems)
