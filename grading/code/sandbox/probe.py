"""Proof, before the first notebook of a run, that the sandbox holds on this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.errors import GradingError

if TYPE_CHECKING:
    from pathlib import Path

    from grading.code.warm import WarmProcess

# Each line tries one thing that must fail, and prints its name when it does not.
_ATTEMPTS = """\
import ctypes, os, socket
def attempt(name, act):
    try:
        act()
    except Exception:
        return
    print(name)
def processes():
    seen = [int(p) for p in os.listdir('/proc') if p.isdecimal()]
    assert any(p != os.getpid() and os.stat(f'/proc/{{p}}').st_ino for p in seen)
attempt('đọc sổ điểm', lambda: open({gradebook!r}).read(1))
attempt('xem thư mục khoá học', lambda: os.listdir({folder!r}))
attempt('mở socket', lambda: socket.socket(socket.AF_INET))
attempt('mở socket nội bộ', lambda: socket.socket(socket.AF_UNIX))
attempt('ghi ra ngoài', lambda: open({outside!r}, 'w'))
attempt('ghi vào thư viện', lambda: open(os.__file__, 'a'))
attempt('thấy tiến trình khác', processes)
attempt('báo hiệu cho tiến trình cha', lambda: os.kill(os.getppid() or -9, 0))
attempt('lập không gian tên', lambda: 1 / (ctypes.CDLL(None).unshare(0x10000000) == 0))
"""


def prove(warm: WarmProcess, folder: Path) -> None:
    """Try, in a notebook's place, what no notebook may do.

    Raises:
        GradingError: when anything succeeds; nothing may be graded then.
    """
    if warm.tier == "unsafe":
        return
    root = folder.resolve()
    places = {"gradebook": "gradebook.db", "outside": ".thu-hop-cat", "folder": ""}
    source = _ATTEMPTS.format(**{key: str(root / name) for key, name in places.items()})
    warm.start({}, 0, set(), {})
    outputs, late, _signs = warm.run(source, 1, warm.limits.cell_seconds)
    warm.finish()
    printed = "; ".join(str(o.get("text") or o.get("evalue", "")).strip() for o in outputs)
    if late or printed:
        raise GradingError(
            f"hộp cát ({warm.tier}) không giữ được trên máy này: {printed.replace(chr(10), ', ')}",
            path=folder,
        )
