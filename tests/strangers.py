"""Running Python as an ordinary user, whoever runs the tests."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import grading
from grading.engine.sandbox.paths import package_folders

ROOT = Path(grading.__file__).parents[1]
STRANGER = 54321  # a user id that owns nothing


def as_a_stranger(program, *arguments):
    """Run ``program`` as an ordinary user, with a Python that such a user can read."""
    as_root = os.geteuid() == 0
    if as_root and not all(map(_is_open, (ROOT, *package_folders()))):
        pytest.skip(f"người dùng thường không đọc được {ROOT}")
    libraries = os.pathsep.join([str(ROOT), *package_folders(), str(ROOT / "tests")])
    return subprocess.run(
        [_python(), "-c", program, *map(str, arguments)],
        env={"PYTHONPATH": libraries, "HOME": "/tmp"},  # noqa: S108 - any place to write
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
        **({"user": STRANGER, "group": STRANGER, "extra_groups": []} if as_root else {}),
    )


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
