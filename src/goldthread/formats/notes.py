"""What a file says wrongly, collected beside what it says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

KEPT = 200
NAMES = 1_000  # of what is said only once each
LONGEST = 60


class Note(NamedTuple):
    """One thing that a file says wrongly: a code for counting, where it stands, and a sentence for the reader."""

    code: str
    where: str
    says: str

    def __str__(self) -> str:
        return f"{self.where}: {self.says}"


class Notes:
    """The notes on one file: the first 200 in full (`kept`), and how many of each code there are in all (`by_code`).

    Notes on a stretch of a file can be taken in by those on all of it. Therefore what is said only once is held beyond
    the 200: it counts only where it was not said before.
    """

    def __init__(self) -> None:
        self._held: list[tuple[Note, str]] = []
        self._names: set[str] = set()
        self.by_code: Counter[str] = Counter()

    @property
    def kept(self) -> list[Note]:
        """The notes whose words are kept, in the order of the file."""
        return [note for note, _ in self._held[:KEPT]]

    @property
    def total(self) -> int:
        """How many notes there are, kept or only counted."""
        return self.by_code.total()

    def add(self, code: str, where: str, says: str, once: str = "") -> None:
        """This will count one note, and keep its words while there is room.

        `once` names what is said only once, however often it comes, and of the first 1,000 such names only.
        """
        if self._hold(Note(code, where, says), once):
            self.by_code[code] += 1

    def take(self, later: Notes) -> None:
        """This will take in the notes on the stretch that follows."""
        counts = later.by_code.copy()
        for note, once in later._held:
            if not self._hold(note, once):
                counts[note.code] -= 1
        self.by_code.update(+counts)

    def _hold(self, note: Note, once: str) -> bool:
        """This will keep the words while there is room, and say whether they count."""
        if once:
            if once in self._names or len(self._names) >= NAMES:
                return False
            self._names.add(once)
            self._held.append((note, once))
        elif len(self._held) < KEPT:
            self._held.append((note, once))
        return True

    def reset(self, to: Notes) -> None:
        """This will go back to the notes of `to`, so that reading a file again does not count its notes twice."""
        self._held, self._names = to._held.copy(), to._names.copy()
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
