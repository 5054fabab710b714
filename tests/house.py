"""A whole centre served as ``cio serve`` does: portal, lessons and a worker on one port."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import requests
from sittings import reopen
from websocket import create_connection

from centre.demo_accounts import PASSWORD

CIO = "import sys; from centre.cli import main; sys.argv[0] = 'cio'; main()"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Visitor:
    """Somebody with a browser's cookies, signed in with a password."""

    house: object
    name: str
    web: requests.Session = field(default_factory=requests.Session)

    def __post_init__(self):
        page = self.web.get(self.house.url("dang-nhap/"), timeout=60)
        told = {
            "csrfmiddlewaretoken": re.search(
                r'name="csrfmiddlewaretoken" value="(\w+)"', page.text
            )[1],
            "login": self.name,
            "password": PASSWORD,
        }
        self.web.post(self.house.url("dang-nhap/"), told, timeout=60)
        assert "sessionid" in self.web.cookies

    def get(self, path, **options):
        """What an address answers."""
        return self.web.get(self.house.url(path), timeout=120, **options)

    def call(self, method, path, **options):
        """Ask as a page's script may: with the cookie that allows it to change something."""
        headers = {"X-XSRFToken": "mot", **options.pop("headers", {})}
        cookies = {**self.web.cookies.get_dict(), "_xsrf": "mot"}
        return requests.request(
            method, self.house.url(path), headers=headers, cookies=cookies, timeout=60, **options
        )

    def lesson(self, name="ql1-quan-ly-nha-nuoc"):
        """Open a lesson and return the id of its kernel."""
        page = self.get(f"hoc/bai/{name}")
        assert page.status_code == 200, page.text
        return re.search(r'"?kernelId"?\s*:\s*"([0-9a-f-]{36})"', page.text)[1]

    def channel(self, kernel, **options):
        """A line to a kernel, as a page's script opens it."""
        cookie = "; ".join(f"{k}={v}" for k, v in self.web.cookies.get_dict().items())
        address = self.house.url(f"hoc/api/kernels/{kernel}/channels?session_id=thu")
        return create_connection(
            address.replace("http", "ws", 1), cookie=cookie, timeout=20, **options
        )


@dataclass(frozen=True)
class House:
    """A served centre."""

    folder: Path
    port: int
    process: subprocess.Popen
    log: Path

    def url(self, path=""):
        """An address of the house."""
        return f"http://127.0.0.1:{self.port}/{path}"

    def visitor(self, name):
        """Somebody who signs in with the demonstration's password."""
        return Visitor(self, name)


def start_house(folder, log, port=None):
    port = port or free_port()
    command = [sys.executable, "-W", "ignore", "-c", CIO, "serve", str(folder), "--port", str(port)]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, stdout=output, stderr=output, env=environment, start_new_session=True
        )
    return House(folder, port, process, log)


def wait_for(house):
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        if house.process.poll() is not None:
            break
        try:
            if requests.get(house.url("suc-khoe/"), timeout=5).ok:
                return
        except requests.RequestException:
            time.sleep(0.3)
    pytest.fail(f"the house does not answer:\n{house.log.read_text()}")


@contextmanager
def served(folder, where):
    """Serve a centre until the block is left."""
    made = start_house(folder, where / "serve.log")
    try:
        wait_for(made)
        yield made
    finally:
        made.process.send_signal(signal.SIGINT)
        made.process.wait(timeout=60)


@pytest.fixture(scope="session")
def house(decided_folder, tmp_path_factory):
    """A served centre with a decided sitting; ended with the session."""
    where = tmp_path_factory.mktemp("nha")
    sitting = reopen(decided_folder, where / "trung-tam")
    with served(sitting.centre.folder, where) as made:
        yield made
