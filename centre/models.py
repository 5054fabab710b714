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
from centre.jobs.models import Job
from centre.ledger.models import LedgerLine
from centre.marks.models import Mark, Ruling
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
    "Annulment",
    "Appeal",
    "Attendance",
    "BoardSheet",
    "CheckCount",
    "Decision",
    "Delivery",
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
    "Pause",
    "Person",
    "Programme",
    "Rating",
    "ReceiptRecord",
    "Recusal",
    "Review",
    "Revocation",
    "RoleGrant",
    "Ruling",
    "Signature",
    "SittingRecord",
    "Study",
    "Suspension",
    "Track",
    "User",
]
