"""A PostgreSQL server of the tests' own, and the databases that write tests run on."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest


def _programs():
    """The folder of PostgreSQL's programs, wherever Debian or the path has them."""
    found = shutil.which("initdb")
    folders = [Path(found).parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((place for place in folders if (place / "initdb").exists()), None)


def _user():
    """PostgreSQL refuses to run as root: it is run as its own user then."""
    if os.geteuid() != 0:
        return {}
    entry = pwd.getpwnam("postgres")
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": [], "cwd": "/"}


class Server:
    """An empty PostgreSQL server at an address without a database's name."""

    def __init__(self):
        self.programs = _programs()
        if self.programs is None:
            pytest.skip("cần PostgreSQL (gói postgresql của Debian)")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.address = f"postgresql://cham@127.0.0.1:{self.port}"
        self.folder = Path(tempfile.mkdtemp(prefix="pg-"))
        self.folder.chmod(0o777)
        self.options = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, **_user()}

    @contextmanager
    def running(self, *settings):
        """Itself, until the context ends."""
        data = ["-D", self.folder / "data"]
        initdb = [self.programs / "initdb", *data, "-U", "cham", "-A", "trust", "-E", "UTF8", "-N"]
        subprocess.run(initdb, check=True, **self.options)
        self.settings = [*data, *settings]
        self.start()
        try:
            yield self
        finally:
            self.process.send_signal(signal.SIGINT)  # at once, whoever is still connected
            self.process.wait()
            shutil.rmtree(self.folder)

    def start(self):
        """Start it and wait until it lets somebody in."""
        command = [self.programs / "postgres", *self.settings, "-p", str(self.port)]
        at = ["-k", self.folder, "-h", "127.0.0.1"]
        self.process = subprocess.Popen([*command, *at], start_new_session=True, **self.options)
        _wait_for(self.address)

    def kill_and_restart(self):
        """Kill the server with all its processes, and start it again."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        (self.folder / "data" / "postmaster.pid").unlink(missing_ok=True)
        self.start()


@contextmanager
def server():
    """The address of an empty server, whose data need not outlive a crash."""
    with Server().running("-F") as running:
        yield running.address


def _wait_for(address):
    """Wait until the server lets somebody in: it answers before, and refuses."""
    for _ in range(300):
        try:
            psycopg.connect(f"{address}/postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("PostgreSQL does not answer")


def fresh(address, name, template="template1"):
    """Make a database on the server, a copy of ``template``; its address."""
    with psycopg.connect(f"{address}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return f"{address}/{name}"
