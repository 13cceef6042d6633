"""Evaluation: each subject's duties, one by one, and those that children share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from goldthread.duties import corrections
from goldthread.duties.calendar import WorkingDays
from goldthread.duties.engine.alone import answer_alone, answer_bare
from goldthread.duties.engine.answers import end_at_start, let_answer, let_answer_again, phases
from goldthread.duties.engine.dates import set_due
from goldthread.duties.engine.deciding import decide
from goldthread.duties.engine.existence import existing
from goldthread.duties.engine.facts import (
    SUBJECT_TYPES,
    by_day,
    by_id,
    find_life_end,
    order,
    sure_matches,
    with_families,
)
from goldthread.duties.engine.gates import answer_gate
from goldthread.duties.engine.instances import narrow, open_instances
from goldthread.duties.engine.overlays import govern
from goldthread.duties.engine.setting import ANYTHING, Facts, NoteTaker, Prepared, Setting, Task, prepare
from goldthread.duties.event import EVERYTHING, Event, Source
from goldthread.duties.findings import Finding, Instance, State
from goldthread.duties.patterns import NO, YES, best
from goldthread.duties.rules import DEATH, NATIONAL, PREGNANCY_ENDED, Duty, Gate, Rules


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
    evaluator = Evaluator(rules, calendar, as_of, source, note)
    return [finding for _, findings in evaluator.each(standing) for finding in findings]


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
        past_window = source.closes is not None and as_of > source.closes
        self.setting = Setting(rules, calendar, as_of, source, note, past_window)
        self.prepared = [prepare(source, place, duty) for place, duty in enumerate(rules.duties)]
        self.gates = rules.gates
        self.layers = {one.name: (one.opens, one.closes) for one in rules.overlays}
        self.by_subject: dict[str, list[Prepared]] = defaultdict(list)
        for one in self.prepared:
            self.by_subject[one.duty.subject].append(one)
        self.relevant: dict[tuple[str, frozenset[str], frozenset[str]], tuple[list[Task], list[Gate]]] = {}
        self.shared_tasks: dict[tuple[frozenset[str], frozenset[str]], list[Task]] = {}
        self.shared_starts = frozenset(kind for one in self.prepared if one.duty.owed_once for kind in one.duty.starts)
        self.takes_shortcuts = True  # the tests hold the quick way and the general way together
        self.places: dict[Duty | Gate, int] = {one.duty: one.place for one in self.prepared}

    def each(self, events: Iterable[Event]) -> Iterator[tuple[str, list[Finding]]]:
        """Give everyone whom the events are about, in order of name, with her findings: one at a time, none kept.

        What is owed once for several children stands with the first of those whom it is about.
        """
        by_subject: dict[str, list[Event]] = defaultdict(list)
        for event in events:
            for subject in event.subjects:
                by_subject[subject].append(event)
            for link in event.links:
                if link.partition(":")[0] in SUBJECT_TYPES and link not in event.subjects:
                    by_subject[link].append(event)
        first_of = {group[0]: group for group in self._shared_groups(by_subject)}
        sharing: dict[str, Facts] = {}  # from when the first of a group is met until each one's turn has come
        shared: dict[str, list[Finding]] = defaultdict(list)
        for subject in sorted(by_subject):
            if subject in first_of:
                group = [self.facts(one, by_subject[one]) for one in first_of[subject]]
                sharing.update((facts.subject, facts) for facts in group)
                for finding in self._shared(group):
                    shared[finding.subject].append(finding)
            facts = sharing.pop(subject, None)
            if facts is None:
                yield subject, self.subject(subject, by_subject[subject])
            else:
                yield subject, self._answer(facts, alone=False) + shared.pop(subject, [])

    def subject(self, subject: str, events: list[Event]) -> list[Finding]:
        """Answer for one subject who shares no duty with another."""
        return self._answer(self.facts(subject, events), alone=True)

    def _answer(self, facts: Facts, *, alone: bool) -> list[Finding]:
        """Answer on one subject's facts; what she shares with another child is left out when she is not `alone`."""
        dated, undated = facts.dated, facts.undated
        type_ = facts.subject.partition(":")[0]
        key = (type_, frozenset(dated), frozenset(undated))
        found = self.relevant.get(key)
        if found is None:
            found = self.relevant[key] = self._relevant(*key)
        first, gates = found
        findings: list[Finding] = []
        unmet: list[Finding] = []
        for task in first:
            if alone or not task.owed_once:
                own = self._duty(task, facts)
                findings += own
                for one in task.hanging:
                    unmet += self._unmet(one, facts, own)
        if unmet:
            findings = sorted(findings + unmet, key=lambda finding: self.places[finding.duty])
        for gate in gates:
            findings += answer_gate(self.setting, gate, facts)
        return self._layered(findings) if self.layers else findings

    def facts(self, subject: str, events: list[Event]) -> Facts:
        """Sort out a subject's facts by kind, in order, leaving out what has not happened by the day asked about."""
        dated: dict[str, list[Event]] = {}
        undated: dict[str, list[Event]] = {}
        as_of = self.setting.as_of
        several: set[str] = set()
        for event in events:
            kind, day = event.kind, event.day
            if day is None:
                by_kind = undated
            elif day <= as_of:
                by_kind = dated
            else:
                continue
            held = by_kind.get(kind)
            if held is None:
                by_kind[kind] = [event]
            else:
                held.append(event)
                several.add(kind)
        for kind in several:
            dated.get(kind, []).sort(key=by_day)
            undated.get(kind, []).sort(key=by_id)
        life_end = find_life_end(self.setting, dated, undated) if subject.startswith("child:") else None
        return Facts(subject, (subject,), dated, undated, {subject: life_end} if life_end else {})

    def _layered(self, findings: list[Finding]) -> list[Finding]:
        """Leave out local answers about what started while their overlay was not in force, and say what governs."""
        kept = []
        for one in findings:
            opens, closes = self.layers.get(one.duty.layer, (0, None))
            day = self.setting.as_of if one.started is None else one.started
            if opens <= day and (closes is None or day <= closes):
                kept.append(one)
        govern(kept)
        return kept

    def _relevant(self, type_: str, dated: frozenset[str], undated: frozenset[str]) -> tuple[list[Task], list[Gate]]:
        """Pick what there is to answer where only these kinds of fact are known; the same for many subjects."""
        kinds = dated | undated
        first: list[Task] = []
        for one in self.by_subject.get(type_, []):
            duty = one.duty
            if not duty.unmet and (
                duty.every_year
                or kinds & set(duty.starts)
                or (duty.begun_at and duty.begun_at in kinds)
                or (duty.word.proves_start and not one.starts_carried and kinds & set(duty.met))
            ):
                first.append(self._task(one, dated, undated))
        gates = [gate for gate in self.gates if type_ == "child" and kinds & set(gate.before)]
        return first, gates

    def _task(self, one: Prepared, dated: frozenset[str], undated: frozenset[str]) -> Task:
        """Prepare a duty for subjects of whom only these kinds of fact are known."""
        duty = one.duty
        starts = tuple((kind, alternatives) for kind, alternatives in duty.starts.items() if kind in dated)
        closing = tuple(
            (phase, kind, alternatives)
            for phase, asked in phases(duty)
            for kind, alternatives in asked.items()
            if kind in dated
        )
        quick = duty.simple and bool(starts) and not undated & {*duty.starts, duty.begun_at}
        touched = {*duty.met, *duty.ended, *duty.settled_by, duty.word.late_reason, DEATH, PREGNANCY_ENDED}
        loose = bool(undated & touched)
        bare = quick and not (closing or loose or duty.once or duty.first_while_open or duty.unless or duty.recurs)
        national = duty.layer == NATIONAL
        hanging = tuple(
            self._task(each, dated, undated)
            for each in self.by_subject[duty.subject]
            if national and each.duty.unmet == duty.code
        )
        return Task(one, starts, closing, quick, bare and not duty.ends_at_start, loose, duty.owed_once, hanging)

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

    def _shared(self, group: list[Facts]) -> list[Finding]:
        """Answer what is owed once for the children of a group."""
        dated: dict[str, list[Event]] = {}
        undated: dict[str, list[Event]] = {}
        ends: dict[str, tuple[int, str]] = {}
        for own in group:
            ends.update(own.life_ends)
            for mine, all_of_them in ((own.dated, dated), (own.undated, undated)):
                for kind, events in mine.items():
                    all_of_them.setdefault(kind, []).extend(events)
        for kind, events in dated.items():
            dated[kind] = sorted({event.id: event for event in events}.values(), key=by_day)
        for kind, events in undated.items():
            undated[kind] = sorted({event.id: event for event in events}.values(), key=by_id)
        subjects = tuple(own.subject for own in group)
        facts = Facts(subjects[0], subjects, dated, undated, ends)
        key = frozenset(dated), frozenset(undated)
        tasks = self.shared_tasks.get(key)
        if tasks is None:
            owed_once = [one for one in self.by_subject["child"] if one.duty.owed_once]
            tasks = [self._task(one, *key) for one in owed_once if any(set(one.duty.starts) & kinds for kinds in key)]
            self.shared_tasks[key] = tasks
        found = [finding for task in tasks for finding in self._duty(task, facts)]
        return self._layered(found) if self.layers else found

    def _duty(self, task: Task, facts: Facts) -> list[Finding]:
        """Answer one duty on a subject's facts, by the quick way where there is one."""
        one = task.one
        duty = one.duty
        if task.quick and self.takes_shortcuts and len(facts.subjects) == 1:
            start, answer, several = None, NO, False
            for kind, alternatives in task.starts:
                for event in facts.dated[kind]:
                    found = YES if alternatives == ANYTHING else best(alternatives, event.data)
                    if found:
                        several = start is not None
                        start, answer = event, found
            if task.bare and not several:
                return [answer_bare(self.setting, one, facts, start, answer)] if start is not None else []
            begun = facts.dated.get(duty.begun_at) if duty.begun_at else None
            if not several and (start is not None or not begun):
                if start is None:
                    return []
                if not begun or all([(start.process or start.id) in event.links for event in begun]):
                    return answer_alone(self.setting, task, facts, start, answer, begun)
        instances = open_instances(self.setting, task, facts)
        if not instances:
            return self._proved(one, facts, instances)
        if duty.ends_at_start:
            for instance in instances:
                end_at_start(duty, instance)
        let_answer(self.setting, task, facts, instances)
        if duty.once:
            kept = existing(self.setting, one, facts, instances)
            if kept and len(kept) < len(instances):
                let_answer_again(self.setting, task, facts, kept)
            instances = kept
        self._count_cycles(duty, instances)
        if duty.narrowed:
            instances = narrow(duty, instances)
        return self._finish(one, facts, instances) + self._proved(one, facts, instances)

    def _proved(self, one: Prepared, facts: Facts, instances: list[Instance]) -> list[Finding]:
        """Answer `unknown` for each discharge that shows a duty whose start the source cannot carry."""
        if not one.duty.word.proves_start or one.starts_carried:
            return []
        used = {instance.closer.id for instance in instances if isinstance(instance.closer, Event)}
        used |= {one.undated_discharge.id for one in instances if one.undated_discharge is not None}
        found = []
        for event in sorted(
            [*sure_matches(one.duty.met, facts.undated), *sure_matches(one.duty.met, facts.dated)], key=order
        ):
            if event.id not in used:
                instance = Instance(None, None, event.process or event.id, set(), one.duty.terms)
                instance.closed, instance.closed_on, instance.closer = "met", event.day, event
                found.append(decide(self.setting, one, facts.subject, instance))
        return found

    def _unmet(self, task: Task, facts: Facts, parents: list[Finding]) -> list[Finding]:
        """Start where another duty's due day ended unmet."""
        one = task.one
        instances: list[Instance] = []
        for parent in parents:
            before = parent.instance
            unmet = (
                parent.state is not State.UNKNOWN
                and parent.due is not None
                and parent.due < self.setting.as_of
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
        let_answer(self.setting, task, facts, instances)
        return self._finish(one, facts, instances)

    def _finish(self, one: Prepared, facts: Facts, instances: list[Instance]) -> list[Finding]:
        """Date each instance and decide its state."""
        findings = []
        for instance in instances:
            set_due(self.setting, one, facts, instance)
            subject = instance.subjects[0] if instance.subjects else facts.subject
            findings.append(decide(self.setting, one, subject, instance))
        return findings

    def _count_cycles(self, duty: Duty, instances: list[Instance]) -> None:
        """Number the rounds of a duty that recurs, apart for each recipient and item."""
        if duty.recurs:
            counted: dict[Any, int] = defaultdict(int)
            for instance in instances:
                part = (instance.recipient, instance.item and instance.id)
                counted[part] += 1
                instance.cycle = counted[part]
