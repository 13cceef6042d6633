"""A database copied into a file and back: SQLite by its online backup, PostgreSQL by pg_dump and pg_restore."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from django.db import connection

from goldthread.duties.refusal import Refused
from goldthread.kernel.db.postgresql.base import APPLICATION_ROLE

NAMES = {"sqlite": "goldthread.sqlite3", "postgresql": "goldthread.dump"}
PAGES = 4096
INSTALLED = Path("/usr/lib/postgresql")


def out(into: Path, progress: Callable[[int, int], None]) -> None:
    """This will copy the database as it is in the transaction that is open, while others go on writing."""
    if connection.vendor == "sqlite":
        _sqlite_out(into, progress)
    else:
        _postgresql_out(into)


def back(source: Path) -> None:
    """This will bring a copy back into the place that the settings name, which has to be empty."""
    if connection.vendor == "sqlite":
        place = Path(str(connection.settings_dict["NAME"]))
        place.parent.mkdir(parents=True, exist_ok=True)
        part = place.with_name(f"{place.name}.part")
        shutil.move(source, part)
        part.replace(place)
    else:
        _run(
            "pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction",
            f"--dbname={connection.settings_dict['NAME']}", str(source), actor="restore",
        )  # fmt: skip


def is_empty() -> bool:
    """This will say whether nothing is there yet."""
    if connection.vendor == "sqlite":
        return not Path(str(connection.settings_dict["NAME"])).exists()
    return not connection.introspection.table_names()


def _sqlite_out(into: Path, progress: Callable[[int, int], None]) -> None:
    # In the transaction that is open the pages stand still, so the copy is never begun anew however much is written.
    connection.ensure_connection()
    copy = sqlite3.connect(into)
    try:
        connection.connection.backup(copy, pages=PAGES, progress=lambda _, left, total: progress(total - left, total))
        copy.execute("PRAGMA journal_mode = DELETE")
        if copy.execute("PRAGMA quick_check").fetchall() != [("ok",)]:
            raise Refused("the copy is damaged; is the disk? Nothing was written.")
    finally:
        copy.close()


def _postgresql_out(into: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_export_snapshot(), current_user")
        snapshot, user = cursor.fetchone()
    role = [f"--role={APPLICATION_ROLE}"] if user == APPLICATION_ROLE else []
    _run(
        "pg_dump", "--format=custom", "--enable-row-security", f"--snapshot={snapshot}", f"--file={into}", *role,
        str(connection.settings_dict["NAME"]), actor="backup",
    )  # fmt: skip


def _run(program: str, *words: str, actor: str) -> None:
    """Run a program of PostgreSQL against the database of the settings, with an actor bound for its policies."""
    done = subprocess.run(
        [_found(program), *words], env=_environment(actor), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Refused(f"{program} failed: {' '.join(done.stderr.split())[:500]}")


def _environment(actor: str) -> dict[str, str]:
    said: dict[str, Any] = connection.settings_dict
    options = said.get("OPTIONS", {})
    named = {
        "PGHOST": said.get("HOST"),
        "PGPORT": said.get("PORT"),
        "PGUSER": said.get("USER"),
        "PGPASSWORD": said.get("PASSWORD"),
        "PGSSLMODE": options.get("sslmode"),
        "PGSSLROOTCERT": options.get("sslrootcert"),
        "PGOPTIONS": f"-c goldthread.actor=system:{actor}",
    }
    return {**os.environ, **{name: str(value) for name, value in named.items() if value}}


def _found(program: str) -> str:
    """Find the newest of the machine, since an older one cannot read a newer server."""
    found: Sequence[Path] = sorted(INSTALLED.glob(f"*/bin/{program}"), key=lambda path: int(path.parts[4]))
    on_path = str(found[-1]) if found else shutil.which(program)
    if not on_path:
        raise Refused(f"{program} is not on this machine: on Debian or Ubuntu, apt-get install postgresql-client.")
    return on_path
