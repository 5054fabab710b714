"""The ledger's table."""

from __future__ import annotations

from django.db import models


class LedgerLine(models.Model):
    """One line, append-only: its digest covers all the others' and its own every value.

    ``before`` and ``after`` are canonical JSON: by row its digest and the values that may be
    read; ``after`` may hold a ``detail`` in words. ``mac`` proves that the digest was written by
    who holds the centre's seal: without it, whoever writes the database could lengthen the chain.
    """

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=64, db_index=True)
    kind = models.CharField(max_length=64, db_index=True)
    subject = models.CharField(max_length=128, db_index=True)
    before = models.TextField()
    after = models.TextField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)
    mac = models.CharField(max_length=64)

    class Meta:  # noqa: D106 - Django's interface
        ordering = ("number",)

    def __str__(self) -> str:
        return f"{self.number} {self.kind} {self.subject}"
