"""What `goldthread demo` does once it is settled where: makes the database, fills it, says who one can be, and serves."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connections

from goldthread.accounts import demo
from goldthread.accounts.demo import Part
from goldthread.agencies.models import Practitioner
from goldthread.cli import serve, site
from goldthread.cli.demo import set_mark
from goldthread.cli.terminal import Progress
from goldthread.invented import standing
from goldthread.loading.authority import Invented
from goldthread.loading.taking import BY, take_in

FAMILIES = {"demo": 570, "county": 34_000}
"""About how many there are, for the bar."""


def add_arguments(_: argparse.ArgumentParser) -> None:
    """Nothing: `demo` has them."""


def run(args: argparse.Namespace) -> int:
    """Show it."""
    size = "county" if args.county else "demo"
    if args.again or not _fit(args.held, size, args.on):
        _make(args.folder, size, args.on)
    elif args.held["on"] != args.on.isoformat():
        print(f"This was made on {args.held['on']}; --again makes it anew as of today.")
    _say(args.port)
    if args.only_make:
        return 0
    serving = argparse.ArgumentParser()
    serve.add_arguments(serving)
    return serve.run(serving.parse_args(["--port", str(args.port)]))


def _fit(held: Mapping[str, Any], size: str, on: date) -> bool:
    """Say whether what is there can be shown: whole, of today (a county takes too long for that), and of this version."""
    return held.get("size") == size and (size == "county" or held["on"] == on.isoformat()) and not site.unmigrated()


def _make(folder: Path, size: str, on: date) -> None:
    set_mark(folder, {})
    connections.close_all()
    for name in ("goldthread.sqlite3", "goldthread.sqlite3-wal", "goldthread.sqlite3-shm"):
        (folder / name).unlink(missing_ok=True)
    print("Inventing an authority, and taking it in …", flush=True)
    call_command("migrate", interactive=False, verbosity=0)
    told = standing.county(on) if size == "county" else standing.demo(on)
    progress = Progress("Taking in")
    try:
        report = take_in(Invented(told, FAMILIES[size]), at=datetime.now(UTC), progress=progress)
    finally:
        progress.clear()
    demo.cast(by=BY, at=datetime.now(UTC), parts=_parts(told, report.practitioners))
    set_mark(folder, {"size": size, "on": on.isoformat()})
    children, facts = report.counts["children"]["new"], report.counts["facts"]["new"]
    print(
        f"{told.name}, as it stands on {on:%-d %B %Y}: {children:,} children, {facts:,} facts. Nothing in it is real."
    )


def _parts(told: standing.Standing, practitioners: dict[str, int]) -> list[Part]:
    """Give the cast as the practitioners that they became."""
    found = Practitioner.objects.in_bulk(practitioners[one.practitioner] for one in told.agencies.cast)
    return [Part(one.key, found[practitioners[one.practitioner]], one.says) for one in told.agencies.cast]


def _say(port: int) -> None:
    """Say where it is, and who one can be there."""
    print(f"\nThe site is at http://localhost:{port}/ . There, one click makes you one of these:\n")
    for one in demo.people(datetime.now(UTC)):
        print(f"  {one.name}, {one.title}")
        print(f"      {one.says}")
    print()
