"""Where each duty stands on records: what the engine says of their facts, on any day and as known at any moment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from goldthread.chronology.rulebook import rulebook
from goldthread.clocks.engine import Asked
from goldthread.clocks.engine import ask as ask_engine
from goldthread.clocks.queries.clusters import cluster, known_to, limits_of, standing_then
from goldthread.records.queries import Whole, wholes


def ask(records: Iterable[int], as_of: date, known_at: datetime | None = None) -> dict[int, list[Asked]]:
    """This will answer every duty on records, by their ids: for the system itself, and for what is shown after the gate.

    What a child shares with others is answered with their facts too. Whoever shows a finding does not show its
    `subjects`: someone may know of this child and not of another.
    """
    found: dict[int, list[Asked]] = {}
    for whole in wholes(records).values():
        found[whole.record] = ask_one(whole, as_of, known_at)
    return found


def ask_one(whole: Whole, as_of: date, known_at: datetime | None = None) -> list[Asked]:
    """This will answer every duty on one record."""
    standing = standing_then(cluster(whole), known_at)
    known = known_to(standing, standing, limits_of(standing))
    subjects = {record: one.subject for record, one in standing.of.items()}
    return ask_engine(rulebook(), subjects, standing, as_of.toordinal(), known)[whole.record]
