"""Answers what every duty of a pack says about a list of events, slowly, day by day, apart from the engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from goldthread.duties.event import EVERYTHING, Event, Source
from oracle.calendar_by_day import DayCounter, months_after
from oracle.facts import (
    SUBJECT_TYPES,
    LifeEnd,
    Stay,
    day_of,
    life_end,
    memberships,
    standing,
    stays,
    viewers,
    within_stay,
)
from oracle.pack_as_text import NO, PERHAPS, YES, Matcher, Pack, Rule, listed, read_overlay, read_pack
from oracle.walk import BREAK, CLOSE, DISCHARGE, END, MET, REASON, SETTLE, Instance, Start, Walk, links_of, names_of

KEYS = (
    "duty", "subject", "subjects", "instance", "cycle", "recipient", "holder", "strength", "time_strength",
    "started_on", "due_on", "met_on", "ended_on", "state", "late", "days_late", "reason", "provisional",
    "layer", "governs", "edition_status", "cites",
)  # fmt: skip

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def comparable(finding: Mapping[str, Any]) -> tuple[Any, ...]:
    """This will turn a finding, the oracle's or another's, into a tuple that can be sorted and compared."""
    values = []
    for key in KEYS:
        value = finding.get(key)
        if isinstance(value, date):
            value = value.isoformat()
        if isinstance(value, (list, tuple)):
            value = tuple(str(member) for member in value)
        values.append((key, "" if value is None else str(value), value is None))
    return tuple(values)


def differences(
    one: Sequence[Mapping[str, Any]], other: Sequence[Mapping[str, Any]], names: tuple[str, str] = ("oracle", "engine")
) -> list[str]:
    """This will say in a line each where two lists of findings differ; findings about the same thing are paired."""

    def about(finding: Mapping[str, Any]) -> tuple[Any, ...]:
        shown = comparable(finding)
        keys = ("layer", "duty", "subject", "instance", "recipient", "cycle", "started_on")
        return tuple(shown[KEYS.index(key)][1] for key in keys)

    lines = []
    here, there = ({}, {})  # type: tuple[dict[Any, list[Any]], dict[Any, list[Any]]]
    for findings, paired in ((one, here), (other, there)):
        for finding in findings:
            paired.setdefault(about(finding), []).append(comparable(finding))
    for key in sorted({*here, *there}):
        mine, theirs = sorted(here.get(key, [])), sorted(there.get(key, []))
        for left, right in zip(mine, theirs, strict=False):
            for (word, value, _), (_, seen, _) in zip(left, right, strict=True):
                if value != seen:
                    lines.append(f"{' '.join(key)}: {word} {names[0]}={value or 'null'} {names[1]}={seen or 'null'}")
        for name, alone in ((names[0], mine[len(theirs) :]), (names[1], theirs[len(mine) :])):
            for finding in alone:
                lines.append(f"{' '.join(key)}: only {name} has it, {finding[KEYS.index('state')][1]}")
    return lines


def iso(day: int | None) -> str | None:
    """This will write a day as ISO text."""
    return None if day is None else date.fromordinal(day).isoformat()


@dataclass(frozen=True)
class Due:
    """What a duty's `due` comes to for one instance."""

    form: str  # limit, floor or judgement
    day: int | None = None
    working: bool = False  # counted in working days
    certain: bool = True  # every counted day lies within the calendar's release
    planned: bool = False  # rests on a day that is only planned
    short: bool = False  # soon is two working days before, not ten


JUDGEMENT = Due("judgement")
UNKNOWN_LIMIT = Due("limit")


@dataclass(frozen=True)
class Local:
    """An entry of an overlay, and which of its verbs it stands under."""

    overlay: str
    verb: str
    entry: Mapping[str, Any]


@dataclass(frozen=True)
class Effective:
    """A duty's words after its variant: what holds for one instance."""

    words: Mapping[str, Any]
    known: bool  # False where the variant's field is absent or says something else


class Oracle:
    """One question: these events, this day, this pack."""

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

    # ---- the whole

    def answer(self) -> list[dict[str, Any]]:
        """This will give every finding, national ones first."""
        national: list[dict[str, Any]] = []
        local: list[dict[str, Any]] = []
        for duty in self.pack.duties:
            entries = [
                Local(str(overlay["overlay"]), verb, entry)
                for overlay in self.overlays
                for verb in ("strengthens", "also_starts", "also_to", "sets")
                for entry in overlay.get(verb) or []
                if entry["duty"] == duty["code"]
            ]
            for group in self.groups(duty):
                national.extend(self.duty_findings(duty, group, None))
                for entry in entries:
                    local.extend(self.duty_findings(duty, group, entry))
        for gate in self.pack.gates:
            national.extend(self.gate_findings(gate, "national"))
        for overlay in self.overlays:
            for gate in overlay.get("needs_first") or []:
                local.extend(
                    finding
                    for finding in self.gate_findings(gate, str(overlay["overlay"]))
                    if self.answers_about(overlay, day_of(finding["started_on"]))
                )
        self.say_which_governs(national, local)
        return national + local

    @staticmethod
    def say_which_governs(national: list[dict[str, Any]], local: list[dict[str, Any]]) -> None:
        """This will mark, of the findings about the same thing, the one with the earliest date."""

        about: dict[tuple[str, ...], list[dict[str, Any]]] = {}
        for finding in (*national, *local):
            keys = ("duty", "subject", "instance", "cycle", "recipient", "started_on")
            about.setdefault(tuple(str(finding[key]) for key in keys), []).append(finding)
        for same in about.values():
            if len({finding["layer"] for finding in same}) == 1:
                continue  # two of one layer that bear one name are no rivals
            dated = [finding for finding in same if finding["due_on"] is not None]
            chosen = min(dated, key=lambda finding: str(finding["due_on"])) if dated else same[0]
            for finding in same:
                finding["governs"] = finding is chosen

    def answers_about(self, overlay: Mapping[str, Any], started: int | None) -> bool:
        """This will say whether an overlay is in force on a start's day, or on the day asked about where none is held."""
        day = self.as_of if started is None else started
        begins, ends = day_of(overlay.get("in_force_from")), day_of(overlay.get("in_force_until"))
        return (begins is None or begins <= day) and (ends is None or day <= ends)

    def in_force(self, name: str, instance: Instance) -> bool:
        """This will say whether the overlay of a name answers about an instance."""
        started = instance.anchor.day if instance.start_known else None
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

    # ---- the words of a duty

    def effective(self, duty: Mapping[str, Any], start: Start | None, group: tuple[str, ...]) -> Effective:
        """This will apply a duty's variant to one start."""
        variant = duty.get("variant")
        if variant is None:
            return Effective(duty, known=True)
        said: Any = None
        if variant.get("of") is not None:
            subjects = start.subjects if start is not None else group
            ofs = [e for e in self.events_of(subjects) if e.kind == variant["of"] and e.data.get(variant["field"])]
            dated = [e for e in ofs if e.day is not None] or ofs
            if dated:
                said = dated[-1].data.get(variant["field"])
        elif start is not None:
            said = start.data.get(variant["field"])
        case = variant["cases"].get(said) if isinstance(said, str) else None
        if case is None:
            return Effective(duty, known=False)
        return Effective({**duty, **case}, known=True)

    def start_rules(self, duty: Mapping[str, Any], entry: Local | None) -> list[Rule]:
        """This will give the patterns that start a duty, or that an overlay starts it by as well."""
        words = entry.entry["starts"] if entry is not None and entry.verb == "also_starts" else duty.get("starts")
        if isinstance(words, dict) and ("every_year_from" in words or "unmet" in words):
            return []
        return self.matcher.rules(words)

    def find_starts(self, duty: Mapping[str, Any], entry: Local | None, group: tuple[str, ...]) -> list[Start]:
        """This will list what starts a duty, in order: events, days of the year, or another duty's unmet day."""
        words = duty.get("starts")
        if isinstance(words, dict) and "unmet" in words:
            return self.unmet_starts(str(words["unmet"]), group)
        if isinstance(words, dict) and "every_year_from" in words:
            return self.yearly_starts(words, group)
        rules = self.start_rules(duty, entry)
        found: list[Start] = []
        for event in self.events_of(group):
            answer = self.matcher.any(rules, event)
            if answer == NO:
                continue
            found.append(
                Start(
                    day=event.day,
                    name=event.process or event.id,
                    ids=names_of(event),
                    subjects=tuple(name for name in self.seen[event.id] if name in group),
                    event=event,
                    sure=answer == YES,
                    data=event.data,
                    order=event.id,
                    events=(event,),
                )
            )
        found.sort(key=lambda s: (s.day is None, s.day or 0, s.order))
        status = duty.get("unless")
        if status is not None:
            found = [
                start
                for start in found
                if start.day is None
                or not all(within_stay(self.stays_in(status, name), start.day) for name in start.subjects)
            ]
        if not self.recurs(duty, entry):
            found = self.joined(found)
        if duty.get("only_once"):
            taken: set[str] = set()
            first = []
            for start in found:
                if not taken.intersection(start.subjects):
                    first.append(start)
                taken.update(start.subjects)
            found = first
        return found

    def recurs(self, duty: Mapping[str, Any], entry: Local | None) -> bool:
        """This will say whether a duty has rounds: its starts are of a kind that also meets it."""
        starting = {rule.kind for rule in self.start_rules(duty, entry)}
        return bool(starting & {rule.kind for rule in self.matcher.rules(duty.get("met_by"))})

    @staticmethod
    def joined(found: Sequence[Start]) -> list[Start]:
        """This will make one start of those of one kind and process: the earliest, by every name and for every child."""
        together: dict[tuple[str, str], list[Start]] = {}
        for start in found:
            assert start.event is not None
            together.setdefault((start.event.kind, start.name), []).append(start)
        return [
            replace(
                first,
                ids=frozenset[str]().union(*(one.ids for one in (first, *others))),
                subjects=tuple(dict.fromkeys(name for one in (first, *others) for name in one.subjects)),
                sure=any(one.sure for one in (first, *others)),
                events=tuple(event for one in (first, *others) for event in one.events),
            )
            for first, *others in together.values()
        ]

    def yearly_starts(self, words: Mapping[str, Any], group: tuple[str, ...]) -> list[Start]:
        """This will start a duty on its day of every year from its first, or from when the source begins."""
        (subject,) = group
        days = [e.day for e in self.events_of(group) if e.day is not None]
        begins = self.source.opens if self.source.opens is not None else min(days, default=None)
        if begins is None:
            return []
        number, month = str(words["on"]).split()
        found = []
        for year in range(int(words["every_year_from"]), date.fromordinal(self.as_of).year + 1):
            day = date(year, MONTHS.index(month) + 1, int(number)).toordinal()
            if year >= date.fromordinal(begins).year and day <= self.as_of:
                name = f"{subject}/{year}"
                found.append(Start(day, name, frozenset({name}), group, data={"year": year}, order=name))
        return found

    def unmet_starts(self, code: str, group: tuple[str, ...]) -> list[Start]:
        """This will start a duty on the day that another fell due and was not met, for each of its instances."""
        duty = self.by_code[code]
        found = []
        for recipient in self.recipients(duty, None, group):
            for instance in self.walk(duty, None, group, recipient):
                finding = self.finding(duty, None, instance, recipient, None)
                if finding["state"] == "unknown" or finding["due_on"] is None:
                    continue
                due = date.fromisoformat(finding["due_on"]).toordinal()
                closing = instance.closing()
                if self.as_of <= due or (closing is not None and closing[0] <= due) or instance.undated_ending:
                    continue
                anchor = instance.anchor
                found.append(
                    Start(due, anchor.name, frozenset(instance.ids), instance.subjects, anchor.event,
                          data=anchor.data, order=anchor.order, events=anchor.events)
                )  # fmt: skip
        return found

    # ---- once

    def exists(
        self, duty: Mapping[str, Any], starts: Sequence[Start], group: tuple[str, ...], stopped: Mapping[Start, int]
    ) -> dict[Start, str]:
        """This will say of each start whether its instance exists: yes, no, or unknown."""
        rules = self.matcher.rules(duty.get("once"))
        if not rules:
            return dict.fromkeys(starts, YES)
        events = [e for e in self.events_of(group) if any(rule.kind == e.kind for rule in rules)]
        return {start: self.one_exists(rules, start, starts, events, stopped.get(start)) for start in starts}

    def one_exists(
        self, rules: list[Rule], start: Start, starts: Sequence[Start], events: list[Event], stopped: int | None
    ) -> str:
        """This will look for what the instance of one start waits for."""
        later = [
            other.day
            for other in starts
            if other.day is not None
            and start.day is not None
            and other.day > start.day
            and set(other.subjects) & set(start.subjects)
        ]
        belonging = []
        for event in events:
            if not set(self.seen[event.id]) & set(start.subjects):
                continue
            if start.event is not None and event.id == start.event.id:
                continue
            links = links_of(event)
            mine = [other for other in starts if set(other.subjects) & set(self.seen[event.id])]
            if any(other.ids & links for other in mine):
                if start.ids & links:
                    belonging.append(event)
            elif start.day is None or event.day is None or event.day < start.day:
                continue
            elif all(event.day < day for day in later) and (stopped is None or event.day <= stopped):
                belonging.append(event)
        if any(self.matcher.any(rules, event) == YES for event in belonging):
            return YES
        covered = (self.source.opens is None or (start.day is not None and start.day >= self.source.opens)) and (
            self.source.closes is None or self.as_of <= self.source.closes
        )
        for rule in rules:
            answers = [self.matcher.one(rule, event) for event in belonging if event.kind == rule.kind]
            if PERHAPS in answers:
                return "unknown"
            if not (self.carried(rule.kind) and covered) and NO not in answers:
                return "unknown"
        return NO

    # ---- walking

    def recipients(self, duty: Mapping[str, Any], entry: Local | None, group: tuple[str, ...]) -> list[Any]:
        """This will list the separate walks of a duty: one for each recipient or item, or a single one."""
        if duty.get("per") is not None:
            keys: dict[str, None] = {}
            for start in self.find_starts(duty, entry, group):
                for item in self.items(duty, start):
                    keys[item] = None
            return list(keys)
        found: dict[Any, None] = {}
        for start in self.find_starts(duty, entry, group):
            effective = self.effective(duty, start, group)
            found.update(dict.fromkeys(self.recipients_of(effective, entry)))
        return list(found) or [None]

    @staticmethod
    def recipients_of(effective: Effective, entry: Local | None) -> list[Any]:
        """This will list to whom one instance is owed."""
        if entry is not None and entry.verb == "also_to":
            return listed(entry.entry["recipients"])
        each = effective.words.get("each")
        return list(each["of"]) if each is not None else [None]

    @staticmethod
    def items(duty: Mapping[str, Any], start: Start) -> dict[str, str | None]:
        """This will read the items of a start's list: each key with its date."""
        per = duty["per"]
        found: dict[str, str | None] = {}
        for item in listed(start.data.get(per["field"])):
            if isinstance(item, Mapping) and item.get(per["key"]) is not None:
                found[str(item[per["key"]])] = item.get(per["due"])
        return found

    def walk(
        self, duty: Mapping[str, Any], entry: Local | None, group: tuple[str, ...], recipient: Any
    ) -> list[Instance]:
        """This will walk a duty for one recipient (or item) until what `once` says no longer changes."""
        starts = []
        for start in self.find_starts(duty, entry, group):
            if duty.get("per") is not None:
                if recipient in self.items(duty, start):
                    starts.append(start)
            elif recipient in self.recipients_of(self.effective(duty, start, group), entry):
                starts.append(start)
        if not starts and duty.get("begun_at") is None and not duty.get("proves_start"):
            return []
        stopped: dict[Start, int] = {}
        walk = self.one_walk(duty, entry, group, recipient, starts, self.exists(duty, starts, group, stopped))
        for _ in range(5):
            walk.run()
            now = {i.starts[0]: i.stopped for i in walk.instances if i.stopped is not None}
            if now == stopped or not duty.get("once"):
                break
            stopped = now
            walk = self.one_walk(duty, entry, group, recipient, starts, self.exists(duty, starts, group, stopped))
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
            DISCHARGE: self.matcher.rules(duty.get("met_by")),
            BREAK: self.matcher.rules(duty.get("broken_by")),
            END: self.matcher.rules(duty.get("ends_with")),
            CLOSE: self.matcher.rules(duty.get("closed_by")),
            REASON: self.matcher.rules(duty.get("late_reason")),
            SETTLE: self.matcher.rules(duty.get("provisional_until")),
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
            rule = self.matcher.rules({start.event.kind: ends_at_start})
            return self.matcher.any(rule, start.event) == YES

        def kept(start: Start) -> int | None:
            effective = self.effective(duty, start, group)
            if not start.sure or not effective.known or start.day is None:
                return None
            due = self.due(duty, effective.words.get("due") or {}, start, start.subjects)
            return due.day if due.form == "floor" else None

        return Walk(
            matcher=self.matcher,
            events=[e for e in self.events_of(group) if e.kind in named],
            seen_by=lambda event: tuple(name for name in self.seen[event.id] if name in members),
            starts=starts,
            exists=exists,
            roles={role: rules for role, rules in roles.items() if rules},
            reach_every=self.reach_every,
            lives=self.lives if is_child and not duty.get("outlives") else {},
            as_of=self.as_of,
            begun_at=duty.get("begun_at"),
            may_begin=lambda name, day: status is None or not within_stay(self.stays_in(status, name), day),
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
                each = self.effective(duty, instance.anchor, group).words.get("each") or {"field": "to"}
                if recipient not in listed(event.data.get(each["field"])):
                    return False
            same = duty.get("same")
            if same is not None:
                here, there = instance.anchor.data.get(same), event.data.get(same)
                return here is not None and there is not None and str(here) == str(there)
            return True

        return agrees

    # ---- dates

    def due(self, duty: Mapping[str, Any], words: Mapping[str, Any], start: Start, subjects: tuple[str, ...]) -> Due:
        """This will count to the day on which an instance falls due."""
        if "judgement" in words:
            return JUDGEMENT
        if "record" in words or "local" in words:
            recorded = day_of(start.data.get(words["record"])) if "record" in words else None
            return self.dated(start, recorded) if recorded is not None else self.rest_of(duty, words, start, subjects)
        if "earliest" in words:
            parts = [self.due(duty, part, start, subjects) for part in words["earliest"]]
            if any(part.day is None for part in parts):
                return UNKNOWN_LIMIT
            first = min(parts, key=lambda part: part.day or 0)
            return Due(
                "limit",
                first.day,
                first.working,
                certain=all(part.certain for part in parts),
                short=any(part.short for part in parts),
            )
        if "before" in words:
            return self.counted_back(words, subjects)
        if start.day is None:
            return Due("floor") if "floor" in words else UNKNOWN_LIMIT
        if "by" in words:
            number, month = str(words["by"]).split()
            year = date.fromordinal(start.day).year
            said = start.data.get("year")  # a report belongs to the year that it says, however late it is published
            if duty.get("same") == "year" and str(said).isdigit():
                year = int(str(said))
            return self.dated(start, date(year, MONTHS.index(month) + 1, int(number)).toordinal())
        if "floor" in words:
            day, _ = self.count(start.day, str(words["floor"]))
            return Due("floor", day)
        assert "within" in words, words
        zero: int | None = start.day
        if "of" in words:
            rules = self.matcher.rules(words["of"])
            days = [
                e.day
                for e in self.events_of(subjects)
                if e.day is not None and e.day >= start.day and self.matcher.any(rules, e) == YES
            ]
            zero = min(days, default=None)
        working = "working" in words["within"]
        if zero is None:
            return Due("limit", None, working)
        day, short = self.count(zero, str(words["within"]))
        return Due("limit", day, working, certain=not working or self.calendar.certain(zero, day), short=short)

    def dated(self, start: Start, day: int | None) -> Due:
        """This will take a date as it is said; its length is measured in working days from the start."""
        short = start.day is not None and day is not None and self.calendar.between(start.day, day) <= 15
        return Due("limit", day, short=short)

    def rest_of(
        self, duty: Mapping[str, Any], words: Mapping[str, Any], start: Start, subjects: tuple[str, ...]
    ) -> Due:
        """This will go on to the number that an overlay sets, where the record holds no date of its own."""
        rest = {key: value for key, value in words.items() if key not in ("record", "local")}
        return self.due(duty, rest, start, subjects) if rest else UNKNOWN_LIMIT

    def count(self, zero: int, limit: str) -> tuple[int, bool]:
        """This will count a limit in its own unit from day zero, and say whether it is a short one."""
        number, unit = limit.split(" ", 1)
        count = int(number)
        if unit in ("working day", "working days"):
            return self.calendar.after(zero, count), count <= 15
        if unit in ("day", "days"):
            return zero + count, count <= 15
        if unit in ("week", "weeks"):
            return zero + 7 * count, 7 * count <= 15
        if unit in ("month", "months"):
            return months_after(zero, count), False
        assert unit in ("year", "years"), limit
        return months_after(zero, 12 * count), False

    def counted_back(self, words: Mapping[str, Any], subjects: tuple[str, ...]) -> Due:
        """This will count back from the first target that is known: a kind's day, or a date that a kind holds."""
        number, unit = str(words["at_least"]).split(" ", 1)
        working = unit.startswith("working")
        count = int(number) * (7 if unit.startswith("week") else 1)
        for target in listed(words["before"]):
            kind, _, held = str(target).partition(".")
            events = [e for e in self.events_of(subjects) if e.kind == kind]
            dated = [e for e in events if e.day is not None]
            day: int | None = None
            if held:
                latest = dated or events
                day = day_of(latest[-1].data.get(held)) if latest else None
            elif dated:
                day = dated[0].day
            if day is None:
                continue
            due = self.calendar.before(day, count) if working else day - count
            certain = not working or self.calendar.certain(due, day)
            return Due("limit", due, working, certain=certain, planned=bool(held), short=count <= 15)
        return Due("limit", None, working)

    # ---- findings

    def duty_findings(
        self, duty: Mapping[str, Any], group: tuple[str, ...], entry: Local | None
    ) -> list[dict[str, Any]]:
        """This will give the findings of one duty, nationally or as one entry of an overlay has it."""
        if duty.get("starts") is None:
            return []
        found = []
        for recipient in self.recipients(duty, entry, group):
            instances = self.walk(duty, entry, group, recipient)
            rounds = self.rounds(duty, entry, instances)
            for instance in instances:
                sure = instance.anchor.sure
                if entry is not None and entry.verb == "strengthens" and entry.entry.get("starts") is not None:
                    if instance.anchor.event is None:
                        continue
                    narrower = self.matcher.any(self.matcher.rules(entry.entry["starts"]), instance.anchor.event)
                    if narrower == NO:
                        continue
                    sure = sure and narrower == YES
                if entry is not None and not self.in_force(entry.overlay, instance):
                    continue
                found.append(self.finding(duty, entry, instance, recipient, rounds.get(instance), sure=sure))
        if duty.get("proves_start") and entry is None:
            found.extend(self.proofs(duty, group))
        return found

    def rounds(self, duty: Mapping[str, Any], entry: Local | None, instances: list[Instance]) -> dict[Instance, int]:
        """This will number the rounds of a recurring duty: one whose starts are of a kind that also meets it."""
        if not self.recurs(duty, entry):
            return {}
        counts: dict[str, int] = {}
        numbers = {}
        for instance in sorted(instances, key=lambda i: (i.anchor.day or 0, i.anchor.order)):
            subject = instance.subjects[0]
            counts[subject] = counts.get(subject, 0) + 1
            numbers[instance] = counts[subject]
        return numbers

    def proofs(self, duty: Mapping[str, Any], group: tuple[str, ...]) -> list[dict[str, Any]]:
        """This will show a duty as owed where only its discharge is held and its start cannot be."""
        if any(self.carried(rule.kind) for rule in self.start_rules(duty, None)):
            return []
        rules = self.matcher.rules(duty.get("met_by"))
        effective = self.effective(duty, None, group)
        found = []
        for event in self.events_of(group):
            if self.matcher.any(rules, event) != YES:
                continue
            each = effective.words.get("each")
            recipients: list[Any] = [None]
            if each is not None:
                recipients = [to for to in listed(event.data.get(each["field"])) if to in each["of"]]
            for recipient in recipients:
                self.walk(duty, None, group, recipient)
                if event.id in self.latest_walk.answered:
                    continue
                start = Start(
                    day=None,
                    name=event.process or event.id,
                    ids=names_of(event),
                    subjects=tuple(name for name in self.seen[event.id] if name in group),
                    event=event,
                    sure=False,
                )
                instance = Instance(start, [start], set(), start.subjects, None, start_known=False)
                if event.day is not None:
                    instance.answers.append((event.day, 0, event.id, MET))
                instance.undated_discharge = event.day is None
                found.append(self.finding(duty, None, instance, recipient, None, sure=False))
        return found

    def carried(self, kind: str) -> bool:
        """This will say whether the source can hold a kind of event."""
        return self.source.carries is None or kind in self.source.carries

    def declared_beyond_window(self, instance: Instance, discharges: list[Rule]) -> bool:
        """This will say whether what answers an instance from before the source's window is held all the same."""
        if all(any(self.matcher.source_pattern_covers(p, rule) for p in self.source.whole) for rule in discharges):
            return True
        last = self.source.last_before
        start, closing = instance.anchor, instance.closing()
        return (
            start.event is not None
            and any(self.matcher.source_pattern(p, start.event) for p in last)
            and all(any(self.matcher.source_pattern_covers(p, rule) for p in last) for rule in discharges)
            and not (closing is not None and self.before_window(closing[0]))
        )

    def before_window(self, day: int) -> bool:
        """This will say whether a day lies before the source's window."""
        return self.source.opens is not None and day < self.source.opens

    def finding(
        self,
        duty: Mapping[str, Any],
        entry: Local | None,
        instance: Instance,
        recipient: Any,
        cycle: int | None,
        *,
        sure: bool | None = None,
    ) -> dict[str, Any]:
        """This will say where one instance stands on the day asked about."""
        anchor = instance.anchor
        effective = self.effective(duty, anchor, instance.subjects)
        words = effective.words
        started = anchor.day if instance.start_known else None
        due = self.due_of(words, entry, instance, recipient)
        closing = instance.closing()
        met_on = closing[0] if closing is not None and closing[1] == MET else None
        ended_on = closing[0] if closing is not None and closing[1] != MET else None
        undecidable = (
            not (anchor.sure if sure is None else sure)
            or not effective.known
            or started is None
            or instance.exists != YES
            or (duty.get("same") is not None and anchor.data.get(duty["same"]) is None)
            or (due.form != "judgement" and due.day is None)
        )
        reasons = sorted(instance.reasons, key=lambda reason: reason[:2])
        state = "unknown" if undecidable else self.state(words, duty, instance, due, closing, bool(reasons))
        if started is not None and self.before_window(started):
            broken = due.form == "floor" and state == "not-met"
            discharges = self.matcher.rules(duty.get("met_by")) + self.matcher.rules(duty.get("broken_by"))
            if state not in ("met", "ended") and not broken and not self.declared_beyond_window(instance, discharges):
                state = "unknown"
        late = state in ("overdue", "exceeded-with-reason", "met-late", "not-met") and due.form != "floor"
        days_late = None
        if late:
            assert due.day is not None
            until = met_on if met_on is not None else ended_on if ended_on is not None else self.as_of
            days_late = self.calendar.between(due.day, until) if due.working else until - due.day
        answered = closing is not None or instance.undated_discharge or instance.undated_ending
        provisional = (
            not due.certain
            or due.planned
            or (closing is None and instance.undated_ending and state == "ended")
            or (duty.get("provisional_until") is not None and not instance.settled and not answered)
        )
        each = words.get("each")
        strength, time_strength = words.get("strength"), words.get("time_strength")
        if each is not None and duty.get("per") is None:
            strength = each["of"].get(recipient, strength)
            if time_strength is not None:
                time_strength = each["of"].get(recipient, time_strength)  # a limit binds as the duty does
        name = anchor.name
        if duty.get("per") is not None:
            name = f"{name}#{recipient}"
        return {
            "duty": duty["code"],
            "subject": instance.subjects[0],
            "subjects": list(instance.subjects),
            "instance": name,
            "cycle": cycle,
            "recipient": None if duty.get("per") is not None else recipient,
            "holder": words.get("holder"),
            "strength": "local" if entry is not None else strength,
            "time_strength": "local" if entry is not None else time_strength,
            "started_on": iso(started),
            "due_on": iso(due.day),
            "met_on": iso(met_on),
            "ended_on": iso(ended_on),
            "state": state,
            "late": late,
            "days_late": days_late,
            "reason": (reasons[-1][2] or "recorded without words") if reasons else None,
            "provisional": provisional,
            "layer": "national" if entry is None else entry.overlay,
            "governs": True,
            "edition_status": self.edition_status(started),
            "cites": [str(cite) for cite in listed(words.get("cites") if entry is None else entry.entry.get("cites"))],
        }

    def due_of(self, words: Mapping[str, Any], entry: Local | None, instance: Instance, recipient: Any) -> Due:
        """This will find the due day of an instance, from the item, the duty or the overlay that sets it."""
        anchor, subjects = instance.anchor, instance.subjects
        if not instance.start_known:
            form = self.due(words, words.get("due") or {"local": ""}, Start(None, "", frozenset(), ()), subjects).form
            return Due(form)
        own = entry.entry.get("due") if entry is not None and entry.verb in ("strengthens", "sets") else None
        if words.get("per") is not None and own is None:
            return self.dated(anchor, day_of(self.items(words, anchor).get(recipient)))
        return self.due(words, own if own is not None else words.get("due") or {"local": ""}, anchor, subjects)

    def state(
        self,
        words: Mapping[str, Any],
        duty: Mapping[str, Any],
        instance: Instance,
        due: Due,
        closing: tuple[int, str] | None,
        has_reason: bool,
    ) -> str:
        """This will name the state, in the order that the page gives."""
        if due.form == "judgement":
            if closing is not None:
                return "met" if closing[1] == MET else "ended"
            if instance.undated_discharge:
                return "unknown"
            if instance.undated_ending:
                return "ended"
            return "unknown" if self.cannot_tell(duty) else "judgement"
        assert due.day is not None
        if closing is not None:
            day, how = closing
            if how == MET:
                return "met" if day <= due.day else "met-late"
            if due.form == "floor" and how != "ended":
                return "not-met"
            if day <= due.day:
                return "ended"
            return "unknown" if self.cannot_carry(duty) else "not-met"
        if instance.undated_discharge:
            return "unknown"
        if instance.undated_ending:
            return "ended"
        if self.cannot_tell(duty):
            return "unknown"
        if due.form == "floor":
            return "running"
        if self.as_of > due.day:
            return "exceeded-with-reason" if has_reason else "overdue"
        return "due-soon" if self.soon(words, due) else "running"

    def cannot_tell(self, duty: Mapping[str, Any]) -> bool:
        """This will say whether the source cannot carry a discharge, or does not reach the day asked about."""
        beyond = self.source.closes is not None and self.as_of > self.source.closes
        return beyond or self.cannot_carry(duty)

    def cannot_carry(self, duty: Mapping[str, Any]) -> bool:
        """This will say whether the source cannot carry one of the kinds that discharge a duty, or break a floor."""
        discharges = self.matcher.rules(duty.get("met_by")) + self.matcher.rules(duty.get("broken_by"))
        return any(not self.carried(rule.kind) for rule in discharges)

    def soon(self, words: Mapping[str, Any], due: Due) -> bool:
        """This will say whether a date is near: within the duty's own window, or two or ten working days."""
        assert due.day is not None
        own = words.get("due_soon")
        if own is None:
            return self.calendar.between(self.as_of, due.day) <= (2 if due.short else 10)
        number, unit = str(own).split(" ", 1)
        if unit.startswith("working"):
            return self.calendar.between(self.as_of, due.day) <= int(number)
        return due.day <= self.count(self.as_of, str(own))[0]

    def edition_status(self, started: int | None) -> str:
        """This will say whether this edition is the one that the start's day picks."""
        day = started if started is not None else self.as_of
        if day < date.fromisoformat(self.pack.in_force_from).toordinal():
            return "not-yet-in-force"
        successor = self.pack.successor_from
        if successor is not None and day >= date.fromisoformat(successor).toordinal():
            return "newer-edition-not-held"
        return "in-force"

    # ---- gates

    def gate_findings(self, gate: Mapping[str, Any], layer: str) -> list[dict[str, Any]]:
        """This will look at each step that must not be taken before something else."""
        kind = gate.get("subject") or "child"
        found = []
        for subject in sorted(name for name in self.by_subject if name.startswith(f"{kind}:")):
            for event in self.by_subject[subject]:
                answer = self.matcher.any(self.matcher.rules(gate["before"]), event)
                if answer != NO:
                    found.append(self.gate_finding(gate, layer, subject, event, sure=answer == YES))
        return found

    def gate_finding(
        self, gate: Mapping[str, Any], layer: str, subject: str, event: Event, *, sure: bool
    ) -> dict[str, Any]:
        """This will count what was needed before one step."""
        rules = self.matcher.rules(gate["needs"])
        wanted = int(gate.get("at_least") or 1)
        since: int | None = None
        if gate.get("within") is not None and event.day is not None:
            begun = [stay.began for stay in self.stays_in(gate["within"], subject) if stay.began <= event.day]
            since = max(begun, default=None)
        days, undated = [], 0
        for other in self.by_subject[subject]:
            if other.id == event.id or self.matcher.any(rules, other) != YES:
                continue
            if other.day is None:
                undated += 1
            elif event.day is not None and other.day <= event.day and (since is None or other.day >= since):
                days.append(other.day)
        days.sort()
        enough = len(days) >= wanted
        met_on = days[wanted - 1] if enough else None
        if event.day is None or not sure:
            state = "unknown"
        elif enough:
            state = "met"
        else:
            opens = self.source.opens
            unseen = opens is not None and (since is None or since < opens) and not self.needs_held_whole(rules)
            uncarried = any(not self.carried(rule.kind) for rule in rules)
            state = "unknown" if uncarried or unseen or len(days) + undated >= wanted else "not-met"
        local = layer != "national"
        return {
            "duty": gate["code"],
            "subject": subject,
            "subjects": [subject],
            "instance": event.process or event.id,
            "cycle": None,
            "recipient": None,
            "holder": gate.get("holder") or gate.get("approved_by"),
            "strength": "local" if local else gate.get("strength"),
            "time_strength": None,
            "started_on": iso(event.day),
            "due_on": iso(event.day),
            "met_on": iso(met_on),
            "ended_on": None,
            "state": state,
            "late": False,
            "days_late": None,
            "reason": None,
            "provisional": False,
            "layer": layer,
            "governs": True,
            "edition_status": self.edition_status(event.day),
            "cites": [str(cite) for cite in listed(gate.get("cites"))],
        }

    def needs_held_whole(self, rules: list[Rule]) -> bool:
        """This will say whether the source holds what a gate needs whatever its day."""
        return all(any(self.matcher.source_pattern_covers(p, rule) for p in self.source.whole) for rule in rules)


def answer(
    events: Sequence[Event],
    as_of: date,
    known_at: int | None,
    pack_dir: Path,
    overlay_paths: Sequence[Path],
    holidays: Mapping[date, str],
    first: date | int,
    horizon: date | int,
    source: Source = EVERYTHING,
) -> list[dict[str, Any]]:
    """This will say where every instance of every duty stands, as plain findings with ISO dates."""
    overlays = [read_overlay(path) for path in overlay_paths]
    calendar = DayCounter(holidays, first, horizon)
    return Oracle(events, as_of, known_at, read_pack(pack_dir), overlays, calendar, source).answer()
