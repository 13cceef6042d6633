"""Walks one duty through a life day by day, and keeps the list of its instances and of what answered each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from goldthread.duties.event import Event
from oracle.facts import LifeEnd
from oracle.instances import BROKEN, ENDED, MET, Instance, Start, enquiries_among, links_of, names_of, said_by
from oracle.pack_as_text import NO, YES, Matcher, Rule

DISCHARGE, BREAK, END, CLOSE, REASON, SETTLE = "discharge", "break", "end", "close", "reason", "settle"
TURN = (REASON, SETTLE, DISCHARGE, BREAK, END, CLOSE)  # the order in which the facts of one day are taken
HOW = {DISCHARGE: MET, BREAK: BROKEN, END: ENDED}


@dataclass(eq=False)
class Walk:
    """One duty, for one recipient or one item where each counts, over the events of those it is owed for."""

    matcher: Matcher
    events: Sequence[Event]
    seen_by: Callable[[Event], tuple[str, ...]]
    starts: Sequence[Start]
    exists: Mapping[Start, str]  # what `once` says of each start
    roles: Mapping[str, list[Rule]]
    reach_every: frozenset[str]
    lives: Mapping[str, LifeEnd | None]
    as_of: int
    begun_at: str | None = None
    may_begin: Callable[[str, int], bool] = lambda subject, day: True  # what `unless` says
    first_while_open: bool = False
    may_precede: bool = False
    agrees: Callable[[Event, Instance, str], bool] = lambda event, instance, role: True
    ends_at_start: Callable[[Start], bool] = lambda start: False
    kept_on: Callable[[Start], int | None] = lambda start: None  # the day on which a floor is reached

    instances: list[Instance] = field(default_factory=list)
    answered: set[str] = field(default_factory=set)
    _reached: set[Start] = field(default_factory=set)
    _starters: dict[str, Start] = field(default_factory=dict)
    _held: list[tuple[Start, Event, str]] = field(default_factory=list)  # linked, before their start
    _held_for_enquiry: list[tuple[str, Event, str]] = field(default_factory=list)  # linked, before their enquiry began
    _waiting: list[tuple[Event, str]] = field(default_factory=list)  # unlinked, before their start
    _begun_before: list[tuple[Start, Event]] = field(default_factory=list)
    _other_words: dict[Start, list[Start]] = field(default_factory=dict)  # undated starts that belong to a dated one
    _closing_later: list[tuple[int, int, Instance, str]] = field(default_factory=list)  # day, turn, which, how

    def run(self) -> list[Instance]:
        """This will walk from the first day to the day asked about, and look at what has no day at the end."""
        happenings: dict[int, list[Event]] = {}
        beginnings: dict[int, list[Start]] = {}
        for event in self.events:
            if event.day is not None and event.day <= self.as_of:
                happenings.setdefault(event.day, []).append(event)
        for start in self.starts:
            for event in start.events:
                self._starters[event.id] = start
            if start.day is not None:
                beginnings.setdefault(start.day, []).append(start)
            elif not (self.first_while_open and self._belongs_to_another(start)):
                self._open(start)
        for day in sorted({*happenings, *beginnings}):
            if day > self.as_of:
                break
            self._close_by(day, -1)  # a floor is kept before anything of its day
            todays = sorted(happenings.get(day, ()), key=lambda e: e.id)
            for start in sorted(beginnings.get(day, ()), key=lambda s: s.order):
                self._reach(start, day)
            for event in todays:
                if event.kind == self.begun_at:
                    self._begin(event, day)
            for turn, role in enumerate(TURN):
                self._close_by(day, turn)
                for event in todays:
                    if self._in_role(event, role):
                        self._answer(event, day, role)
        self._close_by(self.as_of, len(TURN))
        undated = sorted((e for e in self.events if e.day is None), key=lambda e: e.id)
        for event in undated:
            if event.kind == self.begun_at:
                self._begin(event, None)
        for event in undated:
            self._undated(event)
        for instance in self.instances:
            self._undated_lives(instance)
        return self.instances

    def _belongs_to_another(self, start: Start) -> bool:
        """A start without a day that names, or is named by, another is another word for that one: a dated one first."""
        words = start.ids | said_by(start)
        for other in self.starts:
            if other.day is None or not set(other.subjects) & set(start.subjects):
                continue
            if words & other.ids or start.ids & said_by(other) or enquiries_among(words & said_by(other)):
                self._other_words.setdefault(other, []).append(start)
                return True
        for instance in self.instances:
            if instance.ids & said_by(start) and set(instance.subjects) & set(start.subjects):
                self._reached.add(start)
                instance.starts.append(start)
                instance.ids |= start.ids | enquiries_among(said_by(start))
                return True
        return False

    def _close_by(self, day: int, turn: int) -> None:
        """What closes by itself, on a day on which nothing else may happen, closes when its turn has come."""
        come = sorted((line for line in self._closing_later if line[:2] <= (day, turn)), key=lambda line: line[:2])
        for line in come:
            self._closing_later.remove(line)
            when, order, instance, how = line
            if instance.closing() is None:
                instance.answers.append((when, order, "", how))

    # ---- starts

    def _reach(self, start: Start, day: int) -> None:
        self._begin_or_join(start, day)
        for undated in self._other_words.get(start, ()):
            self._reached.add(undated)
            instance = next(i for i in self.instances if start in i.starts)
            instance.starts.append(undated)
            instance.ids |= undated.ids | enquiries_among(said_by(undated))
            self._second_look(undated, instance)

    def _begin_or_join(self, start: Start, day: int) -> None:
        self._reached.add(start)
        if self.first_while_open:
            links = said_by(start)
            mine = [i for i in self.instances if i.exists != NO and set(i.subjects) & set(start.subjects)]
            joined = [i for i in mine if i.ids & links]
            joined = [i for i in joined if i.open_on(day)] or joined
            if not joined:
                joined = [i for i in mine if i.takes_start_on(day, links)]
            if joined:
                instance = min(joined, key=self._age)
                instance.starts.append(start)
                instance.ids |= start.ids | enquiries_among(links)
                if not instance.start_known:
                    instance.start_known = True
                    instance.anchor = start
                self._second_look(start, instance)
                return
        self._second_look(start, self._open(start), opens=True)

    def _open(self, start: Start) -> Instance:
        instance = Instance(start, [start], set(start.ids), start.subjects, start.day, exists=self.exists[start])
        self.instances.append(instance)
        if self.first_while_open:
            instance.ids |= enquiries_among(said_by(start))
        if start.day is None:
            self._reached.add(start)
            return instance
        self._live(instance, start.day)
        if self.ends_at_start(start):
            instance.never_owed = min([start.day, *(answer[0] for answer in instance.answers)])
        kept = self.kept_on(start)
        if kept is not None and kept <= self.as_of:
            self._closing_later.append((kept, -1, instance, MET))
        return instance

    def _live(self, instance: Instance, opened: int) -> None:
        ends = [self.lives.get(subject) for subject in instance.subjects]
        if ends and all(end is not None and end.day is not None for end in ends):
            last = max(end.day for end in ends if end is not None and end.day is not None)
            if last < opened:
                instance.answers.append((last, TURN.index(END), "", ENDED))
            elif last <= self.as_of:
                self._closing_later.append((last, TURN.index(END), instance, ENDED))

    def _second_look(self, start: Start, instance: Instance, *, opens: bool = False) -> None:
        for held, event, role in list(self._held):
            if held is start:
                self._held.remove((held, event, role))
                self._apply(event, instance, role)
        for event, role in list(self._waiting):
            closing = instance.closing()
            if closing is not None and event.day is not None and closing[0] < event.day:
                continue  # a life that had ended by then
            if opens and set(self.seen_by(event)) & set(start.subjects) and self._can_answer(event, instance, role):
                self._waiting.remove((event, role))
                self._apply(event, instance, role)
        for begun, event in list(self._begun_before):
            if begun is start:
                self._begun_before.remove((begun, event))
                self._count_from(start, event, instance)

    def _names_to_be(self, start: Start) -> frozenset[str]:
        return start.ids | enquiries_among(said_by(start)) if self.first_while_open else start.ids

    def _begin(self, event: Event, day: int | None) -> None:
        self._place_enquiry(event, day)
        for held, earlier, role in list(self._held_for_enquiry):
            if held == event.id:
                self._held_for_enquiry.remove((held, earlier, role))
                belongs = [
                    i
                    for i in self.instances
                    if i.ids & names_of(event) and set(i.subjects) & set(self.seen_by(earlier))
                ]
                if belongs:
                    self._apply(earlier, min(belongs, key=self._age), role)

    def _place_enquiry(self, event: Event, day: int | None) -> None:
        """An enquiry begins: it names the start to count from, or joins what is open, or opens without a start."""
        links = links_of(event)
        for viewer in self.seen_by(event):
            named = [s for s in self.starts if viewer in s.subjects and s.ids & links]
            if named:
                start = min(named, key=lambda s: (s.day is None, s.day or 0, s.order))
                if start in self._reached:
                    self._count_from(start, event, next(i for i in self.instances if start in i.starts))
                else:
                    self._begun_before.append((start, event))
                continue
            mine = [i for i in self.instances if viewer in i.subjects]
            belongs = [i for i in mine if i.ids & links]
            if not belongs and day is not None:
                belongs = [i for i in mine if i.takes_start_on(day, links)]
            if not belongs and day is None:
                belongs = [i for i in mine if not i.answered() and not i.concluded and not i.of_another(links)]
            if belongs:
                min(belongs, key=self._age).ids |= names_of(event) | enquiries_among(links)
            elif day is None or self.may_begin(viewer, day):
                ids = names_of(event) | enquiries_among(links)
                nameless = Start(
                    None, event.process or event.id, ids, (viewer,), event, order=event.id, events=(event,)
                )
                self.exists = {**self.exists, nameless: YES}
                instance = self._open(nameless)
                instance.start_known = False
                instance.opened = day
                if day is not None:
                    self._live(instance, day)

    @staticmethod
    def _count_from(start: Start, event: Event, instance: Instance) -> None:
        instance.ids |= names_of(event) | enquiries_among(links_of(event))
        if not instance.begun:
            instance.begun = True
            instance.anchor = replace(start, sure=True)  # that an enquiry names it says what it was

    # ---- answers

    def _in_role(self, event: Event, role: str) -> bool:
        return role in self.roles and self.matcher.any(self.roles[role], event) == YES

    def _roles(self, event: Event) -> Iterator[str]:
        return (role for role in TURN if self._in_role(event, role))

    def _can_answer(self, event: Event, instance: Instance, role: str) -> bool:
        if instance.exists == NO and role != CLOSE:
            return False
        return self.agrees(event, instance, role)

    @staticmethod
    def _age(instance: Instance) -> tuple[bool, int, str]:
        return (instance.opened is None, instance.opened or 0, instance.starts[0].order)

    def _answer(self, event: Event, day: int, role: str) -> None:
        viewers = set(self.seen_by(event))
        mine = [
            i
            for i in self.instances
            if viewers & set(i.subjects) and not i.own(event) and (i.exists != NO or role == CLOSE)
        ]
        starter = self._starters.get(event.id)
        if starter is not None:  # what starts something itself answers only what started before it
            before = (day, event.id)
            mine = [i for i in mine if i.opened is None or (i.opened, i.starts[0].order) < before]
        linked = [i for i in mine if i.ids & links_of(event)]
        linked = [i for i in linked if self.agrees(event, i, role)] or linked
        ahead = [
            s
            for s in self.starts
            if s not in self._reached
            and viewers & set(s.subjects)
            and self._names_to_be(s) & links_of(event)
            and (self.exists[s] != NO or role == CLOSE)
        ]
        beginning = [
            e
            for e in self.events
            if e.kind == self.begun_at
            and (e.day is None or e.day > day)
            and viewers & set(self.seen_by(e))
            and (names_of(e) | enquiries_among(links_of(e))) & links_of(event)
        ]
        if linked or ahead or beginning:
            open_now = [i for i in linked if i.open_on(day)]
            if open_now:
                self._choose(open_now, event, role)
            elif starter is not None:
                return
            elif ahead:
                self._held.append((min(ahead, key=lambda s: (s.day or 0, s.order)), event, role))
                self.answered.add(event.id)
            elif linked:
                self._apply(event, max(linked, key=self._age), role)
            else:
                first = min(beginning, key=lambda e: (e.day is None, e.day or 0, e.id))
                self._held_for_enquiry.append((first.id, event, role))
            return
        open_now = [i for i in mine if i.open_on(day) and i.takes_unlinked_on(day) and self.agrees(event, i, role)]
        if open_now:
            self._choose(open_now, event, role)
        elif role == REASON or (self.may_precede and role == DISCHARGE):
            self._waiting.append((event, role))

    def _choose(self, candidates: list[Instance], event: Event, role: str) -> None:
        if event.kind in self.reach_every:
            for instance in candidates:
                self._apply(event, instance, role)
        else:  # the oldest; what has been concluded is not concluded again
            if role == SETTLE:
                candidates = [i for i in candidates if not i.concluded] or candidates
            for group in self._joined_children():
                mine = [instance for instance in candidates if group.intersection(instance.subjects)]
                if mine:
                    self._apply(event, min(mine, key=self._age), role)

    def _joined_children(self) -> list[set[str]]:
        """Children who share a start are answered together: one unlinked event answers one instance of theirs."""
        groups: list[set[str]] = []
        for subjects in [*(one.subjects for one in self.starts), *(one.subjects for one in self.instances)]:
            touched = [group for group in groups if group.intersection(subjects)]
            groups = [group for group in groups if group not in touched]
            groups.append(set(subjects).union(*touched))
        return groups

    def _apply(self, event: Event, instance: Instance, role: str) -> None:
        if not self.agrees(event, instance, role):
            return
        self.answered.add(event.id)
        if role == REASON:
            order = event.day if event.day is not None else self.as_of + 1
            instance.reasons.append((order, event.id, event.data.get("reason")))
        if role == SETTLE:
            instance.settled = instance.concluded = True
        if event.day is None:
            if role in (DISCHARGE, BREAK):
                instance.undated_discharge = True
            if role == END:
                instance.undated_ending = True
            return
        if role == CLOSE:
            instance.stopped = event.day if instance.stopped is None else min(instance.stopped, event.day)
        if role in HOW:
            instance.answers.append((event.day, TURN.index(role), event.id, HOW[role]))

    # ---- what has no day

    def _undated(self, event: Event) -> None:
        viewers = set(self.seen_by(event))
        for role in self._roles(event):
            mine = [
                i
                for i in self.instances
                if viewers & set(i.subjects) and not i.own(event) and self._can_answer(event, i, role)
            ]
            linked = [i for i in mine if i.ids & links_of(event)]
            still_open = [i for i in linked if i.closing() is None]
            if linked:
                if still_open:
                    self._choose(still_open, event, role)
                else:
                    self._apply(event, max(linked, key=self._age), role)
            elif role == DISCHARGE:
                waiting = [i for i in mine if i.closing() is None]
                if waiting:
                    self._choose(waiting, event, role)

    def _undated_lives(self, instance: Instance) -> None:
        ends = [self.lives.get(subject) for subject in instance.subjects]
        if not ends or any(end is None for end in ends):
            return
        days = [end.day for end in ends if end is not None]
        if any(day is None for day in days) or instance.opened is None:
            dated = [day for day in days if day is not None]
            if len(dated) == len(days) and max(dated) <= self.as_of:
                instance.answers.append((max(dated), TURN.index(END), "", ENDED))
            else:
                instance.undated_ending = True
