"""Answers what every duty of a pack says about a list of events, slowly, day by day, apart from the engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from goldthread.duties.event import EVERYTHING, Event, Source
from oracle.calendar_by_day import DayCounter
from oracle.dates import due_date_of
from oracle.facts import day_of
from oracle.findings import iso, say_which_governs
from oracle.gates import gate_findings
from oracle.instances import MET, Instance, Start, names_of
from oracle.pack_as_text import NO, YES, listed, read_overlay, read_pack
from oracle.question import Question
from oracle.states import declared_beyond_window, edition_status, state_of
from oracle.walking import Walking
from oracle.words import Local, effective_words, recurs, start_rules


class Oracle:
    """The answer to one question."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.walking = Walking(question, self.unmet_starts)

    def answer(self) -> list[dict[str, Any]]:
        """This will give every finding, national ones first."""
        national: list[dict[str, Any]] = []
        local: list[dict[str, Any]] = []
        for duty in self.question.pack.duties:
            entries = [
                Local(str(overlay["overlay"]), verb, entry)
                for overlay in self.question.overlays
                for verb in ("strengthens", "also_starts", "also_to", "sets")
                for entry in overlay.get(verb) or []
                if entry["duty"] == duty["code"]
            ]
            for group in self.question.groups(duty):
                national.extend(self.duty_findings(duty, group, None))
                for entry in entries:
                    local.extend(self.duty_findings(duty, group, entry))
        for gate in self.question.pack.gates:
            national.extend(gate_findings(self.question, gate, "national"))
        for overlay in self.question.overlays:
            for gate in overlay.get("needs_first") or []:
                local.extend(
                    finding
                    for finding in gate_findings(self.question, gate, str(overlay["overlay"]))
                    if self.question.answers_about(overlay, day_of(finding["started_on"]))
                )
        say_which_governs(national, local)
        return national + local

    def unmet_starts(self, code: str, group: tuple[str, ...]) -> list[Start]:
        """This will start a duty on the day that another fell due and was not met, for each of its instances."""
        duty = self.question.by_code[code]
        found = []
        for recipient in self.walking.recipients(duty, None, group):
            for instance in self.walking.walk(duty, None, group, recipient):
                finding = self.finding(duty, None, instance, recipient, None)
                if finding["state"] == "unknown" or finding["due_on"] is None:
                    continue
                due = date.fromisoformat(finding["due_on"]).toordinal()
                closing = instance.closing()
                if self.question.as_of <= due or (closing is not None and closing[0] <= due) or instance.undated_ending:
                    continue
                anchor = instance.anchor
                found.append(
                    Start(due, anchor.name, frozenset(instance.ids), instance.subjects, anchor.event,
                          data=anchor.data, order=anchor.order, events=anchor.events)
                )  # fmt: skip
        return found

    def duty_findings(
        self, duty: Mapping[str, Any], group: tuple[str, ...], entry: Local | None
    ) -> list[dict[str, Any]]:
        """This will give the findings of one duty, nationally or as one entry of an overlay has it."""
        if duty.get("starts") is None:
            return []
        found = []
        for recipient in self.walking.recipients(duty, entry, group):
            instances = self.walking.walk(duty, entry, group, recipient)
            rounds = self.rounds(duty, entry, instances)
            for instance in instances:
                sure = instance.anchor.sure
                if entry is not None and entry.verb == "strengthens" and entry.entry.get("starts") is not None:
                    if instance.anchor.event is None:
                        continue
                    narrower = self.question.matcher.any(
                        self.question.matcher.rules(entry.entry["starts"]), instance.anchor.event
                    )
                    if narrower == NO:
                        continue
                    sure = sure and narrower == YES
                started = instance.anchor.day if instance.start_known else None
                if entry is not None and not self.question.in_force(entry.overlay, started):
                    continue
                found.append(self.finding(duty, entry, instance, recipient, rounds.get(instance), sure=sure))
        if duty.get("proves_start") and entry is None:
            found.extend(self.proofs(duty, group))
        return found

    def rounds(self, duty: Mapping[str, Any], entry: Local | None, instances: list[Instance]) -> dict[Instance, int]:
        """This will number the rounds of a recurring duty: one whose starts are of a kind that also meets it."""
        if not recurs(self.question, duty, entry):
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
        if any(self.question.carried(rule.kind) for rule in start_rules(self.question, duty, None)):
            return []
        rules = self.question.matcher.rules(duty.get("met_by"))
        effective = effective_words(self.question, duty, None, group)
        found = []
        for event in self.question.events_of(group):
            if self.question.matcher.any(rules, event) != YES:
                continue
            each = effective.words.get("each")
            recipients: list[Any] = [None]
            if each is not None:
                recipients = [to for to in listed(event.data.get(each["field"])) if to in each["of"]]
            for recipient in recipients:
                self.walking.walk(duty, None, group, recipient)
                if event.id in self.walking.latest_walk.answered:
                    continue
                start = Start(
                    day=None,
                    name=event.process or event.id,
                    ids=names_of(event),
                    subjects=tuple(name for name in self.question.seen[event.id] if name in group),
                    event=event,
                    sure=False,
                )
                instance = Instance(start, [start], set(), start.subjects, None, start_known=False)
                if event.day is not None:
                    instance.answers.append((event.day, 0, event.id, MET))
                instance.undated_discharge = event.day is None
                found.append(self.finding(duty, None, instance, recipient, None, sure=False))
        return found

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
        matcher, anchor = self.question.matcher, instance.anchor
        effective = effective_words(self.question, duty, anchor, instance.subjects)
        words = effective.words
        started = anchor.day if instance.start_known else None
        due = due_date_of(self.question, words, entry, instance, recipient)
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
        state = (
            "unknown" if undecidable else state_of(self.question, words, duty, instance, due, closing, bool(reasons))
        )
        if started is not None and self.question.before_window(started):
            broken = due.form == "floor" and state == "not-met"
            discharges = matcher.rules(duty.get("met_by")) + matcher.rules(duty.get("broken_by"))
            if (
                state not in ("met", "ended")
                and not broken
                and not declared_beyond_window(self.question, instance, discharges)
            ):
                state = "unknown"
        late = state in ("overdue", "exceeded-with-reason", "met-late", "not-met") and due.form != "floor"
        days_late = None
        if late:
            assert due.day is not None
            until = met_on if met_on is not None else ended_on if ended_on is not None else self.question.as_of
            days_late = self.question.calendar.between(due.day, until) if due.working else until - due.day
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
            "edition_status": edition_status(self.question, started),
            "cites": [str(cite) for cite in listed(words.get("cites") if entry is None else entry.entry.get("cites"))],
        }


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
    return Oracle(Question(events, as_of, known_at, read_pack(pack_dir), overlays, calendar, source)).answer()
