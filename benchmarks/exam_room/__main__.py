"""What a hall of candidates costs the portal, and that every acknowledged answer is taken.

Candidates, officers and browsers run on the same machine as the portal, so their work is in the
times.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
import tempfile
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.exam_room.browsers import browsers, write
from benchmarks.exam_room.by_locust import save_by_locust
from benchmarks.exam_room.candidates import EVERY, Candidate, Measured, Room, a_room
from benchmarks.exam_room.faults import under_faults
from benchmarks.exam_room.hall import (
    INVIGILATOR,
    OFFICER,
    PAPER,
    candidates_of,
    make_hall,
    reopened,
    session_of,
    started,
    unkept,
)
from benchmarks.exam_room.portal import Portal, serving
from centre.database import disconnect
from courses.foundation.files import write_atomically

if TYPE_CHECKING:
    from collections.abc import Awaitable, Iterator, Sequence

    from playwright.async_api import Page

    from centre.sittings.sitting import Sitting

CANDIDATES, OFFICERS, BROWSERS, PRESSES = 300, 20, 2, 13
LASTS = 30.0  # seconds of writing
DOOR = 3_000  # candidates without HTTP
STEPS = (300, 600, 900, 1_200, 1_600, 2_000)
SLOW = 1_000.0  # ms at which the steps end
RESULTS = Path(__file__).parents[1]
HEAD = "| Việc | lượt | lỗi | trung vị ms | p95 ms | lâu nhất ms |\n|---|---:|---:|---:|---:|---:|"


async def sit(
    room: Room, portal: Portal, sitting: Sitting, watcher: str, officers: Sequence[str]
) -> list[str]:
    """The whole paper: start, write, write while workers are killed, hand in; told in rows."""
    begin, saved, watched = (
        Measured("bắt đầu, cùng một giây"),
        Measured("lưu câu"),
        Measured("trang coi thi"),
    )
    worked, shown = Measured("trang của giáo vụ"), Measured("lưu câu, thấy trong trình duyệt")
    in_browsers, room.people = room.people[-BROWSERS:], room.people[:-BROWSERS]
    await room.together(lambda one: room.post(one, "bat-dau/", begin))
    for one in in_browsers:
        await room.post(one, "bat-dau/", Measured(""))
    _progress(begin)
    pages = [f"/coi-thi/{sitting.code}/{PAPER}/tinh-hinh/"]
    desk = [f"/giao-vu/{page}" for page in ("", "nguoi-hoc/", "chung-chi/", "viec-nen/")]
    desk += [f"/giao-vu/ky-thi/{sitting.code}/{page}" for page in ("", "ket-qua/")]

    def others(opened: Sequence[Page]) -> list[Awaitable[None]]:
        return [
            room.look(watcher, pages, watched, LASTS, 3),
            *(room.look(one, desk, worked, LASTS, EVERY) for one in officers),
            *(write(page, shown, LASTS) for page in opened),
        ]

    async with browsers(room, in_browsers) as opened:
        saving = room.together(lambda one: room.write(one, saved, LASTS))
        await asyncio.gather(saving, *others(opened))
        by_locust = asyncio.to_thread(save_by_locust, room, room.people, LASTS)
        row, *_ = await asyncio.gather(by_locust, *others(opened))
    for one in (saved, watched, worked, shown):
        _progress(one)
    memory = portal.memory()
    room.breaking = True
    killed = Measured("lưu câu, cứ 2 giây một tiến trình web bị kill -9")
    _, deaths = await asyncio.gather(
        room.together(lambda one: room.write(one, killed, LASTS / 2)),
        portal.kill_workers(LASTS / 2),
    )
    room.breaking = False
    _progress(killed)
    handed = Measured(f"nộp bài, cùng một giây, mỗi người bấm {PRESSES} lần")

    async def press(one: Candidate) -> None:
        await asyncio.gather(*(room.post(one, "nop/", handed) for _ in range(PRESSES)))

    last = await room.together(press)
    _progress(handed)
    rows = [begin.line(), saved.line(), row]
    rows += [m.line() for m in (shown, watched, worked, killed, handed)]
    told = (
        f"Bộ nhớ mọi tiến trình của cổng (PSS): {memory} MB. Tiến trình web bị giết: {deaths}. "
        f"Lượt nộp cuối cùng được trả lời sau {last:.1f} giây."
    )
    return [HEAD, *rows, "", told]


def _progress(done: Measured) -> None:
    sys.stderr.write(f"{done.line()}\n")


async def steps(portal: Portal, sitting: Sitting, people: Sequence[Candidate]) -> list[str]:
    """More and more candidates, until saving takes a second for one in twenty."""
    rows: list[str] = []
    async with a_room(portal.address, sitting.code, PAPER, []) as room:
        for count in STEPS:
            fresh, room.people = people[len(room.people) : count], people[:count]
            told, begun = Measured(f"lưu câu, {count} thí sinh"), Measured("")
            for one in fresh:
                await room.post(one, "bat-dau/", begun)
            await room.together(lambda one, told=told: room.write(one, told, 15))  # type: ignore[misc]
            _progress(told)
            rows.append(told.line())
            if told.p95 > SLOW:
                break
    return rows


def at_the_door(sitting: Sitting, people: Sequence[Candidate]) -> str:
    """How many answers one process stores without HTTP, for all of its candidates."""
    papers = [started(sitting, one.number) for one in people]
    begun, now = time.perf_counter(), datetime.now(UTC)
    for one, paper in zip(people, papers, strict=True):
        paper.keep(one.questions[0], "x " * 100, 0, now)
    rate = len(papers) / (time.perf_counter() - begun)
    return (
        f"Không qua HTTP, {len(papers)} thí sinh, một tiến trình: {rate:.0f} câu mỗi giây, đủ cho "
        f"{rate * EVERY:.0f} người lưu mỗi {EVERY:.0f} giây."
    )


@contextmanager
def hall(count: int, database: str = "sqlite") -> Iterator[tuple[Sitting, list[Candidate]]]:
    """A sitting with its candidates in a folder that goes away."""
    with tempfile.TemporaryDirectory() as place:
        sitting = make_hall(Path(place, "trung-tam"), count, database)
        people = candidates_of(sitting)
        yield sitting, people
        disconnect()


def load() -> tuple[list[str], list[str]]:
    """One hall of three hundred, with all who work beside it; rows, and what does not hold."""
    with hall(CANDIDATES + BROWSERS) as (sitting, people):
        watcher = session_of(INVIGILATOR)
        officers = [session_of(OFFICER) for _ in range(OFFICERS)]
        disconnect()

        async def run(portal: Portal) -> list[str]:
            async with a_room(portal.address, sitting.code, PAPER, people) as room:
                return await sit(room, portal, sitting, watcher, officers)

        with serving(sitting.centre.folder) as portal:
            rows = asyncio.run(run(portal))
        wrong = unkept(reopened(sitting.centre.folder, sitting.code), people[:-BROWSERS])
    return [*rows, "", _verdict(people, wrong)], wrong


def growth() -> list[str]:
    """Without HTTP, then in steps: SQLite, PostgreSQL, PostgreSQL with more workers."""
    with hall(DOOR) as (sitting, people):
        disconnect()
        aside = shutil.copytree(sitting.centre.folder, sitting.centre.folder.with_name("cua"))
        rows = [at_the_door(reopened(aside, sitting.code), people), "", HEAD]
        rows += _stepwise(sitting, people, "SQLite", 2)
    for workers in (2, 4):
        from tests.databases import fresh, server  # noqa: PLC0415 - a server of its own

        with server() as address, hall(STEPS[-1], fresh(address, "phong_thi")) as made:  # type: ignore[no-untyped-call]
            rows += _stepwise(*made, "PostgreSQL", workers)
    return rows


def _stepwise(
    sitting: Sitting, people: Sequence[Candidate], database: str, workers: int
) -> list[str]:
    disconnect()
    with serving(sitting.centre.folder, workers) as portal:
        rows = asyncio.run(steps(portal, sitting, people))
    return [
        row.replace("thí sinh |", f"thí sinh, {database}, {workers} tiến trình |") for row in rows
    ]


def main(words: list[str]) -> int:
    """Measure, check, print, keep; 1 when something acknowledged was not taken."""
    if words[:1] == ["faults"]:
        name, (text, wrong) = "exam-room-faults.md", under_faults(words[1:])
    else:
        conditions, (rows, wrong) = _conditions(), load()
        more = [] if words else growth()
        name, text = "exam-room.md", "\n".join([conditions, "", *rows, "", *more, ""])
    if words in ([], ["faults"]):
        write_atomically(RESULTS / name, f"# Phòng thi\n\n{text}".encode())
    sys.stdout.write("\n".join((text, *wrong[:20])) + "\n")
    return bool(wrong)


def _verdict(people: Sequence[Candidate], wrong: list[str]) -> str:
    count = sum(len(one.acknowledged) for one in people)
    if wrong:
        return f"KHÔNG GIỮ ĐƯỢC: {len(wrong)} điều, điều đầu tiên: {wrong[0]}."
    return (
        f"Cả {count} câu đã báo “Đã lưu” nằm trong bài thu, không câu nào khác; "
        "biên nhận đều đúng mã bài."
    )


def _conditions() -> str:
    average = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return (
        f"Đo {datetime.now(UTC):%d/%m/%Y %H:%M} UTC trên {os.cpu_count()} lõi, tải trung bình "
        f"{average} khi bắt đầu; {CANDIDATES} thí sinh (aiohttp, rồi locust) và {BROWSERS} "
        f"trình duyệt Chromium, đề bốn phần, mỗi người lưu một câu mỗi {EVERY:.0f} giây, hai lần "
        f"{LASTS:.0f} giây, một trang coi thi, {OFFICERS} giáo vụ; `cio portal` 2 tiến trình × "
        "8 luồng, SQLite; tất cả trên cùng một máy."
    )


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
