"""Finds out what there is to take in: a folder with a whole authority, a census, or case events."""

from __future__ import annotations

from pathlib import Path

from goldthread.formats.cin import CensusReading
from goldthread.formats.events import EventsReading
from goldthread.formats.reading import open_file
from goldthread.loading.authority import Folder
from goldthread.loading.batches import Incoming
from goldthread.loading.census import Census
from goldthread.loading.events import EventsFile


def open_source(path: Path, source_path: Path | None = None) -> Incoming:
    """This will open what is to be taken in, or refuse with a sentence what cannot be.

    `source_path` names the file that declares what a CSV of events could hold.
    """
    if path.is_dir():
        return Folder(path)
    reading = open_file(path, source_path=source_path)
    if isinstance(reading, CensusReading):
        return Census(path, reading)
    assert isinstance(reading, EventsReading)
    return EventsFile(path, reading)
