"""Each job is done by one worker at a time, again after a kill, and a failing one stops no other."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections
from django.utils.module_loading import import_string

from goldthread.jobs import register
from goldthread.jobs.actions import ask_for, enter, give_back, take, until_next
from goldthread.jobs.models import Lease
from goldthread.jobs.register import Job, jobs
from goldthread.jobs.rules import Every
from goldthread.jobs.work import one_round
from goldthread.kernel.errors import NotNow

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOURLY = Every(timedelta(hours=1))
done: list[str] = []


def good(at: datetime) -> str:
    done.append("good")
    return f"Done at {at:%H:%M}."


def bad(_: datetime) -> str:
    done.append("bad")
    raise ValueError("about Anna")


def later(_: datetime) -> str:
    raise NotNow("Someone is still writing.")


GOOD = Job("good", f"{__name__}.good", HOURLY, lease=timedelta(minutes=10))
BAD = Job("bad", f"{__name__}.bad", HOURLY)
LATER = Job("later", f"{__name__}.later", HOURLY)


@pytest.fixture(autouse=True)
def _own_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    done.clear()
    monkeypatch.setattr(register, "_jobs", {job.name: job for job in (GOOD, BAD, LATER)})


def work(worker: str, at: datetime) -> list[str]:
    return one_round(worker, lambda: at)


def outcome(name: str) -> tuple[str, int, datetime]:
    lease = Lease.objects.get(job=name)
    return lease.outcome, lease.failures, lease.due_at


@pytest.mark.django_db
def test_what_is_due_is_done_once_and_how_it_went_is_noted() -> None:
    assert work("one", AT) == ["bad", "good", "later"]
    assert outcome("good") == ("Done at 12:00.", 0, AT + timedelta(hours=1))
    assert outcome("bad") == ("Failed: ValueError.", 1, AT + timedelta(minutes=1))
    assert outcome("later") == ("Someone is still writing.", 1, AT + timedelta(minutes=1))
    assert work("two", AT) == []
    assert work("two", AT + timedelta(minutes=1)) == ["bad", "later"]
    assert outcome("bad")[1:] == (2, AT + timedelta(minutes=3))
    assert done == ["bad", "good", "bad"]


@pytest.mark.django_db
def test_a_worker_that_was_killed_is_replaced_when_its_lease_runs_out() -> None:
    enter(jobs(), AT)
    assert take(GOOD, "killed", AT)
    assert not take(GOOD, "other", AT + GOOD.lease - timedelta(seconds=1))
    assert take(GOOD, "other", AT + GOOD.lease)
    assert not give_back(GOOD, "killed", AT + GOOD.lease, "I was asleep."), "it is no longer hers to give back"
    assert give_back(GOOD, "other", AT + GOOD.lease, "Done.")
    assert outcome("good")[0] == "Done."


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_at_once_one_gets_the_job() -> None:
    enter(jobs(), AT)
    got: list[str] = []
    faults: list[BaseException] = []
    together = threading.Barrier(6, timeout=30)

    def ask(worker: str) -> None:
        try:
            together.wait()
            if take(GOOD, worker, AT):
                got.append(worker)
        except BaseException as fault:  # noqa: BLE001  # a thread's fault is told to the test
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=ask, args=(f"w{n}",)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert len(got) == 1


@pytest.mark.django_db
def test_a_worker_knows_how_long_it_may_sleep_and_a_job_can_be_asked_for() -> None:
    assert until_next(AT) is None
    enter([GOOD], AT)
    assert until_next(AT) == timedelta(0)
    take(GOOD, "one", AT)
    assert until_next(AT) == GOOD.lease, "it is taken over when the lease runs out"
    give_back(GOOD, "one", AT, "Done.")
    assert until_next(AT) == timedelta(hours=1)
    assert ask_for("good", AT)
    assert until_next(AT) == timedelta(0)
    assert not ask_for("unknown", AT)


@pytest.mark.django_db
def test_a_worker_that_is_told_to_stop_begins_nothing_more() -> None:
    assert one_round("one", lambda: AT, lambda: True) == []
    assert done == []


def test_every_job_that_an_app_registers_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert {"checkpoint", "verify"} <= {job.name for job in jobs()}
    for job in jobs():
        assert callable(import_string(job.function)), job.name
