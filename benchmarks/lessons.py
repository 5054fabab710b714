"""How soon a lesson can be read and answered, in a real browser at the served house.

Each lesson is opened by somebody whose browser has nothing of it yet, and once more by the same
browser. What goes over the line is counted on the line, messages of widgets included.
``python -m benchmarks.lessons [lesson …]``; without names, all of them, into ``lessons.md``.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from contextlib import asynccontextmanager, contextmanager
from dataclasses import astuple, dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import httpx
from playwright.async_api import async_playwright

from benchmarks.exam_room.hall import make_hall, session_of
from benchmarks.exam_room.portal import free_port
from benchmarks.exam_room.relay import Relay
from centre.database import disconnect
from centre.portal.serving import configure
from courses.foundation.files import write_atomically
from courses.lesson import lesson_paths

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Sequence

    from playwright.async_api import Browser, BrowserContext

ROUNDS = 3
REST = 4.0  # seconds between two pages: as for one trainee, not for a class that comes at once
FIRST_WORDS, ANSWERED, WEIGHT = 1_000, 3_000, 1_500  # ms, ms and KB that are promised
RESULT = Path(__file__).with_name("lessons.md")
HEAD = (
    "| Bài | chữ đầu tiên ms | thấy câu hỏi ms | trả lời, báo “Đã lưu” ms | KB "
    "| lần sau: chữ đầu tiên ms | thấy câu hỏi ms | báo “Đã lưu” ms | KB |\n"
    "|---|---:|---:|---:|---:|---:|---:|---:|---:|"
)

# Asked at every frame, and told by the page's own clock.
_PAINTED = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
_SHOWN = """() => {
    const box = document.querySelector("fieldset.cio-question");
    return box && box.getClientRects().length && performance.now();
}"""
_SAVED = """() => {
    const told = document.querySelector("fieldset.cio-question .status");
    return told.textContent.startsWith("Đã lưu") && performance.now();
}"""


@dataclass(frozen=True)
class Opened:
    """One opening: ms since the address was asked for, and KB that came over the line."""

    painted: float
    shown: float
    saved: float
    weight: float


@contextmanager
def house(folder: Path) -> Iterator[int]:
    """The centre as ``cio serve`` shows it; its port."""
    port = free_port()
    cio = str(Path(sys.executable).with_name("cio"))
    told = [cio, "serve", str(folder), "--port", str(port)]
    process = subprocess.Popen(told, stdout=subprocess.DEVNULL)  # noqa: S603 - our own
    try:
        while not _answers(port):
            time.sleep(0.2)
        yield port
    finally:
        process.terminate()
        process.wait()


def _answers(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/suc-khoe/").is_success
    except httpx.HTTPError:
        return False


@asynccontextmanager
async def _signed_in(browser: Browser, address: str, key: str) -> AsyncIterator[BrowserContext]:
    """A browser that has seen nothing yet."""
    context = await browser.new_context(locale="vi-VN")
    await context.add_cookies([{"name": "sessionid", "value": key, "url": address}])
    yield context
    await context.close()


async def _open(context: BrowserContext, relay: Relay, address: str) -> Opened:
    """Open a lesson and answer its first question."""
    before, page = relay.carried, await context.new_page()
    await page.goto(address, wait_until="commit")
    shown = await (await page.wait_for_function(_SHOWN)).json_value()
    box = page.locator("fieldset.cio-question").first
    await box.get_by_role("radio").first.click()
    await box.get_by_role("button", name="Trả lời").click()
    saved = await (await page.wait_for_function(_SAVED)).json_value()
    await page.wait_for_load_state("networkidle")
    painted = await page.evaluate(_PAINTED)
    await page.close(run_before_unload=True)
    await asyncio.sleep(REST)
    return Opened(painted, shown, saved, (relay.carried - before) / 1000)


async def _measure(port: int, key: str, lessons: Sequence[str]) -> tuple[Opened, list[str]]:
    """The very first opening after the start of the house, and a row a lesson."""
    relay = Relay(port)
    async with relay.open() as address, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path="/usr/bin/chromium")
        async with _signed_in(browser, address, key) as context:
            cold = await _open(context, relay, f"{address}/hoc/bai/{lessons[0]}")
        rows = []
        for lesson in lessons:
            first, again = [], []
            for _ in range(ROUNDS):
                async with _signed_in(browser, address, key) as context:
                    first.append(await _open(context, relay, f"{address}/hoc/bai/{lesson}"))
                    again.append(await _open(context, relay, f"{address}/hoc/bai/{lesson}"))
            rows.append(_row(lesson, first, again))
            sys.stderr.write(f"{rows[-1]}\n")
        await browser.close()
    return cold, rows


def _row(lesson: str, *sets: list[Opened]) -> str:
    middles = [median(values) for one in sets for values in zip(*map(astuple, one), strict=True)]
    return f"| {lesson} | {' | '.join(f'{value:.0f}' for value in middles)} |"


def main(names: list[str]) -> None:
    """Measure, print, and keep when every lesson was measured."""
    lessons = names or [path.stem for path in lesson_paths()]
    conditions = _conditions()
    with tempfile.TemporaryDirectory() as place:
        sitting = make_hall(Path(place, "trung-tam"), 1)
        trainee = sitting.enrolments()[0].candidate
        configure(sitting.centre)
        disconnect()
        with house(sitting.centre.folder) as port:
            key = session_of(trainee)  # serving a demonstration gives its users new passwords
            cold, rows = asyncio.run(_measure(port, key, lessons))
    told = (
        f"Lần mở đầu tiên ngay khi máy chủ vừa chạy: chữ đầu tiên {cold.painted:.0f} ms, thấy câu "
        f"hỏi {cold.shown:.0f} ms, báo “Đã lưu” {cold.saved:.0f} ms."
    )
    text = "\n".join(["# Mở một bài học", "", conditions, "", HEAD, *rows, "", told, ""])
    if not names:
        write_atomically(RESULT, text.encode())
    sys.stdout.write(text)


def _conditions() -> str:
    average = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return (
        f"Đo {datetime.now(UTC):%d/%m/%Y %H:%M} UTC trên {os.cpu_count()} lõi, tải trung bình "
        f"{average} khi bắt đầu; `cio serve` và Chromium trên cùng một máy; trung vị {ROUNDS} lần, "
        "mỗi lần một trình duyệt chưa có gì của bài, rồi mở lại trong trình duyệt ấy. Thời gian kể "
        "từ lúc hỏi địa chỉ; “báo Đã lưu” gồm cả việc chọn và bấm. KB đếm trên đường truyền, gồm "
        f"cả thông điệp của widget. Đã hứa: chữ đầu tiên {FIRST_WORDS} ms, dùng được "
        f"{ANSWERED} ms, {WEIGHT} KB."
    )


if __name__ == "__main__":
    main(sys.argv[1:])
