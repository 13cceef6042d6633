"""Records by their reference, and which of them are read together. Only the gate may ask: it decides who may have one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import islice
from typing import NamedTuple

from goldthread.kernel import references
from goldthread.records.models import Record


def by_code(said: str) -> Record | None:
    """This will give the record of a reference, however it was typed; None if there is none."""
    code = references.read(said[:40])
    return None if code is None else Record.objects.filter(code=code).first()


def by_ids(ids: Iterable[int]) -> list[Record]:
    """This will give records by their ids, in the order of the ids, which is the one in which they are locked."""
    return list(Record.objects.filter(pk__in=set(ids)).order_by("pk"))


def by_codes(codes: Collection[str]) -> dict[str, int]:
    """This will give the ids of records by their references; those that are none are left out."""
    return dict(Record.objects.filter(code__in=codes).values_list("code", "pk"))


def lock(ids: Iterable[int]) -> list[Record]:
    """This will give records, in the order of their ids, and let nobody else change them until the transaction ends."""
    return list(Record.objects.select_for_update().filter(pk__in=set(ids)).order_by("pk"))


def standing_for(record: Record) -> Record:
    """This will give the record that one was merged into, at the end of the chain; itself if it was not merged."""
    seen = {record.pk}
    while record.merged_into_id is not None:
        if record.merged_into_id in seen:
            raise RuntimeError(f"{record} was merged into itself.")
        seen.add(record.merged_into_id)
        record = Record.objects.get(pk=record.merged_into_id)
    return record


def merged_into(records: Sequence[Record]) -> dict[int, list[Record]]:
    """This will give, for each record, those that were merged into it, and into those; one query for each depth."""
    group: dict[int, list[Record]] = {one.pk: [] for one in records}
    stands_for = {one.pk: one.pk for one in records}
    level: Iterable[int] = list(group)
    while level:
        found = list(Record.objects.filter(merged_into__in=level).order_by("pk"))
        for one in found:
            if one.merged_into_id is not None and one.pk not in stands_for:
                stands_for[one.pk] = stands_for[one.merged_into_id]
                group[stands_for[one.pk]].append(one)
        level = [one.pk for one in found]
    return group


AT_ONCE = 500
"""Ids in one question: each database has a limit to what one statement can be given."""


class Whole(NamedTuple):
    """A record with those that were merged into it: its own id first."""

    record: int
    subject: str  # as the engine calls whom it is about: child:7K2M-9QXT-4
    records: tuple[int, ...]


def wholes(records: Iterable[int]) -> dict[int, Whole]:
    """This will give, by id, each of these records with what was merged into it; for a merged one, the one it went into.

    Two queries for some hundred records, and one more for each step of a record that was merged, then merged again.
    """
    found: dict[int, Whole] = {}
    wanted = iter(dict.fromkeys(records))
    while batch := list(islice(wanted, AT_ONCE)):
        found.update(_wholes(batch))
    return found


def _wholes(records: list[int]) -> dict[int, Whole]:
    heads: dict[int, str] = {}
    asked = records
    while asked:
        rows = Record.objects.filter(pk__in=asked).values_list("pk", "kind", "code", "merged_into")
        asked = []
        for key, kind, code, into in rows:
            if into is None:
                heads[key] = f"{kind}:{code}"
            elif into not in heads:
                asked.append(into)
    members: dict[int, list[int]] = {head: [head] for head in heads}
    whose = {head: head for head in heads}
    asked = list(heads)
    while asked:
        below = list(Record.objects.filter(merged_into__in=asked).order_by("pk").values_list("pk", "merged_into"))
        for key, into in below:
            whose[key] = whose[into or 0]
            members[whose[key]].append(key)
        asked = [key for key, _ in below]
    return {head: Whole(head, subject, tuple(members[head])) for head, subject in heads.items()}


def all_ids() -> list[int]:
    """This will give the ids of all records, in their order: for those who verify all, or make an index anew."""
    return list(Record.objects.order_by("pk").values_list("pk", flat=True))


def standing_for_several(ids: Iterable[int]) -> dict[int, int]:
    """This will give, for each of several records, the id of the one it is read as part of; one query for each depth."""
    stands_for = {one: one for one in ids}
    level = set(stands_for)
    while level:
        found = Record.objects.filter(pk__in=level).values_list("pk", "merged_into")
        into = {one: other for one, other in found if other is not None}
        stands_for = {one: into.get(at, at) for one, at in stands_for.items()}
        level = set(into.values())
    return stands_for
