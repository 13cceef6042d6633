"""Reads case events from JSON Lines and CSV, as docs/reference/events.md says."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from goldthread.duties.corrections import check
from goldthread.duties.event import EVERYTHING, Event, Source
from goldthread.duties.refusal import Refused
from goldthread.formats.event_records import COLUMNS, Wrong, event_of, fingerprint, named, read_json, source_of
from goldthread.formats.notes import shown
from goldthread.formats.source_file import CountedFile, Progress, Reading, open_bytes


class EventsReading(Reading):
    """A file of case events opened for reading: its declared source is read, its events follow."""

    def __init__(
        self,
        path: Path,
        format_name: str,
        *,
        source_path: Path | None = None,
        progress: Progress | None = None,
    ) -> None:
        super().__init__(path, format_name, progress=progress)
        self.word = "line" if format_name == "events-jsonl" else "row"
        own = self._own_source()
        if source_path is not None:
            if own is not None:
                raise Refused(f"{path}: declares its source on its first line; expected no other source beside it")
            own = _read_source_file(source_path)
        self.source = EVERYTHING if own is None else own

    def events(self) -> Iterator[Event]:
        """This will give every event, in the file's order, once all are read and their corrections hold together."""
        self.notes.reset(type(self.notes)())
        events: list[Event] = []
        places: dict[str, int] = {}
        unnamed: dict[str, int] = {}
        for place, record in self._records():
            event = self._event(place, record)
            if event.id:
                if event.id in places:
                    raise self._refusal(
                        place,
                        f"the id {shown(event.id)} is already that of {self.word} {places[event.id]}; expected each id once",
                    )
            else:
                event = event._replace(id=fingerprint(event))
                if event.id in unnamed:
                    self.notes.add(
                        "same-fact-twice",
                        f"{self.word} {place}",
                        f"it says the same as {self.word} {unnamed[event.id]} and neither has an id; it counts once",
                    )
                    continue
                if event.id in places:
                    raise self._refusal(
                        place, f"its facts already stand under the same id on {self.word} {places[event.id]}"
                    )
                unnamed[event.id] = place
            places[event.id] = place
            events.append(event)
        if not events:
            raise Refused(f"{self.path}: holds no event; expected at least one")
        try:
            check(events)
        except Refused as refusal:
            raise Refused(f"{self.path}: {refusal}") from refusal
        return iter(events)

    def _event(self, place: int, record: Mapping[str, Any]) -> Event:
        try:
            return event_of(record, lambda code, says: self.notes.add(code, f"{self.word} {place}", says))
        except Wrong as wrong:
            raise self._refusal(place, str(wrong)) from wrong

    def _refusal(self, place: int, says: str) -> Refused:
        return Refused(f"{self.path}: {self.word} {place}: {says}")

    def _own_source(self) -> Source | None:
        """This will read the source that the first line declares; None where it declares none."""
        if self.format != "events-jsonl":
            return None
        with open_bytes(self.path) as file:
            for place, line, whole in _lines(file, self.path, None):
                value = self._line(place, line, whole)
                if not _declares_source(value):
                    return None
                if len(value) > 1:
                    raise self._refusal(place, "source stands beside other keys; expected it alone on the first line")
                try:
                    return source_of(value["source"])
                except Wrong as wrong:
                    raise self._refusal(place, str(wrong)) from wrong
        return None

    def _line(self, place: int, line: str, whole: bool) -> dict[str, Any]:
        try:
            value = read_json(line)
        except Wrong as wrong:
            if not whole:
                raise self._refusal(
                    place, f"the file seems to be cut off here ({wrong}); expected a whole line"
                ) from wrong
            raise self._refusal(place, f"{wrong}; expected one JSON object on each line") from wrong
        if not isinstance(value, dict):
            raise self._refusal(place, f"it is {named(value)}; expected one JSON object on each line")
        return value

    def _records(self) -> Iterator[tuple[int, Mapping[str, Any]]]:
        with open_bytes(self.path) as file:
            if self.format == "events-csv":
                yield from self._rows(file)
                return
            first = True
            for place, line, whole in _lines(file, self.path, self.progress):
                value = self._line(place, line, whole)
                if _declares_source(value):
                    if not first:
                        raise self._refusal(place, "it declares the source; expected that on the first line only")
                else:
                    yield place, value
                first = False

    # CSV

    def _rows(self, file: BinaryIO) -> Iterator[tuple[int, Mapping[str, Any]]]:
        ended = _Ended()
        lines = ended.follow(_csv_lines(file, self.path, self.progress))
        rows = csv.reader(lines, strict=True)
        place = 1
        try:
            names = self.names(next(rows, []))
            for cells in rows:
                place += 1
                if not cells:
                    continue
                if len(cells) != len(names):
                    cut = not ended.whole and len(cells) < len(names)
                    raise self._refusal(
                        place,
                        f"{'the file seems to be cut off here: ' if cut else ''}it has {len(cells)} cells;"
                        f" expected {len(names)}, one for each column of the first row",
                    )
                try:
                    yield place, record_of_cells(dict(zip(names, cells, strict=True)))
                except Wrong as wrong:
                    raise self._refusal(place, str(wrong)) from wrong
        except csv.Error as error:
            if "unexpected end of data" in str(error):
                raise self._refusal(place + 1, "the file seems to be cut off inside quotation marks") from error
            raise self._refusal(place + 1, f"it is not CSV ({error})") from error

    def names(self, names: list[str]) -> list[str]:
        """This will give the names of a CSV's columns, which its first row holds, or refuse what cannot be that."""
        if len(names) == 1 and ";" in names[0] and "kind" in names[0]:
            raise self._refusal(1, "its columns are separated by semicolons; expected commas")
        if len(names) == 1 and "\t" in names[0] and "kind" in names[0]:
            raise self._refusal(1, "its columns are separated by tabs; expected commas")
        for needed in ("kind", "occurred"):
            if needed not in names:
                raise self._refusal(
                    1, f"there is no column {needed}; expected a first row with some of {', '.join(COLUMNS)}"
                )
        if "subject" not in names and "subjects" not in names:
            raise self._refusal(1, "there is neither a column subject nor subjects; expected one of them")
        for name in names:
            if names.count(name) > 1:
                raise self._refusal(1, f"the column {shown(name)} is given twice")
        return names


def record_of_cells(cells: Mapping[str, str]) -> Mapping[str, Any]:
    """This will read the cells of a row as the values that JSON Lines would hold; an empty cell holds nothing."""
    record: dict[str, Any] = {"occurred": None}
    for name, cell in cells.items():
        if not cell:
            continue
        try:
            if name == "data" or (name in ("links", "subjects", "about") and cell.startswith("[")):
                record[name] = read_json(cell)
            elif name == "void":
                if cell.lower() not in ("true", "false"):
                    raise Wrong(f"it is {shown(cell)}; expected true or false")
                record[name] = cell.lower() == "true"
            else:
                record[name] = cell
        except Wrong as wrong:
            raise Wrong(f"column {name}: {wrong}") from wrong
    return record


def _declares_source(record: Mapping[str, Any]) -> bool:
    return "source" in record and "kind" not in record


def _read_source_file(path: Path) -> Source:
    try:
        with open_bytes(path) as file:
            value = read_json(file.read().decode("utf-8-sig"))
        if isinstance(value, dict) and set(value) == {"source"}:
            value = value["source"]
        return source_of(value)
    except Wrong as wrong:
        raise Refused(f"{path}: {wrong}") from wrong
    except UnicodeDecodeError as error:
        raise Refused(f"{path}: is not in UTF-8 at byte {error.start + 1}; expected UTF-8") from error


def _lines(file: BinaryIO, path: Path, progress: Progress | None) -> Iterator[tuple[int, str, bool]]:
    """This will give each line that is not blank: its number from 1, its text, and whether it has its line end."""
    for place, line in enumerate(_decoded(file, path, progress), 1):
        if line and not line.isspace():
            yield place, line, line.endswith("\n")


def _csv_lines(file: BinaryIO, path: Path, progress: Progress | None) -> Iterator[str]:
    for line in _decoded(file, path, progress):
        if "\0" in line:
            raise Refused(f"{path}: holds a NUL character; expected text in UTF-8")
        yield line


def _decoded(file: BinaryIO, path: Path, progress: Progress | None) -> Iterator[str]:
    counted = CountedFile(file, path, progress)
    for place, raw in enumerate(file, 1):
        counted.count(len(raw))
        if place == 1:
            raw = raw.removeprefix(b"\xef\xbb\xbf")
        try:
            yield raw.decode()
        except UnicodeDecodeError as error:
            raise Refused(
                f"{path}: line {place} is not in UTF-8 at its byte {error.start + 1}; expected the file in UTF-8"
            ) from error


class _Ended:
    """Remembers whether the last line that went by had its line end."""

    whole = True

    def follow(self, lines: Iterable[str]) -> Iterator[str]:
        for line in lines:
            self.whole = line.endswith(("\n", "\r"))
            yield line
