"""Worked examples: what a pack shows of its duties, answered by the engine."""

from __future__ import annotations

from typing import Any

from goldthread.duties import rules, words
from goldthread.duties.calendar import WorkingDays
from goldthread.duties.engine import evaluate
from goldthread.duties.example_lines import event, moment, source
from goldthread.duties.findings import Finding, as_dict
from goldthread.duties.rules import Rules


def run(
    example: words.Example, code: str, subject: str, pack: Rules, calendar: WorkingDays
) -> tuple[list[Finding], list[dict[str, Any]], list[dict[str, Any]]]:
    """Answer an example: its findings for the duty, as published, and what it expects (an empty list: none)."""
    if example.overlay:
        pack = rules.load(pack.edition, (example.overlay,))
    events = [event(line, place, f"{subject}:1") for place, line in enumerate(example.given)]
    known_at = moment(example.known_at) if example.known_at else None
    found = [
        one
        for one in evaluate(events, example.on, known_at, pack, calendar, source(example.source))
        if one.duty.code == code
    ]
    if example.expect == "none":
        expected: list[dict[str, Any]] = []
    else:
        expected = example.expect if isinstance(example.expect, list) else [example.expect]
    return found, [as_dict(one, pack, example.on) for one in found], expected
