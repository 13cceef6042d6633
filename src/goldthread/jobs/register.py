"""The jobs that apps have registered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from goldthread.jobs.rules import When


@dataclass(frozen=True, slots=True)
class Job:
    """Something to be done again and again; `function` is its dotted name: it takes the moment and says what it did.

    A job may be begun a second time while the first is still at it (its lease ran out), or after it was killed half-way:
    doing it again must do no harm.
    """

    name: str
    function: str
    when: When
    lease: timedelta = timedelta(minutes=10)


_jobs: dict[str, Job] = {}


def register(job: Job) -> None:
    """This will have workers do a job; called at `ready()`."""
    _jobs[job.name] = job


def jobs() -> tuple[Job, ...]:
    """This will give all jobs by name."""
    return tuple(_jobs[name] for name in sorted(_jobs))
