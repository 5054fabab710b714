"""The queue's table. Not covered by the ledger: what a job does, its doors record."""

from __future__ import annotations

from django.db import models


class Job(models.Model):
    """A piece of long work: who asked for it, how far it is, and who works on it until when."""

    kind = models.CharField(max_length=32)
    argument = models.CharField(max_length=128)
    actor = models.CharField(max_length=64)
    state = models.CharField(max_length=16, default="queued", db_index=True)
    steps = models.PositiveIntegerField(default=0)
    note = models.TextField(blank=True)
    worker = models.CharField(max_length=64, blank=True)
    asked_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    stop = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.pk} {self.kind} {self.argument} {self.state}"
