"""Persons and what ties them to the centre. Of a person only what a certificate prints is kept."""

from __future__ import annotations

from django.db import models

from centre.ledger.rows import PersonalRow, Row


class Agency(Row):
    """An agency under one name and one model, from one day to another.

    A merger or a change of model ends a row and begins another; ``successor`` says which.
    ``unit_model`` says whether its IT unit is a Cục or another unit (CV 2723/BTTTT-UDCNTT).
    """

    logged = ("name", "kind", "province", "unit_model", "valid_to", "successor_id")

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=60)
    province = models.CharField(max_length=60, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")
    unit_model = models.CharField(max_length=60, blank=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="predecessors")


class Track(Row):
    """A track of training and certification, such as that of CIOs."""

    logged = ("name",)

    code = models.CharField(max_length=32, primary_key=True)
    name = models.CharField(max_length=200)


class Programme(Row):
    """What a certificate says was completed, within a track."""

    logged = ("name", "track_id")

    track = models.ForeignKey(Track, models.PROTECT)
    name = models.CharField(max_length=200)


class Person(PersonalRow):
    """Somebody the centre knows; ``number`` is the centre's own and tells nothing."""

    logged = ("erased_at",)

    number = models.CharField(max_length=16, primary_key=True)
    full_name = models.CharField(max_length=200)
    birth_date = models.DateField(null=True)
    entered_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)


class Enrolment(PersonalRow):
    """A person at one sitting: candidate number and post. Attempts are counted, never kept."""

    logged = ("sitting_id", "person_id", "candidate", "room")

    sitting = models.ForeignKey("centre.SittingRecord", models.PROTECT, related_name="enrolments")
    person = models.ForeignKey(Person, models.PROTECT, related_name="enrolments")
    candidate = models.CharField(max_length=32)
    position = models.CharField(max_length=200)
    agency = models.ForeignKey(Agency, models.PROTECT)
    room = models.CharField(max_length=32, blank=True)

    class Meta:  # noqa: D106 - Django's interface
        constraints = (
            models.UniqueConstraint(fields=["sitting", "candidate"], name="one_candidate_number"),
            models.UniqueConstraint(fields=["sitting", "person"], name="once_a_sitting"),
        )


class Letter(Row):
    """The letter by which an agency sends, authorises or assigns somebody, with its date."""

    logged = ("enrolment_id", "kind", "number", "dated", "body")

    enrolment = models.ForeignKey(Enrolment, models.PROTECT)
    kind = models.CharField(max_length=16)  # "sends", "authorises" or "assigns"
    number = models.CharField(max_length=64)
    dated = models.DateField()
    body = models.CharField(max_length=200)


class Attendance(Row):
    """A session or a drill that a person took part in."""

    logged = ("person_id", "kind", "what", "held_on")

    person = models.ForeignKey(Person, models.PROTECT)
    kind = models.CharField(max_length=16)  # "session" or "drill"
    what = models.CharField(max_length=64)
    held_on = models.DateField()

    class Meta:  # noqa: D106 - Django's interface
        constraints = (
            models.UniqueConstraint(
                fields=["person", "kind", "what", "held_on"], name="attended_once"
            ),
        )


class EarlierResult(Row):
    """An area passed before the centre kept records here, on the ground of a document.

    ``share`` is the share of the area's points, as a decimal; ``attempts`` is how many times
    the person had sat by then. Who had sat and passed nothing has one row without an area.
    """

    logged = ("person_id", "area", "passed_on", "share", "ground")

    person = models.ForeignKey(Person, models.PROTECT, related_name="earlier_results")
    track = models.ForeignKey(Track, models.PROTECT)
    area = models.CharField(max_length=8, blank=True)
    passed_on = models.DateField(null=True)
    share = models.CharField(max_length=32, blank=True)
    attempts = models.PositiveSmallIntegerField()
    ground = models.CharField(max_length=200)

    class Meta:  # noqa: D106 - Django's interface
        constraints = (
            models.UniqueConstraint(fields=["person", "track", "area"], name="one_earlier_pass"),
        )
