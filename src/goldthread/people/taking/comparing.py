"""Compares the facts of one sort with what is known, and writes what is new or has changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from goldthread.people import rows
from goldthread.people.taking.reading import Row
from goldthread.people.taking.tables import VITALS, Table, merged_vitals, one_at_a_time
from goldthread.people.taking.taken import Taken


@dataclass(slots=True)
class Compared:
    """What is to be written of one sort: rows that are new, and rows that replace others by their ids."""

    table: Table
    new: list[Row] = field(default_factory=list)
    replacing: dict[int, Row] = field(default_factory=dict)

    @property
    def written(self) -> list[Row]:
        """All rows that are written."""
        return [*self.new, *self.replacing.values()]

    @property
    def changes(self) -> Counter[int]:
        """How many are written, by whose they are."""
        return Counter(row[0] for row in self.written)

    def write(self, at: datetime) -> None:
        """This will write them. What replaces is known from now on; what is new, from the day that the file gives it."""
        model, columns = self.table.model, self.table.columns
        rows.supersede(model, self.replacing, at)
        rows.insert(model, (*columns, *_EMPTY), ((*row, "") for row in self.new))
        rows.insert(
            model,
            (*columns, *_EMPTY, "replaces_id", "recorded_at"),
            ((*row, "", number, at) for number, row in self.replacing.items()),
        )


_EMPTY = ("changed_because",)


class _Live(NamedTuple):
    """A row that stands: its number, what it holds, and whether a person wrote it."""

    number: int
    row: Row
    by_person: bool


@dataclass(slots=True)
class _There:
    """What is known of the owners: what stands, by owner and identity, and what somebody here has replaced."""

    live: dict[Row, _Live] = field(default_factory=dict)
    of: dict[int, list[Row]] = field(default_factory=dict)  # the keys of `live`, by owner
    past: set[Row] = field(default_factory=set)
    past_keys: set[Row] = field(default_factory=set)


def compare(table: Table, told: Iterable[Row], new_owners: Collection[int], taken: Taken) -> Compared:
    """This will say what is new, the same or changed; rows of owners who are new are new without looking."""
    compared, name = Compared(table), table.name
    key_length = 1 + len(table.identity)
    known: list[Row] = []
    seen: set[Row] = set()
    for row in told:
        key = row[:key_length]
        if key in seen:
            continue
        seen.add(key)
        if row[0] in new_owners:
            compared.new.append(row)
        else:
            known.append(row)
    taken.new[name] += len(compared.new)
    if not known:
        return compared
    there = _read(table, sorted({row[0] for row in known}))
    for row in known:
        _compare_one(compared, there, row, row[:key_length], taken)
    return compared


def _compare_one(compared: Compared, there: _There, row: Row, key: Row, taken: Taken) -> None:
    table, name = compared.table, compared.table.name
    live = there.live.get(key)
    if live is None and row in there.past:
        taken.same[name] += 1  # taken in once, and changed here since
        return
    if live is None and key in there.past_keys:
        taken.kept[name] += 1
        return
    if live is None and "from_on" in table.identity:
        live, row = _without_day(table, there, row, key)
    if live is None:
        taken.new[name] += 1
        compared.new.append(row)
        return
    if table is VITALS:
        row = (*key, *merged_vitals(live.row[1:], row[1:]))
    if row == live.row or live.number in compared.replacing:
        taken.same[name] += 1
    elif live.by_person:
        taken.kept[name] += 1
    else:
        taken.changed[name] += 1
        taken.ended[name] += live.row[-1] is None and row[-1] is not None
        compared.replacing[live.number] = row


def _without_day(table: Table, there: _There, row: Row, key: Row) -> tuple[_Live | None, Row]:
    """Find what is known with its day where the file tells it without one, or of which only one holds at a time."""
    day = 1 + table.identity.index("from_on")
    if key[day] is not None:
        return None, row
    for other in there.of.get(key[0], ()):
        live = there.live[other]
        if (*other[:day], None, *other[day + 1 :]) == key:
            return live, (*other, *row[len(key) :])
        if one_at_a_time(table, key[1:]) and other[1] == key[1] and other[day] is None and live.row[-1] is None:
            return live, row
    return None, row


def _read(table: Table, owners: list[int]) -> _There:
    there = _There()
    key_length = 1 + len(table.identity)
    for some in rows.batches(owners, 2000):
        found = table.model.objects.filter(**{f"{table.owner}__in": some}).order_by("pk")
        for number, by, ended, *row in found.values_list("pk", "recorded_by", "superseded_at", *table.columns):
            held = tuple(row)
            key = held[:key_length]
            if ended is None:
                there.live[key] = _Live(number, held, by is not None)
                there.of.setdefault(held[0], []).append(key)
            else:
                there.past.add(held)
                there.past_keys.add(key)
    return there
