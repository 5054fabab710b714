"""What a sitting has shown of an item, and the steps that an item was led through."""

from __future__ import annotations

from django.db import models

from centre.ledger.rows import Row


class ItemSample(Row):
    """The figures of one version of an item on one form of a sitting.

    ``content`` is canonical JSON of an ``assessments.bank.statistics.Sample``.
    """

    logged = ("sitting_id", "form", "item", "version")

    sitting = models.ForeignKey("centre.SittingRecord", models.PROTECT)
    form = models.CharField(max_length=16)
    item = models.CharField(max_length=16)
    version = models.PositiveSmallIntegerField()
    content = models.TextField()
    gathered_at = models.DateTimeField()

    class Meta:  # noqa: D106 - Django's interface
        constraints = (
            models.UniqueConstraint(fields=["sitting", "form", "item"], name="one_sample"),
        )


class ItemStep(Row):
    """A step in the life of an item: asked for by one, signed by another where it must be.

    ``digest`` is SHA-256 (hex) of the item's file as it stood when the step was asked for.
    ``signed_by`` is who made it hold; a step that needs no second person is signed at once.
    """

    logged = ("item", "version", "before", "after", "asked_by_id", "signed_by_id")

    item = models.CharField(max_length=16)
    version = models.PositiveSmallIntegerField()
    before = models.CharField(max_length=16)
    after = models.CharField(max_length=16)
    ground = models.CharField(max_length=300)
    digest = models.CharField(max_length=64)
    asked_by = models.ForeignKey("centre.User", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    signed_by = models.ForeignKey("centre.User", models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)
