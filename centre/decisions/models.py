"""Decisions as made, the sheets by which the board gives them effect, cases and appeals."""

from __future__ import annotations

from django.db import models

from centre.ledger.rows import Row


class Decision(Row):
    """A decision: its content, and the frozen policy and evidence it can be replayed from."""

    logged = ("enrolment_id", "revision", "status", "policy_id", "evidence_id", "decided_at")

    id = models.CharField(max_length=16, primary_key=True)
    enrolment = models.ForeignKey("centre.Enrolment", models.PROTECT, related_name="decisions")
    revision = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=16)
    content = models.TextField()
    policy = models.ForeignKey("centre.Frozen", models.PROTECT, related_name="+")
    evidence = models.ForeignKey("centre.Frozen", models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:  # noqa: D106 - Django's interface
        constraints = (
            models.UniqueConstraint(fields=["enrolment", "revision"], name="one_revision"),
        )


class BoardSheet(Row):
    """The decisions laid before the board: exactly these, locked by ``digest``.

    ``decisions`` is canonical JSON, ids in order; ``quorum`` is how many members must sign, as
    it was when the sheet was drawn. A sheet returned with a reason, or overtaken by a new one,
    takes no effect any more: the sheet that ``mends`` it does. ``effective_before`` is when a
    sheet of a sitting held before the centre kept records had taken effect.
    """

    logged = (
        *("sitting_id", "resolution", "digest", "decisions", "quorum"),
        *("drawn_by_id", "mends_id", "returned_at", "returned_by_id"),
    )

    sitting = models.ForeignKey("centre.SittingRecord", models.PROTECT)
    resolution = models.CharField(max_length=200)
    decisions = models.TextField()
    digest = models.CharField(max_length=64)
    quorum = models.PositiveSmallIntegerField(default=2)
    drawn_at = models.DateTimeField()
    drawn_by = models.ForeignKey("centre.User", models.PROTECT, null=True, related_name="+")
    mends = models.OneToOneField("self", models.PROTECT, null=True, related_name="mended_by")
    returned_at = models.DateTimeField(null=True)
    returned_by = models.ForeignKey("centre.User", models.PROTECT, null=True, related_name="+")
    return_reason = models.TextField(blank=True)
    effective_before = models.DateTimeField(null=True)


class Signature(Row):
    """One member of the board under one sheet."""

    logged = ("sheet_id", "user_id", "digest")

    sheet = models.ForeignKey(BoardSheet, models.PROTECT, related_name="signatures")
    user = models.ForeignKey("centre.User", models.PROTECT)
    digest = models.CharField(max_length=64)
    signed_at = models.DateTimeField()

    class Meta:  # noqa: D106 - Django's interface
        constraints = (models.UniqueConstraint(fields=["sheet", "user"], name="signs_once"),)


class Recusal(Row):
    """A member of the board who takes no part in one sheet, because of a conflict of interest."""

    logged = ("sheet_id", "user_id")

    sheet = models.ForeignKey(BoardSheet, models.PROTECT, related_name="recusals")
    user = models.ForeignKey("centre.User", models.PROTECT)
    ground = models.CharField(max_length=200)
    recused_at = models.DateTimeField()

    class Meta:  # noqa: D106 - Django's interface
        constraints = (models.UniqueConstraint(fields=["sheet", "user"], name="recuses_once"),)


class Annulment(Row):
    """A sitting annulled by an authority: nobody's result of it is valid."""

    logged = ("sitting_id", "authority", "annulled_at")

    sitting = models.OneToOneField("centre.SittingRecord", models.PROTECT, primary_key=True)
    authority = models.CharField(max_length=200)
    ground = models.TextField()
    annulled_at = models.DateTimeField()


class IntegrityCase(Row):
    """A case of suspected fraud: while open, and when upheld, the result is invalid."""

    logged = ("enrolment_id", "opened_at", "closed_at", "upheld", "authority")

    enrolment = models.ForeignKey("centre.Enrolment", models.PROTECT, related_name="cases")
    reason = models.TextField()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    upheld = models.BooleanField(null=True)
    authority = models.CharField(max_length=200, blank=True)
    conclusion = models.TextField(blank=True)


class Appeal(Row):
    """A candidate's appeal against a decision, with its deadline and how it ended."""

    logged = ("decision_id", "filed_at", "deadline", "answered_at", "accepted", "handler_id")

    number = models.CharField(max_length=32, primary_key=True)
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="appeals")
    text = models.TextField()
    filed_at = models.DateTimeField()
    deadline = models.DateField()
    handler = models.ForeignKey("centre.User", models.PROTECT, null=True)
    answered_at = models.DateTimeField(null=True)
    accepted = models.BooleanField(null=True)
    answer = models.TextField(blank=True)
