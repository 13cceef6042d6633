"""The days that a page is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from goldthread.ui.wording import LONDON, day


@dataclass(frozen=True, slots=True)
class AsOf:
    """The days that a page is asked for: as it stood on one, from what was known by the end of the other."""

    today: date
    stood_on: date | None = None
    known_on: date | None = None

    @property
    def now(self) -> bool:
        """Whether nothing but today was asked for."""
        return self.stood_on is None and self.known_on is None

    @property
    def on(self) -> date:
        """The day as of which the page is. What was known on a day is shown as of that day, unless another is said."""
        return self.stood_on or self.known_on or self.today

    @property
    def known_at(self) -> datetime | None:
        """The moment by which something must have been recorded: the end of the day, in England."""
        if self.known_on is None:
            return None
        return datetime.combine(self.known_on + timedelta(days=1), time(), LONDON)

    @property
    def query(self) -> str:
        """What an address carries so that the page it leads to is of the same days."""
        said = {"stood_on": self.stood_on, "known_on": self.known_on}
        asked = urlencode({name: one.isoformat() for name, one in said.items() if one})
        return f"?{asked}" if asked else ""

    @property
    def sentence(self) -> str:
        """The days, said plainly; nothing where the page is of today."""
        if self.now:
            return ""
        if self.known_on is None:
            return f"As it stood on {day(self.on)}, from all that is known today."
        return f"As it stood on {day(self.on)}, from what had been recorded by the end of {day(self.known_on)}."
