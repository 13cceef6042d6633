"""Takes in whole families from what a file tells: the one bulk way, for a demonstration and for a migrating authority alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from goldthread.access.gate import TakingIn
from goldthread.invented.people import Told
from goldthread.people import rows
from goldthread.people.indexing import Words
from goldthread.people.taking.batch import Batch
from goldthread.people.taking.taken import Taken

__all__ = ["FAMILIES", "Taken", "compare", "take_in"]

FAMILIES = 400
"""Families that are worked on at a time, so that memory stays flat whatever the file's size."""


def take_in(
    taking: TakingIn,
    told: Iterable[Told],
    *,
    organisations: Mapping[str, int] | None = None,
    taken: Taken | None = None,
) -> Taken:
    """This will take in what is not there yet, and supersede what has changed; told again, it changes nothing.

    People are known by the id of the file, kept as an identifier of its own kind, and children by their number in this
    authority as well. What a person has changed here since stays as it is, and is reported. `organisations` are the ids
    of the file's agencies; `taken`, of an earlier call, is carried on. The number of queries grows with the families
    divided by `FAMILIES`.
    """
    taken, words = taken or Taken(), Words()
    for families in rows.batches(told, FAMILIES):
        Batch(families, taken, words, taking.at, dict(organisations or {})).write(taking.touch)
    return taken


def compare(
    told: Iterable[Told],
    *,
    at: datetime,
    organisations: Mapping[str, int] | None = None,
    taken: Taken | None = None,
) -> Taken:
    """This will say what `take_in` would do, and change nothing; records and people who are new have numbers below zero."""
    taken, words = taken or Taken(), Words()
    for families in rows.batches(told, FAMILIES):
        Batch(families, taken, words, at, dict(organisations or {})).compare()
    return taken
