"""What undermines certificates that stand: tasks that stay until somebody has dealt with them.

A task is not a row that could be forgotten: it is read from the records each time. What people
say of it (``examining``) is: that they have looked, that the certificate is suspended, or that
it stands.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, OuterRef, Q, Subquery

from centre.database import the_centre
from centre.decisions.decide import changed_evidence
from centre.decisions.models import Annulment, Decision, IntegrityCase
from centre.register.models import Entry, Review, Suspension
from centre.sittings.sitting import open_sitting
from courses.foundation.dates import VIETNAM, padded_date
from courses.foundation.digests import digest_of
from courses.foundation.errors import CredentialError
from grading.certification.decision import STATUS_NAMES, Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from django.db.models import QuerySet


@dataclass(frozen=True)
class Fact:
    """One thing that undermines a certificate: ``key`` names the record that says so."""

    key: str
    text: str


@dataclass(frozen=True)
class Task:
    """A certificate that stands although what it rests on does not, or that is suspended.

    ``seen_by`` are those who have looked at any of ``facts``; ``looked_at`` says that each was
    looked at by somebody, or that the certificate is suspended.
    """

    serial: str
    candidate: str
    facts: tuple[Fact, ...]
    seen_by: tuple[str, ...]
    looked_at: bool
    suspended_at: datetime | None

    @property
    def digest(self) -> str:
        """Names exactly the facts there are: one more, and it is another."""
        return digest_of([fact.key for fact in self.facts])

    def __str__(self) -> str:
        why = [fact.text for fact in self.facts]
        if self.suspended_at is not None:
            since = padded_date(self.suspended_at.astimezone(VIETNAM).date())
            why.append(f"đang xem xét từ ngày {since}")
        seen = f" (đã xem: {', '.join(self.seen_by)})" if self.seen_by else ""
        return f"{self.serial}: {'; '.join(why)}; thu hồi, cấp lại hoặc giữ nguyên{seen}"


def open_tasks() -> list[Task]:
    """Every certificate that somebody has still to decide on, by serial."""
    facts = _facts()
    suspended = {one.entry_id: one for one in _suspensions()}
    entries = Entry.objects.select_related("decision__enrolment")
    reviews = _reviews(facts)
    tasks = (
        _task(entry, facts.get(entry.pk, []), reviews[entry.pk], suspended.get(entry.pk))
        for entry in entries.filter(pk__in=[*facts, *suspended]).order_by("pk")
    )
    return [task for task in tasks if task.facts or task.suspended_at is not None]


def _task(
    entry: Entry, facts: list[Fact], reviews: list[Review], suspension: Suspension | None
) -> Task:
    confirmed = {one.fact for one in reviews if one.confirmed}
    left = tuple(fact for fact in facts if fact.key not in confirmed)
    open_keys = {fact.key for fact in left}
    seen = [one for one in reviews if not one.confirmed and one.fact in open_keys]
    return Task(
        serial=entry.pk,
        candidate=entry.decision.enrolment.candidate,
        facts=left,
        seen_by=tuple(sorted({one.user.username for one in seen})),
        looked_at=suspension is not None or open_keys == {one.fact for one in seen},
        suspended_at=suspension.suspended_at if suspension else None,
    )


def standing() -> QuerySet[Entry]:
    """Certificates that are neither revoked nor replaced."""
    return Entry.objects.filter(revocation=None, successor=None)


def _suspensions() -> QuerySet[Suspension]:
    return Suspension.objects.filter(ended_at=None, entry__in=standing())


def _reviews(serials: Mapping[str, object]) -> defaultdict[str, list[Review]]:
    found: defaultdict[str, list[Review]] = defaultdict(list)
    for one in Review.objects.filter(entry__in=list(serials)).select_related("user"):
        found[one.entry_id].append(one)
    return found


_WHO = ("decision__enrolment__sitting", "pk", "decision__enrolment__candidate")


def _facts() -> dict[str, list[Fact]]:
    """By serial of a certificate that stands, what undermines it."""
    found: defaultdict[str, list[Fact]] = defaultdict(list)
    for gather in (_by_annulment, _by_case, _by_decision, _by_mark, _by_name):
        for serial, fact in gather():
            found[serial].append(fact)
    return dict(found)


def _by_annulment() -> Iterator[tuple[str, Fact]]:
    for one in Annulment.objects.all():
        fact = Fact(f"annulment/{one.pk}", f"kỳ {one.pk} đã bị huỷ kết quả ({one.authority})")
        for serial in standing().filter(decision__enrolment__sitting=one.pk).values_list("pk"):
            yield serial[0], fact


def _by_case() -> Iterator[tuple[str, Fact]]:
    for one in IntegrityCase.objects.filter(Q(closed_at=None) | Q(upheld=True)):
        open_still = one.closed_at is None
        words = "đang có vụ việc vi phạm chưa kết luận"
        if not open_still:
            words = f"vụ việc vi phạm đã được kết luận là có ({one.authority})"
        fact = Fact(f"case/{one.pk}/{'open' if open_still else 'upheld'}", words)
        for serial in standing().filter(decision__enrolment=one.enrolment_id).values_list("pk"):
            yield serial[0], fact


def _by_decision() -> Iterator[tuple[str, Fact]]:
    last = Decision.objects.filter(enrolment=OuterRef("decision__enrolment")).order_by("-revision")
    told = standing().annotate(
        last=Subquery(last.values("pk")[:1]), status=Subquery(last.values("status")[:1])
    )
    for serial, key, status in told.exclude(status=Status.PASS).values_list("pk", "last", "status"):
        words = f"quyết định mới nhất là “{STATUS_NAMES[Status(status)]}”"
        yield serial, Fact(f"decision/{key}", words)


def _by_mark() -> Iterator[tuple[str, Fact]]:
    """Evidence that marks have changed since the decision that a certificate rests on.

    The evidence is gathered only where a mark, a key or a rubric is later than the decision.
    """
    later = standing().annotate(decided=_last_decided())
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for since in (
        Q(decision__enrolment__marks__marked_at__gt=F("decided")),
        Q(decision__enrolment__rulings__ruled_at__gt=F("decided")),
        Q(decision__enrolment__sitting__corrections__applied_at__gt=F("decided")),
        Q(decision__enrolment__sitting__keys__reviewed_at__gt=F("decided")),
    ):
        who = later.filter(since).values_list(*_WHO)
        for sitting, serial, candidate in who:
            found[sitting][candidate] = serial
    for code, serials in found.items():
        for candidate, digest in changed_evidence(open_sitting(the_centre(), code)).items():
            if candidate in serials:
                words = "điểm đã thay đổi sau quyết định, chưa quyết định lại"
                yield serials[candidate], Fact(f"evidence/{digest}", words)


def _last_decided() -> Subquery:
    last = Decision.objects.filter(enrolment=OuterRef("decision__enrolment")).order_by("-revision")
    return Subquery(last.values("decided_at")[:1])


def _by_name() -> Iterator[tuple[str, Fact]]:
    changed = standing().filter(person__erased_at=None)
    same = {"full_name": F("person__full_name"), "birth_date": F("person__birth_date")}
    for entry in changed.exclude(**same).select_related("person"):
        digest = entry.person.state()["#"][:16]  # salted: it tells nothing of the name
        words = "họ tên hoặc ngày sinh đã được đính chính sau khi cấp"
        yield entry.pk, Fact(f"person/{entry.person_id}/{digest}", words)


def require_looked_at() -> None:
    """Let no new batch out while something undermines certificates that nobody looked at.

    Raises:
        CredentialError: naming the certificates, and what to do.
    """
    waiting = [task.serial for task in open_tasks() if not task.looked_at]
    if waiting:
        raise CredentialError(
            f"chưa cấp đợt mới: {len(waiting)} chứng chỉ đã cấp cần xem xét trước "
            f"({', '.join(waiting[:5])}); xem “cio task list”, rồi “cio task seen” hoặc xử lý"
        )


def task_of(serial: str) -> Task:
    """The task about one certificate; CredentialError when there is none."""
    for task in open_tasks():
        if task.serial == serial:
            return task
    raise CredentialError(f"{serial}: không có việc nào cần xem xét")
