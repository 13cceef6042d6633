"""When a job is due again. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
RETRY = timedelta(minutes=1)
LONGEST_RETRY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Every:
    """Again after some time."""

    gap: timedelta

    def after(self, at: datetime) -> datetime:
        """This will give the moment at which it is due again."""
        return at + self.gap


@dataclass(frozen=True, slots=True)
class Daily:
    """Once a day, at a time by London's clock."""

    at: time

    def after(self, at: datetime) -> datetime:
        """This will give the moment at which it is due again."""
        there = at.astimezone(LONDON)
        day = there.date() if there.time().replace(tzinfo=None) < self.at else there.date() + timedelta(days=1)
        return datetime.combine(day, self.at, LONDON).astimezone(UTC)


When = Every | Daily


def due_again(when: When, at: datetime, failures: int) -> datetime:
    """This will give when a job is due after it ended; after a failure sooner, with longer waits each time."""
    usual = when.after(at)
    if not failures:
        return usual
    return min(usual, at + min(RETRY * (1 << min(failures - 1, 10)), LONGEST_RETRY))
