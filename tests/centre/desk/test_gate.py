"""The proxy before portal and Hub: what reaches a trainee's server, and how soon nothing does."""

import asyncio
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
import requests
from exam_room import free_port
from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop
from tornado.web import Application, RequestHandler
from tornado.websocket import WebSocketHandler
from websocket import WebSocketBadStatusException
from websocket import create_connection as connect

PROXY = Path(__file__).parents[3] / "deploy" / "jupyterhub" / "portal_proxy.py"
SESSIONS = {"mot": 5, "hai": 6}
COOKIES = {"sessionid": "mot", "csrftoken": "x", "messages": "y", "_xsrf": "z",
           "jupyterhub-user-5": "w", "jupyterhub-session-id": "v"}  # fmt: skip
SOON = 2.5  # seconds


class Echo(RequestHandler):
    """Stands for the portal or for a trainee's server: says who it is and what it heard."""

    def get(self):
        """Say it."""
        if self.request.path == "/toi-la-ai/":
            user = SESSIONS.get(self.get_cookie("sessionid"))
            self.redirect("/dang-nhap/") if user is None else self.write({"user": user})
        else:
            cookie = self.request.headers.get("Cookie")
            name = self.application.settings["name"]
            self.write({"name": name, "path": self.request.path, "cookie": cookie})


class EchoLine(WebSocketHandler):
    """The same by messages."""

    def on_message(self, message):
        """Send it back."""
        self.write_message(message)


def serve_echo(ports, started):
    async def run():
        pages = [(r"/jupyter/user/5/line", EchoLine), (r".*", Echo)]
        servers = {HTTPServer(Application(pages, name=name)): port for name, port in ports.items()}
        for server, port in servers.items():
            server.listen(port, "127.0.0.1")
        started.loop = IOLoop.current()
        started.over = asyncio.Event()
        started.ready.set()
        await started.over.wait()
        for server in servers:
            server.stop()
            await server.close_all_connections()

    asyncio.run(run())


@pytest.fixture(scope="module")
def proxy(tmp_path_factory):
    """The proxy with the portal behind it and the server of user 5; its address."""
    port, api = free_port(), free_port()
    behind = {"portal": free_port(), "server": free_port()}
    echo = SimpleNamespace(ready=threading.Event())
    thread = threading.Thread(target=serve_echo, args=(behind, echo))
    thread.start()
    echo.ready.wait()
    portal, server = (f"http://127.0.0.1:{one}" for one in behind.values())
    command = [sys.executable, PROXY, "--ip", "127.0.0.1", "--port", str(port),
               "--api-ip", "127.0.0.1", "--api-port", str(api),
               "--default-target", portal]  # fmt: skip
    environment = {**os.environ, "CIO_PORTAL": portal, "CONFIGPROXY_AUTH_TOKEN": "the"}
    log = (tmp_path_factory.mktemp("proxy") / "log").open("wb")
    process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    routes = f"http://127.0.0.1:{api}/api/routes/jupyter/user/5"
    try:
        while not routed(routes, server):
            assert process.poll() is None, Path(log.name).read_text()
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()
        log.close()
        echo.loop.add_callback(echo.over.set)
        thread.join()


def routed(routes, target):
    try:
        told = {"Authorization": "token the"}
        return requests.post(routes, json={"target": target}, headers=told, timeout=5).ok
    except requests.RequestException:
        return False


def ask(proxy, path, session, **headers):
    """Ask for a path as it stands."""
    request = requests.Request("GET", proxy, headers=headers).prepare()
    request.url = f"{proxy}{path}"
    if session:
        request.headers["Cookie"] = f"sessionid={session}"
    return requests.Session().send(request, timeout=20, allow_redirects=False)


def test_a_server_hears_its_own_user_without_the_portals_cookies(proxy):
    told = requests.get(f"{proxy}/jupyter/user/5/lab", cookies=COOKIES, timeout=20).json()
    heard = dict(one.split("=") for one in told["cookie"].split("; "))
    assert (told["name"], told["path"]) == ("server", "/jupyter/user/5/lab")
    assert heard == {name: COOKIES[name] for name in COOKIES if name.startswith(("_", "jupyter"))}


@pytest.mark.parametrize("session", ["hai", "", "khong-co"])
@pytest.mark.parametrize(
    "path",
    ["/jupyter/user/5/lab", "/jupyter/%75ser/5/lab", "/jupyter/%2575ser/5/lab",
     "/jupyter//user/5/lab", "/jupyter/user/5", "/jupyter/user/%35/lab"],
)  # fmt: skip
def test_nobody_else_reaches_it_however_the_address_is_written(proxy, session, path):
    answer = ask(proxy, path, session)
    if answer.ok:  # written so, it is no server's address
        assert answer.json()["name"] == "portal"
    else:
        assert answer.status_code == 403
        assert "Không vào được máy chủ học tập này" in answer.content.decode()


def test_whoever_is_not_signed_in_is_sent_to_do_so_and_back(proxy):
    answer = ask(proxy, "/jupyter/user/5/lab?x=1", "", Accept="text/html")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/dang-nhap/?next=%2Fjupyter%2Fuser%2F5%2Flab%3Fx%3D1"
    assert ask(proxy, "/jupyter/user/5/lab", "hai", Accept="text/html").status_code == 403


def test_the_portal_and_the_hub_hear_every_cookie(proxy):
    for path in ("/hoc-vien/", "/jupyter/hub/home"):
        assert requests.get(f"{proxy}{path}", cookies=COOKIES, timeout=20).json()["cookie"] == (
            "; ".join(f"{name}={value}" for name, value in COOKIES.items())
        )


def test_signing_out_shuts_the_server_and_an_open_line_within_seconds(proxy, monkeypatch):
    monkeypatch.setitem(SESSIONS, "ba", 5)
    address = f"{proxy.replace('http', 'ws')}/jupyter/user/5/line"
    with pytest.raises(WebSocketBadStatusException):
        connect(address, cookie="sessionid=hai", timeout=20)
    line = connect(address, cookie="sessionid=ba", timeout=20)
    line.send("một")
    assert line.recv() == "một"
    assert ask(proxy, "/jupyter/user/5/lab", "ba").ok
    monkeypatch.delitem(SESSIONS, "ba")
    time.sleep(SOON)
    assert ask(proxy, "/jupyter/user/5/lab", "ba").status_code == 403
    line.send("hai")
    assert line.recv() == ""  # the end of the line
    line.shutdown()
