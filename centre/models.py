"""Every table of the centre, gathered from its rooms for Django."""

from centre.accounts.models import RoleGrant, User
from centre.decisions.models import (
    Annulment,
    Appeal,
    BoardSheet,
    Decision,
    IntegrityCase,
    Recusal,
    Signature,
)
from centre.items.models import ItemSample, ItemStep
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
from centre.register.models import CheckCount, Entry, Key, Review, Revocation, Suspension
from centre.reporting.models import Publication, PublishedFigure
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
    "Annulment",
    "Appeal",
    "Aside",
    "Attendance",
    "BoardSheet",
    "CheckCount",
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
    "ItemSample",
    "ItemStep",
    "Job",
    "Key",
    "LedgerLine",
    "Letter",
    "Mark",
    "Panellist",
    "Pause",
    "Person",
    "Programme",
    "Publication",
    "PublishedFigure",
    "Rating",
    "ReceiptRecord",
    "Recusal",
    "Review",
    "Revocation",
    "RoleGrant",
    "RubricCorrection",
    "Ruling",
    "Seed",
    "SeedMark",
    "Signature",
    "SittingRecord",
    "Study",
    "Suspension",
    "Track",
    "User",
]
