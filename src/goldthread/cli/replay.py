"""`goldthread replay`: answer a receipt again and compare."""

from __future__ import annotations

import argparse
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

from goldthread.cli.answering import Answering, Question, day
from goldthread.cli.terminal import Progress, safe
from goldthread.duties import calendar, rules
from goldthread.duties.corrections import LONDON
from goldthread.duties.explaining import plural
from goldthread.duties.refusal import Refused
from goldthread.formats import receipts

SHOWN = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what can be given."""
    parser.add_argument("receipt", metavar="FILE", help="a receipt that `goldthread check --receipt FILE` wrote")


def run(args: argparse.Namespace) -> int:
    """Answer again; 0 where the answer is the same, 1 where it differs or rests on something that has changed."""
    path = Path(args.receipt)
    receipt = receipts.read(path)
    changed = []
    if receipts.seal(receipt) != receipt["seal"]:
        changed.append("the receipt itself: it does not say what it said when it was written")
    files = []
    for given in receipt["inputs"]:
        found = _found(given, path)
        if receipts.file_sha256(found) != given["sha256"]:
            changed.append(f"the file {found}: its bytes are not those that were answered")
        files.append(found)
    source_file = None
    if receipt["source_file"] is not None:
        source_file = _found(receipt["source_file"], path)
        if receipts.file_sha256(source_file) != receipt["source_file"]["sha256"]:
            changed.append(f"the declaration {source_file}: its bytes are not those that were read")
    overlays = tuple(_overlay(one, path) for one in receipt["overlays"])
    release = receipt["calendar"]["release"]
    progress = Progress("replaying")
    answering = Answering(
        Question(
            files=tuple(files),
            as_of=day(receipt["as_of"], f"{path}: as_of"),
            known_at=receipt["known_at_microseconds"],
            edition=receipt["rules"]["edition"],
            overlays=overlays,
            strict=receipt["strict"],
            source_file=source_file,
            calendar=release if release in calendar.releases() else None,
        ),
        today=datetime.now(LONDON).date(),
        progress=progress,
    )
    local = [
        f"the overlay {one.path}: its bytes are not those that were read"
        for one, given in zip(answering.rules.overlays, receipt["overlays"], strict=True)
        if one.sha256 != given["sha256"]
    ]
    changed += local
    if answering.rules.sha256 != receipt["rules"]["hash"] and not local:
        changed.append(
            f"the rules {answering.rules.edition}: {receipt['rules']['hash'][:12]} then, {answering.rules.sha256[:12]} now"
        )
    if answering.calendar.sha256 != receipt["calendar"]["hash"]:
        changed.append(f"the bank holidays: {release} then, {answering.calendar.release} now, which says otherwise")
    digest = receipts.Digest()
    for subject, findings in answering.subjects():
        digest.add(subject, findings, answering.rules, answering.as_of)
    progress.clear()
    return _compare(receipt, digest.as_dict(), changed)


def _found(given: dict[str, str], receipt: Path) -> Path:
    """Find a file where the receipt says it was, or else beside the receipt; the one with the right bytes where two are there."""
    said = Path(given["path"])
    places = [place for place in (said, receipt.parent / said, receipt.parent / said.name) if place.is_file()]
    if not places:
        raise Refused(f"{said}: the receipt rests on this file, and it is neither there nor beside the receipt")
    return next((place for place in places if receipts.file_sha256(place) == given["sha256"]), places[0])


def _overlay(given: dict[str, str], receipt: Path) -> str:
    """Give the path of an overlay's file, or the name of one that is carried."""
    carried = rules.OVERLAYS / f"{given['path']}.yaml"
    if carried.is_file() and not Path(given["path"]).is_file():
        return given["path"]
    return str(_found(given, receipt))


def _compare(receipt: dict[str, Any], now: dict[str, Any], changed: list[str]) -> int:
    then = receipt["findings"]
    for one in changed:
        print(safe(f"Changed: {one}."))
    if then["sha256"] == now["sha256"] and then["count"] == now["count"]:
        print(f"The same answer: {plural(now['count'], 'finding')} as of {receipt['as_of']}, {now['sha256'][:16]}.")
        return 1 if changed else 0
    differing = sorted(
        subject
        for subject in {*then["subjects"], *now["subjects"]}
        if then["subjects"].get(subject) != now["subjects"].get(subject)
    )
    print(f"A different answer: {plural(then['count'], 'finding')} then, {now['count']:,} now.")
    more = f" and {len(differing) - SHOWN:,} more" if len(differing) > SHOWN else ""
    print(safe(f"It differs for {len(differing):,}: {', '.join(differing[:SHOWN])}{more}."))
    before, after = _by_state(then["states"]), _by_state(now["states"])
    for layer, duty, state in sorted({*before, *after}):
        was, is_now = before[layer, duty, state], after[layer, duty, state]
        if was != is_now:
            local = "" if layer == rules.NATIONAL else f" [{layer}]"
            print(safe(f"  {duty}{local}, {state}: {was:,} then, {is_now:,} now"))
    return 1


def _by_state(rows: list[Any]) -> Counter[tuple[str, str, str]]:
    """Count by layer, duty and state, leaving out what a damaged receipt may hold instead."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for row in rows:
        if isinstance(row, list) and len(row) == 4 and isinstance(row[3], int):
            counts[str(row[0]), str(row[1]), str(row[2])] += row[3]
    return counts
