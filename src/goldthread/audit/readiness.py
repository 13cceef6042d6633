"""Whether the audit can be written, tried out and undone."""

from __future__ import annotations

from datetime import UTC, datetime

from goldthread.audit.actions import write
from goldthread.audit.lines import Line, Verb
from goldthread.kernel.acting import acting_as, system

BY = system("readiness")
NOWHERE = -1
"""A chain that never gets an entry, so that trying holds up nobody's."""


class _Undone(Exception):
    """Ends the trial."""


def writable() -> bool:
    """This will write an entry and take it back before it is kept."""
    try:
        with acting_as(BY):
            write(BY, datetime.now(UTC), [Line(Verb.ADMINISTERED, NOWHERE)])  # noqa: TID251  # it is never kept
            raise _Undone
    except _Undone:
        return True
