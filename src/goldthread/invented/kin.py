"""Draws a family's parents and their partners: who is whose child, who has parental responsibility, who lives where."""

from __future__ import annotations

from collections import deque
from functools import partial
from random import Random
from typing import NamedTuple

from goldthread.invented.gathering import Adult, Gathered, Hints, Living, within
from goldthread.invented.life import Child
from goldthread.invented.names import FAMILY_NAMES, MEN, WOMEN
from goldthread.invented.people import Address
from goldthread.invented.places import street_address
from goldthread.invented.shares import Share, between

YEAR = 365.25
REGISTRATION_COUNTS_FROM = 731_550
"""1 December 2003: a father who is named on the birth certificate since then has parental responsibility."""

SHAPES = Share([
    ("together", 34.0), ("separated", 25.0), ("father-unknown", 9.0), ("blended", 19.0), ("lone-father", 5.0),
    ("grandparents", 4.0), ("same-sex", 2.0), ("widowed", 2.0),
])  # fmt: skip


class Union(NamedTuple):
    """A parent's partner, the children whom they have together, and the days of it."""

    partner: Adult
    children: list[Child]
    begins: int
    ends: int | None
    how: str
    under_one_roof: bool = True


class Kin:
    """Draws parents, one family after the other; it remembers a few fathers, who may turn up in a later family."""

    def __init__(self, rng: Random, on: int) -> None:
        self.rng, self.chance = rng, rng.random
        self.between = partial(between, self.chance)
        self.on = on
        self.adults = 0
        self.places = 0
        self.fathers: deque[tuple[Adult, int, int]] = deque(maxlen=60)

    def new(self, gathered: Gathered, sex: str, capacity: str, born: int, family: str | None = None) -> Adult:
        """Draw an adult."""
        self.adults += 1
        names = WOMEN if sex == "F" else MEN
        given = names[int(self.chance() * len(names))]
        surname = family or FAMILY_NAMES[int(self.chance() * len(FAMILY_NAMES))]
        adult = Adult(f"person:P{self.adults}", sex, given, surname, born, capacity)
        gathered.adults.append(adult)
        return adult

    def address(self, gathered: Gathered, hidden: str | None = None) -> str:
        """Draw an address and give its id."""
        self.places += 1
        lines, town, postcode = street_address(self.rng)
        gathered.addresses.append(Address(f"address:A{self.places}", lines, town, postcode, hidden))
        return gathered.addresses[-1].id

    def homes(self, gathered: Gathered) -> list[Living]:
        """Draw where the household lived: a home before the case, and now and then a move."""
        begins = gathered.known - self.between(150, 2600)
        homes = [Living(begins, None, self.address(gathered))]
        day = begins + self.between(300, 1500)
        while day < self.on and len(homes) < 6:
            if self.chance() < 0.45:
                homes[-1] = homes[-1]._replace(until=day)
                homes.append(Living(day, None, self.address(gathered)))
            day += self.between(250, 1600)
        return homes

    def parents(self, gathered: Gathered, children: list[Child], homes: list[Living], hints: Hints) -> str:
        """Draw the parents and their partners with where each lives; give the family's shape."""
        shape = hints.shape or SHAPES.draw(self.rng)
        if shape == "blended" and len(children) < 2:
            shape = "separated"
        surname = children[0].family_name
        oldest, youngest = min(child.born for child in children), max(child.born for child in children)
        age = max(16.5, min(17 + 10 * (self.chance() + self.chance()), 44.5 - (youngest - oldest) / YEAR))
        two_fathers = shape == "same-sex" and self.chance() < 0.4
        mother = self.new(
            gathered,
            "M" if two_fathers else "F",
            "parent",
            oldest - int(age * YEAR),
            surname if self.chance() < 0.66 else None,
        )
        unions = self._unions(gathered, mother, children, shape, hints)
        first = unions[0] if unions else None
        keeper = gathered.keeper = first.partner if first is not None and shape == "lone-father" else mother
        for union in unions:
            self._tell(gathered, mother, union, children, shape)
            other = mother if keeper is union.partner else union.partner
            if union.under_one_roof:
                other.homes = within(homes, union.begins, _first(union.ends, other.died))
                if union.ends is not None and (other.died is None or other.died > union.ends):
                    other.homes.append(Living(union.ends, other.died, self.address(gathered)))
            elif not other.homes:
                other.homes = [Living(max(union.begins, homes[0].from_), other.died, self.address(gathered))]
        keeper.homes = within(homes, homes[0].from_, keeper.died)
        for child in children:
            how = "adopted" if two_fathers else "birth"
            gathered.relate("parent-of", mother.id, child.subject, how, child.born)
            gathered.bear(child.subject, mother.id, "adoption" if two_fathers else "birth-mother", child.born)
        if first is not None and shape == "separated" and first.ends is not None and first.partner.homes:
            self.fathers.append((first.partner, first.begins, first.ends))
        return shape

    def _unions(
        self, gathered: Gathered, mother: Adult, children: list[Child], shape: str, hints: Hints
    ) -> list[Union]:
        """Draw with whom the mother had her children, and with whom she lives now."""
        if shape == "father-unknown":
            return []
        oldest, youngest = min(child.born for child in children), max(child.born for child in children)
        begins = oldest - self.between(300, 1500)
        settled = shape in ("together", "widowed", "grandparents", "same-sex")
        how = "married" if self.chance() < (0.55 if settled else 0.3) else "living-together"
        if shape == "blended":
            by_age = sorted(children, key=lambda child: child.born)
            split = hints.older or self.between(1, len(by_age) - 1)
            older, younger = by_age[:split], by_age[split:]
            parted = max(older[-1].born - 100, younger[0].born - self.between(350, 700))
            first = Union(self._partner(gathered, mother, older, shape), older, begins, parted, how)
            joined = max(parted + 1, younger[0].born - self.between(290, 420))
            second = self._partner(gathered, mother, younger, shape)
            return [first, Union(second, younger, joined, None, "living-together")]
        again = self._met_before(gathered, children, begins, youngest) if shape == "separated" else None
        if again is not None:
            return [Union(again, children, begins, youngest + 30, "not-living-together", under_one_roof=False)]
        partner = self._partner(gathered, mother, children, shape)
        ends = partner.died
        if shape in ("separated", "lone-father"):
            ends = min(max(gathered.known - self.between(-250, 1400), youngest - 150), self.on - 5)
            if ends <= begins:
                ends = begins + 90
        unions = [Union(partner, children, begins, ends, how)]
        if shape == "separated" and ends is not None and self.chance() < 0.24:
            joined = ends + self.between(60, 700)
            if joined < self.on:
                newcomer = self.new(gathered, "M", "household", mother.born - self.between(-2500, 3200))
                unions.append(Union(newcomer, [], joined, None, "living-together", self.chance() < 0.7))
        return unions

    def _partner(self, gathered: Gathered, mother: Adult, children: list[Child], shape: str) -> Adult:
        """Draw the other parent of some children."""
        sex = mother.sex if shape == "same-sex" else "M"
        eldest = min(child.born for child in children)
        born = min(mother.born + 1500 - int(4200 * self.chance()), eldest - int(16.8 * YEAR))
        named = self.chance() < (0.85 if shape in ("together", "widowed", "lone-father") else 0.6)
        partner = self.new(gathered, sex, "parent", born, children[0].family_name if named else None)
        if shape == "widowed":
            youngest = max(child.born for child in children)
            partner.died = min(max(youngest + 20, gathered.known - self.between(-200, 1500)), self.on - 1)
        return partner

    def _met_before(self, gathered: Gathered, children: list[Child], begins: int, youngest: int) -> Adult | None:
        """Find a father of an earlier family who could be the father here too, at another time."""
        if self.chance() > 0.12:
            return None
        oldest = min(child.born for child in children)
        for place, (adult, from_, until) in enumerate(self.fathers):
            apart = until < begins or from_ > youngest + 30
            if apart and oldest - adult.born > 17 * YEAR and youngest - adult.born < 52 * YEAR and adult.died is None:
                del self.fathers[place]
                gathered.adults.append(adult)
                return adult
        return None

    def _tell(self, gathered: Gathered, mother: Adult, union: Union, children: list[Child], shape: str) -> None:
        """Tell what a union makes of those in it."""
        partner = union.partner
        how = "civil-partnership" if shape == "same-sex" and union.how == "married" else union.how
        gathered.relate("partner-of", mother.id, partner.id, how, union.begins, union.ends)
        for child in union.children:
            kind = "adopted" if shape == "same-sex" else "birth"
            gathered.relate("parent-of", partner.id, child.subject, kind, child.born)
            drawn = self.chance()
            if shape == "same-sex":
                gathered.bear(child.subject, partner.id, "adoption" if drawn < 0.5 else "second-parent", child.born)
            elif union.how == "married":
                gathered.bear(child.subject, partner.id, "married-to-mother", child.born)
            elif drawn < 0.72 and child.born >= REGISTRATION_COUNTS_FROM:
                gathered.bear(child.subject, partner.id, "birth-registration", child.born + 1 + int(drawn * 50))
            elif drawn < 0.82:
                how_else = "court-order" if drawn < 0.79 else "agreement"
                gathered.bear(child.subject, partner.id, how_else, child.born + 60 + int(drawn * 700))
        if union.under_one_roof:
            for child in children:
                if child not in union.children and child.born < union.begins:
                    gathered.relate("step-parent-of", partner.id, child.subject, None, union.begins, union.ends)


def _first(*days: int | None) -> int | None:
    """Give the earliest of the days that are there."""
    return min((day for day in days if day is not None), default=None)
