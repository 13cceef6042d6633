"""`goldthread check`: where every child in a file stands against the guidance."""

from __future__ import annotations

import argparse
import contextlib
import difflib
import gc
import re
import sys
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from goldthread.cli import report, working
from goldthread.cli.answering import Answering, Explained, Found, Question, day, moment
from goldthread.cli.blocks import Telling
from goldthread.cli.tally import Tally
from goldthread.cli.terminal import Ink, Progress, safe
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
        "--explain", nargs="?", const=EVERYONE, metavar="CHILD",
        help="show the working, for one child (or incident:I1 and the like) or for everyone",
    )  # fmt: skip
    parser.add_argument(
        "--why-not", metavar="CODE", help="with --explain CHILD: only why this duty is not owed, or where it stands"
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
    parser.add_argument(
        "--processes", metavar="N",
        help="how many processes answer a large census at once (default: one for each processor, 8 at most)",
    )  # fmt: skip


def run(args: argparse.Namespace) -> int:
    """Answer, and print the answer in the format asked for."""
    explained_for = args.explain
    files = list(args.files)
    if isinstance(explained_for, str) and not files and Path(explained_for).exists():
        files, explained_for = [explained_for], EVERYONE  # `--explain FILE`: the file was taken for a child
    if not files:
        raise Refused("check: a file was expected: a CIN census (XML), or case events (JSON Lines or CSV)")
    child = explained_for if isinstance(explained_for, str) else None
    if args.why_not is not None and child is None:
        raise Refused("--why-not: a child was expected too, as --explain CHILD")
    question = Question(
        files=tuple(Path(one) for one in files),
        as_of=None if args.as_of is None else day(args.as_of, "--as-of"),
        known_at=None if args.known_at is None else moment(args.known_at, "--known-at"),
        edition=args.edition,
        overlays=tuple(args.overlay),
        strict=args.strict,
        source_file=None if args.source is None else Path(args.source),
    )
    processes = None if args.processes is None else _number(args.processes)
    receipt = None if args.receipt is None else Path(args.receipt)
    if receipt is not None:
        receipts.may_write(receipt)  # before anything is printed
    today = datetime.now(LONDON).date()
    if question.strict:
        progress = Progress("reading strictly")
        wrong = _wrong(Answering(question, today, progress))
        progress.clear()
        if wrong:
            print(f"goldthread: --strict: {safe(wrong)}", file=sys.stderr)
            return FAILED
    progress = Progress("reading", shows=args.format == "text" or not sys.stdout.isatty())
    answering = Answering(question, today=today, progress=progress)
    if args.why_not is not None:
        _known_code(args.why_not, answering)
    digest = None if receipt is None else receipts.Digest()
    gc.freeze()
    gc.disable()  # findings are made and dropped in great numbers and never form cycles
    try:
        if child is None:
            _all(args.format, answering, digest, processes, progress, explained=explained_for is EVERYONE)
        else:
            explained: list[Explained] = []
            for subject, findings in answering.subjects(child, explained):
                if digest is not None:
                    digest.add(subject, findings, answering.rules, answering.as_of)
            progress.clear()
            if not explained:
                raise Refused(_nobody(child, files))
            _one(args.format, answering, explained[0], args.why_not)
    finally:
        gc.enable()
        progress.clear()
    if receipt is not None and digest is not None:
        receipts.write(receipt, answering.receipt(digest.as_dict()))
    return 0


def _number(text: str) -> int:
    """Read how many processes may answer."""
    if not re.fullmatch(r"[1-9]\d?", text, re.ASCII):
        raise Refused(f"--processes: a whole number from 1 to 99 was expected; found {text!r}")
    return int(text)


def _wrong(answering: Answering) -> str:
    """Say what the files say wrongly: the first note, and how many there are; empty where there is none."""
    for _ in answering.subjects():
        pass
    total = sum(notes.total for notes in answering.all_notes())
    if not total:
        return ""
    paths = [reading.path for reading in answering.readings]
    path = next((one.path for one in answering.readings if one.notes.total), paths[0])
    first = next(note for notes in answering.all_notes() for note in notes.kept)
    where = ", ".join(map(str, paths)) if first in answering.engine_notes.kept else str(path)
    more = f" (and {plural(total - 1, 'more note')})" if total > 1 else ""
    return f"{where}: refused: {first}{more}."


def _known_code(code: str, answering: Answering) -> None:
    codes = {duty.code for duty in answering.rules.duties} | {gate.code for gate in answering.rules.gates}
    if code not in codes:
        near = difflib.get_close_matches(code, codes, n=1)
        meant = f"did you mean {near[0]}?" if near else "`goldthread duties` lists them"
        raise Refused(f"--why-not: no duty has the code {code!r}; {meant}")


def _nobody(child: str, files: list[str]) -> str:
    if Path(child).exists():
        return f"--explain: {child!r} was taken for a child and is not in {', '.join(files)}; put --explain after the files"
    return (
        f"--explain: nobody called {child!r} is in {', '.join(files)}; a child is named by the id in the file, "
        "others with what they are, like incident:I1"
    )


def _all(
    format_name: str,
    answering: Answering,
    digest: receipts.Digest | None,
    processes: int | None,
    progress: Progress,
    *,
    explained: bool,
) -> None:
    """Show where everyone stands."""
    ink = Ink(sys.stdout)
    tally = Tally(answering) if format_name == "text" else None

    def encode(found: Found) -> str:
        if tally is None:
            return _encoded(format_name, answering, (one for _, findings in found for one in findings), explained)
        if not explained:
            return ""
        return "".join([working.working(Explained(*one, []), answering, ink) for one in found if one[1]])

    telling = Telling(answering, encode, tally, digest)
    with contextlib.closing(telling.texts(telling.processes(processes))) as texts:
        if tally is None:
            _data(format_name, answering, texts, answering.closing, explained)
            return
        for text in texts:
            if text:
                progress.clear()
                sys.stdout.write(text)
    progress.clear()
    sys.stdout.write(report.write(tally, ink))


def _one(format_name: str, answering: Answering, explained: Explained, why_not: str | None) -> None:
    """Show the working for one subject; or only what is said of one duty."""
    if why_not is not None:
        explained = Explained(
            explained.subject,
            [one for one in explained.findings if one.duty.code == why_not],
            [one for one in explained.dormant if one.duty == why_not],
        )
    if format_name == "text":
        ink = Ink(sys.stdout)
        said = (
            working.working(explained, answering, ink)
            if why_not is None
            else working.one_duty(explained, why_not, answering, ink)
        )
        sys.stdout.write(said)
        return
    text = _encoded(format_name, answering, explained.findings, explained=True)
    dormant = {"dormant": [one._asdict() for one in explained.dormant]}
    _data(format_name, answering, [text], lambda: {**dormant, **answering.closing()}, explained=True)


def _encoded(format_name: str, answering: Answering, findings: Iterable[Finding], explained: bool) -> str:
    """Write some findings as rows of the format."""

    def steps(finding: Finding) -> list[Step]:
        return explain(finding, answering.rules, answering.calendar, answering.as_of, answering.source)

    rows = findings_writing.rows(findings, answering.rules, answering.as_of, steps if explained else None)
    return findings_writing.ENCODERS[format_name](rows, explained=explained)


def _data(
    format_name: str,
    answering: Answering,
    texts: Iterable[str],
    closing: Callable[[], dict[str, Any]],
    explained: bool,
) -> None:
    """Write rows that are texts already, with what stands before and after them."""
    if format_name == "json":
        findings_writing.write_json(sys.stdout, answering.header(), texts, closing)
    elif format_name == "jsonl":
        findings_writing.write_jsonl(sys.stdout, answering.header(), texts, closing)
    else:
        findings_writing.write_csv(sys.stdout, texts, explained=explained)
