"""Breaking off, a hundred times a way, while candidates write: ``… exam_room faults``.

Each way ends with everybody handing in; then every answer that was acknowledged must be in what
was taken, and no other.
"""

from __future__ import annotations

import asyncio
import platform
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.exam_room.candidates import Candidate, Measured, Room, a_room
from benchmarks.exam_room.hall import (
    PAPER,
    candidates_of,
    make_hall,
    reopened,
    session_of,
    signed_out,
    unkept,
)
from benchmarks.exam_room.portal import serving
from benchmarks.exam_room.relay import Relay
from centre.database import disconnect, open_centre
from courses.foundation.files import write_atomically

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Sequence

    from benchmarks.exam_room.portal import Portal
    from centre.sittings.sitting import Sitting
    from tests.databases import Server

TIMES = 100
SITTERS = 40
_LONGEST = 120.0  # seconds of a cut line
_DISK = 160  # MB of a disk that is filled
_STEP = 600  # seconds that a clock is set forward or back
_CLOCK = "dong-ho"
_FAKETIME = Path(f"/usr/lib/{platform.machine()}-linux-gnu/faketime/libfaketimeMT.so.1")


@dataclass
class Place:
    """A hall under fault: what there is to break."""

    sitting: Sitting
    people: list[Candidate]
    portal: Portal
    relay: Relay
    room: Room
    database: Server


async def worker(place: Place, chance: random.Random) -> None:
    """``kill -9`` of one web process."""
    await asyncio.sleep(chance.uniform(0.2, 2))
    place.portal.kill_one()


async def portal(place: Place, chance: random.Random) -> None:
    """``kill -9`` of the whole portal, started again."""
    await asyncio.sleep(chance.uniform(0.5, 2))
    place.portal.end(signal.SIGKILL)
    place.portal.start()
    await asyncio.to_thread(place.portal.wait)


async def database(place: Place, chance: random.Random) -> None:
    """``kill -9`` of PostgreSQL, started again."""
    await asyncio.sleep(chance.uniform(0.5, 2))
    await asyncio.to_thread(place.database.kill_and_restart)


async def line(place: Place, chance: random.Random) -> None:
    """A cut line for a second or some, rarely for two minutes."""
    await asyncio.sleep(chance.uniform(0.2, 1))
    long = chance.random() < 0.01  # noqa: PLR2004 - one in a hundred
    await place.relay.cut(_LONGEST if long else chance.uniform(1, 4))


async def disk(place: Place, chance: random.Random) -> None:
    """A full disk for a second or two."""
    await asyncio.sleep(chance.uniform(0.2, 1))
    filler = place.sitting.centre.folder.parent / "day"
    await asyncio.to_thread(_fill, filler)
    await asyncio.sleep(chance.uniform(0.5, 2))
    filler.unlink()


def _fill(path: Path) -> None:
    with suppress(OSError), path.open("wb", buffering=0) as file:
        while True:
            file.write(b"\0" * 4096)


async def session(place: Place, chance: random.Random) -> None:
    """A session that ended; the candidate signs in again and goes on."""
    await asyncio.sleep(chance.uniform(0.1, 0.5))
    one = chance.choice(place.people)
    one.session = await asyncio.to_thread(_again, place, one)


def _again(place: Place, one: Candidate) -> str:
    open_centre(place.sitting.centre.folder)
    signed_out(one.session)
    time.sleep(1)
    key = session_of(one.number)
    disconnect()
    return key


async def second_tab(place: Place, chance: random.Random) -> None:
    """A second tab, of another device too, that saves over what it has never seen."""
    await asyncio.sleep(chance.uniform(0.1, 0.5))
    one = chance.choice([p for p in place.people if p.acknowledged] or place.people)
    if not one.acknowledged:
        return
    asked = chance.choice(sorted(one.acknowledged))
    body = {"question": asked, "value": "Bản của cửa sổ cũ", "revision": 0, "page": "cũ"}
    reply = await place.room.post(one, "luu/", Measured(""), **body)
    if reply is None or reply["type"] != "failed":
        raise SystemExit(f"{one.number}: cửa sổ cũ ghi đè được câu {asked}")


async def clock(place: Place, chance: random.Random) -> None:
    """The portal's clock set forward or back by minutes, as a bad time server does."""
    await asyncio.sleep(chance.uniform(0.2, 2))
    _set_clock(place.sitting.centre.folder, chance.randint(-_STEP, _STEP))


def _set_clock(folder: Path, seconds: int) -> None:
    write_atomically(folder / _CLOCK, f"{seconds:+d}".encode())


def _shifted(folder: Path) -> dict[str, str]:
    """The environment in which the portal reads a clock of its own, the machine's being shared."""
    _set_clock(folder, 0)
    return {
        "LD_PRELOAD": str(_FAKETIME),
        "FAKETIME_TIMESTAMP_FILE": str(folder / _CLOCK),
        "FAKETIME_NO_CACHE": "1",
        "NO_FAKE_STAT": "1",  # a file keeps the time it was given
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }


WAYS: dict[str, Callable[[Place, random.Random], Awaitable[None]]] = {
    "kill -9 một tiến trình web": worker,
    "kill -9 cả cổng": portal,
    "kill -9 PostgreSQL": database,
    "mất mạng": line,
    "đầy đĩa": disk,
    "phiên đăng nhập hết hạn": session,
    "cửa sổ, thiết bị thứ hai ghi bản cũ": second_tab,
    "đồng hồ máy chủ bị chỉnh tới, lui đến 10 phút": clock,
}


def under_faults(chosen: Sequence[str]) -> tuple[str, list[str]]:
    """Every way (or those chosen by function), a hundred times; the table, what does not hold."""
    rows, wrong = [], []
    for name, way in WAYS.items():
        if chosen and way.__name__ not in chosen:
            continue
        if way is clock and not _FAKETIME.exists():
            rows.append(f"| {name} | 0 | | | không thử được: máy không có libfaketime |")
            continue
        begun = time.monotonic()
        told, errors, missing = _try(way)
        kept = "giữ đủ" if not missing else f"KHÔNG: {missing[0]}"
        row = f"| {name} | {told[0]} | {told[1]} | {told[2]} | {kept} |"
        sys.stderr.write(f"{row} {time.monotonic() - begun:.0f} s\n")
        rows.append(row)
        wrong += missing + errors
    head = "| Sự cố | số lần | câu đã báo lưu | gửi lại | bài thu |\n|---|---:|---:|---:|---|"
    stated = (
        f"Đo {datetime.now(UTC):%d/%m/%Y %H:%M} UTC: {SITTERS} thí sinh lưu liên tục trong lúc "
        f"sự cố lặp lại {TIMES} lần; sau đó mọi người nộp, từng câu đã báo “Đã lưu” được tìm "
        "trong bài thu."
    )
    return "\n".join([stated, "", head, *rows, ""]), wrong


def _try(way: Any) -> tuple[tuple[int, int, int], list[str], list[str]]:
    with _place_for(way) as (folder, address, server):
        sitting = make_hall(folder / "trung-tam", SITTERS, address)
        people = candidates_of(sitting)
        disconnect()
        saved = Measured("")
        told = _shifted(sitting.centre.folder) if way is clock else {}
        with serving(sitting.centre.folder, **told) as running:
            count, errors = asyncio.run(_break(way, sitting, people, running, server, saved))
        missing = unkept(reopened(sitting.centre.folder, sitting.code), people)
        disconnect()
    kept = sum(len(one.acknowledged) for one in people)
    return (count, kept, saved.again), errors, missing


async def _break(
    way: Any,
    sitting: Sitting,
    people: list[Candidate],
    running: Portal,
    server: Any,
    saved: Measured,
) -> tuple[int, list[str]]:
    relay = Relay(running.port)
    async with relay.open() as address, a_room(address, sitting.code, PAPER, people) as room:
        await room.together(lambda one: room.post(one, "bat-dau/", saved))
        place = Place(sitting, people, running, relay, room, server)
        room.breaking, over = True, asyncio.Event()
        writing = asyncio.gather(*(_write_on(room, one, saved, over) for one in people))
        chance = random.Random(way.__name__)  # noqa: S311 - the same moments every time
        for _ in range(TIMES):
            await way(place, chance)
        over.set()
        await writing
        room.breaking, handed = False, Measured("")
        await room.together(lambda one: room.post(one, "nop/", handed))
    return TIMES, [f"{handed.errors} lần nộp không được"] if handed.errors else []


async def _write_on(room: Room, one: Candidate, told: Measured, over: asyncio.Event) -> None:
    chance = random.Random(one.number)  # noqa: S311 - as above
    while not over.is_set():
        await room.save(one, told, chance)
        await asyncio.sleep(chance.uniform(0.2, 2))


@contextmanager
def _place_for(way: Any) -> Iterator[tuple[Path, str, Any]]:
    """A folder (on a small disk of its own to fill), and a database of its own to kill."""
    from tests.databases import Server, fresh  # noqa: PLC0415 - where it is needed

    place = Path(tempfile.mkdtemp(prefix="phong-thi-"))
    if way is disk:
        size = f"size={_DISK}m"
        subprocess.run(["/bin/mount", "-t", "tmpfs", "-o", size, "none", place], check=True)  # noqa: S603 - fixed words
    try:
        if way is database:
            with Server().running() as server:
                yield place, fresh(server.address, "phong_thi"), server
        else:
            yield place, "sqlite", None
    finally:
        if way is disk:
            subprocess.run(["/bin/umount", "-l", place], check=True)  # noqa: S603 - fixed words
        shutil.rmtree(place, ignore_errors=True)
