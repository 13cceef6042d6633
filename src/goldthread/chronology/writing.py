"""How a fact is written into a row, and read from one: pure, and the same to the letter each time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from goldthread.duties.corrections import EPOCH, MICROSECOND
from goldthread.duties.event import EMPTY, Event
from goldthread.records.queries import Whole

_encode = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode
_from_ordinal = date.fromordinal

WITHDRAWN = "event-withdrawn"
"""The kind of what takes the place of a corrected fact that turns out never to have happened.

A void of a correction would bring back what the correction replaced, so a fact that was corrected before it is withdrawn
gets this in its place. It matches nothing, and is shown as a withdrawal.
"""


class Row(NamedTuple):
    """What a row of the chronology says of one record; `sense` is all of it that makes it the fact that it is."""

    record: int
    said_id: str
    kind: str
    on: date | None
    process: str
    links: str
    data: str
    about: str
    recorded_at: datetime | None
    replaces: str
    void: bool
    by: int | None = None

    @property
    def sense(self) -> tuple[Any, ...]:
        """What a repeated telling must agree with; who wrote it down here, and when it was taken in, are no part."""
        return self[2:11]

    def agrees(self, other: Row) -> bool:
        """This will say whether another row tells the same; in which order data names its fields does not matter."""
        if self.data == other.data:
            return self.sense == other.sense
        return self._replace(data="").sense == other._replace(data="").sense and _same(self.data, other.data)


COLUMNS = (
    "record_id", "said_id", "kind", "on", "process", "links", "data", "about", "recorded_at", "replaces", "void", "by",
)  # fmt: skip


def row_of(record: int, event: Event, by: int | None = None) -> Row:
    """This will write an event of the engine as the row of one record; its subjects are not looked at."""
    day, recorded = event.day, event.recorded
    return Row(
        record,
        event.id,
        event.kind,
        None if day is None else _from_ordinal(day),
        event.process or "",
        listed(event.links),
        held(event.data),
        listed(event.about),
        None if recorded is None else moment(recorded),
        event.replaces or "",
        event.void,
        by,
    )


def event_of(row: tuple[Any, ...] | Row, subjects: tuple[str, ...]) -> Event:
    """This will read a row (in the order of `COLUMNS`) as the engine's event of these subjects."""
    _, said_id, kind, on, process, links, data, about, recorded_at, replaces, void, _ = row[:12]
    return Event(
        said_id,
        subjects,
        kind,
        None if on is None else on.toordinal(),
        process or None,
        tuple(json.loads(links)) if links else (),
        json.loads(data) if data else EMPTY,
        None if recorded_at is None else microseconds(recorded_at),
        replaces or None,
        bool(void),
        tuple(json.loads(about)) if about else (),
    )


def listed(texts: Iterable[str]) -> str:
    """This will write a list of texts; nothing for an empty one."""
    several = list(texts)
    return _encode(several) if several else ""


def held(data: Mapping[str, Any]) -> str:
    """This will write what an event holds; nothing where it holds nothing. What is no JSON raises `ValueError` or `TypeError`."""
    return _encode(dict(data)) if data else ""


def _same(one: str, other: str) -> bool:
    return bool(one and other and json.loads(one) == json.loads(other))


def moment(recorded: int) -> datetime:
    """This will give the moment of microseconds since 1970."""
    seconds, rest = divmod(recorded, 1_000_000)
    return datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest)


def microseconds(at: datetime) -> int:
    """This will give a moment in microseconds since 1970."""
    return (at - EPOCH) // MICROSECOND


class Standing(dict[int, list[Event]]):
    """By record, the events that stand; those of a record that was merged into another stand under that one.

    `of`: the records, each with what was merged into it. `loads`: the files that any of a record's facts came from.
    """

    def __init__(
        self, events: Mapping[int, list[Event]], of: Mapping[int, Whole], loads: Mapping[int, frozenset[int]]
    ) -> None:
        super().__init__(events)
        self.of, self.loads = of, loads

    @property
    def merged(self) -> set[int]:
        """The records that were merged into any of these."""
        return {record for whole in self.of.values() for record in whole.records[1:]}

    def among(self, kinds: frozenset[str]) -> Standing:
        """This will give the same with the events of some kinds only."""
        own = {record: [one for one in events if one.kind in kinds] for record, events in self.items()}
        return Standing(own, self.of, self.loads)

    def with_others(self, others: Standing) -> Standing:
        """This will give these records and others together; what stands here is taken where both hold a record."""
        return Standing({**others, **self}, {**others.of, **self.of}, {**others.loads, **self.loads})
