"""Facts of a file beside what stands here already."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from goldthread.chronology import rules
from goldthread.chronology.queries.reading import rows_of
from goldthread.chronology.taking import Different, Fact, Taken, Unusable, chunks
from goldthread.chronology.writing import Row, row_of
from goldthread.duties.event import Event
from goldthread.kernel.errors import RuleBroken


class Sorted(NamedTuple):
    """A chunk of facts, sorted out: the rows that are new, and by record the rows that are there with whether each stands."""

    new: list[Row]
    events: dict[tuple[int, str], Event]  # those that the new rows were made from
    places: dict[tuple[int, str], str]
    there: dict[int, list[tuple[Row, bool]]]
    loads: dict[int, set[int]]


def compare(facts: Iterable[Fact]) -> Taken:
    """This will count what taking the facts in would do, and change nothing; an actor is bound by whoever asks."""
    taken = Taken()
    said: dict[tuple[int, str], int] = {}
    for chunk in chunks(facts):
        for row in sort_out(chunk, taken, said).new:
            taken.new += 1
            taken.records.add(row.record)
    return taken


def sort_out(chunk: list[Fact], taken: Taken, said: dict[tuple[int, str], int] | None = None) -> Sorted:
    """This will sort out a chunk: what is there and the same, what is there and differs, what is new, what is unusable.

    `said` remembers what was new in earlier chunks, where nothing is written in between.
    """
    rows: dict[tuple[int, str], Row] = {}
    places: dict[tuple[int, str], str] = {}
    events: dict[tuple[int, str], Event] = {}
    latest: Fact | None = None
    row: Row | None = None
    for fact in chunk:
        try:
            if row is not None and latest is not None and fact.event is latest.event and fact.by == latest.by:
                row = row._replace(record=fact.record)  # the same fact on a sibling's record
            else:
                row, latest = None, None
                row = row_of(fact.record, fact.event, fact.by)
                rules.check_row(row)
                latest = fact
        except (RuleBroken, ValueError, TypeError, RecursionError, OverflowError) as error:
            row, latest = None, None
            says = error.sentence if isinstance(error, RuleBroken) else "It holds what cannot be written down."
            taken.refuse(Unusable(fact.record, fact.event.id, says, fact.place))
            continue
        key = (row.record, row.said_id)
        before = rows.get(key)
        if before is None and (said is None or said.get(key) is None):
            rows[key] = row
            places[key] = fact.place
            events[key] = fact.event
            continue
        same = before.agrees(row) if before is not None else said is not None and said[key] == hash(row.sense)
        _again(taken, row, before, fact.place, same=same)
    there: dict[int, list[tuple[Row, bool]]] = {}
    loads: dict[int, set[int]] = {}
    for values in rows_of(dict.fromkeys(row.record for row in rows.values())):
        held = Row(*values[:12])
        there.setdefault(held.record, []).append((held, bool(values[12])))
        if values[13] is not None:
            loads.setdefault(held.record, set()).add(values[13])
        again = rows.pop((held.record, held.said_id), None)
        if again is not None:
            _again(taken, again, held, places[again.record, again.said_id], same=held.agrees(again))
    if said is not None:
        said.update((key, hash(row.sense)) for key, row in rows.items())
    return Sorted(list(rows.values()), events, places, there, loads)


def _again(taken: Taken, row: Row, before: Row | None, place: str, *, same: bool) -> None:
    if same:
        taken.same += 1
        return
    names: tuple[str, ...] = ()
    if before is not None:
        pairs: Iterable[tuple[str, Any, Any]] = zip(Row._fields[2:11], before.sense, row.sense, strict=True)
        names = tuple(name for name, one, other in pairs if one != other)
    taken.differs(Different(row.record, row.said_id, names, place))
