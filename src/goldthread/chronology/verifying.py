"""Whether everything folded from events is what the events say: asked by `goldthread verify`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from goldthread.chronology.queries.checking import disagreeing, in_batches
from goldthread.chronology.summary import fold, standing
from goldthread.chronology.writing import event_of
from goldthread.kernel.acting import looking_as, system

BY = system("verify")


class Fault(NamedTuple):
    """Something that does not hold: of which record, and what, in a sentence without a name."""

    record: int
    says: str


def faults(progress: Callable[[int, int], None] | None = None) -> Iterator[Fault]:
    """This will go through every record and give what does not hold, as of one moment."""
    with looking_as(BY):
        for batch in in_batches(progress):
            for one in batch:
                told = [event_of(row, (one.subject,)) for row in one.rows]
                stands = {event.id for event in standing(told)}
                for row in one.rows:
                    if bool(row[12]) != (row[1] in stands):
                        word = "is marked as standing" if row[12] else "is not marked as standing"
                        yield Fault(one.record, f"the fact {row[1]} {word}, and its corrections say otherwise")
                if one.folded is not None or one.is_head:
                    expected = fold(one.standing)
                    if one.folded != expected and not (one.folded is None and not one.standing):
                        yield Fault(
                            one.record, f"its summary is not what its facts amount to{_which(one.folded, expected)}"
                        )
        for record, said_id in disagreeing():
            yield Fault(record, f"the fact {said_id} says something else on another record")


def _which(there: tuple[object, ...] | None, expected: tuple[object, ...]) -> str:
    if there is None:
        return ": there is none"
    names = [
        name for name, one, other in zip(type(fold(())).__annotations__, there, expected, strict=True) if one != other
    ]
    return f": {', '.join(names)}"
