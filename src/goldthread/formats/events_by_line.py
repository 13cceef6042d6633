"""Reads case events line by line in flat memory, and goes on after a line that cannot be used: for taking events in."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any, BinaryIO, NamedTuple

from goldthread.duties.event import Event
from goldthread.formats.event_records import Wrong, event_of, fingerprint, named, read_json
from goldthread.formats.events import EventsReading, record_of_cells
from goldthread.formats.source_file import CountedFile, open_bytes

LONGEST = 4_000_000
"""Characters of one line; a whole event takes a few hundred."""


class Line(NamedTuple):
    """One line (or row) of a file: its number from 1, and its event; or why there is none."""

    place: int
    event: Event | None
    says: str = ""


def by_line(reading: EventsReading) -> Iterator[Line]:
    """This will give every line that holds an event or should; one that declares the source is passed over.

    An event without an id of its own gets the hash of its facts. That corrections hold together is not looked at.
    """
    with open_bytes(reading.path) as file:
        counted = CountedFile(file, reading.path, reading.progress)
        yield from _rows(reading, file, counted) if reading.format == "events-csv" else _lines(reading, file, counted)


def _lines(reading: EventsReading, file: BinaryIO, counted: CountedFile) -> Iterator[Line]:
    for place, raw in enumerate(file, 1):
        counted.count(len(raw))
        text, says = _text(raw, place)
        if says:
            yield Line(place, None, says)
            continue
        if not text or text.isspace():
            continue
        try:
            record = read_json(text)
            if not isinstance(record, dict):
                raise Wrong(f"it is {named(record)}; expected one JSON object on each line")
        except Wrong as wrong:
            yield Line(place, None, str(wrong))
            continue
        if "source" in record and "kind" not in record:
            if place > 1:
                yield Line(place, None, "it declares the source; expected that on the first line only")
            continue
        yield _event(reading, place, record)


def _rows(reading: EventsReading, file: BinaryIO, counted: CountedFile) -> Iterator[Line]:
    """This will read rows; the first names the columns, and without it nothing can be read, so that is refused."""
    wrong: list[str] = []

    def texts() -> Iterator[str]:
        for number, raw in enumerate(file, 1):
            counted.count(len(raw))
            text, says = _text(raw, number)
            if says or "\0" in text:
                wrong.append(says or "it holds a NUL character")
            yield text.replace("\0", "")

    rows = csv.reader(texts(), strict=True)
    names = reading.names(next(rows, []))
    for place in count(2):
        try:
            cells = next(rows, None)
        except csv.Error as error:
            yield Line(place, None, f"it is not CSV ({error})")
            continue
        if cells is None:
            break
        if wrong:
            yield Line(place, None, wrong[0])
            wrong.clear()
        elif len(cells) == len(names):
            try:
                record = record_of_cells(dict(zip(names, cells, strict=True)))
            except Wrong as error:
                yield Line(place, None, str(error))
            else:
                yield _event(reading, place, record)
        elif cells:
            yield Line(place, None, f"it has {len(cells)} cells; expected {len(names)}, as the first row has")


def _event(reading: EventsReading, place: int, record: Mapping[str, Any]) -> Line:
    try:
        event = event_of(record, lambda code, says: reading.notes.add(code, f"{reading.word} {place}", says))
    except Wrong as wrong:
        return Line(place, None, str(wrong))
    return Line(place, event if event.id else event._replace(id=fingerprint(event)))


def _text(raw: bytes, place: int) -> tuple[str, str]:
    """This will give the text of a line, or why there is none."""
    if len(raw) > LONGEST:
        return "\n", f"it has more than {LONGEST // 1_000_000} million characters; expected one event"
    try:
        return (raw.removeprefix(b"\xef\xbb\xbf") if place == 1 else raw).decode(), ""
    except UnicodeDecodeError as error:
        return "\n", f"it is not in UTF-8 at its byte {error.start + 1}"
