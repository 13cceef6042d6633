"""Tells the stories as case events: the same facts that the census holds, and the ones that no census asks for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from random import Random
from typing import Any

from goldthread.duties.calendar import WorkingDays
from goldthread.duties.event import EMPTY, Event
from goldthread.invented.life import Assessment, Child, Enquiry, Family, InNeedPlan, ProtectionPlan, Spell
from goldthread.invented.shares import DELAY_REASONS, SOURCE_WORDS

EPOCH = date(1970, 1, 1).toordinal()
DAY_MICROSECONDS = 86_400_000_000
CORRECTED = frozenset(
    {"assessment-completed", "child-seen", "core-group-held", "lead-practitioner-allocated", "referral-acknowledged"}
)
"""Kinds whose day is now and then written down wrongly at first; none of them starts anything else."""

CLOSURE_WORDS = {
    "RC1": "adopted", "RC2": "died", "RC3": "child arrangements order", "RC4": "special guardianship order",
    "RC5": "transferred to another authority", "RC6": "transferred to adult services", "RC7": "services ended",
    "RC8": "assessed, no further action", "RC9": "assessed, early help",
}  # fmt: skip


class Teller:
    """Turns families into events, none later than `until`; ids count up in the order of telling."""

    def __init__(self, seed: str, until: int, calendar: WorkingDays) -> None:
        self.rng = Random(seed)
        self.chance = self.rng.random
        self.until = until
        self.calendar = calendar
        self.told = 0
        self.processes = 0
        self.deaths: list[tuple[Child, int]] = []
        self.on_plans: list[str] = []
        self._events: list[Event] = []

    def family(self, family: Family) -> list[Event]:
        """Give all events of a family in the order of their days."""
        self._events = []
        known: set[str] = set()
        subject = f"family:F{family.number}"
        for spell in family.spells:
            for child in spell.children:
                if child.id not in known:
                    known.add(child.id)
                    since = date.fromordinal(min(max(child.born, 1), spell.referred)).isoformat()
                    self.say("family-member", spell.referred, (subject,), data={"child": child.subject, "from": since})
                    self.identify(child, spell.referred)
            self.spell(spell)
        return self.numbered(self._events)

    def numbered(self, events: list[Event]) -> list[Event]:
        """Sort by day, number, and let a few be recorded late or wrongly first."""
        events.sort(key=_day)
        ready: list[Event] = []
        for event in events:
            self.told += 1
            day = event.day or 0
            number = f"E{self.told:08d}"
            drawn = self.chance()
            recorded: int | None = None
            if drawn < 0.14:
                recorded = self.moment(day + 1 + int(drawn * 45))
            if drawn > 0.985 and event.kind in CORRECTED:
                later = self.moment(day + 4 + int((drawn - 0.985) * 2600))
                if later is not None:
                    wrong = day + (1 if drawn < 0.9925 else -1)
                    if wrong <= self.until:
                        ready.append(event._replace(id=number, day=wrong))
                        self.told += 1
                        ready.append(event._replace(id=f"E{self.told:08d}", recorded=later, replaces=number))
                        continue
            elif drawn > 0.982 and event.kind == "child-seen" and day + 12 <= self.until:
                ready.append(event._replace(id=number))
                self.told += 1
                wrong_number = f"E{self.told:08d}"
                ready.append(event._replace(id=wrong_number, day=day + 1))
                self.told += 1
                ready.append(
                    event._replace(
                        id=f"E{self.told:08d}",
                        day=day + 1,
                        recorded=self.moment(day + 6),
                        replaces=wrong_number,
                        void=True,
                    )
                )
                continue
            ready.append(event._replace(id=number, recorded=recorded))
        return ready

    def moment(self, day: int) -> int | None:
        """Give a moment in working hours of the day, in microseconds since 1970; None where it lies past the end."""
        if day > self.until:
            return None
        minutes = 9 * 60 + int(self.chance() * 480)
        return (day - EPOCH) * DAY_MICROSECONDS + minutes * 60_000_000

    def say(
        self,
        kind: str,
        day: int,
        subjects: tuple[str, ...],
        process: str | None = None,
        links: tuple[str, ...] = (),
        data: Mapping[str, Any] = EMPTY,
        about: tuple[str, ...] = (),
    ) -> None:
        """Take one event down, unless it lies past the end or is about nobody."""
        if day <= self.until and subjects:
            self._events.append(Event("", subjects, kind, day, process, links, data, None, None, False, about))

    def process(self, kind: str) -> str:
        self.processes += 1
        return f"{kind}:{kind[0].upper()}{self.processes}"

    def between(self, low: int, high: int) -> int:
        return low + int(self.chance() * (high - low + 1))

    def working(self, day: int) -> int:
        """Give the day itself or the working day before it."""
        return self.calendar.before(day + 1, 1)

    def some(self, share: float) -> bool:
        return self.chance() < share

    def identify(self, child: Child, day: int) -> None:
        if child.expected is None:
            self.say("child-identified", day, (child.subject,), data={"born_on": _iso(child.born)})
            return
        self.say("child-identified", day, (child.subject,), data={"expected_on": _iso(child.expected), "unborn": True})
        if child.died is None or child.died >= child.born:
            self.say(
                "child-born",
                child.born,
                (child.subject,),
                data={"children": [child.subject], "born_on": _iso(child.born)},
            )

    def spell(self, spell: Spell) -> None:
        """Tell a referral and all that followed."""
        everyone = self.at(spell, spell.children, spell.referred)
        referral = f"referral:R{spell.number}"
        after = self.calendar.after
        anonymous = spell.source == "9"
        data = {
            "referrer": "anonymous" if anonymous else "known",
            "by": SOURCE_WORDS[spell.source],
            "source": spell.source,
            "need": spell.need,
        }
        self.say("referral-received", spell.referred, everyone, referral, data=data)
        transfer: str | None = None
        if spell.notified is not None:
            transfer = self.process("transfer")
            self.say(
                "moved-in-notified",
                spell.notified,
                everyone,
                transfer,
                (referral,),
                {"from": spell.area, "permanent": True, "on": "child-protection-plan"},
            )
        decided = (
            spell.closed if spell.path == "nfa" else after(spell.referred, 1 if self.some(0.95) else self.between(2, 4))
        )
        if not anonymous and self.some(0.996):
            days = 1 if self.some(0.93) else self.between(2, 6)
            self.say("referral-acknowledged", after(spell.referred, days), everyone, referral)
        outcomes = ["no-further-action"] if spell.path == "nfa" else ["child-in-need"]
        if spell.path == "nfa" and self.some(0.3):
            outcomes = ["early-help"]
        if spell.enquiries and spell.enquiries[0].strategy <= decided:
            outcomes = ["section-47"]
        self.say("referral-decided", decided, everyone, referral, data={"outcomes": outcomes, "qualified": True})
        if not anonymous and self.some(0.85):
            self.say("referrer-informed", after(decided, self.between(1, 4)), everyone, referral)
        if spell.path == "nfa":
            if outcomes == ["early-help"]:
                self.early_help(spell, decided)
            return
        if self.some(0.97):
            self.say(
                "lead-practitioner-allocated",
                after(decided, self.between(1, 2)),
                everyone,
                referral,
                data={"profession": "social-worker"},
            )
        for number, assessment in enumerate(spell.assessments):
            self.assessment(spell, assessment, referral if number == 0 else f"assessment:A{spell.number}-{number}")
        for enquiry in spell.enquiries:
            self.enquiry(spell, enquiry, referral)
        for plan in spell.protection:
            if plan.transferred_in:
                self.protection(spell, plan, self.process("conference"), "transfer-in", (transfer or referral,))
        for in_need in spell.in_need:
            self.in_need(spell, in_need)
        if spell.looked_after is not None:
            self.looked_after(spell, spell.looked_after)
        if spell.moved is not None:
            self.moved_out(spell)
        self.close(spell, referral)

    def at(self, spell: Spell, children: list[Child], day: int) -> tuple[str, ...]:
        """Give the children whose case is still open on the day."""
        if not spell.left:
            return tuple(child.subject for child in children)
        return tuple(child.subject for child in children if spell.until(child) >= day)

    def seen(self, spell: Spell, children: list[Child], day: int) -> None:
        born = [child for child in children if child.born <= day]
        self.say("child-seen", day, self.at(spell, born, day), data={"alone": self.some(0.7)})

    def early_help(self, spell: Spell, day: int) -> None:
        after = self.calendar.after
        subjects = self.at(spell, spell.children, day)
        agreed = after(day, self.between(3, 15))
        self.say("early-help-assessment-agreed", agreed, subjects)
        made = after(agreed, self.between(10, 30))
        self.say("early-help-plan-made", made, subjects)
        reviewed = after(made, self.between(40, 65))
        self.say("early-help-plan-reviewed", reviewed, subjects)
        self.say("early-help-ended", after(reviewed, self.between(20, 90)), subjects, data={"reason": "goals reached"})

    def assessment(self, spell: Spell, assessment: Assessment, process: str) -> None:
        after = self.calendar.after
        subjects = self.at(spell, assessment.children, assessment.started)
        basis = "open-case" if assessment.open_case else "referral"
        self.say("assessment-started", assessment.started, subjects, process, data={"basis": basis})
        seen = after(assessment.started, self.between(1, 8))
        if seen < assessment.completed:
            self.seen(spell, assessment.children, seen)
        again = self.working(seen + self.between(12, 24))
        if again < assessment.completed:
            self.seen(spell, assessment.children, again)
        begun = assessment.started if assessment.open_case else spell.referred
        limit = after(begun, 45)
        if assessment.completed > limit and self.some(0.55):
            day = limit + self.between(-4, min(6, assessment.completed - limit))
            reason = DELAY_REASONS[int(self.chance() * len(DELAY_REASONS))]
            self.say(
                "assessment-delay-explained",
                self.working(day),
                subjects,
                process,
                data={"reason": reason, "discussed_with": ["family", "practice-supervisor"]},
            )
        outcome = "no further action" if spell.reason in ("RC8", "RC9") else "child in need"
        self.say("assessment-completed", assessment.completed, subjects, process, data={"outcome": outcome})
        self.say("assessment-approved", assessment.completed, subjects, process)

    def enquiry(self, spell: Spell, enquiry: Enquiry, referral: str) -> None:
        after = self.calendar.after
        strategy, process = self.process("strategy"), self.process("enquiry")
        subjects = self.at(spell, enquiry.children, enquiry.strategy)
        self.say("significant-harm-suspected", enquiry.strategy, subjects, links=(referral,))
        if self.some(0.02):
            self.say(
                "emergency-action-taken",
                enquiry.strategy,
                subjects,
                data={"power": "police-protection", "agency": "police"},
            )
            self.say("emergency-action-ended", enquiry.strategy + 2, subjects)
        agencies = ["social care", "police", "health"]
        if self.some(0.5):
            agencies.append("education")
        self.say(
            "strategy-discussion-held", enquiry.strategy, subjects, strategy, (process,),
            {"section_47": True, "agencies": agencies},
        )  # fmt: skip
        self.say("section-47-started", enquiry.strategy, subjects, process, (strategy,))
        seen = after(enquiry.strategy, self.between(1, 2))
        if seen < enquiry.concluded:
            self.seen(spell, enquiry.children, seen)
        if self.some(0.15) and enquiry.concluded - enquiry.strategy > 8:
            self.say(
                "strategy-discussion-held",
                after(enquiry.strategy, self.between(2, 4)),
                subjects,
                self.process("strategy"),
                (process,),
                {"section_47": True, "agencies": agencies},
            )
        if enquiry.conference is None:
            self.say("section-47-concluded", enquiry.concluded, subjects, process, data={"outcome": enquiry.outcome})
            return
        requested = max(enquiry.strategy, self.calendar.before(enquiry.conference, self.between(4, 6)))
        self.say("section-47-concluded", requested, subjects, process, data={"outcome": "substantiated"})
        conference = self.process("conference")
        self.say("conference-requested", requested, subjects, conference, (process,))
        self.say("invitations-sent", after(requested, 1), subjects, conference)
        if enquiry.plan:
            for plan in spell.protection:
                if plan.started == enquiry.conference and not plan.transferred_in:
                    self.protection(spell, plan, conference, "initial", (strategy, process))
                    return
        self.conference(
            spell, enquiry.children, enquiry.conference, conference, "initial", "no-plan", (strategy, process)
        )

    def conference(
        self,
        spell: Spell,
        children: list[Child],
        day: int,
        process: str,
        type_: str,
        outcome: str,
        links: tuple[str, ...],
        core_group: int | None = None,
    ) -> None:
        present = [child for child in children if spell.until(child) >= day]
        data: dict[str, Any] = {"type": type_, "outcome": outcome}
        if type_ == "initial":
            data["unborn"] = bool(present) and all(child.born > day for child in present)
        if core_group is not None:
            data["core_group_next_on"] = _iso(core_group)
        self.say("conference-held", day, self.at(spell, present, day), process, links, data)

    def protection(
        self, spell: Spell, plan: ProtectionPlan, conference: str, type_: str, links: tuple[str, ...]
    ) -> None:
        after = self.calendar.after
        process = self.process("plan")
        children = plan.children
        if len(self.on_plans) < 60 and plan.started <= self.until:
            self.on_plans.append(children[0].subject)
        first = after(plan.started, self.between(5, 10))
        self.conference(spell, children, plan.started, conference, type_, "plan", (*links, process), first)
        if self.some(0.95):
            circulated = after(plan.started, self.between(1, 8))
            self.say("plan-circulated", circulated, self.at(spell, children, circulated), process)
        day = first if self.some(0.9) else after(first, self.between(3, 9))
        while day < min(plan.ended, self.until + 1):
            following = after(day, self.between(19, 28))
            self.say(
                "core-group-held", day, self.at(spell, children, day), None, (process,), {"next_on": _iso(following)}
            )
            self.seen(spell, children, self.working(day + self.between(4, 10)))
            day = following if self.some(0.9) else after(following, self.between(1, 8))
        if self.some(0.1):
            begun = after(plan.started, self.between(40, 80))
            offered = after(begun, self.between(3, 20))
            if offered < plan.ended:
                self.say("pre-proceedings-initiated", begun, self.at(spell, children, begun))
                self.say("family-group-decision-making-offered", offered, self.at(spell, children, offered))
        for review in plan.reviews:
            ends = review >= plan.ended and plan.reason == "no-longer-at-risk"
            outcome = "ended" if ends else "changed" if self.some(0.2) else "continued"
            self.conference(spell, children, review, self.process("conference"), "review", outcome, (process,))
        for child in children:
            left = spell.left.get(child.id)
            if left is not None and left[0] <= plan.ended and left[0] >= plan.started:
                reason = "died" if left[1] == "RC2" else "reached-18"
                self.say("plan-ended", left[0], (child.subject,), process, data={"reason": reason})
        staying = tuple(
            child.subject for child in children if child.id not in spell.left or spell.left[child.id][0] > plan.ended
        )
        self.say("plan-ended", plan.ended, staying, process, data={"reason": plan.reason})

    def in_need(self, spell: Spell, plan: InNeedPlan) -> None:
        process = self.process("plan")
        day = plan.started
        following = self.working(day + self.between(60, 90))
        kind = "child-in-need-plan-made"
        stop = min(plan.ended, self.until + 1)
        while day < stop:
            self.say(kind, day, self.at(spell, plan.children, day), process, data={"next_review_on": _iso(following)})
            self.seen(spell, plan.children, self.working(day + self.between(24, 45)))
            kind = "child-in-need-plan-reviewed"
            day = following if self.some(0.85) else self.calendar.after(following, self.between(1, 15))
            following = self.working(day + self.between(70, 95))
        for child in plan.children:
            left = spell.left.get(child.id)
            if left is not None and plan.started <= left[0] <= plan.ended:
                self.say("child-in-need-plan-ended", left[0], (child.subject,), process)
        staying = tuple(
            child.subject
            for child in plan.children
            if child.id not in spell.left or spell.left[child.id][0] > plan.ended
        )
        self.say("child-in-need-plan-ended", plan.ended, staying, process)

    def looked_after(self, spell: Spell, day: int) -> None:
        self.say("looked-after-started", day, self.at(spell, spell.children, day))
        closing = self.calendar.before(spell.closed, 5)
        if spell.reason == "RC7" and closing > day + 30:
            subjects = self.at(spell, spell.children, closing)
            planned = self.calendar.before(closing, self.between(5, 15))
            self.say("return-home-planned", planned, subjects)
            self.say("returned-home-from-care", closing, subjects, data={"planned": True})
            self.say("looked-after-ended", closing, subjects)

    def moved_out(self, spell: Spell) -> None:
        moved = spell.moved or 0
        process = self.process("transfer")
        subjects = self.at(spell, spell.children, moved)
        self.say("moved-out", moved, subjects, process, data={"to": spell.area, "permanent": True})
        self.say("child-moved-area", moved, subjects, data={"to": spell.area})
        if spell.closed > moved:
            subjects = self.at(spell, spell.children, spell.closed)
            self.say(
                "receiving-conference-held",
                spell.closed,
                subjects,
                process,
                data={"by": spell.area, "outcome": "plan"},
            )

    def close(self, spell: Spell, referral: str) -> None:
        for child in spell.children:
            left = spell.left.get(child.id)
            if left is None:
                continue
            if left[1] == "RC2":
                self.say("child-died", left[0], (child.subject,))
                if left[0] <= self.until:
                    self.deaths.append((child, left[0]))
            self.say("case-closed", left[0], (child.subject,), referral, data={"reason": CLOSURE_WORDS[left[1]]})
        staying = tuple(child.subject for child in spell.children if child.id not in spell.left)
        self.say("case-closed", spell.closed, staying, referral, data={"reason": CLOSURE_WORDS[spell.reason]})
        if spell.reason == "RC9":
            self.early_help(spell, spell.closed)


def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat()


def _day(event: Event) -> int:
    return event.day or 0
