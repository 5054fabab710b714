"""Who marks what, and what was said: each mark kept for ever, a later word another row."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from centre.ledger.rows import Row


class Panellist(Row):
    """A marker at work at one sitting, until they leave."""

    logged = ("sitting_id", "marker", "left_at", "ground")

    sitting = models.ForeignKey("centre.SittingRecord", models.PROTECT, related_name="panel")
    marker = models.CharField(max_length=64)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    ground = models.CharField(max_length=200, blank=True)

    class Meta:  # noqa: D106 - Django's interface
        constraints = (models.UniqueConstraint(fields=["sitting", "marker"], name="sits_once"),)


class Conflict(Row):
    """A marker may not mark the people of an agency, or one person: at any sitting."""

    logged = ("marker", "agency_id", "person_id", "ground")

    marker = models.CharField(max_length=64)
    agency = models.ForeignKey("centre.Agency", models.PROTECT, null=True)
    person = models.ForeignKey("centre.Person", models.PROTECT, null=True)
    ground = models.CharField(max_length=200)
    declared_at = models.DateTimeField()


class Seed(Row):
    """A script of a sitting whose levels are known; its content is frozen."""

    logged = ("sitting_id", "item", "content_id")

    sitting = models.ForeignKey("centre.SittingRecord", models.PROTECT, related_name="seeds")
    item = models.CharField(max_length=32)
    code = models.CharField(max_length=16)
    content = models.ForeignKey("centre.Frozen", models.PROTECT, related_name="+")

    class Meta:  # noqa: D106 - Django's interface
        constraints = (
            models.UniqueConstraint(fields=["sitting", "item", "code"], name="one_seed"),
        )


class Allocation(Row):
    """A script in one marker's queue, a candidate's or a seed, by its anonymous code.

    ``round`` is 1 or 2 for the two markers, 3 for the third, from 4 on for marking ordered
    anew; 0 for seeds to be marked before the first script. ``text`` is the SHA-256 (hex) of
    what is to be read. What has been withdrawn stays on record.
    """

    logged = ("sitting_id", "item", "enrolment_id", "seed_id", "marker", "round", "withdrawn_at")

    sitting = models.ForeignKey("centre.SittingRecord", models.PROTECT, related_name="allocations")
    item = models.CharField(max_length=32)
    code = models.CharField(max_length=16)
    enrolment = models.ForeignKey(
        "centre.Enrolment", models.PROTECT, null=True, related_name="allocations"
    )
    seed = models.ForeignKey(Seed, models.PROTECT, null=True)
    marker = models.CharField(max_length=64)
    round = models.PositiveSmallIntegerField()
    position = models.PositiveIntegerField()
    text = models.CharField(max_length=64)
    ground = models.CharField(max_length=200, blank=True)
    allocated_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:  # noqa: D106 - Django's interface
        constraints = (
            models.UniqueConstraint(
                fields=["sitting", "item", "code", "marker"],
                condition=Q(withdrawn_at=None),
                name="once_in_a_queue",
            ),
            models.UniqueConstraint(
                fields=["enrolment", "item", "round"],
                condition=Q(withdrawn_at=None),
                name="one_marker_a_round",
            ),
        )


class Mark(Row):
    """One marker's levels for one essay: ``levels`` is canonical JSON, level by criterion.

    ``rubric`` is the rubric the marker saw; marks from before the centre name none.
    """

    logged = ("enrolment_id", "item", "marker", "round", "revision", "levels")

    enrolment = models.ForeignKey("centre.Enrolment", models.PROTECT, related_name="marks")
    item = models.CharField(max_length=32)
    marker = models.CharField(max_length=64)
    round = models.PositiveSmallIntegerField()
    revision = models.PositiveSmallIntegerField()
    levels = models.TextField()
    comment = models.TextField(blank=True)
    seconds = models.PositiveIntegerField(null=True)
    rubric = models.ForeignKey("centre.Frozen", models.PROTECT, null=True, related_name="+")
    marked_at = models.DateTimeField()

    class Meta:  # noqa: D106 - Django's interface
        constraints = (
            models.UniqueConstraint(
                fields=["enrolment", "item", "round", "revision"], name="one_mark"
            ),
        )


class SeedMark(Row):
    """One marker's levels for one seed; only the first word tells how the marker marks."""

    logged = ("allocation_id", "revision", "levels")

    allocation = models.ForeignKey(Allocation, models.PROTECT, related_name="seed_marks")
    revision = models.PositiveSmallIntegerField()
    levels = models.TextField()
    comment = models.TextField(blank=True)
    seconds = models.PositiveIntegerField(null=True)
    marked_at = models.DateTimeField()

    class Meta:  # noqa: D106 - Django's interface
        constraints = (
            models.UniqueConstraint(fields=["allocation", "revision"], name="one_seed_mark"),
        )


class Clearance(Row):
    """The lead has looked into a marker's first ``misses`` misses on an item: marking goes on."""

    logged = ("sitting_id", "item", "marker", "misses", "ground")

    sitting = models.ForeignKey("centre.SittingRecord", models.PROTECT)
    item = models.CharField(max_length=32)
    marker = models.CharField(max_length=64)
    misses = models.PositiveSmallIntegerField()
    ground = models.CharField(max_length=200)
    cleared_at = models.DateTimeField()


class Aside(Row):
    """A script that its marker has put off, or handed to the lead, until it is settled."""

    logged = ("allocation_id", "handed", "settled_at")

    allocation = models.ForeignKey(Allocation, models.PROTECT, related_name="asides")
    handed = models.BooleanField()
    reason = models.CharField(max_length=200, blank=True)
    put_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=200, blank=True)


class Draft(Row):
    """What a marker has chosen so far and not yet given; it counts for nothing."""

    logged = ("allocation_id", "levels")

    allocation = models.OneToOneField(Allocation, models.PROTECT, related_name="draft")
    levels = models.TextField()
    comment = models.TextField(blank=True)
    saved_at = models.DateTimeField()


class RubricCorrection(Row):
    """A further version of an item's rubric, and the scripts that it re-scored, as reviewed.

    ``changes`` is canonical JSON, in order of codes.
    """

    logged = ("sitting_id", "item", "number", "rubric_id", "ground")

    sitting = models.ForeignKey("centre.SittingRecord", models.PROTECT, related_name="corrections")
    item = models.CharField(max_length=32)
    number = models.PositiveSmallIntegerField()
    rubric = models.ForeignKey("centre.Frozen", models.PROTECT, related_name="+")
    ground = models.CharField(max_length=200)
    changes = models.TextField()
    applied_at = models.DateTimeField()

    class Meta:  # noqa: D106 - Django's interface
        constraints = (
            models.UniqueConstraint(fields=["sitting", "item", "number"], name="one_correction"),
        )


class KeyCorrection(Row):
    """Another key for an item of a sitting: proposed by one person, accepted or not by another.

    The frozen forms stay as they are. ``key`` is the frozen item and key, ``changes`` canonical
    JSON in order of candidates: whose points were changed by it, as was seen when it was
    accepted. Of one item the last that was accepted is in force.
    """

    logged = (
        *("sitting_id", "item", "key_id", "ground", "proposed_by_id"),
        *("accepted", "reviewed_by_id", "reviewed_at"),
    )

    sitting = models.ForeignKey("centre.SittingRecord", models.PROTECT, related_name="keys")
    item = models.CharField(max_length=32)
    key = models.ForeignKey("centre.Frozen", models.PROTECT, related_name="+")
    ground = models.CharField(max_length=200)
    proposed_by = models.ForeignKey("centre.User", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    accepted = models.BooleanField(null=True)
    reviewed_by = models.ForeignKey("centre.User", models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=200, blank=True)
    changes = models.TextField(blank=True)

    class Meta:  # noqa: D106 - Django's interface
        constraints = (
            models.UniqueConstraint(
                fields=["sitting", "item"],
                condition=Q(reviewed_at=None),
                name="one_key_before_review",
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
