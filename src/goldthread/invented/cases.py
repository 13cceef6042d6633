"""Draws who works with a family and when: the teams it passes through, its workers, and those of other agencies."""

from __future__ import annotations

from datetime import date
from functools import partial
from random import Random
from typing import NamedTuple

from goldthread.duties.event import Event
from goldthread.invented.identities import school_starts
from goldthread.invented.life import Child, Family, Spell
from goldthread.invented.people import Conflict, Involvement, Record, Restriction
from goldthread.invented.shares import between
from goldthread.invented.workforce import Seat, Workforce

LEFT = "left the post"
HANDED_ON = (
    "the case moved to another team",
    "to balance the load",
    "sickness",
    "maternity leave",
    "the family asked for a change",
)
RESTRICTED = (
    "a member of staff is a relative of the family",
    "a parent works for the council",
    "an adoption is planned",
    "the family is known to the public",
)
CONFLICTS = (
    ("relative", "is a cousin of the mother"),
    ("relative", "is married to an uncle of the children"),
    ("friend", "is a close friend of the family"),
    ("relative", "is a grandparent of the child's half-brother"),
)


class Also(NamedTuple):
    """Someone of another agency who is now and then involved with a child of an age: in how many of the cases."""

    capacity: str
    team: str
    share: float
    from_age: float
    until_age: float
    disabled: bool | None = None


ALSO = (
    Also("specialist-midwife", "maternity", 0.9, -1, 0),
    Also("nursery-lead", "nursery", 0.35, 2, 4.5),
    Also("school-nurse", "school-nursing", 0.08, 5, 18),
    Also("mental-health-practitioner", "camhs", 0.1, 11, 18),
    Also("youth-justice-officer", "youth-justice", 0.07, 13, 18),
    Also("paediatrician", "paediatrics", 0.4, 0, 18, disabled=True),
    Also("domestic-abuse-adviser", "domestic-abuse", 0.06, 0, 18),
    Also("recovery-worker", "substance-use", 0.04, 0, 18),
    Also("probation-officer", "probation", 0.03, 0, 18),
    Also("adult-mental-health-worker", "adult-mental-health", 0.04, 0, 18),
    Also("education-adviser", "education-safeguarding", 0.02, 5, 18),
    Also("family-court-adviser", "cafcass", 0.02, 0, 18),
    Also("tenancy-worker", "tenancy", 0.03, 0, 18),
)


class CaseHints(NamedTuple):
    """What is wanted of a case that is not left to chance: keys of the cast for its worker and others."""

    worker: str | None = None
    health: str | None = None
    school: str | None = None
    police: str | None = None
    chair: str | None = None
    restricted: str | None = None
    conflicted: tuple[str, str, str] | None = None


NO_CASE_HINTS = CaseHints()


class Stage(NamedTuple):
    """A stretch of a case with one seat: the kind of work done, and for which spell."""

    from_: int
    until: int
    kind: str
    seat: Seat
    spell: Spell


class Case:
    """Who works with one family; every day is an ordinal, and nothing begins after today."""

    __slots__ = ("chairs", "conflicts", "involvements", "on", "records", "restrictions", "school", "stages", "visitor")

    def __init__(self, on: int) -> None:
        self.on = on
        self.stages: list[Stage] = []
        self.involvements: list[Involvement] = []
        self.records: list[Record] = []
        self.restrictions: list[Restriction] = []
        self.conflicts: list[Conflict] = []
        self.chairs: list[tuple[int, int, Seat]] = []
        self.school: Seat | None = None
        self.visitor: Seat | None = None

    def stage(self, day: int) -> Stage | None:
        """Give the stage in which a day lies."""
        for stage in self.stages:
            if stage.from_ <= day < stage.until:
                return stage
        return None

    def chair(self, day: int) -> str | None:
        """Give who chaired a conference on a day."""
        for from_, until, seat in self.chairs:
            if from_ <= day < until:
                return seat.at(day)
        return None

    def involve(
        self,
        children: list[Child],
        capacity: str,
        seat: Seat,
        from_: int,
        until: int,
        ends: dict[str, int],
        because: str | None = None,
    ) -> None:
        """Tell that the holders of a seat worked with children, one after the other, until each child's own end."""
        if capacity == "conference-chair":
            self.chairs.append((from_, until, seat))
        held = seat.between(from_, min(until, self.on + 1))
        for child in children:
            latest = min(until, ends.get(child.id, until))
            for begins, stops, who in held:
                stops = min(stops, latest)
                if begins > self.on or stops <= begins:
                    continue
                over = stops <= self.on
                self.involvements.append(
                    Involvement(
                        child.subject,
                        capacity,
                        date.fromordinal(begins),
                        who,
                        seat.team,
                        date.fromordinal(stops) if over else None,
                        None if not over else because if stops == latest else LEFT,
                    )
                )


class Cases:
    """Draws the cases of families, one after the other, over one workforce."""

    def __init__(self, rng: Random, workforce: Workforce) -> None:
        self.rng, self.chance = rng, rng.random
        self.between = partial(between, self.chance)
        self.workforce, self.on = workforce, workforce.on

    def of(self, family: Family, known: int, base: list[Event], hints: CaseHints) -> Case:
        """Draw the case of a family that became known on a day; `base` are its events."""
        case = Case(self.on)
        self._choose_partners(case, family, hints)
        helped = [event for event in base if event.kind in ("early-help-assessment-agreed", "early-help-ended")]
        for spell in family.spells:
            if spell.referred <= self.on:
                self._spell(case, spell, hints)
        self._early_help(case, family, helped)
        self._records(case, family, known, helped)
        self._closed_to(case, family, hints)
        return case

    def _choose_partners(self, case: Case, family: Family, hints: CaseHints) -> None:
        workforce = self.workforce
        school = workforce.cast_seat(hints.school) if hints.school else None
        primaries = workforce.school_seats["primary-school"]
        case.school = school or primaries[int(self.chance() * len(primaries))]
        visitor = workforce.cast_seat(hints.health) if hints.health else None
        case.visitor = visitor or workforce.any("health-visiting", "partner-practitioner")

    def _spell(self, case: Case, spell: Spell, hints: CaseHints) -> None:
        """Draw who works with the children from a referral to its closure."""
        workforce, children, on = self.workforce, spell.children, self.on
        ends = {child: left[0] for child, left in spell.left.items()}
        decided = spell.referred + 1
        desk = workforce.any("front-door", "social-worker")
        until = spell.closed + 1 if spell.path == "nfa" else decided + 1
        case.involve(children, "screening-social-worker", desk, spell.referred, until, {}, "decided")
        case.stages.append(Stage(spell.referred, until, "front-door", desk, spell))
        if spell.path == "nfa":
            return
        for kind, from_, stops in self._stages(spell, until):
            if from_ > on or stops <= from_:
                continue
            own = workforce.cast_seat(hints.worker) if hints.worker else None
            if own is not None and workforce.kind_of(own.team) == kind:
                workforce.take(own, from_, stops, len(children))
            else:
                own = workforce.choose(kind, "social-worker", from_, stops, len(children))
            because = "the case closed" if stops >= spell.closed else "the case moved to another team"
            change = from_ + self.between(120, 500)
            if hints.worker is None and change < stops - 60 and self.chance() < 0.16:
                self._work(case, spell, kind, own, from_, change, ends, HANDED_ON[1 + int(self.chance() * 4)])
                workforce.take(own, change, stops, -len(children))
                from_, own = change, workforce.choose(kind, "social-worker", change, stops, len(children))
            self._work(case, spell, kind, own, from_, stops, ends, because)
        self._partners(case, spell, ends, hints)

    def _work(
        self,
        case: Case,
        spell: Spell,
        kind: str,
        seat: Seat,
        from_: int,
        until: int,
        ends: dict[str, int],
        because: str,
    ) -> None:
        case.stages.append(Stage(from_, until, kind, seat, spell))
        case.involve(spell.children, "allocated-social-worker", seat, from_, until, ends, because)
        case.involve(spell.children, "supervisor", self.workforce.supervisor(seat), from_, until, ends, because)

    def _stages(self, spell: Spell, begins: int) -> list[tuple[str, int, int]]:
        """Give the kinds of team that a case passes through, each with its first day and the day after its last."""
        later = [plan.started for plan in spell.protection] + [plan.started for plan in spell.in_need]
        if spell.looked_after is not None:
            later.append(spell.looked_after)
        closed = spell.closed + 1
        if spell.notified is not None:
            return [("safeguarding", begins, closed)]
        if not later or min(later) >= closed:
            return [("assessment", begins, closed)]
        moves = max(min(later), begins + 1)
        disabled = any(child.disabilities[0] != "NONE" for child in spell.children) and spell.need == "N2"
        kind = (
            "children-in-care"
            if spell.looked_after is not None
            else "disabled-children"
            if disabled
            else "safeguarding"
        )
        return [("assessment", begins, moves), (kind, moves, closed)]

    def _partners(self, case: Case, spell: Spell, ends: dict[str, int], hints: CaseHints) -> None:
        """Draw who is involved of other agencies."""
        workforce, closed = self.workforce, spell.closed + 1
        for child in spell.children:
            five = child.born + 1826
            only = [child]
            if child.born <= self.on and spell.referred < five and case.visitor is not None:
                since = max(spell.referred + 2, child.born)
                case.involve(only, "health-visitor", case.visitor, since, min(closed, five), ends, "the case closed")
            starts = school_starts(child.born)
            if case.school is not None and max(starts, spell.referred) < min(closed, self.on):
                self._school(case, child, spell, starts, closed, ends)
            if child.born <= self.on and spell.referred - child.born > 4400 and spell.need == "N6":
                officer = workforce.any("exploitation", "partner-practitioner")
                case.involve(only, "exploitation-worker", officer, spell.referred + 6, closed, ends, "the case closed")
            self._also(case, child, spell, closed, ends)
        if self.chance() < 0.3:
            doctor = workforce.any("practice", "partner-practitioner")
            case.involve(
                spell.children, "general-practitioner", doctor, spell.referred + 3, closed, ends, "the case closed"
            )
        for enquiry in spell.enquiries:
            police = workforce.cast_seat(hints.police) if hints.police else None
            police = police or workforce.any("police-protection", "partner-practitioner")
            over = enquiry.concluded + 1
            case.involve(enquiry.children, "police-officer", police, enquiry.strategy, over, ends, "enquiry concluded")
            if enquiry.conference is not None and not enquiry.plan:
                chair = workforce.any("conference-chairs", "conference-chair")
                asked = enquiry.conference - 5
                case.involve(
                    enquiry.children, "conference-chair", chair, asked, enquiry.conference + 1, ends, "no plan"
                )
        for plan in spell.protection:
            chair_of = workforce.cast_seat(hints.chair) if hints.chair else None
            chair_of = chair_of or workforce.any("conference-chairs", "conference-chair")
            asked = plan.started - 5
            case.involve(plan.children, "conference-chair", chair_of, asked, plan.ended + 1, ends, "the plan ended")

    def _also(self, case: Case, child: Child, spell: Spell, closed: int, ends: dict[str, int]) -> None:
        """Draw who else is involved with one child: for a while, or for as long as the case is open."""
        age = (spell.referred - child.born) / 365.25
        disabled = child.disabilities[0] != "NONE"
        for one in ALSO:
            if not one.from_age <= age < one.until_age or one.disabled not in (None, disabled):
                continue
            if self.chance() < one.share:
                since = spell.referred + self.between(5, 40)
                stops = closed if self.chance() < 0.5 else min(closed, since + self.between(40, 400))
                if one.until_age <= 0:
                    stops = min(closed, child.born + 14)
                seat = self.workforce.any(one.team, "partner-practitioner")
                because = "the case closed" if stops == closed else "their work was done"
                case.involve([child], one.capacity, seat, since, stops, ends, because)

    def _school(self, case: Case, child: Child, spell: Spell, starts: int, closed: int, ends: dict[str, int]) -> None:
        seats, special = self.workforce.school_seats, ("LD", "COMM", "MOB")
        since, moves = max(starts, spell.referred + 2), starts + 2557
        if any(code in special for code in child.disabilities) and self.chance() < 0.4:
            seat = seats["special-school"][int(self.chance() * len(seats["special-school"]))]
            case.involve([child], "school-safeguarding-lead", seat, since, closed, ends, "the case closed")
            return
        if since < moves and case.school is not None:
            stops = min(closed, moves)
            because = "the case closed" if stops == closed else "moved to secondary school"
            case.involve([child], "school-safeguarding-lead", case.school, since, stops, ends, because)
        if closed > moves and self.on > moves:
            seat = seats["secondary-school"][int(self.chance() * len(seats["secondary-school"]))]
            case.involve([child], "school-safeguarding-lead", seat, max(since, moves), closed, ends, "the case closed")

    def _early_help(self, case: Case, family: Family, helped: list[Event]) -> None:
        """Draw the family support worker of each stretch of early help that the events tell of."""
        by_id = {child.subject: child for child in family.children}
        for event in helped:
            if event.kind != "early-help-assessment-agreed" or event.replaces is not None or event.day is None:
                continue
            over = min(
                (one.day for one in helped if one.kind == "early-help-ended" and one.day and one.day > event.day),
                default=None,
            )
            seat = self.workforce.any("early-help", "partner-practitioner")
            children = [by_id[subject] for subject in event.subjects]
            stops = self.on + 1 if over is None else over + 1
            case.involve(children, "early-help-worker", seat, event.day, stops, {}, "early help ended")

    def _records(self, case: Case, family: Family, known: int, helped: list[Event]) -> None:
        opened = date.fromordinal(min(known, self.on))
        case.stages.sort(key=lambda stage: stage.from_)
        team = case.stages[-1].seat.team if case.stages else None
        latest_help = max((event.day or 0 for event in helped), default=0)
        still_helped = sum(event.kind == "early-help-assessment-agreed" for event in helped) > sum(
            event.kind == "early-help-ended" for event in helped
        )
        for child in family.children:
            spells = [spell for spell in family.spells if child in spell.children and spell.referred <= self.on]
            closed = max((spell.until(child) for spell in spells), default=self.on + 1)
            closed = max(closed, latest_help)
            over = closed <= self.on and not still_helped
            ended = date.fromordinal(closed) if over else None
            case.records.append(Record(child.subject, "child", opened, "standard", team, ended))

    def _closed_to(self, case: Case, family: Family, hints: CaseHints) -> None:
        """Restrict a few records to named people, and tell of a few practitioners who must never see one."""
        workforce, opened = self.workforce, case.records[0].opened_on
        because = hints.restricted
        if because is None and self.chance() < 0.008:
            because = RESTRICTED[int(self.chance() * len(RESTRICTED))]
        if because is not None:
            named = sorted(
                {
                    one.practitioner
                    for one in case.involvements
                    if one.until_on is None
                    and one.practitioner is not None
                    and one.capacity in ("allocated-social-worker", "supervisor", "conference-chair")
                }
                | {workforce.seats["service-management", "service-manager"][0].at(self.on)}
            )
            case.records = [
                Record(one.id, one.kind, one.opened_on, "restricted", one.team, one.closed_on) for one in case.records
            ]
            case.restrictions = [Restriction(one.id, because, tuple(named), opened) for one in case.records]
        if hints.conflicted is not None:
            key, kind, says = hints.conflicted
            case.conflicts = [Conflict(one.id, workforce.cast[key], kind, says, opened) for one in case.records]
        elif self.chance() < 0.006:
            working = {one.practitioner for one in case.involvements}
            someone = workforce.any("safeguarding", "social-worker").at(self.on)
            if someone not in working:
                kind, says = CONFLICTS[int(self.chance() * len(CONFLICTS))]
                case.conflicts = [Conflict(one.id, someone, kind, says, opened) for one in case.records]
