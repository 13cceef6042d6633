"""Takes down what is told as events: numbered in the order of their days, a few of them late or wrong at first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from random import Random
from typing import Any

from goldthread.duties.calendar import WorkingDays
from goldthread.duties.event import EMPTY, Event
from goldthread.invented.life import Child
from goldthread.invented.shares import between

EPOCH = date(1970, 1, 1).toordinal()
DAY_MICROSECONDS = 86_400_000_000
CORRECTED = frozenset(
    {"assessment-completed", "child-seen", "core-group-held", "lead-practitioner-allocated", "referral-acknowledged"}
)
"""Kinds whose day is now and then written down wrongly at first; none of them starts anything else."""


class Teller:
    """Takes events down, none later than `until`; ids count up in the order of telling."""

    def __init__(self, seed: str, until: int, calendar: WorkingDays) -> None:
        self.rng = Random(seed)
        self.chance = self.rng.random
        self.between = partial(between, self.chance)
        self.until = until
        self.calendar = calendar
        self.told = 0
        self.processes = 0
        self.deaths: list[tuple[Child, int]] = []
        self.on_plans: list[str] = []
        self._events: list[Event] = []

    def numbered(self) -> list[Event]:
        """Give what was said since the last time, sorted by day and numbered; a few are recorded late or wrongly first."""
        events, self._events = self._events, []
        events.sort(key=_day)
        ready: list[Event] = []
        for event in events:
            self.told += 1
            day = event.day or 0
            number = f"E{self.told:08d}"
            drawn = self.chance()
            recorded: int | None = None
            if drawn < 0.14:
                recorded = self.moment(day + 1 + int(drawn * 45))
            if drawn > 0.985 and event.kind in CORRECTED:
                later = self.moment(day + 4 + int((drawn - 0.985) * 2600))
                if later is not None:
                    wrong = day + (1 if drawn < 0.9925 else -1)
                    if wrong <= self.until:
                        ready.append(event._replace(id=number, day=wrong))
                        self.told += 1
                        ready.append(event._replace(id=f"E{self.told:08d}", recorded=later, replaces=number))
                        continue
            elif drawn > 0.982 and event.kind == "child-seen" and day + 12 <= self.until:
                ready.append(event._replace(id=number))
                self.told += 1
                wrong_number = f"E{self.told:08d}"
                ready.append(event._replace(id=wrong_number, day=day + 1))
                self.told += 1
                ready.append(
                    event._replace(
                        id=f"E{self.told:08d}",
                        day=day + 1,
                        recorded=self.moment(day + 6),
                        replaces=wrong_number,
                        void=True,
                    )
                )
                continue
            ready.append(event._replace(id=number, recorded=recorded))
        return ready

    def moment(self, day: int) -> int | None:
        """Give a moment in working hours of the day, in microseconds since 1970; None where it lies past the end."""
        if day > self.until:
            return None
        minutes = 9 * 60 + int(self.chance() * 480)
        return (day - EPOCH) * DAY_MICROSECONDS + minutes * 60_000_000

    def say(
        self,
        kind: str,
        day: int,
        subjects: tuple[str, ...],
        process: str | None = None,
        links: tuple[str, ...] = (),
        data: Mapping[str, Any] = EMPTY,
        about: tuple[str, ...] = (),
    ) -> None:
        """Take one event down, unless it lies past the end or is about nobody."""
        if day <= self.until and subjects:
            self._events.append(Event("", subjects, kind, day, process, links, data, None, None, False, about))

    def process(self, kind: str) -> str:
        """Give a name that no process had before."""
        self.processes += 1
        return f"{kind}:{kind[0].upper()}{self.processes}"

    def working(self, day: int) -> int:
        """Give the day itself or the working day before it."""
        return self.calendar.before(day + 1, 1)

    def some(self, share: float) -> bool:
        """Draw whether it happens, as it does in that share of all cases."""
        return self.chance() < share


def _day(event: Event) -> int:
    return event.day or 0
