"""Lays the nets into a database after its tables were made; doing it again changes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from goldthread.kernel.db.net import Tables, marked, tables
from goldthread.kernel.db.postgresql.base import APPLICATION_ROLE


def protect(connection: Any) -> None:
    """This will lay triggers, policies and grants for every table that declares a need of them."""
    nets = tables()
    present = set(connection.introspection.table_names())
    nets = Tables(*(frozenset(names & present) for names in nets))
    superseded = {
        table: (marks, {one.name for one in _columns(connection, table)} - marks)
        for table, marks in sorted(marked().items())
        if table in present
    }
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            _protect_sqlite(cursor, nets)
            for table, (_, others) in superseded.items():
                _keep(cursor, table, f"UPDATE OF {_listed(others)}")
                _keep(cursor, table, "DELETE")
        else:
            _protect_postgresql(cursor, nets)
            for table, (marks, others) in superseded.items():
                cursor.execute(f'REVOKE UPDATE, DELETE ON "{table}" FROM {APPLICATION_ROLE}')
                if marks:
                    cursor.execute(f'GRANT UPDATE ({_listed(marks)}) ON "{table}" TO {APPLICATION_ROLE}')
                changed = f"BEFORE UPDATE OF {_listed(others)}"
                _trigger(cursor, table, "kept_change", changed, "FOR EACH ROW", "goldthread_kept")
                _trigger(cursor, table, "kept_delete", "BEFORE DELETE", "FOR EACH ROW", "goldthread_kept")
                _trigger(cursor, table, "kept_truncate", "BEFORE TRUNCATE", "FOR EACH STATEMENT", "goldthread_kept")


def _columns(connection: Any, table: str) -> list[Any]:
    with connection.cursor() as cursor:
        return list(connection.introspection.get_table_description(cursor, table))


def _listed(columns: Iterable[str]) -> str:
    return ", ".join(f'"{column}"' for column in sorted(columns))


def _protect_sqlite(cursor: Any, nets: Tables) -> None:
    for table in sorted(nets.kept):
        _keep(cursor, table, "UPDATE")
        if table not in nets.destroyable:
            _keep(cursor, table, "DELETE")
            continue
        # Of deleting the authorizer alone can judge: a trigger cannot know that two people decided. But REPLACE removes
        # a row without asking the authorizer, so a row that is there already is not inserted again.
        cursor.execute(f"SELECT name FROM pragma_table_info('{table}') WHERE pk")
        same = " AND ".join(f'there."{key}" = NEW."{key}"' for (key,) in cursor.fetchall())
        _keep(cursor, table, "INSERT", f'WHEN EXISTS (SELECT 1 FROM "{table}" AS there WHERE {same})')


def _keep(cursor: Any, table: str, act: str, when: str = "") -> None:
    name = f"{table}_kept_{act.lower().partition(' ')[0]}"
    cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"')
    cursor.execute(
        f'CREATE TRIGGER "{name}" BEFORE {act} ON "{table}" {when} '
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )


_ACTOR = """
CREATE OR REPLACE FUNCTION goldthread_actor() RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE actor text := current_setting('goldthread.actor', true);
BEGIN
  IF actor IS NULL OR actor = '' THEN
    RAISE EXCEPTION 'no actor is bound' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN actor;
END $$
"""

_KEPT = """
CREATE OR REPLACE FUNCTION goldthread_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$
"""

_DESTROYABLE = """
CREATE OR REPLACE FUNCTION goldthread_destroyable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('goldthread.destruction', true) IS DISTINCT FROM 'open' THEN
    RAISE EXCEPTION '% is destroyed by two people only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN OLD;
END $$
"""


def _protect_postgresql(cursor: Any, nets: Tables) -> None:
    _make_role(cursor)
    for function in (_ACTOR, _KEPT, _DESTROYABLE):
        cursor.execute(function)
    cursor.execute(f"GRANT USAGE ON SCHEMA public TO {APPLICATION_ROLE}")
    cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {APPLICATION_ROLE}")
    cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {APPLICATION_ROLE}")
    cursor.execute(f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {APPLICATION_ROLE}")
    for table in sorted(nets.kept):
        cursor.execute(f'REVOKE UPDATE ON "{table}" FROM {APPLICATION_ROLE}')
        _trigger(cursor, table, "kept_change", "BEFORE UPDATE", "FOR EACH ROW", "goldthread_kept")
        _trigger(cursor, table, "kept_truncate", "BEFORE TRUNCATE", "FOR EACH STATEMENT", "goldthread_kept")
        if table in nets.destroyable:
            _trigger(cursor, table, "kept_delete", "BEFORE DELETE", "FOR EACH ROW", "goldthread_destroyable")
        else:
            cursor.execute(f'REVOKE DELETE ON "{table}" FROM {APPLICATION_ROLE}')
            _trigger(cursor, table, "kept_delete", "BEFORE DELETE", "FOR EACH ROW", "goldthread_kept")
    for table in sorted(nets.protected):
        cursor.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
        cursor.execute(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')
        cursor.execute(f'DROP POLICY IF EXISTS actor_is_bound ON "{table}"')
        # The inner SELECT makes the planner ask once a statement, not once a row.
        cursor.execute(
            f'CREATE POLICY actor_is_bound ON "{table}" USING ((SELECT goldthread_actor()) IS NOT NULL) '
            "WITH CHECK ((SELECT goldthread_actor()) IS NOT NULL)"
        )


def _trigger(cursor: Any, table: str, name: str, when: str, each: str, function: str) -> None:
    cursor.execute(f'DROP TRIGGER IF EXISTS {name} ON "{table}"')
    cursor.execute(f'CREATE TRIGGER {name} {when} ON "{table}" {each} EXECUTE FUNCTION {function}()')
    cursor.execute(f'ALTER TABLE "{table}" ENABLE ALWAYS TRIGGER {name}')


def _make_role(cursor: Any) -> None:
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APPLICATION_ROLE])
    if cursor.fetchone():
        return
    cursor.execute("SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user")
    found = cursor.fetchone()
    if not (found and found[0]):
        raise ImproperlyConfigured(
            f"The database role {APPLICATION_ROLE} is missing and may not be made here: as a superuser, "
            f"CREATE ROLE {APPLICATION_ROLE} NOLOGIN; and GRANT it to the login that the site uses."
        )
    # Two databases may be made at once, and roles belong to the whole cluster.
    cursor.execute(
        f"DO $$ BEGIN CREATE ROLE {APPLICATION_ROLE} NOLOGIN; "
        "EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
    )
