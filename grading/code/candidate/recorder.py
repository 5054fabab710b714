"""What a cell puts out, recorded as nbformat wants it, in the order it came."""

from __future__ import annotations

import io
from typing import Any

TRUNCATED = "… (phần còn lại bị cắt vì ô in quá nhiều)\n"


class Recorder:
    """Outputs of the cell under way; past ``limit`` bytes the rest is dropped, once noted."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.begin(0)

    def begin(self, number: int) -> None:
        """Start a new cell with this execution count."""
        self.number = number
        self.outputs: list[dict[str, Any]] = []
        self.size = 0
        self.truncated = False
        self._clear_next = False

    def stream(self, name: str, text: str) -> None:
        """Add text, to the output before it when that is the same stream."""
        if not text or not self._fits(len(text)):
            return
        last = self.outputs[-1] if self.outputs else None
        if last and last["output_type"] == "stream" and last["name"] == name:
            last["text"].append(text)
        else:
            self.outputs.append({"output_type": "stream", "name": name, "text": [text]})

    def display(self, data: dict[str, Any], metadata: dict[str, Any] | None) -> None:
        """Add a rich display."""
        self._add({"output_type": "display_data", "data": data, "metadata": metadata or {}})

    def result(self, data: dict[str, Any], metadata: dict[str, Any] | None) -> None:
        """Add the value of the cell's last expression."""
        output = {"output_type": "execute_result", "data": data, "metadata": metadata or {}}
        self._add({**output, "execution_count": self.number})

    def error(self, name: str, value: str, traceback: list[str]) -> None:
        """Add an error, always: it must not be lost behind a flood."""
        self._clear()
        output = {"output_type": "error", "ename": name, "evalue": value[:2000]}
        self.outputs.append({**output, "traceback": [line[:4000] for line in traceback[-100:]]})

    def clear(self, *, wait: bool) -> None:
        """Forget what there is, now or with the next output."""
        self._clear_next = True
        if not wait:
            self._clear()

    def taken(self) -> list[dict[str, Any]]:
        """The outputs, texts joined."""
        return [
            {**output, "text": "".join(output["text"])}
            if output["output_type"] == "stream"
            else output
            for output in self.outputs
        ]

    def _add(self, output: dict[str, Any]) -> None:
        if self._fits(sum(len(str(value)) for value in output["data"].values())):
            self.outputs.append(output)

    def _fits(self, size: int) -> bool:
        self._clear()
        self.size += size
        if self.size > self.limit and not self.truncated:
            self.truncated = True
            self.outputs.append({"output_type": "stream", "name": "stdout", "text": [TRUNCATED]})
        return not self.truncated

    def _clear(self) -> None:
        if self._clear_next:
            self.outputs, self._clear_next = [], False


class RecordedStream(io.TextIOBase):
    """``sys.stdout`` or ``sys.stderr`` of a cell."""

    def __init__(self, recorder: Recorder, name: str, descriptor: int) -> None:
        super().__init__()
        self._recorder, self._name, self._descriptor = recorder, name, descriptor

    encoding = "UTF-8"
    errors = "strict"

    def write(self, text: str) -> int:
        """Record the text."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self._recorder.stream(self._name, text)
        return len(text)

    def writable(self) -> bool:
        """Always."""
        return True

    def fileno(self) -> int:
        """The descriptor that programs started by a cell write to."""
        return self._descriptor
