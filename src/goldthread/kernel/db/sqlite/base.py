"""SQLite with nets: an authorizer that refuses protected tables while no actor is bound, and any change of kept rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.backends.sqlite3 import base

from goldthread.kernel.db.net import marked, tables

_SCHEMA = frozenset(
    getattr(sqlite3, name)
    for name in dir(sqlite3)
    if name.startswith(("SQLITE_CREATE_", "SQLITE_DROP_")) or name in ("SQLITE_ALTER_TABLE", "SQLITE_ATTACH")
)
_ASKING_PRAGMAS = frozenset(
    {
        "table_info", "table_xinfo", "table_list", "index_info", "index_xinfo", "index_list", "foreign_key_list",
        "foreign_key_check", "integrity_check", "quick_check", "wal_checkpoint", "data_version",
    }
)  # fmt: skip
"""Those whose value says what is asked. Every other one with a value changes a setting, and the settings are the net."""
_CATALOGUE = frozenset({"sqlite_master", "sqlite_schema"})


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose authorizer cannot be forgotten, since it comes with the connection."""

    # Packages' tables hold JSON; SQLite 3.40 refuses json_valid() in a CHECK while the schema is not trusted.
    data_type_check_constraints = {  # noqa: RUF012  # Django's own attribute of the class
        kind: check for kind, check in base.DatabaseWrapper.data_type_check_constraints.items() if kind != "JSONField"
    }

    transaction_mode: str | None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor_bound = False
        self.schema_open = False
        self.destruction_open = False

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Open a connection and arm it."""
        opened = super().get_new_connection(conn_params)
        self._arm(opened)
        return opened

    def bind(self, actor: str) -> None:
        """Let protected tables be used; SQLite has one writer and needs no name."""
        self._set(actor_bound=True)

    def unbind(self) -> None:
        """Shut them again."""
        self._set(actor_bound=False)

    @contextmanager
    def looking(self, moment: str = "") -> Iterator[None]:
        """Read without taking the place of the one writer. Another connection sees its own, perhaps later moment."""
        self.ensure_connection()  # which is what reads the mode from the settings
        mode, self.transaction_mode = self.transaction_mode, None
        try:
            with transaction.atomic():
                self.transaction_mode = mode
                yield
        finally:
            self.transaction_mode = mode

    def moment(self) -> str:
        """There is no name for it here."""
        return ""

    @contextmanager
    def schema_lifted(self) -> Iterator[None]:
        """Let tables be made and changed."""
        with self._lifted("schema_open"):
            yield

    @contextmanager
    def destruction_lifted(self) -> Iterator[None]:
        """Let rows of destroyable tables be removed."""
        with self._lifted("destruction_open"):
            yield

    @contextmanager
    def _lifted(self, name: str) -> Iterator[None]:
        before = getattr(self, name)
        self._set(**{name: True})
        try:
            yield
        finally:
            self._set(**{name: before})

    def _set(self, **flags: bool) -> None:
        for name, value in flags.items():
            setattr(self, name, value)
        if self.connection is not None:
            self._arm(self.connection)

    def _arm(self, opened: Any) -> None:
        # Statements that were prepared before are prepared again after this, and so are judged again.
        opened.set_authorizer(self._judge)

    def _judge(self, action: int, first: str | None, second: str | None, *_: Any) -> int:
        if self.schema_open:
            return sqlite3.SQLITE_OK
        allowed = True
        if action in (sqlite3.SQLITE_READ, sqlite3.SQLITE_INSERT):
            allowed = self.actor_bound or first not in tables().protected
            if action == sqlite3.SQLITE_INSERT and first in _CATALOGUE:
                allowed = False
        elif action == sqlite3.SQLITE_UPDATE:
            nets = tables()
            # Of the catalogue too: virtual tables (json_each, full text) seem to update it when they are first used. SQLite
            # itself lets nobody really do so unless `writable_schema` is on, which is refused below.
            allowed = first not in nets.kept and (self.actor_bound or first not in nets.protected)
            marks = marked().get(first or "")
            allowed = allowed and (marks is None or second in marks)
        elif action == sqlite3.SQLITE_DELETE:
            nets = tables()
            allowed = first not in nets.kept or (self.destruction_open and first in nets.destroyable)
            allowed = allowed and first not in marked()
            allowed = allowed and first not in _CATALOGUE and (self.actor_bound or first not in nets.protected)
        elif action in _SCHEMA:
            allowed = False
        elif action == sqlite3.SQLITE_PRAGMA:
            allowed = second is None or (first or "").lower() in _ASKING_PRAGMAS
        return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY
