"""The table of what can be asked for: who may ask, who may decide, and what is done then. Apps register at ready()."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from goldthread.agencies.vocabulary import Role
from goldthread.approvals.models import Approval
from goldthread.kernel.acting import Actor

What = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """One thing that takes two people. `check` and `perform` run within the open transaction."""

    code: str
    title: str
    asked_by: frozenset[Role]
    decided_by: frozenset[Role]
    lapses_after: timedelta
    describe: Callable[[What], str]  # in one sentence, for whoever decides
    check: Callable[
        [Actor, datetime, What], None
    ]  # raises where whoever asks may not, or it could not be done; asked again, in her name, at the decision
    perform: Callable[[Actor, datetime, Approval], None]  # by whoever decides, in the decision's transaction
    tell: Callable[[datetime, Approval], None] | None = None  # whom it concerns, once it is done for good


KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """This will add a kind to the table."""
    if KINDS.setdefault(kind.code, kind) != kind:
        raise ValueError(f"The kind {kind.code} is registered twice.")
