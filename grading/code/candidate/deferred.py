"""Modules of ours that few notebooks need, run when one does: by then they cannot be seen."""

from __future__ import annotations

import importlib.util
import sys
import types
from importlib.abc import InspectLoader
from typing import Any


class Deferred:
    """A module read now, and run when it is first wanted."""

    def __init__(self, name: str) -> None:
        spec = importlib.util.find_spec(name)
        if spec is None or not isinstance(spec.loader, InspectLoader):
            raise ImportError(name)
        self._name, self._code = name, spec.loader.get_code(name)

    def load(self) -> Any:
        """The module; raises ImportError when it needs a library that is not here."""
        if self._name not in sys.modules and self._code is not None:
            module = sys.modules[self._name] = types.ModuleType(self._name)
            try:
                exec(self._code, vars(module))  # noqa: S102 - our own module
            except BaseException:
                del sys.modules[self._name]
                raise
        return sys.modules[self._name]
