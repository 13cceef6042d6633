"""All records in batches, each with its rows and its stored summary: for those who verify."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from django.db.models import Count, Min

from goldthread.chronology.models import Event as EventRow
from goldthread.chronology.queries.reading import RowValues, rows_of, standing_of, summaries
from goldthread.chronology.summary import Folded
from goldthread.duties.event import Event
from goldthread.records.queries import all_ids, wholes

BATCH = 200


class Held(NamedTuple):
    """One record: its own rows, what stands on it and on those merged into it, and the summary that is stored."""

    record: int
    subject: str
    is_head: bool  # it was not merged into another
    rows: list[RowValues]
    standing: list[Event]
    folded: Folded | None


def in_batches(progress: Callable[[int, int], None] | None = None) -> Iterator[list[Held]]:
    """This will give every record, in bounded batches."""
    ids = all_ids()
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        of = wholes(batch)
        rows: dict[int, list[RowValues]] = {record: [] for record in batch}
        for row in rows_of(batch):
            rows[row[0]].append(row)
        heads = {record: of[record] for record in batch if record in of}
        stands = standing_of(heads)
        stored = summaries(batch)
        yield [
            Held(
                record,
                of[record].subject if record in of else "child:",
                record in of,
                rows[record],
                stands.get(record, []),
                stored.get(record),
            )
            for record in batch
        ]
        if progress is not None:
            progress(min(start + BATCH, len(ids)), len(ids))


def disagreeing() -> Iterator[tuple[int, str]]:
    """This will give facts whose rows on several records differ in kind, day, process or data, with one of the records.

    Rows of which one withdraws and the other does not are left out: a fact may be wrong of one child only.
    """
    rows = EventRow.objects.filter(void=False).values("said_id").annotate(several=Count("id")).filter(several__gt=1)
    said = rows.annotate(
        kinds=Count("kind", distinct=True), days=Count("on", distinct=True), dated=Count("on"),
        processes=Count("process", distinct=True), contents=Count("data", distinct=True), one=Min("record"),
    )  # fmt: skip
    for row in said.order_by("said_id").iterator(chunk_size=2_000):
        once = row["kinds"] == 1 and row["days"] <= 1 and row["processes"] == 1 and row["contents"] == 1
        if not once or (row["dated"] not in (0, row["several"])):
            yield row["one"], row["said_id"]
