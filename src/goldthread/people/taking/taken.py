"""What came of taking in: where everybody is now, and what was new, the same, changed, or could not be taken."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

MOST_LINES = 1000


@dataclass(slots=True)
class Taken:
    """Records and persons by the ids of the file, and how many rows of each sort were new, the same or changed.

    `ended` are those changed ones that now have an end; `kept` those that a person has changed here and that stay so.
    `not_taken` are sentences that name what could not be taken and why, the first thousand; `left_out` counts all.
    """

    records: dict[str, int] = field(default_factory=dict)
    persons: dict[str, int] = field(default_factory=dict)
    addresses: dict[str, int] = field(default_factory=dict)
    new: Counter[str] = field(default_factory=Counter)
    same: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    ended: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    not_taken: list[str] = field(default_factory=list)
    imagined: int = 0  # numbers given to what is not written, in a comparison

    def leave_out(self, sort: str, sentence: str) -> None:
        """This will note that something cannot be taken."""
        self.left_out[sort] += 1
        if len(self.not_taken) < MOST_LINES:
            self.not_taken.append(sentence)
