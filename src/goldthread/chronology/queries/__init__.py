"""The only readers of the chronology for other apps."""

from __future__ import annotations

from goldthread.chronology.queries.comparing import compare
from goldthread.chronology.queries.facts import also_on, facts, summary
from goldthread.chronology.queries.timeline import Entry, Page, kinds_of, timeline

__all__ = ["Entry", "Page", "also_on", "compare", "facts", "kinds_of", "summary", "timeline"]
