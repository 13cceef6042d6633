"""What must hold where real people's records are kept: asked by `check --deploy`, and by `serve` in live mode."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error
from django.db import DatabaseError, connection

from goldthread.kernel.db.net import tables
from goldthread.kernel.db.postgresql.base import APPLICATION_ROLE

LOCAL = ("", "localhost", "127.0.0.1", "::1")
SECURE = ("require", "verify-ca", "verify-full")
PROMISES = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}


def database_keeps_what_it_is_given(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """This will check that what was said to be written is on the disk, and that the site cannot lift the nets."""
    try:
        return list(_postgresql() if connection.vendor == "postgresql" else _sqlite())
    except DatabaseError:
        return [Error("The database does not answer.", id="goldthread.E001")]


def _sqlite() -> Iterator[CheckMessage]:
    if settings.LIVE:
        yield Error("Live mode needs PostgreSQL.", id="goldthread.E002")
    if _asked("PRAGMA synchronous") != 2:
        yield Error("SQLite does not wait for the disk: synchronous is to be FULL.", id="goldthread.E003")
    if _asked("PRAGMA journal_mode") != "wal":
        yield Error("SQLite writes no log ahead: journal_mode is to be WAL.", id="goldthread.E003")


def _postgresql() -> Iterator[CheckMessage]:
    for name, value in PROMISES.items():
        if (found := _asked(f"SHOW {name}")) not in (value, "remote_apply", "remote_write"):
            yield Error(
                f"PostgreSQL could lose what it has acknowledged: {name} is {found}, and is to be {value}.",
                id="goldthread.E003",
            )
    if settings.LIVE:
        yield from _login()
        host = str(connection.settings_dict.get("HOST") or "")
        mode = connection.settings_dict.get("OPTIONS", {}).get("sslmode", "")
        if host not in LOCAL and not host.startswith("/") and mode not in SECURE:
            yield checks.Warning(
                "The way to the database is not encrypted for certain: add ?sslmode=verify-full to DATABASE_URL.",
                id="goldthread.W001",
            )


def _login() -> Iterator[CheckMessage]:
    """What the login of the site may do: nothing but act as the application's role."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper, rolbypassrls, rolcreaterole OR rolcreatedb, pg_has_role(oid, %s, 'member'), current_user = %s, "
            "EXISTS (SELECT 1 FROM pg_class WHERE relname = ANY(%s) AND pg_has_role(r.oid, relowner, 'member')) "
            "FROM pg_roles AS r WHERE rolname = session_user",
            [APPLICATION_ROLE, APPLICATION_ROLE, sorted(tables().protected | tables().kept)],
        )
        superuser, bypasses, makes, member, acts, owns = cursor.fetchone()
    for wrong, what in (
        (superuser, "is a superuser"),
        (bypasses, "bypasses row-level security"),
        (makes, "may make roles or databases"),
        (owns and not superuser, "owns tables of the site, or may act as who owns them"),
        (not (member and acts), f"does not act as {APPLICATION_ROLE}"),
    ):
        if wrong:
            yield Error(
                f"The database login of the site {what}.",
                hint="docs/running.md says which roles to make: one that owns the tables and migrates, one that the site uses.",
                id="goldthread.E004",
            )


def _asked(statement: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]
