"""Sittings, what was frozen for them, and what happened while they were under way."""

from __future__ import annotations

from django.db import models

from centre.ledger.rows import Row


class Frozen(Row):
    """Content that a mark or a decision depends on, as it was when it was first used.

    ``digest`` is SHA-256 (hex) of ``content``, canonical JSON, by which alone it is named.
    """

    logged = ("kind",)

    digest = models.CharField(max_length=64, primary_key=True)
    kind = models.CharField(max_length=16)
    content = models.TextField()
    frozen_at = models.DateTimeField()


class SittingRecord(Row):
    """One assessment round."""

    logged = ("code", "name", "opens", "closes", "settings_id", "policy_id")

    code = models.CharField(max_length=64, primary_key=True)
    name = models.CharField(max_length=200)
    track = models.ForeignKey("centre.Track", models.PROTECT)
    opens = models.DateTimeField()
    closes = models.DateTimeField()
    settings = models.ForeignKey(Frozen, models.PROTECT, related_name="+")
    blueprint = models.ForeignKey(Frozen, models.PROTECT, related_name="+")
    policy = models.ForeignKey(Frozen, models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()


class FormRecord(Row):
    """A form of a sitting: its frozen content with keys, and its essays' frozen rubrics.

    ``rubrics`` is canonical JSON: digest by item id.
    """

    logged = ("sitting_id", "code", "content_id")

    sitting = models.ForeignKey(SittingRecord, models.PROTECT, related_name="forms")
    code = models.CharField(max_length=16)
    content = models.ForeignKey(Frozen, models.PROTECT, related_name="+")
    rubrics = models.TextField()

    class Meta:  # noqa: D106 - Django's interface
        constraints = (models.UniqueConstraint(fields=["sitting", "code"], name="one_form"),)


class Delivery(Row):
    """A paper in one candidate's hands: started when, due when, by the server's clock.

    ``reopened_at`` is when its candidate last went on after having handed it in.
    """

    logged = ("enrolment_id", "form_id", "started_at", "due_at", "reopened_at")

    enrolment = models.ForeignKey("centre.Enrolment", models.PROTECT, related_name="deliveries")
    form = models.ForeignKey(FormRecord, models.PROTECT)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    reopened_at = models.DateTimeField(null=True)

    class Meta:  # noqa: D106 - Django's interface
        constraints = (models.UniqueConstraint(fields=["enrolment", "form"], name="once_a_form"),)


class ReceiptRecord(Row):
    """What was taken of a paper, and when; work taken again is another receipt."""

    logged = ("delivery_id", "taken_at", "sha256", "late", "overtime")

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="receipts")
    taken_at = models.DateTimeField()
    sha256 = models.CharField(max_length=64)
    late = models.BooleanField()
    overtime = models.BooleanField()


class Accommodation(Row):
    """Minutes added to every paper of one candidate, with the ground; they add up."""

    logged = ("enrolment_id", "minutes", "ground")

    enrolment = models.ForeignKey("centre.Enrolment", models.PROTECT, related_name="accommodations")
    minutes = models.PositiveSmallIntegerField()
    ground = models.CharField(max_length=200)
    given_at = models.DateTimeField()


class Pause(Row):
    """A room (or with an empty name the whole sitting) in which the clock stood still."""

    logged = ("sitting_id", "room", "paused_at", "resumed_at", "ground")

    sitting = models.ForeignKey(SittingRecord, models.PROTECT)
    room = models.CharField(max_length=32, blank=True)
    ground = models.CharField(max_length=200)
    paused_at = models.DateTimeField()
    resumed_at = models.DateTimeField(null=True)


class Incident(Row):
    """What an invigilator noted of a room or of one candidate."""

    logged = ("sitting_id", "room", "enrolment_id")

    sitting = models.ForeignKey(SittingRecord, models.PROTECT)
    room = models.CharField(max_length=32, blank=True)
    enrolment = models.ForeignKey("centre.Enrolment", models.PROTECT, null=True)
    text = models.TextField()
    noted_at = models.DateTimeField()
