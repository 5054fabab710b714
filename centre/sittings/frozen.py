"""Freezing content when it is first used, and reading it as it was."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar, cast

from pydantic import BaseModel

from centre.sittings.models import Frozen
from courses.foundation.content import validate_json
from courses.foundation.errors import CentreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from centre.ledger.acts import Act

ModelT = TypeVar("ModelT", bound=BaseModel)


def freeze(done: Act, kind: str, content: BaseModel | str, now: datetime) -> Frozen:
    """Keep ``content`` under its digest; what is kept already is kept once."""
    text = content if isinstance(content, str) else content.model_dump_json()
    digest = hashlib.sha256(text.encode()).hexdigest()
    kept = Frozen.objects.filter(pk=digest).first()
    if kept is not None:
        return kept
    row = Frozen(digest=digest, kind=kind, content=text, frozen_at=now)
    done.insert(row)
    return row


def unkept(kind: str, texts: Iterable[str], now: datetime) -> dict[str, Frozen]:
    """Rows to be written for those of many texts that are not kept yet, by digest."""
    found = {hashlib.sha256(text.encode()).hexdigest(): text for text in texts}
    kept = set(Frozen.objects.filter(pk__in=list(found)).values_list("pk", flat=True))
    return {
        digest: Frozen(digest=digest, kind=kind, content=text, frozen_at=now)
        for digest, text in found.items()
        if digest not in kept
    }


def thaw(row: Frozen, model: type[ModelT]) -> ModelT:
    """Read frozen content; CentreError when it is not what its digest says."""
    if hashlib.sha256(row.content.encode()).hexdigest() != row.digest:
        raise CentreError(f"nội dung đã khoá {row.kind} {row.digest[:16]} bị sửa")
    return _read(model, row.content, f"{row.kind} {row.digest[:16]}")


# A form is read for each paper that is taken; what is frozen reads the same each time.
_read = cast("Callable[[type[ModelT], str, str], ModelT]", lru_cache(maxsize=32)(validate_json))
