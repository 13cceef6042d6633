"""What a terminal gets and a file does not: colour, and a progress bar on long work."""

from __future__ import annotations

import os
import shutil
import sys
import time
from typing import TextIO

BAR = 30
PATIENCE = 1.0  # seconds before a bar is worth showing
BETWEEN = 0.1
WIDTH = 100  # columns of text where nothing says otherwise
NARROWEST = 60


def safe(text: str) -> str:
    """Put a dot for each character that could move the cursor or hide other words: text comes from files."""
    return text if text.isprintable() else "".join(one if one.isprintable() else "·" for one in text)


class Ink:
    """Colour for a terminal, nothing for anything else; and how many columns there are to write in."""

    def __init__(self, stream: TextIO) -> None:
        """Colour only where a person looks at it and has not asked for none."""
        looked_at = stream.isatty()
        self.on = looked_at and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        self.width = max(NARROWEST, min(WIDTH, _columns())) if looked_at else WIDTH

    def bold(self, text: str) -> str:
        """Make a heading stand out."""
        return self._dress("1", text)

    def red(self, text: str) -> str:
        """Mark what is overdue."""
        return self._dress("31", text)

    def amber(self, text: str) -> str:
        """Mark what is due soon."""
        return self._dress("33", text)

    def dim(self, text: str) -> str:
        """Step back."""
        return self._dress("2", text)

    def _dress(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.on and text else text


class Progress:
    """A bar on standard error, shown only on a terminal and only when the work lasts over a second."""

    def __init__(self, what: str, stream: TextIO | None = None, *, shows: bool = True) -> None:
        """Start the watch; nothing is drawn yet. `shows` is False where the answer itself goes to the terminal row by row."""
        self.what, self.stream = what, stream or sys.stderr
        self.shows = shows and self.stream.isatty()
        self.began = self.drawn = time.monotonic()
        self.dirty = False

    def __call__(self, done: int, total: int) -> None:
        """Take note of how far it is, in any unit, and draw when it is time."""
        now = time.monotonic()
        if not self.shows or now - self.began < PATIENCE or now - self.drawn < BETWEEN:
            return
        self.drawn, self.dirty = now, True
        share = min(1.0, done / total) if total else 0.0
        left = (now - self.began) * (1 - share) / share if share > 0 else 0
        tail = f"{share:4.0%}, {left:.0f} s left " if share < 1 else "100%, answering "
        long = max(0, min(BAR, _columns() - len(self.what) - len(tail) - 5))
        filled = round(long * share)
        bar = f"[{'#' * filled}{'.' * (long - filled)}] " if long else ""
        self.stream.write(f"\r{self.what} {bar}{tail}"[: max(1, _columns())])
        self.stream.flush()

    def clear(self) -> None:
        """Take the bar away."""
        if self.dirty:
            self.stream.write("\r\x1b[K")
            self.stream.flush()
            self.dirty = False


def _columns() -> int:
    return shutil.get_terminal_size((WIDTH, 24)).columns
