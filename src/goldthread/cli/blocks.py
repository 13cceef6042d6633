"""An answer in blocks: each becomes plain data in whichever process answers it, and they are put together in order."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from typing import NamedTuple

from goldthread.cli import parts
from goldthread.cli.answering import Answering, Found
from goldthread.cli.tally import Counted, Tally
from goldthread.formats.cin import WHOLE, Share
from goldthread.formats.notes import Notes
from goldthread.formats.receipts import Digest

WORTH_SHARING = 2_000_000  # bytes: a file that takes a quarter of a second or more


class Told(NamedTuple):
    """What a block comes to: its text, what is counted of it for the text's tables and for a receipt, and its notes."""

    text: str
    counted: Counted | None
    digest: Digest | None
    notes: Notes
    engine_notes: Notes
    children: int
    facts: int
    done: int


class Telling:
    """One answer being told: by `encode` block by block, with a tally or a digest filled where they are given."""

    def __init__(
        self, answering: Answering, encode: Callable[[Found], str], tally: Tally | None, digest: Digest | None
    ) -> None:
        """Hold what is wanted of each block."""
        self.answering, self.encode, self.tally, self.digest = answering, encode, tally, digest

    def processes(self, asked: int | None) -> int:
        """Say how many processes answer: one where nothing else was asked and the file is small, or cannot be shared."""
        if not (self.answering.shareable and parts.AVAILABLE):
            return 1
        if asked is not None:
            return asked
        return parts.processors() if self._size() >= WORTH_SHARING else 1

    def texts(self, processes: int) -> Generator[str, None, None]:
        """Give the text of each block in order; notes, counts, tally and digest are complete at the end.

        Close it when it is not gone through to its end, so that no process is left.
        """
        if processes == 1:
            for told in self._told(WHOLE):
                yield self._taken(told)
            return
        reading = self.answering.readings[0]
        progress, size = reading.progress, self._size()
        reading.progress = None  # it is told what has been heard, by this process alone
        with parts.in_turn(lambda which: self._told(Share(which, processes)), processes, str(reading.path)) as heard:
            for told in heard:
                if progress is not None:
                    progress(told.done, size)
                yield self._taken(told)

    def _told(self, share: Share) -> Iterator[Told]:
        answering = self.answering
        for block in answering.blocks(share):
            counted = digest = None
            if self.tally is not None:
                tally = Tally(answering)
                for subject, findings in block.found:
                    tally.add(subject, findings)
                counted = tally.counted()
            if self.digest is not None:
                digest = Digest()
                for subject, findings in block.found:
                    digest.add(subject, findings, answering.rules, answering.as_of)
            yield Told(self.encode(block.found), counted, digest, *block[1:])

    def _taken(self, told: Told) -> str:
        self.answering.take(told.notes, told.engine_notes, told.children, told.facts)
        if self.tally is not None and told.counted is not None:
            self.tally.take(told.counted)
        if self.digest is not None and told.digest is not None:
            self.digest.take(told.digest)
        return told.text

    def _size(self) -> int:
        return self.answering.readings[0].path.stat().st_size
