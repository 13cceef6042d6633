"""How often each code occurs in an invented authority, near what national statistics show, and the draws from them."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Sequence
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


class Share(Generic[T]):
    """Things with their weights; a draw takes one random number."""

    __slots__ = ("things", "sums", "total")

    def __init__(self, weights: Sequence[tuple[T, float]]) -> None:
        self.things = [thing for thing, _ in weights]
        self.sums = list(accumulate(weight for _, weight in weights))
        self.total = self.sums.pop()

    def draw(self, rng: Random) -> T:
        """Draw one thing by the weights."""
        return self.things[bisect(self.sums, rng.random() * self.total)]


def between(chance: Callable[[], float], low: int, high: int) -> int:
    """Draw a whole number from `low` to `high`, both included; it takes one random number."""
    return low + int(chance() * (high - low + 1))


FAMILY_SIZES = Share([(1, 46.0), (2, 29.0), (3, 15.0), (4, 7.0), (5, 3.0)])

AGES = Share([(0, 7.0), (1, 5.5), (2, 5.5), (3, 5.5), (4, 5.5)] + [(age, 5.3) for age in range(5, 10)] + [(age, 5.9) for age in range(10, 16)] + [(16, 6.0), (17, 2.8)])  # fmt: skip

ETHNICITIES = Share([
    ("WBRI", 64.0), ("WIRI", 0.5), ("WIRT", 0.3), ("WROM", 0.8), ("WOTH", 5.8), ("MWBC", 3.4), ("MWBA", 1.5),
    ("MWAS", 1.7), ("MOTH", 3.0), ("AIND", 1.3), ("APKN", 3.4), ("ABAN", 1.4), ("AOTH", 2.0), ("CHNE", 0.3),
    ("BCRB", 1.5), ("BAFR", 4.0), ("BOTH", 1.3), ("OOTH", 2.6), ("REFU", 0.2), ("NOBT", 1.0),
])  # fmt: skip

DISABILITIES = Share([
    ("AUT", 34.0), ("LD", 20.0), ("BEH", 14.0), ("COMM", 8.0), ("MOB", 7.0), ("PC", 3.0), ("VIS", 2.5), ("HEAR", 2.5),
    ("INC", 2.0), ("HAND", 1.5), ("CON", 1.5), ("DDA", 8.0),
])  # fmt: skip

SOURCES = Share([
    ("1A", 6.0), ("1B", 2.0), ("1C", 1.2), ("1D", 1.3), ("2A", 19.0), ("2B", 2.0), ("3A", 2.0), ("3B", 2.6),
    ("3C", 0.7), ("3D", 3.2), ("3E", 3.6), ("3F", 3.4), ("4", 1.6), ("5A", 3.8), ("5B", 2.2), ("5C", 3.0), ("5D", 3.6),
    ("6", 29.0), ("7", 4.0), ("8", 4.4), ("9", 2.4), ("10", 0.6),
])  # fmt: skip

SOURCE_WORDS = {
    "1A": "family", "1B": "acquaintance", "1C": "self", "1D": "other individual", "2A": "school",
    "2B": "education service", "3A": "general practice", "3B": "health visitor", "3C": "school nurse",
    "3D": "primary health", "3E": "emergency department", "3F": "other health", "4": "housing",
    "5A": "adult social care", "5B": "another council service", "5C": "another local authority", "5D": "early help",
    "6": "police", "7": "court or probation", "8": "voluntary organisation", "9": "anonymous", "10": "unknown",
}  # fmt: skip

NEEDS = Share([
    ("N1", 50.0), ("N2", 7.0), ("N3", 5.0), ("N4", 12.0), ("N5", 18.0), ("N6", 3.5), ("N7", 0.5), ("N8", 3.0),
    ("N0", 1.0),
])  # fmt: skip

FACTORS = Share([
    ("1A", 2.0), ("1B", 8.0), ("1C", 2.0), ("2A", 3.5), ("2B", 7.5), ("2C", 2.0), ("3A", 6.0), ("3B", 19.0),
    ("3C", 3.0), ("4A", 11.0), ("4B", 18.0), ("4C", 4.0), ("5A", 6.0), ("5B", 2.0), ("5C", 1.5), ("6A", 3.0),
    ("6B", 3.5), ("6C", 1.5), ("7A", 3.0), ("8E", 0.2), ("9A", 0.6), ("10A", 2.5), ("11A", 2.2), ("12A", 0.5),
    ("13A", 1.6), ("14A", 5.0), ("15A", 3.5), ("16A", 9.5), ("17A", 11.0), ("18B", 2.5), ("18C", 7.5), ("19B", 1.8),
    ("19C", 3.0), ("20", 8.0), ("22A", 0.2), ("23A", 0.3), ("24A", 2.0),
])  # fmt: skip

NO_FACTOR = "21"
"""Nothing found: it stands alone, and only where the case closes after the assessment."""

CATEGORIES = Share([("NEG", 49.0), ("EMO", 37.0), ("PHY", 8.0), ("SAB", 4.0), ("MUL", 2.0)])

AREAS = ("Aldermouth", "Brackenshire", "Cawdale", "Fenwick Vale", "Marlowe and Stour", "Northwell", "Ravensby")
"""Authorities to and from which families move; none of them exists."""

DELAY_REASONS = (
    "waiting for the paediatric report",
    "the family was away for three weeks",
    "a new sibling joined the household and is assessed as well",
    "the parents' solicitor asked for more time",
    "the allocated social worker changed",
    "an interpreter was not available sooner",
)
