"""Findings written out as one JSON object, JSON Lines or CSV, in flat memory.

Some findings at a time become a text (`as_json`, `as_jsonl`, `as_csv`), in whatever process; the texts are then written
in order, between what comes first and what comes last.
"""

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
BATCH = 256  # findings encoded at once: an encoder is costly to set up, and a working takes room
Explain = Callable[[Finding], list[Step]] | None
Rows = Iterable[dict[str, Any]]

_encode = json.JSONEncoder(ensure_ascii=False, separators=(", ", ": ")).encode


def rows(findings: Iterable[Finding], rules: Rules, as_of: int, explain: Explain) -> Iterable[dict[str, Any]]:
    """Give each finding as the mapping that is published, with its explanation when that is asked for."""
    for finding in findings:
        row = as_dict(finding, rules, as_of)
        if explain is not None:
            row["explanation"] = [step.as_dict() for step in explain(finding)]
        yield row


def as_json(found: Rows, *, explained: bool) -> str:
    """Write findings as they stand in a list."""
    rows, texts = iter(found), []
    while batch := list(islice(rows, BATCH)):
        texts.append(_encode(batch)[1:-1])
    return ", ".join(texts)


def as_jsonl(found: Rows, *, explained: bool) -> str:
    """Write a line for each finding."""
    return "".join([_encode(row) + "\n" for row in found])


def as_csv(found: Rows, *, explained: bool) -> str:
    """Write a row for each finding; lists are JSON, true and false are words, what is null is empty."""
    columns = _columns(explained)
    return _csv([_cell(row[column]) for column in columns] for row in found)


ENCODERS = {"json": as_json, "jsonl": as_jsonl, "csv": as_csv}


def write_json(
    out: TextIO, header: dict[str, Any], texts: Iterable[str], closing: Callable[[], dict[str, Any]]
) -> None:
    """Write one object: the header's keys, `findings`, and last what is known only at the end (the source)."""
    out.write(_encode({"schema": SCHEMA, **header})[:-1] + ', "findings": [')
    separator = "\n"
    for text in texts:
        if text:
            out.write(separator + text)
            separator = ",\n"
    out.write("\n], " + _encode(closing())[1:] + "\n")


def write_jsonl(
    out: TextIO, header: dict[str, Any], texts: Iterable[str], closing: Callable[[], dict[str, Any]]
) -> None:
    """Write a first line `{"answer": header}`, a line for each finding, and a last line `{"source": …}`."""
    out.write(_encode({"answer": {"schema": SCHEMA, **header}}) + "\n")
    out.writelines(texts)
    out.write(_encode(closing()) + "\n")


def write_csv(out: TextIO, texts: Iterable[str], *, explained: bool) -> None:
    """Write the names of the columns, and a row for each finding."""
    out.write(_csv([_columns(explained)]))
    out.writelines(texts)


def _columns(explained: bool) -> list[str]:
    return [*KEYS, "explanation"] if explained else list(KEYS)


def _csv(lines: Iterable[list[Any]]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerows(lines)
    return buffer.getvalue()


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return json.dumps(value, ensure_ascii=False)
    return value
