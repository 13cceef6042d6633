"""The only writers of records. Each is called within the gate, which has decided and writes the audit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from goldthread.kernel.errors import NotNow
from goldthread.records.models import Record, RecordKind, Restriction


def begin(*, kind: RecordKind, opened_on: date) -> Record:
    """This will make a new standard record."""
    return Record.objects.create(kind=kind, opened_on=opened_on)


def begin_many(records: Iterable[Record]) -> list[Record]:
    """This will make many at once, as a file tells of them."""
    return Record.objects.bulk_create(records, batch_size=500)


def restrict(record: Record, *, version: int, restriction: Restriction) -> None:
    """This will set how far knowledge of a record reaches."""
    record.change(version=version, restriction=restriction.value)


def merge(record: Record, *, version: int, into: Record) -> None:
    """This will let a record be read as part of another from now on; nothing in either changes."""
    if record.pk == into.pk:
        raise NotNow("A record cannot be merged with itself.")
    if record.merged_into_id is not None or into.merged_into_id is not None:
        raise NotNow("One of the two has been merged with another already. Open that one, and merge there.")
    record.change(version=version, merged_into_id=into.pk)


def unmerge(record: Record, *, version: int) -> None:
    """This will let a record stand by itself again."""
    if record.merged_into_id is None:
        raise NotNow("This record stands by itself.")
    record.change(version=version, merged_into_id=None)
