"""The stored index beside the same worked out afresh, record by record: for those who verify."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from goldthread.chronology.queries.reading import standing_of
from goldthread.chronology.rulebook import rulebook
from goldthread.clocks.models import Clock, Reckoning
from goldthread.clocks.queries.clusters import names_of, others_beside
from goldthread.clocks.queries.working_out import worked_out
from goldthread.clocks.reckoning import Open
from goldthread.records.queries import all_ids, wholes

BATCH = 200


class Beside(NamedTuple):
    """One record: what the index holds, and what its facts lead to as of the day on which it was last reckoned."""

    record: int
    events: int
    reckoned: date | None
    held: frozenset[Open]
    worked_out: frozenset[Open]
    next_differs: bool


def held_beside_worked_out(progress: Callable[[int, int], None] | None = None) -> Iterator[Beside]:
    """This will give every record that was not merged into another, in bounded batches."""
    ids = all_ids()
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        standing = standing_of({record: whole for record, whole in wholes(batch).items() if record in set(batch)})
        held: dict[int, set[Open]] = {}
        for record, *fields in Clock.objects.filter(record__in=list(standing)).values_list("record", *Open._fields):
            held.setdefault(record, set()).add(Open(*fields))
        marks = {one.record_id: one for one in Reckoning.objects.filter(record__in=list(standing))}
        current = {one: mark for one, mark in marks.items() if mark.rules == rulebook().sha256}
        names = names_of(standing)
        others = others_beside(names, standing)
        together = standing.with_others(standing_of(others)) if others else standing
        for on in sorted({mark.as_of for mark in current.values()}):
            wanted = {one for one, mark in current.items() if mark.as_of == on}
            for group, reckoned in worked_out(together, names, on):
                for record in wanted.intersection(group):
                    yield Beside(
                        record,
                        len(standing[record]),
                        on,
                        frozenset(held.get(record, ())),
                        frozenset(reckoned.clocks[record]),
                        reckoned.next_on != current[record].next_on,
                    )
        for record, events in standing.items():
            if record not in marks:
                yield Beside(
                    record, len(events), None, frozenset(held.get(record, ())), frozenset(), next_differs=False
                )
        if progress is not None:
            progress(min(start + BATCH, len(ids)), len(ids))
