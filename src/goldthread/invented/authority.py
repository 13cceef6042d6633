"""Invents families and their stories, one at a time, so that an authority of any size is made in flat memory."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from random import Random

from goldthread.duties.calendar import WorkingDays
from goldthread.invented.children import LATEST_AGE_DAYS, siblings
from goldthread.invented.life import Child, Family, Spell
from goldthread.invented.returns import Year, clean
from goldthread.invented.shares import FAMILY_SIZES, between
from goldthread.invented.story import Story

CHILD_REFERRALS = 4_100
"""Referrals of children in a year of an average authority."""

CHILDREN_PER_REFERRAL = 1.68
"""Children of a family who are referred together, on average."""

RETURNS = 0.2
"""The share of closed families who are referred again within a year."""

MOST_RETURNS = 6

PATHS: dict[str, tuple[float, int]] = {
    "nfa": (0.07, 10),
    "assessed": (0.3415, 135),
    "enquiry": (0.236, 1100),
    "conference": (0.0935, 1500),
    "in-need": (0.217, 1300),
    "long": (0.04, 1900),
    "transfer": (0.0024, 1250),
}
"""What becomes of a referral: its share of all, and the most days after which such a case can still be open."""


class Inventor:
    """Draws families from one seeded stream of random numbers; only `Random.random` is used, which no release changes."""

    def __init__(self, seed: str, years: list[Year], calendar: WorkingDays) -> None:
        self.rng = Random(seed)
        self.chance = self.rng.random
        self.between = partial(between, self.chance)
        self.years = years
        self.calendar = calendar
        self.opens, self.closes = years[0].opens, years[-1].closes
        self.ends = [self.opens - 1, *(year.closes for year in years)]
        self.families = 0
        self.children = 0
        self.spells = 0
        self.short = {path: longest + 20 for path, (_, longest) in PATHS.items()}

    def expected_families(self, scale: float) -> int:
        """Give the number of families to draw for the rates of an average authority, times `scale`."""
        return round(sum(self._weights(scale)))

    def draw(self, families: int | None, room: list[int] | None = None) -> Iterator[Family]:
        """Invent that many families (None: without end) and give those whose story touches the years.

        `room[0]` bounds the number of a family's children; whoever reads on may lower it.
        """
        weights = self._weights(1.0)
        total = sum(weights)
        owed = [0.0] * len(weights)
        paths = list(PATHS)
        days = [self._span(path) for path in paths]
        number = 0
        while families is None or number < families:
            number += 1
            best = 0
            for index, weight in enumerate(weights):
                owed[index] += weight / total
                if owed[index] > owed[best]:
                    best = index
            owed[best] -= 1.0
            family = self._family(paths[best], days[best], 99 if room is None else room[0])
            if family is not None:
                yield family

    def _span(self, path: str) -> int:
        """Give how many days a first referral may fall on: the years themselves and all before that can reach them."""
        return self.closes - self.opens + 1 + PATHS[path][1] + 365

    def _weights(self, scale: float) -> list[float]:
        a_year = CHILD_REFERRALS * scale * (1 - RETURNS * 0.97) / CHILDREN_PER_REFERRAL
        return [share * a_year * self._span(path) / 365.25 for path, (share, _) in PATHS.items()]

    def _family(self, path: str, days: int, room: int) -> Family | None:
        referred = self._referral_day(self.closes - int(self.chance() * days))
        returns = self.chance() < RETURNS
        if not returns and referred + self.short[path] < self.opens:
            return None
        size = min(FAMILY_SIZES.draw(self.rng), room)
        family = Family(self.families + 1, [], [])
        children = siblings(self.rng, family, size, referred, path, self.children)
        self.children += len(family.children)
        while True:
            spell = self._spell(path, family, children, referred)
            family.spells.append(spell)
            if not returns or spell.moved is not None or len(family.spells) > MOST_RETURNS:
                break
            referred = self._referral_day(spell.closed + self.between(20, 360))
            if referred > self.closes:
                break
            children = [
                child
                for child in children
                if child.died is None and child.id not in spell.left and referred - child.born < LATEST_AGE_DAYS
            ]
            if not children:
                break
            path = self._path()
            returns = self.chance() < RETURNS
        for spell in family.spells:
            if spell.referred <= self.closes and max(map(spell.until, spell.children)) >= self.opens:
                self.families += 1
                return family
        self.children -= len(family.children)
        self.spells -= len(family.spells)
        return None

    def _path(self) -> str:
        drawn = self.chance()
        for path, (share, _) in PATHS.items():
            drawn -= share
            if drawn < 0 and path != "transfer":
                return path
        return "assessed"

    def _referral_day(self, day: int) -> int:
        """Move most referrals from a day off to the next working day."""
        if not self.calendar.is_working(day) and self.chance() < 0.75:
            return self.calendar.after(day, 1)
        return day

    def _spell(self, path: str, family: Family, children: list[Child], referred: int) -> Spell:
        """Draw a story until it is one that clean returns can hold: nothing runs past its limit on a 31 March."""
        self.spells += 1
        number = self.spells
        for attempt in range(60):
            spell = Story(self.rng, self.calendar, path, number, family.number, list(children), referred).told()
            if clean(spell, self.ends, self.calendar):
                break
            if attempt > 6:
                referred = self._referral_day(referred - self.between(1, 6))
                if any(child.expected is not None and child.born > referred + 170 for child in children):
                    referred += 40
        else:
            spell = Spell(number, family.number, "nfa", list(children), referred, "2A", "N4", closed=referred)
        for child in spell.children:
            if spell.left.get(child.id, (0, ""))[1] == "RC2":
                child.died = spell.left[child.id][0]
            child.earlier_plans += sum(child in plan.children for plan in spell.protection)
        return spell
