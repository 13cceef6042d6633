"""Gives families their people: each family of the stream with its kin, its case and what is written on it."""

from __future__ import annotations

from datetime import date
from random import Random

from goldthread.duties.calendar import WorkingDays
from goldthread.duties.event import Event
from goldthread.invented import network
from goldthread.invented.cases import NO_CASE_HINTS, CaseHints, Cases
from goldthread.invented.daybook import Daybook
from goldthread.invented.gathering import NO_HINTS, Gathered, Hints
from goldthread.invented.identities import Identities
from goldthread.invented.kin import Kin
from goldthread.invented.life import Family
from goldthread.invented.people import Conflict, Membership, Record, Told
from goldthread.invented.workforce import Workforce


class Society:
    """The people around invented families, drawn from a stream of their own."""

    def __init__(self, rng: Random, since: int, on: int, size: float, calendar: WorkingDays, rich: float) -> None:
        self.on = on
        self.workforce = Workforce(rng, since, on, size)
        self.identities = Identities(rng, on)
        self.kin = Kin(rng, on)
        self.cases = Cases(rng, self.workforce)
        self.daybook = Daybook(rng, self.workforce, calendar, rich)
        self.rng = rng
        self.told_of: set[str] = set()
        self.authority = self.workforce.organisation_of_kind["local-authority"][0]

    def told(
        self,
        family: Family,
        base: list[Event],
        hints: Hints = NO_HINTS,
        case_hints: CaseHints = NO_CASE_HINTS,
        showcase: str | None = None,
    ) -> Told:
        """Tell a family with its people; `base` are its events so far."""
        base = [event for event in base if event.kind not in hints.undone] if hints.undone else base
        before = self.daybook.before(family)
        days = [event.day for event in base if event.day is not None] + [line[0] for line in before]
        known = min(days, default=self.on)
        gathered = self._gather(family, known, hints)
        case = self.cases.of(family, known, base, case_hints)
        parent = gathered.keeper.given if gathered.keeper is not None else "the parent"
        return Told(
            f"family:F{family.number}",
            tuple(gathered.persons),
            tuple(gathered.addresses),
            tuple(gathered.residences),
            tuple(gathered.relationships),
            tuple(gathered.responsibilities),
            tuple(case.records),
            tuple(gathered.memberships),
            tuple(case.involvements),
            tuple(case.restrictions),
            tuple(case.conflicts),
            self.daybook.write(family, case, parent, base, before),
            showcase,
        )

    def partnership(self, events: list[Event]) -> Told:
        """Tell what concerns no family: incidents, reviews, allegations, deaths, the partnership itself."""
        opened: dict[str, int] = {}
        for event in events:
            for subject in event.subjects:
                opened[subject] = min(opened.get(subject, event.day or 0), event.day or 0)
        records, conflicts = [], []
        for subject, day in opened.items():
            kind = subject.partition(":")[0]
            office = (
                "designated-officer"
                if kind == "allegation"
                else "child-death"
                if kind == "death"
                else "partnership-unit"
            )
            team = self.workforce.team_of_kind[office][0]
            records.append(Record(subject, kind, date.fromordinal(day), "standard", team))
            if kind == "allegation":
                accused = self.workforce.any("school-safeguarding", "partner-practitioner").at(day)
                says = "is the person whom the allegation is about"
                conflicts.append(Conflict(subject, accused, "subject-of-concern", says, date.fromordinal(day)))
        return Told(None, records=tuple(records), conflicts=tuple(conflicts), events=self.daybook.signed(events))

    def _gather(self, family: Family, known: int, hints: Hints) -> Gathered:
        kin, identities, children = self.kin, self.identities, family.children
        gathered = Gathered(known, self.on)
        gathered.speaks = identities.speaks(children[0].ethnicity, hints)
        homes = kin.homes(gathered)
        shape = kin.parents(gathered, children, homes, hints)
        network.around(kin, gathered, children, homes, shape, hints)
        network.settle(kin, gathered, family, homes, shape, hints, self.authority)
        adopted = {
            child.id: spell.closed
            for spell in family.spells
            if spell.reason == "RC1" and spell.closed <= self.on
            for child in spell.children
            if child.id not in spell.left
        }
        for child in family.children:
            person = identities.child(child, known, gathered.speaks, hints, adopted.get(child.id))
            gathered.persons.append(person)
        for adult in gathered.adults:
            if adult.id not in self.told_of:
                gathered.persons.append(identities.adult(adult, known, gathered.speaks))
                gathered.reside(adult.id, adult.homes)
        self.told_of = {adult.id for adult, _, _ in kin.fathers}
        self._belong(gathered, family, known)
        return gathered

    def _belong(self, gathered: Gathered, family: Family, known: int) -> None:
        """Tell who belongs to each child's record."""
        opened = date.fromordinal(known)
        for child in family.children:
            add = gathered.memberships.append
            add(Membership(child.subject, child.subject, "subject", opened))
            for sibling in family.children:
                if sibling is not child:
                    since = max(known, sibling.born if sibling.expected is None else known)
                    add(Membership(child.subject, sibling.subject, "sibling", date.fromordinal(since)))
            for adult in gathered.adults:
                add(Membership(child.subject, adult.id, adult.capacity, opened))
