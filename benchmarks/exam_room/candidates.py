"""Simulated candidates, an invigilator and officers, as small asynchronous HTTP clients.

aiohttp and not httpx: the pool of httpx looks through all its connections at each request, and at
three hundred candidates measured itself.
"""

from __future__ import annotations

import asyncio
import random
import statistics
import time
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import aiohttp

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

EVERY = 5.0  # seconds between two saves of a candidate
LIMIT = 60.0  # seconds that a candidate waits for a reply
_TOKEN = "x" * 32
_AGAIN = 2_000  # times that the same answer is sent; a page never gives up
_BROKEN = (aiohttp.ClientError, TimeoutError, OSError)


@dataclass
class Measured:
    """Times of one kind of request in ms, what went wrong, and what had to be sent again."""

    what: str
    times: list[float] = field(default_factory=list)
    errors: int = 0
    again: int = 0

    @property
    def p95(self) -> float:
        """The 95th percentile in ms; 0 without any."""
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))] if ordered else 0.0

    def line(self) -> str:
        """A row of the table: how many, errors, median, 95th percentile, longest."""
        if not self.times:
            return f"| {self.what} | 0 | {self.errors} | | | |"
        middle, most = statistics.median(self.times), max(self.times)
        counted = f"| {self.what} | {len(self.times)} | {self.errors} |"
        return f"{counted} {middle:.0f} | {self.p95:.0f} | {most:.0f} |"


@dataclass
class Candidate:
    """One candidate: session, questions, and what the server has acknowledged."""

    number: str
    session: str
    questions: list[str]
    revisions: dict[str, int] = field(default_factory=dict)
    acknowledged: dict[str, str] = field(default_factory=dict)
    unanswered: dict[str, str] = field(default_factory=dict)  # the last that was sent

    @property
    def headers(self) -> dict[str, str]:
        """What a browser sends along."""
        cookies = f"sessionid={self.session}; csrftoken={_TOKEN}"
        return {"Cookie": cookies, "X-CSRFToken": _TOKEN, "Accept": "application/json"}


@dataclass
class Room:
    """The portal at work and those who sit in it; while ``breaking``, no reply is no error."""

    client: aiohttp.ClientSession
    portal: str
    paper: str
    people: Sequence[Candidate]
    breaking: bool = False

    async def post(self, who: Candidate, what: str, told: Measured, **body: Any) -> Any:
        """Send; the reply, or None where there was none that is one."""
        begun = time.perf_counter()
        try:
            async with self.client.post(
                f"{self.paper}{what}",
                headers=who.headers,
                json={"candidate": who.number, "page": who.number, **body},
                allow_redirects=False,
            ) as answer:
                reply = await _read(answer)
        except _BROKEN:
            told.errors += not self.breaking
            return None
        told.times.append((time.perf_counter() - begun) * 1000)
        told.errors += not self.breaking and answer.status >= 400  # noqa: PLR2004 - HTTP's own
        return reply

    async def save(self, who: Candidate, told: Measured, chance: random.Random) -> None:
        """Save one answer; without a reply the same is sent again, as the page does."""
        question = chance.choice(who.questions)
        value = f"Bản {chance.random()} " + "chữ " * chance.randrange(5, 300)
        who.unanswered[question] = value
        revision = who.revisions.get(question, 0)
        for _ in range(_AGAIN):
            said = {"question": question, "value": value, "revision": revision}
            reply = await self.post(who, "luu/", told, **said)
            if reply and reply["type"] in ("saved", "invalid"):
                break
            told.errors += bool(reply) and not self.breaking
            told.again += 1
            await asyncio.sleep(0.5)
        else:
            told.errors += 1
            return
        who.revisions[question], who.acknowledged[question] = reply["revision"], value
        del who.unanswered[question]

    async def write(self, who: Candidate, told: Measured, seconds: float) -> None:
        """Save every few seconds until the time is over."""
        chance = random.Random(f"{who.number}{seconds}")  # noqa: S311 - the same load every time
        end = time.monotonic() + seconds
        await asyncio.sleep(chance.uniform(0, EVERY))
        while time.monotonic() < end:
            begun = time.monotonic()
            await self.save(who, told, chance)
            await asyncio.sleep(max(0.0, EVERY - (time.monotonic() - begun)))

    async def look(
        self, session: str, pages: Sequence[str], told: Measured, seconds: float, every: float
    ) -> None:
        """Open one of some pages again and again, as who watches or works does."""
        end, chance = time.monotonic() + seconds, random.Random(session)  # noqa: S311 - as above
        await asyncio.sleep(chance.uniform(0, every))
        while time.monotonic() < end:
            begun = time.perf_counter()
            with suppress(*_BROKEN):
                cookie = {"Cookie": f"sessionid={session}"}
                where = f"{self.portal}{chance.choice(pages)}"
                async with self.client.get(where, headers=cookie) as answer:
                    await answer.read()
                    told.errors += not answer.ok and not self.breaking
                    told.times.append((time.perf_counter() - begun) * 1000)
            await asyncio.sleep(every)

    async def together(self, act: Callable[[Candidate], Awaitable[Any]]) -> float:
        """Everybody at once; seconds until the last is done."""
        begun = time.perf_counter()
        await asyncio.gather(*(act(one) for one in self.people))
        return time.perf_counter() - begun


async def _read(answer: aiohttp.ClientResponse) -> Any:
    whole = await answer.read()
    if answer.ok and answer.content_type == "application/json":
        return await answer.json()
    return None if not answer.ok else whole


@asynccontextmanager
async def a_room(portal: str, sitting: str, paper: str, people: Sequence[Candidate]
                 ) -> AsyncIterator[Room]:  # fmt: skip
    """The candidates' side of a portal; each request carries its own candidate's cookies."""
    session = aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=0),
        timeout=aiohttp.ClientTimeout(LIMIT),
        cookie_jar=aiohttp.DummyCookieJar(),
    )
    async with session as client:
        yield Room(client, portal, f"{portal}/thi/{sitting}/{paper}/", people)
