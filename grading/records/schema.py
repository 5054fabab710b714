"""Our tables. nbgrader keeps marks; everything a decision rests on besides them is here.

Personal data is minimised: of a person only what the certificate prints is stored, and
decisions, marks and ledger entries carry the trainee's id alone.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, DateTime, ForeignKey, TypeDecorator, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

if TYPE_CHECKING:
    from sqlalchemy import Dialect


class UtcDateTime(TypeDecorator[datetime]):
    """Aware datetimes, kept as UTC: SQLite would hand back naive ones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Store as UTC; a naive datetime is a programming error."""
        if value is not None and value.tzinfo is None:
            raise ValueError("naive datetime")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Hand back aware, in UTC."""
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


class Base(DeclarativeBase):
    """Base of all records; dictionaries are stored as JSON, times as UTC."""

    type_annotation_map = {dict[str, Any]: JSON, datetime: UtcDateTime}  # noqa: RUF012 - SQLAlchemy's interface


class TraineeRecord(Base):
    """A trainee of this sitting, from the roster."""

    __tablename__ = "trainee"
    id: Mapped[str] = mapped_column(primary_key=True)
    full_name: Mapped[str]
    birth_date: Mapped[date]
    position: Mapped[str]
    agency: Mapped[str]
    agency_type: Mapped[str]
    attempt: Mapped[int]


class PriorPassRecord(Base):
    """An area passed at an earlier sitting; ``share`` is the share of its points earned."""

    __tablename__ = "prior_pass"
    trainee_id: Mapped[str] = mapped_column(ForeignKey("trainee.id"), primary_key=True)
    area: Mapped[str] = mapped_column(primary_key=True)
    passed_on: Mapped[date]
    share: Mapped[float]


class FormRecord(Base):
    """A frozen form with its keys: examiner's side only."""

    __tablename__ = "form"
    code: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str]
    content: Mapped[dict[str, Any]]


class Accommodation(Base):
    """Extra time for one trainee on every paper of the sitting, and on what ground."""

    __tablename__ = "accommodation"
    trainee_id: Mapped[str] = mapped_column(ForeignKey("trainee.id"), primary_key=True)
    minutes: Mapped[int]
    ground: Mapped[str]


class DeliveryRecord(Base):
    """One paper in one trainee's hands: started when, due when, taken when and as what.

    The times are the server's. ``sha256`` is that of the work as last taken.
    """

    __tablename__ = "delivery"
    trainee_id: Mapped[str] = mapped_column(ForeignKey("trainee.id"), primary_key=True)
    form: Mapped[str] = mapped_column(ForeignKey("form.code"), primary_key=True)
    started_at: Mapped[datetime]
    due_at: Mapped[datetime]
    taken_at: Mapped[datetime | None]
    sha256: Mapped[str | None]


class MarkRecord(Base):
    """One marker's levels (0-3 by criterion) for one essay."""

    __tablename__ = "human_mark"
    trainee_id: Mapped[str] = mapped_column(ForeignKey("trainee.id"), primary_key=True)
    item_id: Mapped[str] = mapped_column(primary_key=True)
    marker: Mapped[str] = mapped_column(primary_key=True)
    levels: Mapped[dict[str, Any]]
    marked_at: Mapped[datetime]


class IntegrityCase(Base):
    """An open or closed case of suspected fraud; while open, the trainee's result is invalid."""

    __tablename__ = "integrity_case"
    trainee_id: Mapped[str] = mapped_column(ForeignKey("trainee.id"), primary_key=True)
    reason: Mapped[str]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class DecisionRecord(Base):
    """A decision as made: later ones for the same trainee get a higher revision."""

    __tablename__ = "decision"
    __table_args__ = (UniqueConstraint("trainee_id", "revision"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    trainee_id: Mapped[str] = mapped_column(ForeignKey("trainee.id"))
    revision: Mapped[int]
    status: Mapped[str]
    content: Mapped[dict[str, Any]]
    policy_digest: Mapped[str]
    evidence_digest: Mapped[str]
    decided_at: Mapped[datetime]


class BoardApproval(Base):
    """The board's resolution that lets a decision take effect."""

    __tablename__ = "board_approval"
    decision_id: Mapped[str] = mapped_column(ForeignKey("decision.id"), primary_key=True)
    resolution: Mapped[str]
    approved_at: Mapped[datetime]


class SigningKey(Base):
    """A key that signs or signed, so that old signatures stay checkable."""

    __tablename__ = "signing_key"
    fingerprint: Mapped[str] = mapped_column(primary_key=True)
    purpose: Mapped[str]
    certificate_pem: Mapped[str]
    valid_from: Mapped[datetime]
    valid_to: Mapped[datetime | None]
    is_demo: Mapped[bool]


class RegisterEntry(Base):
    """One certificate in the register (sổ gốc).

    ``entry_number`` is consecutive per calendar year, one number a certificate (after
    TT 21/2019/TT-BGDĐT, by analogy). Nothing is deleted: a revoked entry says when and why.
    """

    __tablename__ = "register"
    __table_args__ = (
        UniqueConstraint("year", "entry_number"),
        UniqueConstraint("decision_id", "revision"),
    )
    serial: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int]
    entry_number: Mapped[int]
    trainee_id: Mapped[str]
    decision_id: Mapped[str]
    revision: Mapped[int]
    full_name: Mapped[str]
    birth_date: Mapped[date]
    agency: Mapped[str]
    programme: Mapped[str]
    issued_on: Mapped[date]
    pdf_sha256: Mapped[str] = mapped_column(unique=True)
    verification_code: Mapped[str] = mapped_column(unique=True)
    signing_key: Mapped[str] = mapped_column(ForeignKey("signing_key.fingerprint"))
    status: Mapped[str]
    revoked_at: Mapped[datetime | None]
    revocation_reason: Mapped[str | None]


class LedgerEntry(Base):
    """One line of the append-only audit ledger; each line's hash covers the one before."""

    __tablename__ = "ledger"
    number: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    kind: Mapped[str]
    subject: Mapped[str]
    detail: Mapped[dict[str, Any]]
    previous: Mapped[str]
    digest: Mapped[str] = mapped_column(unique=True)
