"""Opens a file of facts: looks at what it holds, not at its name, and chooses the reader."""

from __future__ import annotations

from pathlib import Path

from goldthread.duties.refusal import Refused
from goldthread.formats.cin import CensusReading
from goldthread.formats.events import EventsReading
from goldthread.formats.source_file import Progress, Reading, open_bytes

__all__ = ["CensusReading", "EventsReading", "Progress", "Reading", "open_file"]

HEAD = 65_536
EXPECTED = "expected a CIN census as XML, or case events as JSON Lines or CSV"
OTHERS = (
    (b"PK\x03\x04", "a zip archive or a spreadsheet"),
    (b"\x1f\x8b", "compressed with gzip"),
    (b"BZh", "compressed with bzip2"),
    (b"\xfd7zXZ", "compressed with xz"),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd"),
    (b"%PDF", "a PDF"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"SQLite format 3", "a database"),
)


def open_file(path: Path, *, source_path: Path | None = None, progress: Progress | None = None) -> Reading:
    """This will open a census, or events as JSON Lines or CSV, and read what stands before the facts.

    `source_path` names the file that declares the source of events, as `{"source": {...}}`. `progress` is called at most
    ten times a second with the bytes done and the bytes in all. What cannot be read raises `Refused`.
    """
    with open_bytes(path) as file:
        head = file.read(HEAD)
    for mark, what in OTHERS:
        if head.startswith(mark):
            raise Refused(f"{path}: is {what}; {EXPECTED}")
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start:
        raise Refused(f"{path}: {'holds nothing but blanks' if head else 'is empty'}; {EXPECTED}")
    if start.startswith((b"<", b"\xff\xfe<", b"\xfe\xff\0<", b"\0<")):
        if source_path is not None:
            raise Refused(f"{path}: is a census, which declares its source itself; expected no other source beside it")
        return CensusReading(path, progress=progress)
    if start.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in start[:4]:
        raise Refused(f"{path}: is written in UTF-16 or is not text; {EXPECTED}, in UTF-8")
    if start.startswith(b"["):
        raise Refused(f"{path}: begins with a list; expected JSON Lines, which is one object on each line")
    name = "events-jsonl" if start.startswith(b"{") else "events-csv"
    return EventsReading(path, name, source_path=source_path, progress=progress)
