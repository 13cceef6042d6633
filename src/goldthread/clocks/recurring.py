"""What clocks do without anyone asking: what time alone has changed is worked out anew."""

from __future__ import annotations

import logging
from datetime import datetime

from goldthread.chronology import verifying as chronology
from goldthread.clocks import verifying as clocks
from goldthread.clocks.actions import bring_up_to_date

log = logging.getLogger(__name__)


def turn(at: datetime) -> str:
    """This will bring the index up to date; a list is right without it, for it is read by its days."""
    return f"{bring_up_to_date(at=at)} records reckoned again."


def verify_all(at: datetime) -> str:
    """This will hold summaries and lists against the facts of every record, and log where they differ, by number only."""
    found = 0
    for faults in (chronology.faults, clocks.faults):
        for fault in faults():
            found += 1
            log.error("what is folded from facts is not what they say", extra={"record": fault.record})
    if found:
        raise Differing(f"{found} differences between facts and what is folded from them.")
    return "Summaries and lists are what the facts lead to."


class Differing(Exception):
    """Something folded is not what its facts say; the worker notes it, and the log says of which record."""
