"""Findings as plain text: what one holds, how two lists of them differ, and which of several governs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

KEYS = (
    "duty", "subject", "subjects", "instance", "cycle", "recipient", "holder", "strength", "time_strength",
    "started_on", "due_on", "met_on", "ended_on", "state", "late", "days_late", "reason", "provisional",
    "layer", "governs", "edition_status", "cites",
)  # fmt: skip


def comparable(finding: Mapping[str, Any]) -> tuple[Any, ...]:
    """This will turn a finding, the oracle's or another's, into a tuple that can be sorted and compared."""
    values = []
    for key in KEYS:
        value = finding.get(key)
        if isinstance(value, date):
            value = value.isoformat()
        if isinstance(value, (list, tuple)):
            value = tuple(str(member) for member in value)
        values.append((key, "" if value is None else str(value), value is None))
    return tuple(values)


def differences(
    one: Sequence[Mapping[str, Any]], other: Sequence[Mapping[str, Any]], names: tuple[str, str] = ("oracle", "engine")
) -> list[str]:
    """This will say in a line each where two lists of findings differ; findings about the same thing are paired."""

    def about(finding: Mapping[str, Any]) -> tuple[Any, ...]:
        shown = comparable(finding)
        keys = ("layer", "duty", "subject", "instance", "recipient", "cycle", "started_on")
        return tuple(shown[KEYS.index(key)][1] for key in keys)

    lines = []
    here, there = ({}, {})  # type: tuple[dict[Any, list[Any]], dict[Any, list[Any]]]
    for findings, paired in ((one, here), (other, there)):
        for finding in findings:
            paired.setdefault(about(finding), []).append(comparable(finding))
    for key in sorted({*here, *there}):
        mine, theirs = sorted(here.get(key, [])), sorted(there.get(key, []))
        for left, right in zip(mine, theirs, strict=False):
            for (word, value, _), (_, seen, _) in zip(left, right, strict=True):
                if value != seen:
                    lines.append(f"{' '.join(key)}: {word} {names[0]}={value or 'null'} {names[1]}={seen or 'null'}")
        for name, alone in ((names[0], mine[len(theirs) :]), (names[1], theirs[len(mine) :])):
            for finding in alone:
                lines.append(f"{' '.join(key)}: only {name} has it, {finding[KEYS.index('state')][1]}")
    return lines


def iso(day: int | None) -> str | None:
    """This will write a day as ISO text."""
    return None if day is None else date.fromordinal(day).isoformat()


def say_which_governs(national: list[dict[str, Any]], local: list[dict[str, Any]]) -> None:
    """This will mark, of the findings about the same thing, the one with the earliest date."""

    about: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for finding in (*national, *local):
        keys = ("duty", "subject", "instance", "cycle", "recipient", "started_on")
        about.setdefault(tuple(str(finding[key]) for key in keys), []).append(finding)
    for same in about.values():
        if len({finding["layer"] for finding in same}) == 1:
            continue  # two of one layer that bear one name are no rivals
        dated = [finding for finding in same if finding["due_on"] is not None]
        chosen = min(dated, key=lambda finding: str(finding["due_on"])) if dated else same[0]
        for finding in same:
            finding["governs"] = finding is chosen
