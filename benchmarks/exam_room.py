"""``python -m benchmarks.exam_room``: a hall of candidates sits a paper through the portal.

The portal runs as it truly does, gunicorn's workers over SQLite; the candidates are one small
asynchronous program (httpx) on the same machine, so its own work is in the times. At the end
every acknowledged answer is looked for in what nbgrader takes.
"""

from __future__ import annotations

import asyncio
import os
import random
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx

from assessments.handing_in.answers import read_answers
from assessments.handing_in.work import digest_of_work
from benchmarks.exam_hall import PAPER, make_hall, reopened, sessions, started
from centre.configuration import HERE
from centre.database import disconnect
from centre.sittings.models import ReceiptRecord
from courses.foundation.files import write_atomically

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from centre.sittings.sitting import Sitting

CANDIDATES, WORKERS, THREADS = 300, 2, 8
EVERY, LASTS = 5.0, 30.0  # seconds between two saves of a candidate, and of the whole
PRESSES = 13
SAVES = 3000
LIMIT = 60.0  # seconds that a candidate waits for a reply
TOKEN = "x" * 32
RESULTS = Path(__file__).with_name("exam-room.md")


@dataclass
class Measured:
    """Times of one kind of request in ms, and what went wrong."""

    what: str
    times: list[float] = field(default_factory=list)
    errors: int = 0

    def line(self) -> str:
        """A row of the table: how many, errors, median, 95th percentile, longest."""
        if not self.times:
            return f"| {self.what} | 0 | {self.errors} | | | |"
        ordered = sorted(self.times)
        last = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
        middle = statistics.median(ordered)
        count = len(ordered)
        times = f"{middle:.0f} | {last:.0f} | {ordered[-1]:.0f}"
        return f"| {self.what} | {count} | {self.errors} | {times} |"


@dataclass
class Candidate:
    """One candidate: session, questions, and what the server has acknowledged."""

    number: str
    session: str
    questions: list[str]
    revisions: dict[str, int] = field(default_factory=dict)
    acknowledged: dict[str, str] = field(default_factory=dict)

    @property
    def headers(self) -> dict[str, str]:
        """What a browser sends along."""
        cookies = f"sessionid={self.session}; csrftoken={TOKEN}"
        return {"Cookie": cookies, "X-CSRFToken": TOKEN, "Accept": "application/json"}


@dataclass
class Hall:
    """The portal at work and those who sit in it."""

    client: httpx.AsyncClient
    address: str
    watch: str
    people: list[Candidate]
    invigilator: str
    killing: bool = False

    async def post(self, who: Candidate, what: str, told: Measured, **body: Any) -> Any:
        """Send; the reply, or None where there was none."""
        begun = time.perf_counter()
        try:
            answer = await self.client.post(
                f"{self.address}{what}",
                headers=who.headers,
                json={"candidate": who.number, "page": who.number, **body},
            )
        except httpx.HTTPError:
            told.errors += not self.killing
            return None
        told.times.append((time.perf_counter() - begun) * 1000)
        if answer.status_code >= 400:  # noqa: PLR2004 - HTTP's own
            told.errors += 1
            return None
        return answer.json() if answer.headers["Content-Type"] == "application/json" else answer

    async def save(self, who: Candidate, told: Measured, chance: random.Random) -> None:
        """Save one answer; without a reply the same is sent again, as the page does."""
        question = chance.choice(who.questions)
        value = f"Bản {chance.random()} " + "chữ " * chance.randrange(5, 300)
        for _ in range(20):
            revision = who.revisions.get(question, 0)
            reply = await self.post(
                who, "luu/", told, question=question, value=value, revision=revision
            )
            if reply is not None:
                break
            await asyncio.sleep(0.5)
        if not reply or reply["type"] not in ("saved", "invalid"):
            told.errors += 1
            return
        who.revisions[question], who.acknowledged[question] = reply["revision"], value

    async def write(self, who: Candidate, told: Measured, seconds: float) -> None:
        """Save every few seconds until the time is over."""
        chance = random.Random(who.number)  # noqa: S311 - the same load every time
        end = time.monotonic() + seconds
        await asyncio.sleep(chance.uniform(0, EVERY))
        while time.monotonic() < end:
            begun = time.monotonic()
            await self.save(who, told, chance)
            await asyncio.sleep(max(0.0, EVERY - (time.monotonic() - begun)))

    async def look(self, told: Measured, seconds: float) -> None:
        """An invigilator's page, which renews itself."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            begun = time.perf_counter()
            with suppress(httpx.HTTPError):
                answer = await self.client.get(
                    self.watch, headers={"Cookie": f"sessionid={self.invigilator}"}
                )
                told.errors += answer.status_code != 200  # noqa: PLR2004
                told.times.append((time.perf_counter() - begun) * 1000)
            await asyncio.sleep(3)


async def together(hall: Hall, act: Callable[[Candidate], Awaitable[Any]]) -> float:
    """Everybody at once; seconds until the last is done."""
    begun = time.perf_counter()
    await asyncio.gather(*(act(one) for one in hall.people))
    return time.perf_counter() - begun


async def sit(hall: Hall, portal: subprocess.Popen[bytes]) -> list[str]:
    """The whole paper: start, write, write while workers are killed, hand in."""
    started, saved, seen = (
        Measured("bắt đầu, cùng một giây"),
        Measured("lưu câu"),
        Measured("trang coi thi"),
    )
    await together(hall, lambda one: hall.post(one, "bat-dau/", started))
    _progress(started)
    watching = asyncio.create_task(hall.look(seen, LASTS))
    await together(hall, lambda one: hall.write(one, saved, LASTS))
    await watching
    _progress(saved)
    memory = memory_of(portal.pid)
    hall.killing = True
    killed = Measured("lưu câu, cứ 2 giây một tiến trình web bị kill -9")
    killer = asyncio.create_task(kill_workers(portal.pid, LASTS / 2))
    await together(hall, lambda one: hall.write(one, killed, LASTS / 2))
    deaths = await killer
    _progress(killed)
    hall.killing = False
    handed = Measured(f"nộp bài, cùng một giây, mỗi người bấm {PRESSES} lần")

    async def press(one: Candidate) -> None:
        await asyncio.gather(*(hall.post(one, "nop/", handed) for _ in range(PRESSES)))

    last = await together(hall, press)
    rows = [one.line() for one in (started, saved, seen, killed, handed)]
    memory_told = (
        f"Bộ nhớ mọi tiến trình của cổng (PSS): {memory} MB. Tiến trình web bị giết: {deaths}. "
        f"Người cuối cùng có biên nhận sau {last:.1f} giây."
    )
    head = ["| Việc | lượt | lỗi | trung vị ms | p95 ms | lâu nhất ms |"]
    head.append("|---|---:|---:|---:|---:|---:|")
    return [*head, *rows, "", memory_told]


def _progress(done: Measured) -> None:
    sys.stderr.write(f"{done.line()}\n")


async def kill_workers(master: int, seconds: float) -> int:
    """Kill one of the portal's web processes every two seconds."""
    end, deaths = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        await asyncio.sleep(2)
        with suppress(OSError, IndexError):
            os.kill(random.choice(children(master)), signal.SIGKILL)  # noqa: S311 - any will do
            deaths += 1
    return deaths


def children(master: int) -> list[int]:
    """The processes that a process has started."""
    text = Path(f"/proc/{master}/task/{master}/children").read_text()
    return [int(one) for one in text.split()]


def memory_of(master: int) -> int:
    """MB of a process and its children, what they share counted once."""
    total = 0
    for pid in (master, *children(master)):
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total // 1024


@contextmanager
def serving(folder: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The portal of a centre on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        *(sys.executable, "-m", "gunicorn", "centre.portal.wsgi:application", "--preload"),
        *("--bind", f"127.0.0.1:{port}", "--workers", str(WORKERS), "--threads", str(THREADS)),
        *("--backlog", "2048", "--keep-alive", "30", "--timeout", "120", "--log-level", "critical"),
    ]
    environment = {**os.environ, HERE: str(folder)}
    portal = subprocess.Popen(command, env=environment, start_new_session=True)  # noqa: S603 - our own
    address = f"http://127.0.0.1:{port}"
    try:
        while not _answers(address):
            time.sleep(0.2)
        yield address, portal
    finally:
        os.killpg(portal.pid, signal.SIGTERM)
        portal.wait()


def _answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/suc-khoe/").is_success
    except httpx.HTTPError:
        return False


def at_the_door(sitting: Sitting, people: list[Candidate]) -> str:
    """How many answers one process stores without HTTP, and how many candidates that is."""
    papers = [started(sitting, one.number) for one in people]
    begun, now = time.perf_counter(), datetime.now(UTC)
    for count in range(SAVES // len(papers)):
        for one, paper in zip(people, papers, strict=True):
            paper.keep(one.questions[count], "x " * 100, 0, now)
    rate = SAVES / (time.perf_counter() - begun)
    return (
        f"Không qua HTTP, một tiến trình lưu {rate:.0f} câu mỗi giây ({SAVES} câu), đủ cho "
        f"{rate * EVERY:.0f} thí sinh lưu mỗi {EVERY:.0f} giây."
    )


def unkept(sitting: Sitting, people: list[Candidate]) -> list[str]:
    """What does not hold: acknowledged answers that were not taken, receipts that are not so."""
    wrong = []
    rows = ReceiptRecord.objects.select_related("delivery__enrolment", "delivery__form").order_by(
        "pk"
    )
    last = {one.delivery.enrolment.candidate: one for one in rows}
    if len(rows) != len(people):
        wrong.append(f"{len(rows)} biên nhận cho {len(people)} người")
    for one in people:
        receipt = last[one.number]
        folder = sitting.course.path("submitted", one.number, receipt.delivery.form.code)
        if digest_of_work(folder) != receipt.sha256:
            wrong.append(f"{one.number}: biên nhận khác bài")
        digest = receipt.delivery.form.content_id
        parts = [path.name.split(".")[0] for path in folder.glob("*.tra-loi.json")]
        taken: dict[str, Any] = {}
        for part in parts:
            taken |= read_answers(folder, part, digest)
        if taken != one.acknowledged:
            wrong.append(f"{one.number}: bài thu khác những gì đã báo “Đã lưu”")
    return wrong


def main() -> None:
    """Measure, check, print."""
    with tempfile.TemporaryDirectory() as place:
        sitting = make_hall(Path(place, "trung-tam"), CANDIDATES)
        people = [Candidate(*one) for one in sessions(sitting)]
        [invigilator] = [s for _, s, _ in sessions(sitting, "coi-thi")]
        folder, code = sitting.centre.folder, sitting.code
        disconnect()
        aside = shutil.copytree(folder, Path(place, "cua"))
        door = at_the_door(reopened(aside, code), people)
        disconnect()
        with serving(folder) as (address, portal):
            rows = asyncio.run(_sit(address, code, people, invigilator, portal))
        wrong = unkept(reopened(folder, code), people)
    text = "\n".join([_conditions(), "", *rows, door, "", _verdict(people, wrong), ""])
    write_atomically(RESULTS, f"# Phòng thi\n\n{text}".encode())
    sys.stdout.write(text)
    if wrong:
        raise SystemExit("\n".join(wrong[:20]))


async def _sit(
    address: str,
    code: str,
    people: list[Candidate],
    invigilator: str,
    portal: subprocess.Popen[bytes],
) -> list[str]:
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=CANDIDATES)
    async with httpx.AsyncClient(timeout=LIMIT, limits=limits) as client:
        watch = f"{address}/coi-thi/{code}/{PAPER}/tinh-hinh/"
        hall = Hall(client, f"{address}/thi/{code}/{PAPER}/", watch, people, invigilator)
        return await sit(hall, portal)


def _verdict(people: list[Candidate], wrong: list[str]) -> str:
    count = sum(len(one.acknowledged) for one in people)
    if wrong:
        return f"KHÔNG GIỮ ĐƯỢC: {len(wrong)} điều, điều đầu tiên: {wrong[0]}."
    return (
        f"Cả {count} câu đã báo “Đã lưu” nằm trong bài thu, không câu nào khác; "
        "biên nhận đều đúng mã bài."
    )


def _conditions() -> str:
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return (
        f"Đo {datetime.now(UTC):%d/%m/%Y %H:%M} UTC trên {os.cpu_count()} lõi, tải trung bình "
        f"{load} khi đo xong; {CANDIDATES} thí sinh, đề bốn phần, mỗi người lưu một câu mỗi "
        f"{EVERY:.0f} giây trong {LASTS:.0f} giây, một trang coi thi; gunicorn {WORKERS} tiến "
        f"trình × {THREADS} luồng, SQLite; thí sinh mô phỏng bằng httpx trên cùng máy."
    )


if __name__ == "__main__":
    main()
