"""Writes what is written on cases day by day: contacts, visits, notes, supervision; and who did what the events tell."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from operator import itemgetter
from random import Random
from typing import Any, NamedTuple

from goldthread.duties.calendar import WorkingDays
from goldthread.duties.corrections import start_of_day
from goldthread.duties.event import Event
from goldthread.invented.cases import Case, Stage
from goldthread.invented.life import Child, Family, Spell
from goldthread.invented.phrases import (
    CONTACT_ABOUT,
    CONTACT_ABOUT_PUPILS,
    CONTACT_ABOUT_TEENAGERS,
    CONTACT_HOW,
    CONTACT_OUTCOMES,
    NOBODY_IN,
    POLICE,
    PREGNANCY,
    SUPERVISION,
    SUPPORT,
    TOPICS,
    VISITS,
    YOUNG,
    Topic,
)
from goldthread.invented.shares import SOURCE_WORDS, SOURCES, between
from goldthread.invented.telling import DAY_MICROSECONDS, EPOCH
from goldthread.invented.workforce import Workforce

MINUTE = 60_000_000
BY_WORKER = frozenset(
    "child-seen assessment-started assessment-completed assessment-delay-explained child-in-need-plan-made "
    "child-in-need-plan-reviewed child-in-need-plan-ended core-group-held conference-requested section-47-started "
    "section-47-concluded referrer-informed referral-acknowledged plan-circulated return-home-planned "
    "looked-after-started pre-proceedings-initiated family-group-decision-making-offered".split()
)
BY_SUPERVISOR = frozenset(
    "referral-decided lead-practitioner-allocated assessment-approved strategy-discussion-held "
    "significant-harm-suspected case-closed".split()
)


class Pace(NamedTuple):
    """How many days lie between two of a thing, on average, in a kind of work."""

    notes: int
    visits: int
    supervision: int


PACES = {
    "front-door": Pace(1, 0, 0),
    "assessment": Pace(10, 14, 40),
    "protection": Pace(10, 14, 30),
    "safeguarding": Pace(17, 32, 50),
    "disabled-children": Pace(18, 45, 60),
    "children-in-care": Pace(16, 42, 50),
}
WRITTEN_LATE = frozenset(
    "referral-acknowledged assessment-completed assessment-approved core-group-held child-in-need-plan-reviewed "
    "referrer-informed".split()
)
"""What was done in the last days and is often not written down yet; nothing else follows from it."""
NOT_YET_WRITTEN = 0.3
NOT_YET_WRITTEN_DAYS = 7

CONTACTS_OPEN_DAYS = 55
CONTACTS_CLOSED_DAYS = 330

Line = tuple[int, str, tuple[str, ...], dict[str, Any]]


class Daybook:
    """Writes on one family after the other; `rich` is how much, 1.0 being about 150 events for a child in two years."""

    def __init__(self, rng: Random, workforce: Workforce, calendar: WorkingDays, rich: float) -> None:
        self.rng, self.chance = rng, rng.random
        self.between = partial(between, self.chance)
        self.workforce, self.on, self.rich = workforce, workforce.on, rich
        self.contacts = max(rich, 0.01) ** 0.5  # twice as many notes do not come of twice as many contacts
        self.since = workforce.since
        self.working = [
            day if calendar.is_working(day) else calendar.after(day, 1) for day in range(self.since, self.on + 60)
        ]
        self.written = 0
        self.midnight = start_of_day(self.on)  # nothing is recorded later, whatever the hour at which one looks

    def before(self, family: Family) -> list[Line]:
        """Draw the contacts about a family's children before their first referral."""
        if not family.spells or not self.rich:
            return []
        first = family.spells[0].referred
        lines: list[Line] = []
        day = first
        while len(lines) < 4 and self.chance() < min(0.55 * self.contacts, 0.8):
            day -= self.between(20, 300)
            born = [child for child in family.children if child.born < day]
            if not born:
                break
            lines.append(self._contact(self._open(day), born, CONTACT_OUTCOMES[int(self.chance() * 4)], None))
        return lines

    def write(self, family: Family, case: Case, parent: str, base: list[Event], before: list[Line]) -> list[Event]:
        """Give all events of a family in the order of their days: the base, with who did it, and what is written beside."""
        lines = before
        if self.rich:
            for spell in family.spells:
                if spell.referred <= self.on:
                    lines.append(self._contact(spell.referred, spell.children, "referral", spell.source))
            for stage in case.stages:
                self._stage(lines, stage, case, parent)
            self._after(lines, family)
        lines.sort(key=itemgetter(0))
        return self._merged(self._written(base), lines, case)

    def signed(self, events: list[Event]) -> list[Event]:
        """Number events that belong to no family, and say when they were recorded."""
        return self._merged(events, [], None)

    def _written(self, base: list[Event]) -> list[Event]:
        """Leave out some of what was done in the last days: nobody has written it down yet."""
        since = self.on - NOT_YET_WRITTEN_DAYS
        if not base or (base[-1].day or 0) < since or any(event.kind == "case-closed" for event in base[-12:]):
            return base
        corrected = {event.replaces for event in base}
        return [
            event
            for event in base
            if (event.day or 0) < since
            or event.kind not in WRITTEN_LATE
            or event.replaces is not None
            or event.id in corrected
            or self.chance() > NOT_YET_WRITTEN
        ]

    def _merged(self, base: list[Event], lines: list[Line], case: Case | None) -> list[Event]:
        """Number all in the order of their days; a correction stays right behind what it corrects."""
        corrected = {event.replaces for event in base if event.replaces is not None}
        ids: dict[str | None, str] = {}
        events: list[Event] = []
        chance, midnight, number, place, count = self.chance, self.midnight, self.written, 0, len(lines)
        for event in base:
            day = event.day or 0
            while place < count and lines[place][0] < day:
                number += 1
                events.append(self._line(lines[place], number))
                place += 1
            while place < count and lines[place][0] == day and lines[place][1] == "contact-received":
                number += 1
                events.append(self._line(lines[place], number))
                place += 1
            number += 1
            id_ = f"E{number:08d}"
            if event.id in corrected:
                ids[event.id] = id_
            recorded = event.recorded
            if recorded is None:
                recorded = (day - EPOCH) * DAY_MICROSECONDS + (540 + int(chance() * 480)) * MINUTE
            if recorded >= midnight:
                recorded = None if event.replaces is None else midnight
            events.append(
                Event(
                    id_, event.subjects, event.kind, event.day, event.process, event.links,
                    event.data if case is None else self._by(event, case, day), recorded,
                    ids.get(event.replaces), event.void, event.about,
                )
            )  # fmt: skip
        for line in lines[place:]:
            number += 1
            events.append(self._line(line, number))
        self.written = number
        return events

    def _line(self, line: Line, number: int) -> Event:
        """Make an event of what was written, mostly recorded on its day, now and then some days late."""
        day, kind, subjects, data = line
        drawn = self.chance()
        days = day - EPOCH if drawn < 0.86 else day - EPOCH + 1 + int((drawn - 0.86) * 40)
        recorded: int | None = days * DAY_MICROSECONDS + (540 + int(drawn * 3000) % 480) * MINUTE
        if recorded is not None and recorded >= self.midnight:
            recorded = None
        return Event(f"E{number:08d}", subjects, kind, day, None, (), data, recorded)

    def _by(self, event: Event, case: Case, day: int) -> Mapping[str, Any]:
        """Say of an event who did it, where it does not say so."""
        kind, data = event.kind, event.data
        if "by" in data:
            return data
        if kind in BY_WORKER:
            stage = case.stage(day)
            return data if stage is None else {**data, "by": stage.seat.at(day)}
        if kind in BY_SUPERVISOR:
            stage = case.stage(day)
            return data if stage is None else {**data, "by": self.workforce.supervisor(stage.seat).at(day)}
        if kind == "conference-held":
            chair = case.chair(day)
            return data if chair is None else {**data, "by": chair}
        return data

    def _open(self, day: int) -> int:
        """Give the day itself, or the next working day."""
        place = day - self.since
        return self.working[place] if 0 <= place < len(self.working) else day

    def _contact(self, day: int, children: list[Child], outcome: str, source: str | None) -> Line:
        chance = self.chance
        code = source or SOURCES.draw(self.rng)
        how = "police notification" if code == "6" else CONTACT_HOW[int(chance() * 6)]
        oldest = day - min(child.born for child in children)
        about = CONTACT_ABOUT
        drawn = chance()
        if drawn < 0.6 and oldest > 4383:
            about = CONTACT_ABOUT_TEENAGERS
        elif drawn < 0.4 and oldest > 1900:
            about = CONTACT_ABOUT_PUPILS
        data = {
            "from": SOURCE_WORDS[code],
            "how": how,
            "about": about[int(chance() * len(about))],
            "outcome": outcome,
        }
        return day, "contact-received", tuple(child.subject for child in children), data

    def _after(self, lines: list[Line], family: Family) -> None:
        """Tell of contacts between and after the times in which the case was open."""
        gaps = []
        for number, spell in enumerate(family.spells):
            following = family.spells[number + 1].referred if number + 1 < len(family.spells) else self.on
            if spell.moved is None and spell.closed < self.on:
                gaps.append((spell.closed, min(following, self.on)))
        step = CONTACTS_CLOSED_DAYS / self.contacts
        for begins, ends in gaps:
            day = begins + int(step * (0.3 + 1.4 * self.chance()))
            while day < ends:
                about = [
                    child
                    for child in family.children
                    if child.born < day < child.adult_on and (child.died is None or child.died > day)
                ]
                if not about:
                    break
                if len(about) > 1 and self.chance() < 0.5:
                    about = [about[int(self.chance() * len(about))]]
                opened = self._open(day)
                if opened < ends:
                    lines.append(self._contact(opened, about, CONTACT_OUTCOMES[int(self.chance() * 4)], None))
                day += int(step * (0.3 + 1.4 * self.chance())) + 1

    def _stage(self, lines: list[Line], stage: Stage, case: Case, parent: str) -> None:
        """Write what was done in one stretch of a case."""
        spell, chance = stage.spell, self.chance
        until = min(stage.until, self.on + 1)
        kind = stage.kind
        pace = PACES[kind]
        school = self.workforce.place_of(case.school) if case.school is not None else "school"
        topics = TOPICS[kind]
        plans = [(plan.started, plan.ended) for plan in spell.protection] if kind == "safeguarding" else []
        if kind == "front-door":
            for day in (stage.from_, stage.from_ + 1)[: 1 + (chance() < 0.5)]:
                if day < until:
                    self._note(lines, stage, day, topics[0], parent, school)
            return
        notes = stage.from_ + int(pace.notes * chance())
        visits = stage.from_ + 1 + int(0.7 * pace.visits * chance())
        supervised = stage.from_ + self.between(8, pace.supervision)
        contacts = stage.from_ + int(CONTACTS_OPEN_DAYS / self.contacts * (0.3 + 1.4 * chance()))
        rich = self.rich
        while True:
            day = min(notes, visits, supervised, contacts)
            if day >= until:
                return
            now = pace
            for begins, ends in plans:
                if begins <= day < ends:
                    now = PACES["protection"]
            if day == notes:
                self._note(lines, stage, self._open(day), topics[int(chance() * len(topics))], parent, school)
                notes += 1 + int(now.notes / rich * (0.4 + 1.2 * chance()))
            elif day == visits:
                self._visit(lines, stage, self._open(day), until)
                visits += 2 + int(now.visits / max(rich, 0.5) ** 0.5 * (0.75 + 0.4 * chance()))
            elif day == supervised:
                self._supervision(lines, stage, self._open(day), until)
                supervised += 3 + int(now.supervision * (0.8 + 0.3 * chance()))
            else:
                opened = self._open(day)
                present = _open_children(spell, opened)
                if present and opened < until:
                    lines.append(self._contact(opened, present, "added-to-open-case", None))
                contacts += 1 + int(CONTACTS_OPEN_DAYS / self.contacts * (0.3 + 1.4 * chance()))

    def _note(self, lines: list[Line], stage: Stage, day: int, topic: Topic, parent: str, school: str) -> None:
        if day >= stage.until or day > self.on:
            return
        present = _open_children(stage.spell, day)
        if not present:
            return
        chance = self.chance
        child = present[int(chance() * len(present))] if len(present) > 1 else present[0]
        if len(present) > 1 and chance() < 0.6:
            present = [child]
        if child.born > day:
            topic, name = PREGNANCY, "the baby"
        else:
            name = child.given_name
            if day - child.born < topic.from_age * 366:
                topic = YOUNG
            elif topic is POLICE and not stage.spell.enquiries:
                topic = SUPPORT
        text = (
            f"{topic.openings[int(chance() * len(topic.openings))]} {topic.middles[int(chance() * len(topic.middles))]} "
            f"{topic.ends[int(chance() * len(topic.ends))]}"
        ).format(child=name, parent=parent, school=school)
        data = {"about": topic.about, "text": text, "by": stage.seat.at(day)}
        lines.append((day, "case-note", tuple([one.subject for one in present]), data))

    def _visit(self, lines: list[Line], stage: Stage, day: int, until: int) -> None:
        """Tell of a visit; most of the children are seen at it, and often alone."""
        present = [child for child in _open_children(stage.spell, day) if child.born <= day]
        if not present or day >= until:
            return
        chance, who = self.chance, stage.seat.at(day)
        subjects = tuple([child.subject for child in present])
        if chance() < 0.07:
            lines.append((day, "visit-made", subjects, {"outcome": NOBODY_IN, "by": who}))
            return
        where = VISITS[int(chance() * len(VISITS))]
        if stage.kind == "children-in-care":
            where = "seen at the foster home"
        lines.append((day, "visit-made", subjects, {"outcome": where, "by": who}))
        seen = subjects if chance() < 0.85 else subjects[: 1 + int(chance() * len(subjects))]
        lines.append((day, "child-seen", seen, {"alone": chance() < 0.66, "by": who}))

    def _supervision(self, lines: list[Line], stage: Stage, day: int, until: int) -> None:
        present = _open_children(stage.spell, day)
        if not present or day >= until:
            return
        first = present[0]
        name = first.given_name if first.born <= day else "the baby"
        text = SUPERVISION[int(self.chance() * len(SUPERVISION))].format(child=name)
        by = self.workforce.supervisor(stage.seat).at(day)
        data = {"by": by, "with": stage.seat.at(day), "text": text}
        lines.append((day, "supervision-held", tuple([child.subject for child in present]), data))


def _open_children(spell: Spell, day: int) -> list[Child]:
    """Give the children of a spell whose own case is open on the day."""
    if not spell.left:
        return spell.children
    return [child for child in spell.children if spell.until(child) >= day]
