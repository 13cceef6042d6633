"""Whether the index says what the engine says when it is asked afresh: for `goldthread verify`."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from goldthread.chronology.verifying import BY, Fault
from goldthread.clocks.queries.checking import held_beside_worked_out
from goldthread.kernel.acting import looking_as


def faults(progress: Callable[[int, int], None] | None = None) -> Iterator[Fault]:
    """This will go through every record and give where the index is not what its facts lead to, as of one moment.

    Each record is worked out as of the day of its latest reckoning, so that the passing of time is no fault.
    """
    with looking_as(BY):
        for one in held_beside_worked_out(progress):
            if one.reckoned is None:
                if one.events:
                    yield Fault(one.record, "its clocks were never worked out")
                continue
            for clock in one.held - one.worked_out:
                yield Fault(one.record, f"the list of what is due holds {clock.duty} as its facts do not")
            for clock in one.worked_out - one.held:
                yield Fault(one.record, f"the list of what is due lacks {clock.duty}, or says it otherwise")
            if one.next_differs:
                yield Fault(one.record, "the day on which its clocks change by themselves is another")
