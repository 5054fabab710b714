"""Progress for people at a terminal: a bar with rate and time left, or a line a step."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    ProgressColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.progress import Progress as Bar
from rich.text import Text

from courses.foundation.numerals import vietnamese

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

T = TypeVar("T")


class _Rate(ProgressColumn):
    """Items a second, or a minute when they are slow."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        if not speed:
            return Text("")
        each, unit = (speed, "giây") if speed >= 1 else (speed * 60, "phút")
        return Text(f"{vietnamese(each, 1)}/{unit}")


class Progress:
    """Shows steps on stderr; a quiet one shows nothing, for scripts."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._console = Console(stderr=True, quiet=quiet, highlight=False)

    def each(self, items: Iterable[T], words: str, total: int | None = None) -> Iterator[T]:
        """Yield the items under a bar that ends as a line with their number."""
        count = 0
        with self._bar(words, total) as advance:
            for item in items:
                yield item
                count += 1
                advance()
        self._done(f"{words} ({count})")

    @contextmanager
    def step(self, words: str) -> Iterator[None]:
        """Show that one step without countable parts is under way."""
        with self._console.status(words):
            yield
        self._done(words)

    def _done(self, words: str) -> None:
        self._console.print(f"[green]✓[/green] {words}")

    @contextmanager
    def _bar(self, words: str, total: int | None) -> Iterator[Callable[[], None]]:
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            _Rate(),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
        )
        interactive = self._console.is_terminal
        with Bar(*columns, console=self._console, transient=True, disable=not interactive) as bar:
            task = bar.add_task(words, total=total)
            yield lambda: bar.advance(task)
