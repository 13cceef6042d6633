"""Findings written out: one JSON object, JSON Lines or CSV, as they come, in flat memory."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any, TextIO

from goldthread.duties.explaining import Step
from goldthread.duties.findings import KEYS, Finding, as_dict
from goldthread.duties.rules import Rules

SCHEMA = 1
BATCH = 256  # findings encoded at once: an encoder is costly to set up
Explain = Callable[[Finding], list[Step]] | None

_encode = json.JSONEncoder(ensure_ascii=False, separators=(", ", ": ")).encode


def rows(findings: Iterable[Finding], rules: Rules, as_of: int, explain: Explain) -> Iterable[dict[str, Any]]:
    """Give each finding as the mapping that is published, with its explanation when that is asked for."""
    for finding in findings:
        row = as_dict(finding, rules, as_of)
        if explain is not None:
            row["explanation"] = [step.as_dict() for step in explain(finding)]
        yield row


def write_json(
    out: TextIO, header: dict[str, Any], found: Iterable[dict[str, Any]], closing: Callable[[], dict[str, Any]]
) -> None:
    """Write one object: the header's keys, `findings`, and last what is known only at the end (the source)."""
    out.write(_encode({"schema": SCHEMA, **header})[:-1] + ', "findings": [')
    separator = "\n"
    rows = iter(found)
    while batch := list(islice(rows, BATCH)):
        out.write(separator + _encode(batch)[1:-1])
        separator = ",\n"
    out.write("\n], " + _encode(closing())[1:] + "\n")


def write_jsonl(
    out: TextIO, header: dict[str, Any], found: Iterable[dict[str, Any]], closing: Callable[[], dict[str, Any]]
) -> None:
    """Write a first line `{"answer": header}`, a line for each finding, and a last line `{"source": …}`."""
    out.write(_encode({"answer": {"schema": SCHEMA, **header}}) + "\n")
    for row in found:
        out.write(_encode(row) + "\n")
    out.write(_encode(closing()) + "\n")


def write_csv(out: TextIO, found: Iterable[dict[str, Any]], *, explained: bool) -> None:
    """Write a row for each finding; lists are JSON, true and false are words, what is null is empty."""
    columns = [*KEYS, "explanation"] if explained else list(KEYS)
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(columns)
    for row in found:
        writer.writerow([_cell(row[column]) for column in columns])
        if buffer.tell() > 1 << 16:
            out.write(buffer.getvalue())
            buffer.seek(0)
            buffer.truncate()
    out.write(buffer.getvalue())


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return json.dumps(value, ensure_ascii=False)
    return value
