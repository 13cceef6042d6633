"""`goldthread restore FILE`: brings a backup back into an empty place, and verifies it before anyone may use it."""

from __future__ import annotations

import argparse
import io
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from goldthread.audit import signing
from goldthread.audit.actions import write as write_audit
from goldthread.audit.checkpoints import summary
from goldthread.audit.lines import Line, Verb
from goldthread.audit.sharing import processors
from goldthread.audit.verifying import verify
from goldthread.cli import archive, copying
from goldthread.cli.archive import Manifest
from goldthread.cli.backup import counts
from goldthread.cli.terminal import Progress
from goldthread.cli.verify import sentences
from goldthread.duties.refusal import Refused
from goldthread.kernel.acting import acting_as, looking_as, schema_open, system

BY = system("restore")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what can be asked."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a file that `goldthread backup` wrote")


def run(args: argparse.Namespace) -> int:
    """Restore, verify, and say whether all of it is there."""
    if not copying.is_empty():
        raise Refused("there is a database already, and a backup is brought back into an empty place only.")
    place = Path(settings.DATA)
    place.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".goldthread-restore-", dir=place) as folder:
        database = Path(folder) / "database"
        manifest = archive.read(args.file, database)
        _suits(manifest)
        copying.back(database)
    # The nets and rights of this place are laid anew, and what was added to the tables since is added.
    differs = _compare(manifest)
    call_command("migrate", interactive=False, verbosity=0, stdout=io.StringIO())
    witnesses = signing.witnesses()
    known = settings.CHECKPOINT_KEY is not None and signing.public_file(settings.CHECKPOINT_KEY).exists()
    progress = Progress("verifying")
    report = verify((), witnesses if known else None, progress=progress, processes=processors())
    progress.clear()
    for sentence in (*differs, *sentences(report)):
        print(sentence)
    if not known and report.checkpoints:
        print("The signatures of the checkpoints were not verified: the public key is not here.")
    if differs or not report.holds:
        return 1
    with acting_as(BY):
        write_audit(BY, datetime.now(UTC), [Line(Verb.ADMINISTERED, thing=f"restore:{manifest.sha256[:16]}")])
    print(
        f"Restored as of {manifest.made_at}: {sum(manifest.tables.values()):,} rows of {len(manifest.tables)} tables."
    )
    return 0


def _suits(manifest: Manifest) -> None:
    if manifest.engine != connection.vendor:
        raise Refused(f"the backup is of {manifest.engine}, and this place is {connection.vendor}.")
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if unknown := sorted(set(manifest.migrations) - known):
        raise Refused(f"the backup was made by another version of Goldthread ({manifest.version}: {unknown[0]}).")


def _compare(manifest: Manifest) -> list[str]:
    with schema_open(), looking_as(BY):  # as the owner: the site's own role gets its rights only from `migrate`
        counted, sums = counts(), summary()
    wrong = [
        f"Table {table} had {rows:,} rows and has {counted.get(table, 0):,}."
        for table, rows in manifest.tables.items()
        if counted.get(table) != rows
    ]
    if sums._asdict() != manifest.audit:
        wrong.append("The audit is not the one that was copied.")
    return wrong
