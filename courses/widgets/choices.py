"""Further building blocks of simulation views: a choice out of few words, and a note to write."""

from __future__ import annotations

from pathlib import Path

import anywidget
import traitlets

_HERE = Path(__file__).parent


class ChoiceBox(anywidget.AnyWidget):
    """A labelled choice; observe its ``value``, which is always one of ``options``."""

    _esm = _HERE / "choices.js"
    _css = _HERE / "choices.css"
    kind = traitlets.Unicode("choice").tag(sync=True)
    label = traitlets.Unicode().tag(sync=True)
    options = traitlets.List(traitlets.Unicode()).tag(sync=True)
    value = traitlets.Unicode().tag(sync=True)

    @traitlets.validate("value")
    def _known(self, proposal: dict[str, str]) -> str:
        """Refuse what no page of ours can send: the kernel does not trust the browser."""
        if proposal["value"] not in self.options:
            raise traitlets.TraitError(f"không có lựa chọn “{proposal['value']}”")
        return proposal["value"]


class NoteBox(anywidget.AnyWidget):
    """A labelled text of several lines; its ``value`` changes when the writer leaves it."""

    _esm = _HERE / "choices.js"
    _css = _HERE / "choices.css"
    kind = traitlets.Unicode("note").tag(sync=True)
    label = traitlets.Unicode().tag(sync=True)
    value = traitlets.Unicode().tag(sync=True)
