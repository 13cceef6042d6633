"""Rows that are kept stay as they were written, whoever asks the database and however."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from goldthread.audit.actions import write
from goldthread.audit.lines import Line, Verb
from goldthread.audit.models import Content, Entry
from goldthread.kernel.acting import acting_as, destruction_open, schema_open, system
from goldthread.kernel.db.net import marked

SOMEONE = system("a test")
AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
COLUMNS = ", ".join(f'"{field.column}"' for field in Entry._meta.concrete_fields)
OTHERWISE = COLUMNS.replace('"id"', "id + 1000")  # the same place in the chain, another id

BOTH = [
    "UPDATE audit_entry SET purpose = 'x'",
    "UPDATE audit_entry SET seq = seq + 1 WHERE seq = 2",
    "DELETE FROM audit_entry",
    "DELETE FROM audit_entry WHERE seq = 2",
    "UPDATE audit_content SET text = '{}'",
    "DELETE FROM audit_content",
    "UPDATE audit_checkpoint SET root = 'x'",
    f"INSERT INTO audit_entry SELECT {COLUMNS} FROM audit_entry WHERE true ON CONFLICT (id) DO UPDATE SET purpose = 'x'",
    f"INSERT INTO audit_entry SELECT {OTHERWISE} FROM audit_entry WHERE true "
    "ON CONFLICT (record, seq) DO UPDATE SET purpose = 'x'",
    "DROP TABLE audit_entry",
    "ALTER TABLE audit_entry ADD COLUMN more text",
    "ALTER TABLE audit_entry RENAME TO other",
    "CREATE TABLE mine (a integer)",
    "CREATE TABLE x (a integer)",
    "CREATE VIEW mine AS SELECT * FROM audit_entry",
    "CREATE INDEX mine ON audit_entry (seq)",
]
SQLITE = [
    "REPLACE INTO audit_entry SELECT * FROM audit_entry",
    f"REPLACE INTO audit_entry SELECT {OTHERWISE} FROM audit_entry",
    "INSERT OR REPLACE INTO audit_entry SELECT * FROM audit_entry WHERE seq = 2",
    "UPDATE OR REPLACE audit_entry SET seq = 1 WHERE seq = 2",
    "REPLACE INTO audit_content SELECT entry_id, salt, '{}' FROM audit_content",
    "INSERT INTO audit_content SELECT * FROM audit_content WHERE true ON CONFLICT DO UPDATE SET text = '{}'",
    "DROP TRIGGER audit_entry_kept_update",
    "CREATE TRIGGER mine AFTER INSERT ON audit_entry BEGIN DELETE FROM audit_entry; END",
    "CREATE TEMP TRIGGER mine AFTER INSERT ON records_record BEGIN DELETE FROM audit_entry; END",
    "CREATE TEMP TABLE mine (a)",
    "ATTACH ':memory:' AS other",
    "VACUUM INTO 'never-made.sqlite3'",
    "PRAGMA writable_schema = ON",
    "PRAGMA recursive_triggers = OFF",
    "PRAGMA trusted_schema = ON",
    "PRAGMA synchronous = OFF",
    "PRAGMA journal_mode = MEMORY",
    "PRAGMA foreign_keys = OFF",
    "PRAGMA ignore_check_constraints = ON",
    "PRAGMA secure_delete = OFF",
    "PRAGMA schema_version = 1",
    "UPDATE sqlite_master SET sql = 'x'",
    "DELETE FROM sqlite_master WHERE type = 'trigger'",
    "INSERT INTO sqlite_master VALUES ('table', 'mine', 'mine', 0, '')",
    "SELECT load_extension('mine')",
]
POSTGRESQL = [
    "TRUNCATE audit_entry CASCADE",
    "TRUNCATE audit_content",
    "MERGE INTO audit_entry AS a USING (SELECT 1 AS one) AS b ON a.seq = b.one WHEN MATCHED THEN DELETE",
    "DROP TRIGGER kept_change ON audit_entry",
    "ALTER TABLE audit_entry DISABLE TRIGGER USER",
    "ALTER TABLE audit_entry DISABLE ROW LEVEL SECURITY",
    "ALTER TABLE audit_entry NO FORCE ROW LEVEL SECURITY",
    "DROP POLICY actor_is_bound ON audit_entry",
    "CREATE OR REPLACE FUNCTION goldthread_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN OLD; END $$",
    "CREATE OR REPLACE FUNCTION goldthread_actor() RETURNS text LANGUAGE sql AS $$ SELECT 'me' $$",
    "SET session_replication_role = replica",
    "ALTER ROLE goldthread_app BYPASSRLS",
    "UPDATE django_migrations SET name = 'x'",
    "COPY audit_entry TO PROGRAM 'cat'",
]


@pytest.fixture
def written(db: None) -> None:
    """Two entries, one of them with content."""
    with acting_as(SOMEONE):
        write(SOMEONE, AT, [Line(Verb.VIEWED, 5, content={"said": "words"}), Line(Verb.VIEWED, 5)])


def everything() -> list[Any]:
    with acting_as(SOMEONE):
        return [*Entry.objects.order_by("id").values_list(), *Content.objects.order_by("pk").values_list()]


def attempt(statement: str) -> None:
    with acting_as(SOMEONE), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.usefixtures("written")
@pytest.mark.parametrize("statement", BOTH + (SQLITE if connection.vendor == "sqlite" else POSTGRESQL))
def test_the_database_refuses(statement: str) -> None:
    before = everything()
    with pytest.raises(DatabaseError):
        attempt(statement)
    assert everything() == before
    assert len(before) == 3


@pytest.mark.usefixtures("written")
def test_who_may_make_tables_cannot_change_kept_rows_either() -> None:
    for statement in ("UPDATE audit_entry SET purpose = 'x'", "DELETE FROM audit_entry WHERE seq = 2"):
        with (
            schema_open(),
            acting_as(SOMEONE),
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


@pytest.mark.usefixtures("written")
def test_content_is_removed_only_while_destruction_is_open_and_entries_not_even_then() -> None:
    with acting_as(SOMEONE):
        with destruction_open():
            with pytest.raises(DatabaseError), transaction.atomic():
                Entry.objects.filter(seq=2)._raw_delete("default")
            Content.objects.all()._raw_delete("default")
        assert Content.objects.count() == 0
        write(SOMEONE, AT, [Line(Verb.VIEWED, 5, content={"said": "words"})])
        with pytest.raises(DatabaseError), transaction.atomic():
            Content.objects.all()._raw_delete("default")
    with pytest.raises(RuntimeError), destruction_open():
        pass


@pytest.mark.django_db
def test_the_settings_that_writing_safely_needs_are_on() -> None:
    settings: dict[str, dict[str, Any]] = {
        "sqlite": {
            "synchronous": 2,
            "journal_mode": "wal",
            "foreign_keys": 1,
            "recursive_triggers": 1,
            "trusted_schema": 0,
        },
        "postgresql": {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"},
    }
    with connection.cursor() as cursor:
        for name, value in settings[connection.vendor].items():
            cursor.execute(f"PRAGMA {name}" if connection.vendor == "sqlite" else f"SHOW {name}")
            assert cursor.fetchone() == (value,), name


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE chronology_event SET kind = 'x'",
        "UPDATE chronology_event SET data = '{}', stands = false",
        "UPDATE chronology_event SET record_id = record_id + 1",
        "DELETE FROM chronology_event",
        "UPDATE people_address SET town = 'x'",
        "UPDATE people_personname SET family = 'x'",
        "DELETE FROM people_personname",
    ],
)
def test_what_is_superseded_changes_only_in_its_marks(statement: str) -> None:
    with acting_as(SOMEONE), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
def test_the_marks_themselves_can_be_set() -> None:
    with acting_as(SOMEONE), connection.cursor() as cursor:
        cursor.execute("UPDATE chronology_event SET stands = false")
        cursor.execute("UPDATE people_personname SET superseded_at = NULL, superseded_by = NULL")


def test_every_superseded_table_is_under_the_net() -> None:
    assert {"chronology_event", "people_personname", "people_address", "people_merge"} <= marked().keys()
    assert marked()["people_address"] == frozenset()
