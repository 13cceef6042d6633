"""Django's `migrate`, which lays the nets afterwards; test databases are made through it too."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate

from goldthread.kernel.acting import schema_open
from goldthread.kernel.db.protection import protect


class Command(migrate.Command):
    """Makes and changes the tables, then lays triggers, policies and grants."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate with the schema open, and close it again whatever happens."""
        with schema_open() as connection:
            super().handle(*args, **options)
            if not options.get("check_unapplied") and not options.get("plan"):
                protect(connection)
