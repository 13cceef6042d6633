"""The dates of a census, worked out once for each text, and why one cannot be used."""

from __future__ import annotations

import re
from datetime import date

BLANK, NOT_A_DATE, TOO_EARLY, TOO_LATE = 0, -1, -2, -3
EARLIEST = date(1900, 1, 1).toordinal()
_DATE = re.compile(r"(\d{4}-\d\d-\d\d)(?:Z|[+-]\d\d:\d\d)?", re.ASCII)
_CACHED = 100_000  # more distinct texts than there are days since 1900: beyond it a file is playing games


class Days(dict[str, int]):
    """Ordinals by date text, each worked out once: above 0 is usable, else one of the four reasons why not.

    A date is `YYYY-MM-DD`, with the time zone that XML Schema allows after it or not, with blanks around it or not.
    """

    def __init__(self, latest: int) -> None:
        super().__init__()
        self.latest = latest

    def __missing__(self, text: str) -> int:
        answer = self._read(text.strip())
        if len(self) < _CACHED:
            self[text] = answer
        return answer

    def _read(self, text: str) -> int:
        if not text:
            return BLANK
        found = _DATE.fullmatch(text)
        if found is None:
            return NOT_A_DATE
        try:
            day = date.fromisoformat(found[1]).toordinal()
        except ValueError:
            return NOT_A_DATE
        return TOO_EARLY if day < EARLIEST else TOO_LATE if day > self.latest else day


class IsoDays(dict[int, str]):
    """Ordinals as `YYYY-MM-DD`, each worked out once."""

    def __missing__(self, day: int) -> str:
        text = self[day] = date.fromordinal(day).isoformat()
        return text
