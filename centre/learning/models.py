"""What a person keeps of their own learning: notes, a plan, what comes back, where to begin.

It counts for no decision. A lesson is named by the name of its file, a question by its name in it.
"""

from __future__ import annotations

from django.db import models

from centre.ledger.rows import PersonalRow


class Note(PersonalRow):
    """A person's own notes on a lesson; ``revision`` grows with every change."""

    logged = ("person_id", "lesson", "revision")

    person = models.ForeignKey("centre.Person", models.PROTECT, related_name="notes")
    lesson = models.CharField(max_length=64)
    text = models.TextField(blank=True)
    revision = models.PositiveIntegerField()
    saved_at = models.DateTimeField()

    class Meta:  # noqa: D106 - Django's interface
        constraints = (
            models.UniqueConstraint(fields=["person", "lesson"], name="one_note_a_lesson"),
        )


class PlannedAction(PersonalRow):
    """A line of a person's action plan, from a lesson, done or still to be done."""

    logged = ("person_id", "lesson", "due_on", "done_on")

    person = models.ForeignKey("centre.Person", models.PROTECT, related_name="planned_actions")
    lesson = models.CharField(max_length=64)
    what = models.CharField(max_length=500)
    due_on = models.DateField()
    done_on = models.DateField(null=True)
    entered_at = models.DateTimeField()


class Recollection(PersonalRow):
    """A question that came back: right answers in a row, and when it is due; null at rest.

    ``times`` is how often it was answered here; with it the order of options changes. ``answer``
    is the last one, as JSON.
    """

    logged = ("person_id", "lesson", "question", "right", "times", "due_on")

    person = models.ForeignKey("centre.Person", models.PROTECT, related_name="recollections")
    lesson = models.CharField(max_length=64)
    question = models.CharField(max_length=64)
    right = models.PositiveSmallIntegerField()
    times = models.PositiveSmallIntegerField()
    due_on = models.DateField(null=True)
    answer = models.TextField()
    answered_at = models.DateTimeField()

    class Meta:  # noqa: D106 - Django's interface
        constraints = (
            models.UniqueConstraint(
                fields=["person", "lesson", "question"], name="one_recollection_a_question"
            ),
        )


class Placement(PersonalRow):
    """What the test before the course found of one competency: share of the points, a decimal."""

    logged = ("person_id", "competency")

    person = models.ForeignKey("centre.Person", models.PROTECT, related_name="placements")
    competency = models.CharField(max_length=8)
    share = models.CharField(max_length=32)
    answered_at = models.DateTimeField()

    class Meta:  # noqa: D106 - Django's interface
        constraints = (
            models.UniqueConstraint(
                fields=["person", "competency"], name="placed_once_a_competency"
            ),
        )
