"""`goldthread duties`: the register of an edition: each duty, who owes it, and the sentence that calls for it."""

from __future__ import annotations

import argparse
import csv
import json
import sys
import textwrap
from typing import Any

from goldthread.cli.terminal import Ink
from goldthread.duties import rules, words
from goldthread.duties.patterns import describe_all
from goldthread.duties.refusal import Refused
from goldthread.duties.rules import Duty, Gate, Rules

FORMATS = ("text", "json", "jsonl", "csv")
COLUMNS = (
    "code", "kind", "layer", "area", "sentence", "holder", "strength", "time_strength", "trigger", "due", "discharge",
    "ends", "cites",
)  # fmt: skip
KINDS = {
    "timed": "with a number", "judgement": "without a number", "local": "number set locally", "gate": "gates",
    "prompt": "prompts", "step": "steps",
}  # fmt: skip


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what can be asked."""
    parser.add_argument("codes", nargs="*", metavar="CODE", help="only these duties, or those whose code begins so")
    parser.add_argument(
        "--edition", default="wt2023", metavar="ID", help="the edition of the guidance (default: wt2023)"
    )
    parser.add_argument(
        "--overlay", action="append", default=[], metavar="FILE", help="a local overlay to list beside it"
    )
    parser.add_argument(
        "--format", choices=FORMATS, default="text", help="text for people (default), or json, jsonl, csv"
    )


def run(args: argparse.Namespace) -> int:
    """List them."""
    pack = rules.load(args.edition, args.overlay)
    rows = [row for row in listed(pack) if not args.codes or any(row["code"].startswith(code) for code in args.codes)]
    if not rows:
        raise Refused(f"no duty of {args.edition} has a code that begins with {' or '.join(args.codes)}")
    if args.format == "text":
        _text(pack, rows)
    elif args.format == "json":
        header = {"schema": 1, "edition": pack.edition, "title": pack.title, "hash": pack.sha256}
        json.dump({**header, "duties": rows}, sys.stdout, indent=1, ensure_ascii=False)
        print()
    elif args.format == "jsonl":
        for row in rows:
            print(json.dumps(row, ensure_ascii=False))
    else:
        writer = csv.writer(sys.stdout)
        writer.writerow(COLUMNS)
        for row in rows:
            writer.writerow([json.dumps(value) if isinstance(value, list) else value or "" for value in row.values()])
    return 0


def listed(pack: Rules) -> list[dict[str, Any]]:
    """Give every duty, gate and registered sentence of the rules as a mapping with the keys in COLUMNS."""
    rows = [_duty(pack, duty) for duty in pack.duties]
    rows += [_gate(pack, gate) for gate in pack.gates]
    for area, entry in pack.register:
        rows.append(
            _row(
                entry.code, entry.kind, rules.NATIONAL, area, entry.says, pack.holders[entry.holder], entry.strength, None,
                entry.starts_words, entry.time_words, entry.met_words, "", entry.cites,
            )
        )  # fmt: skip
    return rows


def _row(*values: Any) -> dict[str, Any]:
    return {key: list(value) if isinstance(value, tuple) else value for key, value in zip(COLUMNS, values, strict=True)}


def _duty(pack: Rules, duty: Duty) -> dict[str, Any]:
    word = duty.word
    if isinstance(word.starts, words.EveryYear):
        trigger = f"{word.starts.on.words} of each year from {word.starts.every_year_from}"
    elif isinstance(word.starts, words.Unmet):
        trigger = f"{word.starts.unmet} has ended its day unmet"
    else:
        trigger = describe_all(word.starts)
    if word.once:
        trigger += f", once {describe_all(word.once)}"
    ends = describe_all(word.ends_with) if word.ends_with else ""
    if word.ends_at_start:
        said = ", ".join(f"{field}: {value}" for field, value in word.ends_at_start.items())
        ends = "; ".join(part for part in (ends, f"at its start where {said}") if part)
    met = describe_all(word.met_by) if word.met_by else f"nothing breaks it: {describe_all(word.broken_by or ())}"
    holder, cites, due = pack.holders.get(word.holder, word.holder), word.cites, due_words(word.due)
    for name, case in duty.cases.items():
        if case.holder != duty.terms.holder:
            holder += f"; {name}: {pack.holders.get(case.holder, case.holder)}"
        if case.due != duty.terms.due:
            due += f"; {name}: {due_words(case.due)}"
        cites = (*cites, *(one for one in case.cites if one not in cites))
    return _row(
        duty.code, duty.kind, duty.layer, duty.area, duty.says, holder, duty.terms.strength, duty.terms.time_strength,
        trigger, due, met, ends, cites,
    )  # fmt: skip


def _gate(pack: Rules, gate: Gate) -> dict[str, Any]:
    return _row(
        gate.code, "gate", gate.layer, gate.area, gate.says, pack.holders.get(gate.holder, gate.holder), gate.strength,
        None, describe_all(gate.before_patterns), "before it",
        f"{gate.at_least} of {describe_all(gate.needs_patterns)}", "", gate.cites,
    )  # fmt: skip


def due_words(due: words.Due) -> str:
    """Say in words when a duty is due."""
    if isinstance(due, words.Within):
        return f"within {due.within.words}" + (f" of {describe_all(due.of)}" if due.of else "")
    if isinstance(due, words.Before):
        return f"at least {due.at_least.words} before {' or '.join(due.before)}"
    if isinstance(due, words.By):
        return f"by {due.by.words}"
    if isinstance(due, words.Earliest):
        return f"the earlier of {' and '.join(due_words(part) for part in due.earliest)}"
    if isinstance(due, words.Floor):
        return f"for at least {due.floor.words}"
    if isinstance(due, words.Judgement):
        return f"judged: {due.judgement}" if due.judgement else "judged: the text gives no time"
    return " or ".join(
        part
        for part in (
            f"on the record's own {due.record}" if due.record else "",
            f"set locally: {due.local}" if due.local else "",
        )
        if part
    )


def _text(pack: Rules, rows: list[dict[str, Any]]) -> None:
    ink = Ink(sys.stdout)
    kinds = {kind: sum(1 for row in rows if row["kind"] == kind) for kind in dict.fromkeys(row["kind"] for row in rows)}
    print(ink.bold(f"{pack.title} ({pack.edition}, {pack.sha256[:12]})"))
    print("; ".join(f"{KINDS[kind]}: {number}" for kind, number in kinds.items()))
    area = None
    for row in rows:
        if row["area"] != area:
            area = row["area"]
            print(f"\n{ink.bold(area)}")
        layer = "" if row["layer"] == rules.NATIONAL else f" [{row['layer']}]"
        time = (
            f" (time: {row['time_strength']})"
            if row["time_strength"] and row["time_strength"] != row["strength"]
            else ""
        )
        print(f"\n  {ink.bold(row['code'])}{layer}  {row['kind']}, {row['strength']}{time}")
        for label, text in (
            ("", row["sentence"]),
            ("owed by  ", row["holder"]),
            ("starts   ", row["trigger"]),
            ("due      ", row["due"]),
            ("met by   ", row["discharge"]),
            ("ended by ", row["ends"]),
            ("cites    ", ", ".join(row["cites"])),
        ):
            if text:
                wrapped = textwrap.fill(
                    str(text), ink.width, initial_indent=f"    {label}", subsequent_indent=" " * (4 + len(label)),
                    break_long_words=False, break_on_hyphens=False,
                )  # fmt: skip
                print(f"    {ink.dim(label)}{wrapped[4 + len(label) :]}")
