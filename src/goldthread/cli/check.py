"""`goldthread check`: where every child in a file stands against the guidance."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from goldthread.cli import report
from goldthread.cli.answering import Answering, Explained, Question, day, moment
from goldthread.cli.terminal import Ink, Progress
from goldthread.duties.corrections import LONDON
from goldthread.duties.explaining import Step, explain, plural
from goldthread.duties.findings import Finding
from goldthread.duties.refusal import Refused
from goldthread.formats import findings_writing, receipts

FORMATS = ("text", "json", "jsonl", "csv")
EVERYONE = object()
FAILED = 1  # a check that was asked for failed


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what can be asked."""
    parser.add_argument(
        "files", nargs="*", metavar="FILE", help="a CIN census (XML), or case events (JSON Lines or CSV)"
    )
    parser.add_argument(
        "--as-of", metavar="DATE", help="the day asked about (default: the census's reference date, else today)"
    )
    parser.add_argument(
        "--known-at", metavar="DATETIME", help="leave out what was recorded later; a bare date means its end"
    )
    parser.add_argument(
        "--edition", default="wt2023", metavar="ID", help="the edition of the guidance (default: wt2023)"
    )
    parser.add_argument(
        "--overlay", action="append", default=[], metavar="FILE",
        help="a local overlay, or the name of an example that is carried; may be repeated",
    )  # fmt: skip
    parser.add_argument(
        "--explain", nargs="?", const=EVERYONE, metavar="CHILD", help="show the working, for one child or for everyone"
    )
    parser.add_argument(
        "--format", choices=FORMATS, default="text", help="text for people (default), or json, jsonl, csv"
    )
    parser.add_argument("--source", metavar="FILE", help="what a CSV of events can hold, as one line of JSON")
    parser.add_argument(
        "--receipt", metavar="FILE", help="also write a receipt, so that `goldthread replay` can compare"
    )
    parser.add_argument(
        "--strict", action="store_true", help="refuse a file that says anything wrongly (exit status 1)"
    )


def run(args: argparse.Namespace) -> int:
    """Answer, and print the answer in the format asked for."""
    explained_for = args.explain
    files = list(args.files)
    if isinstance(explained_for, str) and not files and Path(explained_for).exists():
        files, explained_for = [explained_for], EVERYONE  # `--explain FILE`: the file was taken for a child
    if not files:
        raise Refused("check: a file was expected: a CIN census (XML), or case events (JSON Lines or CSV)")
    question = Question(
        files=tuple(Path(one) for one in files),
        as_of=None if args.as_of is None else day(args.as_of, "--as-of"),
        known_at=None if args.known_at is None else moment(args.known_at, "--known-at"),
        edition=args.edition,
        overlays=tuple(args.overlay),
        strict=args.strict,
        source_file=None if args.source is None else Path(args.source),
    )
    today = datetime.now(LONDON).date()
    if question.strict:
        refused = _wrong(Answering(question, today, Progress("reading strictly")))
        if refused:
            print(f"goldthread: --strict: {refused}", file=sys.stderr)
            return FAILED
    progress = Progress("reading")
    answering = Answering(question, today=today, progress=progress)
    digest = receipts.Digest() if args.receipt else None
    explained: list[Explained] = []
    child = explained_for if isinstance(explained_for, str) else None
    subjects = answering.subjects(child, explained)
    if digest is not None:
        subjects = _digested(subjects, digest, answering)
    gc.freeze()
    gc.disable()  # findings are made and dropped in great numbers and never form cycles
    try:
        if args.format == "text":
            _text(answering, subjects, explained_for, explained, progress)
        else:
            _data(args.format, answering, subjects, explained_for, progress)
    finally:
        gc.enable()
        progress.clear()
    if child is not None and args.format == "text" and not explained:
        raise Refused(f"--explain: no child {child!r} is in {', '.join(files)}")
    if digest is not None:
        receipts.write(Path(args.receipt), answering.receipt(digest.as_dict()))
    return 0


def _wrong(answering: Answering) -> str:
    """Say what the files say wrongly: the first note, and how many there are; empty where there is none."""
    for _ in answering.subjects():
        pass
    notes = [note for notes in answering.all_notes() for note in notes.kept]
    total = sum(notes.total for notes in answering.all_notes())
    if not notes:
        return ""
    more = f" (and {plural(total - 1, 'more note')})" if total > 1 else ""
    return f"the file was refused: {notes[0]}{more}."


def _digested(
    subjects: Iterable[tuple[str, list[Finding]]], digest: receipts.Digest, answering: Answering
) -> Iterator[tuple[str, list[Finding]]]:
    for subject, findings in subjects:
        digest.add(subject, findings, answering.rules, answering.as_of)
        yield subject, findings


def _text(
    answering: Answering,
    subjects: Iterable[tuple[str, list[Finding]]],
    explained_for: Any,
    explained: list[Explained],
    progress: Progress,
) -> None:
    ink = Ink(sys.stdout)
    tally = report.Tally(answering)
    for subject, findings in subjects:
        tally.add(subject, findings)
        if explained_for is EVERYONE and findings:
            progress.clear()
            sys.stdout.write(report.working(Explained(subject, findings, []), answering, ink, dormant=False))
    progress.clear()
    if isinstance(explained_for, str):
        for one in explained:
            sys.stdout.write(report.working(one, answering, ink))
        return
    sys.stdout.write(report.write(tally, ink))


def _data(
    format_name: str,
    answering: Answering,
    subjects: Iterable[tuple[str, list[Finding]]],
    explained_for: Any,
    progress: Progress,
) -> None:
    def working(finding: Finding) -> list[Step]:
        return explain(finding, answering.rules, answering.calendar, answering.as_of, answering.source)

    seen = False

    def wanted() -> Iterator[Finding]:
        nonlocal seen
        for subject, findings in subjects:
            if isinstance(explained_for, str):
                if subject not in (explained_for, f"child:{explained_for}"):
                    continue
                seen = True
            yield from findings

    rows = findings_writing.rows(wanted(), answering.rules, answering.as_of, working if explained_for else None)
    if format_name == "json":
        findings_writing.write_json(sys.stdout, answering.header(), rows, answering.closing)
    elif format_name == "jsonl":
        findings_writing.write_jsonl(sys.stdout, answering.header(), rows, answering.closing)
    else:
        findings_writing.write_csv(sys.stdout, rows, explained=bool(explained_for))
    progress.clear()
    if isinstance(explained_for, str) and not seen:
        raise Refused(f"--explain: no child {explained_for!r} is in the file")
