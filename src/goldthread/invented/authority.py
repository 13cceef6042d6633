"""Invents families and their stories, one at a time, so that an authority of any size is made in flat memory."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from goldthread.duties.calendar import WorkingDays, birthday
from goldthread.invented.life import Assessment, Child, Enquiry, Family, InNeedPlan, ProtectionPlan, Spell
from goldthread.invented.names import BOYS, FAMILY_NAMES, GIRLS
from goldthread.invented.returns import Year
from goldthread.invented.shares import (
    AGES,
    AREAS,
    CATEGORIES,
    DISABILITIES,
    ETHNICITIES,
    FACTORS,
    FAMILY_SIZES,
    NEEDS,
    NO_FACTOR,
    SOURCES,
)

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

LATEST_AGE_DAYS = int(17.5 * 365.25)
ESCALATES = 0.21
LONGEST_CONFERENCE = 36
UPN_AUTHORITY = "820"
"""The code of a county that was abolished in 2009."""
UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


class Inventor:
    """Draws families from one seeded stream of random numbers; only `Random.random` is used, which no release changes."""

    def __init__(self, seed: str, years: list[Year], calendar: WorkingDays) -> None:
        self.rng = Random(seed)
        self.chance = self.rng.random
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

    def _between(self, low: int, high: int) -> int:
        return low + int(self.chance() * (high - low + 1))

    def _family(self, path: str, days: int, room: int) -> Family | None:
        referred = self._referral_day(self.closes - int(self.chance() * days))
        returns = self.chance() < RETURNS
        if not returns and referred + self.short[path] < self.opens:
            return None
        size = min(FAMILY_SIZES.draw(self.rng), room)
        family = Family(self.families + 1, [], [])
        children = self._children(family, size, referred, path)
        while True:
            spell = self._spell(path, family, children, referred)
            family.spells.append(spell)
            if not returns or spell.moved is not None or len(family.spells) > MOST_RETURNS:
                break
            referred = self._referral_day(spell.closed + self._between(20, 360))
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

    def _children(self, family: Family, size: int, referred: int, path: str) -> list[Child]:
        surname = FAMILY_NAMES[int(self.chance() * len(FAMILY_NAMES))]
        ethnicity = ETHNICITIES.draw(self.rng)
        age = int((AGES.draw(self.rng) + self.chance()) * 365.25)
        if path != "transfer" and self.chance() < 0.035:
            age = -self._between(20, 170)
        for index in range(size):
            if age > LATEST_AGE_DAYS:
                if index:
                    break
                age = LATEST_AGE_DAYS - self._between(0, 300)
            self._child(family, referred - max(age, -170), referred, surname, ethnicity, path)
            age += self._between(380, 1400)
        return family.children

    def _child(self, family: Family, born: int, referred: int, surname: str, ethnicity: str, path: str) -> None:
        self.children += 1
        number = self.children
        girl = self.chance() < 0.49
        names = GIRLS if girl else BOYS
        disabilities: tuple[str, ...] = ("NONE",)
        drawn = self.chance()
        if drawn < (0.55 if path == "long" else 0.095):
            first, second = DISABILITIES.draw(self.rng), DISABILITIES.draw(self.rng)
            disabilities = (first, second) if second != first and self.chance() < 0.35 else (first,)
        absent: str | None = None
        drawn = self.chance()
        if drawn < 0.045:
            absent = "UN3" if drawn < 0.012 else "UN5" if drawn < 0.018 else "UN6" if drawn < 0.03 else "UN7"
        expected: int | None = None
        if born > referred:
            expected = max(born + self._between(-12, 10), referred + 8)
        if self.chance() < 0.08:
            ethnicity = ETHNICITIES.draw(self.rng)
        family.children.append(
            Child(
                f"GT{number:07d}",
                family.number,
                born,
                expected,
                "F" if girl else "M",
                ethnicity,
                disabilities,
                pupil_number(number),
                absent,
                names[int(self.chance() * len(names))],
                surname,
                birthday(born, 18),
                None,
                1 if self.chance() < 0.15 else 0,
            )
        )

    def _spell(self, path: str, family: Family, children: list[Child], referred: int) -> Spell:
        """Draw a story until it is one that clean returns can hold: nothing runs past its limit on a 31 March."""
        self.spells += 1
        number = self.spells
        for attempt in range(60):
            spell = _Story(self, path, number, family.number, list(children), referred).told()
            if self._clean(spell):
                break
            if attempt > 6:
                referred = self._referral_day(referred - self._between(1, 6))
                if any(child.expected is not None and child.born > referred + 170 for child in children):
                    referred += 40
        else:
            spell = Spell(number, family.number, "nfa", list(children), referred, "2A", "N4", closed=referred)
        for child in spell.children:
            if spell.left.get(child.id, (0, ""))[1] == "RC2":
                child.died = spell.left[child.id][0]
            child.earlier_plans += sum(child in plan.children for plan in spell.protection)
        return spell

    def _clean(self, spell: Spell) -> bool:
        calendar = self.calendar
        for closes in self.ends:
            if spell.closed < closes - 366 or spell.referred > closes:
                continue
            opens = closes - 366
            for assessment in spell.assessments:
                running = assessment.started <= closes < assessment.completed
                if running and calendar.between(assessment.started, closes) > 42:
                    return False
            if spell.reason in ("RC8", "RC9") and spell.assessments[0].completed <= closes < spell.closed:
                return False
            for enquiry in spell.enquiries:
                if enquiry.strategy <= closes < enquiry.concluded and calendar.between(enquiry.strategy, closes) > 13:
                    return False
                shown_now = enquiry.strategy <= closes and (
                    enquiry.strategy > opens or (enquiry.conference is not None and enquiry.conference > opens)
                )
                shown_next = enquiry.conference is not None and enquiry.strategy <= closes < enquiry.conference
                for child in enquiry.children:
                    if shown_now and not any(
                        child in assessment.children and assessment.started <= closes and assessment.completed > opens
                        for assessment in spell.assessments
                    ):
                        return False
                    if shown_next and not any(
                        child in assessment.children and assessment.completed > closes
                        for assessment in spell.assessments
                    ):
                        return False
        for plan in spell.in_need:
            if any(min(plan.ended, spell.until(child)) <= plan.started for child in plan.children):
                return False
        for child in spell.children:
            left = spell.left.get(child.id)
            if left is None:
                continue
            day = left[0]
            for assessment in spell.assessments:
                if child in assessment.children and assessment.completed > day:
                    return False
            for enquiry in spell.enquiries:
                if child in enquiry.children and enquiry.concluded > day:
                    return False
        return True


class _Story:
    """One spell while it is drawn."""

    def __init__(
        self, inventor: Inventor, path: str, number: int, family: int, children: list[Child], referred: int
    ) -> None:
        self.inventor = inventor
        self.chance = inventor.chance
        self.between = inventor._between
        self.after = inventor.calendar.after
        source, need = SOURCES.draw(inventor.rng), NEEDS.draw(inventor.rng)
        if path in ("enquiry", "conference", "transfer"):
            need = "N1"
        if path == "transfer":
            source = "5C"
        if path == "long" and children[0].disabilities[0] != "NONE":
            need = "N2"
        self.spell = Spell(number, family, path, children, referred, source, need)

    def told(self) -> Spell:
        """Tell the whole story by its path."""
        spell = self.spell
        path = spell.path
        if path == "nfa":
            spell.closed = self.after(spell.referred, 1)
            return spell
        if path == "transfer":
            self.transfer()
            return self.finished()
        completed = self.first_assessment()
        if path == "assessed":
            spell.reason = "RC9" if self.chance() < 0.28 else "RC8"
            spell.closed = completed if self.chance() < 0.6 else self.after(completed, self.between(1, 4))
            self.plain_factors()
        elif path == "in-need":
            self.need_plan(self.after(completed, self.between(1, 6)), self.length(60, 330))
        elif path == "enquiry":
            concluded = self.enquiry(self.first_strategy(), None)
            free = max(completed, concluded)
            if self.chance() < 0.62:
                spell.closed = self.after(free, self.between(1, 10))
            else:
                self.need_plan(self.after(free, self.between(1, 6)), self.length(50, 260))
        elif path == "conference":
            strategy = self.first_strategy()
            conference = self.conference_day(strategy)
            self.conference(strategy, conference, completed)
        else:
            self.long(completed)
        return self.finished()

    def length(self, least: int, spread: int) -> int:
        """Draw a duration in days: many short ones and a long tail."""
        drawn = self.chance()
        return least + int(spread * (drawn + 0.9 * drawn * drawn * drawn * drawn))

    def assessment_days(self) -> int:
        """Draw the working days that an assessment takes: 86 in 100 within 45, most of them in the last two weeks."""
        drawn = self.chance()
        if drawn < 0.135:
            return 46 + int(30 * self.chance() * self.chance())
        return 45 - int(40 * self.chance() * self.chance())

    def first_assessment(self) -> int:
        spell = self.spell
        day = spell.referred
        started = day if self.chance() < 0.15 else self.after(day, self.between(1, 2))
        completed = self.after(day, max(self.assessment_days(), 4))
        self.assess(spell.children, started, completed, open_case=False)
        return completed

    def assess(self, children: list[Child], started: int, completed: int, *, open_case: bool) -> None:
        factors = {}
        shared = [FACTORS.draw(self.inventor.rng) for _ in range(self.between(1, 4))]
        for child in children:
            own = [*shared, FACTORS.draw(self.inventor.rng)] if self.chance() < 0.4 else shared
            factors[child.id] = tuple(dict.fromkeys(own))
        self.spell.assessments.append(Assessment(children, started, completed, open_case, factors))

    def plain_factors(self) -> None:
        """Find nothing in some of the assessments that lead to nothing."""
        if self.chance() < 0.12:
            factors = self.spell.assessments[0].factors
            for child in factors:
                factors[child] = (NO_FACTOR,)

    def first_strategy(self) -> int:
        return self.after(self.spell.referred, 1 + int(12 * self.chance() * self.chance()))

    def conference_day(self, strategy: int) -> int:
        if self.chance() < 0.197:
            return self.after(strategy, 16 + int((LONGEST_CONFERENCE - 16) * self.chance() * self.chance()))
        return self.after(strategy, 15 - int(9 * self.chance() * self.chance()))

    def subset(self) -> list[Child]:
        """Give the children that enquiries are about: mostly all of them."""
        children = self.spell.children
        if len(children) > 1 and self.chance() < 0.18:
            return children[: self.between(1, len(children) - 1)]
        return children

    def enquiry(self, strategy: int, children: list[Child] | None) -> int:
        concluded = self.after(strategy, self.between(4, 14))
        outcome = "not-substantiated" if self.chance() < 0.45 else "substantiated-not-at-continuing-risk"
        self.spell.enquiries.append(Enquiry(children or self.subset(), strategy, concluded, None, outcome, False))
        return concluded

    def conference(
        self, strategy: int, conference: int, completed: int, children: list[Child] | None = None
    ) -> tuple[bool, list[Child]]:
        children = children or self.subset()
        plan = self.chance() < 0.865
        self.spell.enquiries.append(Enquiry(children, strategy, conference, conference, "substantiated", plan))
        if not plan:
            if not self.spell.in_need:
                start = self.after(max(conference, completed), self.between(1, 4))
                self.need_plan(start, self.length(60, 240), escalates=False)
            return plan, children
        ended = self.protect(children, conference)
        others = [child for child in self.spell.children if child not in children]
        free = self.after(max(ended, completed), self.between(1, 4))
        if others and not self.spell.in_need:
            start = self.after(completed, self.between(1, 4))
            if start < ended:
                self.spell.in_need.append(InNeedPlan(others, start, ended))
        if self.chance() < 0.72 and self.spell.moved is None:
            length = self.length(60, 200)
            self.spell.in_need.append(InNeedPlan(children, free, free + length))
            self.spell.closed = self.after(free + length, self.between(0, 4) + 1)
        elif self.spell.moved is None:
            self.spell.closed = free
        return plan, children

    def protect(self, children: list[Child], started: int, *, transferred_in: bool = False) -> int:
        """Put the children on a plan and hold its reviews until one ends it."""
        reviews: list[int] = []
        previous = started
        drawn = self.chance()
        late = self.chance() < 0.08
        working = self.inventor.calendar.before
        first = started + (self.between(93, 160) if late else self.between(70, 90))
        reviews.append(working(first + 1, 1))
        for ends in (0.22, 0.56, 0.86, 1.0):
            if drawn < ends:
                break
            previous = reviews[-1]
            late = self.chance() < 0.08
            following = previous + (self.between(185, 280) if late else self.between(140, 181))
            reviews.append(working(following + 1, 1))
        reason = "no-longer-at-risk"
        ended = reviews[-1]
        initial = {}
        latest = {}
        category = CATEGORIES.draw(self.inventor.rng)
        for child in children:
            initial[child.id] = category if self.chance() < 0.93 else CATEGORIES.draw(self.inventor.rng)
            latest[child.id] = initial[child.id] if self.chance() < 0.92 else CATEGORIES.draw(self.inventor.rng)
        if self.chance() < 0.06 and ended - started > 60:
            spell = self.spell
            latest_activity = max(assessment.completed for assessment in spell.assessments)
            moved = self.after(max(started + 30, latest_activity + 1), self.between(1, 60))
            received = self.after(moved, self.between(8, 15))
            if received < ended:
                reason, ended = "moved", received
                reviews = [day for day in reviews if day < moved]
                self.moves_out(moved, received)
        earlier = {child.id: child.earlier_plans for child in children}
        self.spell.protection.append(
            ProtectionPlan(children, started, ended, reason, reviews, initial, latest, earlier, transferred_in)
        )
        return ended

    def moves_out(self, moved: int, received: int) -> None:
        spell = self.spell
        spell.moved, spell.closed, spell.reason = moved, received, "RC5"
        spell.area = AREAS[int(self.chance() * len(AREAS))]
        for plan in spell.in_need:
            plan.ended = min(plan.ended, received)

    def need_plan(self, started: int, length: int, *, escalates: bool = True) -> None:
        """Make a child in need plan, on which a fifth of the families come to enquiries again."""
        spell = self.spell
        plan = InNeedPlan(spell.children, started, started + length)
        spell.in_need.append(plan)
        if escalates and length > 75 and self.chance() < ESCALATES:
            strategy = self.after(self.between(started + 20, plan.ended - 50), 1)
            children = self.subset()
            if all(child.adult_on > strategy + 200 for child in children):
                spell.need = "N1"
                self.escalate(plan, strategy, children)
                return
        if self.chance() < 0.03:
            spell.moved = self.after(plan.ended, 1)
            spell.area = AREAS[int(self.chance() * len(AREAS))]
            spell.closed, spell.reason = spell.moved, "RC5"
            return
        spell.closed = self.after(plan.ended, 1)

    def escalate(self, plan: InNeedPlan, strategy: int, children: list[Child]) -> None:
        spell = self.spell
        started = strategy if self.chance() < 0.5 else self.after(strategy, 1)
        completed = self.after(started, max(self.assessment_days(), 8))
        self.assess(children, started, completed, open_case=True)
        if self.chance() < 0.46:
            conference = self.conference_day(strategy)
            spell.in_need.remove(plan)
            whole_end = plan.ended
            plan.ended = conference
            spell.in_need.append(plan)
            made, chosen = self.conference(strategy, conference, completed, children)
            if made:
                others = [child for child in spell.children if child not in chosen]
                if others:
                    ended = max(conference, min(whole_end, spell.closed - 3))
                    plan.children = chosen
                    spell.in_need.append(InNeedPlan(others, plan.started, ended))
                return
            plan.ended = whole_end
        else:
            self.enquiry(strategy, children)
        free = max(completed, spell.enquiries[-1].concluded)
        plan.ended = max(plan.ended, free + self.between(5, 40))
        spell.closed = self.after(plan.ended, 1)

    def long(self, completed: int) -> None:
        """Keep the case open for years: a disabled child's plan, or a child looked after, assessed again now and then."""
        spell = self.spell
        started = self.after(completed, self.between(1, 6))
        length = self.between(250, 1700)
        if spell.need == "N2":
            spell.in_need.append(InNeedPlan(spell.children, started, started + length))
        else:
            spell.looked_after = started
        day = started + self.between(150, 400)
        while day < started + length - 130:
            begun = self.after(day, 1)
            if self.chance() < 0.8 and all(child.adult_on > begun + 200 for child in spell.children):
                self.assess(spell.children, begun, self.after(begun, max(self.assessment_days(), 8)), open_case=True)
            day += self.between(300, 420)
        spell.closed = self.after(started + length, 1)
        drawn = self.chance()
        if spell.looked_after is not None and drawn < 0.3:
            spell.reason = "RC1" if drawn < 0.1 else "RC4" if drawn < 0.22 else "RC3"

    def transfer(self) -> None:
        """Receive a family that has moved here on a plan."""
        spell = self.spell
        spell.notified = spell.referred
        spell.area = AREAS[int(self.chance() * len(AREAS))]
        completed = self.first_assessment()
        conference = self.conference_day(spell.referred)
        ended = self.protect(spell.children, conference, transferred_in=True)
        if spell.moved is None:
            spell.closed = self.after(max(ended, completed), self.between(1, 5))

    def finished(self) -> Spell:
        """Let children come of age, and a few die, while the others' case goes on."""
        spell = self.spell
        busy = max(
            max((assessment.completed for assessment in spell.assessments), default=0),
            max((enquiry.concluded for enquiry in spell.enquiries), default=0),
        )
        for child in spell.children:
            if child.adult_on <= spell.closed:
                spell.left[child.id] = (child.adult_on, "RC6" if child.disabilities[0] != "NONE" else "RC7")
            elif (
                (spell.in_need or spell.protection)
                and spell.closed - busy > 40
                and child.expected is None
                and self.chance() < 0.004
            ):
                spell.left[child.id] = (self.between(busy + 5, spell.closed - 5), "RC2")
        if len(spell.left) == len(spell.children):
            spell.closed = min(spell.closed, max(day for day, _ in spell.left.values()))
        return spell


def pupil_number(number: int) -> str:
    """Make a unique pupil number: its check letter is right, and its school number is one that no school has."""
    digits = f"{UPN_AUTHORITY}{number:08d}0"
    total = sum(place * int(digit) for place, digit in enumerate(digits, start=2))
    return UPN_LETTERS[total % 23] + digits
