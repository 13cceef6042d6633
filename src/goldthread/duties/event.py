"""One dated fact about one or several subjects, as the engine reads it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

EMPTY: Mapping[str, Any] = {}


class Event(NamedTuple):
    """A case event: what happened, to whom, on which day, and when it became known.

    `day` is the proleptic ordinal of the civil date in Europe/London (`date.toordinal()`), or None where the
    source holds the fact but not its day. `recorded` is an aware UTC timestamp in whole microseconds since 1970, or
    None for "at the start of the day it occurred" (the default of the format).
    """

    id: str
    subjects: tuple[str, ...]
    kind: str
    day: int | None
    process: str | None = None
    links: tuple[str, ...] = ()
    data: Mapping[str, Any] = EMPTY
    recorded: int | None = None
    replaces: str | None = None
    void: bool = False
    about: tuple[str, ...] = ()


class Pattern(NamedTuple):
    """A kind, and the values that its fields may have; a value `unsaid` in a set lets the field be absent."""

    kind: str
    fields: tuple[tuple[str, frozenset[Any]], ...] = ()


class Source(NamedTuple):
    """What a file can hold: the kinds it carries completely (None: every kind) and the days it covers.

    `whole` names events held completely whatever their day; `last_before` those of which the latest before
    `opens` is held too. `opens` and `closes` are ordinals, both included, or None for no limit.
    """

    carries: frozenset[str] | None = None
    opens: int | None = None
    closes: int | None = None
    whole: tuple[Pattern, ...] = ()
    last_before: tuple[Pattern, ...] = ()


EVERYTHING = Source()
