"""Writes case events as JSON Lines and CSV; reading them again gives equal events."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from datetime import date, timedelta
from typing import IO, Any

from goldthread.duties.corrections import EPOCH
from goldthread.duties.event import Event, Pattern, Source
from goldthread.formats.event_records import COLUMNS


def write_jsonl(events: Iterable[Event], file: IO[str], source: Source | None = None) -> None:
    """This will write one event on each line, after a first line that declares the source where one is given."""
    if source is not None:
        write_source(source, file)
    for event in events:
        file.write(_json(record_of(event)) + "\n")


def write_csv(events: Iterable[Event], file: IO[str]) -> None:
    """This will write one event in each row, under a row of column names; open the file with `newline=""`.

    A CSV cannot declare its source: `write_source` writes a file for that.
    """
    writer = csv.writer(file, lineterminator="\r\n")  # so that a cell with either of the two is put in quotes
    writer.writerow(COLUMNS)
    for event in events:
        record = record_of(event)
        writer.writerow([_cell(name, record.get(name)) for name in COLUMNS])


def write_source(source: Source, file: IO[str]) -> None:
    """This will write what a source can hold, on one line."""
    declared: dict[str, Any] = {}
    if source.carries is not None:
        declared["carries"] = sorted(source.carries)
    if source.opens is not None:
        declared["from"] = date.fromordinal(source.opens).isoformat()
    if source.closes is not None:
        declared["until"] = date.fromordinal(source.closes).isoformat()
    if source.whole:
        declared["whole"] = [_pattern(pattern) for pattern in source.whole]
    if source.last_before:
        declared["last_before"] = [_pattern(pattern) for pattern in source.last_before]
    file.write(_json({"source": declared}) + "\n")


def record_of(event: Event) -> dict[str, Any]:
    """This will give the record that stands for an event, without the keys that would hold nothing."""
    record: dict[str, Any] = {"id": event.id}
    if len(event.subjects) == 1:
        record["subject"] = event.subjects[0]
    else:
        record["subjects"] = list(event.subjects)
    if event.about:
        record["about"] = list(event.about)
    record["kind"] = event.kind
    record["occurred"] = None if event.day is None else date.fromordinal(event.day).isoformat()
    if event.recorded is not None:
        record["recorded"] = (EPOCH + timedelta(microseconds=event.recorded)).isoformat()
    if event.process is not None:
        record["process"] = event.process
    if event.links:
        record["links"] = list(event.links)
    if event.replaces is not None:
        record["replaces"] = event.replaces
    if event.void:
        record["void"] = True
    if event.data:
        record["data"] = dict(event.data)
    return record


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(", ", ": "))


def _cell(name: str, value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else _json(value)


def _pattern(pattern: Pattern) -> str | dict[str, Any]:
    if not pattern.fields:
        return pattern.kind
    fields = {field: sorted(allowed, key=repr) for field, allowed in pattern.fields}
    return {pattern.kind: fields}
