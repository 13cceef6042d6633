"""Steps that must not be taken before something else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from goldthread.duties.event import Event
from oracle.findings import iso
from oracle.pack_as_text import NO, YES, Rule, listed
from oracle.question import Question
from oracle.states import edition_status


def gate_findings(question: Question, gate: Mapping[str, Any], layer: str) -> list[dict[str, Any]]:
    """This will look at each step that must not be taken before something else."""
    kind = gate.get("subject") or "child"
    found = []
    for subject in sorted(name for name in question.by_subject if name.startswith(f"{kind}:")):
        for event in question.by_subject[subject]:
            answer = question.matcher.any(question.matcher.rules(gate["before"]), event)
            if answer != NO:
                found.append(_gate_finding(question, gate, layer, subject, event, sure=answer == YES))
    return found


def _gate_finding(
    question: Question, gate: Mapping[str, Any], layer: str, subject: str, event: Event, *, sure: bool
) -> dict[str, Any]:
    """This will count what was needed before one step."""
    rules = question.matcher.rules(gate["needs"])
    wanted = int(gate.get("at_least") or 1)
    since: int | None = None
    if gate.get("within") is not None and event.day is not None:
        begun = [stay.began for stay in question.stays_in(gate["within"], subject) if stay.began <= event.day]
        since = max(begun, default=None)
    days, undated = [], 0
    for other in question.by_subject[subject]:
        if other.id == event.id or question.matcher.any(rules, other) != YES:
            continue
        if other.day is None:
            undated += 1
        elif event.day is not None and other.day <= event.day and (since is None or other.day >= since):
            days.append(other.day)
    days.sort()
    enough = len(days) >= wanted
    met_on = days[wanted - 1] if enough else None
    if event.day is None or not sure:
        state = "unknown"
    elif enough:
        state = "met"
    else:
        opens = question.source.opens
        unseen = opens is not None and (since is None or since < opens) and not _needs_held_whole(question, rules)
        uncarried = any(not question.carried(rule.kind) for rule in rules)
        state = "unknown" if uncarried or unseen or len(days) + undated >= wanted else "not-met"
    local = layer != "national"
    return {
        "duty": gate["code"],
        "subject": subject,
        "subjects": [subject],
        "instance": event.process or event.id,
        "cycle": None,
        "recipient": None,
        "holder": gate.get("holder") or gate.get("approved_by"),
        "strength": "local" if local else gate.get("strength"),
        "time_strength": None,
        "started_on": iso(event.day),
        "due_on": iso(event.day),
        "met_on": iso(met_on),
        "ended_on": None,
        "state": state,
        "late": False,
        "days_late": None,
        "reason": None,
        "provisional": False,
        "layer": layer,
        "governs": True,
        "edition_status": edition_status(question, event.day),
        "cites": [str(cite) for cite in listed(gate.get("cites"))],
    }


def _needs_held_whole(question: Question, rules: list[Rule]) -> bool:
    """This will say whether the source holds what a gate needs whatever its day."""
    return all(any(question.matcher.source_pattern_covers(p, rule) for p in question.source.whole) for rule in rules)
