"""What verifying finds, in sentences."""

from __future__ import annotations

from dataclasses import dataclass, field

MOST = 1_000
"""Faults that are told one by one; of more, only the number."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that does not hold: where, and what in a sentence. `record` is None where no single one is meant."""

    says: str
    record: int | None = None
    seq: int | None = None


@dataclass(slots=True)
class Report:
    """What was verified, and what does not hold."""

    entries: int = 0
    chains: int = 0
    contents: int = 0
    destroyed: int = 0
    checkpoints: int = 0
    unsealed: int = 0  # entries since the latest checkpoint: if those were cut off now, nothing would show it
    faults: list[Fault] = field(default_factory=list)
    more: int = 0

    def add(self, says: str, record: int | None = None, seq: int | None = None) -> None:
        """This will note a fault."""
        if len(self.faults) < MOST:
            self.faults.append(Fault(says, record, seq))
        else:
            self.more += 1

    @property
    def holds(self) -> bool:
        """Whether all is as it was written."""
        return not self.faults
