"""`goldthread worker`: does what recurs, until it is told to stop; several may run, on several machines."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import threading
from datetime import UTC, datetime, timedelta
from types import FrameType

from django.db import DatabaseError, close_old_connections, connections

from goldthread.cli import site
from goldthread.duties.refusal import Refused
from goldthread.jobs.actions import ask_for, enter, until_next
from goldthread.jobs.models import Lease
from goldthread.jobs.register import jobs
from goldthread.jobs.work import one_round

LONGEST_WAIT = timedelta(seconds=30)
AFTER_A_FAULT = timedelta(seconds=5)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what can be asked."""
    parser.add_argument("--once", action="store_true", help="do what is due now, and stop")
    parser.add_argument("--now", metavar="JOB", help="have this job done at once by whichever worker is free, and stop")
    parser.add_argument("--list", action="store_true", help="list the jobs, when each is due and how it went, and stop")


def run(args: argparse.Namespace) -> int:
    """Work."""
    site.need_tables()
    if args.list or args.now:
        return _list() if args.list else _ask_for(args.now)
    stopping = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopping.set()  # the job that is under way is finished first

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    name = f"{socket.gethostname()}:{os.getpid()}"[:100]
    print(f"Working as {name}; {len(jobs())} jobs: {', '.join(job.name for job in jobs())}.", flush=True)
    while not stopping.is_set():
        wait = _round(name, stopping)
        if args.once:
            break
        stopping.wait(wait.total_seconds())
    print("Stopped.", flush=True)
    return 0


def _round(name: str, stopping: threading.Event) -> timedelta:
    """Do what is due, and give how long there is to wait."""
    try:
        close_old_connections()
        for done in one_round(name, now, stopping.is_set):
            print(f"{now():%Y-%m-%d %H:%M:%S} {done}: {Lease.objects.get(job=done).outcome}", flush=True)
        return min(until_next(now()) or LONGEST_WAIT, LONGEST_WAIT)
    except DatabaseError as error:
        print(f"The database does not answer ({type(error).__name__}); trying again.", flush=True)
        connections.close_all()
        return AFTER_A_FAULT


def _list() -> int:
    enter(jobs(), now())
    for lease in Lease.objects.order_by("job"):
        went = f"{lease.ended_at:%Y-%m-%d %H:%M:%S} {lease.outcome}" if lease.ended_at else "has not ended yet"
        print(f"{lease.job:24} due {lease.due_at:%Y-%m-%d %H:%M:%S} UTC; {went}")
    return 0


def _ask_for(name: str) -> int:
    enter(jobs(), now())
    if not ask_for(name, now()):
        raise Refused(f"there is no job {name!r}; the jobs are {', '.join(job.name for job in jobs())}.")
    print(f"{name} is due now.")
    return 0


def now() -> datetime:
    """This will read the clock."""
    return datetime.now(UTC)
