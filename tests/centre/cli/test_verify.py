"""``cio verify`` and ``trust``: an answer whatever is in the way; no traceback, no new file."""

import json
import os
import shutil
import tempfile
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connections
from sittings import DECIDED_ON, act

from centre.configuration import DATABASE, SETTINGS
from centre.database import disconnect
from centre.ledger.seal import SEAL_FILE
from centre.register.models import Entry
from centre.register.revoke import revoke
from centre.register.trust import TRUST_FILE

NOBODY = 65534


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


def a_database_that_loops(centre):
    (centre / DATABASE).unlink()
    (centre / DATABASE).symlink_to(DATABASE)


def a_log_in_a_pipe(centre):
    os.mkfifo(centre / f"{DATABASE}-wal")


def a_log_and_its_index_in_pipes(centre):
    a_log_in_a_pipe(centre)
    os.mkfifo(centre / f"{DATABASE}-shm")


def a_seal_of_noise(centre):
    (centre / "keys" / SEAL_FILE).write_bytes(b"khong phai khoa")


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
    a_database_that_loops,
    a_log_in_a_pipe,
    a_log_and_its_index_in_pipes,
    a_seal_of_noise,
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


@pytest.mark.parametrize("index", [True, False])
def test_what_a_broken_off_writer_left_in_the_log_is_read_and_nothing_is_made(
    check, certified, tmp_path, index
):
    """The last minutes before a crash are in the log; a revocation may be among them."""
    ground = ("gian-lan", "Quyết định giả định số 1")
    act(revoke, "van-thu", Entry.objects.get(), *ground, now=DECIDED_ON + timedelta(days=1))
    [original], left = certified.centre.certificates.glob("*.pdf"), tmp_path / "bo-do"
    shutil.copytree(certified.centre.folder, left)
    assert (left / f"{DATABASE}-wal").stat().st_size
    disconnect()
    if not index:
        (left / f"{DATABASE}-shm").unlink()
    before = tree(left)
    assert check(left, original)[0] == 4
    assert tree(left) == before


def without_keys(keys):
    shutil.rmtree(keys)


def keys_in_a_pipe(keys):
    (keys / SEAL_FILE).unlink()
    os.mkfifo(keys / SEAL_FILE)


@pytest.mark.parametrize("take", [without_keys, keys_in_a_pipe], ids=lambda one: one.__name__)
def test_whoever_checks_needs_no_key(check, centre, original, take):
    take(centre / "keys")
    assert check(centre, original)[0] == 0


@contextmanager
def nobody():
    """Work as a user who owns nothing here; whoever is no administrator is one already."""
    if os.geteuid():
        yield
        return
    os.setegid(NOBODY)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)


@pytest.fixture
def public(centre, original, check, monkeypatch):
    """A copy of the centre that everybody may read and nobody write, and of a certificate."""
    assert check(centre, original)[0] == 0  # whatever is imported is imported now
    place = Path(tempfile.mkdtemp(prefix="cong-khai-"))
    shutil.copytree(centre, place / "trung-tam")
    shutil.copy(original, place / "chung-chi.pdf")
    shutil.copy(os.environ[TRUST_FILE], place / "tin.json")
    monkeypatch.setenv(TRUST_FILE, str(place / "tin.json"))
    for path in [place, *place.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    yield place
    for path in [place, *place.rglob("*")]:
        path.chmod(0o755)
    shutil.rmtree(place)


def test_a_register_that_one_may_only_read_answers(check, public):
    before = tree(public)
    with nobody():
        assert check(public / "trung-tam", public / "chung-chi.pdf")[0] == 0
    assert tree(public) == before


@pytest.mark.parametrize(
    "name", ["trung-tam", f"trung-tam/{SETTINGS}", f"trung-tam/{DATABASE}", "chung-chi.pdf",
             "trung-tam/checkpoints", "tin.json"],
)  # fmt: skip
def test_what_one_may_not_read_could_not_be_checked(check, public, name):
    (public / name).chmod(0)
    with nobody():
        status, out = check(public / "trung-tam", public / "chung-chi.pdf")
    assert (status, "KHÔNG KIỂM TRA ĐƯỢC" in out) == (6, True)


def test_the_keys_that_others_may_not_read_are_not_asked_for(check, public):
    (public / "trung-tam" / "keys").chmod(0)
    with nobody():
        assert check(public / "trung-tam", public / "chung-chi.pdf")[0] == 0


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
