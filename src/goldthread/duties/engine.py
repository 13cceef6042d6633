"""The engine: where each duty stands, as a pure function of events, three dates, rules and a calendar.

No clock, no database, no network. docs/reference/duty-words.md says how facts are matched and in which order the
states are decided; this module is that page in code.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from goldthread.duties import corrections, words
from goldthread.duties.calendar import WorkingDays, add_months, birthday
from goldthread.duties.event import EVERYTHING, Event, Pattern, Source
from goldthread.duties.findings import Finding, Instance, State
from goldthread.duties.patterns import NO, PERHAPS, YES, Tests, best, match, tests
from goldthread.duties.rules import (
    BIRTH,
    DEATH,
    FAMILY_MEMBER,
    IDENTIFIED,
    NATIONAL,
    PREGNANCY_ENDED,
    Asked,
    Duty,
    Gate,
    Rules,
    StatusRule,
    Terms,
)  # fmt: skip

ADULT = 18
AT_ITS_START = "what its start says"
GROUP = "enquiry:"  # the type of process that joins the starts of a duty that is first_while_open
START, BEGUN, REASON, DISCHARGE, ENDING, BREAKING, SETTLING, CLOSING = range(8)
_ANYTHING: tuple[Tests, ...] = ((),)  # a pattern that names a kind and no field

Moment = tuple[int, int, str, Event]
NoteTaker = Callable[[str, str, str], None]


class Facts(NamedTuple):
    """The facts of one subject (or of several that share a duty), by kind, each in order of day and id."""

    subject: str
    subjects: tuple[str, ...]
    dated: Mapping[str, list[Event]]
    undated: Mapping[str, list[Event]]
    life_ends: Mapping[str, tuple[int, str]]


class Prepared(NamedTuple):
    """A duty together with what a source can hold of it."""

    place: int
    duty: Duty
    starts_carried: bool
    met_carried: bool
    whole: bool
    last_before: tuple[tuple[str, Tests], ...]
    window: int | None
    variant_field: str | None
    variant_of: str | None


class Task(NamedTuple):
    """A duty to be answered for a subject of whom only these kinds of fact are known."""

    one: Prepared
    starts: tuple[str, ...]
    closing: tuple[tuple[int, str, tuple[Tests, ...]], ...]
    quick: bool
    bare: bool  # quick, and nothing in sight that could answer, end or excuse it
    owed_once: bool


def evaluate(
    events: Iterable[Event],
    as_of: int,
    known_at: int | None,
    rules: Rules,
    calendar: WorkingDays,
    source: Source = EVERYTHING,
    note: NoteTaker | None = None,
) -> list[Finding]:
    """Answer every duty on the events, as things stood at the end of the day `as_of` (an ordinal).

    `known_at` (UTC microseconds) leaves out what was recorded later; None knows everything. Findings come by
    subject, then in the order of the pack, then by start. `note` is told of data that does not fit.
    """
    given = list(events)
    corrections.check(given)
    standing = with_families(corrections.in_force(given, known_at))
    return Evaluator(rules, calendar, as_of, source, note).everyone(standing)


class Evaluator:
    """The engine made ready for one day, one set of rules and one source; subjects are then answered one by one."""

    def __init__(
        self,
        rules: Rules,
        calendar: WorkingDays,
        as_of: int,
        source: Source = EVERYTHING,
        note: NoteTaker | None = None,
    ) -> None:
        """Index the duties by the kinds that start them."""
        self.rules, self.calendar, self.as_of, self.source, self.note = rules, calendar, as_of, source, note
        self.past_window = source.closes is not None and as_of > source.closes
        self.prepared = [self._prepare(place, duty) for place, duty in enumerate(rules.duties)]
        self.gates = rules.gates
        self.layers = {one.name: (one.opens, one.closes) for one in rules.overlays}
        self.by_subject: dict[str, list[Prepared]] = defaultdict(list)
        for one in self.prepared:
            self.by_subject[one.duty.subject].append(one)
        self.relevant: dict[
            tuple[str, frozenset[str], frozenset[str]], tuple[list[Task], list[Prepared], list[Gate]]
        ] = {}
        self.shared_starts = frozenset(kind for one in self.prepared if one.duty.owed_once for kind in one.duty.starts)
        self.takes_shortcuts = True  # the tests hold the quick way and the general way together
        self.places: dict[Duty | Gate, int] = {one.duty: one.place for one in self.prepared}

    def _prepare(self, place: int, duty: Duty) -> Prepared:
        carries = self.source.carries
        met = set(duty.met) | set(duty.broken)
        patterns = (*(duty.word.met_by or ()), *(duty.word.broken_by or ()))
        variant = duty.word.variant
        soon = duty.word.due_soon
        return Prepared(
            place,
            duty,
            carries is None or not duty.starts or bool(set(duty.starts) & carries),
            carries is None or met <= carries,
            bool(self.source.whole) and all(any(_implies(one, held) for held in self.source.whole) for one in patterns),
            tuple(
                (one.kind, tests(one))
                for one in self.source.last_before
                if all(one.kind == each.kind for each in patterns)
            ),
            soon.number if soon else None,
            variant.field if variant else None,
            variant.of if variant else None,
        )

    # ---- the subjects

    def everyone(self, events: Iterable[Event]) -> list[Finding]:
        """Answer for every subject that the events are about."""
        by_subject: dict[str, list[Event]] = defaultdict(list)
        for event in events:
            for subject in event.subjects:
                by_subject[subject].append(event)
            for link in event.links:
                if link.partition(":")[0] in SUBJECT_TYPES and link not in event.subjects:
                    by_subject[link].append(event)
        found: list[Finding] = []
        shared = self._shared_groups(by_subject)
        together = {subject for group in shared for subject in group}
        for subject in sorted(by_subject):
            found += self.subject(subject, by_subject[subject], alone=subject not in together)
        for group in shared:
            found += self._shared(group, by_subject)
        if shared:
            found.sort(key=lambda one: one.subject)
        return found

    def subject(self, subject: str, events: list[Event], *, alone: bool = True) -> list[Finding]:
        """Answer for one subject; `alone` when no duty of hers is shared with another child."""
        facts = self.facts(subject, events)
        dated, undated = facts.dated, facts.undated
        type_ = subject.partition(":")[0]
        key = (type_, frozenset(dated), frozenset(undated))
        found = self.relevant.get(key)
        if found is None:
            found = self.relevant[key] = self._relevant(*key)
        first, hanging, gates = found
        findings: list[Finding] = []
        unmet: list[Finding] = []
        for task in first:
            if alone or not task.owed_once:
                own = self._duty(task, facts)
                findings += own
                for one in hanging:
                    if one.duty.unmet == task.one.duty.code and task.one.duty.layer == NATIONAL:
                        unmet += self._unmet(one, facts, own)
        if unmet:
            findings = sorted(findings + unmet, key=lambda finding: self.places[finding.duty])
        for gate in gates:
            findings += self._gate(gate, facts)
        return self._layered(findings) if self.layers else findings

    def facts(self, subject: str, events: list[Event]) -> Facts:
        """Sort out a subject's facts by kind, in order, leaving out what has not happened by the day asked about."""
        dated: dict[str, list[Event]] = {}
        undated: dict[str, list[Event]] = {}
        as_of = self.as_of
        for event in sorted(events, key=_order):
            day = event.day
            if day is None:
                undated.setdefault(event.kind, []).append(event)
            elif day <= as_of:
                kind = event.kind
                if kind in dated:
                    dated[kind].append(event)
                else:
                    dated[kind] = [event]
        life_end = self._life_end(dated, undated) if subject.startswith("child:") else None
        return Facts(subject, (subject,), dated, undated, {subject: life_end} if life_end else {})

    def _layered(self, findings: list[Finding]) -> list[Finding]:
        """Leave out local answers about what started while their overlay was not in force, and say what governs."""
        kept = []
        for one in findings:
            opens, closes = self.layers.get(one.duty.layer, (0, None))
            day = self.as_of if one.started is None else one.started
            if opens <= day and (closes is None or day <= closes):
                kept.append(one)
        _govern(kept)
        return kept

    def _relevant(
        self, type_: str, dated: frozenset[str], undated: frozenset[str]
    ) -> tuple[list[Task], list[Prepared], list[Gate]]:
        """Pick what there is to answer where only these kinds of fact are known; the same for many subjects."""
        kinds = dated | undated
        first: list[Task] = []
        hanging: list[Prepared] = []
        for one in self.by_subject.get(type_, []):
            duty = one.duty
            if duty.unmet:
                hanging.append(one)
            elif (
                duty.every_year
                or kinds & set(duty.starts)
                or (duty.begun_at and duty.begun_at in kinds)
                or (duty.word.proves_start and not one.starts_carried and kinds & set(duty.met))
            ):
                first.append(self._task(one, kinds, undated))
        codes = {task.one.duty.code for task in first}
        hanging = [one for one in hanging if one.duty.unmet in codes]
        gates = [gate for gate in self.gates if type_ == "child" and kinds & set(gate.before)]
        return first, hanging, gates

    def _task(self, one: Prepared, kinds: frozenset[str], undated: frozenset[str]) -> Task:
        duty = one.duty
        starts = tuple(kind for kind in duty.starts if kind in kinds)
        closing = tuple(
            (phase, kind, alternatives)
            for phase, asked in _phases(duty)
            for kind, alternatives in asked.items()
            if kind in kinds
        )
        touched = {*duty.starts, *(kind for _, kind, _ in closing), duty.begun_at, DEATH, PREGNANCY_ENDED}
        quick = duty.simple and bool(starts) and not undated & touched
        bare = quick and not (closing or duty.once or duty.first_while_open or duty.unless or duty.ends_at_start)
        return Task(one, starts, closing, quick, bare and not duty.recurs, duty.owed_once)

    def _life_end(self, dated: Mapping[str, list[Event]], undated: Mapping[str, list[Event]]) -> tuple[int, str] | None:
        """Say on which day a child's duties end by themselves, and by what; the earliest of what is known."""
        ends: list[tuple[int, str]] = []
        born: int | None = None
        told = [
            *undated.get(IDENTIFIED, ()),
            *undated.get(BIRTH, ()),
            *dated.get(IDENTIFIED, ()),
            *dated.get(BIRTH, ()),
        ]
        for event in sorted(told, key=_order) if len(told) > 1 else told:
            said = _ordinal(event.data.get("born_on"))
            born = said if said is not None else event.day if event.kind == BIRTH and event.day is not None else born
        if born is not None:
            adult = _adult_on(born)
            if adult <= self.as_of:
                ends.append((adult, "the 18th birthday"))
        for event in dated.get(DEATH, ())[:1]:
            ends.append((event.day or 0, "the child's death"))
        for event in dated.get(PREGNANCY_ENDED, ())[:1]:
            if born is None or born > (event.day or 0):
                ends.append((event.day or 0, "the end of the pregnancy"))
        return min(ends) if ends else None

    # ---- duties owed once for several children

    def _shared_groups(self, by_subject: Mapping[str, list[Event]]) -> list[list[str]]:
        """Join the children who share a start of a duty that is owed once (the same event, or the same process)."""
        if not self.shared_starts:
            return []
        above: dict[str, str] = {}

        def top(one: str) -> str:
            while above.setdefault(one, one) != one:
                above[one] = above[above[one]]
                one = above[one]
            return one

        by_process: dict[str, str] = {}
        for subject, events in by_subject.items():
            for event in events:
                if event.kind in self.shared_starts and event.subjects:
                    for other in event.subjects:
                        above[top(other)] = top(subject)
                    if event.process:
                        other = by_process.setdefault(event.process, subject)
                        above[top(other)] = top(subject)
        groups: dict[str, list[str]] = defaultdict(list)
        for subject in sorted(above):
            groups[top(subject)].append(subject)
        return [group for group in groups.values() if len(group) > 1]

    def _shared(self, group: list[str], by_subject: Mapping[str, list[Event]]) -> list[Finding]:
        events = {event.id: event for subject in group for event in by_subject[subject]}
        dated: dict[str, list[Event]] = defaultdict(list)
        undated: dict[str, list[Event]] = defaultdict(list)
        for event in sorted(events.values(), key=_order):
            if event.day is None:
                undated[event.kind].append(event)
            elif event.day <= self.as_of:
                dated[event.kind].append(event)
        ends: dict[str, tuple[int, str]] = {}
        for subject in group:
            own: dict[str, list[Event]] = {}
            loose: dict[str, list[Event]] = {}
            for event in sorted(by_subject[subject], key=_order):
                if event.day is None:
                    loose.setdefault(event.kind, []).append(event)
                elif event.day <= self.as_of:
                    own.setdefault(event.kind, []).append(event)
            end = self._life_end(own, loose)
            if end:
                ends[subject] = end
        facts = Facts(group[0], tuple(group), dated, undated, ends)
        found: list[Finding] = []
        for one in self.by_subject["child"]:
            if one.duty.owed_once and (set(one.duty.starts) & (set(dated) | set(undated))):
                found += self._duty(self._task(one, frozenset(dated) | frozenset(undated), frozenset(undated)), facts)
        return self._layered(found) if self.layers else found

    # ---- one duty

    def _duty(self, task: Task, facts: Facts) -> list[Finding]:
        one = task.one
        duty = one.duty
        if task.quick and self.takes_shortcuts and len(facts.subjects) == 1:
            start, answer, several = None, NO, False
            for kind in task.starts:
                alternatives = duty.starts[kind]
                for event in facts.dated[kind]:
                    found = YES if alternatives == _ANYTHING else best(alternatives, event.data)
                    if found:
                        several = start is not None
                        start, answer = event, found
            if task.bare and not several:
                return [self._bare(one, facts, start, answer)] if start is not None else []
            begun = facts.dated.get(duty.begun_at) if duty.begun_at else None
            if not several and (start is not None or not begun):
                if start is None:
                    return []
                if not begun or all([(start.process or start.id) in event.links for event in begun]):
                    return self._alone(task, facts, start, answer, begun)
        instances = self._instances(one, facts)
        if not instances:
            return self._proved(one, facts, instances)
        if duty.ends_at_start:
            for instance in instances:
                self._end_at_start(duty, instance)
        self._answer(one, facts, instances)
        if duty.once:
            kept = self._once(one, facts, instances)
            if kept and len(kept) < len(instances):
                self._answer_again(one, facts, kept)
            instances = kept
        self._count_cycles(duty, instances)
        if duty.narrowed:
            instances = self._narrow(duty, instances)
        return self._finish(one, facts, instances) + self._proved(one, facts, instances)

    def _bare(self, one: Prepared, facts: Facts, start: Event, answer: int) -> Finding:
        """Answer a single start when no fact in sight could touch it."""
        duty = one.duty
        started = start.day or 0
        ident = start.process or start.id
        instance = Instance(start, started, ident, {ident, start.id}, duty.terms)
        instance.sure = answer == YES
        self._date(one, facts, instance, started)
        if facts.life_ends and not duty.outlives:
            end = facts.life_ends[facts.subject]
            instance.closed, instance.closed_on, instance.closer = "ended", end[0], end[1]
        elif not one.met_carried and answer == YES and instance.due is not None and not duty.floor:
            # most of what a census is asked: owed, and the file cannot say whether it was done
            unsettled = bool(duty.settled_by)
            provisional = not instance.certain or instance.planned or unsettled
            return Finding(
                duty, duty.terms, facts.subject, instance, State.UNKNOWN, instance.due, None, None, None, False,
                provisional, "carried",
            )  # fmt: skip
        return self._state(one, facts.subject, instance)

    def _date(self, one: Prepared, facts: Facts, instance: Instance, started: int) -> None:
        """Work out the due day, the commonest limit first."""
        number = one.duty.terms.working_days
        if number:
            calendar = self.calendar
            instance.due = due = calendar.after(started, number)
            if started < calendar.first or due > calendar.horizon:
                instance.certain = False
        elif not one.duty.judgement:
            self._due(one, facts, instance)

    def _alone(self, task: Task, facts: Facts, start: Event, answer: int, begun: list[Event] | None) -> list[Finding]:
        """Answer the commonest case in one pass: a single start, so that every fact is this instance's or nobody's.

        Says exactly what the general way says (a test holds the two together); it is here for speed alone.
        """
        one = task.one
        duty = one.duty
        started = start.day or 0
        if duty.unless and any(
            begun < started < ended for begun, ended in self._spells(self.rules.statuses[duty.unless], facts)
        ):
            return []
        ident = start.process or start.id
        keys = {ident, start.id}
        if duty.first_while_open:
            keys.update([link for link in start.links if link.startswith(GROUP)])
            for event in begun or ():
                answer = YES
                keys.add(event.process or event.id)
                keys.update([link for link in event.links if link.startswith(GROUP)])
        instance = Instance(start, started, ident, keys, duty.terms)
        instance.sure = answer == YES
        if duty.ends_at_start:
            self._end_at_start(duty, instance)
        if task.closing:
            self._close_alone(task, facts, instance)
        if facts.life_ends and not duty.outlives:
            end = facts.life_ends[facts.subject]
            if _ends_earlier(instance, end[0]):
                instance.closed, instance.closed_on, instance.closer = "ended", end[0], end[1]
        if duty.once:
            for kind, alternatives in duty.once.items():
                for event in facts.dated.get(kind, ()):
                    if (event.process in keys or any([link in keys for link in event.links])) and (
                        best(alternatives, event.data) == YES
                    ):
                        instance.once = instance.once or event
                        break
            if instance.once is None and not self._once(one, facts, [instance]):
                return []
        if duty.recurs:
            instance.cycle = 1
        self._date(one, facts, instance, started)
        return [self._state(one, facts.subject, instance)]

    def _close_alone(self, task: Task, facts: Facts, instance: Instance) -> None:
        duty = task.one.duty
        start, started, keys, dated = instance.start, instance.started or 0, instance.keys, facts.dated
        moments: list[Moment] = []
        for phase, kind, alternatives in task.closing:
            for event in dated[kind]:
                if event is not start and (alternatives == _ANYTHING or best(alternatives, event.data) == YES):
                    moments.append((event.day or 0, phase, event.id, event))
        if len(moments) > 1:
            moments.sort(key=_moment)
        early = duty.early
        end = facts.life_ends.get(facts.subject) if facts.life_ends and not duty.outlives else None
        for day, phase, _, event in moments:
            linked = event.process in keys or any([link in keys for link in event.links])
            if end is not None and day > end[0] and not linked:
                continue
            if day < started:
                if not linked:
                    if not (phase == REASON or (phase == DISCHARGE and early)):
                        continue
                elif self.note and not duty.backward and phase != REASON and not (phase == DISCHARGE and early):
                    self._note_early(facts, event, instance)
            if not linked and instance.blocked_from is not None and day > instance.blocked_from:
                continue
            if instance.closed is not None:
                if phase == REASON and linked:
                    instance.reason_event = event
                continue
            if phase == REASON:
                instance.reason_event = event
            elif phase == SETTLING:
                instance.settled = True
            elif phase == CLOSING:
                instance.blocked_from = day if instance.blocked_from is None else instance.blocked_from
            else:
                instance.closed = "met" if phase == DISCHARGE else "broken" if phase == BREAKING else "ended"
                instance.closed_on, instance.closer = day, event

    def _note_early(self, facts: Facts, event: Event, instance: Instance) -> None:
        if self.note and event.day is not None and instance.started is not None:
            self.note(
                "linked-before-start",
                facts.subject,
                f"{event.kind} of {date.fromordinal(event.day)} is linked to {instance.id}, "
                f"which started later, on {date.fromordinal(instance.started)}; the link decides",
            )

    def _instances(self, one: Prepared, facts: Facts) -> list[Instance]:
        duty = one.duty
        if duty.every_year:
            return self._yearly(one, facts)
        starts = self._starts(duty, facts)
        if duty.first_while_open:
            return self._grouped(one, facts, starts)
        found: list[Instance] = []
        by_process: dict[tuple[str, str], Instance] = {}
        for event, answer in starts:
            # a process starts a duty once, however often it is recorded; a duty that recurs counts every round
            process = (event.kind, event.process or event.id)
            known = None if duty.recurs else by_process.get(process)
            if known is not None:
                known.subjects = _joined(known.subjects, event.subjects) if known.subjects else ()
                known.sure = known.sure or (answer == YES and known.started is not None)
                continue
            instance = self._open(one, facts, event, answer)
            by_process[process] = instance
            found += self._parts(duty, instance)
            if duty.word.only_once:
                break
        return found

    def _narrow(self, duty: Duty, instances: list[Instance]) -> list[Instance]:
        """Keep the instances that a narrower local clock is about."""
        kept = []
        for instance in instances:
            start = instance.start
            answer = best(duty.narrowed.get(start.kind, ()), start.data) if start is not None else PERHAPS
            if answer != NO:
                instance.sure = instance.sure and answer == YES
                kept.append(instance)
        return kept

    def _starts(self, duty: Duty, facts: Facts) -> list[tuple[Event, int]]:
        starts: list[tuple[Event, int]] = []
        for kind, alternatives in duty.starts.items():
            for events in (facts.dated.get(kind), facts.undated.get(kind)):
                for event in events or ():
                    answer = best(alternatives, event.data)
                    if answer:
                        starts.append((event, answer))
        if len(starts) > 1:
            starts.sort(key=lambda start: _order(start[0]))
            if not duty.recurs:  # a start that is dated is the better word for one that is not
                starts.sort(key=lambda start: start[0].day is None)
        if duty.unless and starts:
            spells = self._spells(self.rules.statuses[duty.unless], facts)
            starts = [
                (event, answer)
                for event, answer in starts
                if event.day is None or not any(begun < event.day < ended for begun, ended in spells)
            ]
        return starts

    def _spells(self, status: StatusRule, facts: Facts) -> list[tuple[int, int]]:
        """List when the status began and ended (open: after every day), from facts that surely match."""
        begins = {event.day or 0 for event in _sure(status.begins, facts.dated)}
        ends = {event.day or 0 for event in _sure(status.ends, facts.dated)}
        spells: list[tuple[int, int]] = []
        begun: int | None = None
        for day in sorted(begins | ends):
            # on one day, what is on ends before it begins anew, and what is off begins before it ends
            if begun is None:
                if day in begins and day not in ends:
                    begun = day
            elif day in ends:
                spells.append((begun, day))
                begun = day if day in begins else None
        if begun is not None:
            spells.append((begun, date.max.toordinal()))
        return spells

    def _open(self, one: Prepared, facts: Facts, event: Event, answer: int) -> Instance:
        duty = one.duty
        ident = event.process or event.id
        instance = Instance(event, event.day, ident, {ident, event.id}, duty.terms)
        instance.sure = answer == YES and event.day is not None
        if len(facts.subjects) > 1:
            instance.subjects = tuple(one for one in event.subjects if one in facts.subjects)
        if one.variant_field:
            self._variant(one, facts, instance, event)
        if duty.word.same:
            instance.same = event.data.get(duty.word.same)
            if instance.same is None:
                instance.sure = False
        return instance

    def _variant(self, one: Prepared, facts: Facts, instance: Instance, event: Event) -> None:
        said: Any = event.data.get(one.variant_field or "")
        if one.variant_of:
            said = None
            told: list[Event] = facts.dated.get(one.variant_of) or facts.undated.get(one.variant_of) or []
            for other in told:
                said = other.data.get(one.variant_field or "", said)
        terms = one.duty.cases.get(said) if isinstance(said, str) else None
        if terms is None:
            instance.sure = False
        else:
            instance.terms = terms

    def _parts(self, duty: Duty, instance: Instance) -> list[Instance]:
        """Split an instance by recipient, or by the items of its record."""
        terms = instance.terms or duty.terms
        if terms.recipients:
            parts = []
            for recipient, _ in terms.recipients:
                part = _copy(instance)
                part.recipient = recipient
                parts.append(part)
            return parts
        per = duty.word.per
        if per and instance.start is not None:
            items = instance.start.data.get(per.field)
            if not isinstance(items, list | tuple):
                return []
            parts = []
            for place, item in enumerate(items):
                part = _copy(instance)
                part.item = item if isinstance(item, dict) else {per.key: item}
                part.id = f"{instance.id}#{part.item.get(per.key, place + 1)}"
                parts.append(part)
            return parts
        return [instance]

    def _yearly(self, one: Prepared, facts: Facts) -> list[Instance]:
        """Open an instance for each year from the rule's first or the subject's first, until as-of."""
        every = one.duty.every_year
        days = [events[0].day for events in facts.dated.values()]
        if every is None or (not days and (self.source.opens is None or not facts.undated)):
            return []
        earliest = self.source.opens if self.source.opens is not None else min(day for day in days if day is not None)
        found = []
        for year in range(
            max(every.every_year_from, date.fromordinal(earliest).year), date.fromordinal(self.as_of).year + 1
        ):
            started = date(year, every.on.month, every.on.day).toordinal()
            if started > self.as_of:
                break
            instance = Instance(None, started, f"{facts.subject}/{year}", {f"{facts.subject}/{year}"}, one.duty.terms)
            instance.same = year
            found.append(instance)
        return found

    # ---- starts that belong together

    def _grouped(self, one: Prepared, facts: Facts, starts: list[tuple[Event, int]]) -> list[Instance]:
        """Open an instance at the first start of each open group; follow-up starts of the same group start nothing."""
        duty = one.duty
        begun_at = duty.begun_at
        begun = [*facts.dated.get(begun_at, ()), *facts.undated.get(begun_at, ())] if begun_at else []
        anchors: dict[str, Event] = {}
        loose: list[Event] = []
        by_process = {event.process or event.id: event for kind in duty.starts for event in facts.dated.get(kind, ())}
        started = {event.id for event, _ in starts}
        for event in begun:
            linked = [by_process[link] for link in event.links if link in by_process]
            for start in linked:
                anchors[start.id] = event
                if start.id not in started:
                    starts.append((start, YES))
            if not linked:
                loose.append(event)
        sure = {event.id: YES if event.id in anchors else answer for event, answer in starts}
        moments: list[Moment] = [(event.day, START, event.id, event) for event, _ in starts if event.day is not None]
        moments += [(event.day, BEGUN, event.id, event) for event in loose if event.day is not None]
        moments += self._closing(duty, facts)
        moments.sort(key=_moment)
        found: list[Instance] = []
        end = facts.life_ends.get(facts.subject)
        for day, phase, _, event in moments:
            if phase == START:
                self._join(one, facts, found, event, sure[event.id], anchors.get(event.id))
            elif phase == BEGUN:
                groups = {one for one in (event.process or "", *event.links) if one.startswith(GROUP)}
                able = [each for each in found if _may_join(each, day, end) and not _other_group(each, groups)]
                if not _linked(found, event) and not able:
                    instance = Instance(
                        None, None, event.process or event.id, {event.process or event.id, event.id}, duty.terms
                    )
                    instance.open_from = day
                    found.append(instance)
                else:
                    for each in able[:1]:
                        each.keys |= {event.process or event.id, *groups}
            else:
                self._take(duty, found, event, phase, facts)
        for event in [event for event, _ in starts if event.day is None] + [one for one in loose if one.day is None]:
            names = {event.process or event.id, event.id, *(link for link in event.links if link.startswith(GROUP))}
            if event.kind == begun_at and any(each.closed is None and not each.settled for each in found):
                continue  # with nothing to say otherwise, it is the beginning of the enquiry that is open
            if not _linked(found, event) and not any(
                each.keys & names or (each.start is not None and names & set(each.start.links)) for each in found
            ):
                unknown = self._open(one, facts, event, NO)
                unknown.keys |= names
                found.append(unknown)
        # what answered is taken again below, in one pass over the finished groups
        for instance in found:
            instance.closed = instance.closed_on = instance.closer = None
            instance.reason_event, instance.settled = None, False
        return found

    def _join(
        self, one: Prepared, facts: Facts, found: list[Instance], event: Event, answer: int, anchor: Event | None
    ) -> None:
        keys = {event.process or event.id, event.id, *(link for link in event.links if link.startswith(GROUP))}
        if anchor:
            keys |= {anchor.process or anchor.id, *(link for link in anchor.links if link.startswith(GROUP))}
        own = next((each for each in found if each.keys & keys), None)
        end = facts.life_ends.get(facts.subject)
        if own is None:
            groups = {key for key in keys if key.startswith(GROUP)}
            for each in found:
                if _may_join(each, event.day, end) and not _other_group(each, groups):
                    own = each
                    break
        if own is None:
            own = self._open(one, facts, event, answer)
            own.keys |= keys
            own.anchored = anchor is not None
            found.append(own)
            return
        own.keys |= keys
        if own.start is None or (anchor and not own.anchored):
            own.start, own.started, own.sure = event, event.day, answer == YES
            own.id, own.anchored = event.process or event.id, anchor is not None

    # ---- what answers an instance

    def _closing(self, duty: Duty, facts: Facts) -> list[Moment]:
        """List the dated facts that may answer, excuse or end a duty, in the order in which they are taken."""
        dated = facts.dated
        moments: list[Moment] = []
        for phase, asked in _phases(duty):
            for kind, alternatives in asked.items():
                for event in dated.get(kind, ()):
                    if best(alternatives, event.data) == YES:
                        moments.append((event.day or 0, phase, event.id, event))
        return moments

    def _answer(self, one: Prepared, facts: Facts, instances: list[Instance], *, again: bool = False) -> None:
        duty = one.duty
        moments = self._closing(duty, facts)
        if again:
            moments = [moment for moment in moments if moment[1] != CLOSING]
        if len(moments) > 1:
            moments.sort(key=_moment)
        seen: set[tuple[str, int]] = set()
        for _, phase, ident, event in moments:
            if (ident, phase) not in seen:
                seen.add((ident, phase))
                self._take(duty, instances, event, phase, facts)
        if facts.undated:
            self._undated(duty, facts, instances)
        if duty.outlives or not facts.life_ends:
            return
        for instance in instances:
            end = self._end_of_life(facts, instance)
            if end and _ends_earlier(instance, end[0]):
                instance.closed, instance.closed_on, instance.closer = "ended", end[0], end[1]
                instance.undated_ending = None

    def _answer_again(self, one: Prepared, facts: Facts, instances: list[Instance]) -> None:
        """Share out the facts anew when some instances turn out not to exist; what closed them for matching stands."""
        for instance in instances:
            if instance.closer != AT_ITS_START:
                instance.closed = instance.closed_on = instance.closer = None
            instance.reason_event = instance.undated_discharge = instance.undated_ending = None
            instance.settled = False
        self._answer(one, facts, instances, again=True)

    def _end_of_life(self, facts: Facts, instance: Instance) -> tuple[int, str] | None:
        ends = [facts.life_ends.get(subject) for subject in instance.subjects or (facts.subject,)]
        known = [end for end in ends if end is not None]
        return max(known) if known and len(known) == len(ends) else None

    def _over(self, duty: Duty, facts: Facts, instance: Instance, day: int) -> bool:
        """Say whether a life had ended an instance before a day."""
        if duty.outlives or not facts.life_ends:
            return False
        end = self._end_of_life(facts, instance)
        return end is not None and day > end[0]

    def _take(self, duty: Duty, instances: list[Instance], event: Event, phase: int, facts: Facts) -> None:
        """Let one dated fact answer the instance, or instances, that are its own."""
        if phase == DISCHARGE:
            for group in self._partitions(duty, instances, event):
                early = duty.early
                for instance in self._own(duty, group, event, facts, may_precede=early):
                    instance.closed, instance.closed_on, instance.closer = "met", event.day, event
        elif phase in (ENDING, BREAKING):
            for instance in self._own(duty, instances, event, facts):
                instance.closed = "ended" if phase == ENDING else "broken"
                instance.closed_on, instance.closer = event.day, event
        elif phase == SETTLING:
            for instance in self._own(duty, instances, event, facts, settles=True):
                instance.settled = True
        elif phase == REASON:
            for instance in self._own(duty, instances, event, facts, may_precede=True, reason=True):
                instance.reason_event = event
        else:
            open_ = [each for each in instances if each.blocked_from is None]
            for instance in self._own(duty, open_, event, facts):
                instance.blocked_from = event.day

    def _partitions(self, duty: Duty, instances: list[Instance], event: Event) -> list[list[Instance]]:
        """Sort out the instances that a discharge could be for: by the field both share, by item, by recipient."""
        same, per = duty.word.same, duty.word.per
        if same:
            value = event.data.get(same)
            instances = [each for each in instances if value is not None and each.same == value]
        if per:
            of = event.data.get("of")
            instances = [each for each in instances if each.item and of is not None and each.item.get(per.key) == of]
        field = duty.terms.recipient_field or next((case.recipient_field for case in duty.cases.values()), "")
        if not field:
            return [instances]
        said = event.data.get(field)
        told = set(said) if isinstance(said, list | tuple) else {said}
        groups: dict[str | None, list[Instance]] = defaultdict(list)
        for each in instances:
            if each.recipient in told:
                groups[each.recipient].append(each)
        return list(groups.values())

    def _own(
        self,
        duty: Duty,
        instances: list[Instance],
        event: Event,
        facts: Facts,
        *,
        may_precede: bool = False,
        reason: bool = False,
        settles: bool = False,
    ) -> list[Instance]:
        """Find whose a fact is: a link decides, whatever the dates; else the oldest open on its day."""
        day = event.day or 0
        linked = [each for each in _linked(instances, event) if each.start is None or each.start.id != event.id]
        every = event.kind in duty.reach_every
        begins = event.kind in duty.starts and best(duty.starts[event.kind], event.data) != NO
        if linked:
            able = [
                each
                for each in linked
                if _available(each, event, linked=True, reason=reason, settles=settles)
                and _follows(each, event, begins)
            ]
            open_ = [each for each in able if _is_open_on(each, day)]
            if reason:
                unclosed = [each for each in able if each.closed is None]
                return [each for each in unclosed if each in open_][:1] or unclosed[:1] or able[-1:]
            if open_:
                return open_ if every else open_[:1]
            able = able[:1]
            if able and self.note and not duty.backward and not may_precede:
                self._note_early(facts, event, able[0])
            return able
        found: list[Instance] = []
        later: Instance | None = None
        for each in instances:
            if each.closed is not None or (settles and each.settled):
                continue
            if (
                not _available(each, event, linked=False, reason=reason, settles=settles)
                or not _follows(each, event, begins)
                or (each.blocked_from is not None and day > each.blocked_from)
                or (each.subjects and not set(each.subjects) & set(event.subjects))
                or self._over(duty, facts, each, day)
            ):
                continue
            if _is_open_on(each, day):
                found.append(each)
                if not every:
                    break
            elif later is None and each.started is not None:
                later = each
        if not found and not every and may_precede and later is not None:
            return [later]
        return found

    def _undated(self, duty: Duty, facts: Facts, instances: list[Instance]) -> None:
        if not duty.outlives and duty.subject == "child":
            for event in (*facts.undated.get(DEATH, ()), *_lost_pregnancies(facts)):
                for each in instances:
                    each.undated_ending = event
        for asked in (duty.met, duty.ended, duty.settled_by, duty.closed_by):
            for kind, alternatives in asked.items():
                for event in facts.undated.get(kind, ()):
                    if best(alternatives, event.data) != YES:
                        continue
                    if asked is duty.met:
                        for group in self._partitions(duty, instances, event):
                            group = [
                                each
                                for each in group
                                if (each.start is None or each.start.id != event.id)
                                and (not each.subjects or set(each.subjects) & set(event.subjects))
                            ]
                            mine = _linked(group, event) or [each for each in group if each.closed is None]
                            for each in mine[:1]:
                                each.undated_discharge = event
                        continue
                    for each in _linked(instances, event):
                        if asked is duty.ended:
                            each.undated_ending = event
                        elif asked is duty.settled_by:
                            each.settled = True
                        else:
                            each.blocked_from = 0

    def _once(self, one: Prepared, facts: Facts, instances: list[Instance]) -> list[Instance]:
        """Keep the instances that exist: one of the facts has happened, or the source cannot say."""
        duty = one.duty
        kept: list[Instance] = []
        carries, opens = self.source.carries, self.source.opens
        days = sorted({each.started for each in instances if each.started is not None})
        for instance in instances:
            started = instance.started
            later = next((day for day in days if started is not None and day > started), None)
            undecided = False
            for kind, alternatives in duty.once.items():
                # a kind that is carried and covered from the start on can be missed: its absence says no
                covered = (
                    (carries is None or kind in carries)
                    and (opens is None or (started is not None and started >= opens))
                    and not self.past_window
                )
                settled = False
                for event in (*facts.dated.get(kind, ()), *facts.undated.get(kind, ())):
                    mine = bool(_linked([instance], event))
                    if not mine:
                        elsewhere = bool(_linked(instances, event))
                        mine = (
                            not elsewhere
                            and event.day is not None
                            and started is not None
                            and started <= event.day
                            and (later is None or event.day < later)
                            and (instance.blocked_from is None or event.day <= instance.blocked_from)
                        )
                    if not mine:
                        continue
                    answer = best(alternatives, event.data)
                    if answer == YES:
                        instance.once = event
                    elif answer == PERHAPS:
                        undecided = True
                    else:
                        settled = True
                if instance.once:
                    break
                if not covered and not settled:
                    undecided = True
            if instance.once:
                kept.append(instance)
            elif undecided:
                instance.sure = False
                kept.append(instance)
        return kept

    def _proved(self, one: Prepared, facts: Facts, instances: list[Instance]) -> list[Finding]:
        """Answer `unknown` for each discharge that shows a duty whose start the source cannot carry."""
        if not one.duty.word.proves_start or one.starts_carried:
            return []
        used = {instance.closer.id for instance in instances if isinstance(instance.closer, Event)}
        found = []
        for event in sorted([*_sure(one.duty.met, facts.undated), *_sure(one.duty.met, facts.dated)], key=_order):
            if event.id not in used:
                instance = Instance(None, None, event.process or event.id, set(), one.duty.terms)
                instance.closed, instance.closed_on, instance.closer = "met", event.day, event
                found.append(self._state(one, facts.subject, instance))
        return found

    def _unmet(self, one: Prepared, facts: Facts, parents: list[Finding]) -> list[Finding]:
        """Start where another duty's due day ended unmet."""
        instances: list[Instance] = []
        for parent in parents:
            before = parent.instance
            unmet = (
                parent.state is not State.UNKNOWN
                and parent.due is not None
                and parent.due < self.as_of
                and (parent.met is None or parent.met > parent.due)
                and (parent.ended is None or parent.ended > parent.due)
                and before.undated_ending is None
            )
            if unmet:
                instance = Instance(before.start, parent.due, before.id, set(before.keys), one.duty.terms)
                instance.subjects = before.subjects
                instances.append(instance)
        if not instances:
            return []
        self._answer(one, facts, instances)
        return self._finish(one, facts, instances)

    # ---- the date and the state

    def _finish(self, one: Prepared, facts: Facts, instances: list[Instance]) -> list[Finding]:
        findings = []
        for instance in instances:
            self._due(one, facts, instance)
            subject = instance.subjects[0] if instance.subjects else facts.subject
            findings.append(self._state(one, subject, instance))
        return findings

    def _count_cycles(self, duty: Duty, instances: list[Instance]) -> None:
        """Number the rounds of a duty that recurs, apart for each recipient and item."""
        if duty.recurs:
            counted: dict[Any, int] = defaultdict(int)
            for instance in instances:
                part = (instance.recipient, instance.item and instance.id)
                counted[part] += 1
                instance.cycle = counted[part]

    def _end_at_start(self, duty: Duty, instance: Instance) -> None:
        data = instance.start.data if instance.start else {}
        if instance.started is not None and all(
            [data.get(field) == value for field, value in (duty.ends_at_start or {}).items()]
        ):
            instance.closed, instance.closed_on = "ended", instance.started
            instance.closer = AT_ITS_START

    def _due(self, one: Prepared, facts: Facts, instance: Instance) -> None:
        """Work out the due day, remembering what it was counted from."""
        due = (instance.terms or one.duty.terms).due
        started = instance.started
        if isinstance(due, words.Judgement):
            return
        if isinstance(due, words.Within):
            self._within(due, facts, instance, started)
        elif started is None and not isinstance(due, words.Before | words.SetLocally):
            return
        elif isinstance(due, words.Floor):
            instance.due = self._after(instance, started or 0, due.floor)
        elif isinstance(due, words.By):
            instance.due = self._by(due.by, instance, started or 0)
        elif isinstance(due, words.Earliest):
            days = []
            for part in due.earliest:
                if isinstance(part, words.By):
                    days.append(self._by(part.by, instance, started or 0))
                else:
                    days.append(self._after(instance, started or 0, part.within))
            instance.due = min(days)
        elif isinstance(due, words.Before):
            self._before(due, facts, instance)
        else:
            self._recorded(one, due, instance)

    def _within(self, due: words.Within, facts: Facts, instance: Instance, started: int | None) -> None:
        base = started
        if due.of is not None:
            base = None
            for event in sorted(_sure(_by_kind(due.of), facts.dated), key=_order):
                if started is not None and (event.day or 0) >= started:
                    base, instance.base = event.day, event
                    break
        if base is not None:
            instance.due = self._after(instance, base, due.within)

    def _after(self, instance: Instance, base: int, span: words.Span) -> int:
        if span.unit == "working-days":
            due = self.calendar.after(base, span.number)
            instance.certain = instance.certain and self.calendar.certain(base, due)
            return due
        if span.unit == "days":
            return base + span.number
        return add_months(base, span.number * (12 if span.unit == "years" else 1))

    def _by(self, by: words.DayOfYear, instance: Instance, started: int) -> int:
        year = instance.same if isinstance(instance.same, int) else date.fromordinal(started).year
        return date(year, by.month, by.day).toordinal()

    def _before(self, due: words.Before, facts: Facts, instance: Instance) -> None:
        for target in due.before:
            kind, _, field = target.partition(".")
            events = facts.dated.get(kind) or (facts.undated.get(kind) if field else None)
            if not events:
                continue
            event = events[0] if not field else events[-1]
            day = event.day if not field else _ordinal(event.data.get(field))
            if day is not None:
                instance.target, instance.planned = event, bool(field)
                if due.at_least.unit == "working-days":
                    instance.due = self.calendar.before(day, due.at_least.number)
                    instance.certain = self.calendar.certain(instance.due, day)
                elif due.at_least.unit == "days":
                    instance.due = day - due.at_least.number
                else:
                    months = due.at_least.number * (12 if due.at_least.unit == "years" else 1)
                    instance.due = add_months(day, -months)
                return

    def _recorded(self, one: Prepared, due: words.SetLocally, instance: Instance) -> None:
        per = one.duty.word.per
        if per and instance.item is not None:
            instance.due = _ordinal(instance.item.get(per.due))
        elif due.record and instance.start is not None:
            instance.due = _ordinal(instance.start.data.get(due.record))

    def _state(self, one: Prepared, subject: str, instance: Instance) -> Finding:
        """Decide the one state, in the published order."""
        duty, as_of = one.duty, self.as_of
        due, started, closed, closed_on = instance.due, instance.started, instance.closed, instance.closed_on
        terms = instance.terms
        met = closed_on if closed == "met" else None
        ended = closed_on if closed in ("ended", "broken") else None
        late, days_late = False, None
        unsettled = closed is None and bool(duty.settled_by) and not instance.settled
        if unsettled:
            unsettled = instance.undated_ending is None and instance.undated_discharge is None
        provisional = not instance.certain or instance.planned or unsettled
        if not instance.sure or started is None or (due is None and not duty.judgement):
            state, why = State.UNKNOWN, "start" if started is None or not instance.sure else "due"
        elif closed is None and instance.undated_discharge is not None:
            state, why = State.UNKNOWN, "undated-discharge"
        elif duty.judgement or due is None:
            state, why = self._judged(one, closed, instance)
            provisional = provisional or why == "undated-ending"
        elif duty.floor:
            if closed == "broken" and closed_on is not None and closed_on < due:
                state, why = State.NOT_MET, "broken"
            elif closed == "ended" and closed_on is not None and closed_on < due:
                state, why = State.ENDED, "ended"
            elif as_of >= due:
                state, why, met, ended = State.MET, "floor", due, None
            elif not one.met_carried or self.past_window:
                state, why = State.UNKNOWN, "carried" if not one.met_carried else "window"
            elif self._before_window(one, instance):
                state, why = State.UNKNOWN, "before-window"
            else:
                state, why = State.RUNNING, "open"
        elif met is not None and met <= due:
            state, why = State.MET, "met"
        elif ended is not None and ended <= due:
            state, why = State.ENDED, "ended"
        elif closed is None and instance.undated_ending is not None:
            state, why, provisional = State.ENDED, "undated-ending", True
        elif met is None and not one.met_carried:
            state, why = State.UNKNOWN, "carried"  # even where it ended late: nobody can say that it was not met
        elif met is None and ended is None and self.past_window:
            state, why = State.UNKNOWN, "window"
        elif self._before_window(one, instance):
            state, why = State.UNKNOWN, "before-window"
        elif met is not None:
            state, why, late = State.MET_LATE, "met", True
        elif ended is not None:
            state, why, late = State.NOT_MET, "ended", True
        elif due < as_of:
            late = True
            state, why = (State.EXCEEDED, "reason") if instance.reason_event else (State.OVERDUE, "past")
        elif self.calendar.between(as_of, due) <= self._window(one, instance):
            state, why = State.DUE_SOON, "open"
        else:
            state, why = State.RUNNING, "open"
        if late and due is not None:
            until = met if met is not None else ended if ended is not None else as_of
            days_late = self._days_late(terms or duty.terms, due, until)
        return Finding(duty, terms, subject, instance, state, due, met, ended, days_late, late, provisional, why)

    def _judged(self, one: Prepared, closed: str | None, instance: Instance) -> tuple[State, str]:
        if closed == "met":
            return State.MET, "met"
        if closed == "ended" or instance.undated_ending is not None:
            return State.ENDED, "ended" if closed == "ended" else "undated-ending"
        if not one.met_carried or self.past_window:
            return State.UNKNOWN, "carried" if not one.met_carried else "window"
        if self._before_window(one, instance):
            return State.UNKNOWN, "before-window"
        return State.JUDGEMENT, "open"

    def _before_window(self, one: Prepared, instance: Instance) -> bool:
        """Say whether an answer could lie before the days that the source covers."""
        opens, started = self.source.opens, instance.started
        if opens is None or started is None or started >= opens or one.whole:
            return False
        start = instance.start
        if instance.closed_on is not None and instance.closed_on < opens:
            return True  # of facts before the window only the latest is held: an earlier one may be missing
        return not (
            start is not None
            and any(start.kind == kind and match(asked, start.data) == YES for kind, asked in one.last_before)
        )

    def _days_late(self, terms: Terms, due: int, until: int) -> int:
        span = terms.due.within if isinstance(terms.due, words.Within) else None
        if isinstance(terms.due, words.Before):
            span = terms.due.at_least
        if span is not None and span.unit == "working-days":
            return self.calendar.between(due, until)
        return until - due

    def _window(self, one: Prepared, instance: Instance) -> int:
        """Give how many working days before its date a duty counts as due soon."""
        if one.window is not None:
            return one.window
        due = (instance.terms or one.duty.terms).due
        spans = (
            [due.within] if isinstance(due, words.Within) else [due.at_least] if isinstance(due, words.Before) else []
        )
        if isinstance(due, words.Earliest):
            spans = [part.within for part in due.earliest if isinstance(part, words.Within)]
        if isinstance(due, words.SetLocally) and instance.due is not None and instance.started is not None:
            return 2 if self.calendar.between(instance.started, instance.due) <= 15 else 10
        return 2 if any(span.unit in ("working-days", "days") and span.number <= 15 for span in spans) else 10

    # ---- gates

    def _gate(self, gate: Gate, facts: Facts) -> list[Finding]:
        found = []
        carries = self.source.carries
        carried = carries is None or set(gate.needs) <= carries
        opens = self.source.opens
        whole = all(any(_implies(one, held) for held in self.source.whole) for one in gate.needs_patterns)
        for kind, alternatives in gate.before.items():
            for event in (*facts.undated.get(kind, ()), *facts.dated.get(kind, ())):
                answer = best(alternatives, event.data)
                if answer == NO:
                    continue
                if event.day is None:
                    loose = Instance(event, None, event.process or event.id, {event.id}, None)
                    found.append(
                        Finding(
                            gate,
                            None,
                            facts.subject,
                            loose,
                            State.UNKNOWN,
                            None,
                            None,
                            None,
                            None,
                            False,
                            False,
                            "start",
                        )
                    )
                    continue
                day = event.day or 0
                since = 0
                if gate.within:
                    begun = [one.day or 0 for one in _sure(self.rules.statuses[gate.within].begins, facts.dated)]
                    since = max((one for one in begun if one <= day), default=0)
                needed = sorted(
                    (
                        one
                        for one in _sure(gate.needs, facts.dated)
                        if since <= (one.day or 0) <= day and one.id != event.id
                    ),
                    key=_order,
                )
                instance = Instance(event, day, event.process or event.id, {event.id}, None)
                instance.due = day
                met = None
                if len(needed) >= gate.at_least:
                    instance.closer = needed[gate.at_least - 1]
                    met = instance.closer.day
                if answer == PERHAPS:
                    state, why = State.UNKNOWN, "start"
                elif met is not None:
                    state, why = State.MET, "met"
                elif not carried or (opens is not None and since < opens and not whole):
                    state, why = State.UNKNOWN, "carried" if not carried else "before-window"
                else:
                    state, why = State.NOT_MET, "gate"
                found.append(
                    Finding(gate, None, facts.subject, instance, state, day, met, None, None, False, False, why)
                )
        return found


# ---- small questions


def _phases(duty: Duty) -> list[tuple[int, Asked]]:
    """List what may answer, excuse or end a duty, by the order in which facts of one day are taken."""
    phases: list[tuple[int, Asked]] = [
        (DISCHARGE, duty.met),
        (ENDING, duty.ended),
        (BREAKING, duty.broken),
        (SETTLING, duty.settled_by),
        (CLOSING, duty.closed_by),
    ]
    if duty.word.late_reason:
        phases.insert(0, (REASON, {duty.word.late_reason: _ANYTHING}))
    return phases


SUBJECT_TYPES = frozenset(words.SUBJECTS)


def with_families(events: list[Event]) -> list[Event]:
    """Give each event of a family to the children who were its members on its day."""
    members: dict[str, list[tuple[str, int, int]]] = defaultdict(list)
    for event in events:
        if event.kind == FAMILY_MEMBER:
            child = event.data.get("child")
            if isinstance(child, str) and child:
                child = child if child.startswith("child:") else f"child:{child}"
                opens = _ordinal(event.data.get("from")) or event.day
                closes = _ordinal(event.data.get("until"))
                for family in event.subjects:
                    if family.startswith("family:"):
                        members[family].append((child, opens or 0, closes or date.max.toordinal()))
    if not members:
        return events
    found = []
    for event in events:
        added: list[str] = []
        for family in event.subjects:
            for child, opens, closes in members.get(family, ()):
                if (
                    (event.day is None or opens <= event.day < closes)
                    and child not in event.subjects
                    and child not in added
                ):
                    added.append(child)
        if added and event.kind != FAMILY_MEMBER:
            event = event._replace(subjects=(*event.subjects, *sorted(added)))
        found.append(event)
    return found


def _order(event: Event) -> tuple[int, str]:
    return (-1 if event.day is None else event.day, event.id)


def _moment(moment: Moment) -> tuple[int, int, str]:
    return moment[:3]


def _linked(instances: list[Instance], event: Event) -> list[Instance]:
    process, links = event.process, event.links
    if process is None and not links:
        return []
    return [each for each in instances if process in each.keys or any([link in each.keys for link in links])]


def _available(instance: Instance, event: Event, *, linked: bool, reason: bool, settles: bool) -> bool:
    if instance.start is event or (instance.start is not None and instance.start.id == event.id):
        return False
    if reason:
        return linked or instance.closed is None
    if settles and instance.settled:
        return False
    return instance.closed is None


def _follows(instance: Instance, event: Event, begins: bool) -> bool:
    """Say whether a fact may answer an instance: one that itself starts an instance answers only earlier starts."""
    return not begins or instance.start is None or _order(instance.start) < _order(event)


def _is_open_on(instance: Instance, day: int) -> bool:
    """Say whether an instance had begun by a day; one whose start is not known, from when it was first heard of."""
    begun = instance.started if instance.started is not None else instance.open_from
    return begun is not None and begun <= day


def _ends_earlier(instance: Instance, day: int) -> bool:
    """Say whether the end of a life comes before whatever else closed an instance."""
    return instance.closed is None or (instance.closed_on or 0) > day


def _other_group(instance: Instance, groups: set[str]) -> bool:
    """Say whether an instance and a fact name enquiries, and none that both name."""
    theirs = {key for key in instance.keys if key.startswith(GROUP)}
    return bool(groups and theirs and not groups & theirs)


def _lost_pregnancies(facts: Facts) -> list[Event]:
    """List ends of a pregnancy that have no day, where no birth is known."""
    told = [*facts.dated.get(IDENTIFIED, ()), *facts.undated.get(IDENTIFIED, ())]
    born = BIRTH in facts.dated or BIRTH in facts.undated or any(_ordinal(one.data.get("born_on")) for one in told)
    return [] if born else facts.undated.get(PREGNANCY_ENDED, [])


def _may_join(instance: Instance, day: int | None, life_end: tuple[int, str] | None) -> bool:
    """Say whether a start of a day could belong to an instance: open, not concluded, and the child's life not ended."""
    if instance.closed is not None or instance.settled:
        return False
    if day is not None and life_end is not None and day > life_end[0]:
        return False
    return instance.started is None or day is None or instance.started <= day


def _sure(asked: Asked, dated: Mapping[str, list[Event]]) -> list[Event]:
    return [
        event
        for kind, alternatives in asked.items()
        for event in dated.get(kind, ())
        if best(alternatives, event.data) == YES
    ]


def _by_kind(given: Iterable[Pattern]) -> dict[str, tuple[Tests, ...]]:
    found: dict[str, tuple[Tests, ...]] = {}
    for pattern in given:
        found[pattern.kind] = (*found.get(pattern.kind, ()), tests(pattern))
    return found


def _implies(narrow: Pattern, wide: Pattern) -> bool:
    if narrow.kind != wide.kind:
        return False
    own = dict(narrow.fields)
    return all(field in own and own[field] <= values for field, values in wide.fields)


def _joined(first: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    return (*first, *(one for one in more if one not in first))


def _copy(instance: Instance) -> Instance:
    part = Instance(instance.start, instance.started, instance.id, instance.keys, instance.terms)
    part.sure, part.subjects, part.same = instance.sure, instance.subjects, instance.same
    return part


def _ordinal(text: Any) -> int | None:
    """Read an ISO date held in data; anything else is no date."""
    return _read_day(text) if isinstance(text, str) else None


@lru_cache(maxsize=65536)
def _read_day(text: str) -> int | None:
    try:
        return date.fromisoformat(text).toordinal()
    except ValueError:
        return None


@lru_cache(maxsize=65536)
def _adult_on(born: int) -> int:
    return birthday(born, ADULT)


def _govern(findings: list[Finding]) -> None:
    """Say which date is the one to work to where a local clock stands beside a national one."""
    national = {_twin(one): one for one in findings if one.duty.layer == NATIONAL}
    leaders: dict[Any, Finding] = {}
    for one in findings:
        twin = national.get(_twin(one))
        if one.duty.layer == NATIONAL or isinstance(one.duty, Gate) or twin is None:
            continue
        one.governs = False
        leader = leaders.get(_twin(one), twin)
        if one.due is not None and (leader.due is None or one.due < leader.due):
            leader.governs, one.governs = False, True
            leaders[_twin(one)] = one


def _twin(finding: Finding) -> tuple[Any, ...]:
    instance = finding.instance
    return finding.duty.code, finding.subject, instance.id, instance.cycle, instance.recipient, finding.started
