"""Two records that turn out to be one child's: read as one from then on, with nothing in either changed, until it is undone."""

from __future__ import annotations

from dataclasses import replace

from goldthread.access.gate import Changing
from goldthread.access.vocabulary import Act
from goldthread.audit.actions import write
from goldthread.audit.lines import Line, Verb
from goldthread.chronology import actions as chronology
from goldthread.kernel.errors import NotFound, NotNow
from goldthread.people import texts
from goldthread.people.models import Merge, Person
from goldthread.records import actions as records


def merge(kept: Changing, merged: Changing, *, because: str) -> Merge:
    """This will let `merged` be read as part of `kept`, for a reason. Both are open for `Act.MERGE`, by `changing_several`."""
    for one in (kept, merged):
        one.check(Act.MERGE)
    why = texts.said(because, 500, "because", needed="Say why they are one child's.")
    if kept.record.pk == merged.record.pk:
        raise NotNow("This is one record already.")
    records.merge(merged.record, version=merged.record.version, into=kept.record)
    first, double = _child(kept.record.pk), _child(merged.record.pk)
    if first is not None and double is not None:
        double.change(version=double.version, same_as_id=first.pk)
    made = Merge.objects.create(
        kept=kept.record, merged=merged.record, because=why, merged_at=kept.at, merged_by=kept.by.id or None
    )
    for one, other in ((kept, merged), (merged, kept)):
        one.content.update(merged={"kept": kept.code, "merged": merged.code, "because": why, "other": other.record.pk})
    chronology.refold([kept, merged])
    return made


def unmerge(kept: Changing, *, merged: str, because: str) -> Merge:
    """This will let a record stand by itself again, as it was; `kept` is open for `Act.MERGE`, `merged` the other's reference."""
    kept.check(Act.MERGE)
    why = texts.said(because, 500, "because", needed="Say why they are not one child's.")
    row = Merge.objects.filter(kept__in=kept.records, merged__code=merged, undone_at__isnull=True).first()
    if row is None:
        raise NotFound("There is no such record among those that were merged into this one.")
    records.unmerge(row.merged, version=row.merged.version)
    double = _child(row.merged_id)
    if double is not None and double.same_as_id is not None:
        double.change(version=double.version, same_as_id=None)
    Merge.objects.filter(pk=row.pk).update(undone_because=why, undone_at=kept.at, undone_by=kept.by.id or None)
    row.refresh_from_db()
    parted = {"parted": {"kept": kept.code, "merged": merged, "because": why}}
    kept.content.update(parted)
    # The gate writes the line of the record that is open; the other one was touched as well.
    write(kept.by, kept.at, [Line(Verb.MERGED, row.merged_id, "merge", policy=kept.lines[Act.MERGE], content=parted)])
    chronology.refold([kept, replace(kept, record=row.merged, records=(row.merged_id,))])
    return row


def _child(record: int) -> Person | None:
    return Person.objects.filter(record=record).first()
