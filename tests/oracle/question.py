"""One question: these events, this day, this pack; and what each subject sees of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from goldthread.duties.event import Event, Source
from oracle.calendar_by_day import DayCounter
from oracle.facts import SUBJECT_TYPES, LifeEnd, Stay, day_of, life_end, memberships, standing, stays, viewers
from oracle.pack_as_text import Matcher, Pack


class Question:
    """What is asked, and what of it every part of the answer needs."""

    def __init__(
        self,
        events: Sequence[Event],
        as_of: date,
        known_at: int | None,
        pack: Pack,
        overlays: Sequence[Mapping[str, Any]],
        calendar: DayCounter,
        source: Source,
    ) -> None:
        self.as_of = as_of.toordinal()
        self.pack = pack
        self.overlays = overlays
        self.calendar = calendar
        self.source = source
        self.matcher = Matcher(pack.kinds)
        facts = [e for e in standing(events, known_at) if e.day is None or e.day <= self.as_of]
        self.members = memberships(facts)
        self.seen: dict[str, tuple[str, ...]] = {e.id: viewers(e, self.members) for e in facts}
        self.facts = sorted(facts, key=lambda e: (e.day is None, e.day or 0, e.id))
        self.by_subject: dict[str, list[Event]] = {}
        for event in self.facts:
            for name in self.seen[event.id]:
                self.by_subject.setdefault(name, []).append(event)
        self.lives: dict[str, LifeEnd | None] = {
            name: life_end(mine, self.as_of) for name, mine in self.by_subject.items() if name.startswith("child:")
        }
        self.status_stays: dict[tuple[str, str], list[Stay]] = {}
        self.reach_every = frozenset(kind for kind, line in pack.kinds.items() if line.get("reach") == "every")
        self.by_code = {duty["code"]: duty for duty in pack.duties}

    def answers_about(self, overlay: Mapping[str, Any], started: int | None) -> bool:
        """This will say whether an overlay is in force on a start's day, or on the day asked about where none is held."""
        day = self.as_of if started is None else started
        begins, ends = day_of(overlay.get("in_force_from")), day_of(overlay.get("in_force_until"))
        return (begins is None or begins <= day) and (ends is None or day <= ends)

    def in_force(self, name: str, started: int | None) -> bool:
        """This will say whether the overlay of a name answers about what started on a day."""
        return any(o["overlay"] == name and self.answers_about(o, started) for o in self.overlays)

    def groups(self, duty: Mapping[str, Any]) -> list[tuple[str, ...]]:
        """This will list for whom a duty is walked: each subject alone, or all together where it is owed once."""
        kind = duty.get("subject") or "child"
        assert kind in SUBJECT_TYPES, kind
        subjects = tuple(sorted(name for name in self.by_subject if name.startswith(f"{kind}:")))
        if duty.get("owed") == "once":
            return [subjects] if subjects else []
        return [(name,) for name in subjects]

    def events_of(self, group: tuple[str, ...]) -> list[Event]:
        """This will list the events that a group sees, in order, those without a day last."""
        if len(group) == 1:
            return self.by_subject.get(group[0], [])
        seen = set(group)
        return [event for event in self.facts if seen.intersection(self.seen[event.id])]

    def stays_in(self, status: str, subject: str) -> list[Stay]:
        """This will say when a subject was in a status."""
        if (status, subject) not in self.status_stays:
            line = self.pack.statuses[status]
            self.status_stays[status, subject] = stays(
                self.by_subject.get(subject, []), line["begins"], line["ends"], self.matcher
            )
        return self.status_stays[status, subject]

    def carried(self, kind: str) -> bool:
        """This will say whether the source can hold a kind of event."""
        return self.source.carries is None or kind in self.source.carries

    def before_window(self, day: int) -> bool:
        """This will say whether a day lies before the source's window."""
        return self.source.opens is not None and day < self.source.opens
