"""Starting a warm process: by exec, with a clean environment, and sometimes before it is needed."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from courses.foundation.errors import GradingError
from grading.code.candidate.channel import Channel, ChannelError
from grading.code.sandbox.confinement import SANDBOXES
from grading.code.sandbox.groups import Group
from grading.code.sandbox.paths import package_folders

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grading.code.sandbox.confinement import Tier

START = 120.0  # seconds to import libraries on a slow machine
# Environment that the process and all its forks see: nothing of ours.
ENVIRONMENT = {
    "LANG": "C.UTF-8",
    "LC_ALL": "C.UTF-8",
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "PYTHONHASHSEED": "0",
    "PYTHONDONTWRITEBYTECODE": "1",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "IPYTHONDIR": "/tmp",  # noqa: S108 - the fork's own
    "NBGRADER_EXECUTION": "autograde",
}
_PROGRAM = (
    "import sys; sys.path.insert(0, sys.argv[3]); "
    "sys.path += [place for place in sys.argv[4:] if place not in sys.path]; "
    "from grading.code.candidate.zygote import main; "
    "sys.path.remove(sys.argv[3]); sys.path.insert(0, ''); "
    "main(sys.argv[1], sys.argv[2])"
)
_ROOT = Path(__file__).resolve().parents[2]

_ahead: list[Started] = []


@dataclass
class Started:
    """A process that is starting, our end of the connection, and the group its notebooks join."""

    process: subprocess.Popen[bytes]
    channel: Channel
    group: Group | None

    def greeting(self) -> dict[str, str]:
        """What it says once it is ready, or an ``error``."""
        try:
            return dict(self.channel.receive(START)[0])
        except ChannelError as error:
            return {"error": f"không khởi động được ({error}, mã {self.process.poll()})"}

    def end(self, seconds: float = 0) -> None:
        """End it and everything it started; it has so many seconds to do so itself."""
        self.channel.close()
        try:
            self.process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(timeout=START)
        if self.group:
            self.group.end()


@contextlib.contextmanager
def started_ahead(count: int) -> Iterator[None]:
    """Have so many processes start already, in the best sandbox; end those nobody wanted."""
    _ahead.extend(_execute(SANDBOXES[0]) for _ in range(count))
    try:
        yield
    finally:
        while _ahead:
            _ahead.pop().end()


def spawn(tiers: tuple[Tier, ...]) -> tuple[Started, Tier]:
    """A warm process in the first of the sandboxes that this machine allows.

    Raises:
        GradingError: when it allows none.
    """
    reasons = []
    for tier in tiers:
        started = _begun(tier)
        greeting = started.greeting()
        if "error" not in greeting:
            return started, tier
        started.end()
        reasons.append(f"{tier}: {greeting['error']}")
    raise GradingError(
        "máy này không dựng được hộp cát để chạy mã của thí sinh, nên không chấm "
        f"({'; '.join(reasons)}). Cần Linux cho phép user namespaces, hoặc Landlock ABI 6 và "
        "một người dùng thường; chỉ dùng --unsafe khi tin mọi bài nộp"
    )


def _begun(tier: Tier) -> Started:
    with contextlib.suppress(IndexError):  # another thread may take the last
        if tier == SANDBOXES[0]:
            return _ahead.pop()
    return _execute(tier)


def _execute(tier: Tier) -> Started:
    near, far = socket.socketpair()
    group = Group.make()
    joining = group.descriptors() if group else ()
    given = (far.fileno(), *joining)
    program = [sys.executable, "-P", "-c", _PROGRAM, ",".join(map(str, given))]
    with far:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter
            [*program, tier, str(_ROOT), *package_folders()],
            env=ENVIRONMENT,
            cwd="/",
            stdin=subprocess.DEVNULL,
            pass_fds=given,
            start_new_session=True,
        )
    for descriptor in joining:
        os.close(descriptor)
    return Started(process, Channel(near, trusting=True), group)
