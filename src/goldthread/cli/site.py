"""What every verb of the site needs first: Django with the site's settings, and the database as it should be."""

from __future__ import annotations

import os

import django
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from goldthread.duties.refusal import Refused

SETTINGS = "goldthread.config.settings"


def begin() -> None:
    """This will start Django with the site's settings, or refuse with the sentence that says which setting is wrong."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise Refused(str(error)) from error


def need_tables() -> None:
    """This will refuse with a sentence if tables are missing or of an older version."""
    if waiting := unmigrated():
        raise Refused(f"the database is not up to date ({waiting} steps are waiting): run `goldthread migrate` first.")


def unmigrated() -> int:
    """This will give the number of migrations that the database has not had."""
    try:
        executor = MigrationExecutor(connection)
        return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError as error:
        raise Refused(f"the database does not answer: {' '.join(str(error).split())}") from error
