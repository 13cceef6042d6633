"""Which events still stand once later ones have corrected or withdrawn them.

A chain is an event, what replaces it, what replaces that, and so on. It never forks, so its end decides: walking back
from there, an event is *withdrawn* when a void that is not itself withdrawn takes it back. An event stands unless
it is a void, or something that is not withdrawn replaces it. So voiding a correction restores what it replaced, and a
correction of a void stands in its own right.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from goldthread.duties.event import Event
from goldthread.duties.refusal import Refused

LONDON = ZoneInfo("Europe/London")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


@lru_cache(maxsize=65536)
def start_of_day(day: int) -> int:
    """This will give the moment at which the civil day `day` (an ordinal) begins in London, in microseconds since 1970."""
    moment = datetime.combine(date.fromordinal(day), datetime.min.time(), tzinfo=LONDON)
    return (moment - EPOCH) // MICROSECOND


def check(events: Iterable[Event]) -> None:
    """This will refuse corrections that contradict each other: a fork, a cycle, a missing target, one without `recorded`."""
    events = events if isinstance(events, Sequence) else list(events)
    corrections = [event for event in events if event.replaces is not None or event.void]
    if not corrections:
        return
    ids = {event.id for event in events}
    replacer: dict[str, str] = {}
    for event in corrections:
        target = event.replaces
        if target is None:
            raise Refused(
                f"event {_named(event.id)} is void but replaces nothing: expected the id of the event it withdraws"
            )
        if event.recorded is None:
            raise Refused(
                f"event {_named(event.id)} replaces {_named(target)} without saying when: a correction must carry recorded"
            )
        if target not in ids:
            raise Refused(f"event {_named(event.id)} replaces {_named(target)}, which is not among the events given")
        if target in replacer:
            first, second = sorted((replacer[target], event.id))
            raise Refused(
                f"events {_named(first)} and {_named(second)} both replace {_named(target)}: expected one, and further corrections to replace"
                " the latest"
            )
        replacer[target] = event.id
    targets = {event.id: event.replaces for event in corrections}
    clear: set[str] = set()
    for start in targets:
        walked: list[str] = []
        step: str | None = start
        on_walk: set[str] = set()
        while step is not None and step not in clear:
            if step in on_walk:
                raise Refused(
                    f"event {_named(step)} replaces itself through {_chain(walked, step)}: expected an end to it"
                )
            on_walk.add(step)
            walked.append(step)
            step = targets.get(step)
        clear.update(walked)


def _named(name: str) -> str:
    """This will give an id as it can stand in a sentence: as it is, unless it holds what cannot be printed."""
    return name if name.isprintable() else ascii(name)


def _chain(walked: list[str], again: str) -> str:
    circle = [_named(name) for name in walked[walked.index(again) :]]
    return " and ".join(circle) if len(circle) < 4 else f"{circle[0]} and {len(circle) - 1} others"


def in_force(events: Iterable[Event], known_at: int | None = None) -> list[Event]:
    """This will give the events that stand, in the order given, as they were known at `known_at` (None: as known now).

    A standing correction carries the subjects of all that it replaces, the original's first, then its own. The
    events are taken to have passed `check`; a correction whose target was not yet known replaces nothing.
    """
    if known_at is None:
        known = list(events)
    else:
        known = []
        for event in events:
            moment = event.recorded
            if moment is None and event.day is not None:
                moment = start_of_day(event.day)
            if moment is None or moment <= known_at:
                known.append(event)
    corrections = [event for event in known if event.replaces is not None or event.void]
    if not corrections:
        return known
    targets = {event.replaces for event in corrections}
    by_id = {event.id: event for event in known if event.id in targets}
    replacer = {event.replaces: event for event in corrections if event.replaces in by_id}
    standing: dict[str, Event | None] = {}
    for first in by_id.values():
        if first.replaces is not None and first.replaces in by_id:
            continue  # not the first of a chain
        chain = [first]
        while (following := replacer.get(chain[-1].id)) is not None:
            chain.append(following)
        _settle(chain, standing)
    result: list[Event] = []
    for event in known:
        found = standing.get(event.id, event)
        if found is not None and not found.void:
            result.append(found)
    return result


def _settle(chain: list[Event], standing: dict[str, Event | None]) -> None:
    """This will write down, for each event of a chain (the original first), what it stands as; None where it does not."""
    stands = [False] * len(chain)
    # Of what replaces the event at hand: whether it is a void, and whether it is not itself withdrawn.
    replacer_void = replacer_holds = False
    for index in range(len(chain) - 1, -1, -1):
        event = chain[index]
        stands[index] = not event.void and not replacer_holds
        replacer_void, replacer_holds = event.void, not (replacer_void and replacer_holds)
    reached: dict[str, None] = {}
    for event, stays in zip(chain, stands, strict=True):
        reached.update(dict.fromkeys(event.subjects))
        if not stays:
            standing[event.id] = None
        else:
            subjects = tuple(reached)
            standing[event.id] = event if subjects == event.subjects else event._replace(subjects=subjects)
