"""Verifies that nothing in the audit was changed, removed, put in another order or cut off."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from django.db import connection

from goldthread.audit import statements
from goldthread.audit.chain import salted
from goldthread.audit.checkpoints import Point, in_table
from goldthread.audit.faults import Report
from goldthread.audit.lines import Verb, destroyed_place
from goldthread.audit.models import Entry
from goldthread.audit.sharing import all_passed
from goldthread.audit.signing import Witnesses
from goldthread.audit.stretches import Heads, Progress, divide
from goldthread.kernel.acting import looking_as, system

BY = system("verify")
LEAST = 200_000
"""Entries below which a second process costs more than it saves."""

Check = Callable[[], Iterable[str]]
_also: dict[str, Check] = {}


def also_verify(name: str, check: Check) -> None:
    """This will have `verify` run a check of a higher app too; it yields a sentence for each thing that does not hold.

    It runs with the system bound, in one unchanging view of the database.
    """
    _also[name] = check


def verify(
    kept: Sequence[Point] = (),
    witnesses: Witnesses | None = None,
    *,
    progress: Progress | None = None,
    processes: int = 1,
) -> Report:
    """This will verify every chain, every content, every checkpoint and what higher apps registered.

    `kept`: the checkpoints that were kept elsewhere; what the database says is held against them. Memory grows
    with the number of chains, not of entries. All is read as of one moment and nobody is held up. `processes`: how
    many share the work where there is much; this one is forked.
    """
    report = Report()
    with looking_as(BY):
        points = _points(report, kept, witnesses)
        written = _chains(report, points, progress or (lambda _done, _total: None), processes)
        _contents(report, written)
        for name, check in _also.items():
            for says in check():
                report.add(f"{name}: {says}")
    return report


def _points(report: Report, kept: Sequence[Point], witnesses: Witnesses | None) -> list[Point]:
    """The checkpoints to hold the chains against: those of the table, and those kept elsewhere where they differ."""
    table = {point.number: point for point in in_table()}
    report.checkpoints = len(table)
    for point in kept:
        there = table.get(point.number)
        if there is None:
            report.add(f"Checkpoint {point.number}, which was kept elsewhere, is missing from the database.")
        elif there != point:
            report.add(f"Checkpoint {point.number} is not the one that was kept elsewhere.")
        table[point.number] = point
    points = [table[number] for number in sorted(table)]
    before: Point | None = None
    for point in points:
        if point.number != (before.number + 1 if before else 1):
            report.add(f"There is no checkpoint {before.number + 1 if before else 1}.")
        elif point.before != (before.hash() if before else ""):
            report.add(f"Checkpoint {point.number} does not follow from the one before it.")
        if witnesses is not None and not point.holds(witnesses):
            report.add(f"Checkpoint {point.number} is not signed with a key that is known here.")
        if before and point.latest_entry <= before.latest_entry:
            report.add(f"Checkpoint {point.number} covers nothing after the one before it.")
        before = point
    return points


def _chains(report: Report, points: Sequence[Point], progress: Progress, processes: int) -> int:
    """Verify every chain, in one stretch or several; gives how many entries were written with content."""
    with connection.cursor() as cursor:
        total, latest = statements.count(cursor), statements.highest(cursor)
    stretches = divide(points, latest, processes if total >= LEAST else 1)
    heads: Heads = {}
    contents = 0
    for passed in all_passed(stretches, progress, total):
        passed.join(report, heads)
        report.entries += passed.entries
        contents += passed.contents
        report.unsealed = passed.unsealed
    report.chains = len(heads)
    return contents


def _contents(report: Report, written: int) -> None:
    """Every content is the one that was hashed; one that is gone was destroyed by two people, and an entry says so."""
    with connection.chunked_cursor() as cursor:
        for record, seq, hashed, salt, text in statements.all_contents(cursor):
            report.contents += 1
            if not hashed:
                report.add("had no content when it was written, and now has", record, seq)
            elif salted(salt, text) != hashed:
                report.add("has another content than was written", record, seq)
    lawfully = set(_destroyed())
    report.destroyed = len(lawfully)
    if report.contents + len(lawfully) != written:
        with connection.chunked_cursor() as cursor:
            for place in statements.without_content(cursor):
                if place not in lawfully:
                    report.add("has lost its content, and nobody destroyed it", *place)


def _destroyed() -> Iterator[tuple[int, int]]:
    rows = Entry.objects.filter(verb=Verb.DESTROYED, refused=False)
    for record, thing in rows.values_list("record", "thing").iterator():
        yield record, destroyed_place(thing)
