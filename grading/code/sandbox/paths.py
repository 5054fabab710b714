"""What of the machine a candidate's code may see: the interpreter and its libraries, read-only."""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path

# Our own packages hold the item bank and its keys: never visible, even where they are installed.
_OURS = ("assessments", "cohort_data", "courses", "grading")
_SYSTEM = (
    "/usr",
    "/bin",
    "/sbin",
    "/lib",
    "/lib64",
    "/lib32",
    "/etc/ld.so.cache",
    "/etc/alternatives",
    "/etc/fonts",
    "/etc/localtime",
    "/etc/mime.types",
)
# Not /dev/zero: mapped, it is memory that no count of a process's own shows.
DEVICES = ("/dev/null", "/dev/full", "/dev/random", "/dev/urandom")


@cache  # as the warm process sees them before it moves into its house
def libraries() -> tuple[str, ...]:
    """Paths to show, none inside another; symbolic links among them stay links."""
    chosen: list[str] = []
    for path in sorted({*_SYSTEM, sys.prefix, sys.base_prefix, *package_folders()}):
        inside = any(path.startswith(f"{other}/") for other in chosen)
        if not inside and os.path.lexists(path):
            chosen.append(path)
    return tuple(chosen)


def package_folders() -> list[str]:
    """Folders of installed packages on the import path, which may lie outside the prefix."""
    names = ("site-packages", "dist-packages")
    return [place for place in sys.path if Path(place).name in names and Path(place).is_dir()]


@cache  # as above
def hidden() -> tuple[str, ...]:
    """Folders inside the libraries that must not be seen."""
    found = [Path(place, name) for place in package_folders() for name in _OURS]
    return tuple(str(path) for path in found if path.is_dir())
