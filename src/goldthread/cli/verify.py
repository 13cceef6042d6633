"""`goldthread verify`: whether the audit is as it was written, and what the record says agrees with itself."""

from __future__ import annotations

import argparse
from pathlib import Path

from django.conf import settings

from goldthread.audit import checkpoints, signing
from goldthread.audit.checkpoints import Point, Unreadable
from goldthread.audit.faults import Fault, Report
from goldthread.audit.sharing import processors
from goldthread.audit.verifying import BY, verify
from goldthread.chronology import verifying as chronology_verifying
from goldthread.cli import site
from goldthread.cli.terminal import Progress
from goldthread.clocks import verifying as clocks_verifying
from goldthread.duties.refusal import Refused
from goldthread.kernel.acting import looking_as
from goldthread.records.models import Record

SHOWN = 50


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what can be asked."""
    parser.add_argument(
        "--checkpoints",
        type=Path,
        metavar="FILE",
        help="checkpoints that were kept elsewhere: a file, or a folder of them (default: where this site keeps them)",
    )
    parser.add_argument("--make-key", action="store_true", help="make the key that signs checkpoints, and stop")


def run(args: argparse.Namespace) -> int:
    """Verify, and say what does not hold."""
    if args.make_key:
        return _make_key()
    site.need_tables()
    progress = Progress("verifying")
    report = verify(_kept(args.checkpoints), signing.witnesses(), progress=progress, processes=processors())
    progress.clear()
    for sentence in sentences(report):
        print(sentence)
    folded = _folded()
    for sentence in folded:
        print(sentence)
    return 0 if report.holds and not folded else 1


def _folded() -> list[str]:
    """Say where summaries, and lists of what is due, are not what the facts of a record lead to; nothing where all are."""
    found: list[tuple[int, str]] = []
    more = 0
    for what, faults in (("facts", chronology_verifying.faults), ("lists", clocks_verifying.faults)):
        progress = Progress(f"verifying {what}")
        for fault in faults(progress):
            if len(found) < SHOWN:
                found.append(fault)
            else:
                more += 1
        progress.clear()
    named = _references({record for record, _ in found})
    return [
        *(f"Record {named.get(record, f'number {record}')}: {says}." for record, says in found),
        *([f"… and {more:,} more."] if more else []),
    ]


def sentences(report: Report) -> list[str]:
    """Say what was verified and what does not hold, with the references of the records."""
    said = (
        f"{report.entries:,} entries in {report.chains:,} chains, {report.contents:,} contents "
        f"({report.destroyed:,} destroyed by two people), {report.checkpoints:,} checkpoints"
    )
    if report.holds:
        return [f"Everything holds: {said}; {report.unsealed:,} entries since the latest checkpoint."]
    shown = report.faults[:SHOWN]
    named = _references({fault.record for fault in shown if fault.record})
    left = len(report.faults) - len(shown) + report.more
    return [
        *(_sentence(fault, named) for fault in shown),
        *([f"… and {left:,} more."] if left else []),
        f"Something does not hold: {len(report.faults) + report.more:,} faults. Verified: {said}.",
    ]


def _references(records: set[int]) -> dict[int, str]:
    with looking_as(BY):
        return dict(Record.objects.filter(pk__in=records).values_list("pk", "code"))


def _sentence(fault: Fault, named: dict[int, str]) -> str:
    if fault.record is None:
        return fault.says
    whose = f"record {named.get(fault.record, f'number {fault.record}')}" if fault.record else "the installation"
    return f"Audit of {whose}, entry {fault.seq}: {fault.says}."


def _kept(place: Path | None) -> list[Point]:
    if place is None:
        place = settings.CHECKPOINTS
        if place is None or not place.exists():
            return []  # nothing was kept yet
    try:
        return list(checkpoints.read(place))
    except Unreadable as error:
        raise Refused(str(error)) from error


def _make_key() -> int:
    if settings.CHECKPOINT_KEY is None:
        raise Refused("say in GOLDTHREAD_CHECKPOINT_KEY which file the key is to be in.")
    if settings.CHECKPOINT_KEY.exists():
        raise Refused(f"{settings.CHECKPOINT_KEY} is there already; move it away first, and keep its .pub file.")
    signing.make_key(settings.CHECKPOINT_KEY)
    print(f"{settings.CHECKPOINT_KEY} signs checkpoints; {signing.public_file(settings.CHECKPOINT_KEY)} verifies them.")
    return 0
