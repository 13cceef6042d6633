"""Tells the families' stories as events: the same facts that the census holds, and the ones that no census asks for."""

from __future__ import annotations

from datetime import date
from typing import Any

from goldthread.duties.event import Event
from goldthread.invented.life import Assessment, Child, Enquiry, Family, InNeedPlan, ProtectionPlan, Spell
from goldthread.invented.shares import DELAY_REASONS, SOURCE_WORDS
from goldthread.invented.telling import Teller

CLOSURE_WORDS = {
    "RC1": "adopted", "RC2": "died", "RC3": "child arrangements order", "RC4": "special guardianship order",
    "RC5": "transferred to another authority", "RC6": "transferred to adult services", "RC7": "services ended",
    "RC8": "assessed, no further action", "RC9": "assessed, early help",
}  # fmt: skip


def family_events(teller: Teller, family: Family) -> list[Event]:
    """Give all events of a family in the order of their days."""
    known: set[str] = set()
    subject = f"family:F{family.number}"
    for spell in family.spells:
        for child in spell.children:
            if child.id not in known:
                known.add(child.id)
                since = date.fromordinal(min(max(child.born, 1), spell.referred)).isoformat()
                teller.say("family-member", spell.referred, (subject,), data={"child": child.subject, "from": since})
                _identify(teller, child, spell.referred)
        _spell(teller, spell)
    return teller.numbered()


def _identify(teller: Teller, child: Child, day: int) -> None:
    if child.expected is None:
        teller.say("child-identified", day, (child.subject,), data={"born_on": _iso(child.born)})
        return
    teller.say("child-identified", day, (child.subject,), data={"expected_on": _iso(child.expected), "unborn": True})
    if child.died is None or child.died >= child.born:
        teller.say(
            "child-born",
            child.born,
            (child.subject,),
            data={"children": [child.subject], "born_on": _iso(child.born)},
        )


def _spell(teller: Teller, spell: Spell) -> None:
    """Tell a referral and all that followed."""
    everyone = _at(spell, spell.children, spell.referred)
    referral = f"referral:R{spell.number}"
    after = teller.calendar.after
    anonymous = spell.source == "9"
    data = {
        "referrer": "anonymous" if anonymous else "known",
        "by": SOURCE_WORDS[spell.source],
        "source": spell.source,
        "need": spell.need,
    }
    teller.say("referral-received", spell.referred, everyone, referral, data=data)
    transfer: str | None = None
    if spell.notified is not None:
        transfer = teller.process("transfer")
        teller.say(
            "moved-in-notified",
            spell.notified,
            everyone,
            transfer,
            (referral,),
            {"from": spell.area, "permanent": True, "on": "child-protection-plan"},
        )
    decided = (
        spell.closed if spell.path == "nfa" else after(spell.referred, 1 if teller.some(0.95) else teller.between(2, 4))
    )
    if not anonymous and teller.some(0.996):
        days = 1 if teller.some(0.93) else teller.between(2, 6)
        teller.say("referral-acknowledged", after(spell.referred, days), everyone, referral)
    outcomes = ["no-further-action"] if spell.path == "nfa" else ["child-in-need"]
    if spell.path == "nfa" and teller.some(0.3):
        outcomes = ["early-help"]
    if spell.enquiries and spell.enquiries[0].strategy <= decided:
        outcomes = ["section-47"]
    teller.say("referral-decided", decided, everyone, referral, data={"outcomes": outcomes, "qualified": True})
    if not anonymous and teller.some(0.85):
        teller.say("referrer-informed", after(decided, teller.between(1, 4)), everyone, referral)
    if spell.path == "nfa":
        if outcomes == ["early-help"]:
            _early_help(teller, spell, decided)
        return
    if teller.some(0.97):
        teller.say(
            "lead-practitioner-allocated",
            after(decided, teller.between(1, 2)),
            everyone,
            referral,
            data={"profession": "social-worker"},
        )
    for number, assessment in enumerate(spell.assessments):
        _assessment(teller, spell, assessment, referral if number == 0 else f"assessment:A{spell.number}-{number}")
    for enquiry in spell.enquiries:
        _enquiry(teller, spell, enquiry, referral)
    for plan in spell.protection:
        if plan.transferred_in:
            _protection(teller, spell, plan, teller.process("conference"), "transfer-in", (transfer or referral,))
    for in_need in spell.in_need:
        _in_need(teller, spell, in_need)
    if spell.looked_after is not None:
        _looked_after(teller, spell, spell.looked_after)
    if spell.moved is not None:
        _moved_out(teller, spell)
    _close(teller, spell, referral)


def _at(spell: Spell, children: list[Child], day: int) -> tuple[str, ...]:
    """Give the children whose case is still open on the day."""
    if not spell.left:
        return tuple(child.subject for child in children)
    return tuple(child.subject for child in children if spell.until(child) >= day)


def _seen(teller: Teller, spell: Spell, children: list[Child], day: int) -> None:
    born = [child for child in children if child.born <= day]
    teller.say("child-seen", day, _at(spell, born, day), data={"alone": teller.some(0.7)})


def _early_help(teller: Teller, spell: Spell, day: int) -> None:
    after = teller.calendar.after
    subjects = _at(spell, spell.children, day)
    agreed = after(day, teller.between(3, 15))
    teller.say("early-help-assessment-agreed", agreed, subjects)
    made = after(agreed, teller.between(10, 30))
    teller.say("early-help-plan-made", made, subjects)
    reviewed = after(made, teller.between(40, 65))
    teller.say("early-help-plan-reviewed", reviewed, subjects)
    teller.say("early-help-ended", after(reviewed, teller.between(20, 90)), subjects, data={"reason": "goals reached"})


def _assessment(teller: Teller, spell: Spell, assessment: Assessment, process: str) -> None:
    after = teller.calendar.after
    subjects = _at(spell, assessment.children, assessment.started)
    basis = "open-case" if assessment.open_case else "referral"
    teller.say("assessment-started", assessment.started, subjects, process, data={"basis": basis})
    seen = after(assessment.started, teller.between(1, 8))
    if seen < assessment.completed:
        _seen(teller, spell, assessment.children, seen)
    again = teller.working(seen + teller.between(12, 24))
    if again < assessment.completed:
        _seen(teller, spell, assessment.children, again)
    begun = assessment.started if assessment.open_case else spell.referred
    limit = after(begun, 45)
    if assessment.completed > limit and teller.some(0.55):
        day = limit + teller.between(-4, min(6, assessment.completed - limit))
        reason = DELAY_REASONS[int(teller.chance() * len(DELAY_REASONS))]
        teller.say(
            "assessment-delay-explained",
            teller.working(day),
            subjects,
            process,
            data={"reason": reason, "discussed_with": ["family", "practice-supervisor"]},
        )
    outcome = "no further action" if spell.reason in ("RC8", "RC9") else "child in need"
    teller.say("assessment-completed", assessment.completed, subjects, process, data={"outcome": outcome})
    teller.say("assessment-approved", assessment.completed, subjects, process)


def _enquiry(teller: Teller, spell: Spell, enquiry: Enquiry, referral: str) -> None:
    after = teller.calendar.after
    strategy, process = teller.process("strategy"), teller.process("enquiry")
    subjects = _at(spell, enquiry.children, enquiry.strategy)
    teller.say("significant-harm-suspected", enquiry.strategy, subjects, links=(referral,))
    if teller.some(0.02):
        teller.say(
            "emergency-action-taken",
            enquiry.strategy,
            subjects,
            data={"power": "police-protection", "agency": "police"},
        )
        teller.say("emergency-action-ended", enquiry.strategy + 2, subjects)
    agencies = ["social care", "police", "health"]
    if teller.some(0.5):
        agencies.append("education")
    teller.say(
        "strategy-discussion-held", enquiry.strategy, subjects, strategy, (process,),
        {"section_47": True, "agencies": agencies},
    )  # fmt: skip
    teller.say("section-47-started", enquiry.strategy, subjects, process, (strategy,))
    seen = after(enquiry.strategy, teller.between(1, 2))
    if seen < enquiry.concluded:
        _seen(teller, spell, enquiry.children, seen)
    if teller.some(0.15) and enquiry.concluded - enquiry.strategy > 8:
        teller.say(
            "strategy-discussion-held",
            after(enquiry.strategy, teller.between(2, 4)),
            subjects,
            teller.process("strategy"),
            (process,),
            {"section_47": True, "agencies": agencies},
        )
    if enquiry.conference is None:
        teller.say("section-47-concluded", enquiry.concluded, subjects, process, data={"outcome": enquiry.outcome})
        return
    requested = max(enquiry.strategy, teller.calendar.before(enquiry.conference, teller.between(4, 6)))
    teller.say("section-47-concluded", requested, subjects, process, data={"outcome": "substantiated"})
    conference = teller.process("conference")
    teller.say("conference-requested", requested, subjects, conference, (process,))
    teller.say("invitations-sent", after(requested, 1), subjects, conference)
    if enquiry.plan:
        for plan in spell.protection:
            if plan.started == enquiry.conference and not plan.transferred_in:
                _protection(teller, spell, plan, conference, "initial", (strategy, process))
                return
    _conference(
        teller, spell, enquiry.children, enquiry.conference, conference, "initial", "no-plan", (strategy, process)
    )


def _conference(
    teller: Teller,
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
    teller.say("conference-held", day, _at(spell, present, day), process, links, data)


def _protection(
    teller: Teller, spell: Spell, plan: ProtectionPlan, conference: str, type_: str, links: tuple[str, ...]
) -> None:
    after = teller.calendar.after
    process = teller.process("plan")
    children = plan.children
    if len(teller.on_plans) < 60 and plan.started <= teller.until:
        teller.on_plans.append(children[0].subject)
    first = after(plan.started, teller.between(5, 10))
    _conference(teller, spell, children, plan.started, conference, type_, "plan", (*links, process), first)
    if teller.some(0.95):
        circulated = after(plan.started, teller.between(1, 8))
        teller.say("plan-circulated", circulated, _at(spell, children, circulated), process)
    day = first if teller.some(0.9) else after(first, teller.between(3, 9))
    while day < min(plan.ended, teller.until + 1):
        following = after(day, teller.between(19, 28))
        teller.say("core-group-held", day, _at(spell, children, day), None, (process,), {"next_on": _iso(following)})
        _seen(teller, spell, children, teller.working(day + teller.between(4, 10)))
        day = following if teller.some(0.9) else after(following, teller.between(1, 8))
    if teller.some(0.1):
        begun = after(plan.started, teller.between(40, 80))
        offered = after(begun, teller.between(3, 20))
        if offered < plan.ended:
            teller.say("pre-proceedings-initiated", begun, _at(spell, children, begun))
            teller.say("family-group-decision-making-offered", offered, _at(spell, children, offered))
    for review in plan.reviews:
        ends = review >= plan.ended and plan.reason == "no-longer-at-risk"
        outcome = "ended" if ends else "changed" if teller.some(0.2) else "continued"
        _conference(teller, spell, children, review, teller.process("conference"), "review", outcome, (process,))
    for child in children:
        left = spell.left.get(child.id)
        if left is not None and left[0] <= plan.ended and left[0] >= plan.started:
            reason = "died" if left[1] == "RC2" else "reached-18"
            teller.say("plan-ended", left[0], (child.subject,), process, data={"reason": reason})
    staying = tuple(
        child.subject for child in children if child.id not in spell.left or spell.left[child.id][0] > plan.ended
    )
    teller.say("plan-ended", plan.ended, staying, process, data={"reason": plan.reason})


def _in_need(teller: Teller, spell: Spell, plan: InNeedPlan) -> None:
    process = teller.process("plan")
    day = plan.started
    following = teller.working(day + teller.between(60, 90))
    kind = "child-in-need-plan-made"
    stop = min(plan.ended, teller.until + 1)
    while day < stop:
        teller.say(kind, day, _at(spell, plan.children, day), process, data={"next_review_on": _iso(following)})
        _seen(teller, spell, plan.children, teller.working(day + teller.between(24, 45)))
        kind = "child-in-need-plan-reviewed"
        day = following if teller.some(0.85) else teller.calendar.after(following, teller.between(1, 15))
        following = teller.working(day + teller.between(70, 95))
    for child in plan.children:
        left = spell.left.get(child.id)
        if left is not None and plan.started <= left[0] <= plan.ended:
            teller.say("child-in-need-plan-ended", left[0], (child.subject,), process)
    staying = tuple(
        child.subject for child in plan.children if child.id not in spell.left or spell.left[child.id][0] > plan.ended
    )
    teller.say("child-in-need-plan-ended", plan.ended, staying, process)


def _looked_after(teller: Teller, spell: Spell, day: int) -> None:
    teller.say("looked-after-started", day, _at(spell, spell.children, day))
    closing = teller.calendar.before(spell.closed, 5)
    if spell.reason == "RC7" and closing > day + 30:
        subjects = _at(spell, spell.children, closing)
        planned = teller.calendar.before(closing, teller.between(5, 15))
        teller.say("return-home-planned", planned, subjects)
        teller.say("returned-home-from-care", closing, subjects, data={"planned": True})
        teller.say("looked-after-ended", closing, subjects)


def _moved_out(teller: Teller, spell: Spell) -> None:
    moved = spell.moved or 0
    process = teller.process("transfer")
    subjects = _at(spell, spell.children, moved)
    teller.say("moved-out", moved, subjects, process, data={"to": spell.area, "permanent": True})
    teller.say("child-moved-area", moved, subjects, data={"to": spell.area})
    if spell.closed > moved:
        subjects = _at(spell, spell.children, spell.closed)
        teller.say(
            "receiving-conference-held",
            spell.closed,
            subjects,
            process,
            data={"by": spell.area, "outcome": "plan"},
        )


def _close(teller: Teller, spell: Spell, referral: str) -> None:
    for child in spell.children:
        left = spell.left.get(child.id)
        if left is None:
            continue
        if left[1] == "RC2":
            teller.say("child-died", left[0], (child.subject,))
            if left[0] <= teller.until:
                teller.deaths.append((child, left[0]))
        teller.say("case-closed", left[0], (child.subject,), referral, data={"reason": CLOSURE_WORDS[left[1]]})
    staying = tuple(child.subject for child in spell.children if child.id not in spell.left)
    teller.say("case-closed", spell.closed, staying, referral, data={"reason": CLOSURE_WORDS[spell.reason]})
    if spell.reason == "RC9":
        _early_help(teller, spell, spell.closed)


def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat()
