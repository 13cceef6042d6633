"""Events taken in by the file: thousands in a statement, once each however often the file is loaded."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from goldthread.access.gate import TakingIn
from goldthread.chronology import registry, sources
from goldthread.chronology.actions.following import follow, keep
from goldthread.chronology.models import Event as EventRow
from goldthread.chronology.models import Load
from goldthread.chronology.queries.comparing import Sorted, sort_out
from goldthread.chronology.statements import insert
from goldthread.chronology.summary import standing
from goldthread.chronology.taking import Fact, Taken, Unusable, chunks
from goldthread.chronology.writing import WITHDRAWN, Row, Standing, event_of
from goldthread.duties.event import EVERYTHING, Event, Source
from goldthread.records.queries import Whole, wholes


def begin_load(
    taking: TakingIn,
    *,
    name: str,
    kind: str,
    sha256: str,
    source: Source = EVERYTHING,
    held_until: date | None = None,
) -> Load:
    """This will note a file that is being taken in, and what it could hold; the same file again is the same load."""
    said = sources.written(source)
    if held_until is None and source.closes is not None:
        held_until = date.fromordinal(source.closes)
    there = Load.objects.filter(sha256=sha256, kind=kind, source=said, held_until=held_until).first()
    if there is not None:
        return there
    return Load.objects.create(
        name=name[:200], kind=kind, sha256=sha256, source=said, held_until=held_until, at=taking.at, by=str(taking.by)
    )


def take_in(taking: TakingIn, load: Load | None, facts: Iterable[Fact], *, taken: Taken | None = None) -> Taken:
    """This will take the facts in, with all that follows from them, and say what came of it.

    What is there and the same is passed over; what is there and differs is told and left as it is. Facts of one record
    may come in several calls; a correction counts from when what it corrects is there too.
    """
    taken = Taken() if taken is None else taken
    for chunk in chunks(facts):
        _take_in(taking, load, sort_out(chunk, taken), taken)
    return taken


def _take_in(taking: TakingIn, load: Load | None, given: Sorted, taken: Taken) -> None:
    of: dict[int, Whole] = wholes(row.record for row in given.new)
    subjects = {record: whole.subject for whole in of.values() for record in whole.records}
    by_record: dict[int, list[Row]] = {}
    for row in given.new:
        by_record.setdefault(row.record, []).append(row)
    rows: list[Row] = []
    stand: list[bool] = []
    told: dict[int, list[Event]] = {}
    for record, new in by_record.items():
        if record not in subjects:
            for row in new:
                taken.refuse(
                    Unusable(record, row.said_id, "There is no such record.", given.places[record, row.said_id])
                )
            continue
        there = given.there.get(record, [])
        corrects = any([row.replaces or row.void for row in new]) or any([one.replaces for one, _ in there])
        if corrects:
            new = _sound(there, new, given, taken)
            if not new:
                continue
        subject = (subjects[record],)
        events = [given.events[record, row.said_id]._replace(subjects=subject) for row in new]
        if corrects:
            events = standing([*(event_of(one, subject) for one, _ in there), *events])
            names = {one.id for one in events}
            _mark_again(record, there, names)
            stand += [row.said_id in names for row in new]
        else:
            events = [*(event_of(one, subject) for one, stood in there if stood), *events]
            stand += [True] * len(new)
        rows += new
        told[record] = events
        taken.new += len(new)
        taken.records.add(record)
        taking.touch(record, len(new))
    insert(rows, stand, load.pk if load else None)
    new_load = {load.pk} if load else set()
    loads = {record: frozenset({*given.loads.get(record, ()), *new_load}) for record in told}
    _follow(taking, of, Standing(told, of, loads))


def _follow(taking: TakingIn, of: dict[int, Whole], told: Standing) -> None:
    """Fold what is at hand; where records were merged, from the rows of all of them."""
    several = [head for head, whole in of.items() if len(whole.records) > 1]
    alone = {record: events for record, events in told.items() if record in of and record not in set(several)}
    if alone:
        keep(alone)
        registry.run(taking, Standing(alone, {record: of[record] for record in alone}, told.loads))
    if several:
        follow(taking, several)


def _mark_again(record: int, there: list[tuple[Row, bool]], names: set[str]) -> None:
    up = [one.said_id for one, stood in there if not stood and one.said_id in names]
    down = [one.said_id for one, stood in there if stood and one.said_id not in names]
    for said_ids, now in ((up, True), (down, False)):
        for start in range(0, len(said_ids), 500):
            some = said_ids[start : start + 500]
            EventRow.objects.filter(record=record, said_id__in=some).update(stands=now)


def _sound(there: list[tuple[Row, bool]], new: list[Row], given: Sorted, taken: Taken) -> list[Row]:
    """Leave out corrections that contradict each other: a second one of the same fact, one of itself, a void of nothing."""
    replacer = {one.replaces: one.said_id for one, _ in there if one.replaces}
    target = {one.said_id: one.replaces for one, _ in there if one.replaces}
    kept: list[Row] = []
    for row in new:
        says = ""
        if (row.void and not row.replaces) or (row.kind == WITHDRAWN and not row.replaces):
            says = "It withdraws something and does not say what."
        elif row.replaces and row.recorded_at is None:
            says = "It replaces something without saying when that was recorded."
        elif row.replaces and row.replaces in replacer:
            says = f"It replaces what {replacer[row.replaces]} replaced already."
        elif row.replaces:
            step: str | None = row.replaces
            while step is not None and step != row.said_id:
                step = target.get(step)
            if step is not None:
                says = "It replaces itself, by way of what it replaces."
        if says:
            taken.refuse(Unusable(row.record, row.said_id, says, given.places[row.record, row.said_id]))
            continue
        if row.replaces:
            replacer[row.replaces], target[row.said_id] = row.said_id, row.replaces
        kept.append(row)
    return kept
