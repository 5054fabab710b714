"""Items with variants: a sibling ``.py`` gives values, the item file names them ``{{so}}``."""

from __future__ import annotations

import importlib.util
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from courses.foundation.errors import ContentError

if TYPE_CHECKING:
    import random
    from collections.abc import Callable
    from pathlib import Path

_PLACE = re.compile(r"\{\{\s*([a-z][a-z0-9_]*)\s*\}\}")


@dataclass(frozen=True)
class Template:
    """What an item file says before values are put in, and where the values come from.

    Generators are the bank's own code: they run on the examiner's side alone.
    """

    path: Path
    data: Any
    variant: Callable[[random.Random], dict[str, str]]

    def fill(self, rng: random.Random) -> Any:
        """The data with the values of one variant put in.

        Raises:
            ContentError: when the generator fails, or values and places do not fit together.
        """
        try:
            values = self.variant(rng)
        except Exception as error:
            raise ContentError(f"sinh biến thể lỗi: {error!r}", path=self.path) from error
        used: set[str] = set()
        filled = _fill(self.data, values, used, self.path)
        if unused := set(values) - used:
            names = ", ".join(sorted(unused))
            raise ContentError(f"giá trị sinh ra mà không dùng: {names}", path=self.path)
        return filled


def find_template(item: Path, data: Any) -> Template | None:
    """The template of ``item`` when a generator stands beside it.

    Raises:
        ContentError: when the generator cannot be loaded or has no ``variant``, or when the
            item has places but no generator.
    """
    path = item.with_suffix(".py")
    if not path.exists():
        if _PLACE.search(str(data)):
            raise ContentError(f"có chỗ {{{{…}}}} nhưng thiếu tệp {path.name}", path=item)
        return None
    spec = importlib.util.spec_from_file_location(f"cio_item_{item.stem.replace('-', '_')}", path)
    if spec is None or spec.loader is None:  # pragma: no cover - only for odd file names
        raise ContentError("không nạp được tệp sinh biến thể", path=path)
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
        variant = module.variant
    except Exception as error:
        raise ContentError(f"không nạp được tệp sinh biến thể: {error!r}", path=path) from error
    return Template(path=path, data=data, variant=variant)


def _fill(data: Any, values: dict[str, str], used: set[str], path: Path) -> Any:
    if isinstance(data, dict):
        return {key: _fill(value, values, used, path) for key, value in data.items()}
    if isinstance(data, list):
        return [_fill(value, values, used, path) for value in data]
    if not isinstance(data, str):
        return data

    def put(match: re.Match[str]) -> str:
        name = match[1]
        if name not in values:
            raise ContentError(f"chỗ {{{{{name}}}}} không có giá trị", path=path)
        used.add(name)
        return values[name]

    return _PLACE.sub(put, data)
