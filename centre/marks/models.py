"""What people said of answers, each kept for ever; a later word is another row."""

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


class Ruling(Row):
    """What a person said of one short answer that was nearly right.

    ``answer`` is the digest of what was asked and written: of another answer it says nothing.
    ``share`` is the part of the item's points, 0 to 1, as a decimal.
    """

    logged = ("enrolment_id", "item", "marker", "revision", "answer", "share")

    enrolment = models.ForeignKey("centre.Enrolment", models.PROTECT, related_name="rulings")
    item = models.CharField(max_length=32)
    marker = models.CharField(max_length=64)
    revision = models.PositiveSmallIntegerField()
    answer = models.CharField(max_length=64)
    share = models.CharField(max_length=16)
    ruled_at = models.DateTimeField()

    class Meta:  # noqa: D106 - Django's interface
        constraints = (
            models.UniqueConstraint(fields=["enrolment", "item", "revision"], name="one_ruling"),
        )
