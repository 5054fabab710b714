"""What a hostile trainee gets from the lessons' server: their own lesson, and nothing else."""

import json
import re
import time
import uuid
from contextlib import suppress
from pathlib import Path

import pytest
import requests
from websocket import WebSocketBadStatusException

ONE, OTHER = "CIO26-001", "CIO26-004"
LESSON = "ql1-quan-ly-nha-nuoc"


@pytest.fixture(scope="module")
def trainee(house):
    return house.visitor(ONE)


@pytest.fixture(scope="module")
def another(house):
    return house.visitor(OTHER)


@pytest.fixture(scope="module")
def kernel(trainee):
    return trainee.lesson()


def message(kind, content, channel="shell"):
    """A message as a page's script sends it to a kernel."""
    header = {
        "msg_id": uuid.uuid4().hex,
        "msg_type": kind,
        "username": "",
        "session": "thu",
        "date": "2026-11-27T00:00:00Z",
        "version": "5.3",
    }
    told = {"header": header, "parent_header": {}, "metadata": {}, "content": content}
    return {**told, "channel": channel, "buffers": []}


def packed(told):
    """The same message in the binary protocol."""
    keys = ("header", "parent_header", "metadata", "content")
    parts = [told["channel"].encode(), *(json.dumps(told[key]).encode() for key in keys)]
    at, offsets = 8 * (len(parts) + 2), []
    for part in parts:
        offsets.append(at)
        at += len(part)
    offsets.append(at)
    head = [len(offsets), *offsets]
    return b"".join(n.to_bytes(8, "little") for n in head) + b"".join(parts)


def test_a_lesson_opens_in_ones_own_folder_alone(house, kernel):
    assert kernel
    folders = [path.name for path in (house.folder / "learning").glob("[0-9]*")]
    assert folders
    assert all((house.folder / "learning" / name / f"{LESSON}.ipynb").exists() for name in folders)


def test_whoever_has_not_signed_in_is_sent_to_do_so(house, kernel):
    answer = requests.get(house.url(f"hoc/bai/{LESSON}"), allow_redirects=False, timeout=60)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/dang-nhap/?next=")
    assert requests.get(house.url(f"hoc/api/kernels/{kernel}"), timeout=60).status_code == 403


def test_a_session_that_was_ended_opens_nothing(house):
    leaver = house.visitor(OTHER)
    kept = leaver.web.cookies.get_dict()
    leaver.web.post(
        house.url("dang-xuat/"),
        {"csrfmiddlewaretoken": kept["csrftoken"]},
        timeout=60,
    )
    answer = requests.get(
        house.url(f"hoc/bai/{LESSON}"), cookies=kept, allow_redirects=False, timeout=60
    )
    assert answer.status_code == 302


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "hoc/api/contents"),
        ("GET", "hoc/api/contents/1"),
        ("PUT", "hoc/api/contents/1/x.ipynb"),
        ("POST", "hoc/api/contents/1"),
        ("GET", "hoc/voila/api/contents/"),
        ("GET", "hoc/voila/tree/"),
        ("GET", "hoc/voila/files/1/ql1-quan-ly-nha-nuoc.tien-do.json"),
        ("GET", f"hoc/voila/render/1/{LESSON}.ipynb"),
        ("GET", "hoc/files/1/x.png"),
        ("GET", "hoc/api/kernels"),
        ("POST", "hoc/api/kernels"),
        ("GET", "hoc/api/sessions"),
        ("POST", "hoc/api/sessions"),
        ("GET", "hoc/api/terminals"),
        ("POST", "hoc/api/terminals"),
        ("GET", "hoc/terminals/websocket/1"),
        ("GET", "hoc/api/kernelspecs"),
        ("GET", "hoc/lab"),
        ("GET", "hoc/tree"),
        ("GET", "hoc/api/me"),
        ("GET", "api/contents"),
        ("POST", "api/terminals"),
    ],
)
def test_there_is_no_address_for_files_folders_terminals_uploads_or_kernels(trainee, method, path):
    body = {"type": "notebook", "content": {"cells": []}, "name": "python3"}
    answer = trainee.call(method, path, json=body)
    assert answer.status_code in {403, 404}, answer.text[:200]
    assert "nbformat" not in answer.text
    assert ".tien-do" not in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "hoc/bai/../1/x",
        "hoc/bai/..%2f..%2fcentre.toml",
        "hoc/bai/%2e%2e%2f1%2fql1",
        "hoc/bai/khong-co-bai-nay",
        "hoc/bai/QL1",
        "hoc/voila/static/../../../../etc/passwd",
        "hoc/voila/static/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "hoc/voila/templates/cio/static/%2e%2e/%2e%2e/conf.json",
        "hoc/voila/templates/%2e%2e/%2e%2e/etc/passwd",
        "hoc/voila/labextensions/%2e%2e/%2e%2e/etc/passwd",
    ],
)
def test_no_address_leads_out_of_what_is_given(trainee, path):
    request = requests.Request("GET", trainee.house.url(), cookies=trainee.web.cookies).prepare()
    request.url = trainee.house.url(path)  # as it stands: no dots are folded
    answer = requests.Session().send(request, timeout=60)
    assert answer.status_code in {400, 403, 404, 500}
    assert "root:" not in answer.text
    assert "signing_key" not in answer.text


def test_anothers_kernel_is_as_one_there_is_not(another, kernel):
    for method, path in (
        ("GET", f"hoc/api/kernels/{kernel}"),
        ("DELETE", f"hoc/api/kernels/{kernel}"),
        ("POST", f"hoc/voila/api/shutdown/{kernel}"),
        ("GET", f"hoc/api/kernels/{uuid.uuid4()}"),
    ):
        assert another.call(method, path).status_code == 404
    with pytest.raises(WebSocketBadStatusException) as met:
        another.channel(kernel)
    assert met.value.status_code == 404


def test_a_kernel_that_waits_is_nobodys_until_a_page_has_it_in_its_users_folder(house, another):
    waiting = wait_until(lambda: waiting_in(house))
    for kernel in waiting:
        assert another.call("GET", f"hoc/api/kernels/{kernel}").status_code == 404
    kernel = another.lesson()
    assert kernel in waiting
    assert another.call("GET", f"hoc/api/kernels/{kernel}").ok
    user = another.get("toi-la-ai/").json()["user"]
    assert kernels(house)[kernel] == str(house.folder / "learning" / str(user))
    assert wait_until(lambda: waiting_in(house) - waiting)


def waiting_in(house):
    """Kernels that are in nobody's folder."""
    return {one for one, at in kernels(house).items() if at == str(house.folder / "learning")}


def kernels(house):
    """Where each kernel of a served centre works."""
    found = {}
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            told = (process / "cmdline").read_text()
            parent = (process / "stat").read_text().rpartition(")")[2].split()[1]
            if parent == str(house.process.pid) and "kernel-" in told:
                found[re.search("kernel-([0-9a-f-]{36})", told)[1]] = str(
                    (process / "cwd").readlink()
                )
    return found


def test_a_page_of_another_origin_cannot_listen_in(trainee, kernel):
    with pytest.raises(WebSocketBadStatusException) as met:
        trainee.channel(kernel, origin="https://ke-gian.example")
    assert met.value.status_code == 403


@pytest.mark.parametrize("binary", [False, True], ids=["json", "binary"])
@pytest.mark.parametrize("channel", ["shell", "control", "stdin"])
@pytest.mark.parametrize("kind", ["execute_request", "debug_request", "input_reply"])
def test_no_code_runs_over_the_channel(trainee, kernel, tmp_path, binary, channel, kind):
    proof = tmp_path / "da-chay"
    content = {
        "code": f"open({str(proof)!r}, 'w')",
        "silent": False,
        "store_history": False,
        "user_expressions": {"x": f"open({str(proof)!r}, 'w')"},
        "allow_stdin": False,
        "command": "evaluate",
        "arguments": {"expression": f"open({str(proof)!r}, 'w')"},
        "value": "x",
    }
    protocol = ["v1.kernel.websocket.jupyter.org"] if binary else None
    line = trainee.channel(kernel, subprotocols=protocol)
    told = message(kind, content, channel)
    if binary:
        line.send_binary(packed(told))
        line.send_binary(packed(message("kernel_info_request", {})))
    else:
        line.send(json.dumps(told))
        line.send(json.dumps(message("kernel_info_request", {})))
    answered = heard(line, "kernel_info_reply")  # what came before it was dealt with
    line.close()
    assert answered
    assert not proof.exists()


def wait_until(found):
    deadline = time.monotonic() + 60
    while not (told := found()):
        assert time.monotonic() < deadline
        time.sleep(0.2)
    return told


def heard(line, kind):
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        got = line.recv()
        if kind in (got.decode("utf-8", "replace") if isinstance(got, bytes) else got):
            return True
    return False


@pytest.mark.proof
def test_a_user_holds_no_more_than_a_few_pages(another):
    opened = [another.lesson() for _ in range(4)]
    alive = [one for one in opened if another.call("GET", f"hoc/api/kernels/{one}").ok]
    assert alive == opened[1:]
