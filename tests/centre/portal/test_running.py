"""``cio portal`` and ``cio user``: the portal as it truly runs, and how its first user gets in."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from sittings import CODE, reopen

from centre.accounts.users import machine_account, the_user
from centre.ledger.models import LedgerLine

PASSWORD = "mot-cau-dai-de-nho"  # noqa: S105 - chosen in a test


def ask(address, encoding="identity"):
    """What the portal answers: status, headers and body."""
    request = urllib.request.Request(address, headers={"Accept-Encoding": encoding})  # noqa: S310
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
        return answer.status, answer.headers, answer.read()


@pytest.fixture(scope="module")
def running(prepared_folder, tmp_path_factory):
    """The portal in processes of its own: what it printed, its address, and its first process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    place = tmp_path_factory.mktemp("cong")
    sitting = reopen(prepared_folder, place / "trung-tam")
    said = place / "said.txt"
    cio = Path(sys.executable).with_name("cio")
    command = [str(cio), "--centre", str(sitting.centre.folder)]
    environment = {**os.environ, "XDG_CACHE_HOME": str(place / "cache")}
    with said.open("wb") as out:
        process = subprocess.Popen(
            [*command, "portal", "--port", str(port), "--workers", "1"],
            stdout=out,
            stderr=out,
            env=environment,
        )
        try:
            address = f"http://127.0.0.1:{port}"
            for _ in range(400):
                try:
                    ask(f"{address}/suc-khoe/")
                    break
                except OSError:
                    time.sleep(0.2)
            yield said, address, process.pid
        finally:
            process.terminate()
            process.wait(timeout=30)


def test_the_portal_prints_its_address_and_how_the_administrator_gets_in_once(running):
    said, address, _ = running
    printed = said.read_text("utf-8")
    assert f"{address}/" in printed
    link = re.search(rf"{address}(/moi/quan-tri/\S+/)", printed)[1]
    assert "Đặt mật khẩu" in ask(address + link)[2].decode()


def test_no_library_is_loaded_that_no_page_needs(running):
    _, _, process = running
    loaded = Path(f"/proc/{process}/maps").read_text()
    assert "pandas/_libs" in loaded
    assert "libarrow" not in loaded


def test_what_is_known_of_candidates_has_the_same_digest_without_the_library(decided):
    """Else each decision made on the command line would be called changed in the portal."""
    program = (
        "from centre.portal.running import slim; slim(); "
        "from centre.portal.wsgi import application; import pandas as pd; "
        "from centre.database import the_centre; "
        "from centre.decisions.decide import changed_since; "
        "from centre.sittings.sitting import open_sitting; "
        f"changed = changed_since(open_sitting(the_centre(), {CODE!r})); "
        "print(pd.Series(['a']).dtype.storage, changed)"
    )
    environment = {**os.environ, "CIO_CENTRE": str(decided.centre.folder)}
    environment["DJANGO_SETTINGS_MODULE"] = "centre.settings"
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["python", "[]"]


def test_files_are_named_by_what_they_hold_and_sent_compressed(running):
    _, address, _ = running
    page = ask(f"{address}/dang-nhap/")[2].decode()
    [style] = re.findall(r'href="(/static/portal/portal\.[0-9a-f]+\.css)"', page)
    _, headers, body = ask(address + style, "gzip")
    assert headers["Content-Encoding"] == "gzip"
    assert "immutable" in headers["Cache-Control"]
    assert len(body) < 4000
    with pytest.raises(urllib.error.HTTPError):
        ask(f"{address}/static/portal/../../../centre.toml")


def test_a_link_printed_for_a_user_lets_them_choose_a_password_once(portal, cio):
    keeper = machine_account()
    status, out, _ = cio("--centre", portal.centre.folder, "user", "invite", "GK1", by=keeper)
    assert status == 0
    link = re.search(r"(/moi/GK1/\S+/)", out)[1]
    assert "Đặt mật khẩu" in Client(HTTP_HOST="localhost").get(link).content.decode()
    assert cio("--centre", portal.centre.folder, "user", "invite", "X", by=keeper)[0] == 1
    assert cio("--centre", portal.centre.folder, "user", "invite", "GK1", by="GK2")[0] == 1


def test_a_lost_second_factor_is_taken_away_by_the_administrator_with_a_record(portal, cio):
    keeper = machine_account()
    user = the_user("van-thu")
    command = ("--centre", portal.centre.folder, "user", "disarm", "van-thu")
    assert cio(*command, by=keeper)[0] == 1
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert cio(*command, by="giao-vu")[0] == 1
    assert cio(*command, by=keeper)[0] == 0
    assert not Authenticator.objects.exists()
    assert LedgerLine.objects.filter(kind="second_factor.dropped", subject="van-thu").exists()


def test_every_page_is_loaded_before_workers_part_and_nothing_that_few_need(sitting):
    """A worker that loads them when first asked keeps a whole hall waiting for seconds."""
    there = ("centre.portal.paper.views", "centre.register.issue")
    program = (
        "import sys; from centre.portal.wsgi import application; "
        f"print(*(one in sys.modules for one in {(*there, 'scipy.optimize', 'docx', 'typst')}))"
    )
    environment = {**os.environ, "CIO_CENTRE": str(sitting.centre.folder)}
    environment["DJANGO_SETTINGS_MODULE"] = "centre.settings"
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["True", "True", "False", "False", "False"]
