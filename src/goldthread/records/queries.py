"""Records by their reference, and which of them are read together. Only the gate may ask: it decides who may have one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

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
