"""Every table of the centre, gathered from its rooms for Django."""

from centre.accounts.models import RoleGrant, User
from centre.decisions.models import Appeal, BoardSheet, Decision, IntegrityCase, Signature
from centre.jobs.models import Job
from centre.ledger.models import LedgerLine
from centre.marks.models import (
    Allocation,
    Aside,
    Clearance,
    Conflict,
    Draft,
    Mark,
    Panellist,
    RubricCorrection,
    Ruling,
    Seed,
    SeedMark,
)
from centre.people.models import (
    Agency,
    Attendance,
    EarlierResult,
    Enrolment,
    Letter,
    Person,
    Programme,
    Track,
)
from centre.register.models import Entry, Key, Revocation
from centre.sittings.models import (
    Accommodation,
    Delivery,
    FormRecord,
    Frozen,
    Incident,
    Pause,
    ReceiptRecord,
    SittingRecord,
)
from centre.standards.models import Rating, Study

__all__ = [
    "Accommodation",
    "Agency",
    "Allocation",
    "Appeal",
    "Aside",
    "Attendance",
    "BoardSheet",
    "Clearance",
    "Conflict",
    "Decision",
    "Delivery",
    "Draft",
    "EarlierResult",
    "Enrolment",
    "Entry",
    "FormRecord",
    "Frozen",
    "Incident",
    "IntegrityCase",
    "Job",
    "Key",
    "LedgerLine",
    "Letter",
    "Mark",
    "Panellist",
    "Pause",
    "Person",
    "Programme",
    "Rating",
    "ReceiptRecord",
    "Revocation",
    "RoleGrant",
    "RubricCorrection",
    "Ruling",
    "Seed",
    "SeedMark",
    "Signature",
    "SittingRecord",
    "Study",
    "Track",
    "User",
]
