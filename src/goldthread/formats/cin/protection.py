"""Enquiries, conferences and protection plans of an episode, as events."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from goldthread.duties.event import EMPTY
from goldthread.formats.cin.child import ChildFacts, Episode, Fields, ProtectionPlan

SECTION_47: Mapping[str, Any] = {"section_47": True}
REVIEW: dict[bool, Mapping[str, Any]] = {
    True: {"type": "review", "outcome": "ended"},
    False: {"type": "review", "outcome": "continued"},
}
CONFERENCE: dict[tuple[str, str | None, bool | None], Mapping[str, Any]] = {
    (kind, outcome, unborn): {
        "type": kind,
        **({} if outcome is None else {"outcome": outcome}),
        **({} if unborn is None else {"unborn": unborn}),
    }
    for kind in ("initial", "transfer-in")
    for outcome in (None, "plan", "no-plan")
    for unborn in (None, True, False)
}


def protection(facts: ChildFacts, episode: Episode, links: tuple[str, ...]) -> None:
    """This will add what became of an episode's enquiries: discussions, conferences, plans and their reviews."""
    conferences: dict[int, tuple[str, ...]] = {}  # day: the enquiries and discussions that it answers
    for fields in episode.enquiries:
        _enquiry(facts, fields, links, conferences)
    plans: dict[int, tuple[str, ...]] = {}  # day: the plans that start on it
    for plan in episode.protection_plans:
        _protection_plan(facts, plan, plans)
    for day, answers in conferences.items():
        _conference(facts, day, "initial", answers, plans)
    transferred = facts.day(episode.fields, "DateOfInitialCPC")
    if transferred and transferred in conferences:
        facts.note("conference-twice", f"DateOfInitialCPC {facts.iso[transferred]} is given at the episode too")
    elif transferred:
        _conference(facts, transferred, "transfer-in", (), plans)
    for day in plans:
        if day not in conferences and day != transferred:
            _conference(facts, day, "initial", (), plans)


def _enquiry(
    facts: ChildFacts, fields: Fields, links: tuple[str, ...], conferences: dict[int, tuple[str, ...]]
) -> None:
    started = facts.day(fields, "S47ActualStartDate")
    conference = facts.day(fields, "DateOfInitialCPC")
    refused = facts.yes(fields, "ICPCnotRequired")
    answers: tuple[str, ...] = ()
    if started:
        key = facts.numbered(f"{facts.name}/{facts.iso[started]}")
        enquiry, strategy = "enquiry:" + key, "strategy:" + key
        answers = (enquiry, strategy)
        facts.add("held:" + strategy, "strategy-discussion-held", started, strategy, (enquiry, *links), SECTION_47)
        facts.add("started:" + enquiry, "section-47-started", started, enquiry, (strategy,), EMPTY)
        if refused and not conference:
            facts.add("decided:" + enquiry, "conference-decided-against", 0, None, answers, EMPTY)
    else:
        facts.missing(fields, "S47ActualStartDate", "an enquiry (Section47)")
    if conference:
        conferences[conference] = conferences.get(conference, ()) + answers
        if conference < started:
            facts.note(
                "conference-before-enquiry",
                f"DateOfInitialCPC {facts.iso[conference]} is before its S47ActualStartDate",
            )
        if refused:
            facts.note(
                "conference-not-required",
                f"ICPCnotRequired is set beside a DateOfInitialCPC {facts.iso[conference]}",
            )


def _protection_plan(facts: ChildFacts, plan: ProtectionPlan, plans: dict[int, tuple[str, ...]]) -> None:
    started = facts.day(plan.fields, "CPPstartDate")
    ended = facts.day(plan.fields, "CPPendDate")
    if not started:
        facts.missing(plan.fields, "CPPstartDate", "a child protection plan")
        return
    key = facts.numbered(f"plan:{facts.name}/protection/{facts.iso[started]}")
    plans[started] = (*plans.get(started, ()), key)
    held: set[int] = set()
    for text in plan.reviews:
        day = facts.days[text]
        if day <= 0:
            if day:
                facts.unusable("CPPreviewDate", text, day)
        elif day <= started or (ended and day > ended):
            facts.note("review-outside-plan", f"CPPreviewDate {facts.iso[day]} is not within its plan")
        elif day in held:
            facts.note("review-twice", f"CPPreviewDate {facts.iso[day]} is given twice")
        else:
            held.add(day)
            conference = facts.numbered(f"conference:{facts.name}/{facts.iso[day]}")
            facts.add("held:" + conference, "conference-held", day, conference, (key,), REVIEW[day == ended])
    if ended:
        if ended < started:
            facts.note("ends-before-start", f"CPPendDate {facts.iso[ended]} is before its start")
        facts.add("ended:" + key, "plan-ended", ended, key, (), EMPTY)


def _conference(
    facts: ChildFacts, day: int, kind: str, answers: tuple[str, ...], plans: dict[int, tuple[str, ...]]
) -> None:
    made = plans.get(day)
    outcome: str | None = "plan"
    if made is None:
        made = ()
        outcome = "no-plan"
        if any(start > day for start in plans):
            outcome = None
            facts.note(
                "conference-outcome", f"no plan starts on DateOfInitialCPC {facts.iso[day]}, but one starts later"
            )
    key = facts.numbered(f"conference:{facts.name}/{facts.iso[day]}")
    data = CONFERENCE[kind, outcome, facts.unborn(day)]
    facts.add("held:" + key, "conference-held", day, key, answers + made, data)
