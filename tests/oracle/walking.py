"""Sets out for the walks of a duty: from which starts, for which recipient or item, over which events."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from goldthread.duties.event import Event
from oracle.dates import due_date
from oracle.existence import existence
from oracle.facts import within_stay
from oracle.instances import Instance, Start
from oracle.pack_as_text import NO, YES, Rule, listed
from oracle.question import Question
from oracle.starts import event_starts, yearly_starts
from oracle.walk import BREAK, CLOSE, DISCHARGE, END, REASON, SETTLE, Walk
from oracle.words import Local, effective_words, items, recipients_of


class Walking:
    """The walks of every duty; `unmet` gives the starts that another duty's unmet day makes, by its code."""

    def __init__(self, question: Question, unmet: Callable[[str, tuple[str, ...]], list[Start]]) -> None:
        self.question = question
        self.unmet = unmet

    def find_starts(self, duty: Mapping[str, Any], entry: Local | None, group: tuple[str, ...]) -> list[Start]:
        """This will list what starts a duty, in order: events, days of the year, or another duty's unmet day."""
        words = duty.get("starts")
        if isinstance(words, dict) and "unmet" in words:
            return self.unmet(str(words["unmet"]), group)
        if isinstance(words, dict) and "every_year_from" in words:
            return yearly_starts(self.question, words, group)
        return event_starts(self.question, duty, entry, group)

    def recipients(self, duty: Mapping[str, Any], entry: Local | None, group: tuple[str, ...]) -> list[Any]:
        """This will list the separate walks of a duty: one for each recipient or item, or a single one."""
        if duty.get("per") is not None:
            keys: dict[str, None] = {}
            for start in self.find_starts(duty, entry, group):
                for item in items(duty, start):
                    keys[item] = None
            return list(keys)
        found: dict[Any, None] = {}
        for start in self.find_starts(duty, entry, group):
            effective = effective_words(self.question, duty, start, group)
            found.update(dict.fromkeys(recipients_of(effective, entry)))
        return list(found) or [None]

    def walk(
        self, duty: Mapping[str, Any], entry: Local | None, group: tuple[str, ...], recipient: Any
    ) -> list[Instance]:
        """This will walk a duty for one recipient (or item) until what `once` says no longer changes."""
        starts = []
        for start in self.find_starts(duty, entry, group):
            if duty.get("per") is not None:
                if recipient in items(duty, start):
                    starts.append(start)
            elif recipient in recipients_of(effective_words(self.question, duty, start, group), entry):
                starts.append(start)
        if not starts and duty.get("begun_at") is None and not duty.get("proves_start"):
            return []
        stopped: dict[Start, int] = {}
        walk = self.one_walk(
            duty, entry, group, recipient, starts, existence(self.question, duty, starts, group, stopped)
        )
        for _ in range(5):
            walk.run()
            now = {i.starts[0]: i.stopped for i in walk.instances if i.stopped is not None}
            if now == stopped or not duty.get("once"):
                break
            stopped = now
            walk = self.one_walk(
                duty, entry, group, recipient, starts, existence(self.question, duty, starts, group, stopped)
            )
        if not walk.instances:
            walk.run()
        self.latest_walk = walk
        return [instance for instance in walk.instances if instance.exists != NO]

    def one_walk(
        self,
        duty: Mapping[str, Any],
        entry: Local | None,
        group: tuple[str, ...],
        recipient: Any,
        starts: list[Start],
        exists: dict[Start, str],
    ) -> Walk:
        """This will set out for one walk."""
        roles: dict[str, list[Rule]] = {
            DISCHARGE: self.question.matcher.rules(duty.get("met_by")),
            BREAK: self.question.matcher.rules(duty.get("broken_by")),
            END: self.question.matcher.rules(duty.get("ends_with")),
            CLOSE: self.question.matcher.rules(duty.get("closed_by")),
            REASON: self.question.matcher.rules(duty.get("late_reason")),
            SETTLE: self.question.matcher.rules(duty.get("provisional_until")),
        }
        named = {rule.kind for rules in roles.values() for rule in rules} | {duty.get("begun_at")}
        members = set(group)
        is_child = (duty.get("subject") or "child") == "child"
        counted_back = "before" in (duty.get("due") or {}) or any(
            "before" in (case.get("due") or {}) for case in ((duty.get("variant") or {}).get("cases") or {}).values()
        )
        status = duty.get("unless")
        ends_at_start = duty.get("ends_at_start") or {}

        def ends_at(start: Start) -> bool:
            if not ends_at_start or start.event is None:
                return False
            rule = self.question.matcher.rules({start.event.kind: ends_at_start})
            return self.question.matcher.any(rule, start.event) == YES

        def kept(start: Start) -> int | None:
            effective = effective_words(self.question, duty, start, group)
            if not start.sure or not effective.known or start.day is None:
                return None
            due = due_date(self.question, duty, effective.words.get("due") or {}, start, start.subjects)
            return due.day if due.form == "floor" else None

        return Walk(
            matcher=self.question.matcher,
            events=[e for e in self.question.events_of(group) if e.kind in named],
            seen_by=lambda event: tuple(name for name in self.question.seen[event.id] if name in members),
            starts=starts,
            exists=exists,
            roles={role: rules for role, rules in roles.items() if rules},
            reach_every=self.question.reach_every,
            lives=self.question.lives if is_child and not duty.get("outlives") else {},
            as_of=self.question.as_of,
            begun_at=duty.get("begun_at"),
            may_begin=lambda name, day: status is None or not within_stay(self.question.stays_in(status, name), day),
            first_while_open=bool(duty.get("first_while_open")),
            may_precede=bool(duty.get("may_precede")) or counted_back,
            agrees=self.agreement(duty, group, recipient),
            ends_at_start=ends_at,
            kept_on=kept,
        )

    def agreement(
        self, duty: Mapping[str, Any], group: tuple[str, ...], recipient: Any
    ) -> Callable[[Event, Instance, str], bool]:
        """This will say whether a discharge is to the right recipient, of the right item, of the same year."""

        def agrees(event: Event, instance: Instance, role: str) -> bool:
            if role != DISCHARGE:
                return True
            if duty.get("per") is not None and str(event.data.get("of")) != recipient:
                return False
            if duty.get("per") is None and recipient is not None:
                each = effective_words(self.question, duty, instance.anchor, group).words.get("each") or {"field": "to"}
                if recipient not in listed(event.data.get(each["field"])):
                    return False
            same = duty.get("same")
            if same is not None:
                here, there = instance.anchor.data.get(same), event.data.get(same)
                return here is not None and there is not None and str(here) == str(there)
            return True

        return agrees
