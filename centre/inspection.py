"""Looking over the whole centre: what is damaged, lost, or wants a person."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from centre.accounts.permissions import require
from centre.database import integrity
from centre.ledger.check import check
from centre.register.issue import certificate_path
from centre.register.models import Entry
from centre.register.tasks import open_tasks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from centre.accounts.actors import Actor
    from centre.configuration import Centre


def inspect(actor: Actor, centre: Centre) -> Iterator[str]:
    """Everything that is not in order, a sentence each: nothing when all is well."""
    require(actor, "ledger.read")
    if (said := integrity()) != "ok":
        yield f"cơ sở dữ liệu hỏng: {said}"
        return
    yield from map(str, check(centre))
    yield from _originals(centre)
    yield from map(str, open_tasks())
    if (centre.folder / "keys").stat().st_mode & 0o077:
        yield "thư mục khoá mở cho người khác đọc; đặt lại quyền 700"


def _originals(centre: Centre) -> Iterator[str]:
    """Certificates whose file is lost or is not what was signed."""
    for serial, sha256 in Entry.objects.order_by("pk").values_list("pk", "pdf_sha256"):
        path = certificate_path(centre, serial)
        if not path.is_file():
            yield f"{serial}: mất bản gốc {path.name}; khôi phục từ bản sao lưu"
        elif hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
            yield f"{serial}: tệp {path.name} không còn là bản gốc; khôi phục từ bản sao lưu"
