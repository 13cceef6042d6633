"""Which records share a duty, what stands on all of them, and what their files could know."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from itertools import islice

from goldthread.chronology import sources
from goldthread.chronology.queries.facts import limits
from goldthread.chronology.queries.reading import held, rows_of
from goldthread.chronology.writing import Standing, microseconds
from goldthread.clocks.engine import FREE, Known
from goldthread.clocks.models import Sharing
from goldthread.duties.event import Source
from goldthread.records.queries import AT_ONCE, Whole, wholes


def names_of(records: Iterable[int]) -> dict[str, set[int]]:
    """This will give the names under which records share a duty, each with the records of these that have it."""
    found: dict[str, set[int]] = {}
    wanted = iter(records)
    while batch := list(islice(wanted, AT_ONCE)):
        for name, record in Sharing.objects.filter(record__in=batch).values_list("name", "record"):
            found.setdefault(name, set()).add(record)
    return found


def beside(names: Collection[str], known: Collection[int]) -> dict[str, set[int]]:
    """This will give all who have any of these names, and whatever names those have, and so on, beside those known."""
    found: dict[str, set[int]] = {}
    met, asked = set(known), list(names)
    while asked:
        others: set[int] = set()
        for start in range(0, len(asked), AT_ONCE):
            rows = Sharing.objects.filter(name__in=asked[start : start + AT_ONCE]).values_list("name", "record")
            for name, record in rows:
                found.setdefault(name, set()).add(record)
                others.add(record)
        others -= met
        met |= others
        more = names_of(others) if others else {}
        asked = [name for name in more if name not in found]
    return found


def grouped(records: Iterable[int], names: Mapping[str, Iterable[int]]) -> list[list[int]]:
    """This will give the records in groups of those who share a name, each group and all of them in order."""
    above = {record: record for record in records}

    def top(one: int) -> int:
        while above[one] != one:
            above[one] = above[above[one]]
            one = above[one]
        return one

    for several in names.values():
        first: int | None = None
        for record in several:
            if record in above:
                if first is None:
                    first = top(record)
                else:
                    above[top(record)] = first
    groups: dict[int, list[int]] = {}
    for record in sorted(above):
        groups.setdefault(top(record), []).append(record)
    return list(groups.values())


def others_beside(names: dict[str, set[int]], known: Mapping[int, object]) -> dict[int, Whole]:
    """This will give those who share a duty with the records of these names, and put them beside the names."""
    if not names:
        return {}
    for name, records in beside(names, known).items():
        names.setdefault(name, set()).update(records)
    others = {record for records in names.values() for record in records} - known.keys()
    return {record: whole for record, whole in wholes(others).items() if record not in known} if others else {}


def joined_by(names: Mapping[str, set[int]], of: Mapping[int, Whole]) -> list[list[int]]:
    """This will give these records in groups of those who share a name, whichever of a merged record's names it is."""
    head = {record: whole.record for whole in of.values() for record in whole.records}
    return grouped(of, {name: {head[one] for one in records if one in head} for name, records in names.items()})


def cluster(whole: Whole) -> dict[int, Whole]:
    """This will give a record with those that share a duty with it, by their ids; one query where there are none."""
    names = names_of(whole.records)
    several = beside(names, whole.records) if names else {}
    others = {record for records in several.values() for record in records} - set(whole.records)
    of = {**(wholes(others) if others else {}), whole.record: whole}
    group = next(one for one in joined_by(several, of) if whole.record in one)
    return {record: of[record] for record in group}


def standing_then(of: Mapping[int, Whole], known_at: datetime | None) -> Standing:
    """This will give what stood on these records, as known at a moment; None: as is known now."""
    records = [record for whole in of.values() for record in whole.records]
    rows = rows_of(records, standing_only=known_at is None)
    return held(rows, of, None if known_at is None else microseconds(known_at))


Limits = Mapping[int, tuple[Source, date | None]]


def limits_of(standing: Standing) -> Limits:
    """This will give what the files could hold that any of these facts came from; nothing asked where there are none."""
    return limits(load for loads in standing.loads.values() for load in loads)


def known_to(standing: Standing, group: Iterable[int], limited: Limits) -> Known:
    """This will give what the files of a group could hold together, and until which day they could know."""
    loads = {load for record in group for load in standing.loads.get(record, ())} if limited else set()
    found = [limited[load] for load in sorted(loads) if load in limited]
    if not found:
        return FREE
    source = sources.merged([one for one, _ in found])
    days = [until.toordinal() for _, until in found if until is not None]
    return Known(source, max(days, default=source.closes))
