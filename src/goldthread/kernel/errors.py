"""The refusals of the domain; one place above turns them into pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any


class Refusal(Exception):
    """Something that was asked for and is not done, with the sentence that says why.

    `trace` is what the audit is to keep of it, as of the moment `at`: written in a transaction of its own after the
    refused one is rolled back.
    """

    def __init__(self, sentence: str, *, trace: tuple[Any, ...] = (), at: datetime | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.trace = trace
        self.at = at


class Denied(Refusal):
    """The actor may not. `hidden`: she may not even know that the thing exists, so the answer is that of nothing there."""

    def __init__(
        self, sentence: str, *, hidden: bool = False, trace: tuple[Any, ...] = (), at: datetime | None = None
    ) -> None:
        super().__init__(sentence, trace=trace, at=at)
        self.hidden = hidden


class NotFound(Refusal):
    """There is no such thing."""


class NotNow(Refusal):
    """It cannot be done in the state that things are in."""


class RuleBroken(Refusal):
    """What was given cannot be taken; `field` names where, if one field is at fault."""

    def __init__(
        self, sentence: str, *, field: str | None = None, trace: tuple[Any, ...] = (), at: datetime | None = None
    ) -> None:
        super().__init__(sentence, trace=trace, at=at)
        self.field = field


class FreshSignInNeeded(Refusal):
    """The act needs that the person has just shown again who she is."""


class Conflict(Refusal):
    """Someone else changed it meanwhile: what now stands, and what was to be written; nothing is lost."""

    def __init__(self, *, theirs: Mapping[str, Any], yours: Mapping[str, Any], version: int) -> None:
        super().__init__("Someone else changed this while you had it open. Nothing of yours has been saved yet.")
        self.theirs, self.yours, self.version = dict(theirs), dict(yours), version


class AuditUnavailable(Exception):
    """The audit cannot be written, so nothing is shown and nothing is changed."""


class BrokenOff(Exception):
    """A transaction that had failed within was ended as if all were well; it was rolled back, and whoever waits is told."""
