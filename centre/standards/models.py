"""A standard-setting study, what its judges said in each round, and the standard it came to."""

from __future__ import annotations

from django.db import models

from centre.ledger.rows import Row


class Study(Row):
    """Judges rating one form by modified Angoff; ``round`` is the one that is open, from 1.

    ``standard`` is the frozen outcome, once it was set; a policy names it by its digest.
    """

    logged = ("form_id", "round", "standard_id")

    form = models.OneToOneField("centre.FormRecord", models.PROTECT)
    round = models.PositiveSmallIntegerField(default=1)
    opened_at = models.DateTimeField()
    standard = models.ForeignKey("centre.Frozen", models.PROTECT, null=True, related_name="+")


class Rating(Row):
    """What one judge expects of minimally competent people on each item, in one round.

    ``ratings`` is canonical JSON: points by item, as decimal text.
    """

    logged = ("study_id", "round", "judge_id")

    study = models.ForeignKey(Study, models.PROTECT, related_name="ratings")
    round = models.PositiveSmallIntegerField()
    judge = models.ForeignKey("centre.User", models.PROTECT)
    ratings = models.TextField()
    rated_at = models.DateTimeField()

    class Meta:  # noqa: D106 - Django's interface
        constraints = (
            models.UniqueConstraint(fields=["study", "round", "judge"], name="rates_once"),
        )
