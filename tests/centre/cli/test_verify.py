"""``cio verify`` and ``trust``: an answer whatever is in the way; no traceback, no new file."""

import json
import os
import shutil
from datetime import timedelta

import pytest
from django.db import connections
from sittings import DECIDED_ON, act

from centre.configuration import DATABASE, SETTINGS
from centre.database import disconnect
from centre.register.models import Entry
from centre.register.revoke import revoke
from centre.register.trust import TRUST_FILE


def tree(folder):
    """Every file below a folder with its size, links and pipes as they are."""
    return {str(path): path.lstat().st_size for path in sorted(folder.rglob("*"))}


@pytest.fixture
def centre(certified):
    """The folder of a centre that has issued, and nobody at work in it."""
    disconnect()
    return certified.centre.folder


@pytest.fixture
def check(cio, monkeypatch):
    """Verify a file with the register in a folder, from a place that has none."""

    def run(folder, path, *options):
        monkeypatch.chdir("/")
        status, out, err = cio("--centre", folder, "verify", path, *options)
        assert "Traceback" not in out + err
        return status, out

    return run


@pytest.fixture
def original(centre):
    [path] = (centre / "certificates").glob("*.pdf")
    return path


def test_an_original_is_valid_and_checking_it_leaves_the_centre_as_it_was(check, centre, original):
    before = tree(centre)
    status, out = check(centre, original)
    assert (status, "HỢP LỆ" in out, "Sổ của" in out) == (0, True, True)
    assert tree(centre) == before


def test_a_copy_that_cannot_be_written_is_enough_to_check_against(check, centre, original):
    for path in [*centre.rglob("*"), centre]:
        path.chmod(0o500 if path.is_dir() else 0o400)
    assert check(centre, original)[0] == 0
    for path in [centre, *centre.rglob("*")]:
        path.chmod(0o700)


def test_a_forged_copy_shows_nobodys_data(check, centre, original, tmp_path):
    forged = tmp_path / "sua.pdf"
    forged.write_bytes(original.read_bytes() + b" ")
    status, out = check(centre, forged, "--json")
    assert (status, json.loads(out)["facts"]) == (3, None)


def test_a_revoked_one_says_so(check, certified):
    [path] = certified.centre.certificates.glob("*.pdf")
    ground = ("gian-lan", "Quyết định giả định số 1")
    later = DECIDED_ON + timedelta(days=1)
    act(revoke, "van-thu", Entry.objects.get(), *ground, now=later)
    status, out = check(certified.centre.folder, path, "--json")
    assert (status, json.loads(out)["verdict"]) == (4, "REVOKED")


def no_folder(centre):
    shutil.rmtree(centre)


def empty_folder(centre):
    no_folder(centre)
    centre.mkdir()


def a_file(centre):
    no_folder(centre)
    centre.write_text("")


def a_link_loop(centre):
    no_folder(centre)
    centre.symlink_to(centre)


def broken_settings(centre):
    (centre / SETTINGS).write_text("name = = 1", "utf-8")


def settings_of_another_kind(centre):
    (centre / SETTINGS).write_text('ten = "khác"', "utf-8")


def settings_without_end(centre):
    (centre / SETTINGS).write_text(f"name = {'[' * 20_000}", "utf-8")


def settings_in_a_pipe(centre):
    (centre / SETTINGS).unlink()
    os.mkfifo(centre / SETTINGS)


def no_database(centre):
    (centre / DATABASE).unlink()


def an_empty_database(centre):
    (centre / DATABASE).write_bytes(b"")


def a_database_in_a_pipe(centre):
    (centre / DATABASE).unlink()
    os.mkfifo(centre / DATABASE)


def a_database_of_noise(centre):
    (centre / DATABASE).write_bytes(b"khong phai co so du lieu" * 100)


def half_a_database(centre):
    content = (centre / DATABASE).read_bytes()
    (centre / DATABASE).write_bytes(content[: len(content) // 3])


def noise_in_the_database(centre):
    content = bytearray((centre / DATABASE).read_bytes())
    content[4096:-4096] = os.urandom(len(content) - 8192)
    (centre / DATABASE).write_bytes(content)


def another_database(centre):
    (centre / DATABASE).write_bytes(b"SQLite format 3\0" + bytes(4080))


def no_checkpoints(centre):
    shutil.rmtree(centre / "checkpoints")


def a_broken_checkpoint(centre):
    max((centre / "checkpoints").iterdir()).write_text("{", "utf-8")


def a_checkpoint_in_a_pipe(centre):
    newest = max((centre / "checkpoints").iterdir())
    newest.unlink()
    os.mkfifo(newest)


DAMAGES = [
    no_folder,
    empty_folder,
    a_file,
    a_link_loop,
    broken_settings,
    settings_of_another_kind,
    settings_without_end,
    settings_in_a_pipe,
    no_database,
    an_empty_database,
    a_database_in_a_pipe,
    a_database_of_noise,
    half_a_database,
    noise_in_the_database,
    another_database,
    no_checkpoints,
    a_broken_checkpoint,
    a_checkpoint_in_a_pipe,
]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_register_that_is_not_in_order_has_checked_nothing_and_nothing_is_made(
    check, centre, original, tmp_path, damage
):
    held = shutil.copy(original, tmp_path / "chung-chi.pdf")
    damage(centre)
    before = tree(tmp_path)
    status, out = check(centre, held)
    assert (status, "KHÔNG KIỂM TRA ĐƯỢC" in out) == (6, True)
    assert "Người được cấp" not in out
    connections.close_all()
    assert tree(tmp_path) == before


def make_pipe(path):
    os.mkfifo(path)


def make_loop(path):
    path.symlink_to(path)


FILES = {
    "a pipe": make_pipe,
    "a link loop": make_loop,
    "a folder": lambda path: path.mkdir(),
    "nothing": lambda _path: None,
    "an empty file": lambda path: path.touch(),
    "a device": lambda path: path.symlink_to("/dev/zero"),
}


@pytest.mark.parametrize("make", FILES.values(), ids=FILES)
def test_what_is_no_file_could_not_be_checked_and_is_not_waited_on(check, centre, tmp_path, make):
    make(tmp_path / "chung-chi.pdf")
    status, out = check(centre, tmp_path / "chung-chi.pdf")
    assert (status, "KHÔNG KIỂM TRA ĐƯỢC" in out) == (6, True)


def test_without_any_register_nothing_was_checked(cio, original, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path.parent)
    monkeypatch.delenv("CIO_CENTRE", raising=False)
    status, out, _ = cio("verify", shutil.copy(original, tmp_path / "chung-chi.pdf"))
    assert (status, "chưa rõ trung tâm nào" in out) == (6, True)


def test_a_forgers_own_register_beside_the_file_proves_nothing(
    check, centre, original, monkeypatch, tmp_path, cio
):
    monkeypatch.setenv(TRUST_FILE, str(tmp_path / "tin.json"))
    status, out = check(centre, original)
    assert (status, "chưa được tin trên máy này" in out) == (6, True)
    assert not (tmp_path / "tin.json").exists()
    seal = out.partition("của sổ: ")[2][:39]
    assert cio("trust", "add", "Trung tâm", seal)[0] == 0
    assert check(centre, original)[0] == 0
    assert f"{seal}  Trung tâm" in cio("trust", "list")[1]
    assert cio("trust", "remove", seal)[0] == 0
    assert cio("trust", "remove", seal)[0] == 1
    assert check(centre, original)[0] == 6


def test_a_broken_list_of_trust_is_no_trust(check, centre, original, monkeypatch, tmp_path):
    (tmp_path / "tin.json").write_text("{", "utf-8")
    monkeypatch.setenv(TRUST_FILE, str(tmp_path / "tin.json"))
    assert check(centre, original)[0] == 6
