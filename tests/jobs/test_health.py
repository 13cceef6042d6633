"""A load balancer is told the truth, and no more than it needs."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client

from goldthread.audit import readiness, statements
from goldthread.audit.models import Entry
from goldthread.jobs import health
from goldthread.kernel.acting import acting_as, system


def test_a_living_process_says_so_without_a_database(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"alive": True})
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_a_site_that_is_whole_is_ready_and_trying_leaves_no_trace(client: Client) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"database": True, "tables": True, "audit": True})
    with acting_as(system("a test")):
        assert not Entry.objects.exists()


@pytest.mark.django_db
def test_it_is_not_ready_while_the_audit_cannot_be_written(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise DatabaseError("disk full of secrets")

    monkeypatch.setattr(statements, "insert_entries", broken)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"database": True, "tables": True, "audit": False})


@pytest.mark.django_db
def test_it_is_not_ready_while_tables_are_missing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    class Waiting:
        def __init__(self, *_: Any) -> None:
            self.loader = self

        @property
        def graph(self) -> Waiting:
            return self

        def leaf_nodes(self) -> list[str]:
            return ["one"]

        def migration_plan(self, targets: list[str]) -> list[str]:
            return targets

    monkeypatch.setattr(health, "_migrated", set())
    monkeypatch.setattr(health, "MigrationExecutor", Waiting)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"database": True, "tables": False})


@pytest.mark.django_db
def test_it_is_not_ready_without_a_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_answers", lambda: False)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"database": False})


@pytest.mark.django_db
def test_trying_the_audit_holds_up_no_chain() -> None:
    assert readiness.writable()
    assert readiness.NOWHERE < 0
