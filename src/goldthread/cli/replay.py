"""`goldthread replay`: answer a receipt again and compare."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path
from typing import Any

from goldthread.cli.answering import Answering, Question, day
from goldthread.cli.terminal import Progress
from goldthread.duties.corrections import LONDON
from goldthread.duties.explaining import plural
from goldthread.duties.refusal import Refused
from goldthread.formats import receipts

SHOWN = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what can be given."""
    parser.add_argument("receipt", metavar="FILE", help="a receipt that `goldthread check --receipt FILE` wrote")


def run(args: argparse.Namespace) -> int:
    """Answer again; 0 where the answer is the same, 1 where it differs or cannot be the same."""
    path = Path(args.receipt)
    receipt = receipts.read(path)
    changed = []
    files = []
    for given in receipt["inputs"]:
        found = _found(Path(given["path"]), path)
        if receipts.file_sha256(found) != given["sha256"]:
            changed.append(f"the file {found} is not the one that was answered: its bytes have changed")
        files.append(found)
    source_file = None
    if receipt.get("source_file"):
        source_file = _found(Path(receipt["source_file"]["path"]), path)
        if receipts.file_sha256(source_file) != receipt["source_file"]["sha256"]:
            changed.append(f"the source declaration {source_file} has changed")
    progress = Progress("replaying")
    answering = Answering(
        Question(
            files=tuple(files),
            as_of=day(receipt["as_of"], "the receipt's as_of"),
            known_at=receipt.get("known_at_microseconds"),
            edition=receipt["rules"]["edition"],
            overlays=tuple(one["path"] for one in receipt["overlays"]),
            strict=bool(receipt.get("strict")),
            source_file=source_file,
        ),
        today=datetime.now(LONDON).date(),
        progress=progress,
    )
    if answering.rules.sha256 != receipt["rules"]["hash"]:
        changed.append(
            f"the rules have changed: {receipt['rules']['hash'][:12]} then, {answering.rules.sha256[:12]} now"
        )
    if answering.calendar.sha256 != receipt["calendar"]["hash"]:
        changed.append(
            f"the bank-holiday calendar has changed: {receipt['calendar']['release']} then, {answering.calendar.release} now"
        )
    digest = receipts.Digest()
    for subject, findings in answering.subjects():
        digest.add(subject, findings, answering.rules, answering.as_of)
    progress.clear()
    return _compare(receipt, digest.as_dict(), changed)


def _found(given: Path, receipt: Path) -> Path:
    """Find a file where the receipt says it was, or else beside the receipt."""
    for place in (given, receipt.parent / given.name):
        if place.is_file():
            return place
    raise Refused(f"{given}: the receipt rests on this file, and it is neither there nor beside the receipt")


def _compare(receipt: dict[str, Any], now: dict[str, Any], changed: list[str]) -> int:
    then = receipt["findings"]
    for one in changed:
        print(f"Changed: {one}.")
    if then["sha256"] == now["sha256"] and then["count"] == now["count"]:
        print(f"The same answer: {plural(now['count'], 'finding')} as of {receipt['as_of']}, {now['sha256'][:16]}.")
        return 1 if changed else 0
    differing = sorted(
        subject
        for subject in {*then["subjects"], *now["subjects"]}
        if then["subjects"].get(subject) != now["subjects"].get(subject)
    )
    print(f"A different answer: {plural(then['count'], 'finding')} then, {now['count']:,} now.")
    print(f"It differs for {len(differing):,}: {', '.join(differing[:SHOWN])}{' …' if len(differing) > SHOWN else ''}.")
    before = {tuple(one[:3]): one[3] for one in then["states"]}
    after = {tuple(one[:3]): one[3] for one in now["states"]}
    for key in sorted({*before, *after}):
        if before.get(key) != after.get(key):
            print(f"  {' '.join(key)}: {before.get(key, 0):,} then, {after.get(key, 0):,} now")
    return 1
