"""What a pack says of itself, and the register of sentences that no duty is made of."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from goldthread.duties.faults import Fault
from goldthread.duties.words.word import Code, Day, Names, Patterns, Strength, Word, Words, in_order, not_empty


class Successor(Word):
    edition: Words
    in_force_from: Day
    basis: Words


class Status(Word):
    status: Words
    says: Words
    begins: Patterns
    ends: Patterns


class Interpretation(Word):
    id: Words
    question: Words
    decision: Words
    basis: Words
    decided_by: Words
    from_: Day = Field(alias="from")
    until: Day | None
    cites: Annotated[tuple[str, ...], Field(strict=False)]

    @model_validator(mode="after")
    def _in_order(self) -> Interpretation:
        in_order(self.from_, self.until, "until", "from")
        return self


class PackFile(Word):
    pack: Words
    edition: Words
    title: Words
    in_force_from: Day
    successor: Successor | None
    holders: dict[str, Words]
    statuses: Annotated[tuple[Status, ...], Field(strict=False)] = ()
    interpretations: Annotated[tuple[Interpretation, ...], Field(strict=False)] = ()

    @model_validator(mode="after")
    def _in_order(self) -> PackFile:
        if self.successor and self.successor.in_force_from <= self.in_force_from:
            raise Fault("a day after the pack's own 'in_force_from' was expected", "successor", "in_force_from")
        return self


class EntryWord(Word):
    """A registered sentence that is not evaluated: a prompt or a step of later work."""

    code: Code
    says: Words
    kind: Literal["prompt", "gate", "step"]
    holder: str
    strength: Strength
    starts_words: str = ""
    met_words: str = ""
    time_words: str = ""
    cites: Names


class RegisterFile(Word):
    area: Words
    entries: Annotated[tuple[EntryWord, ...], Field(strict=False), AfterValidator(not_empty)]
