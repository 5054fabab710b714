"""Candidates in real browsers beside the simulated ones."""

from __future__ import annotations

import asyncio
import re
import time
from contextlib import asynccontextmanager
from itertools import cycle
from typing import TYPE_CHECKING

from playwright.async_api import Error, async_playwright, expect

from benchmarks.exam_room.candidates import EVERY

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from playwright.async_api import Browser, Page

    from benchmarks.exam_room.candidates import Candidate, Measured, Room


@asynccontextmanager
async def browsers(room: Room, people: Sequence[Candidate]) -> AsyncIterator[list[Page]]:
    """Each in a page with the paper open: a browser's own start is no work of the portal's."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path="/usr/bin/chromium")
        yield [await _opened(room, browser, one) for one in people]
        await browser.close()


async def _opened(room: Room, browser: Browser, one: Candidate) -> Page:
    context = await browser.new_context()
    await context.add_cookies([{"name": "sessionid", "value": one.session, "url": room.portal}])
    page = await context.new_page()
    await page.goto(room.paper)
    return page


async def write(page: Page, told: Measured, seconds: float) -> None:
    """Answer one question again and again; a time ends when the page says saved."""
    end = time.monotonic() + seconds
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
