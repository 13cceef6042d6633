"""The engine asked for records, each with what its files could hold: pure, but for the rulebook that it is given."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from goldthread.chronology.rulebook import Rulebook
from goldthread.duties.engine import Evaluator
from goldthread.duties.event import EVERYTHING, Event, Source
from goldthread.duties.findings import Finding


class Known(NamedTuple):
    """What a record's files could hold at all, and until which day (an ordinal) that says anything."""

    source: Source = EVERYTHING
    until: int | None = None


FREE = Known()
"""Everything was recorded here, or came from files that could hold everything."""


class Asked(NamedTuple):
    """A finding, and the source by which it was answered: its working is explained by the same."""

    finding: Finding
    source: Source


def evaluator(book: Rulebook, as_of: int, source: Source) -> Evaluator:
    """This will give the engine made ready for a day; what does not depend on the day is made ready once."""
    base = _base(book, source)
    if base.setting.as_of == as_of:
        return base
    other = copy.copy(base)
    past = source.closes is not None and as_of > source.closes
    other.setting = base.setting._replace(as_of=as_of, past_window=past)
    return other


class _Key:
    """A rulebook and a source, compared by what stands for them: neither can be hashed cheaply."""

    __slots__ = ("book", "key", "source")

    def __init__(self, book: Rulebook, source: Source) -> None:
        self.book, self.source, self.key = book, source, (book.sha256, source)

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.key == other.key


def _base(book: Rulebook, source: Source) -> Evaluator:
    return _made(_Key(book, source))


@lru_cache(maxsize=32)
def _made(key: _Key) -> Evaluator:
    return Evaluator(key.book.rules, key.book.calendar, date(2000, 1, 1).toordinal(), key.source)


def ask(
    book: Rulebook, subjects: Mapping[int, str], standing: Mapping[int, list[Event]], as_of: int, known: Known
) -> dict[int, list[Asked]]:
    """This will answer every duty on records that may share one, by record; what they share stands with each of them.

    What began by the day until which their files could know is answered by what those could hold; later things by
    everything, since they are recorded here.
    """
    found = _evaluated(book, subjects, standing, as_of, known.source)
    if known.source == EVERYTHING or known.until is None:
        return found
    later = _evaluated(book, subjects, standing, as_of, EVERYTHING)
    until = known.until
    return {
        record: [
            *(one for one in own if one.finding.started is None or one.finding.started <= until),
            *(one for one in later[record] if one.finding.started is not None and one.finding.started > until),
        ]
        for record, own in found.items()
    }


def _evaluated(
    book: Rulebook, subjects: Mapping[int, str], standing: Mapping[int, list[Event]], as_of: int, source: Source
) -> dict[int, list[Asked]]:
    engine = evaluator(book, as_of, source)
    if len(subjects) == 1:
        ((record, subject),) = subjects.items()
        return {record: [Asked(one, source) for one in engine.subject(subject, standing.get(record, []))]}
    found: dict[int, list[Asked]] = {record: [] for record in subjects}
    record_of = {subject: record for record, subject in subjects.items()}
    for _, findings in engine.each(joined(standing[record] for record in subjects)):
        for finding in findings:
            for subject in finding.subjects:
                if subject in record_of:
                    found[record_of[subject]].append(Asked(finding, source))
    return found


def joined(several: Iterable[Sequence[Event]]) -> list[Event]:
    """This will join the rows of one fact on several records into one event of all of them."""
    found: dict[str, Event] = {}
    for events in several:
        for event in events:
            before = found.get(event.id)
            if before is None:
                found[event.id] = event
            elif before[2:] == event[2:]:
                subjects = (*before.subjects, *(one for one in event.subjects if one not in before.subjects))
                found[event.id] = before._replace(subjects=subjects)
            else:  # the same id, and not the same fact: told apart by whose it is
                own = event._replace(id=f"{event.id} {event.subjects[0]}")
                found[own.id] = own
    return list(found.values())


def shared_names(book: Rulebook, events: Iterable[Event]) -> set[str]:
    """This will give the names under which a record's facts start duties that are owed once for several children."""
    kinds = _base(book, EVERYTHING).shared_starts
    return {f"process:{one.process}" if one.process else f"event:{one.id}" for one in events if one.kind in kinds}
