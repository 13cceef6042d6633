"""One pass over entries in the order in which they were written, whole or in stretches that several processes share.

By chain it would need less memory (a hash for each chain) and five times the time, since a chain lies scattered.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import pairwise
from math import inf
from typing import NamedTuple

from goldthread.audit import statements
from goldthread.audit.chain import START
from goldthread.audit.checkpoints import Point
from goldthread.audit.faults import Fault, Report
from goldthread.audit.merkle import Tree

Heads = dict[int, tuple[int, bytes]]
"""The latest place and hash of each chain."""

Progress = Callable[[int, int], None]
NOTHING = (0, START.encode())
NO_CONTENT = b',""]'
"""How the canonical text ends where the hash of the content, its last field, is empty."""


class Stretch(NamedTuple):
    """Entries of ids above one and up to another, and the checkpoints that cover them; None: to the end."""

    after: int
    until: int | None
    points: tuple[Point, ...]


def divide(points: Sequence[Point], latest: int, number: int) -> list[Stretch]:
    """This will divide all entries into stretches of about the same length that each end at a checkpoint."""
    bounds = [point.latest_entry for point in points]
    cuts: set[int] = set()
    if number > 1 and bounds and all(one < two for one, two in pairwise([0, *bounds])):
        ideal = [latest * part // number for part in range(1, number)]
        cuts = {min(bounds, key=lambda bound: abs(bound - wanted)) for wanted in ideal}  # called at once
    ends: list[int | None] = [*sorted(cuts), None]
    found, after = [], 0
    for until in ends:
        upper = inf if until is None else until
        # Where the bounds are out of order there is one stretch, and it takes all of them.
        held = tuple(point for point in points if not cuts or after < point.latest_entry <= upper)
        found.append(Stretch(after, until, held))
        after = until or 0
    return found


@dataclass(slots=True)
class Passed:
    """What a stretch came to. Where it begins in the midst of chains, their first entries are still to be joined on."""

    entries: int = 0
    contents: int = 0  # how many were written with content
    unsealed: int = 0  # how many no checkpoint covers yet
    firsts: dict[int, tuple[int, bytes, bytes]] = field(default_factory=dict)  # place, canonical text, hash
    heads: Heads = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    more: int = 0

    def join(self, report: Report, heads: Heads) -> None:
        """This will hold the first entries against the heads as the stretches before left them, and move those on."""
        for record, (seq, text, hashed) in self.firsts.items():
            head_seq, before = heads.get(record, NOTHING)
            if seq != head_seq + 1:
                report.add(gap(head_seq, seq), record, seq)
            if sha256(before + text).hexdigest().encode() != hashed:
                report.add(BROKEN, record, seq)
        heads.update(self.heads)
        for fault in self.faults:
            report.add(fault.says, fault.record, fault.seq)
        report.more += self.more


BROKEN = "does not follow from the entry before it: one of the two was changed"


def walk(stretch: Stretch, progress: Progress, total: int) -> Passed:
    """This will verify the entries of a stretch; what matters here is speed, so the loop keeps to local names."""
    passed, report = Passed(), Report()
    sealed = _Sealed(report, stretch.points)
    heads, firsts = passed.heads, passed.firsts
    from_the_start = not stretch.after
    upper, grown, number, contents = sealed.upper(), sealed.grown, 0, 0
    for rows in statements.entries_between(stretch.after, stretch.until):
        for record, seq, key, hashed, text in rows:
            while key > upper:
                sealed.seal(number, heads)
                upper = sealed.upper()
            head = heads.get(record)
            if head is None and not from_the_start:
                firsts[record] = (seq, text, hashed)
            else:
                head_seq, before = head or NOTHING
                if seq != head_seq + 1:
                    report.add(gap(head_seq, seq), record, seq)
                if sha256(before + text).hexdigest().encode() != hashed:
                    report.add(BROKEN, record, seq)
            heads[record] = (seq, hashed)
            grown.add(record)
            number += 1
            if not text.endswith(NO_CONTENT):
                contents += 1
        progress(number, total)
    while sealed.place < len(stretch.points):
        sealed.seal(number, heads)
    passed.entries, passed.contents, passed.unsealed = number, contents, number - sealed.entries
    passed.faults, passed.more = report.faults, report.more
    return passed


class _Sealed:
    """Sums up again what each checkpoint summed up, as the entries pass in the order of their ids."""

    def __init__(self, report: Report, points: Sequence[Point]) -> None:
        self.report, self.points = report, points
        self.place = 0
        self.entries = 0
        self.grown: set[int] = set()

    def upper(self) -> float:
        """The highest id that the checkpoint covers that is summed up now."""
        return self.points[self.place].latest_entry if self.place < len(self.points) else inf

    def seal(self, number: int, heads: dict[int, tuple[int, bytes]]) -> None:
        """Hold the sum against what was signed, all entries that it covers having passed, and begin the next."""
        point = self.points[self.place]
        entries = number - self.entries
        if entries != point.entries or len(self.grown) != point.chains:
            self.report.add(
                f"Checkpoint {point.number} of {point.at} counted {point.entries} entries in {point.chains} chains; "
                f"there are {entries} in {len(self.grown)}."
            )
        else:
            tree = Tree()
            for record in sorted(self.grown):
                seq, head = heads[record]
                tree.add(record, seq, head.decode())
            if tree.root() != point.root:
                self.report.add(
                    f"Checkpoint {point.number} of {point.at} was signed over other entries than are there now."
                )
        self.place += 1
        self.entries = number
        self.grown.clear()


def gap(before: int, seq: int) -> str:
    """This will say what is missing before an entry."""
    if seq <= before:
        return f"comes after entry {before}"
    if seq == before + 2:
        return f"entry {before + 1} before it is missing"
    return f"entries {before + 1} to {seq - 1} before it are missing"
