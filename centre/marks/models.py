"""Levels given by people, each kept for ever; a marker's later word is another row."""

from __future__ import annotations

from django.db import models

from centre.ledger.rows import Row


class Mark(Row):
    """One marker's levels for one essay: ``levels`` is canonical JSON, level by criterion."""

    logged = ("enrolment_id", "item", "marker", "revision", "levels")

    enrolment = models.ForeignKey("centre.Enrolment", models.PROTECT, related_name="marks")
    item = models.CharField(max_length=32)
    marker = models.CharField(max_length=64)
    revision = models.PositiveSmallIntegerField()
    levels = models.TextField()
    marked_at = models.DateTimeField()

    class Meta:  # noqa: D106 - Django's interface
        constraints = (
            models.UniqueConstraint(
                fields=["enrolment", "item", "marker", "revision"], name="one_mark"
            ),
        )
