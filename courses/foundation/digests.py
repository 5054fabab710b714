"""Digests of data: equal data give equal text, and so equal digests, on every machine."""

from __future__ import annotations

import hashlib
import json
from typing import Any


def canonical(data: Any) -> str:
    """``data`` as JSON with sorted keys and no blanks; non-ASCII letters as they are."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(data: Any) -> str:
    """SHA-256 (hex) of ``data`` as canonical JSON in UTF-8."""
    return hashlib.sha256(canonical(data).encode()).hexdigest()
