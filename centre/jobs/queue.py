"""The queue: a job is leased, renewed at each step, and taken up again when the lease lapses."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from centre.accounts.permissions import require
from centre.jobs.models import Job
from centre.jobs.work import ACTIONS
from centre.ledger.acts import lock
from courses.foundation.errors import CentreError

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from centre.accounts.actors import Actor

LEASE = timedelta(seconds=60)


def ask(actor: Actor, kind: str, argument: str, now: datetime) -> Job:
    """Queue a job; one of the same kind and argument that is not ended is found instead.

    Raises:
        CentreError: for work that is not known.
        DeniedError: when the actor may not do what the job does.
    """
    if kind not in ACTIONS:
        raise CentreError(f"không có việc nền {kind}; có: {', '.join(ACTIONS)}")
    require(actor, ACTIONS[kind])
    with transaction.atomic():
        lock()
        waiting = Job.objects.filter(kind=kind, argument=argument, state__in=("queued", "running"))
        known = waiting.first()
        if known is not None:
            return known
        return Job.objects.create(kind=kind, argument=argument, actor=actor.id, asked_at=now)


def jobs_of(argument: str) -> QuerySet[Job]:
    """The jobs of one sitting, the latest first."""
    return Job.objects.filter(argument=argument).order_by("-pk")


def take(worker: str, now: datetime) -> Job | None:
    """Lease the next job: one whose worker died before one that nobody has begun."""
    with transaction.atomic():
        lock()
        lapsed = Q(state="running", leased_until__lt=now)
        job = (
            Job.objects.filter(lapsed).order_by("leased_until").first()
            or Job.objects.filter(state="queued").order_by("pk").first()
        )
        if job is not None:
            job.state, job.worker, job.leased_until = "running", worker, now + LEASE
            job.save()
        return job


def step(job: Job, worker: str, note: str, now: datetime) -> bool:
    """Record a step and renew the lease; False when the job was cancelled or taken by another."""
    held = Job.objects.filter(pk=job.pk, worker=worker, state="running", stop=False)
    steps = job.steps + 1
    if not held.update(steps=steps, note=note, leased_until=now + LEASE):
        return False
    job.steps, job.note = steps, note
    return True


def end(job: Job, worker: str, state: str, note: str) -> None:
    """Record how a job ended, unless another has it by now."""
    Job.objects.filter(pk=job.pk, worker=worker, state="running").update(state=state, note=note)


def cancel(actor: Actor, job: Job) -> bool:
    """Ask a job to stop after its present step; False when it has ended already."""
    require(actor, ACTIONS[job.kind])
    if Job.objects.filter(pk=job.pk, state="queued").update(state="cancelled"):
        return True
    return bool(Job.objects.filter(pk=job.pk, state="running").update(stop=True))
