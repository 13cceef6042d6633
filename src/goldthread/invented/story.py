"""Draws what becomes of one referral: its assessments, enquiries, conferences and plans, to its closure."""

from __future__ import annotations

from functools import partial
from random import Random

from goldthread.duties.calendar import WorkingDays
from goldthread.invented.life import Assessment, Child, Enquiry, InNeedPlan, ProtectionPlan, Spell
from goldthread.invented.shares import AREAS, CATEGORIES, FACTORS, NEEDS, NO_FACTOR, SOURCES, between

ESCALATES = 0.21
LONGEST_CONFERENCE = 36


class Story:
    """One spell while it is drawn."""

    def __init__(
        self,
        rng: Random,
        calendar: WorkingDays,
        path: str,
        number: int,
        family: int,
        children: list[Child],
        referred: int,
    ) -> None:
        self.rng = rng
        self.chance = rng.random
        self.between = partial(between, self.chance)
        self.calendar = calendar
        self.after = calendar.after
        source, need = SOURCES.draw(rng), NEEDS.draw(rng)
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
        shared = [FACTORS.draw(self.rng) for _ in range(self.between(1, 4))]
        for child in children:
            own = [*shared, FACTORS.draw(self.rng)] if self.chance() < 0.4 else shared
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
        working = self.calendar.before
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
        category = CATEGORIES.draw(self.rng)
        for child in children:
            initial[child.id] = category if self.chance() < 0.93 else CATEGORIES.draw(self.rng)
            latest[child.id] = initial[child.id] if self.chance() < 0.92 else CATEGORIES.draw(self.rng)
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
