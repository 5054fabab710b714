"""The whole house on this machine: portal and lessons on one origin, a worker beside them."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

from centre.configuration import HERE
from centre.database import open_centre
from centre.desk.lessons import run
from centre.desk.serving import JUPYTER
from centre.portal.serving import application
from courses.foundation.errors import CentreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from centre.configuration import Centre

_WAITING = 128  # connections that may wait to be taken
THREADS = 8  # requests of the portal that are answered at the same time
PATIENCE = 10  # seconds that the worker has to put down what it does


def serve(folder: Path, port: int, announce: Callable[[Centre, str], None]) -> None:
    """Serve a centre on 127.0.0.1 until interrupted.

    Args:
        folder: a centre's folder.
        port: on 127.0.0.1.
        announce: called once with the centre and the address, when it is about to be served.

    Raises:
        CentreError: when the folder is no centre's, its lessons open elsewhere, or the port is
            taken.
    """
    centre = open_centre(folder)
    if centre.settings.lessons == "hub":
        raise CentreError(
            'centre.toml để bài học mở ở JupyterHub (lessons = "hub"): chạy cio portal và '
            "JupyterHub theo deploy/jupyterhub/README.md, hoặc bỏ dòng ấy rồi mở lại",
            path=centre.folder,
        )
    sockets = _sockets(port)
    os.environ[HERE] = str(centre.folder)
    _jupyter_environment(centre)
    announce(centre, f"http://127.0.0.1:{sockets[0].getsockname()[1]}/")
    with _worker(), ThreadPoolExecutor(THREADS) as executor:
        run(centre, application(), sockets, executor)


def _sockets(port: int) -> list[socket.socket]:
    try:
        listening = socket.create_server(("127.0.0.1", port), backlog=_WAITING)
    except OSError as error:
        raise CentreError(
            f"không mở được cổng {port} trên máy này ({error.strerror}); dừng chương trình đang "
            "dùng cổng đó, hoặc chọn cổng khác: --port SỐ"
        ) from None
    listening.setblocking(False)
    return [listening]


def _jupyter_environment(centre: Centre) -> None:
    """Jupyter's settings are the house's, not those of whoever started it."""
    data = [str(JUPYTER / "data"), *filter(None, [os.environ.get("JUPYTER_PATH")])]
    os.environ["JUPYTER_PATH"] = os.pathsep.join(data)
    os.environ["JUPYTER_CONFIG_DIR"] = str(centre.folder / "learning" / ".jupyter")


@contextmanager
def _worker() -> Iterator[None]:
    """A worker of the queue in a process of its own, which ends with us."""
    process = subprocess.Popen([sys.executable, "-m", "centre.jobs"])
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
