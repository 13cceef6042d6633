"""What is open on records, worked out from what stands on them; nothing is written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from goldthread.chronology.rulebook import rulebook
from goldthread.chronology.writing import Standing
from goldthread.clocks.engine import Asked, ask
from goldthread.clocks.queries.clusters import joined_by, known_to, limits_of
from goldthread.clocks.reckoning import Reckoned, reckon


def worked_out(standing: Standing, names: dict[str, set[int]], on: date) -> Iterator[tuple[list[int], Reckoned]]:
    """This will give, for each group of records that share a duty, what is open on a day and after."""
    book, limited = rulebook(), limits_of(standing)
    for group in joined_by(names, standing.of):
        events = {record: standing[record] for record in group}
        subjects = {record: standing.of[record].subject for record in group}
        known = known_to(standing, group, limited)

        def asking(day: int, of: tuple[Any, ...] = (subjects, events, known)) -> dict[int, list[Asked]]:
            return ask(book, of[0], of[1], day, of[2])

        every = [event for several in events.values() for event in several]
        yield group, reckon(book, asking, every, on.toordinal(), known)
