"""Overlays: five verbs that add beside the national duties."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from goldthread.duties.faults import Fault
from goldthread.duties.words.dues import LocalDue
from goldthread.duties.words.duties import Timing
from goldthread.duties.words.word import Code, Day, Names, Patterns, Word, Words, in_order


class Beside(Timing):
    duty: Code


class Strengthens(Beside):
    starts: Patterns | None = None
    due: LocalDue


class AlsoStarts(Beside):
    starts: Patterns


class AlsoTo(Beside):
    recipients: Names


class Sets(Beside):
    due: LocalDue


class NeedsFirst(Timing):
    before: Patterns
    needs: Patterns
    at_least: int = Field(default=1, ge=1)
    within: Words | None = None
    approved_by: Words | None = None


class OverlayFile(Word):
    overlay: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    over: Words
    title: Words
    in_force_from: Day
    in_force_until: Day | None = None
    strengthens: Annotated[tuple[Strengthens, ...], Field(strict=False)] = ()
    also_starts: Annotated[tuple[AlsoStarts, ...], Field(strict=False)] = ()
    also_to: Annotated[tuple[AlsoTo, ...], Field(strict=False)] = ()
    needs_first: Annotated[tuple[NeedsFirst, ...], Field(strict=False)] = ()
    sets: Annotated[tuple[Sets, ...], Field(strict=False)] = ()

    @model_validator(mode="after")
    def _adds_something(self) -> OverlayFile:
        if self.overlay in ("national", "local"):
            raise Fault(
                f"a name of its own was expected; {self.overlay!r} means something else in an answer", "overlay"
            )
        in_order(self.in_force_from, self.in_force_until, "in_force_until", "in_force_from")
        if not (self.strengthens or self.also_starts or self.also_to or self.needs_first or self.sets):
            verbs = ", ".join(("strengthens", "also_starts", "also_to", "needs_first", "sets"))
            raise Fault(f"this overlay adds nothing; at least one entry under {verbs} was expected")
        return self
