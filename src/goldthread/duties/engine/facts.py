"""The facts of one subject, sorted out: who sees them, when a childhood ends, when a status holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from operator import attrgetter
from typing import Any

from goldthread.duties import words
from goldthread.duties.calendar import birthday
from goldthread.duties.engine.setting import Facts, Setting
from goldthread.duties.event import Event, Pattern
from goldthread.duties.patterns import YES, Tests, best, tests
from goldthread.duties.rules import BIRTH, DEATH, FAMILY_MEMBER, IDENTIFIED, PREGNANCY_ENDED, Asked, StatusRule

by_day = attrgetter("day", "id")  # the order of facts that have a day
by_id = attrgetter("id")  # and of those that have none

ADULT = 18
FIRST_YEAR, LAST_YEAR = 1900, 2199  # a day held in data outside these is a slip, and counting from it could overflow
SUBJECT_TYPES = frozenset(words.SUBJECTS)


def find_life_end(
    setting: Setting, dated: Mapping[str, list[Event]], undated: Mapping[str, list[Event]]
) -> tuple[int, str] | None:
    """Say on which day a child's duties end by themselves, and by what; the earliest of what is known."""
    ends: list[tuple[int, str]] = []
    born: int | None = None
    told = dated.get(IDENTIFIED, [])
    if BIRTH in dated or undated:
        told = [*undated.get(IDENTIFIED, ()), *undated.get(BIRTH, ()), *told, *dated.get(BIRTH, ())]
    for event in sorted(told, key=order) if len(told) > 1 else told:
        said = ordinal(event.data.get("born_on"))
        born = said if said is not None else event.day if event.kind == BIRTH and event.day is not None else born
    if born is not None:
        adult = _adult_on(born)
        if adult <= setting.as_of:
            ends.append((adult, "the 18th birthday"))
    for event in dated.get(DEATH, ())[:1]:
        ends.append((event.day or 0, "the child's death"))
    for event in dated.get(PREGNANCY_ENDED, ())[:1]:
        if born is None or born > (event.day or 0):
            ends.append((event.day or 0, "the end of the pregnancy"))
    return min(ends) if ends else None


def find_spells(status: StatusRule, facts: Facts) -> list[tuple[int, int]]:
    """List when the status began and ended (open: after every day), from facts that surely match."""
    begins = {event.day or 0 for event in sure_matches(status.begins, facts.dated)}
    ends = {event.day or 0 for event in sure_matches(status.ends, facts.dated)}
    spells: list[tuple[int, int]] = []
    begun: int | None = None
    for day in sorted(begins | ends):
        # on one day, what is on ends before it begins anew, and what is off begins before it ends
        if begun is None:
            if day in begins and day not in ends:
                begun = day
        elif day in ends:
            spells.append((begun, day))
            begun = day if day in begins else None
    if begun is not None:
        spells.append((begun, date.max.toordinal()))
    return spells


def with_families(events: list[Event]) -> list[Event]:
    """Give each event of a family to the children who were its members on its day."""
    members: dict[str, list[tuple[str, int, int]]] = defaultdict(list)
    for event in events:
        if event.kind == FAMILY_MEMBER:
            child = event.data.get("child")
            if isinstance(child, str) and child:
                child = child if child.startswith("child:") else f"child:{child}"
                opens = ordinal(event.data.get("from")) or event.day
                closes = ordinal(event.data.get("until"))
                for family in event.subjects:
                    if family.startswith("family:"):
                        members[family].append((child, opens or 0, closes or date.max.toordinal()))
    if not members:
        return events
    found = []
    families = members.keys()
    for event in events:
        if families.isdisjoint(event.subjects):
            found.append(event)
            continue
        added: list[str] = []
        for family in event.subjects:
            for child, opens, closes in members.get(family, ()):
                if (
                    (event.day is None or opens <= event.day < closes)
                    and child not in event.subjects
                    and child not in added
                ):
                    added.append(child)
        if added and event.kind != FAMILY_MEMBER:
            event = event._replace(subjects=(*event.subjects, *sorted(added)))
        found.append(event)
    return found


def order(event: Event) -> tuple[int, str]:
    """Order facts by day, then id; those without a day first."""
    return (-1 if event.day is None else event.day, event.id)


def lost_pregnancies(facts: Facts) -> list[Event]:
    """List ends of a pregnancy that have no day, where no birth is known."""
    told = [*facts.dated.get(IDENTIFIED, ()), *facts.undated.get(IDENTIFIED, ())]
    born = BIRTH in facts.dated or BIRTH in facts.undated or any(ordinal(one.data.get("born_on")) for one in told)
    return [] if born else facts.undated.get(PREGNANCY_ENDED, [])


def sure_matches(asked: Asked, dated: Mapping[str, list[Event]]) -> list[Event]:
    """List the facts that surely match."""
    return [
        event
        for kind, alternatives in asked.items()
        for event in dated.get(kind, ())
        if best(alternatives, event.data) == YES
    ]


def by_kind(given: Iterable[Pattern]) -> dict[str, tuple[Tests, ...]]:
    """Make patterns ready to be asked, by kind."""
    found: dict[str, tuple[Tests, ...]] = {}
    for pattern in given:
        found[pattern.kind] = (*found.get(pattern.kind, ()), tests(pattern))
    return found


def ordinal(text: Any) -> int | None:
    """Read an ISO date held in data; anything else is no date."""
    return _read_day(text) if isinstance(text, str) else None


@lru_cache(maxsize=65536)
def _read_day(text: str) -> int | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found.toordinal() if FIRST_YEAR <= found.year <= LAST_YEAR else None


@lru_cache(maxsize=65536)
def _adult_on(born: int) -> int:
    return birthday(born, ADULT)
