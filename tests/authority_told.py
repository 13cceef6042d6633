"""A demonstration read into memory, for the tests of what is told."""

from __future__ import annotations

from datetime import date

from goldthread.invented.people import Agencies, Told
from goldthread.invented.standing import demo

ON = date(2026, 5, 14)


class Authority:
    """The agencies, and all families one after the other."""

    def __init__(self, on: date = ON, seed: int = 3, rich: float = 1.0) -> None:
        standing = demo(on, seed, rich=rich)
        self.agencies: Agencies = standing.agencies
        self.batches: list[Told] = list(standing.families())
        self.persons = {person.id: person for told in self.batches for person in told.persons}
        self.showcase: dict[str, Told] = {told.showcase: told for told in self.batches if told.showcase is not None}
        self.cast = {one.key: one.practitioner for one in self.agencies.cast}
