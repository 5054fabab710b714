"""The publication log: all that left the centre, and every figure that the public can read."""

from __future__ import annotations

from django.db import models

from centre.ledger.rows import Row


class Publication(Row):
    """One edition of a report, board paper or data package that left the centre.

    What goes only to whoever has the right to know it (a candidate's own slip, an agency's notice
    on its own people, the board's papers, what authors and auditors read) is not ``public``: it is
    on record here and no constraint on what the public can work out. ``people`` is canonical JSON,
    enrolments in groups that the figures do not tell apart, each with the facts that were true of
    it; ``scores`` those that its means are of, by what they add up to and enrolment, in
    ten-thousandths; ``withheld`` what was left out, and why. The register needs no row: its
    entries are rows.
    """

    logged = ("name", "kind", "public", "model", "published_at")

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=16)
    public = models.BooleanField()
    model = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    people = models.TextField()
    scores = models.TextField()
    withheld = models.TextField()

    @property
    def label(self) -> str:
        """How a refusal cites it."""
        return f"{self.name} (lần {self.pk})"


class PublishedFigure(Row):
    """``low`` to ``high`` people of some groups of a publication had a fact: one constraint.

    Of a sum, ``low`` to ``high`` is what their scores add up to.

    ``who`` is canonical JSON, places in ``Publication.people``.
    """

    logged = ("publication_id", "table", "fact", "low", "high")

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="figures")
    table = models.CharField(max_length=200)
    group = models.CharField(max_length=300)
    who = models.TextField()
    fact = models.CharField(max_length=128)
    low = models.PositiveIntegerField()
    high = models.PositiveIntegerField()
