"""`goldthread load`: takes a census, case events or a whole authority into the site, or says what that would change."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from goldthread.cli import site
from goldthread.cli.terminal import Ink, Progress, safe
from goldthread.loading.report import OUTCOMES, Report
from goldthread.loading.sources import open_source
from goldthread.loading.taking import take_in

SHOWN = 5
KINDS = {
    "cin-census": "a CIN census",
    "events-jsonl": "case events",
    "events-csv": "case events",
    "people-folder": "an authority with its people",
    "invented": "an authority that does not exist",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what can be given."""
    parser.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="FILE",
        help="a CIN census (XML), case events (JSON Lines or CSV), or a folder as `goldthread generate --today` writes",
    )
    parser.add_argument("--preview", action="store_true", help="only say what would change; nothing is kept")
    parser.add_argument("--source", type=Path, metavar="FILE", help="what a CSV of events could hold, as JSON")
    parser.add_argument("--strict", action="store_true", help="exit status 1 if anything was left out")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="for people, or as data")


def run(args: argparse.Namespace) -> int:
    """Take in each file, one after the other; 1 with --strict where something was left out."""
    site.need_tables()
    sources = [open_source(path, args.source) for path in args.files]  # all can be opened before any is taken in
    reports: list[Report] = []
    for source in sources:
        progress = Progress("Previewing" if args.preview else "Loading")
        try:
            reports.append(take_in(source, at=datetime.now(UTC), preview=args.preview, progress=progress))
        finally:
            progress.clear()
        if args.format == "text":
            for line in lines(reports[-1], Ink(sys.stdout)):
                print(line, flush=True)
    if args.format == "json":
        print(json.dumps([one.as_record() for one in reports], ensure_ascii=False, indent=2))
    return 1 if args.strict and any(one.left_out for one in reports) else 0


def lines(report: Report, ink: Ink) -> Iterator[str]:
    """Say what became of one file: a line for each sort of thing, then what was left out and why."""
    load = report.load
    day = f", as of {load.speaks_of:%-d %B %Y}" if load.speaks_of else ""
    yield ink.bold(f"{safe(load.name)}: {KINDS.get(load.kind, load.kind)}{day}")
    if report.taken_before:
        yield "The same file was taken in before; what is there already is left as it is."
    if report.preview:
        yield "A preview: nothing was changed."
    things = report.things()
    shown = [one for one in OUTCOMES if any(report.counts[thing][one] for thing in things)]
    shown += sorted({one for thing in things for one in report.counts[thing]} - set(shown))
    wide = max((len(thing) for thing in things), default=0)
    if things:
        yield f"  {'':{wide}}" + "".join(f"  {one:>10}" for one in shown)
    for thing in things:
        numbers = (report.counts[thing][one] for one in shown)
        yield f"  {thing:{wide}}" + "".join(f"  {number:>10,}" if number else f"  {'·':>10}" for number in numbers)
    if not things:
        yield "  Nothing in it could be taken in."
    elif not any(report.counts[thing][one] for thing in things for one in shown if one != "same"):
        yield "  All of it was there already."
    yield from _left_out(report, ink)


def _left_out(report: Report, ink: Ink) -> Iterator[str]:
    notes = report.notes
    if not notes:
        return
    yield ""
    yield ink.bold(f"Left out, or odd: {notes.total:,}")
    for code, number in sorted(notes.by_code.items(), key=lambda one: (-one[1], one[0])):
        yield f"  {number:>7,}  {code.replace('-', ' ')}"
    yield ""
    told: Counter[str] = Counter()
    for note in notes.kept:
        told[note.code] += 1
        if told[note.code] <= SHOWN:
            yield f"  {safe(str(note))}"
    if notes.total > sum(min(number, SHOWN) for number in told.values()):
        yield f"  The first {SHOWN} of each sort; --format json has the first 200."
