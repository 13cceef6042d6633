"""A file that facts are read from, whatever its format."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO

from goldthread.duties.event import EVERYTHING, Source
from goldthread.duties.refusal import Refused
from goldthread.formats.notes import Notes, shown

Progress = Callable[[int, int], None]
BETWEEN_CALLS = 0.1  # seconds between two calls of a progress callback


class Reading:
    """A file opened for reading: what it can hold, the day it speaks of, what is said about it, and its notes.

    `format` is `cin-census`, `events-jsonl` or `events-csv`. `notes` fills while the file is read, and starts afresh
    when it is read again.
    """

    def __init__(self, path: Path, format_name: str, *, progress: Progress | None = None) -> None:
        self.path = path
        self.format = format_name
        self.progress = progress
        self.source: Source = EVERYTHING
        self.reference_date: date | None = None
        self.about: dict[str, str] = {}
        self.notes = Notes()


def open_bytes(path: Path) -> BufferedReader:
    """This will open a regular file for reading, or refuse with a sentence that says what it is instead."""
    try:
        if not path.is_file():
            what = "is a folder" if path.is_dir() else "is not a regular file" if path.exists() else "does not exist"
            raise Refused(f"{path}: {what}; expected a file")
        return path.open("rb")
    except (OSError, ValueError) as error:
        raise Refused(f"{path}: cannot be read: {_reason(error)}") from error


def _reason(error: Exception) -> str:
    return error.strerror or "the system does not say why" if isinstance(error, OSError) else shown(str(error))


class CountedFile:
    """A file that tells how far it has been read, and refuses to go on when too much goes by without a `mark`."""

    def __init__(self, file: BinaryIO, path: Path, progress: Progress | None, *, longest_unmarked: int = 0) -> None:
        self.file = file
        self.path = path
        self.total = path.stat().st_size
        self.done = 0
        self.mark = 0
        self.longest_unmarked = longest_unmarked
        self._progress = progress
        self._called = time.monotonic()

    def read(self, size: int = -1) -> bytes:
        """This will read on, and report how far it is at most ten times a second."""
        try:
            chunk = self.file.read(size)
        except OSError as error:
            raise Refused(f"{self.path}: cannot be read on after byte {self.done}: {_reason(error)}") from error
        self.count(len(chunk))
        if self.longest_unmarked and self.done - self.mark > self.longest_unmarked:
            raise Refused(
                f"{self.path}: more than {self.longest_unmarked // 1_000_000} MB without the end of a Child element"
                f" after byte {self.mark}; expected a census of many children, each of a few kilobytes"
            )
        return chunk

    def count(self, size: int) -> None:
        """This will note that `size` more bytes are read; the last call is always made."""
        self.done += size
        if self._progress is not None:
            now = time.monotonic()
            if now - self._called >= BETWEEN_CALLS or (size and self.done >= self.total):
                self._called = now
                self._progress(self.done, self.total)
