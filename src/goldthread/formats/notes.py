"""What a file says wrongly, collected beside what it says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

KEPT = 200
LONGEST = 60


class Note(NamedTuple):
    """One thing that a file says wrongly: a code for counting, where it stands, and a sentence for the reader."""

    code: str
    where: str
    says: str

    def __str__(self) -> str:
        return f"{self.where}: {self.says}"


class Notes:
    """The notes on one file: the first 200 in full (`kept`), and how many of each code there are in all (`by_code`)."""

    def __init__(self) -> None:
        self.kept: list[Note] = []
        self.by_code: Counter[str] = Counter()

    @property
    def total(self) -> int:
        """How many notes there are, kept or only counted."""
        return self.by_code.total()

    def add(self, code: str, where: str, says: str) -> None:
        """This will count one note, and keep its words while there is room."""
        self.by_code[code] += 1
        if len(self.kept) < KEPT:
            self.kept.append(Note(code, where, says))

    def reset(self, to: Notes) -> None:
        """This will go back to the notes of `to`, so that reading a file again does not count its notes twice."""
        self.kept[:] = to.kept
        self.by_code = to.by_code.copy()

    def copy(self) -> Notes:
        """This will give notes of their own that say the same."""
        other = Notes()
        other.reset(self)
        return other

    def __len__(self) -> int:
        return self.total

    def __bool__(self) -> bool:
        return bool(self.by_code)

    def __iter__(self) -> Iterator[Note]:
        return iter(self.kept)


def shown(text: str) -> str:
    """This will give a value from a file as it can safely stand in a sentence: in quotes, cut, nothing unprintable."""
    return f'"{printable(text, LONGEST)}"'


def printable(text: str, longest: int) -> str:
    """This will cut a text, and put a dot for what cannot be printed and could move the cursor or hide other words."""
    cut = text if len(text) <= longest else text[:longest] + "…"
    return "".join(letter if letter.isprintable() else "·" for letter in cut)
