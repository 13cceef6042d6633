"""Who acts is bound to one transaction: nobody inherits it, and all of it is kept or none."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, connections, transaction

from goldthread.agencies.models import Practitioner
from goldthread.kernel import acting
from goldthread.kernel.acting import Actor, ActorKind, acting_as, current, system
from goldthread.kernel.errors import BrokenOff, Denied
from goldthread.records.models import Record

ONE = Actor(ActorKind.PRACTITIONER, 1)
TWO = Actor(ActorKind.PRACTITIONER, 2)


class Upset(Exception):
    """Something that went wrong in a test."""


def new_record() -> Record:
    return Record.objects.create(kind="child", opened_on=date(2026, 3, 2))


def records() -> int:
    with acting_as(system("a test")):
        return Record.objects.count()


def nobody_is_bound() -> None:
    assert current() is None
    with pytest.raises(DatabaseError, match=r"prohibited|not authorized|no actor"):
        Record.objects.exists()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT coalesce(current_setting('goldthread.actor', true), '')")
            assert cursor.fetchone() == ("",)


def in_thread(work: Callable[[], None]) -> None:
    faults: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as fault:  # noqa: BLE001  # a thread's fault is told to the test
            faults.append(fault)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if faults:
        raise faults[0]


@pytest.fixture(autouse=True)
def _record(transactional_db: None) -> None:
    """One record: PostgreSQL judges row by row, and would let anyone see that a table is empty."""
    with acting_as(ONE):
        new_record()


def test_a_kept_connection_carries_nobody_over() -> None:
    for actor in (ONE, TWO, ONE):
        with acting_as(actor):
            assert current() == actor
            assert Record.objects.exists()
        nobody_is_bound()


@pytest.mark.parametrize("how", ["refused", "fault", "database error", "interrupted"])
def test_nor_does_one_that_ended_badly(how: str) -> None:
    def act() -> None:
        with acting_as(ONE):
            new_record()
            if how == "database error":
                with connection.cursor() as cursor:
                    cursor.execute("SELECT nonsense")
            raise {"refused": Denied("No."), "fault": Upset(), "interrupted": KeyboardInterrupt()}[how]

    with pytest.raises((Denied, Upset, DatabaseError, KeyboardInterrupt)):
        act()
    nobody_is_bound()
    assert records() == 1


def test_nor_does_one_whose_transaction_broke_and_was_passed_over() -> None:
    def act() -> None:
        with acting_as(ONE):
            new_record()
            with contextlib.suppress(IntegrityError), transaction.atomic(savepoint=False):
                Practitioner.objects.create(id=1, name="Idris Vale")
                Practitioner.objects.create(id=1, name="Idris Vale")

    with pytest.raises(BrokenOff):
        act()
    nobody_is_bound()
    assert records() == 1
    assert not Practitioner.objects.exists()


def test_nor_another_thread_nor_a_new_connection() -> None:
    with acting_as(ONE):
        assert Record.objects.exists()
        in_thread(nobody_is_bound)
    connection.close()
    nobody_is_bound()


def test_two_threads_act_for_two_people_at_once() -> None:
    told: dict[str, str] = {}
    meet = threading.Barrier(2, timeout=30)

    def work(actor: Actor) -> None:
        with acting_as(actor):
            if connection.vendor == "postgresql":  # SQLite has one writer: the second waits outside
                meet.wait()
                with connection.cursor() as cursor:
                    cursor.execute("SELECT current_setting('goldthread.actor')")
                    told[str(actor)] = cursor.fetchone()[0]
            else:
                told[str(actor)] = str(current())

    threads = [threading.Thread(target=in_thread, args=(lambda one=one: work(one),)) for one in (ONE, TWO)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told == {str(ONE): str(ONE), str(TWO): str(TWO)}


def test_within_itself_it_joins_the_same_actor_and_stays_bound() -> None:
    with acting_as(ONE):
        new_record()
        with acting_as(ONE):
            new_record()
        assert Record.objects.count() == 3
    nobody_is_bound()


def test_another_actor_cannot_join() -> None:
    def act() -> None:
        with acting_as(ONE):
            new_record()
            with acting_as(TWO):
                new_record()

    with pytest.raises(RuntimeError, match="cannot act within"):
        act()
    nobody_is_bound()
    assert records() == 1


def test_what_fails_within_undoes_the_whole_even_if_it_is_passed_over() -> None:
    def act() -> None:
        with acting_as(ONE):
            new_record()
            with contextlib.suppress(Denied), acting_as(ONE):
                new_record()
                raise Denied("No.")

    with pytest.raises(BrokenOff):
        act()
    assert records() == 1


def test_a_refusal_whose_trace_cannot_be_kept_is_told_as_that(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise Upset

    monkeypatch.setattr(acting, "_recorders", [broken])

    def act(trace: tuple[object, ...]) -> None:
        with acting_as(ONE):
            raise Denied("No.", trace=trace)

    with pytest.raises(Upset):
        act(("a line",))
    with pytest.raises(Denied):
        act(())
    nobody_is_bound()


def test_a_save_that_fails_at_the_very_end_leaves_nothing_and_nobody() -> None:
    def act() -> None:
        with acting_as(ONE):
            new_record()
            Record.objects.create(kind="child", opened_on=date(2026, 3, 2), merged_into_id=404)  # judged at commit

    with pytest.raises(IntegrityError):
        act()
    nobody_is_bound()
    assert records() == 1
