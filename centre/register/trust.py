"""Which registers are believed on this machine: by the fingerprint of their seal, pinned once."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import Field

from courses.foundation.content import Content, read_text, validate_json
from courses.foundation.errors import CentreError
from courses.foundation.files import write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterable

TRUST_FILE = "CIO_TRUST"  # the environment's name for another place of the list
_DIGITS = 32


class Trusted(Content):
    """One register: what its centre is called, and its seal's fingerprint."""

    name: str
    fingerprint: str = Field(pattern=r"^([0-9A-F]{4} ){7}[0-9A-F]{4}$")


class TrustList(Content):
    """Every register believed on this machine."""

    registers: tuple[Trusted, ...] = ()


def trust_path() -> Path:
    """Where this user's list is kept."""
    if named := os.environ.get(TRUST_FILE):
        return Path(named)
    home = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(home) / "cio" / "trusted-registers.json"


def trusted() -> tuple[Trusted, ...]:
    """The registers believed here; ContentError when the list is damaged."""
    path = trust_path()
    if not path.exists():
        return ()
    return validate_json(TrustList, read_text(path), path).registers


def trust(name: str, fingerprint: str) -> None:
    """Believe a register whose fingerprint was compared with what its centre publishes."""
    digits = "".join(fingerprint.split()).upper()
    if len(digits) != _DIGITS or not set(digits) <= set("0123456789ABCDEF"):
        raise CentreError("dấu vân tay gồm 32 chữ số thập lục phân")
    shown = " ".join(digits[at : at + 4] for at in range(0, _DIGITS, 4))
    _write(
        [
            *(one for one in trusted() if one.fingerprint != shown),
            Trusted(name=name, fingerprint=shown),
        ]
    )


def distrust(fingerprint: str) -> bool:
    """Believe a register no more; tell whether it was believed."""
    kept = [one for one in trusted() if one.fingerprint != fingerprint]
    if len(kept) == len(trusted()):
        return False
    _write(kept)
    return True


def _write(registers: Iterable[Trusted]) -> None:
    path = trust_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    listed = {"registers": [one.model_dump() for one in registers]}
    write_atomically(path, json.dumps(listed, ensure_ascii=False, indent=1).encode())
