"""How dates, moments and numbers are said on a page. Nothing here reads a clock: what is relative is told to when."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
NOT_RECORDED = "not recorded"

MONTHS = (
    "January February March April May June July August September October November December".split()  # not the machine's
)
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


def _as_day(when: date) -> date:
    """Give the day in England on which a moment falls; a day stays what it is."""
    return in_london(when).date() if isinstance(when, datetime) else when


def in_london(at: datetime) -> datetime:
    """This will give the moment by the clocks of England; refuses one without a zone, which could be any of several."""
    if at.tzinfo is None:
        raise ValueError("This moment has no time zone.")
    return at.astimezone(LONDON)


def day(when: date | None) -> str:
    """This will say "3 March 2026"; of a moment, the day on which it falls in England."""
    if when is None:
        return NOT_RECORDED
    on = _as_day(when)
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}"


def weekday(when: date | None) -> str:
    """This will say "Tuesday 3 March 2026"."""
    if when is None:
        return NOT_RECORDED
    return f"{WEEKDAYS[_as_day(when).weekday()]} {day(when)}"


def month(when: date | None) -> str:
    """This will say "March 2026"."""
    return NOT_RECORDED if when is None else day(when).split(" ", 1)[1]


def clock(at: datetime | None) -> str:
    """This will say "2:05pm", "midday" or "midnight", by the clocks of England."""
    if at is None:
        return NOT_RECORDED
    local = in_london(at)
    if local.minute == 0 and local.hour in (0, 12):
        return "midday" if local.hour else "midnight"
    minutes = f":{local.minute:02}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{'pm' if local.hour >= 12 else 'am'}"


def moment(at: datetime | None) -> str:
    """This will say "3 March 2026 at 2:05pm", by the clocks of England."""
    return NOT_RECORDED if at is None else f"{day(at)} at {clock(at)}"


def machine(when: date) -> str:
    """This will give what the `datetime` attribute of a `time` element holds."""
    return in_london(when).isoformat() if isinstance(when, datetime) else when.isoformat()


def distance(when: date, on: date) -> str:
    """This will say how far `when` lies from the day `on`: "today", "in 3 days", "2 days ago"."""
    days = (_as_day(when) - _as_day(on)).days
    if days in (-1, 0, 1):
        return ("today", "tomorrow", "yesterday")[days]
    return f"in {counted(days, 'day')}" if days > 0 else f"{counted(-days, 'day')} ago"


def number(value: int) -> str:
    """This will write a whole number with commas between thousands."""
    return f"{value:,}"


def counted(value: int, one: str, several: str = "") -> str:
    """This will say "1 duty" or "12 duties" from the two words; without the second, an s is added."""
    return f"{number(value)} {one if value == 1 else several or one + 's'}"


FILTERS = {
    "day": day,
    "weekday": weekday,
    "month": month,
    "clock": clock,
    "moment": moment,
    "machine": machine,
    "distance": distance,
    "number": number,
    "counted": counted,
}
