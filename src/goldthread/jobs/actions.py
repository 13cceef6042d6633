"""The lease of a job: taken and given back by single statements, so that two workers cannot both have it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import F, Q

from goldthread.jobs.models import Lease
from goldthread.jobs.register import Job
from goldthread.jobs.rules import due_again

LONGEST = 200


def enter(jobs: Iterable[Job], at: datetime) -> None:
    """This will make a lease for each job that has none; what is new is due at once."""
    Lease.objects.bulk_create([Lease(job=job.name, due_at=at) for job in jobs], ignore_conflicts=True)


def take(job: Job, worker: str, at: datetime) -> bool:
    """This will take a job that is due and that nobody has, or has had for too long; says whether it was taken."""
    free = Q(until_at__isnull=True) | Q(until_at__lte=at)
    due = Lease.objects.filter(free, job=job.name, due_at__lte=at)
    return bool(due.update(worker=worker, until_at=at + job.lease, begun_at=at, ended_at=None))


def give_back(job: Job, worker: str, at: datetime, outcome: str) -> bool:
    """This will note how a job went and when it is due again; says whether the worker still had it."""
    held = Lease.objects.filter(job=job.name, worker=worker, ended_at__isnull=True)
    after = due_again(job.when, at, failures=0)
    return bool(held.update(until_at=None, ended_at=at, due_at=after, outcome=outcome[:LONGEST], failures=0))


def give_up(job: Job, worker: str, at: datetime, outcome: str) -> bool:
    """This will note that a job failed, and when it is tried again."""
    held = Lease.objects.filter(job=job.name, worker=worker, ended_at__isnull=True)
    failures = held.values_list("failures", flat=True).first() or 0
    again = due_again(job.when, at, failures + 1)
    return bool(
        held.update(until_at=None, ended_at=at, due_at=again, outcome=outcome[:LONGEST], failures=F("failures") + 1)
    )


def ask_for(name: str, at: datetime) -> bool:
    """This will have a job done as soon as a worker is free; says whether there is such a job."""
    return bool(Lease.objects.filter(job=name).update(due_at=at))


def until_next(at: datetime) -> timedelta | None:
    """This will give how long it is until a job is due, or a lease runs out."""
    rows = Lease.objects.values_list("due_at", "until_at")
    moments = [max(due, until) if until else due for due, until in rows]
    return max(min(moments) - at, timedelta(0)) if moments else None
