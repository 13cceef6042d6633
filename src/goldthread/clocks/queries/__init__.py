"""What lists and pages ask of clocks."""

from __future__ import annotations

from goldthread.clocks.queries.due import Bucket, Due, Whose, Work, due
from goldthread.clocks.queries.of_record import Answer, Step, of_record

__all__ = ["Answer", "Bucket", "Due", "Step", "Whose", "Work", "due", "of_record"]
