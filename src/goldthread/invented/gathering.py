"""A family while its people are gathered, all days still ordinals, and what a family may be told to be like."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from goldthread.invented.people import Address, Membership, Person, Relationship, Residence, Responsibility


class Hints(NamedTuple):
    """What is wanted of a family that is not left to chance.

    `undone` holds the kinds of event that are yet to come; of half-siblings `older` are the first father's, and
    `with_father` of them live with him.
    """

    shape: str | None = None
    refuge_on: int | None = None
    grandparents: bool = False
    language: str | None = None
    communication: str | None = None
    undone: frozenset[str] = frozenset()
    older: int | None = None
    with_father: int = 0


NO_HINTS = Hints()


class Living(NamedTuple):
    """A stretch of living somewhere."""

    from_: int
    until: int | None
    address: str


@dataclass(slots=True, eq=False)
class Adult:
    """An adult of a family, and how she belongs to it: parent, carer, household, family or network."""

    id: str
    sex: str
    given: str
    family: str
    born: int
    capacity: str
    died: int | None = None
    homes: list[Living] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Gathered:
    """What is gathered of one family: the day it became known, today, and by and by the rest; `keeper` raises the children."""

    known: int
    on: int
    persons: list[Person] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)
    residences: list[Residence] = field(default_factory=list)
    relationships: list[Relationship] = field(default_factory=list)
    responsibilities: list[Responsibility] = field(default_factory=list)
    memberships: list[Membership] = field(default_factory=list)
    adults: list[Adult] = field(default_factory=list)
    speaks: str | None = None
    keeper: Adult | None = None

    def relate(
        self, kind: str, person: str, other: str, how: str | None, from_: int | None, until: int | None = None
    ) -> None:
        """Tell that someone is something to someone from a day, unless that day is yet to come."""
        if from_ is not None and from_ > self.on:
            return
        began = None if from_ is None else date.fromordinal(from_)
        self.relationships.append(Relationship(kind, person, other, how, began, self.ended(until)))

    def reside(self, person: str, homes: list[Living]) -> None:
        """Tell where someone lived and lives."""
        for home in homes:
            if home.from_ <= self.on and (home.until is None or home.until > home.from_):
                self.residences.append(
                    Residence(person, home.address, date.fromordinal(home.from_), self.ended(home.until))
                )

    def bear(self, child: str, holder: str, how: str, from_: int, until: int | None = None) -> None:
        """Tell that someone has parental responsibility from a day, unless that day is yet to come."""
        if from_ <= self.on and (until is None or until > from_):
            began = date.fromordinal(from_)
            self.responsibilities.append(Responsibility(child, holder, how, began, self.ended(until)))

    def ended(self, day: int | None) -> date | None:
        """Give the first day on which it no longer held, or None where that is yet to come."""
        return None if day is None or day > self.on else date.fromordinal(day)


def cut(homes: list[Living], from_: int, until: int | None) -> list[Living]:
    """Leave a stretch of time out of where someone lived."""
    kept: list[Living] = []
    for home in homes:
        if home.until is not None and home.until <= from_:
            kept.append(home)
            continue
        if until is not None and home.from_ >= until:
            kept.append(home)
            continue
        if home.from_ < from_:
            kept.append(Living(home.from_, from_, home.address))
        if until is not None and (home.until is None or home.until > until):
            kept.append(Living(until, home.until, home.address))
    return kept


def within(homes: list[Living], from_: int, until: int | None) -> list[Living]:
    """Give the part of where a household lived that lies in a period."""
    found: list[Living] = []
    for home in homes:
        begins = max(home.from_, from_)
        ends = home.until if until is None else until if home.until is None else min(home.until, until)
        if ends is None or ends > begins:
            found.append(Living(begins, ends, home.address))
    return found
