"""What lists and pages ask of clocks."""

from __future__ import annotations

from goldthread.clocks.queries.due import Bucket, Due, Load, Whose, Work, due, loads
from goldthread.clocks.queries.of_record import Answer, Step, of_record

__all__ = ["Answer", "Bucket", "Due", "Load", "Step", "Whose", "Work", "due", "loads", "of_record"]
