"""The rules and the calendar that this installation answers by, read once; and how a kind of event is said in words."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from django.conf import settings

from goldthread.duties import calendar, rules
from goldthread.duties.calendar import WorkingDays
from goldthread.duties.rules import Rules


class Rulebook(NamedTuple):
    """What answers rest on; `sha256` stands for all of it."""

    rules: Rules
    calendar: WorkingDays
    sha256: str


def rulebook() -> Rulebook:
    """This will give the rulebook of this installation: the edition and the overlays that its settings name."""
    return _read(settings.EDITION, tuple(settings.OVERLAYS))


@lru_cache(maxsize=4)
def _read(edition: str, overlays: tuple[str, ...]) -> Rulebook:
    read, days = rules.load(edition, overlays), calendar.load(None)
    return Rulebook(read, days, f"{read.sha256[:32]}{days.sha256[:32]}")


OTHERS = {
    "contact-received": "Someone got in touch about the child.",
    "visit-made": "A practitioner visited.",
    "case-note": "A note was written.",
    "supervision-held": "The case was discussed in supervision.",
}
"""Kinds that no duty knows, and people write every day."""


def kind_words(kind: str) -> str:
    """This will say in a sentence what happened; of a kind that nobody described, its own words."""
    known = rulebook().rules.kinds.get(kind)
    if known is not None:
        return known.says
    return OTHERS.get(kind) or f"{kind.replace('-', ' ').strip().capitalize()}."
