"""PostgreSQL with nets: the application's role owns nothing, and the actor is told to the row-level policies."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.backends.base.base import NO_DB_ALIAS
from django.db.backends.postgresql import base

APPLICATION_ROLE = "goldthread_app"
"""What the site acts as: it may add and read, change what may change, and own nothing."""

TELL = "SELECT set_config('goldthread.actor', %s, true)"


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that gives up the rights of whoever signed in, unless tables are being made."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.as_owner = False

    def init_connection_state(self) -> None:
        """Take the application's role as soon as the connection is there."""
        super().init_connection_state()
        if not self.as_owner and self.alias != NO_DB_ALIAS:  # databases are made as whoever signed in
            self._take_role()

    def bind(self, actor: str) -> None:
        """Tell the policies who acts, until the transaction ends."""
        with self.cursor() as cursor:
            cursor.execute(TELL, [actor])

    def unbind(self) -> None:
        """Take it back, where the transaction goes on (a broken one forgets by itself)."""
        if not self.needs_rollback and self.connection is not None and not self.connection.broken:
            transaction = self.connection.info.transaction_status
            if transaction != transaction.INERROR:
                self.bind("")

    @contextmanager
    def looking(self, moment: str = "") -> Iterator[None]:
        """Read as of one moment; within a transaction that is already open, as that one reads."""
        outermost = not self.in_atomic_block
        with transaction.atomic():
            if outermost:
                with self.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                    if moment:
                        cursor.execute("SET TRANSACTION SNAPSHOT %s", [moment])
            yield

    def moment(self) -> str:
        """Export the snapshot."""
        with self.cursor() as cursor:
            cursor.execute("SELECT pg_export_snapshot()")
            return str(cursor.fetchone()[0])

    @contextmanager
    def schema_lifted(self) -> Iterator[None]:
        """Act as whoever signed in, who owns the tables."""
        before, self.as_owner = self.as_owner, True
        if self.connection is not None:
            with self.cursor() as cursor:
                cursor.execute("RESET ROLE")
        try:
            yield
        finally:
            self.as_owner = before
            if not before and self.connection is not None:
                self._take_role()

    @contextmanager
    def destruction_lifted(self) -> Iterator[None]:
        """Tell the trigger of destroyable tables that two people have decided."""
        with self.cursor() as cursor:
            cursor.execute("SELECT set_config('goldthread.destruction', 'open', true)")
        try:
            yield
        finally:
            if not self.needs_rollback:
                with self.cursor() as cursor:
                    cursor.execute("SELECT set_config('goldthread.destruction', '', true)")

    def _take_role(self) -> None:
        with self.cursor() as cursor:
            cursor.execute(
                "SELECT pg_has_role(session_user, oid, 'member') FROM pg_roles WHERE rolname = %s", [APPLICATION_ROLE]
            )
            found = cursor.fetchone()
            if found and found[0]:
                cursor.execute(f"SET ROLE {APPLICATION_ROLE}")
