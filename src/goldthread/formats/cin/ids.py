"""Which ids of children came before in a census."""

from __future__ import annotations

from array import array


class SeenIds:
    """Which ids came before, in 18 to 36 bytes each: a set of 600,000 texts would take 70 MB.

    It keeps a 64-bit fingerprint instead of the text, so two different ids are taken for the same once in 10**8
    files of that size.
    """

    def __init__(self) -> None:
        self._size = 1 << 10
        self._prints, self._places = _zeros("Q", self._size), _zeros("I", self._size)
        self._count = 0

    def earlier(self, name: str, place: int) -> int:
        """This will give the place at which the id came before, or 0 and remember this one."""
        fingerprint = (hash(name) & 0xFFFFFFFFFFFFFFFF) or 1
        prints, mask = self._prints, self._size - 1
        index = fingerprint & mask
        while found := prints[index]:
            if found == fingerprint:
                return self._places[index]
            index = (index + 1) & mask
        prints[index] = fingerprint
        self._places[index] = place
        self._count += 1
        if self._count * 3 > self._size * 2:
            self._grow()
        return 0

    def _grow(self) -> None:
        prints, places = self._prints, self._places
        self._size *= 2
        self._prints, self._places = _zeros("Q", self._size), _zeros("I", self._size)
        mask = self._size - 1
        for found, place in zip(prints, places, strict=True):
            if found:
                index = found & mask
                while self._prints[index]:
                    index = (index + 1) & mask
                self._prints[index] = found
                self._places[index] = place


def _zeros(kind: str, size: int) -> array[int]:
    return array(kind, [0]) * size
