"""Without an actor the database shows nothing of a protected table, whichever way it is asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Exists, OuterRef

from goldthread.agencies.models import Practitioner
from goldthread.audit.actions import write
from goldthread.audit.lines import Line, Verb
from goldthread.audit.models import Content, Entry
from goldthread.kernel import declaring
from goldthread.kernel.acting import acting_as, system
from goldthread.kernel.db.net import _tables, tables
from goldthread.kernel.db.postgresql.base import APPLICATION_ROLE
from goldthread.kernel.declaring import Declared, Mutability, Retention, Sensitivity
from goldthread.records.models import Record

SOMEONE = system("a test")
AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture
def rows(db: None) -> Record:
    """A record, an entry with content, and a practitioner, who is under no net."""
    with acting_as(SOMEONE):
        record = Record.objects.create(kind="child", opened_on=date(2026, 3, 2))
        write(SOMEONE, AT, [Line(Verb.VIEWED, record.pk, content={"said": "words"})])
        Practitioner.objects.create(id=record.pk, name="Idris Vale")
    return record


def ask(statement: str) -> Callable[[Record], object]:
    def asked(_: Record) -> object:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall()

    return asked


WAYS: dict[str, Callable[[Record], object]] = {
    "count": lambda _: Record.objects.count(),
    "first": lambda _: Record.objects.first(),
    "exists": lambda _: Record.objects.exists(),
    "base manager": lambda _: Record._base_manager.exists(),
    "values": lambda _: list(Record.objects.values_list("id")),
    "iterator": lambda _: list(Record.objects.iterator()),
    "refresh": lambda record: record.refresh_from_db(),
    "following a foreign key": lambda record: Record(merged_into_id=record.pk).merged_into,
    "raw": lambda _: list(Record.objects.raw("SELECT * FROM records_record")),
    "update": lambda _: Record.objects.update(version=9),
    "create": lambda _: Record.objects.create(kind="child", opened_on=date(2026, 3, 2)),
    "save": lambda record: record.save(),
    "delete": lambda record: record.delete(),
    "locking": lambda _: list(Record.objects.select_for_update()),
    "aggregates of the audit": lambda _: Entry.objects.count(),
    "content of the audit": lambda _: Content.objects.exists(),
    "a subquery of another table": lambda _: list(
        Practitioner.objects.filter(Exists(Record.objects.filter(pk=OuterRef("pk"))))
    ),
    "select 1": ask("SELECT 1 FROM records_record"),
    "count by hand": ask("SELECT count(*) FROM records_record"),
    "a join": ask("SELECT p.name, r.code FROM agencies_practitioner p JOIN records_record r ON r.id = p.id"),
    "a left join": ask("SELECT p.name, r.code FROM agencies_practitioner p LEFT JOIN records_record r ON r.id = p.id"),
    "a union": ask("SELECT name FROM agencies_practitioner UNION SELECT code FROM records_record"),
    "a common table": ask("WITH r AS (SELECT * FROM records_record) SELECT count(*) FROM r"),
    "insert from select": ask(
        "INSERT INTO audit_content (entry_id, salt, text) SELECT id, '', code FROM records_record RETURNING entry_id"
    ),
    "delete by hand": ask("DELETE FROM records_record"),
    "inside an expression": ask("SELECT (SELECT max(id) FROM records_record)"),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_without_an_actor_nothing_is_read_or_written(rows: Record, way: Callable[[Record], object]) -> None:
    with pytest.raises(DatabaseError, match=r"prohibited|not authorized|no actor"), transaction.atomic():
        way(rows)


HARMLESS = [name for name in WAYS if name not in ("create", "save", "insert from select")]


@pytest.mark.parametrize("name", [name for name in HARMLESS if "delete" not in name])
def test_with_an_actor_the_same_ways_are_open(rows: Record, name: str) -> None:
    with acting_as(SOMEONE):
        WAYS[name](rows)


@pytest.mark.django_db
def test_every_protected_table_lies_under_the_net() -> None:
    assert {"records_record", "audit_entry", "audit_content"} <= tables().protected
    for table in sorted(tables().protected):
        if connection.vendor == "sqlite":
            with pytest.raises(DatabaseError), transaction.atomic():
                ask(f'SELECT 1 FROM "{table}"')(Record())
            continue
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT relrowsecurity, relforcerowsecurity, pg_get_userbyid(relowner), "
                "(SELECT array_agg(polname::text) FROM pg_policy WHERE polrelid = c.oid) "
                "FROM pg_class c WHERE oid = %s::regclass",
                [table],
            )
            secured, forced, owner, policies = cursor.fetchone()
            assert (secured, forced, policies) == (True, True, ["actor_is_bound"]), table
            assert owner != APPLICATION_ROLE


def test_a_table_without_a_model_can_lie_under_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(declaring, "_TABLES", {})
    _tables.cache_clear()
    assert "people_words" not in tables().protected
    declaring.declare_table("people_words", Declared(Sensitivity.RECORD, Retention.REBUILT, Mutability.FREE))
    _tables.cache_clear()
    assert "people_words" in tables().protected
    assert "people_words" not in tables().kept
    _tables.cache_clear()


@pytest.mark.django_db
def test_every_kept_table_has_its_triggers() -> None:
    asked = (
        "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE tgenabled = 'A'"
    )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        laid: dict[str, set[str]] = {}
        for table, name in cursor.fetchall():
            laid.setdefault(table, set()).add(name.removeprefix(f"{table}_"))
    for table in tables().kept:
        if connection.vendor == "postgresql":
            expected = {"kept_change", "kept_delete", "kept_truncate"}
        else:
            expected = {"kept_update", "kept_insert" if table in tables().destroyable else "kept_delete"}
        assert laid.get(table) == expected, table


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has no roles")
@pytest.mark.django_db
def test_on_postgresql_the_site_acts_as_a_role_that_owns_nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, rolsuper, rolbypassrls, (SELECT count(*) FROM pg_class WHERE relowner = r.oid) "
            "FROM pg_roles r WHERE rolname = current_user"
        )
        assert cursor.fetchone() == (APPLICATION_ROLE, False, False, 0)


@pytest.mark.django_db(transaction=True)
def test_tables_are_emptied_between_tests() -> None:
    with acting_as(SOMEONE):
        Record.objects.create(kind="child", opened_on=date(2026, 3, 2))
        write(SOMEONE, AT, [Line(Verb.VIEWED, 5, content={"said": "words"})])


@pytest.mark.django_db(transaction=True)
def test_and_are_empty_then_with_the_nets_laid_again() -> None:
    with acting_as(SOMEONE):
        assert Record.objects.count() == Entry.objects.count() == 0
        write(SOMEONE, AT, [Line(Verb.VIEWED, 5)])
    with acting_as(SOMEONE), pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.update(purpose="x")
