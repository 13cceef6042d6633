"""`goldthread backup -o FILE`: everything in one file, as of one moment, while work goes on."""

from __future__ import annotations

import argparse
import importlib.metadata
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from goldthread.audit.actions import write as write_audit
from goldthread.audit.checkpoints import summary
from goldthread.audit.lines import Line, Verb
from goldthread.cli import archive, copying, site
from goldthread.cli.archive import Manifest
from goldthread.cli.terminal import Progress
from goldthread.duties.refusal import Refused
from goldthread.kernel.acting import acting_as, looking_as, system

BY = system("backup")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what can be asked."""
    parser.add_argument(
        "-o", "--output", type=Path, required=True, metavar="FILE", help="the file to write; not there yet"
    )


def run(args: argparse.Namespace) -> int:
    """Copy, and leave a line in the audit that it was done."""
    site.need_tables()
    file: Path = args.output
    if file.exists():
        raise Refused(f"{file} is there already; a backup overwrites nothing.")
    if not file.parent.is_dir():
        raise Refused(f"{file.parent} is no folder.")
    at = datetime.now(UTC)
    with tempfile.TemporaryDirectory(prefix=".goldthread-backup-", dir=file.parent) as folder:
        database = Path(folder) / copying.NAMES[connection.vendor]
        progress = Progress("copying")
        with looking_as(BY):
            # All of one moment: what is counted here is what the copy holds.
            counted, sums = counts(), summary()
            copying.out(database, progress)
        progress.clear()
        manifest = Manifest(
            version=importlib.metadata.version("goldthread"),
            made_at=at.isoformat(timespec="seconds"),
            engine=connection.vendor,
            database=database.name,
            sha256=archive.hash_of(database),
            bytes=database.stat().st_size,
            migrations=applied(),
            tables=counted,
            audit=sums._asdict(),
        )
        archive.write(file, manifest, database)
    with acting_as(BY):
        write_audit(BY, at, [Line(Verb.EXPORTED, thing=f"backup:{manifest.sha256[:16]}")])
    print(
        f"{file}: {sum(counted.values()):,} rows of {len(counted)} tables, {manifest.bytes:,} bytes, "
        f"the audit with {sums.entries:,} entries."
    )
    return 0


def counts() -> dict[str, int]:
    """This will count the rows of every table."""
    counted = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
            counted[table] = int(cursor.fetchone()[0])
    return counted


def applied() -> tuple[str, ...]:
    """This will name the migrations that the database has had."""
    return tuple(sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()))
