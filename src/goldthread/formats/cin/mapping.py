"""Turns one child of a CIN census into events, as `table` documents it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from goldthread.duties.event import EMPTY, Event
from goldthread.formats.cin.child import ChildFacts, Episode, Fields
from goldthread.formats.cin.protection import protection

NO_FURTHER_ACTION: Mapping[str, Any] = {"outcomes": ["no-further-action"]}
BASIS: dict[str | None, Mapping[str, Any]] = {
    None: EMPTY,
    "referral": {"basis": "referral"},
    "open-case": {"basis": "open-case"},
}
NEVER = date.max.toordinal()


def child_events(facts: ChildFacts, name: str, place: int, identity: Fields, episodes: list[Episode]) -> list[Event]:
    """This will give the events of a child, in no particular order.

    `name` is her LAchildID; `place` is her number in the file, from 1, for the notes.
    """
    facts.start(name, place)
    _identify(facts, identity)
    first = NEVER
    for episode in episodes:
        referred = _episode(facts, episode)
        if 0 < referred < first:
            first = referred
    if not episodes:
        facts.note("no-episode", "there is no CINdetails")
    if facts.born:
        data = {"born_on": facts.iso[facts.born]}
        facts.add(f"child-identified:{name}", "child-identified", facts.born, None, (), data)
    elif facts.expected:
        unborn = {"expected_on": facts.iso[facts.expected], "unborn": True}
        day = 0 if first == NEVER else first
        facts.add(f"child-identified:{name}", "child-identified", day, None, (), unborn)
    return facts.events


def _identify(facts: ChildFacts, identity: Fields) -> None:
    facts.born = facts.day(identity, "PersonBirthDate")
    text = identity.get("ExpectedPersonBirthDate")
    if text is not None:
        expected = facts.expected_days[text]
        if expected < 0:
            facts.unusable("ExpectedPersonBirthDate", text, expected)
        elif expected and facts.born:
            facts.note("two-birth-dates", "there is a birth date and an expected one; the birth date is used")
        elif expected:
            facts.expected = expected
    elif "PersonBirthDate" not in identity:
        facts.note("no-birth-date", "there is neither PersonBirthDate nor ExpectedPersonBirthDate")
    died = facts.day(identity, "PersonDeathDate")
    if died and died < facts.born:
        facts.note("death-before-birth", f"PersonDeathDate {facts.iso[died]} is before the birth; it is not used")
    elif died:
        facts.add(f"child-died:{facts.name}", "child-died", died, None, (), EMPTY)


def _episode(facts: ChildFacts, episode: Episode) -> int:
    """This will add the events of an episode, and give the day of its referral (0: not usable)."""
    fields = episode.fields
    referred = facts.day(fields, "CINreferralDate")
    referral: str | None = None
    links: tuple[str, ...] = ()
    if referred:
        key = facts.numbered(f"referral:{facts.name}/{facts.iso[referred]}")
        referral, links = key, (key,)
        facts.add("received:" + key, "referral-received", referred, key, (), _referrer(facts, fields))
    else:
        facts.missing(fields, "CINreferralDate", "an episode")
    if facts.yes(fields, "ReferralNFA") and referral:
        facts.add("decided:" + referral, "referral-decided", 0, None, links, NO_FURTHER_ACTION)
    if episode.assessments:
        _assessments(facts, episode.assessments, referred, links)
    for plan in episode.need_plans:
        _need_plan(facts, plan, links)
    if episode.enquiries or episode.protection_plans or "DateOfInitialCPC" in fields:
        protection(facts, episode, links)
    for steps in episode.pre_proceedings:
        _pre_proceedings(facts, steps, links)
    if "CINclosureDate" in fields or "ReasonForClosure" in fields:
        _closure(facts, fields, referred, referral)
    return referred


def _referrer(facts: ChildFacts, fields: Fields) -> Mapping[str, Any]:
    text = fields.get("ReferralSource")
    if text is None:
        return EMPTY
    data = facts.referrers.get(text)
    if data is None:
        data = facts.referrers.get(text.strip())
        if data is None:
            facts.check_code("ReferralSource", text)
            return EMPTY
    return data


def _closure(facts: ChildFacts, fields: Fields, referred: int, referral: str | None) -> None:
    closed = facts.day(fields, "CINclosureDate")
    reason = fields.get("ReasonForClosure")
    data = EMPTY
    if reason is not None:
        data = facts.closures.get(reason) or facts.closures.get(reason.strip(), EMPTY)
        if not data:
            facts.check_code("ReasonForClosure", reason)
    if closed:
        if closed < referred:
            facts.note("ends-before-start", f"CINclosureDate {facts.iso[closed]} is before its CINreferralDate")
        key = referral or facts.numbered(f"case:{facts.name}/{facts.iso[closed]}")
        facts.add("closed:" + key, "case-closed", closed, referral, (), data)


def _assessments(facts: ChildFacts, groups: list[Fields], referred: int, links: tuple[str, ...]) -> None:
    read: list[tuple[int, int]] = []
    for fields in groups:
        started = facts.day(fields, "AssessmentActualStartDate")
        completed = facts.day(fields, "AssessmentAuthorisationDate")
        if not started:
            facts.missing(fields, "AssessmentActualStartDate", "an assessment")
        elif completed and completed < started:
            facts.note("ends-before-start", f"AssessmentAuthorisationDate {facts.iso[completed]} is before its start")
        read.append((started, completed))
    if len(read) > 1:
        read.sort(key=lambda dates: (dates[0] or NEVER, dates[1] or NEVER))
    # Of an earlier referral the file may hold a later assessment only; and an unknown start has no known place.
    placed = referred >= facts.opens and (len(read) == 1 or read[-1][0] > 0)
    for index, (started, completed) in enumerate(read):
        if not started and not completed:
            continue
        again = placed and index > 0
        data = BASIS["open-case" if again else "referral" if placed else None]
        answers = () if again else links
        key = facts.numbered(f"assessment:{facts.name}/{facts.iso[started or completed]}")
        if started:
            facts.add("started:" + key, "assessment-started", started, key, answers, data)
        if completed:
            facts.add("completed:" + key, "assessment-completed", completed, key, answers, data)


def _need_plan(facts: ChildFacts, fields: Fields, links: tuple[str, ...]) -> None:
    started = facts.day(fields, "CINPlanStartDate")
    ended = facts.day(fields, "CINPlanEndDate")
    if not started:
        facts.missing(fields, "CINPlanStartDate", "a child in need plan")
        return
    key = facts.numbered(f"plan:{facts.name}/need/{facts.iso[started]}")
    facts.add("made:" + key, "child-in-need-plan-made", started, key, links, EMPTY)
    if ended:
        if ended < started:
            facts.note("ends-before-start", f"CINPlanEndDate {facts.iso[ended]} is before its start")
        facts.add("ended:" + key, "child-in-need-plan-ended", ended, key, links, EMPTY)


def _pre_proceedings(facts: ChildFacts, fields: Fields, links: tuple[str, ...]) -> None:
    started = facts.day(fields, "PPStartDate")
    if started:
        key = facts.numbered(f"pre-proceedings:{facts.name}/{facts.iso[started]}")
        facts.add(key, "pre-proceedings-initiated", started, None, links, EMPTY)
    if facts.yes(fields, "FGDMMeetingOffer"):
        key = facts.numbered(f"family-group-decision-making-offered:{facts.name}")
        facts.add(key, "family-group-decision-making-offered", 0, None, links, EMPTY)
