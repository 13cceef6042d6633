"""A search, what it found, and what is closed to whoever found it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from goldthread.ui.pages import Link


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that a search found: its name stub, and why it matched."""

    code: str
    name: str
    href: str
    life: str
    why: Sequence[str]
    openable: bool
    also: str = ""  # "Found through Sara Oldham, mother"
    acts: Sequence[Link] = ()


@dataclass(frozen=True, slots=True)
class SearchPage:
    """A search and what it found."""

    searched: bool = False
    hits: Sequence[Hit] = ()
    more: bool = False
    begin: str = ""  # where a new record is begun, once a search has been made


@dataclass(frozen=True, slots=True)
class ClosedPage:
    """A record that is there, and that this reader has no right to open."""

    code: str
    name: str
    life: str
    held_by: Sequence[str]  # whom to ask: the team, and its telephone number
    emergency: str  # where it is opened in an emergency; nothing for whoever may not
    sentence: str
