"""What a door refuses, said in the form that asked for it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import transaction

from courses.foundation.errors import CioError, DeniedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.forms import Form


@contextmanager
def acting(form: Form) -> Iterator[None]:
    """A transaction for a door; where it refuses, nothing is kept and the form says why."""
    try:
        with transaction.atomic():
            yield
    except DeniedError:
        raise
    except CioError as error:
        form.add_error(None, error.message)
