"""Candidates in real browsers beside the simulated ones."""

from __future__ import annotations

import asyncio
import re
import time
from itertools import cycle
from typing import TYPE_CHECKING

from playwright.async_api import Error, async_playwright, expect

from benchmarks.exam_room.candidates import EVERY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.async_api import Browser

    from benchmarks.exam_room.candidates import Candidate, Measured, Room


async def browsers_write(
    room: Room, people: Sequence[Candidate], told: Measured, seconds: float
) -> None:
    """Each opens the paper and answers one question again and again; until it says saved."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path="/usr/bin/chromium")
        await asyncio.gather(*(_write(room, browser, one, told, seconds) for one in people))
        await browser.close()


async def _write(
    room: Room, browser: Browser, one: Candidate, told: Measured, seconds: float
) -> None:
    end = time.monotonic() + seconds
    await room.post(one, "bat-dau/", told)
    told.times.clear()
    context = await browser.new_context()
    await context.add_cookies([{"name": "sessionid", "value": one.session, "url": room.portal}])
    page = await context.new_page()
    await page.goto(room.paper)
    box = page.locator("[data-item]").filter(has=page.locator("input[type=radio]")).first
    radios = box.locator("input[type=radio]")
    for at in cycle(range(await radios.count())):
        if time.monotonic() > end:
            break
        begun = time.perf_counter()
        try:
            async with page.expect_response(re.compile(r"/luu/$")):
                await radios.nth(at).click()
            await expect(box.get_by_text(re.compile("^Đã lưu lúc"))).to_be_visible()
        except (Error, AssertionError):
            told.errors += 1
        told.times.append((time.perf_counter() - begun) * 1000)
        await asyncio.sleep(EVERY)
