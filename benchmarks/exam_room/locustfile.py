"""The same candidates under locust, so that the times are not our own client's word alone.

``PEOPLE`` names a file of those who sit; what was acknowledged to them is written to it at the end.
"""

from __future__ import annotations

import json
import os
import random
import time
from pathlib import Path
from typing import Any

from locust import FastHttpUser, events, task

_FILE = Path(os.environ["PEOPLE"])
_TOLD = json.loads(_FILE.read_text("utf-8"))
_PEOPLE = iter(_TOLD["people"])
SAVE = "lưu câu"


class Candidate(FastHttpUser):
    """One who saves an answer every few seconds."""

    host = _TOLD["paper"]

    def on_start(self) -> None:
        """Who it is, at a moment of its own as people are."""
        self.who = next(_PEOPLE)
        self.chance = random.Random(self.who["number"])  # noqa: S311 - the same load every time
        time.sleep(self.chance.uniform(0, _TOLD["every"]))

    def wait_time(self) -> float:
        """Until the next save. Locust's own pacing would have everybody save at one moment."""
        return float(max(0.0, _TOLD["every"] - (time.monotonic() - self.begun)))

    @task
    def save(self) -> None:
        """Save one answer; what the server said has been saved is kept."""
        self.begun = time.monotonic()
        question = self.chance.choice(self.who["questions"])
        value = f"Bản {self.chance.random()} " + "chữ " * self.chance.randrange(5, 300)
        said = {"question": question, "value": value, "revision": self._revision(question)}
        with self.client.post(
            f"{_TOLD['paper']}luu/",
            json={"candidate": self.who["number"], "page": self.who["number"], **said},
            headers=self.who["headers"],
            name=SAVE,
            catch_response=True,
        ) as reply:
            found: dict[str, Any] = reply.json() if reply.status_code == 200 else {}  # noqa: PLR2004
            if found.get("type") not in ("saved", "invalid"):  # either way it is kept
                reply.failure(f"{reply.status_code} {found.get('type')}")
                self.who["unanswered"][question] = value
                return
        self.who["revisions"][question] = found["revision"]
        self.who["acknowledged"][question] = value

    def _revision(self, question: str) -> int:
        return int(self.who["revisions"].get(question, 0))


@events.quitting.add_listener
def tell(**_: object) -> None:
    """What was acknowledged, for whoever looks whether it was kept."""
    _FILE.write_text(json.dumps(_TOLD), "utf-8")
