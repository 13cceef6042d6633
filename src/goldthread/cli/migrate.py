"""`goldthread migrate`: makes the tables of the site, or brings them up to date, and lays the nets."""

from __future__ import annotations

import argparse
import io
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError

from goldthread.cli import site
from goldthread.duties.refusal import Refused


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what can be asked."""
    parser.add_argument(
        "--check", action="store_true", help="only say whether anything is waiting (exit status 1 if so)"
    )


def run(args: argparse.Namespace) -> int:
    """Migrate, and say what was done."""
    Path(settings.DATA).mkdir(parents=True, exist_ok=True)
    waiting = site.unmigrated()
    if args.check:
        print(f"{waiting} steps are waiting." if waiting else "The database is up to date.")
        return 1 if waiting else 0
    try:
        call_command("migrate", interactive=False, verbosity=0, stdout=io.StringIO())
    except DatabaseError as error:
        raise Refused(f"the database could not be brought up to date: {' '.join(str(error).split())}") from error
    print(
        f"{waiting} steps taken; the nets are laid." if waiting else "The database was up to date; the nets are laid."
    )
    return 0
