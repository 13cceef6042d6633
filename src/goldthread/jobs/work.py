"""One round of a worker: what is due is done, one job after another, and how it went is noted."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from django.db import close_old_connections, connection
from django.utils.module_loading import import_string

from goldthread.jobs.actions import enter, give_back, give_up, take
from goldthread.jobs.register import Job, jobs
from goldthread.kernel.errors import Refusal

log = logging.getLogger(__name__)
Clock = Callable[[], datetime]


def one_round(worker: str, clock: Clock, stopping: Callable[[], bool] = lambda: False) -> list[str]:
    """This will do each job that is due and that no other worker has, and give their names.

    A job that fails stops no other: it is logged by its name and the kind of fault, and tried again later.
    """
    known = jobs()
    enter(known, clock())
    done = []
    for job in known:
        if stopping():
            break
        if take(job, worker, clock()):
            _do(job, worker, clock)
            done.append(job.name)
    return done


def _do(job: Job, worker: str, clock: Clock) -> None:
    log.info("job begun", extra={"job": job.name})
    try:
        said = str(import_string(job.function)(clock()))
    except Refusal as refusal:
        give_up(job, worker, clock(), refusal.sentence)
        log.warning("job put off", extra={"job": job.name})
    except Exception as fault:  # whatever it was, the other jobs go on
        if not connection.in_atomic_block:
            close_old_connections()  # it may be the connection that failed
        log.exception("job failed", extra={"job": job.name})
        give_up(job, worker, clock(), f"Failed: {type(fault).__name__}.")
    else:
        give_back(job, worker, clock(), said)
        log.info("job done", extra={"job": job.name})
