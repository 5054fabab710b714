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


@contextmanager
def server():
    """The address of an empty server, without a database's name; it ends with the context."""
    programs = _programs()
    if programs is None:
        pytest.skip("cần PostgreSQL (gói postgresql của Debian)")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    folder.chmod(0o777)
    data = folder / "data"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, **_user()}
    initdb = [programs / "initdb", "-D", data, "-U", "cham", "-A", "trust", "-E", "UTF8", "-N"]
    subprocess.run(initdb, check=True, **quiet)
    command = [programs / "postgres", "-D", data, "-p", str(port), "-k", folder, "-F"]
    with subprocess.Popen([*command, "-h", "127.0.0.1"], **quiet) as process:
        try:
            address = f"postgresql://cham@127.0.0.1:{port}"
            _wait_for(address)
            yield address
        finally:
            process.send_signal(signal.SIGINT)  # at once, whoever is still connected
    shutil.rmtree(folder)


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
