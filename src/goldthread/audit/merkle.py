"""One hash over many chains, from which it can later be shown that a single chain was among them."""

from __future__ import annotations

import hashlib


class Tree:
    """A Merkle tree that grows leaf by leaf and remembers no more than one hash for each of its levels."""

    __slots__ = ("_peaks", "leaves")

    def __init__(self) -> None:
        self._peaks: list[tuple[int, bytes]] = []
        self.leaves = 0

    def add(self, record: int, seq: int, head: str) -> None:
        """This will add the head of a chain; the chains come in the order of their records."""
        self.leaves += 1
        level, hashed = 0, hashlib.sha256(b"\0" + f"{record}:{seq}:{head}".encode()).digest()
        while self._peaks and self._peaks[-1][0] == level:
            hashed = hashlib.sha256(b"\1" + self._peaks.pop()[1] + hashed).digest()
            level += 1
        self._peaks.append((level, hashed))

    def root(self) -> str:
        """This will give the one hash over all leaves so far."""
        if not self._peaks:
            return hashlib.sha256(b"").hexdigest()
        peaks = [hashed for _, hashed in self._peaks]
        over = peaks.pop()
        while peaks:
            over = hashlib.sha256(b"\1" + peaks.pop() + over).digest()
        return over.hex()
