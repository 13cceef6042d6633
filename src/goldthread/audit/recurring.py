"""What the audit does without anyone asking: checkpoints every few minutes, and verifying every night."""

from __future__ import annotations

import logging
from datetime import datetime

from django.conf import settings

from goldthread.audit import checkpoints, signing
from goldthread.audit.sharing import processors
from goldthread.audit.verifying import verify

log = logging.getLogger(__name__)


def checkpoint(at: datetime) -> str:
    """This will sign what happened since the last checkpoint, and append it to the file that is kept elsewhere."""
    made = checkpoints.make(at, signing.signer(may_make=not settings.LIVE))
    kept = checkpoints.keep(settings.CHECKPOINTS) if settings.CHECKPOINTS else 0
    number = f"Checkpoint {made.number} over {made.entries} entries" if made else "Nothing has happened"
    return f"{number}; {kept} lines kept in the file."


def verify_all(at: datetime) -> str:
    """This will verify everything and log each fault; which record it is stands there by number, no more."""
    place = settings.CHECKPOINTS
    kept = list(checkpoints.read(place)) if place and place.exists() else []
    report = verify(kept, signing.witnesses(), processes=processors())
    for fault in report.faults:
        log.error("the audit does not hold", extra={"record": fault.record, "seq": fault.seq})
    if report.holds:
        return f"All of {report.entries} entries hold."
    raise Broken(f"{len(report.faults) + report.more} faults.")


class Broken(Exception):
    """The audit does not hold; the worker notes it, and the log says where."""
