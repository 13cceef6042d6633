"""An authority as it stands on a day: its agencies, then its families one by one with their people, records and events."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random

from goldthread.duties.calendar import WorkingDays, load
from goldthread.invented.authority import PATHS, Inventor
from goldthread.invented.families import family_events
from goldthread.invented.partnership import partnership
from goldthread.invented.people import Agencies, Told
from goldthread.invented.places import PLACE
from goldthread.invented.returns import Year
from goldthread.invented.showcase import Showcase
from goldthread.invented.society import Society
from goldthread.invented.telling import Teller

SMALL = 0.1
"""A tenth of an average authority."""

COUNTY = 1.65
"""Times an average authority: with ten years of history, about 60,000 children are known to it."""

COUNTY_RICH = 12.4
"""So much is written that a county of ten years has ten million events and a million contacts; as in life would be 1.0."""


class Window(Year):
    """A year that ends on any day."""

    __slots__ = ()

    def __init__(self, number: int, opens: int, closes: int) -> None:
        super().__init__(number)
        self.opens, self.closes = opens, closes


class Standing:
    """An invented authority told up to today, `on`: `agencies` at once, `families()` as a stream, once."""

    def __init__(self, on: date, seed: int, size: float, years: int, rich: float, *, showcase: bool) -> None:
        """Draw the agencies; the families are drawn when they are asked for."""
        self.name, self.on, self.seed, self.size, self.rich = PLACE, on, seed, size, rich
        self.calendar: WorkingDays = load()
        self.years = _windows(on, years)
        until = on.toordinal()
        self._inventor = Inventor(f"{seed}:lives", self.years, self.calendar)
        self._inventor.ends = []  # no census is made of it, so what is late today may be late today
        self._teller = Teller(f"{seed}:events", until, self.calendar)
        since = self.years[0].opens - max(longest for _, longest in PATHS.values()) - 800
        self._society = Society(Random(f"{seed}:people"), since, until, size, self.calendar, rich)
        self._showcase = Showcase(until, self.calendar) if showcase else None
        if self._showcase is not None:
            self._inventor.families = len(self._showcase.families)
            self._inventor.children, self._inventor.spells = self._showcase.children, self._showcase.spells
        self.agencies: Agencies = self._society.workforce.agencies()

    def families(self) -> Iterator[Told]:
        """Tell each family with all that is known of it; at the end, in a batch of its own, what concerns none."""
        teller, society = self._teller, self._society
        for shown in self._showcase.families if self._showcase is not None else ():
            events = family_events(teller, shown.family)
            yield society.told(shown.family, events, shown.hints, shown.case, shown.key)
        for family in self._inventor.draw(self._inventor.expected_families(self.size)):
            yield society.told(family, family_events(teller, family))
        yield society.partnership(partnership(teller, self.years, self.size))


def demo(on: date, seed: int = 1, size: float = SMALL, years: int = 2, rich: float = 1.0) -> Standing:
    """This will give a small authority as if `on` were today, with the cast and the families that show what there is.

    `size` is times an average authority, `years` how far back its cases reach, `rich` how much is written on each.
    """
    return Standing(on, seed, size, years, rich, showcase=True)


def county(on: date, years: int = 10, seed: int = 1, size: float = COUNTY, rich: float = COUNTY_RICH) -> Standing:
    """This will give a county of about 60,000 children with a history of ten years, through the same stream."""
    return Standing(on, seed, size, years, rich, showcase=True)


def _windows(on: date, years: int) -> list[Year]:
    """Give the years that end today; the partnership's report of the year after each is due before it ends."""
    found: list[Year] = []
    closes = on.toordinal()
    for back in range(years):
        opens = closes - 364
        found.append(Window(on.year + 1 - back, opens, closes))
        closes = opens - 1
    return found[::-1]
