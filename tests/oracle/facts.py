"""Which events stand, who sees them, when a child's life as a child ends, and when a child was in a status."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

from goldthread.duties.event import Event
from oracle.calendar_by_day import birthday
from oracle.pack_as_text import YES, Matcher

LONDON = ZoneInfo("Europe/London")
SUBJECT_TYPES = ("child", "incident", "review", "allegation", "death", "partnership")


def day_of(text: object) -> int | None:
    """This will read an ISO date from data, or nothing where it is absent or no date."""
    if not isinstance(text, str):
        return None
    try:
        return date.fromisoformat(text[:10]).toordinal()
    except ValueError:
        return None


def recorded_at(event: Event) -> int | None:
    """This will say when an event was learned, in microseconds of UTC since 1970; None: always known."""
    if event.recorded is not None:
        return event.recorded
    if event.day is None:
        return None
    midnight = datetime.combine(date.fromordinal(event.day), time(), tzinfo=LONDON)
    return round(midnight.timestamp()) * 1_000_000


def standing(events: Sequence[Event], known_at: int | None) -> list[Event]:
    """This will keep the events that are known and neither corrected nor withdrawn, each with all its subjects.

    A withdrawal works as long as it is not withdrawn itself. A correction works as long as it is not withdrawn, even
    where it was corrected in turn.
    """
    known = []
    for event in events:
        moment = recorded_at(event)
        if known_at is None or moment is None or moment <= known_at:
            known.append(event)

    def withdrawn(event: Event) -> bool:
        return any(other.replaces == event.id and other.void and not withdrawn(other) for other in replacers)

    def corrected(event: Event) -> bool:
        return any(other.replaces == event.id and not other.void and not withdrawn(other) for other in replacers)

    replacers = [event for event in known if event.replaces is not None]
    by_id = {event.id: event for event in events}
    facts = []
    for event in known:
        if event.void or withdrawn(event) or corrected(event):
            continue
        subjects = list(event.subjects)
        before = by_id.get(event.replaces) if event.replaces is not None else None
        while before is not None:
            subjects.extend(subject for subject in before.subjects if subject not in subjects)
            before = by_id.get(before.replaces) if before.replaces is not None else None
        facts.append(event._replace(subjects=tuple(subjects)))
    return facts


class Membership(NamedTuple):
    """A child belongs to a family from one day until, but not including, another."""

    family: str
    child: str
    start: int | None
    end: int | None


def memberships(facts: Sequence[Event]) -> list[Membership]:
    """This will collect who belongs to which family when."""
    found = []
    for event in facts:
        if event.kind != "family-member":
            continue
        child = str(event.data.get("child") or "")
        if not child:
            continue
        child = child if ":" in child else f"child:{child}"
        start = day_of(event.data.get("from"))
        for family in event.subjects:
            found.append(
                Membership(family, child, start if start is not None else event.day, day_of(event.data.get("until")))
            )
    return found


def viewers(event: Event, members: Sequence[Membership]) -> tuple[str, ...]:
    """This will list everyone whose event it is: its subjects, subjects that it links to, members of a family."""
    found: list[str] = []
    for name in (*event.subjects, *event.links):
        kind = name.partition(":")[0]
        if kind in SUBJECT_TYPES:
            found.append(name)
        elif kind == "family":
            for member in sorted(members):
                if member.family != name:
                    continue
                begun = event.day is None or member.start is None or member.start <= event.day
                over = event.day is not None and member.end is not None and member.end <= event.day
                if begun and not over:
                    found.append(member.child)
    return tuple(dict.fromkeys(found))


class LifeEnd(NamedTuple):
    """A child's duties end: on a day, or on a day that is not held."""

    day: int | None


def life_end(events: Sequence[Event], as_of: int) -> LifeEnd | None:
    """This will find the first of death, the 18th birthday, and the end of a pregnancy before birth."""
    dated = sorted((e for e in events if e.day is not None), key=lambda e: (e.day or 0, e.id))
    undated = sorted((e for e in events if e.day is None), key=lambda e: e.id)
    born: int | None = None
    for event in [*undated, *dated]:  # the latest that says it counts
        if event.kind in ("child-identified", "child-born"):
            said = day_of(event.data.get("born_on"))
            if said is None and event.kind == "child-born":
                said = event.day
            born = said if said is not None else born
    ends = []
    for event in dated:
        assert event.day is not None
        if event.kind == "child-died":
            ends.append(event.day)
        if event.kind == "pregnancy-ended" and (born is None or born > event.day):
            ends.append(event.day)
    if born is not None and birthday(born, 18) <= as_of:
        ends.append(birthday(born, 18))
    if ends:
        return LifeEnd(min(ends))
    if any(e.kind == "child-died" for e in undated):
        return LifeEnd(None)
    if (
        born is None
        and any(e.kind == "pregnancy-ended" for e in undated)
        and not any(e.kind == "child-born" for e in events)
    ):
        return LifeEnd(None)
    return None


class Stay(NamedTuple):
    """A child is in a status from the day it began until the day it ended."""

    began: int
    ended: int | None


def stays(events: Sequence[Event], begins: object, ends: object, matcher: Matcher) -> list[Stay]:
    """This will walk through a child's dated events and note when a status began and ended."""
    begin_rules, end_rules = matcher.rules(begins), matcher.rules(ends)
    by_day: dict[int, list[Event]] = {}
    for event in events:
        if event.day is not None:
            by_day.setdefault(event.day, []).append(event)
    found: list[Stay] = []
    began: int | None = None
    for day in sorted(by_day):
        begun_today = any(matcher.any(begin_rules, event) == YES for event in by_day[day])
        ended_today = any(matcher.any(end_rules, event) == YES for event in by_day[day])
        if began is not None and ended_today:
            found.append(Stay(began, day))
            began = None
            if begun_today:
                began = day
        elif began is None and begun_today:
            began = day
            if ended_today:
                found.append(Stay(day, day))
                began = None
    if began is not None:
        found.append(Stay(began, None))
    return found


def within_stay(found: Sequence[Stay], day: int) -> bool:
    """This will say whether a status that began on an earlier day still held on this one."""
    return any(stay.began < day and (stay.ended is None or day < stay.ended) for stay in found)
