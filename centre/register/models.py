"""The register of the whole centre: one number a certificate, consecutive in a calendar year."""

from __future__ import annotations

from django.db import models

from centre.ledger.rows import PersonalRow, Row


class Key(Row):
    """A key that signs or signed, so that old signatures stay checkable."""

    logged = ("fingerprint", "purpose", "is_demo")

    fingerprint = models.CharField(max_length=64, primary_key=True)
    purpose = models.CharField(max_length=16)
    certificate_pem = models.TextField()
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)
    is_demo = models.BooleanField()


class Entry(PersonalRow):
    """One certificate in the register (sổ gốc); nothing is deleted.

    ``entry_number`` is consecutive per calendar year, one number a certificate (after
    TT 21/2019/TT-BGDĐT, by analogy). A reissue is an entry of its own and names the one it
    ``supersedes``. An adopted entry whose number another certificate had taken has none:
    its ``serial`` here tells its sitting too, ``printed`` is what stands on the paper.
    """

    logged = ("serial", "decision_id", "pdf_sha256", "key_id", "supersedes_id")

    serial = models.CharField(max_length=100, primary_key=True)
    year = models.PositiveSmallIntegerField()
    entry_number = models.PositiveIntegerField(null=True)
    printed = models.CharField(max_length=32)
    person = models.ForeignKey("centre.Person", models.PROTECT, related_name="entries")
    decision = models.ForeignKey("centre.Decision", models.PROTECT, related_name="entries")
    full_name = models.CharField(max_length=200)
    birth_date = models.DateField()
    position = models.CharField(max_length=200)
    agency = models.CharField(max_length=200)
    programme = models.CharField(max_length=200)
    issued_on = models.DateField()
    pdf_sha256 = models.CharField(max_length=64, unique=True)
    verification_code = models.CharField(max_length=32, unique=True)
    key = models.ForeignKey(Key, models.PROTECT)
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, related_name="successor")

    class Meta:  # noqa: D106 - Django's interface
        constraints = (
            models.UniqueConstraint(fields=["year", "entry_number"], name="one_number_a_year"),
        )


class Suspension(Row):
    """That a certificate was under examination, from when until it was confirmed.

    A revocation or a reissue outweighs it and leaves it as it is.
    """

    logged = ("entry_id", "suspended_at", "ended_at", "authority")

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="suspensions")
    authority = models.CharField(max_length=200)
    ground = models.TextField()
    suspended_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:  # noqa: D106 - Django's interface
        constraints = (
            models.UniqueConstraint(
                fields=["entry"], condition=models.Q(ended_at=None), name="suspended_once"
            ),
        )


class Review(Row):
    """What somebody has said of one fact that undermines a certificate.

    ``fact`` names the record it stands in. ``confirmed``: the certificate stands nevertheless,
    by ``authority``; otherwise the fact was only looked at.
    """

    logged = ("entry_id", "fact", "user_id", "confirmed", "authority")

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="reviews")
    fact = models.CharField(max_length=100)
    user = models.ForeignKey("centre.User", models.PROTECT)
    confirmed = models.BooleanField()
    authority = models.CharField(max_length=200, blank=True)
    note = models.TextField()
    reviewed_at = models.DateTimeField()

    class Meta:  # noqa: D106 - Django's interface
        constraints = (
            models.UniqueConstraint(
                fields=["entry", "fact", "user", "confirmed"], name="one_review"
            ),
        )


class Revocation(Row):
    """That a certificate was revoked, when and why; ``reason`` is what the public reads."""

    logged = ("entry_id", "revoked_at", "ground", "reason")

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True)
    revoked_at = models.DateTimeField()
    ground = models.CharField(max_length=32)
    reason = models.TextField()
    detail = models.TextField()


class CheckCount(models.Model):
    """How many checks of a day found what; not covered by the ledger, for it proves nothing."""

    day = models.DateField()
    way = models.CharField(max_length=8)
    verdict = models.CharField(max_length=16)
    checks = models.PositiveIntegerField()

    class Meta:  # noqa: D106 - Django's interface
        constraints = (
            models.UniqueConstraint(fields=["day", "way", "verdict"], name="one_count_a_day"),
        )

    def __str__(self) -> str:
        return f"{self.day} {self.way} {self.verdict}: {self.checks}"
