"""What is done is written down: in chains, in the same transaction, and in few queries."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections
from django.test.utils import CaptureQueriesContext

from goldthread.audit import statements
from goldthread.audit.actions import write
from goldthread.audit.chain import START, link
from goldthread.audit.lines import INSTALLATION, Line, Verb
from goldthread.audit.models import Content, Entry
from goldthread.kernel.acting import Actor, ActorKind, acting_as, system
from goldthread.kernel.errors import AuditUnavailable, BrokenOff, Denied

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
WORKER = Actor(ActorKind.PRACTITIONER, 7, account=70, organisation=700, session="s", request="r", address="192.0.2.1")


def entries(record: int) -> list[dict[str, Any]]:
    with acting_as(system("a test")):
        return [dict(one) for one in Entry.objects.filter(record=record).order_by("seq").values()]


@pytest.mark.django_db
def test_each_line_becomes_an_entry_bound_to_the_one_before() -> None:
    with acting_as(WORKER):
        ids = write(WORKER, AT, [Line(Verb.VIEWED, 5, "child"), Line(Verb.VIEWED, 6), Line(Verb.CHANGED, 5)])
    five, six = entries(5), entries(6)
    assert [one["id"] for one in five] == [ids[0], ids[2]]
    assert [one["id"] for one in six] == [ids[1]]
    assert [one["seq"] for one in five] == [1, 2]
    assert five[0]["hash"] == link(START, five[0])
    assert five[1]["hash"] == link(five[0]["hash"], five[1])
    assert (five[0]["practitioner"], five[0]["account"], five[0]["organisation"]) == (7, 70, 700)
    assert five[0]["at"] == AT
    assert five[0]["address"] not in ("", "192.0.2.1")


@pytest.mark.django_db
def test_the_number_of_queries_does_not_grow_with_the_lines() -> None:
    counts = set()
    for many in (1, 10, 1500):
        lines = [Line(Verb.LISTED, n, content={"n": n}) for n in range(1, many + 1)]
        with acting_as(WORKER), CaptureQueriesContext(connection) as asked:
            write(WORKER, AT, lines)
        counts.add(len(asked))
    assert counts == {4 if connection.vendor == "postgresql" else 3}


@pytest.mark.django_db
def test_words_of_a_person_are_kept_apart_and_hashed_with_salt() -> None:
    said = "Is she \x00 the sister? \ud800"
    with acting_as(WORKER):
        write(WORKER, AT, [Line(Verb.VIEWED, 5, purpose=said), Line(Verb.VIEWED, 5, purpose="duty-call")])
        first, second = Entry.objects.order_by("seq")
        content = Content.objects.get()
    assert (first.purpose, second.purpose) == ("", "duty-call")
    assert content.entry_id == first.pk
    assert len(first.content_hash) == 64
    assert second.content_hash == ""


@pytest.mark.django_db
@pytest.mark.parametrize("thing", ["child Anna", "event:\x00", "x" * 201])
def test_what_could_hold_words_is_refused_where_only_ids_belong(thing: str) -> None:
    with acting_as(WORKER), pytest.raises(ValueError, match="ids"):
        write(WORKER, AT, [Line(Verb.VIEWED, 5, thing)])


@pytest.mark.django_db
def test_nobody_writes_for_another_or_outside_a_transaction() -> None:
    with pytest.raises(RuntimeError):
        write(WORKER, AT, [Line(Verb.VIEWED, 5)])
    with acting_as(WORKER), pytest.raises(RuntimeError):
        write(system("other"), AT, [Line(Verb.VIEWED, 5)])
    with acting_as(WORKER), pytest.raises(ValueError, match="zone"):
        write(WORKER, AT.replace(tzinfo=None), [Line(Verb.VIEWED, 5)])


@pytest.mark.django_db(transaction=True)
def test_an_audit_that_cannot_be_written_undoes_all_else(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> list[int]:
        raise DatabaseError("disk full")

    def act() -> None:
        with acting_as(WORKER):
            write(WORKER, AT, [Line(Verb.CHANGED, 9)])
            monkeypatch.setattr(statements, "insert_entries", broken)
            try:
                write(WORKER, AT, [Line(Verb.CHANGED, 9)])
            except AuditUnavailable:
                refused.append(True)  # even where someone catches it, nothing of this transaction stays

    refused: list[bool] = []
    with pytest.raises(BrokenOff):
        act()
    assert refused
    assert entries(9) == []


@pytest.mark.django_db(transaction=True)
def test_a_refusal_is_kept_though_all_else_is_undone() -> None:
    def act() -> None:
        with acting_as(WORKER):
            write(WORKER, AT, [Line(Verb.VIEWED, 5)])
            raise Denied("You are not involved.", trace=(Line(Verb.VIEWED, 6, policy="open-3"),), at=AT)

    with pytest.raises(Denied):
        act()
    assert entries(5) == []
    (kept,) = entries(6)
    assert kept["refused"] is True
    assert (kept["policy"], kept["at"]) == ("open-3", AT)


@pytest.mark.django_db(transaction=True)
def test_many_writers_of_one_chain_leave_no_gap() -> None:
    faults: list[BaseException] = []

    def work(who: int) -> None:
        by = Actor(ActorKind.PRACTITIONER, who)
        try:
            for n in range(10):
                with acting_as(by):
                    write(by, AT, [Line(Verb.SEARCHED), Line(Verb.VIEWED, 1 + (n + who) % 3), Line(Verb.VIEWED, 3)])
        except BaseException as fault:  # noqa: BLE001  # a thread's fault is told to the test
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(who,)) for who in range(1, 7)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    for record in (INSTALLATION, 1, 2, 3):
        chain = entries(record)
        assert [one["seq"] for one in chain] == list(range(1, len(chain) + 1))
        before = START
        for one in chain:
            assert one["hash"] == link(before, one)
            before = one["hash"]
    assert len(entries(INSTALLATION)) == 60
