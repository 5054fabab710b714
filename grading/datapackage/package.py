"""Writing the frames: Parquet and CSV beside a Frictionless data package and a dictionary.

https://specs.frictionlessdata.io/data-package and /table-schema are the formats.
"""

from __future__ import annotations

import hashlib
import io
import json
import shutil
from typing import TYPE_CHECKING, Any

from courses.foundation.files import write_atomically
from grading.datapackage.schema import RESOURCES, Resource, tidy

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pandas as pd

DESCRIPTOR = "datapackage.json"
DICTIONARY = "tu-dien-du-lieu.md"


def write_package(
    folder: Path, frames: Mapping[str, pd.DataFrame], name: str, title: str, notice: str
) -> list[Path]:
    """Write every frame and what describes them; a folder is whole or what it was before.

    Args:
        folder: of the package; replaced as a whole.
        frames: by the names of ``schema.RESOURCES``.
        name: of the package, lower case with hyphens.
        title: of the package.
        notice: who may use it and for what; stands in the descriptor and the dictionary.

    Raises:
        MeasurementError: when a frame is not what the schema says; nothing is written then.
    """
    made = {one.name: tidy(frames[one.name], one) for one in RESOURCES}
    part = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    described = [_write(part, one, made[one.name]) for one in RESOURCES]
    descriptor = {
        "profile": "tabular-data-package",
        "name": name,
        "title": title,
        "description": notice,
        "resources": described,
    }
    text = json.dumps(descriptor, ensure_ascii=False, indent=2)
    write_atomically(part / DESCRIPTOR, text.encode())
    write_atomically(part / DICTIONARY, dictionary(title, notice).encode())
    _swap(part, folder)
    return sorted(folder.iterdir())


def _write(folder: Path, resource: Resource, frame: pd.DataFrame) -> dict[str, Any]:
    content = frame.to_csv(index=False, lineterminator="\n").encode()
    write_atomically(folder / f"{resource.name}.csv", content)
    table = io.BytesIO()
    frame.to_parquet(table, index=False)
    write_atomically(folder / f"{resource.name}.parquet", table.getvalue())
    return {
        "name": resource.name,
        "title": resource.title,
        "path": f"{resource.name}.csv",
        "profile": "tabular-data-resource",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": _table_schema(resource),
    }


def _table_schema(resource: Resource) -> dict[str, Any]:
    fields = [
        {
            "name": field.name,
            "type": field.type,
            "title": field.title,
            "constraints": {"required": field.required},
        }
        for field in resource.fields
    ]
    return {"fields": fields, "primaryKey": list(resource.key), "missingValues": [""]}


def dictionary(title: str, notice: str) -> str:
    """The data dictionary in Markdown, a table a frame."""
    parts = [f"# {title}\n\n{notice}\n"]
    for resource in RESOURCES:
        rows = "\n".join(
            f"| `{f.name}` | {f.type} | {'có' if f.required else 'không'} | {f.title} |"
            for f in resource.fields
        )
        key = ", ".join(f"`{name}`" for name in resource.key)
        head = "| Cột | Kiểu | Bắt buộc | Nghĩa |\n| --- | --- | --- | --- |"
        parts.append(f"\n## {resource.name}\n\n{resource.title}. Khoá: {key}.\n\n{head}\n{rows}\n")
    return "".join(parts)


def _swap(part: Path, folder: Path) -> None:
    old = folder.with_name(f".{folder.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    part.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
